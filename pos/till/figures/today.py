"""Today: is the day good; each figure beside the same weekday last week at this time, and how far all this is sent."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pos.domain.daybook import Change, DayFigures, change
from pos.domain.entry import parse_utc, utc_text
from pos.domain.staff import Act, By
from pos.storage import daybook, figures, journal, shifts
from pos.till import allowed
from pos.till.report import shop_today
from pos.till.till import Till

WEEK = timedelta(days=7)


class Figure(StrEnum):
    """The figures of the page, in its order; the word is the key of its definition in docs/figures.md."""

    NET = "net"
    SALES = "sales"
    AVERAGE = "average"
    UNITS_PER_SALE = "units_per_sale"
    BACK = "back"
    DISCOUNT_RATE = "discount_rate"
    MEMBER_SHARE = "member_share"
    MARGIN_RATE = "margin_rate"


@dataclass(frozen=True, slots=True)
class Trust:
    """How far the figures are at head office.

    Attributes:
        goes_up: whether there is a head office at all.
        oldest: how long the oldest unsent entry has waited; None when nothing waits.
        last_acknowledged: UTC; None while nothing ever was.
        is_whole: whether every entry of the journal is in the figures.
    """

    goes_up: bool
    unsent: int
    oldest: timedelta | None
    last_acknowledged: datetime | None
    is_whole: bool = True


@dataclass(frozen=True, slots=True)
class TodayView:
    """A day so far, or a whole one that is over.

    Attributes:
        until: of a day that is not over: now, UTC; ``before`` ends at the same time of its day. None of a whole day.
        before: the same weekday of the week before.
    """

    day: date
    until: datetime | None
    now: DayFigures
    before_day: date
    before: DayFigures
    trust: Trust

    def value(self, figure: Figure) -> int | None:
        """Return a figure: fen, a count, hundredths of units, or permille of a rate."""
        return _value(self.now, figure)

    def change(self, figure: Figure) -> Change | None:
        """Return a figure beside last week's."""
        return change(_value(self.now, figure), _value(self.before, figure))


def today(till: Till, day: date | None = None, *, by: By) -> TodayView:
    """Return a day's figures; of the day that is being traded when none is named."""
    allowed.require(till, Act.SEE_FIGURES, by)
    live, now = trading_day(till), till.clock.now()
    day = day or live
    last = utc_text(now - WEEK) if day == live else figures.EVER
    return TodayView(
        day,
        now if day == live else None,
        figures.day_figures(till.db, day),
        day - WEEK,
        figures.day_figures(till.db, day - WEEK, until=last),
        trust(till),
    )


def trading_day(till: Till) -> date:
    """Return the business day that is on: the open shift's, which may have begun yesterday; else today in the shop."""
    shift = shifts.find_open_shift(till.db)
    return shift.business_day if shift else shop_today(till)


def trust(till: Till) -> Trust:
    """Return how far this till's journal is at head office."""
    found = journal.unsent(till.db, till.identity.epoch)
    oldest = till.clock.now() - parse_utc(found.oldest_at) if found.oldest_at else None
    last = parse_utc(found.last_acknowledged_at) if found.last_acknowledged_at else None
    return Trust(bool(till.settings.hub.url), found.count, oldest, last, daybook.is_whole(till.db))


def _value(of: DayFigures, figure: Figure) -> int | None:
    match figure:
        case Figure.NET:
            return of.net.fen
        case Figure.AVERAGE:
            return of.average.fen if of.average is not None else None
        case Figure.BACK:
            return of.back.fen
        case _:
            found = getattr(of, figure.value)
            return found if found is None else int(found)
