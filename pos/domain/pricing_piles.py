"""Piles: the goods of a cart as rules see them, whatever lines they stand on."""

from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from pos.domain.priced import Good
from pos.domain.quantity import ONE, Quantity, Unit

_Kind = tuple[int, str, str, bool, int]
"""What tells goods apart: minus the price, number, shelf, whether they are loose pieces, and how much one is."""


class Pile(NamedTuple):
    """Pieces that no rule can tell apart, or weighed lines that are alike.

    Attributes:
        price: fen of one piece, or of one whole weighed line.
        one: what that price buys.
        is_loose: single pieces, which can be bound together; a weighed or labelled line cannot.
        lines: where they stand, the longest line first.
        pieces: how many pieces, or lines, there are.
    """

    sku: str
    category: str
    price: int
    one: Quantity
    is_loose: bool
    lines: list[Good]
    pieces: int


_new_pile = partial(tuple.__new__, Pile)
"""Makes a pile from its fields, at half the time that its name takes."""


def piles_of(goods: Iterable[Good]) -> list[Pile]:
    """Return the goods that rules may touch, the dearest first; the order of the lines does not matter."""
    heaps: dict[_Kind, list[Good]] = {}
    piece = Unit.PIECE
    for good in goods:
        fen = good.amount.fen
        if good.is_fixed or fen <= 0:
            continue
        quantity, price = good.quantity, good.price.fen
        is_loose = quantity.unit is piece and fen == price * quantity.amount
        kind = (-price, good.sku, good.category, True, 1) if is_loose else (
            -fen, good.sku, good.category, False, quantity.amount)  # fmt: skip
        heaps.setdefault(kind, []).append(good)
    return [_pile(kind, heaps[kind]) for kind in sorted(heaps)]


def _pile(kind: _Kind, lines: list[Good]) -> Pile:
    minus_price, sku, category, is_loose, _ = kind
    first, pieces = lines[0].quantity, len(lines)
    if pieces > 1:
        lines.sort(key=lambda line: (-line.quantity.amount, line.line_no))
    if is_loose:
        pieces = first.amount if pieces == 1 else sum([line.quantity.amount for line in lines])
        first = ONE
    return _new_pile((sku, category, -minus_price, first, is_loose, lines, pieces))
