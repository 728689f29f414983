"""Drawers: what should be in each, what was counted, and the history of being over or short."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from pos.domain.money import ZERO, Money
from pos.domain.sale import TenderKind
from pos.domain.shift import Shift
from pos.domain.staff import Act, By
from pos.storage import figures, shifts
from pos.storage.totals import Total
from pos.till import allowed
from pos.till.shifts import expected_cash
from pos.till.till import Till


@dataclass(frozen=True, slots=True)
class Drawer:
    """A shift's drawer.

    Attributes:
        expected: cash that should be in it; of a closed shift as it was reckoned then.
        counted: None while the shift is open.
        tenders: what the shift took by each way to pay.
    """

    shift: Shift
    expected: Money
    counted: Money | None
    tenders: Mapping[TenderKind, Total]

    @property
    def difference(self) -> Money | None:
        """Counted less expected: below nothing is short; None while open."""
        return None if self.counted is None else self.counted - self.expected


@dataclass(frozen=True, slots=True)
class DayCash:
    """A day's drawers; this is what a manager asks first.

    Attributes:
        counted, difference: of the shifts that are closed; None while none is.
    """

    day: date
    drawers: tuple[Drawer, ...]
    expected: Money
    counted: Money | None
    difference: Money | None

    @property
    def is_all_counted(self) -> bool:
        """Whether every shift of the day is closed."""
        return all(each.counted is not None for each in self.drawers)


def day_cash(till: Till, day: date, *, by: By) -> DayCash:
    """Return a day's drawers, the open one as it stands."""
    allowed.require(till, Act.SEE_FIGURES, by)
    return cash_of(till, day)


def cash_of(till: Till, day: date) -> DayCash:
    """Return a day's drawers for whoever was allowed already."""
    found = tuple(_drawer(till, each) for each in shifts.list_of_days(till.db, day, day))
    closed = [each for each in found if each.counted is not None]
    counted = sum((each.counted for each in closed if each.counted is not None), ZERO) if closed else None
    difference = None if counted is None else counted - sum((each.expected for each in closed), ZERO)
    return DayCash(day, found, sum((each.expected for each in found), ZERO), counted, difference)


def over_short(till: Till, since: date, until: date, *, by: By) -> tuple[Drawer, ...]:
    """Return the drawers of days, both included, that were counted, oldest first."""
    allowed.require(till, Act.SEE_FIGURES, by)
    found = (_drawer(till, each) for each in shifts.list_of_days(till.db, since, until) if not each.is_open)
    return tuple(found)


def _drawer(till: Till, shift: Shift) -> Drawer:
    expected = shift.expected if shift.expected is not None else expected_cash(till, shift)
    return Drawer(shift, expected, shift.counted, figures.tenders_of_shift(till.db, shift.id, shift.business_day))
