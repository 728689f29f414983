"""Approvals that were given, and challenges that still wait for their answer."""

from typing import Any

from sqlite_utils import Database

from pos.domain.approval import Approval, Asked, Challenge, approval_from
from pos.domain.entry import parse_utc, utc_text
from pos.domain.money import Money
from pos.domain.staff import Act


def is_covered(db: Database, asked: Asked) -> bool:
    """Whether one approval of the act on the sale goes as far as asked, in money and in percent of a line."""
    query = "SELECT 1 FROM approvals WHERE sale_id = ? AND act = ? AND amount_fen >= ? AND percent >= ?"
    return bool(db.execute(query, [asked.sale_id, asked.act.value, asked.amount.fen, asked.percent]).fetchone())


def list_of_shift(db: Database, shift_id: str) -> list[Approval]:
    """Return the approvals given in a shift, in order."""
    rows = db.query("SELECT * FROM approvals WHERE shift_id = ? ORDER BY rowid", [shift_id])
    return [approval_from(row) for row in rows]


def keep_challenge(db: Database, challenge: Challenge) -> None:
    """Have a challenge wait for its answer, and forget what nobody can answer any more; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("DELETE FROM challenges WHERE actor = ? OR at < ?", [challenge.actor, utc_text(challenge.at)[:10]])
    db.execute(
        "INSERT OR REPLACE INTO challenges VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        [challenge.digits, challenge.act.value, challenge.sale_id, challenge.amount.fen, challenge.actor,
         utc_text(challenge.at), challenge.stamp_ms, challenge.percent],
    )  # fmt: skip


def find_challenge(db: Database, digits: str) -> Challenge | None:
    """Return a challenge that was not answered yet."""
    return next((_challenge(row) for row in db.query("SELECT * FROM challenges WHERE digits = ?", [digits])), None)


def use_up(db: Database, digits: str) -> bool:
    """Let a challenge count no more, and return whether it did until now; only inside a transaction."""
    assert db.conn.in_transaction
    return bool(db.execute("DELETE FROM challenges WHERE digits = ?", [digits]).rowcount)


def _challenge(row: dict[str, Any]) -> Challenge:
    return Challenge(
        row["digits"], Act(row["act"]), row["sale_id"], Money(row["amount_fen"]), row["actor"],
        parse_utc(row["at"]), row["stamp_ms"], row["percent"],
    )  # fmt: skip
