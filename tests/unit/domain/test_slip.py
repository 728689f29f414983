"""A slip is the same words on wide and on narrow paper; what is money is never broken."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.slip import (
    NARROW,
    WIDE,
    Code,
    Gap,
    Logo,
    Look,
    Pair,
    Row,
    Rule,
    Side,
    Slip,
    Text,
    as_text,
    columns,
    lay_out,
    printable,
    room_for,
    spread,
    wrap,
)

widths = st.sampled_from([NARROW, WIDE])
words = st.text(st.sampled_from("茶水果牛肉面 ABab019.×·，（）￥"), max_size=90)
amounts = st.from_regex(r"-?￥?[0-9]{1,9}\.[0-9]{2}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "wide"),
    [("", 0), ("Tea 550ml", 9), ("茶", 2), ("￥1.00", 6), ("×", 2), ("·", 2), ("“好”", 6), ("䶮", 2)],
)
def test_a_column_is_what_a_printer_of_chinese_makes_of_a_character(text: str, wide: int) -> None:
    assert columns(text) == wide


def test_what_printers_do_not_have_is_seen_to_be_missing() -> None:
    assert printable("¥5") == "￥5"
    assert printable("茶😀") == "茶〓"
    assert printable("a\x1b@b\x00\u200b\ufeffc") == "a@bc"
    assert printable("行\n行\t行") == "行 行 行"
    assert printable("䶮") == "䶮"
    assert printable("\ue000") == "〓"


@given(words, widths)
def test_every_character_that_is_left_can_be_sent_to_a_printer(text: str, width: int) -> None:
    for row in as_text((Text(text),), width):
        assert "¥" not in row
        assert columns(row) <= len(row.encode("gb18030")) <= width * 2


@given(words, widths)
def test_breaking_a_text_loses_nothing(text: str, width: int) -> None:
    rows = wrap(text, width)
    assert "".join(rows) == text
    assert all(columns(row) <= width for row in rows)


def test_words_and_numbers_stay_whole_where_they_can() -> None:
    assert wrap("农夫山泉饮用天然水 550ml", 22) == ["农夫山泉饮用天然水 ", "550ml"]
    assert wrap("A" * 10, 4) == ["AAAA", "AAAA", "AA"]


@given(words, amounts, widths)
def test_an_amount_is_whole_and_at_the_right_edge(left: str, right: str, width: int) -> None:
    rows = spread(left, right, width)
    assert rows[-1].endswith(right)
    assert columns(rows[-1]) == width
    assert "".join(rows).replace(" ", "") == (left + right).replace(" ", "")


def test_a_number_wider_than_what_is_beside_it_stands_below() -> None:
    number = "2026112322001412341234567890"
    assert spread("交易号", number, NARROW) == ["交易号", " " * 4 + number]
    assert spread("交易号", number, WIDE) == ["交易号" + " " * 14 + number]


@given(st.lists(st.tuples(words, amounts, st.sampled_from(Look)), max_size=6), widths)
def test_no_row_is_wider_than_the_paper(parts: list[tuple[str, str, Look]], width: int) -> None:
    slip: Slip = tuple(Pair(*each) for each in parts)
    rows = [each for each in lay_out(slip, width) if isinstance(each, Row)]
    assert all(columns(row.text) <= room_for(row.look, width) for row in rows)


def test_parts_become_rows_in_their_order() -> None:
    logo = Logo(9, 1, b"\xff\x80")
    slip: Slip = (
        logo,
        Text("示例店", Look.BIG, Side.CENTRE),
        Rule("="),
        Pair("合计", "￥9.00"),
        Gap(),
        Text("右", side=Side.RIGHT),
        Code("A1"),
    )
    assert lay_out(slip, NARROW) == [
        logo,
        Row(" " * 5 + "示例店", Look.BIG),
        Row("=" * 32),
        Row("合计" + " " * 22 + "￥9.00"),
        Row(""),
        Row(" " * 30 + "右"),
        Code("A1"),
    ]
    assert as_text(slip, NARROW)[-1] == "[A1]"


def test_the_bits_of_a_picture_are_as_many_as_it_says() -> None:
    with pytest.raises(AssertionError):
        Logo(9, 2, b"\xff\x80")
