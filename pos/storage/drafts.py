"""Drafts: the cart on the counter, so that a power cut gives the same screen back."""

import json
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from pos.domain.entry import Json, canonical, utc_text

COUNTER = "counter"
"""The slot of the cart being rung up."""


def save_draft(db: Database, slot: str, body: dict[str, Json], at: datetime) -> None:
    """Keep a draft in its slot; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute(
        "INSERT INTO drafts (slot, body, saved_at) VALUES (?,?,?)"
        " ON CONFLICT (slot) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
        [slot, canonical(body).decode(), utc_text(at)],
    )


def find_draft(db: Database, slot: str) -> dict[str, Any] | None:
    """Return the draft in a slot."""
    row = db.execute("SELECT body FROM drafts WHERE slot = ?", [slot]).fetchone()
    body: dict[str, Any] | None = json.loads(row[0]) if row else None
    return body


def drop_draft(db: Database, sale_id: str) -> None:
    """Forget the draft of a sale, if it is still there; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("DELETE FROM drafts WHERE json_extract(body, '$.sale_id') = ?", [sale_id])
