"""A scanned text is a product, a payment code, or unknown: by rule, never by guess.

Numbers with a source: GS1 General Specifications (6291041500213; the four UPC-E conditions of 5.2.2.4.2),
the check-digit pages of GS1 Sweden (7300011000017) and GS1 India (8904000210037), and barcodes on goods.
"""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.domain.code import (
    MAX_TEXT,
    Code,
    CodeKind,
    check_digit,
    expand_upc_e,
    is_checked,
    plain,
    product_keys,
    read_code,
)

GTINS = ["6291041500213", "7300011000017", "8904000210037", "4006381333931", "5901234123457"]
UPCS = ["042100005264", "036000291452", "012345678905"]
EAN_8 = ["40170725", "96385074", "73513537"]
UPC_E = {
    "02345673": "023456000073",  # condition A of the specification
    "02345147": "023450000017",  # condition B
    "06397126": "063200009716",  # condition C
    "08679339": "086700000939",  # condition D
    "04252614": "042100005264",
}
PAYMENT_18 = "280123456789012345"

DIGITS = "0123456789"
ARABIC_INDIC = str.maketrans(DIGITS, "٠١٢٣٤٥٦٧٨٩")
SUPERSCRIPT = str.maketrans(DIGITS, "⁰¹²³⁴⁵⁶⁷⁸⁹")

any_text = st.text(st.characters() | st.characters(categories=["Cs"]))


def digits(size: int) -> st.SearchStrategy[str]:
    """Texts of so many digits."""
    return st.text(DIGITS, min_size=size, max_size=size)


def weigh(number: str) -> int:
    """The GS1 sum of a whole number, from the right: 1, 3, 1, 3, …; true numbers give a multiple of ten."""
    return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(number[::-1]))


def complete(body: str) -> str:
    """Try all ten check digits; exactly one is right."""
    [whole] = [body + last for last in DIGITS if weigh(body + last) % 10 == 0]
    return whole


@pytest.mark.parametrize("number", [*GTINS, *UPCS, *EAN_8])
def test_published_numbers_have_the_check_digit_they_are_printed_with(number: str) -> None:
    assert check_digit(number[:-1]) == number[-1]
    assert is_checked(number)


@given(digits(7) | digits(11) | digits(12) | digits(13))
def test_a_check_digit_makes_the_weighted_sum_a_multiple_of_ten(body: str) -> None:
    assert body + check_digit(body) == complete(body)


@pytest.mark.parametrize("gtin", GTINS)
def test_an_ean_13_is_its_own_key(gtin: str) -> None:
    assert read_code(gtin) == Code(gtin, CodeKind.PRODUCT, (gtin,))


@pytest.mark.parametrize("upc", UPCS)
def test_a_upc_a_is_looked_up_with_a_leading_zero(upc: str) -> None:
    assert read_code(upc) == Code(upc, CodeKind.PRODUCT, ("0" + upc,))


@pytest.mark.parametrize("ean", EAN_8)
def test_an_ean_8_is_its_own_key(ean: str) -> None:
    assert read_code(ean) == Code(ean, CodeKind.PRODUCT, (ean,))


@pytest.mark.parametrize(("upc_e", "upc_a"), UPC_E.items())
def test_a_upc_e_is_the_upc_a_it_was_cut_from(upc_e: str, upc_a: str) -> None:
    assert expand_upc_e(upc_e) == upc_a
    code = read_code(upc_e)
    assert code.kind is CodeKind.PRODUCT
    assert code.keys[-1] == "0" + upc_a


@st.composite
def suppressible(draw: st.DrawFn) -> tuple[str, str]:
    """A UPC-E and its UPC-A, cut by the four conditions on maker (m1..m5) and item (i1..i5) numbers."""
    system, m, i = draw(st.sampled_from("01")), draw(digits(5)), draw(digits(5))
    condition = draw(st.sampled_from("ABCD"))
    if condition == "A":
        m, i = m[:2] + draw(st.sampled_from("012")) + "00", "00" + i[2:]
        short = m[:2] + i[2:] + m[2]
    elif condition == "B":
        m, i = m[:2] + draw(st.sampled_from("3456789")) + "00", "000" + i[3:]
        short = m[:3] + i[3:] + "3"
    elif condition == "C":
        m, i = m[:3] + draw(st.sampled_from("123456789")) + "0", "0000" + i[4]
        short = m[:4] + i[4] + "4"
    else:
        m, i = m[:4] + draw(st.sampled_from("123456789")), "0000" + draw(st.sampled_from("56789"))
        short = m + i[4]
    whole = complete(system + m + i)
    return system + short + whole[-1], whole


