"""Bar codes drawn module by module, against the standard's examples and two readers that know nothing of us."""

import numpy as np
import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from pyzbar import pyzbar

from pos.domain.code import check_digit
from pos.sandbox.bars import Row, code128, ean13, qr
from pos.scan.frame import Gray

DIGITS = st.text("0123456789")


def printed(row: Row, quiet: int = 12) -> Gray:
    """A row of bars as a picture, with quiet zones."""
    light = [False] * quiet
    line = np.where(np.array([*light, *row, *light]), 0, 255).astype(np.uint8)
    return np.repeat(np.repeat(line[None, :], 60, axis=0), 3, axis=1)


def read_by_zxing(gray: Gray, kind: zxingcpp.BarcodeFormat) -> list[str]:
    """What zxing reads of one kind."""
    return [barcode.text for barcode in zxingcpp.read_barcodes(gray, zxingcpp.BarcodeFormats(kind))]


def read_by_zbar(gray: Gray, kind: str) -> list[str]:
    """What zbar reads of one kind."""
    return [symbol.data.decode() for symbol in pyzbar.decode(gray, symbols=[pyzbar.ZBarSymbol[kind]])]


def test_the_modules_of_an_ean_13_are_those_of_the_standard() -> None:
    # 5901234123457, worked through by hand with the tables of GS1 General Specifications 5.2.1.2.
    left = "0001011 0100111 0110011 0010011 0111101 0011101"
    right = "1100110 1101100 1000010 1011100 1001110 1000100"
    expected = ("101" + left + "01010" + right + "101").replace(" ", "")
    assert "".join("1" if dark else "0" for dark in ean13("5901234123457")) == expected


@given(st.text("0123456789", min_size=12, max_size=12).filter(lambda body: body[0] != "0"))
@settings(max_examples=200, deadline=None)
def test_every_ean_13_is_read_by_zbar_and_zxing(body: str) -> None:
    digits = body + check_digit(body)
    gray = printed(ean13(digits))
    assert read_by_zxing(gray, zxingcpp.BarcodeFormat.EAN13) == [digits]
    assert read_by_zbar(gray, "EAN13") == [digits]


@given(st.text("0123456789", min_size=16, max_size=24))
@settings(max_examples=200, deadline=None)
def test_every_payment_code_in_bars_is_read_by_zbar_and_zxing(digits: str) -> None:
    gray = printed(code128(digits))
    assert read_by_zxing(gray, zxingcpp.BarcodeFormat.Code128) == [digits]
    assert read_by_zbar(gray, "CODE128") == [digits]


def test_every_pair_of_digits_in_bars_is_read() -> None:
    digits = "".join(f"{pair:02}" for pair in range(100))
    parts = [digits[start : start + 20] for start in range(0, 200, 20)]
    assert [read_by_zxing(printed(code128(part)), zxingcpp.BarcodeFormat.Code128) for part in parts] == [
        [part] for part in parts
    ]


def test_a_square_of_eighteen_digits_is_the_smallest_one_and_is_read() -> None:
    rows = np.array(qr("287612345678901234"))
    assert rows.shape == (21, 21)
    gray: Gray = np.where(np.pad(rows, 4), 0, 255).astype(np.uint8).repeat(5, axis=0).repeat(5, axis=1)
    assert read_by_zxing(gray, zxingcpp.BarcodeFormat.QRCode) == ["287612345678901234"]


@pytest.mark.parametrize("digits", ["6901234567893", "690123456789", "69012345678921", ""])
def test_a_number_that_is_no_ean_13_is_a_bug_of_the_caller(digits: str) -> None:
    with pytest.raises(AssertionError):
        ean13(digits)
