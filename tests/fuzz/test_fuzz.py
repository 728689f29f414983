"""Any input at all: refused by name or read right, never an exception that nobody wrote down."""

import pytest

from tests.fuzz.run import Found


def test_a_scanned_text_is_never_guessed_at(found: dict[str, Found]) -> None:
    assert not found["code"].trouble, found["code"].trouble


def test_a_settings_file_is_read_or_refused_by_name(found: dict[str, Found]) -> None:
    assert not found["settings"].trouble, found["settings"].trouble


def test_an_entry_is_the_same_after_it_was_written_and_read(found: dict[str, Found]) -> None:
    assert not found["entry"].trouble, found["entry"].trouble


def test_nothing_unsigned_or_foreign_is_taken_for_alipays_last_word(found: dict[str, Found]) -> None:
    assert not found["replies"].trouble, found["replies"].trouble


def test_a_bill_is_read_right_or_refused(found: dict[str, Found]) -> None:
    assert not found["bill"].trouble, found["bill"].trouble


def test_the_hub_answers_everything_as_it_describes_itself(found: dict[str, Found]) -> None:
    assert not found["hub"].trouble, found["hub"].trouble


@pytest.mark.parametrize("name", ["code", "settings", "entry", "replies", "bill", "hub"])
def test_every_fuzzer_ran(found: dict[str, Found], name: str) -> None:
    assert found[name].plain > (50 if name == "hub" else 1_000)
