"""Happenings: everything unusual on one line of time, and the way down to the entry and the receipt."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pos.domain.entry import JournalEntry
from pos.domain.sale import Sale
from pos.domain.shift import Shift
from pos.domain.staff import Act, By
from pos.domain.unusual import Happening, Unusual
from pos.storage import journal, sales, shifts, unusual
from pos.till import allowed
from pos.till.till import Till

SHOWN_MAX = 200


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a happening stands: its entry, and the sale it is about when this till made it."""

    entry: JournalEntry
    sale: Sale | None


def happenings(
    till: Till, since: date, until: date | None = None, *, by: By, kinds: Iterable[Unusual] = (), cashier: str = "",
    limit: int = SHOWN_MAX,
) -> tuple[Happening, ...]:  # fmt: skip
    """Return the unusual things of days, both included, latest first.

    Args:
        kinds, cashier: only of these, only this one's.
        limit: the last so many; all below 0.
    """
    allowed.require(till, Act.SEE_FIGURES, by)
    return tuple(unusual.list_unusual(till.db, since, until or since, kinds=kinds, cashier=cashier, limit=limit))


def shifts_of(till: Till, found: Iterable[Happening], *, by: By) -> dict[str, Shift]:
    """Return the shifts of the days of happenings by their ids, as some are about a shift."""
    allowed.require(till, Act.SEE_FIGURES, by)
    days = {each.business_day for each in found}
    return {each.id: each for each in shifts.list_of_days(till.db, min(days), max(days))} if days else {}


def kinds_of(till: Till, found: Iterable[Happening], *, by: By) -> tuple[str, ...]:
    """Return what the entries of happenings are, as the journal calls it; empty where it has no such entry."""
    allowed.require(till, Act.SEE_FIGURES, by)
    entries = [next(journal.entries(till.db, till.identity.name, each.epoch, after=each.seq - 1, limit=1), None)
               for each in found]  # fmt: skip
    return tuple(each.kind if each else "" for each in entries)


def origin(till: Till, of: Happening, *, by: By) -> Origin | None:
    """Return where a happening stands; None when the journal has no such entry."""
    allowed.require(till, Act.SEE_FIGURES, by)
    entry = next(journal.entries(till.db, till.identity.name, of.epoch, after=of.seq - 1, limit=1), None)
    if entry is None or entry.seq != of.seq:
        return None
    body = entry.facts
    by_id = sales.find_sale(till.db, str(body.get("sale_id", "")))
    return Origin(entry, by_id or sales.find_by_receipt(till.db, str(body.get("receipt_no", ""))))
