"""What a manager asks on the command line: the figures as lists, a day closed, and what goes out of the till."""

import io
from argparse import Namespace
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from datetime import date, timedelta
from pathlib import Path

from pos.domain.errors import HubUnreachable
from pos.domain.staff import Act, By
from pos.domain.store_day import StoreDay
from pos.sync.asked import TIMEOUT_S
from pos.sync.client import HubClient
from pos.sync.parcels import sign_rest, write_parcel
from pos.sync.store_totals import HubTotals
from pos.tables import Column, write_csv, write_table
from pos.till import allowed
from pos.till.figures import (
    best_sellers,
    calendar,
    day_close,
    drawers,
    happenings,
    hours,
    payments_of_day,
    people,
    poslog,
    proof,
    store_day,
    tables,
    tender_mix,
    today,
)
from pos.till.figures.tables import FigureTable
from pos.till.till import Till, open_till, usable_device

Answer = Iterator[str]


def _figures(till: Till, options: Namespace, by: By) -> Answer:
    heads, rows = VIEWS[options.view](till, options, by).said(till.settings.till.language)
    columns = [Column(head) for head in heads]
    if options.out:
        return iter([f"{options.out}: {write_table(columns, rows, options.out)}"])
    out = io.StringIO()
    write_csv(columns, rows, out)
    return iter(out.getvalue().splitlines())


def _close_day(till: Till, options: Namespace, by: By) -> Answer:
    with closing(open_till(till.settings)) as writing:
        found = day_close.close_day(writing, options.day or today.trading_day(writing), by=by)
    yield f"{found.day}: No. {found.day_no}, {found.closed.sales} / {found.closed.net}, {found.difference}"


def _poslog(till: Till, options: Namespace, by: By) -> Answer:
    yield poslog.poslog(till, options.day or today.trading_day(till), by=by).decode()


def _audit_export(till: Till, options: Namespace, by: By) -> Answer:
    yield f"{options.folder}: {proof.export_journal(till, options.folder, by=by)} entries, and how to check them"


def sign_for_parcel(writing: Till, *, by: By) -> None:
    """Sign what is not yet, which needs the lane that writes; raises NeedsManager."""
    allowed.require(writing, Act.SEE_FIGURES, by)
    sign_rest(writing.db, writing.identity, usable_device(writing.settings))


def seal_parcel(reading: Till, address: str, path: Path, *, by: By) -> int:
    """Write everything head office does not have into a sealed file, and return how many entries that is.

    Raises:
        NeedsManager: it is not this person's business.
        BadParcelAddress, ExportNotWritten: nothing was written.
    """
    allowed.require(reading, Act.SEE_FIGURES, by)
    return write_parcel(reading.db, reading.identity, address, path)


def _export_usb(till: Till, options: Namespace, by: By) -> Answer:
    allowed.require(till, Act.SEE_FIGURES, by)
    with closing(open_till(till.settings)) as writing:
        sign_for_parcel(writing, by=by)
        count = seal_parcel(writing, options.to or till.settings.hub.parcels_to, options.file, by=by)
    yield f"{options.file}: {count} entries"


def _since(till: Till, options: Namespace) -> tuple[date, date]:
    last = options.day or today.trading_day(till)
    return last - timedelta(days=options.days - 1), last


def _store(till: Till, options: Namespace, by: By) -> StoreDay:
    """Ask head office; a till without one has nobody to ask.

    Raises:
        HubUnreachable: there is none, or it does not answer; HubRefused: it does not know this till.
    """
    allowed.require(till, Act.SEE_FIGURES, by)
    if not till.settings.hub.url:
        raise HubUnreachable(reason="hub.url is empty")
    with closing(HubClient(till.settings.hub.url, usable_device(till.settings), timeout_s=TIMEOUT_S)) as client:
        return store_day.store_day(till, _since(till, options)[1], HubTotals(client), by=by)


VIEWS: Mapping[str, Callable[[Till, Namespace, By], FigureTable]] = {
    "today": lambda till, options, by: tables.today_table(today.today(till, options.day, by=by)),
    "hours": lambda till, options, by: tables.hours_table(
        hours.hours(till, _since(till, options)[1], by=by)
    ),
    "tenders": lambda till, options, by: tables.tenders_table(
        tender_mix.tender_mix(till, _since(till, options)[1], by=by)
    ),
    "goods": lambda till, options, by: tables.goods_table(
        best_sellers.best_sellers(till, *_since(till, options), by=by, limit=None)
    ),
    "departments": lambda till, options, by: tables.departments_table(
        best_sellers.best_sellers(till, *_since(till, options), by=by)
    ),
    "calendar": lambda till, options, by: tables.calendar_table(
        calendar.calendar(till, _since(till, options)[1], options.days, by=by)
    ),
    "drawers": lambda till, options, by: tables.drawers_table(
        drawers.over_short(till, *_since(till, options), by=by)
    ),
    "people": lambda till, options, by: tables.people_table(people.people(till, *_since(till, options), by=by)),
    "norms": lambda till, options, by: tables.norms_table(people.people(till, *_since(till, options), by=by)),
    "unusual": lambda till, options, by: tables.happenings_table(
        happenings.happenings(till, *_since(till, options), by=by, limit=-1)
    ),
    "payments": lambda till, options, by: tables.payments_table(
        payments_of_day.payments_of_day(till, _since(till, options)[1], by=by)
    ),
    "day": lambda till, options, by: tables.day_table(
        day_close.closed_day(till, _since(till, options)[1], by=by)
    ),
    "store": lambda till, options, by: tables.store_table(_store(till, options, by)),
}  # fmt: skip
"""Each view as a list, by the name it is asked for."""
ANSWERS: Mapping[str, Callable[[Till, Namespace, By], Answer]] = {
    "figures": _figures,
    "close-day": _close_day,
    "poslog": _poslog,
    "audit-export": _audit_export,
    "export-usb": _export_usb,
}
"""What each command does, by its name."""
