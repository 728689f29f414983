"""Cash: the amounts a customer is likely to hand over, and what moves in the drawer besides sales."""

from pos.domain.approval import REASON_MAX
from pos.domain.cash import CashKind, CashMove, cash_facts
from pos.domain.errors import AmountOutOfRange, ReasonMissing
from pos.domain.money import LIMIT_FEN, ZERO, Money
from pos.domain.staff import By, Cashier
from pos.storage import cash as stored
from pos.till import allowed
from pos.till.sell import commit, require_shift
from pos.till.till import Till

_NOTES_FEN = (10_000, 5_000, 2_000, 1_000)
"""The notes that people round up to: 100, 50, 20 and 10 yuan."""


def likely_amounts(due: Money, *, limit: int = 4) -> list[Money]:
    """Return the exact amount, then what it rounds up to with one kind of note, smallest first.

    The next whole hundred is always there: of the others those stay that the fewest notes make.
    """
    hundred, *others = (-(-due.fen // note) * note for note in _NOTES_FEN)
    fewest = sorted(set(others) - {due.fen, hundred}, key=lambda fen: (_count_notes(fen), fen))[: limit - 2]
    rounded = sorted({*fewest, hundred} - {due.fen})
    return [due, *map(Money, rounded)]


def _count_notes(fen: int) -> int:
    count = 0
    for note in _NOTES_FEN:
        count, fen = count + fen // note, fen % note
    return count


def move_cash(till: Till, kind: CashKind, amount: Money, reason: str, *, by: By) -> CashMove:
    """Put cash in, pay it out or drop it into the safe, or open the drawer for nothing; the drawer may open then.

    It is not held against what should be in the drawer: that would tell the figure that is counted blind.

    Raises:
        NeedsManager, SamePerson: who does it may not alone.
        ReasonMissing, AmountOutOfRange, ShiftNotOpen: nothing happened.
    """
    if not reason.strip():
        raise ReasonMissing(act=kind.act.value)
    if (amount > ZERO) is (kind is CashKind.OPENED) or not ZERO <= amount <= Money(LIMIT_FEN):
        raise AmountOutOfRange(limit_fen=LIMIT_FEN)
    return _record(till, kind, amount, reason, by, needs_yes=True)


def open_to_count(till: Till, cashier: Cashier, reason: str) -> CashMove:
    """Open the drawer for whoever counts it; nobody has to say yes to that, and the journal keeps it all the same.

    Raises:
        ShiftNotOpen: nothing happened.
    """
    return _record(till, CashKind.OPENED, ZERO, reason, By(cashier), needs_yes=False)


def moves_of(till: Till, shift_id: str) -> list[CashMove]:
    """Return what moved in a shift besides sales, in order."""
    return stored.list_of_shift(till.db, shift_id)


def _record(till: Till, kind: CashKind, amount: Money, reason: str, by: By, *, needs_yes: bool) -> CashMove:
    move_id = till.ids.new(till.clock.now())

    def write() -> CashMove:
        """Write the move and its entry."""
        if needs_yes:
            allowed.require(till, kind.act, by, amount)
        now, shift = till.clock.now(), require_shift(till)
        move = CashMove(
            move_id, kind, shift.id, shift.business_day, amount, by.actor.number, by.approver_number,
            reason.strip()[:REASON_MAX], now,
        )  # fmt: skip
        till.record(kind.value, cash_facts(move))
        return move

    def find() -> CashMove | None:
        """Find the move where it is not known whether it was written."""
        return next((each for each in moves_of(till, require_shift(till).id) if each.id == move_id), None)

    return commit(till, write, find)