@given(suppressible())
def test_cutting_zeros_and_putting_them_back_changes_nothing(pair: tuple[str, str]) -> None:
    upc_e, upc_a = pair
    code = read_code(upc_e)
    assert code.kind is CodeKind.PRODUCT
    assert code.keys[-1] == "0" + upc_a


def test_eight_digits_that_can_be_both_are_looked_up_as_both() -> None:
    assert read_code("02345673").keys == ("02345673", "0023456000073")
    assert read_code("00000000").keys == ("00000000", "0000000000000")
    assert read_code("04252614").keys == ("0042100005264",)


@given(digits(8))
def test_eight_digits_give_a_key_for_every_check_digit_that_fits(text: str) -> None:
    expected = ((text,) if weigh(text) % 10 == 0 else ()) + (
        ("0" + expand_upc_e(text),) if text[0] in "01" and weigh(expand_upc_e(text)) % 10 == 0 else ()
    )
    assert product_keys(text) == expected


@given(digits(12), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_never_a_product(body: str, place: int, shift: int) -> None:
    gtin = complete(body)
    wrong = str((int(gtin[place]) + shift) % 10)
    assert read_code(gtin[:place] + wrong + gtin[place + 1 :]).kind is CodeKind.UNKNOWN


@given(digits(12))
def test_an_ean_13_is_never_a_payment_code(body: str) -> None:
    gtin = complete(body)
    assert read_code(gtin) == Code(gtin, CodeKind.PRODUCT, (gtin,))


@given(st.text(DIGITS, max_size=40).filter(lambda text: len(text) not in {8, 12, 13}))
def test_digits_of_any_other_length_are_no_product(text: str) -> None:
    assert product_keys(text) == ()


@pytest.mark.parametrize("table", [ARABIC_INDIC, SUPERSCRIPT])
@pytest.mark.parametrize("text", [GTINS[0], UPCS[0], EAN_8[0], "04252614", PAYMENT_18])
def test_only_our_digits_make_a_code(text: str, table: dict[int, int]) -> None:
    assert read_code(text).kind is not CodeKind.UNKNOWN
    foreign = text.translate(table)
    assert read_code(foreign) == Code(foreign, CodeKind.UNKNOWN)
    for place, digit in enumerate(text):
        one_foreign = text[:place] + digit.translate(table) + text[place + 1 :]
        assert read_code(one_foreign).kind is CodeKind.UNKNOWN


@pytest.mark.parametrize("text", [GTINS[0], UPCS[0], EAN_8[0], "04252614", PAYMENT_18, "fp" + "0aZ" * 11])
def test_an_input_method_changes_no_code(text: str) -> None:
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in text)
    assert read_code(wide) == read_code(text)
    assert read_code(f"\ufeff\u3000{text[:3]}\u200b{text[3:]}\u200d") == read_code(text)
    for place in range(len(text)):
        assert read_code(text[:place] + wide[place] + text[place + 1 :]) == read_code(text)


def test_blanks_between_digits_are_nothing_and_between_words_are_kept() -> None:
    assert read_code("6 291041 500213") == read_code("6291041500213")
    assert read_code("2801 2345\u30006789 0123 45").kind is CodeKind.PAYMENT
    assert plain(" 红烧 牛肉面 5 ") == "红烧 牛肉面 5"


@given(any_text)
def test_what_is_plain_stays_as_it_is(text: str) -> None:
    assert plain(plain(text)) == plain(text)


@pytest.mark.parametrize("first", ["10", "11", "12", "13", "14", "15"])
def test_wechat_codes_are_known_so_that_the_cashier_can_be_told(first: str) -> None:
    text = first + "0123456789012345"
    assert read_code(text) == Code(text, CodeKind.WECHAT_PAY)
    assert read_code(text[:-1]).kind is CodeKind.UNKNOWN
    assert read_code(text + "0").kind is CodeKind.UNKNOWN
    assert text not in repr(read_code(text))


@pytest.mark.parametrize("text", ["0017-03-20261123-0001", "0017-03-20261123-2-0001", "A3-z-20261123-12345"])
def test_a_receipt_number_is_a_receipt(text: str) -> None:
    assert read_code(text) == Code(text, CodeKind.RECEIPT)


