"""Allowed: whether somebody, or two, may do what not everybody may; the verb itself asks, by the till's own disk."""

from pos.domain.errors import NeedsManager, SamePerson
from pos.domain.money import ZERO, Money
from pos.domain.staff import Act, By, Cashier, Limit
from pos.storage import staff
from pos.till.rules import limits_of
from pos.till.till import Till


def require(till: Till, act: Act, by: By | None, amount: Money = ZERO, percent: int = 0) -> None:
    """Refuse an act unless who does it may go so far, or somebody else who may has said yes.

    What a screen or a session believes of somebody's role is not asked: the row on disk is.

    Raises:
        NeedsManager: neither may, or nobody is known.
        SamePerson: the approver is the actor.
    """
    if by is None:
        raise NeedsManager(act=act.value)
    if by.approver and by.approver.number == by.actor.number:
        raise SamePerson(act=act.value)
    asked = by.approver or by.actor
    limit = limit_of(till, asked.number, act)
    if limit is None or not limit.covers(amount, percent) or not _is_known(till, by.actor):
        raise NeedsManager(act=act.value)


def may(till: Till, act: Act, number: str, amount: Money = ZERO, percent: int = 0) -> bool:
    """Whether somebody goes so far alone."""
    limit = limit_of(till, number, act)
    return limit is not None and limit.covers(amount, percent)


def limit_of(till: Till, number: str, act: Act) -> Limit | None:
    """Return how far somebody goes alone, by their role on disk; None when not at all, or for somebody unknown."""
    row = staff.find_staff(till.db, number)
    return limits_of(till)[row.cashier.role].get(act) if row else None


def _is_known(till: Till, person: Cashier) -> bool:
    return staff.find_staff(till.db, person.number) is not None
