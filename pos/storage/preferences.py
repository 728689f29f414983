"""Preferences: what people set at the till itself, such as keys, tiles and scale labels; one JSON text a key."""

import json
import logging
from datetime import datetime

from sqlite_utils import Database

from pos.domain.entry import Json, canonical, utc_text

_log = logging.getLogger(__name__)


def keep_preference(db: Database, key: str, value: Json, at: datetime) -> None:
    """Keep a value under its key in place of the one before; only inside a transaction."""
    assert db.conn.in_transaction
    db.execute(
        "INSERT INTO preferences (key, body, changed_at) VALUES (?,?,?)"
        " ON CONFLICT (key) DO UPDATE SET body = excluded.body, changed_at = excluded.changed_at",
        [key, canonical(value).decode(), utc_text(at)],
    )


def find_preference(db: Database, key: str) -> Json | None:
    """Return the value under a key; None when there is none, and when the disk has changed it beyond reading."""
    row = db.execute("SELECT CAST(body AS BLOB) FROM preferences WHERE key = ?", [key]).fetchone()
    if row is None:
        return None
    try:
        value: Json = json.loads(row[0])
    except ValueError:
        _log.error("the preference %s cannot be read; it is as if it had never been set", key)
        return None
    return value
