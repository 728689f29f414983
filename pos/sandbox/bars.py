"""Bar codes as rows of modules, dark or light, for the drawn counter."""

from collections.abc import Sequence
from importlib import import_module

from pos.domain.code import is_checked

Row = tuple[bool, ...]
"""Modules from left to right; True is dark. Without the quiet zone."""

# GS1 General Specifications, 5.2.1: left odd (L), and for each first digit which left digits are even (G).
_LEFT = "0001101 0011001 0010011 0111101 0100011 0110001 0101111 0111011 0110111 0001011".split()
_RIGHT = [digit.translate(str.maketrans("01", "10")) for digit in _LEFT]
_EVEN = [digit[::-1] for digit in _RIGHT]
_FIRST = "LLLLLL LLGLGG LLGGLG LLGGGL LGLLGG LGGLLG LGGGLL LGLGLG LGLGGL LGGLGL".split()

# ISO/IEC 15417, table 1: widths of bar, space, bar... for the values 0 to 105, and the stop.
_CODE_128 = """
212222 222122 222221 121223 121322 131222 122213 122312 132212 221213 221312 231212 112232 122132 122231 113222
123122 123221 223211 221132 221231 213212 223112 312131 311222 321122 321221 312212 322112 322211 212123 212321
232121 111323 131123 131321 112313 132113 132311 211313 231113 231311 112133 112331 132131 113123 113321 133121
313121 211331 231131 213113 213311 213131 311123 311321 331121 312113 312311 332111 314111 221411 431111 111224
111422 121124 121421 141122 141221 112214 112412 122114 122411 142112 142211 241211 221114 413111 241112 134111
111242 121142 121241 114212 124112 124211 411212 421112 421211 212141 214121 412121 111143 111341 131141 114113
114311 411113 411311 113141 114131 311141 411131 211412 211214 211232 2331112
""".split()
_START_C, _TO_B, _STOP = 105, 100, 106


def ean13(digits: str) -> Row:
    """Return the 95 modules of an EAN-13; ``digits`` are thirteen with a right check digit."""
    assert len(digits) == 13, digits
    assert is_checked(digits), digits
    sets = {"L": _LEFT, "G": _EVEN}
    left = [sets[kind][int(digit)] for kind, digit in zip(_FIRST[int(digits[0])], digits[1:7], strict=True)]
    right = [_RIGHT[int(digit)] for digit in digits[7:]]
    return _row("101" + "".join(left) + "01010" + "".join(right) + "101")


def code128(digits: str) -> Row:
    """Return the modules of a Code 128 holding digits, two to a symbol."""
    pairs = [int(digits[place : place + 2]) for place in range(0, len(digits) - 1, 2)]
    # A last digit without a partner is written in set B, where "0" has the value 16.
    last = [_TO_B, 16 + int(digits[-1])] if len(digits) % 2 else []
    values = [_START_C, *pairs, *last]
    check = (values[0] + sum(place * value for place, value in enumerate(values))) % 103
    widths = "".join(_CODE_128[value] for value in [*values, check, _STOP])
    return _row("".join(("1" if place % 2 == 0 else "0") * int(width) for place, width in enumerate(widths)))


def qr(text: str) -> Sequence[Row]:
    """Return the rows of a QR code with medium error correction."""
    # qrcode is not typed, and only the sandbox draws codes: imported when needed.
    qrcode = import_module("qrcode")
    code = qrcode.QRCode(border=0, error_correction=qrcode.ERROR_CORRECT_M)
    code.add_data(text)
    code.make(fit=True)
    return [tuple(bool(module) for module in row) for row in code.get_matrix()]


def _row(modules: str) -> Row:
    return tuple(module == "1" for module in modules)
