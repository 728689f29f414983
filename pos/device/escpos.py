"""ESC/POS: a slip as the bytes that a receipt printer prints, by python-escpos.

Text goes out in GB18030 between ``FS &`` and ``FS .``, where a Chinese character is as wide as two others.
"""

import os
from collections.abc import Iterable
from functools import cache
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from pos.domain.slip import Code, Logo, Look, Part, Row, lay_out

KANJI_ON, KANJI_OFF = b"\x1c&", b"\x1c."
MODULE_DOTS = 5
"""A square of a QR code: 0.6 mm, which phones read and which leaves room on 58 mm paper."""
_QUIET = b"\x1bJ" + bytes([4 * MODULE_DOTS])
"""Feeds the four squares of white that a QR code needs above and below (ISO/IEC 18004); printers add none."""
DRAWER_PIN = 2
KICK_AT_ONCE = b"\x10\x14\x01\x00\x01"
"""``DLE DC4``, a tenth of a second on pin 2: the one kick that a printer without paper still gives."""


@cache
def library() -> ModuleType:
    """Return python-escpos's printers; the first call takes half a second.

    Its import leaves a pickle in a folder that it would read again; ours is gone at once.
    """
    with TemporaryDirectory(prefix="guitai-escpos-") as folder:
        os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"] = folder
        import escpos.printer  # noqa: PLC0415

    printers: ModuleType = escpos.printer
    return printers


def slip_bytes(slip: Iterable[Part], width: int) -> bytes:
    """Return what prints a slip on paper of so many columns, and cuts it."""
    made = library().Dummy()
    made.hw("INIT")
    made._raw(KANJI_ON)  # noqa: SLF001  (its way to send what it has no word for)
    for each in lay_out(slip, width):
        if isinstance(each, Row):
            _row(made, each)
        else:
            made.set(align="center")
            _code(made, each) if isinstance(each, Code) else _logo(made, each)
            made.set(align="left")
    made._raw(KANJI_OFF)  # noqa: SLF001
    made.cut()
    raw: bytes = made.output
    return raw


def kick_bytes() -> bytes:
    """Return what opens the drawer that hangs on the printer."""
    made = library().Dummy()
    made.cashdraw(DRAWER_PIN)
    raw: bytes = made.output
    return raw


def _row(made: Any, row: Row) -> None:  # noqa: ANN401  (it has no types)
    size = 2 if row.look is Look.BIG else 1
    if row.look is not Look.PLAIN:
        made.set(bold=True, custom_size=True, width=size, height=size)
    made._raw(row.text.encode("gb18030") + b"\n")  # noqa: SLF001
    if row.look is not Look.PLAIN:
        made.set(bold=False, custom_size=True, width=1, height=1)


def _code(made: Any, code: Code) -> None:  # noqa: ANN401
    from escpos.constants import QR_ECLEVEL_M  # noqa: PLC0415

    made._raw(_QUIET)  # noqa: SLF001
    made.qr(code.text, ec=QR_ECLEVEL_M, size=MODULE_DOTS, native=True)
    made._raw(_QUIET)  # noqa: SLF001


def _logo(made: Any, logo: Logo) -> None:  # noqa: ANN401
    # The library's own picture would speak to the screen when it does not know how wide the paper is.
    size = ((logo.width + 7) // 8).to_bytes(2, "little") + logo.height.to_bytes(2, "little")
    made._raw(b"\x1dv0\x00" + size + logo.bits)  # noqa: SLF001
