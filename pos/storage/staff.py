"""Staff: who may sign in, and how many wrong PINs are remembered."""

from dataclasses import dataclass
from typing import Any

from sqlite_utils import Database

from pos.domain.pin import Tries
from pos.domain.staff import Cashier, Role

THE_TILL = ""
"""Whose tries are those of everybody at the till together."""


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person and what their PIN, unlock code, badge and answers are checked against; all but the PIN may be empty."""

    cashier: Cashier
    pin_hash: str
    unlock_hash: str
    badge_mac: str = ""
    phone_key: str = ""


def find_staff(db: Database, number: str) -> StaffRow | None:
    """Return a person by the number they type."""
    rows = list(db.query("SELECT * FROM staff WHERE number = ?", [number]))
    return _row(rows[0]) if rows else None


def list_staff(db: Database) -> list[StaffRow]:
    """Return everybody, by number."""
    return [_row(row) for row in db.query("SELECT * FROM staff ORDER BY number")]


def put_staff(db: Database, cashier: Cashier, pin_hash: str, unlock_hash: str = "") -> None:
    """Add a person, or give them a new PIN and a clean slate; only inside a transaction."""
    assert db.conn.in_transaction
    row = {"number": cashier.number, "name": cashier.name, "role": cashier.role.value, "pin_hash": pin_hash}
    db.table("staff").upsert(row | {"unlock_hash": unlock_hash}, pk="number")
    forget_tries(db, cashier.number)


def keep_pin_hash(db: Database, number: str, pin_hash: str) -> None:
    """Keep the same PIN in another form; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("UPDATE staff SET pin_hash = ? WHERE number = ?", [pin_hash, number])


def keep_badge(db: Database, number: str, badge_mac: str) -> None:
    """Give a person a badge in place of the one before; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("UPDATE staff SET badge_mac = ? WHERE number = ?", [badge_mac, number])


def keep_phone_key(db: Database, number: str, phone_key: str) -> None:
    """Give a person a locked key for the telephone in place of the one before; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("UPDATE staff SET phone_key = ? WHERE number = ?", [phone_key, number])


def find_tries(db: Database, who: str) -> Tries:
    """Return the tries that are remembered of a number, whether anybody has it or not, or of ``THE_TILL``."""
    row = db.execute("SELECT owed_ms, stamp_ms FROM pin_tries WHERE who = ?", [who]).fetchone()
    return Tries(*row) if row else Tries()


def keep_tries(db: Database, who: str, tries: Tries) -> None:
    """Remember tries, and forget whose have run out; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("DELETE FROM pin_tries WHERE owed_ms <= ? - stamp_ms", [tries.stamp_ms])
    db.execute("INSERT OR REPLACE INTO pin_tries VALUES (?, ?, ?)", [who, tries.owed_ms, tries.stamp_ms])


def forget_tries(db: Database, number: str) -> None:
    """Note a right PIN; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("DELETE FROM pin_tries WHERE who = ?", [number])


def _row(row: dict[str, Any]) -> StaffRow:
    person = Cashier(row["number"], row["name"], Role(row["role"]))
    return StaffRow(person, row["pin_hash"], row["unlock_hash"], row["badge_mac"], row["phone_key"])
