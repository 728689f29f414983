"""The whole store: all its tills together, as head office has them, with what is missing said."""

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from pos.domain.staff import Act, By
from pos.domain.store_day import SILENT, StoreDay, TillDay
from pos.storage import journal
from pos.till import allowed
from pos.till.till import Till


class StoreTotals(Protocol):
    """Where the totals of a store's tills are: the hub."""

    def tills_of(self, store: str, day: date) -> Sequence[TillDay]:
        """Return each till of a store.

        Raises:
            HubUnreachable, HubRefused: nobody could be asked.
        """


def store_day(till: Till, day: date, totals: StoreTotals, *, by: By) -> StoreDay:
    """Return the store's day.

    Raises:
        NeedsManager: it is not this person's business.
        HubUnreachable, HubRefused: show this till's own figures, and say that the others are missing.
    """
    allowed.require(till, Act.SEE_FIGURES, by)
    store, now = till.identity.store, till.clock.now()
    tills = tuple(totals.tills_of(store, day))
    silent = tuple(each.till for each in tills if now - each.heard_at > SILENT)
    return StoreDay(store, day, now, tills, silent, journal.unsent(till.db, till.identity.epoch).count)
