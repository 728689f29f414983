"""Symbols: bar codes as they leave the printer, one cell a module, drawn by zxing's writer and by ``qrcode``."""

import random
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import qrcode
import zxingcpp

from pos.domain.code import check_digit
from pos.scan.frame import Gray
from pos.scan.seen import Symbology

BAR_CELLS = 60
"""How high the bars are; of an EAN-13 at full size 69 modules (GS1 General Specifications, 5.2.3)."""
QUIET = 10

_FORMATS = zxingcpp.BarcodeFormat


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol and what a right reading of it says.

    Attributes:
        cells: 0 is ink, 255 is paper, with the quiet zone.
    """

    symbology: Symbology
    text: str
    cells: Gray


def draw_symbol(symbology: Symbology, chance: random.Random) -> Symbol:
    """Return a symbol with a text of chance, such as goods, cases and phones have."""
    text = _TEXTS[symbology](chance)
    if symbology is Symbology.QR:
        return Symbol(symbology, text, _squares(text))
    barcode = zxingcpp.create_barcode(text, _WRITTEN_AS[symbology])
    pixels = np.asarray(barcode.to_image(scale=1))
    pixels = pixels if pixels.ndim == 2 else pixels[..., 0]
    return Symbol(symbology, _said(symbology, str(barcode.text)), _padded(pixels, symbology))


def _padded(pixels: Gray, symbology: Symbology) -> Gray:
    rows, columns = np.nonzero(pixels < 128)
    inked = pixels[rows.min() : rows.max() + 1, columns.min() : columns.max() + 1]
    if symbology is Symbology.DATA_MATRIX:
        return _framed(inked)
    middle = inked[inked.shape[0] // 3]
    return _framed(np.repeat(middle[None], BAR_CELLS, axis=0))


def _framed(cells: Gray) -> Gray:
    return np.ascontiguousarray(np.pad(cells, ((6, 6), (QUIET, QUIET)), constant_values=255), dtype=np.uint8)


def _squares(text: str) -> Gray:
    code = qrcode.QRCode(border=4, box_size=1)
    code.add_data(text)
    code.make()
    return np.where(np.array(code.get_matrix(), dtype=bool), 0, 255).astype(np.uint8)


def _said(symbology: Symbology, text: str) -> str:
    if symbology in {Symbology.DATABAR, Symbology.DATABAR_EXPANDED}:
        return text.replace("(", "").replace(")", "").replace("[", "").replace("]", "")
    return text


def _digits(chance: random.Random, count: int) -> str:
    return "".join(chance.choices("0123456789", k=count))


def _checked(body: str) -> str:
    return body + check_digit(body)


def _upc_e(chance: random.Random) -> str:
    """Return what a writer takes: no zero before a last digit from 5 to 9 (GS1 General Specifications, 5.2.2.4)."""
    body, last = _digits(chance, 5), chance.choice("056789")
    return "0" + (body if last == "0" else body[:4] + body[4].replace("0", "1")) + last


def _payment(chance: random.Random) -> str:
    """An Alipay code: 25 to 30, then 16 digits."""
    return f"{chance.randint(25, 30)}{_digits(chance, 16)}"


def _goods(chance: random.Random) -> str:
    return chance.choice(["690", "691", "692", "693", "694", "695", "489", "471", "880", "490", "400", "978"])


_TEXTS: dict[Symbology, Callable[[random.Random], str]] = {
    Symbology.EAN13: lambda chance: _checked(_goods(chance) + _digits(chance, 9)),
    Symbology.EAN8: lambda chance: _checked("69" + _digits(chance, 5)),
    Symbology.UPCA: lambda chance: _checked("0" + _digits(chance, 10)),
    Symbology.UPCE: _upc_e,
    Symbology.CODE128: _payment,
    Symbology.CODE39: lambda chance: "".join(chance.choices("ABCDEFGHJKLMNPRSTUVWXYZ0123456789", k=8)),
    Symbology.ITF: lambda chance: _checked("1" + _digits(chance, 12)),
    Symbology.QR: _payment,
    Symbology.DATA_MATRIX: lambda chance: "LOT" + _digits(chance, 9),
    Symbology.DATABAR: lambda chance: _checked("0690" + _digits(chance, 9)),
    Symbology.DATABAR_EXPANDED: lambda chance: (
        f"[01]{_checked('90690' + _digits(chance, 8))}[3103]00{_digits(chance, 4)}"
    ),
}
_WRITTEN_AS = {
    Symbology.EAN13: _FORMATS.EAN13,
    Symbology.EAN8: _FORMATS.EAN8,
    Symbology.UPCA: _FORMATS.UPCA,
    Symbology.UPCE: _FORMATS.UPCE,
    Symbology.CODE128: _FORMATS.Code128,
    Symbology.CODE39: _FORMATS.Code39,
    Symbology.ITF: _FORMATS.ITF,
    Symbology.DATA_MATRIX: _FORMATS.DataMatrix,
    Symbology.DATABAR: _FORMATS.DataBar,
    Symbology.DATABAR_EXPANDED: _FORMATS.DataBarExp,
}
