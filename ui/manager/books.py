"""Books: the till's figures, asked for by whoever is at the counter; the till itself says who may read them."""

from collections.abc import Callable, Mapping
from datetime import date

from pos.domain.errors import NeedsManager
from pos.domain.sale import Sale
from pos.domain.shift import Shift
from pos.domain.slip import Slip
from pos.domain.staff import MAY, Act, By, Cashier
from pos.domain.unusual import Happening, Unusual
from pos.till import proofs, roster, rules, sign_in, slips
from pos.till.figures import (
    best_sellers,
    calendar,
    day_close,
    drawers,
    happenings,
    hours,
    payments_of_day,
    people,
    tender_mix,
    today,
)
from pos.till.figures.best_sellers import BestSellers
from pos.till.figures.calendar import CalendarDay
from pos.till.figures.day_close import ClosedDay
from pos.till.figures.drawers import DayCash, Drawer
from pos.till.figures.happenings import Origin
from pos.till.figures.hours import Hour
from pos.till.figures.payments_of_day import DayPayments
from pos.till.figures.people import People
from pos.till.figures.tender_mix import TenderMix
from pos.till.figures.today import TodayView
from pos.till.till import Till
from ui.lane import Lane
from ui.manager.waiting import Failed, Waiting


class Books:
    """Reads on the screen's thread, each within a few milliseconds; a day is closed on the till lane.

    Args:
        who: who is at the counter; None for nobody.
    """

    def __init__(self, till: Till, lane: Lane[Till], who: Callable[[], Cashier | None]) -> None:
        self._till, self._lane, self._who = till, lane, who
        self.waiting = Waiting()

    @property
    def may_read(self) -> bool:
        """Whether it makes sense to offer them; the verbs ask the disk."""
        cashier = self._who()
        return cashier is not None and Act.SEE_FIGURES in MAY[cashier.role]

    @property
    def trading_day(self) -> date:
        """The business day that is on."""
        return today.trading_day(self._till)

    def today(self, day: date) -> TodayView:
        """Return a day's figures beside last week's."""
        return today.today(self._till, day, by=self._by())

    def hours(self, day: date) -> tuple[Hour, ...]:
        """Return a day's hours."""
        return hours.hours(self._till, day, by=self._by())

    def tenders(self, day: date) -> TenderMix:
        """Return how a day was paid."""
        return tender_mix.tender_mix(self._till, day, by=self._by())

    def cash(self, day: date) -> DayCash:
        """Return a day's drawers."""
        return drawers.day_cash(self._till, day, by=self._by())

    def over_short(self, since: date, until: date) -> tuple[Drawer, ...]:
        """Return the drawers that were counted on days."""
        return drawers.over_short(self._till, since, until, by=self._by())

    def closed_day(self, day: date) -> ClosedDay | None:
        """Return how a day was closed; None while it is open."""
        return day_close.closed_day(self._till, day, by=self._by())

    def close_day(self, day: date, then: Callable[[ClosedDay], None], failed: Failed) -> None:
        """Close a day."""
        by = self._by()
        self.waiting.run(self._lane, lambda till: day_close.close_day(till, day, by=by), then, failed)

    def best(self, since: date, until: date, *, by_amount: bool, limit: int | None = best_sellers.TOP) -> BestSellers:
        """Return what sold most on days; all that sold without a limit."""
        return best_sellers.best_sellers(self._till, since, until, by=self._by(), by_amount=by_amount, limit=limit)

    def people(self, since: date, until: date) -> People:
        """Return what each cashier did on days."""
        return people.people(self._till, since, until, by=self._by())

    def names(self) -> dict[str, str]:
        """Return what those who work here are called, by number."""
        return people.names(self._till, by=self._by())

    def happenings(
        self, since: date, until: date, kinds: tuple[Unusual, ...], cashier: str = "", *,
        limit: int = happenings.SHOWN_MAX,
    ) -> tuple[Happening, ...]:  # fmt: skip
        """Return what was unusual on days; of all kinds and people when none is named, all below a limit of 0."""
        by = self._by()
        return happenings.happenings(self._till, since, until, by=by, kinds=kinds, cashier=cashier, limit=limit)

    def shelf_names(self) -> Mapping[str, str]:
        """Return what the departments are called in English."""
        return rules.shelf_names(self._till)

    def shifts_of(self, found: tuple[Happening, ...]) -> dict[str, Shift]:
        """Return the shifts of the days of happenings by their ids."""
        return happenings.shifts_of(self._till, found, by=self._by())

    def kinds_of(self, found: tuple[Happening, ...]) -> tuple[str, ...]:
        """Return what the entries of happenings are, as the journal calls it."""
        return happenings.kinds_of(self._till, found, by=self._by())

    def origin(self, of: Happening) -> Origin | None:
        """Return where a happening stands."""
        return happenings.origin(self._till, of, by=self._by())

    def receipt(self, sale: Sale) -> tuple[Slip, int]:
        """Return a sale's receipt, and the columns of the paper."""
        return slips.receipt_of(self._till, sale), slips.paper_of(self._till).columns

    def roster(self) -> tuple[Cashier, ...]:
        """Return who works here."""
        return roster.roster(self._till, by=self._by())

    def put_staff(self, person: Cashier, pin: str, then: Callable[[str], None], failed: Failed) -> None:
        """Add a person, or give them another role and a new PIN; ``then`` gets a manager's unlock code."""
        by = self._by()
        self.waiting.run(self._lane, lambda till: sign_in.put_staff(till, person, pin, by=by), then, failed)

    def give_badge(self, person: Cashier, then: Callable[[Slip], None], failed: Failed) -> None:
        """Give a person a new badge; ``then`` gets it as a slip, the only place where its text is."""
        by = self._by()

        def give(till: Till) -> Slip:
            """On the till's thread."""
            return slips.badge_slip_of(till, person, proofs.give_badge(till, person.number, by=by))

        self.waiting.run(self._lane, give, then, failed)

    @property
    def seals_parcels(self) -> bool:
        """Whether it is known to whom a parcel for a stick is sealed."""
        return bool(self._till.settings.hub.parcels_to)

    def sign_for_parcel(self, then: Callable[[None], None], failed: Failed) -> None:
        """Sign what is not yet, so that a parcel can be sealed."""
        by = self._by()

        def sign(till: Till) -> None:
            """On the till's thread."""
            from pos.manager import sign_for_parcel  # noqa: PLC0415  (all commands of managers with it)

            sign_for_parcel(till, by=by)

        self.waiting.run(self._lane, sign, then, failed)

    def payments(self, day: date) -> DayPayments:
        """Return a day's payments."""
        return payments_of_day.payments_of_day(self._till, day, by=self._by())

    def calendar(self, last: date, days: int) -> tuple[CalendarDay, ...]:
        """Return the days up to one."""
        return calendar.calendar(self._till, last, days, by=self._by())

    def _by(self) -> By:
        cashier = self._who()
        if cashier is None:
            raise NeedsManager(act=Act.SEE_FIGURES.value)
        return By(cashier)
