"""Best sellers: which goods and departments sold most, by amount or by pieces."""

from dataclasses import dataclass
from datetime import date

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
    till: Till, since: date, until: date | None = None, *, by: By, by_amount: bool = True, limit: int = TOP
) -> BestSellers:
    """Return what sold most from one day to another, or on one."""
    allowed.require(till, Act.SEE_FIGURES, by)
    until = until or since
    goods = figures.best_goods(till.db, since, until, by_amount=by_amount, limit=limit)
    shelves = figures.departments(till.db, since, until, by_amount=by_amount)
    return BestSellers(since, until, by_amount, tuple(goods), tuple(shelves))
