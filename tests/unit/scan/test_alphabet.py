"""Characters of Code 128 and UPC-E, against what zxing's writer draws and sums done by hand."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.code import check_digit, expand_upc_e
from pos.scan.alphabet import CODE128, UPC_E, Alphabet
from tests.unit.scan.drawn import KINDS, drawn

ASCII = st.text(st.characters(min_codepoint=0, max_codepoint=126), min_size=1, max_size=20)
START_A, START_B, START_C = 103, 104, 105


def values(kind: KINDS, text: str, alphabet: Alphabet) -> list[int]:
    """The characters that zxing's writer draws."""
    row = drawn(kind, text, scale=1)[0] < 128
    black = np.flatnonzero(row)
    bits = "".join(map(str, row[black[0] : black[-1] + 1].astype(int)))
    assert bits.startswith(alphabet.head)
    assert bits.endswith(alphabet.tail)
    inner = bits[len(alphabet.head) : -len(alphabet.tail)]
    return [alphabet.shapes.index(inner[at : at + alphabet.width]) for at in range(0, len(inner), alphabet.width)]


@settings(max_examples=100)
@given(ASCII)
def test_code_128_stands_for_what_was_written(text: str) -> None:
    assert CODE128.text(values(KINDS.Code128, text, CODE128)) == (text, False)


def test_each_character_of_code_128_is_drawn_as_it_is_written() -> None:
    """Pairs of digits are the values from 0 to 99 in turn; a mixture of the sets calls for the rest."""
    pairs = "".join(f"{value:02d}" for value in range(50)), "".join(f"{value:02d}" for value in range(50, 100))
    drawn_values = [value for text in pairs for value in values(KINDS.Code128, text, CODE128)]
    assert set(drawn_values) >= set(range(100))
    assert len({*CODE128.shapes, CODE128.tail[:11]}) == 107


@pytest.mark.parametrize("system", "01")
@pytest.mark.parametrize("body", ["123456", "123450", "654321", "111112", "456783", "987654", "567899"])
def test_upc_e_stands_for_what_was_written(system: str, body: str) -> None:
    full = expand_upc_e(f"{system}{body}0")[:-1]
    full += check_digit(full)
    assert UPC_E.text(values(KINDS.UPCE, f"{system}{body}{full[-1]}", UPC_E)) == (full, False)


def test_gs1_says_so_and_separates_with_a_control_character() -> None:
    # 105 + 1*102 + 2*10 + 3*12 + 4*102 + 5*30 + 6*5 = 851; 851 mod 103 = 27
    assert CODE128.text([START_C, 102, 10, 12, 102, 30, 5, 27]) == ("1012\x1d3005", True)


def test_a_shift_holds_for_one_character() -> None:
    # 104 + 1*33 + 2*98 + 3*65 + 4*34 = 664; 664 mod 103 = 46
    assert CODE128.text([START_B, 33, 98, 65, 34, 46]) == ("A\x01B", False)


@pytest.mark.parametrize(
    "wrong",
    [
        [START_B, 33, 34, 36, 6],
        [START_C, 12, 34, 20],
        [START_B, 100, 101],
        [START_A, 96, 96],
        [START_A, 0],
    ],
    ids=["check", "check of digits", "function 4", "function 3", "empty"],
)
def test_what_does_not_come_out_right_stands_for_nothing(wrong: list[int]) -> None:
    assert CODE128.text(wrong) is None


def test_a_upc_e_whose_parities_tell_of_another_check_stands_for_nothing() -> None:
    right = values(KINDS.UPCE, "01234565", UPC_E)
    assert UPC_E.text(right) == ("012345000065", False)
    assert UPC_E.text([*right[:5], (right[5] + 1) % 10 + 10 * (right[5] // 10)]) is None
    assert UPC_E.text([value % 10 for value in right]) is None
