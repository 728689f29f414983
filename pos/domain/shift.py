"""Shift: a drawer in one person's hands, from float to count."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from pos.domain.cash import CashCount, count_from
from pos.domain.entry import Json
from pos.domain.money import ZERO, Money


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift of one cashier; open until ``closed_at``.

    Attributes:
        business_day: the trading day all its sales belong to.
        opening_float: cash in the drawer at the start.
        counted: cash found at the end; None while open.
        expected: float + cash kept, as the till reckons; None while open.
        epoch: of the journal; numbers of closed shifts begin again with each.
        z_no: dense from 1 in the order shifts were closed; None while open.
    """

    id: str
    cashier: str
    business_day: date
    opened_at: datetime
    opening_float: Money
    closed_at: datetime | None = None
    counted: Money | None = None
    expected: Money | None = None
    epoch: int = 1
    z_no: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether sales may still join it."""
        return self.closed_at is None

    @property
    def difference(self) -> Money | None:
        """Counted less expected: negative is short; None while open."""
        if self.counted is None or self.expected is None:
            return None
        return self.counted - self.expected


def z_text(till: str, shift: Shift) -> str:
    """Return the number of a closed shift as its slip has it: ``0017-03-Z0007``, ``0017-03-2-Z0001`` in epoch 2."""
    life = f"-{shift.epoch}" if shift.epoch > 1 else ""
    return f"{till}{life}-Z{shift.z_no:04d}"


@dataclass(frozen=True, slots=True)
class Figure:
    """How many, and how much."""

    count: int = 0
    amount: Money = ZERO


NO_FIGURE = Figure()


@dataclass(frozen=True, slots=True)
class LeftOpen:
    """What a shift leaves to whoever comes next; none of it keeps a shift from being closed.

    Attributes:
        unsent: entries the head office does not have.
        payments: our numbers of payments nobody knows the end of.
        refunds: our numbers of refunds that are under way.
        suspended: carts laid aside.
        loose_cash: in the drawer for sales that are not done, or still to be handed back; it is counted here.
    """

    unsent: int = 0
    payments: tuple[str, ...] = ()
    refunds: tuple[str, ...] = ()
    suspended: int = 0
    loose_cash: Money = ZERO

    @property
    def is_nothing(self) -> bool:
        """Whether all is done."""
        return self == LeftOpen()


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """A shift in figures: as it stands (X), or as it was closed (Z), which never changes again.

    Attributes:
        figures: by kind, as ``totals`` keeps them.
        count: what was counted; None of a shift that is open, or that an older program closed.
    """

    shift: Shift
    figures: Mapping[str, Figure] = field(default_factory=dict)
    left: LeftOpen = LeftOpen()
    count: CashCount | None = None

    def figure(self, kind: str) -> Figure:
        """Return what a kind came to."""
        return self.figures.get(kind, NO_FIGURE)


def report_facts(report: ShiftReport) -> dict[str, Json]:
    """Return what ``shift.closed`` keeps of a shift besides the shift itself."""
    left, figures = report.left, report.figures
    return {
        "count": (report.count or CashCount()).as_facts(),
        "figures": {kind: {"count": each.count, "amount_fen": each.amount.fen} for kind, each in figures.items()},
        "left": {
            "unsent": left.unsent, "payments": list(left.payments), "refunds": list(left.refunds),
            "suspended": left.suspended, "loose_cash_fen": left.loose_cash.fen,
        },
    }  # fmt: skip


def report_from(shift: Shift, facts: Mapping[str, Any]) -> ShiftReport:
    """Read what ``report_facts`` wrote."""
    left = facts["left"]
    return ShiftReport(
        shift,
        {kind: Figure(each["count"], Money(each["amount_fen"])) for kind, each in facts["figures"].items()},
        LeftOpen(left["unsent"], tuple(left["payments"]), tuple(left["refunds"]), left["suspended"],
                 Money(left["loose_cash_fen"])),
        count_from(facts["count"]),
    )  # fmt: skip
