"""Refunds as they stand."""

from datetime import date
from typing import Any

from sqlite_utils import Database

from pos.domain.entry import parse_utc
from pos.domain.money import Money
from pos.domain.refund import Refund, RefundState


def find_refund(db: Database, refund_id: str) -> Refund | None:
    """Return a refund by its id."""
    rows = _refunds(db, "id = ?", [refund_id])
    return rows[0] if rows else None


def list_open(db: Database) -> list[Refund]:
    """Return the refunds that are not final, oldest first."""
    return _refunds(db, "state = 'sent' ORDER BY started_at, id", [])


def has_open(db: Database) -> bool:
    """Whether a refund is not final; quick, however many there are."""
    return bool(db.execute("SELECT EXISTS (SELECT 1 FROM refunds WHERE state = 'sent')").fetchone()[0])


def list_of_trade(db: Database, out_trade_no: str) -> list[Refund]:
    """Return what was asked back of a trade, whatever became of it, oldest first."""
    return _refunds(db, "out_trade_no = ? ORDER BY started_at, id", [out_trade_no])


def sum_of_trade(db: Database, out_trade_no: str) -> Money:
    """Return what went back of a trade or is on its way."""
    query = "SELECT coalesce(sum(amount_fen), 0) FROM refunds WHERE out_trade_no = ? AND state <> 'refused'"
    return Money(db.execute(query, [out_trade_no]).fetchone()[0])


def list_done(db: Database, since: str, until: str) -> list[Refund]:
    """Return the refunds that went through within a span of journal UTC texts, the end not included."""
    return _refunds(db, "state = 'done' AND changed_at >= ? AND changed_at < ? ORDER BY changed_at, id", [since, until])


def list_done_of_day(db: Database, business_day: date) -> list[Refund]:
    """Return the refunds of a business day that the customer has, but for those that carry a return's money."""
    where = "state IN ('done', 'in_cash') AND business_day = ? AND id NOT IN (SELECT refund_id FROM return_refunds)"
    return _refunds(db, f"{where} ORDER BY changed_at, id", [business_day.isoformat()])


def last_alone(db: Database) -> Refund | None:
    """Return the last refund that carries no return's money, unless it was refused."""
    where = "state <> 'refused' AND id NOT IN (SELECT refund_id FROM return_refunds) ORDER BY started_at DESC LIMIT 1"
    found = _refunds(db, where, [])
    return found[0] if found else None


def _refunds(db: Database, where: str, values: list[str]) -> list[Refund]:
    query = f"SELECT * FROM refunds WHERE {where}"  # noqa: S608  (a constant of this module)
    return [_refund(row) for row in db.query(query, values)]


def _refund(row: dict[str, Any]) -> Refund:
    return Refund(
        id=row["id"],
        sale_id=row["sale_id"],
        receipt_no=row["receipt_no"],
        out_trade_no=row["out_trade_no"],
        amount=Money(row["amount_fen"]),
        state=RefundState(row["state"]),
        business_day=date.fromisoformat(row["business_day"]),
        shift_id=row["shift_id"],
        cashier=row["cashier"],
        reason=row["reason"],
        started_at=parse_utc(row["started_at"]),
        changed_at=parse_utc(row["changed_at"]),
        refusal=row["refusal"],
        approver=row["approver"],
    )
