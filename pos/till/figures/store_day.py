"""The whole store: all its tills together, as head office has them, with what is missing said."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Protocol

from pos.clock import BEIJING
from pos.domain.staff import Act, By
from pos.domain.store_day import StoreDay, TillDay, is_silent
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
    begins = datetime.combine(day, time(), BEIJING)
    silent = tuple(each.till for each in tills if is_silent(each.heard_at, begins, now))
    return StoreDay(store, day, now, tills, silent, journal.unsent(till.db, till.identity.epoch).count)
