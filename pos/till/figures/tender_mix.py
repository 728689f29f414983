"""Tender mix: how the day was paid, and how much cash should be there."""

from dataclasses import dataclass
from datetime import date

from pos.domain.daybook import permille
from pos.domain.money import ZERO, Money
from pos.domain.sale import TenderKind
from pos.domain.staff import Act, By
from pos.storage import shifts, totals
from pos.till import allowed
from pos.till.shifts import expected_cash
from pos.till.till import Till


@dataclass(frozen=True, slots=True)
class TenderShare:
    """A way to pay: how often, how much, and which part of all that was taken."""

    kind: TenderKind
    count: int
    amount: Money
    share: int


@dataclass(frozen=True, slots=True)
class TenderMix:
    """A day's tenders, cash and Alipay always, the largest first.

    Attributes:
        expected_cash: in the drawers of the day's shifts, floats and cash moves included.
    """

    day: date
    tenders: tuple[TenderShare, ...]
    expected_cash: Money


def tender_mix(till: Till, day: date, *, by: By) -> TenderMix:
    """Return how a day was paid."""
    allowed.require(till, Act.SEE_FIGURES, by)
    found = totals.totals_of_day(till.db, day)
    kinds = [kind for kind in TenderKind if kind in (TenderKind.CASH, TenderKind.ALIPAY) or kind.value in found]
    taken = {kind: found.get(kind.value, totals.NOTHING) for kind in kinds}
    whole = sum((each.amount.fen for each in taken.values()), 0)
    shares = [
        TenderShare(kind, each.count, each.amount, permille(each.amount.fen, whole) or 0)
        for kind, each in taken.items()
    ]
    expected = (
        each.expected if each.expected is not None else expected_cash(till, each)
        for each in shifts.list_of_days(till.db, day, day)
    )
    return TenderMix(day, tuple(sorted(shares, key=lambda each: -each.amount.fen)), sum(expected, ZERO))
