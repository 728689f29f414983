"""Staff: who may sign in, and how often somebody failed to."""

from dataclasses import dataclass
from datetime import datetime

from sqlite_utils import Database

from pos.domain.entry import parse_utc, utc_text
from pos.domain.staff import Cashier, Role


@dataclass(frozen=True, slots=True)
class StaffRow:
    """A person and the state of their PIN."""

    cashier: Cashier
    pin_hash: str
    failures: int
    paused_until: datetime | None


def find_staff(db: Database, number: str) -> StaffRow | None:
    """Return a person by the number they type."""
    rows = list(db.query("SELECT * FROM staff WHERE number = ?", [number]))
    if not rows:
        return None
    row = rows[0]
    cashier = Cashier(row["number"], row["name"], Role(row["role"]))
    paused = parse_utc(row["paused_until"]) if row["paused_until"] else None
    return StaffRow(cashier, row["pin_hash"], row["failures"], paused)


def put_staff(db: Database, cashier: Cashier, pin_hash: str) -> None:
    """Add a person, or give them a new PIN and a clean slate; only inside a transaction."""
    assert db.conn.in_transaction
    row = {"number": cashier.number, "name": cashier.name, "role": cashier.role.value, "pin_hash": pin_hash}
    db.table("staff").upsert(row | {"failures": 0, "paused_until": ""}, pk="number")


def count_failure(db: Database, number: str, paused_until: datetime | None) -> None:
    """Note a wrong PIN before it is known to be one; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute(
        "UPDATE staff SET failures = failures + 1, paused_until = ? WHERE number = ?",
        [utc_text(paused_until) if paused_until else "", number],
    )


def forget_failures(db: Database, number: str) -> None:
    """Note a right PIN; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("UPDATE staff SET failures = 0, paused_until = '' WHERE number = ?", [number])
