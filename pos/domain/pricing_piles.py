"""Piles: the goods of a cart as rules see them, whatever lines they stand on."""

from collections.abc import Iterable
from dataclasses import dataclass

from pos.domain.priced import Good
from pos.domain.quantity import ONE, Quantity, Unit


@dataclass(frozen=True, slots=True)
class Pile:
    """Pieces that no rule can tell apart, or weighed lines that are alike.

    Attributes:
        price: fen of one piece, or of one whole weighed line.
        one: what that price buys.
        is_loose: single pieces, which can be bound together; a weighed or labelled line cannot.
        lines: where they stand, the longest line first.
        count: how many pieces, or lines, there are.
    """

    sku: str
    category: str
    price: int
    one: Quantity
    is_loose: bool
    lines: tuple[Good, ...]
    count: int

    def pieces(self, line: Good) -> int:
        """How many of them stand on one line."""
        return line.quantity.amount if self.is_loose else 1


def piles_of(goods: Iterable[Good]) -> list[Pile]:
    """Return the goods that rules may touch, the dearest first; the order of the lines does not matter."""
    heaps: dict[tuple[int, str, str, bool, int], list[Good]] = {}
    for good in goods:
        if good.is_fixed or good.amount.fen <= 0:
            continue
        is_loose = good.quantity.unit is Unit.PIECE and good.amount.fen == good.price.fen * good.quantity.amount
        price = good.price.fen if is_loose else good.amount.fen
        key = (-price, good.sku, good.category, is_loose, 1 if is_loose else good.quantity.amount)
        heaps.setdefault(key, []).append(good)
    return [_pile(*key[:4], heaps[key]) for key in sorted(heaps)]


def _pile(minus_price: int, sku: str, category: str, is_loose: bool, lines: list[Good]) -> Pile:  # noqa: FBT001
    one = ONE if is_loose else lines[0].quantity
    if len(lines) > 1:
        lines.sort(key=lambda line: (-line.quantity.amount, line.line_no))
    count = sum(line.quantity.amount for line in lines) if is_loose else len(lines)
    return Pile(sku, category, -minus_price, one, is_loose, tuple(lines), count)
