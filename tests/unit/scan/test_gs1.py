"""What labels say: element strings and Digital Links, with the standards' own examples."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.scan.gs1 import Label, article_key, read_label

# GS1 Digital Link Standard: URI Syntax, the item that its examples are about (Dal Giardino, GS1 demonstration prefix).
RISOTTO = "09506000134352"
TEA = "6901234567892"


def test_a_digital_link_tells_what_its_example_tells() -> None:
    # The GS1 Digital Link toolkit's example with lot, serial, date, weight and price.
    link = f"https://id.gs1.org/01/{RISOTTO}/10/ABC123/21/456789?17=290331&3103=000189&3922=0299"
    assert read_label(link) == Label(RISOTTO, "ABC123", "456789", date(2029, 3, 31), weight_g=189, price_fen=299)


@pytest.mark.parametrize(
    "text",
    [
        f"(01){RISOTTO}(17)290331(10)ABC123",
        f"01{RISOTTO}1729033110ABC123",
        f"01{RISOTTO}10ABC123\x1d17290331",
        f"https://example.com/any/path/01/{RISOTTO}/10/ABC123?17=290331",
        f"HTTPS://EXAMPLE.COM/01/{RISOTTO}/10/ABC123?17=290331",
    ],
)
def test_one_label_is_one_however_it_is_written(text: str) -> None:
    assert read_label(text, is_gs1=True) == Label(RISOTTO, "ABC123", expires_on=date(2029, 3, 31))


def test_a_day_of_zero_is_the_last_of_the_month() -> None:
    # GS1 General Specifications, 3.4.7: DD = 00 is the last day of the month.
    label = read_label(f"(01){RISOTTO}(17)280200")
    assert label is not None
    assert label.expires_on == date(2028, 2, 29)


def test_a_label_has_expired_the_day_after() -> None:
    label = Label(RISOTTO, expires_on=date(2026, 11, 23))
    assert not label.has_expired(date(2026, 11, 23))
    assert label.has_expired(date(2026, 11, 24))
    assert not Label(RISOTTO).has_expired(date(2099, 1, 1))


@pytest.mark.parametrize(
    ("gtin", "key"),
    [(RISOTTO, "9506000134352"), ("00000096385074", "96385074"), ("16901234567899", "16901234567899")],
)
def test_a_label_is_looked_up_by_the_number_on_the_piece_and_a_case_by_its_own(gtin: str, key: str) -> None:
    assert Label(gtin).key == key


def test_a_price_in_another_money_is_none() -> None:
    yuan, euro = (read_label(f"(01){RISOTTO}(3932){money}0299") for money in ("156", "978"))
    assert yuan is not None
    assert euro is not None
    assert (yuan.price_fen, euro.price_fen) == (299, None)


@pytest.mark.parametrize(
    "text",
    [
        TEA, "012345678905", "96385074", "287612345678901234", "hello", "", "(", "(01)123", "https://example.com/",
        "https://example.com/01/09506000134353", f"(01){RISOTTO}(17)290230", "2112345678900",
        "https://qr.alipay.com/fkx01234567", "A" * 600,
    ],
)  # fmt: skip
def test_what_is_no_label_is_none(text: str) -> None:
    assert read_label(text) is None


def test_all_codes_of_one_article_have_one_key() -> None:
    codes = [TEA, f"0{TEA}", f"(01)0{TEA}(10)A", f"https://example.com/01/0{TEA}/21/7"]
    assert {article_key(code) for code in codes} == {TEA}
    assert article_key("hello") == "hello"


@given(text=st.text(alphabet="()0123456789AZ/?&=:.-\x1dhtps ", max_size=80), is_gs1=st.booleans())
def test_nothing_on_a_label_makes_the_reader_fall(*, text: str, is_gs1: bool) -> None:
    for tried in (text, f"https://example.com/{text}", f"01{RISOTTO}{text}", f"(01){RISOTTO}{text}"):
        label = read_label(tried, is_gs1=is_gs1)
        assert label is None or len(label.gtin) == 14
