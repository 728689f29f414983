"""Best sellers: which goods and departments sold most, by amount or by pieces."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pos.domain.money import Money
from pos.domain.quantity import Unit
from pos.domain.staff import Act, By
from pos.storage import figures
from pos.storage.figures import Sold
from pos.till import allowed
from pos.till.till import Till

TOP = 10


@dataclass(frozen=True, slots=True)
class BestSellers:
    """What sold most in a span of days, both included, less what came back; the most first.

    Attributes:
        goods: the first ``TOP``.
        departments: all of them; the one without a name is of goods whose shelf nobody told.
    """

    since: date
    until: date
    by_amount: bool
    goods: tuple[Sold, ...]
    departments: tuple[Sold, ...]


def best_sellers(
    till: Till, since: date, until: date | None = None, *, by: By, by_amount: bool = True, limit: int | None = TOP
) -> BestSellers:
    """Return what sold most from one day to another, or on one."""
    allowed.require(till, Act.SEE_FIGURES, by)
    until = until or since
    found = figures.goods(till.db, since, until)
    goods = _most([each for each, _ in found], by_amount=by_amount)
    shelves = _most(_departments(found), by_amount=by_amount)
    return BestSellers(since, until, by_amount, tuple(goods[:limit]), tuple(shelves))


def _most(found: Iterable[Sold], *, by_amount: bool) -> list[Sold]:
    return sorted(found, key=lambda each: (-each.amount.fen if by_amount else -each.pieces, each.key))


def _departments(found: Iterable[tuple[Sold, str]]) -> list[Sold]:
    sums: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for each, shelf in found:
        sums[shelf][0] += each.pieces
        sums[shelf][1] += each.amount.fen
    return [Sold(shelf, shelf, Unit.PIECE.value, pieces, Money(fen)) for shelf, (pieces, fen) in sums.items()]
