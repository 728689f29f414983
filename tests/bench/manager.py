"""Manager: every view of the figures on a year of a till, a million lines, beside plain SQL over the sales themselves.

The year is made once and kept in the machine's folder for temporary files, or where ``GUITAI_YEAR`` says.
"""

import os
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from pos.domain.staff import By, Cashier, Role
from pos.settings import Settings, TillSettings
from pos.storage import staff
from pos.storage.database import transaction
from pos.till import report
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
from pos.till.till import Till, open_reading_till, open_till
from tests.bench.figure import Figure, in_turns
from tests.bench.history import make_history
from tests.fake_time import FakeClock

LINES = 1_000_000
LAST = date(2026, 11, 28)
AFTERNOON = datetime(2026, 11, 28, 8, 0, tzinfo=UTC)
"""Four in the afternoon of the last day, in the shop."""
BOSS = Cashier("9001", "陈静", Role.MANAGER)
BY = By(BOSS)
TIMES = 20
LARGE = 1 << 16
"""Whoever first asks for much memory pays for putting in order what a query has freed: 7 ms after a plain one."""


@dataclass(frozen=True, slots=True)
class View:
    """A view, and what somebody without the day book would ask the tables of sales for the same."""

    name: str
    ask: Callable[[Till], object]
    plain: str


_DAY = f"'{LAST}'"
_MONTH = f"'{LAST - timedelta(days=27)}' AND '{LAST}'"
_PLAIN_DAY = f"SELECT count(*), sum(total_fen) FROM sales WHERE business_day = {_DAY}"
_PLAIN_GOODS = (
    "SELECT sku, sum(sale_lines.amount_fen) FROM sales JOIN sale_lines ON sale_id = sales.id"
    " WHERE business_day BETWEEN {} GROUP BY sku ORDER BY 2 DESC LIMIT 10"
)
VIEWS = (
    View("today, beside last week at this time", lambda till: today.today(till, LAST, by=BY), _PLAIN_DAY),
    View("today's totals for the cashier", lambda till: report.today(till, LAST), _PLAIN_DAY),
    View("hours with last week's ghost", lambda till: hours.hours(till, LAST, by=BY),
         "SELECT substr(completed_at, 12, 2), sum(total_fen) FROM sales"
         f" WHERE business_day = {_DAY} GROUP BY 1"),
    View("tender mix", lambda till: tender_mix.tender_mix(till, LAST, by=BY),
         "SELECT kind, sum(amount_fen) FROM sales JOIN tenders ON sale_id = sales.id"
         f" WHERE business_day = {_DAY} GROUP BY 1"),
    View("best sellers of a day", lambda till: best_sellers.best_sellers(till, LAST, by=BY),
         _PLAIN_GOODS.format(f"{_DAY} AND {_DAY}")),
    View("best sellers of 28 days", lambda till: best_sellers.best_sellers(till, LAST - timedelta(27), LAST, by=BY),
         _PLAIN_GOODS.format(_MONTH)),
    View("best sellers of 28 days, by pieces",
         lambda till: best_sellers.best_sellers(till, LAST - timedelta(27), LAST, by=BY, by_amount=False),
         _PLAIN_GOODS.format(_MONTH)),
    View("calendar of 28 days", lambda till: calendar.calendar(till, LAST, by=BY),
         "SELECT business_day, count(*), sum(total_fen) FROM sales"
         f" WHERE business_day BETWEEN {_MONTH} GROUP BY 1"),
    View("drawers of a day", lambda till: drawers.day_cash(till, LAST, by=BY),
         f"SELECT * FROM shifts WHERE business_day = {_DAY}"),
    View("over and short in 28 days", lambda till: drawers.over_short(till, LAST - timedelta(27), LAST, by=BY),
         f"SELECT * FROM shifts WHERE business_day BETWEEN {_MONTH}"),
    View("a closed day", lambda till: day_close.closed_day(till, LAST - timedelta(1), by=BY), _PLAIN_DAY),
    View("people of a day beside what is usual", lambda till: people.people(till, LAST, by=BY),
         f"SELECT cashier, count(*), sum(total_fen) FROM sales WHERE business_day = {_DAY} GROUP BY 1"),
    View("people of 28 days", lambda till: people.people(till, LAST - timedelta(27), LAST, by=BY),
         f"SELECT cashier, count(*), sum(total_fen) FROM sales WHERE business_day BETWEEN {_MONTH} GROUP BY 1"),
    View("what was unusual in 7 days", lambda till: happenings.happenings(till, LAST - timedelta(6), LAST, by=BY),
         f"SELECT * FROM refunds WHERE business_day = {_DAY}"),
    View("what was unusual in a year", lambda till: happenings.happenings(till, LAST - timedelta(364), LAST, by=BY),
         f"SELECT * FROM refunds WHERE business_day = {_DAY}"),
    View("payments of a day", lambda till: payments_of_day.payments_of_day(till, LAST, by=BY),
         "SELECT sum(amount_fen) FROM sales JOIN tenders ON sale_id = sales.id"
         f" WHERE business_day = {_DAY} AND kind = 'alipay'"),
)  # fmt: skip


def measure() -> list[Figure]:
    """Time every view by the clock, and on the processor, which a machine that is busy with others does not slow."""
    till = open_year(LINES)
    try:
        return [_time(till, each, *how) for each in VIEWS for how in _CLOCKS]
    finally:
        till.close()


_CLOCKS = (("", time.perf_counter), (", processor", time.thread_time))


def _time(till: Till, view: View, how: str, clock: Callable[[], float]) -> Figure:
    def plain() -> None:
        till.db.execute(view.plain).fetchall()
        bytes(LARGE)

    return in_turns(view.name + how, lambda: view.ask(till), "plain SQL over the sales", plain,
                    times=TIMES, clock=clock)  # fmt: skip


def open_year(lines: int) -> Till:
    """Open the year to read, and make it first where it is not, or was left half made."""
    known = os.environ.get("GUITAI_YEAR", "")
    folder = Path(known) if known else Path(tempfile.gettempdir()) / f"guitai-year-{lines}"
    if not (folder / "done").exists():
        for left in folder.glob("till.db*"):
            left.unlink()
        make_history(folder, lines, LAST)
        (folder / "done").touch()
    settings = Settings(data_dir=folder, till=TillSettings(store="0017", till="03", camera="none"))
    writing = open_till(settings, clock=FakeClock(AFTERNOON))
    with transaction(writing.db):
        staff.put_staff(writing.db, BOSS, "")
    writing.close()
    return open_reading_till(settings, clock=FakeClock(AFTERNOON))
