"""Day close: a day's figures as a manager closed them, for ever; what comes later restates them, with a note."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from pos.domain import facts
from pos.domain.daybook import DayFigures
from pos.domain.entry import Json, parse_utc, utc_text
from pos.domain.errors import DayAlreadyClosed, DayNotOver, NothingToClose
from pos.domain.money import Money
from pos.domain.staff import Act, By
from pos.domain.unusual import Happening, Unusual
from pos.storage import figures, totals, unusual
from pos.storage.figures import DayClose
from pos.till import allowed
from pos.till.figures.drawers import DayCash, cash_of
from pos.till.till import Till


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """A day that was closed.

    Attributes:
        day_no: dense from 1.
        closed: the figures it was closed with; they never change.
        tenders: count and amount by way to pay, as they were.
        expected, counted: cash, as it was.
        now: the figures with what came since.
        late: what came since, oldest first; the note.
    """

    day: date
    day_no: int
    closed_at: datetime
    cashier: str
    closed: DayFigures
    tenders: Mapping[str, totals.Total]
    expected: Money
    counted: Money
    now: DayFigures
    late: tuple[Happening, ...]

    @property
    def is_restated(self) -> bool:
        """Whether anything came after it was closed."""
        return bool(self.late)

    @property
    def difference(self) -> Money:
        """Counted less expected, as it was."""
        return self.counted - self.expected


def closed_day(till: Till, day: date, *, by: By) -> ClosedDay | None:
    """Return how a day was closed and what came since; None while it is open."""
    allowed.require(till, Act.SEE_FIGURES, by)
    found = figures.find_day_close(till.db, day)
    return _closed_day(till, found) if found else None


def close_day(till: Till, day: date, *, by: By) -> ClosedDay:
    """Close a day whose shifts are all closed.

    Raises:
        NeedsManager: who does it may not.
        DayNotOver: a shift of it is open; DayAlreadyClosed, NothingToClose: nothing happened.
    """
    with till.transaction():
        allowed.require(till, Act.CLOSE_DAY, by)
        if figures.find_day_close(till.db, day):
            raise DayAlreadyClosed(day=day.isoformat())
        cash = cash_of(till, day)
        if not cash.drawers:
            raise NothingToClose(day=day.isoformat())
        if not cash.is_all_counted:
            raise DayNotOver(day=day.isoformat())
        till.record(facts.DAY_CLOSED, _facts(till, cash, by))
        found = figures.find_day_close(till.db, day)
        assert found is not None
        return _closed_day(till, found)


def _facts(till: Till, cash: DayCash, by: By) -> dict[str, Json]:
    assert cash.counted is not None
    return {
        "business_day": cash.day.isoformat(),
        "day_no": figures.next_day_no(till.db),
        "closed_at": utc_text(till.clock.now()),
        "cashier": by.actor.number,
        "approver": by.approver_number,
        "figures": figures_facts(figures.day_figures(till.db, cash.day)),
        "tenders": {
            kind: {"count": each.count, "amount_fen": each.amount.fen}
            for kind, each in sorted(totals.totals_of_day(till.db, cash.day).items())
        },
        "expected_fen": cash.expected.fen,
        "counted_fen": cash.counted.fen,
        "shifts": [each.shift.id for each in cash.drawers],
    }


def figures_facts(of: DayFigures) -> dict[str, Json]:
    """Return a day's figures as the journal has them."""
    return {
        "sales": of.sales, "sold_fen": of.sold.fen, "backs": of.backs, "back_fen": of.back.fen, "units": of.units,
        "gross_fen": of.gross.fen, "discount_fen": of.discount.fen, "member_sales": of.member_sales,
        "costed_fen": of.costed.fen, "cost_fen": of.cost.fen,
    }  # fmt: skip


def figures_from(told: Mapping[str, Any]) -> DayFigures:
    """Read what ``figures_facts`` wrote."""
    return DayFigures(
        told["sales"], Money(told["sold_fen"]), told["backs"], Money(told["back_fen"]), told["units"],
        Money(told["gross_fen"]), Money(told["discount_fen"]), told["member_sales"], Money(told["costed_fen"]),
        Money(told["cost_fen"]),
    )  # fmt: skip


def _closed_day(till: Till, found: DayClose) -> ClosedDay:
    body = json.loads(found.body)
    day = found.business_day
    late = unusual.list_unusual(till.db, day, day, kinds=[Unusual.LATE])
    return ClosedDay(
        day, found.day_no, parse_utc(found.closed_at), found.cashier, figures_from(body["figures"]),
        {kind: totals.Total(each["count"], Money(each["amount_fen"])) for kind, each in body["tenders"].items()},
        Money(body["expected_fen"]), Money(body["counted_fen"]), figures.day_figures(till.db, day),
        tuple(reversed(late)),
    )  # fmt: skip
