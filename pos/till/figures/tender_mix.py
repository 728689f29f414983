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

NO_MONEY = frozenset({TenderKind.EXCHANGE})
"""Ways to pay by which nobody gives money: goods pay for goods."""


@dataclass(frozen=True, slots=True)
class TenderShare:
    """A way to pay: how often, how much, and which part of all money that was taken.

    Attributes:
        share: in thousandths; None of what is no money, and of what a correction of an earlier day leaves below zero.
    """

    kind: TenderKind
    count: int
    amount: Money
    share: int | None


@dataclass(frozen=True, slots=True)
class TenderMix:
    """A day's tenders, cash and Alipay always, the largest first.

    Attributes:
        expected_cash: in the drawer of the day's open shift, floats and cash moves included; None when all are closed.
    """

    day: date
    tenders: tuple[TenderShare, ...]
    expected_cash: Money | None


def tender_mix(till: Till, day: date, *, by: By) -> TenderMix:
    """Return how a day was paid."""
    allowed.require(till, Act.SEE_FIGURES, by)
    found = totals.totals_of_day(till.db, day)
    kinds = [kind for kind in TenderKind if kind in (TenderKind.CASH, TenderKind.ALIPAY) or kind.value in found]
    taken = {kind: found.get(kind.value, totals.NOTHING) for kind in kinds}
    money = {kind: each.amount.fen for kind, each in taken.items() if kind not in NO_MONEY and each.amount >= ZERO}
    whole = sum(money.values())
    shares = [
        TenderShare(kind, each.count, each.amount, (permille(money[kind], whole) or 0) if kind in money else None)
        for kind, each in taken.items()
    ]
    open_ones = [expected_cash(till, each) for each in shifts.list_of_days(till.db, day, day) if each.is_open]
    return TenderMix(day, tuple(sorted(shares, key=lambda each: -each.amount.fen)),
                     sum(open_ones, ZERO) if open_ones else None)  # fmt: skip