@pytest.mark.parametrize("text", ["0017-03-2026112-0001", "0017-03-20261123", "0017_03_20261123_0001", "GTR1:SHORT"])
def test_nearly_a_receipt_number_is_unknown(text: str) -> None:
    assert read_code(text).kind is CodeKind.UNKNOWN


def test_a_badge_is_a_badge_and_is_never_shown_whole() -> None:
    badge = "GTB1:ABCDEFGHIJKLMNOP234567"
    assert read_code(badge) == Code(badge, CodeKind.BADGE)
    assert "ABCDEFGH" not in repr(read_code(badge))
    assert read_code("GTR1:ABCDEFGHIJKLMNOP.234567").kind is CodeKind.RECEIPT


@pytest.mark.parametrize("first", ["25", "26", "27", "28", "29", "30"])
@pytest.mark.parametrize("size", [16, 17, 18, 23, 24])
def test_alipay_codes_start_with_25_to_30_and_have_16_to_24_digits(first: str, size: int) -> None:
    for rest in ("0", "9"):
        text = first + rest * (size - 2)
        assert read_code(text) == Code(text, CodeKind.PAYMENT)


@pytest.mark.parametrize("first", ["24", "31", "20", "16", "62", "00", "35"])
@pytest.mark.parametrize("size", [16, 18, 24])
def test_other_first_digits_are_no_alipay_code(first: str, size: int) -> None:
    assert read_code(first + "1" * (size - 2)).kind is CodeKind.UNKNOWN


@pytest.mark.parametrize("first", ["25", "30"])
@pytest.mark.parametrize("size", [14, 15, 25, 26])
def test_other_lengths_are_no_alipay_code(first: str, size: int) -> None:
    assert read_code(first + "1" * (size - 2)).kind is CodeKind.UNKNOWN


def test_a_face_code_is_fp_and_33_letters_or_digits() -> None:
    face = "fp" + "0aZ" * 11
    assert read_code(face) == Code(face, CodeKind.PAYMENT)


@pytest.mark.parametrize(
    "face", ["fp" + "a" * 32, "fp" + "a" * 34, "FP" + "a" * 33, "fp" + "a" * 32 + "_", "fp" + "a" * 32 + "¹"]
)
def test_nearly_a_face_code_is_unknown(face: str) -> None:
    assert read_code(face).kind is CodeKind.UNKNOWN


@pytest.mark.parametrize(
    "text", ["", "   ", "hello", "690 1234", "]E06291041500213", "https://qr.alipay.com/x", "1" * 600]
)
def test_what_fits_no_rule_is_unknown(text: str) -> None:
    assert read_code(text).kind is CodeKind.UNKNOWN


@given(any_text)
@example("6901234\ud800")
def test_any_text_has_a_meaning_that_can_be_written_down(text: str) -> None:
    code = read_code(text)
    assert len(code.text) <= MAX_TEXT
    assert code.text == code.text.encode().decode()
    assert (code.kind is CodeKind.PRODUCT) == bool(code.keys)


def test_a_longer_text_than_any_code_is_cut() -> None:
    assert MAX_TEXT == 512
    assert read_code("6" * 513) == Code("6" * 512, CodeKind.UNKNOWN)
    assert len(read_code("\ud800" * 600).text) == 512


@given(st.text(DIGITS, min_size=1, max_size=40))
def test_digits_keep_their_meaning_within_blanks(text: str) -> None:
    assert read_code(f" \t{text}\r\n") == read_code(text)


@given(digits(12))
def test_keys_have_thirteen_or_eight_digits(body: str) -> None:
    for text in (complete(body), complete(body[:11]), complete(body[:7])):
        assert all(len(key) in {8, 13} and weigh(key) % 10 == 0 for key in read_code(text).keys)


def test_a_payment_code_is_masked_wherever_it_is_shown() -> None:
    code = read_code(PAYMENT_18)
    assert code.masked == "28…2345"
    assert PAYMENT_18 not in repr(code)
    assert repr(code) == "Code(28…2345, payment)"


def test_of_a_short_number_the_mask_makes_no_other_number() -> None:
    assert [Code(text, CodeKind.MEMBER).masked for text in ("123", "123456", "1234567")] == ["…123", "…3456", "12…4567"]


def test_a_product_code_is_shown_whole() -> None:
    assert read_code(GTINS[0]).masked == GTINS[0]
