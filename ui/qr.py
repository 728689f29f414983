"""QR: a text as the squares of a code; whoever shows it draws them."""

import sys

QUIET = 4
"""Squares of white on each side (ISO/IEC 18004)."""


def load() -> bool:
    """Load what makes codes before a customer waits for one; False when it is there already."""
    if "qrcode" in sys.modules:
        return False
    import qrcode  # noqa: F401, PLC0415  (a twentieth of the start, for what is shown after the first sale)

    return True


def cells(text: str) -> list[list[bool]]:
    """Return the rows of squares, True for a dark one, with the quiet zone round them."""
    import qrcode  # noqa: PLC0415  (see load)

    made = qrcode.QRCode(border=QUIET, error_correction=qrcode.constants.ERROR_CORRECT_M)
    made.add_data(text)
    matrix: list[list[bool]] = made.get_matrix()
    return matrix
