"""The quick amounts are what people hand over."""

import pytest

from pos.domain.money import Money
from pos.till.cash import likely_amounts


@pytest.mark.parametrize(
    ("due", "amounts"),
    [
        (650, [650, 1000, 2000, 5000]),
        (1000, [1000, 2000, 5000, 10_000]),
        (1001, [1001, 2000, 5000, 10_000]),
        (4550, [4550, 5000, 6000, 10_000]),
        (10_000, [10_000]),
        (12_340, [12_340, 13_000, 14_000, 15_000]),
        (0, [0]),
    ],
)
def test_the_exact_amount_comes_first_then_what_notes_make_of_it(due: int, amounts: list[int]) -> None:
    assert likely_amounts(Money(due)) == [Money(each) for each in amounts]


def test_there_are_as_many_as_asked_for_and_none_too_small() -> None:
    for fen in range(1, 30_000, 37):
        found = likely_amounts(Money(fen), limit=3)
        assert found == sorted(found)
        assert len(found) <= 3
        assert found[0] == Money(fen)
