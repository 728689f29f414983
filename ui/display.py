"""Display: how money, amounts and moments read on the screen; the only place that knows shop time there."""

from datetime import datetime

from PySide6.QtCore import QCoreApplication

from pos.clock import BEIJING
from pos.domain.cart_line import CartLine
from pos.domain.entry import parse_utc
from pos.domain.money import Money
from pos.domain.pricing import Reduction
from pos.domain.product import Product
from pos.domain.promotion_rule import Rule
from pos.domain.quantity import Quantity, Unit
from pos.domain.slip import columns
from ui import language
from ui.messages import QT_TRANSLATE_NOOP

_PACKS = QT_TRANSLATE_NOOP("display", "{packs} 份（{pieces} 件装）")


def quantity_text(quantity: Quantity) -> str:
    """Return ``3`` or ``0.350 kg``."""
    if quantity.unit is Unit.PIECE:
        return str(quantity.amount)
    return f"{quantity.amount // 1000}.{quantity.amount % 1000:03d} kg"


def line_quantity(line: CartLine) -> str:
    """Return how much is on a line; packs as ``2 × 24``, what nobody has weighed yet as ``? kg``."""
    if line.needs_weight:
        return "? kg"
    return f"{line.packs} × {line.pack}" if line.pack > 1 else quantity_text(line.quantity)


def line_times(line: CartLine) -> str:
    """Return how many times which price is charged: a pack's price once for each pack."""
    if line.pack > 1:
        packs = QCoreApplication.translate("display", _PACKS).format(packs=line.packs, pieces=line.pack)
        return f"{packs} × {line_price(line)}"
    return f"{line_quantity(line)} × {line_price(line)}"


def line_price(line: CartLine) -> Money:
    """Return what one of what is counted on a line costs: a pack, a piece or a kilogram."""
    return Money(line.gross.fen // line.packs) if line.pack > 1 else line.price


def product_name(product: Product) -> str:
    """Return the product's name in the language of the screen; receipts are always Chinese."""
    return product.name_en if language.current() == "en" and product.name_en else product.name


def reduction_name(reduction: Reduction | Rule) -> str:
    """Return what something is taken off for, in the language of the screen."""
    return reduction.name_en if language.current() == "en" and reduction.name_en else reduction.name


def shop_time(at: datetime) -> str:
    """Return a moment (UTC) as hours and minutes in the shop."""
    return at.astimezone(BEIJING).strftime("%H:%M")


def clock_time(utc_text: str) -> str:
    """Return a journal time as hours and minutes in the shop."""
    return shop_time(parse_utc(utc_text))


def shortened(words: str, room: int) -> str:
    """Return words in so many columns, a Chinese character takes two; the end, which tells variants apart, stays."""
    if columns(words) <= room:
        return words
    head, tail = words, ""
    while columns(words[-len(tail) - 1 :]) <= room // 2:
        tail = words[-len(tail) - 1 :]
    while columns(head) + 1 + columns(tail) > room:
        head = head[:-1]
    return f"{head}…{tail}"
