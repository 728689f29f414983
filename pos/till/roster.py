"""Roster: who works at this till, for whoever may change it."""

from pos.domain.staff import Act, By, Cashier
from pos.storage import staff
from pos.till import allowed
from pos.till.till import Till


def roster(till: Till, *, by: By) -> tuple[Cashier, ...]:
    """Return everybody, by number.

    Raises:
        NeedsManager: it is not this person's business.
    """
    allowed.require(till, Act.CHANGE_STAFF, by)
    return tuple(sorted((row.cashier for row in staff.list_staff(till.db)), key=lambda each: each.number))
