"""Allowed: whether somebody, or two, may do what not everybody may; the verb itself asks, by the till's own disk."""

from pos.domain.errors import NeedsManager, SamePerson
from pos.domain.staff import MAY, Act, By, Cashier
from pos.storage import staff
from pos.till.till import Till


def require(till: Till, act: Act, by: By | None) -> None:
    """Refuse an act unless who does it may, or somebody else who may has said yes.

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
    if not (_may(till, asked, act) and _is_known(till, by.actor)):
        raise NeedsManager(act=act.value)


def _may(till: Till, person: Cashier, act: Act) -> bool:
    row = staff.find_staff(till.db, person.number)
    return row is not None and act in MAY[row.cashier.role]


def _is_known(till: Till, person: Cashier) -> bool:
    return staff.find_staff(till.db, person.number) is not None
