"""Payment attempts as they stand."""

from datetime import datetime
from typing import Any

from sqlite_utils import Database

from pos.domain.entry import parse_utc
from pos.domain.money import Money
from pos.domain.payment import AttemptState, Parts, PaymentAttempt, Way
from pos.domain.sale import TenderKind


def find_attempt(db: Database, attempt_id: str) -> PaymentAttempt | None:
    """Return an attempt by its id."""
    rows = _attempts(db, "id = ?", [attempt_id])
    return rows[0] if rows else None


def find_by_number(db: Database, number: str) -> PaymentAttempt | None:
    """Return an attempt by our number for it (``out_trade_no``) or by Alipay's (``trade_no``)."""
    rows = _attempts(db, "out_trade_no = ? OR (trade_no = ? AND trade_no <> '')", [number, number])
    return rows[0] if rows else None


def list_open(db: Database) -> list[PaymentAttempt]:
    """Return the attempts that are not final, oldest first."""
    return _attempts(db, "state IN ('sent', 'cancelling') ORDER BY started_at, id", [])


def has_open(db: Database) -> bool:
    """Whether an attempt is not final; quick, however many there are."""
    return bool(
        db.execute("SELECT EXISTS (SELECT 1 FROM attempts WHERE state IN ('sent', 'cancelling'))").fetchone()[0]
    )


def list_live(db: Database, sale_id: str) -> list[PaymentAttempt]:
    """Return the attempts of a sale that are paid, or may yet be, in the order they began."""
    # By rowid, which is the order of the journal, whatever the clock said.
    return _attempts(db, "sale_id = ? AND state IN ('sent', 'paid') ORDER BY rowid", [sale_id])


def parts_of(db: Database, sale_id: str) -> Parts:
    """Return the money of a sale to be that is here or asked for."""
    return Parts(tuple(list_live(db, sale_id)))


def list_cash_of_no_sale(db: Database) -> list[PaymentAttempt]:
    """Return the parts in cash whose sale is not done, or that are still to be handed back, oldest first."""
    where = (
        "kind = ? AND (state IN ('sent', 'cancelling')"
        " OR (state = 'paid' AND sale_id NOT IN (SELECT id FROM sales))) ORDER BY started_at, id"
    )
    return _attempts(db, where, [TenderKind.CASH.value])


def list_paid_without_sale(db: Database) -> list[PaymentAttempt]:
    """Return the attempts whose money is here while their sale is not, oldest first."""
    return _attempts(db, "state = 'paid' AND sale_id NOT IN (SELECT id FROM sales) ORDER BY started_at, id", [])


def list_unsold(db: Database) -> list[PaymentAttempt]:
    """Return the same as ``list_paid_without_sale``, without going through a year of payments."""
    return _attempts(db, "id IN (SELECT attempt_id FROM unsold) ORDER BY started_at, id", [])


def shift_that_took(db: Database, attempt_id: str) -> str:
    """Return the id of the shift that was open when an attempt's money came; empty when a lost entry alone told."""
    # Backwards through the journal: what is corrected was taken lately.
    paid = db.execute(
        "SELECT epoch, seq FROM journal WHERE kind = 'payment.settled'"
        " AND json_extract(CAST(body AS TEXT), '$.attempt_id') = ? ORDER BY epoch DESC, seq DESC LIMIT 1",
        [attempt_id],
    ).fetchone()
    query = (
        "SELECT json_extract(CAST(body AS TEXT), '$.shift_id') FROM journal WHERE kind = 'shift.opened'"
        " AND (epoch, seq) < (?, ?) ORDER BY epoch DESC, seq DESC LIMIT 1"
    )
    opened = db.execute(query, paid).fetchone() if paid else None
    return str(opened[0]) if opened else ""


def list_taken(db: Database, kind: str, since: str, until: str) -> list[tuple[str, Money, str, datetime]]:
    """Return the tenders of a kind within a span of journal UTC texts, the end not included.

    Each as its ``out_trade_no``, amount, receipt number and the moment its sale was completed.
    """
    rows = db.execute(
        "SELECT tenders.out_trade_no, tenders.amount_fen, sales.receipt_no, sales.completed_at FROM sales"
        " JOIN tenders ON tenders.sale_id = sales.id"
        " WHERE tenders.kind = ? AND sales.completed_at >= ? AND sales.completed_at < ? ORDER BY sales.completed_at",
        [kind, since, until],
    )
    return [(number, Money(fen), receipt_no, parse_utc(at)) for number, fen, receipt_no, at in rows]


def _attempts(db: Database, where: str, values: list[str]) -> list[PaymentAttempt]:
    query = f"SELECT * FROM attempts WHERE {where}"  # noqa: S608  (a constant of this module)
    return [_attempt(row) for row in db.query(query, values)]


def _attempt(row: dict[str, Any]) -> PaymentAttempt:
    return PaymentAttempt(
        id=row["id"],
        sale_id=row["sale_id"],
        amount=Money(row["amount_fen"]),
        state=AttemptState(row["state"]),
        started_at=parse_utc(row["started_at"]),
        changed_at=parse_utc(row["changed_at"]),
        reason=row["reason"],
        trade_no=row["trade_no"],
        way=Way(row["way"]),
        kind=TenderKind(row["kind"]),
    )
