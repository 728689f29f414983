"""Drafts: the cart on the counter, so that a power cut gives the same screen back."""

import hashlib
import json
import logging
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from pos.domain.entry import Json, canonical, utc_text

_log = logging.getLogger(__name__)

COUNTER = "counter"
"""The slot of the cart being rung up."""


def save_draft(db: Database, slot: str, body: dict[str, Json], at: datetime) -> None:
    """Keep a draft in its slot, sealed by its own hash; only inside a transaction."""
    assert db.conn.in_transaction
    sealed = body | {_SEAL: _seal(body)}
    db.execute(
        "INSERT INTO drafts (slot, body, saved_at) VALUES (?,?,?)"
        " ON CONFLICT (slot) DO UPDATE SET body = excluded.body, saved_at = excluded.saved_at",
        [slot, canonical(sealed).decode(), utc_text(at)],
    )


def find_draft(db: Database, slot: str) -> dict[str, Any] | None:
    """Return the draft in a slot; None as well when the disk has changed it: its prices would be on a receipt."""
    row = db.execute("SELECT CAST(body AS BLOB) FROM drafts WHERE slot = ?", [slot]).fetchone()
    return _whole(row[0], slot) if row else None


def find_of_sale(db: Database, sale_id: str) -> dict[str, Any] | None:
    """Return the draft of a sale to be, whatever slot it is in."""
    for slot, body in db.execute("SELECT slot, CAST(body AS BLOB) FROM drafts"):
        found = _whole(body, slot)
        if found and found.get("sale_id") == sale_id:
            return found
    return None


def _whole(sealed: bytes, slot: str) -> dict[str, Any] | None:
    try:
        body: dict[str, Any] = json.loads(sealed)
        seal = body.pop(_SEAL, None)
        is_whole = seal is None or seal == _seal(body)  # drafts of older versions have none
    except (AttributeError, TypeError, ValueError):
        is_whole = False
    if not is_whole:
        _log.error("the draft in slot %s was changed on disk; it is not used", slot)
        return None
    return body


_SEAL = "seal"


def _seal(body: dict[str, Json]) -> str:
    return hashlib.sha256(canonical(body)).hexdigest()


def drop_draft(db: Database, sale_id: str) -> None:
    """Forget the draft of a sale, if it is still there; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("DELETE FROM drafts WHERE json_extract(body, '$.sale_id') = ?", [sale_id])


def drop_slot(db: Database, slot: str) -> None:
    """Forget the draft in a slot, if there is one; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute("DELETE FROM drafts WHERE slot = ?", [slot])


def list_slots(db: Database, prefix: str) -> list[str]:
    """Return the slots that begin with a text, in order."""
    return [row[0] for row in db.execute("SELECT slot FROM drafts WHERE slot GLOB ? ORDER BY slot", [f"{prefix}*"])]
