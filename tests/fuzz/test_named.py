"""What was found once, by name; each of these was an exception that nobody wrote down, or a wrong reading."""

from pathlib import Path

import pytest

from pos.domain.code import MAX_TEXT, read_code
from pos.domain.entry import parse_utc
from pos.domain.errors import SettingsUnreadable
from pos.settings import load_settings
from tests.fuzz import mutator
from tests.fuzz.targets import fuzz_bill, fuzz_code, fuzz_entry, fuzz_replies, fuzz_settings, signed_answers


@pytest.mark.parametrize("key", ["till.second_copy", "alipay.private_key", "alipay.app_cert", "hub.device_key"])
def test_a_nul_in_a_path_is_refused(tmp_path: Path, key: str) -> None:
    section, _, name = key.partition(".")
    file = tmp_path / "till.toml"
    file.write_text(f'[{section}]\n{name} = "a\\u0000b"\n', "utf-8")
    with pytest.raises(SettingsUnreadable, match=key):
        load_settings(file)
    fuzz_settings(file.read_bytes())


@pytest.mark.parametrize("text", ["0001-01-01T00:00+23:59", "9999-12-31T23:59-23:59"])
def test_a_time_beyond_the_calendar_is_no_journal_time(text: str) -> None:
    with pytest.raises(ValueError, match="not a journal time"):
        parse_utc(text)
    fuzz_entry(b"t" + text.encode())


def test_a_text_cut_at_a_blank_is_stripped_there_too() -> None:
    text = "x" * (MAX_TEXT - 1) + " y"
    assert read_code(text).text == "x" * (MAX_TEXT - 1)
    fuzz_code(text.encode())


def test_wide_digits_make_no_time_in_a_bill() -> None:
    cells = "c交易|2026112222001400001234567890|GT01||88.88|-0.53|２０２６-11-22 10:00:07|0017|03|1001"
    fuzz_bill(cells.encode())


def test_the_fuzzer_itself_sees_a_final_word_that_is_not_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.alipay.replies._is_about", lambda _node, _number: True)
    with pytest.raises(AssertionError):
        fuzz_replies(b'{"code":"10000","out_trade_no":"GT02","fund_change":"Y"}')


def test_the_fuzzer_itself_sees_an_unsigned_answer_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pos.alipay.replies._doubt", lambda *_: "")
    with pytest.raises(AssertionError):
        fuzz_replies(signed_answers()[0].replace(b"88.88", b"88.89"))


def test_the_plain_mutator_finds_a_nul_and_tells_the_input() -> None:
    def target(data: bytes) -> None:
        assert b"\0" not in data

    with pytest.raises(AssertionError) as broken:
        mutator.drive(target, [b"seed"], 60, 1)
    assert "input: b'" in broken.value.__notes__[0]


def test_a_cell_of_several_lines_is_not_glued_to_a_time() -> None:
    fuzz_bill('c退款|2026`12"10|GT01|GR1|-8.30|53|2026-12-\n#\n\n#散\n\n\n12 10:00:07|\n1001'.encode())
