"""Every error has a stable code of its own and says what happened."""

import inspect
import re

import pytest

from pos.domain import errors
from pos.domain.errors import NotEnoughTendered, PosError
from pos.domain.money import Money

ALL = [each for _, each in inspect.getmembers(errors, inspect.isclass) if issubclass(each, PosError)]
HUNDREDS = {
    errors.CheckoutError: "1",
    errors.PaymentError: "2",
    errors.DeviceError: "3",
    errors.SyncError: "4",
    errors.StorageError: "5",
    errors.SetupError: "6",
    errors.RulesError: "7",
}


def test_no_two_errors_share_a_code() -> None:
    codes = [each.code for each in ALL]
    assert len(ALL) > 30
    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("error", ALL)
def test_an_error_has_a_code_and_a_sentence(error: type[PosError]) -> None:
    assert re.fullmatch("P-[0-9]{3}", error.code)
    assert error.__doc__


@pytest.mark.parametrize(("family", "hundred"), HUNDREDS.items())
def test_the_first_digit_is_the_family(family: type[PosError], hundred: str) -> None:
    assert [each for each in ALL if issubclass(each, family) and each.code[2] != hundred] == []


def test_every_error_belongs_to_a_family() -> None:
    assert [each for each in ALL if each is not PosError and not issubclass(each, tuple(HUNDREDS))] == []


def test_an_error_tells_its_facts() -> None:
    error = NotEnoughTendered(due=Money(1250), handed_over=Money(1000))
    assert error.facts == {"due": Money(1250), "handed_over": Money(1000)}
    assert str(error) == "P-105 NotEnoughTendered(due=¥12.50, handed_over=¥10.00)"
