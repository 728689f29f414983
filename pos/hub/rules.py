"""The rule documents: promotions, scale labels and the like; one a store, or one for all; the hub reads no part of it.

A version is a number that grows with every import and the beginning of the document's SHA-256, so that no two documents
ever share one.
"""

import hashlib
from collections.abc import Mapping
from typing import Any

from msgspec import UNSET, Raw
from sqlalchemy import Connection, Engine, delete, func, insert, select

from pos.domain.entry import canonical
from pos.hub.database import reading, writing
from pos.hub.schema import hub, rules
from pos.hub.wire import RULES_MAX_BYTES, Rules, RulesImport, RulesImported

FOR_ALL = ""
"""The store under which the document is that holds where a store has none of its own."""


class NotCanonical(Exception):
    """The document cannot be canonical JSON, or is too long; the text says why."""


def import_rules(engine: Engine, wanted: RulesImport, at: str) -> RulesImported:
    """Put a document in the place of the store's last one, or take that away; the same again changes nothing.

    Args:
        at: now, in journal UTC text.

    Raises:
        NotCanonical: nothing was changed.
    """
    body = "" if wanted.rules is UNSET else _canonical(wanted.rules)
    with writing(engine) as connection:
        connection.execute(select(hub).with_for_update()).all()  # one after the other: numbers in commit order
        kept = connection.execute(select(rules).where(rules.c.store == wanted.store)).first()
        if (kept.body if kept else "") != body:
            number = (connection.scalar(select(func.max(rules.c.number))) or 0) + 1
            connection.execute(delete(rules).where(rules.c.store == wanted.store))
            connection.execute(insert(rules), _row(wanted.store, number, body, at))
        return RulesImported(_in_force(connection, wanted.store)[0])


def rules_for(engine: Engine, store: str, after: str) -> Rules:
    """Return the document in force for a store; only its version when that is ``after``."""
    with reading(engine) as connection:
        version, body = _in_force(connection, store)
    return Rules(version) if version == after else Rules(version, Raw(body.encode()))


def _in_force(connection: Connection, store: str) -> tuple[str, str]:
    query = select(rules.c.store, rules.c.version, rules.c.body)
    query = query.where(rules.c.store.in_([store, FOR_ALL]), rules.c.body != "")
    found = {row.store: (row.version, row.body) for row in connection.execute(query)}
    return found.get(store) or found.get(FOR_ALL) or ("", "{}")


def _row(store: str, number: int, body: str, at: str) -> dict[str, Any]:
    """Return a row; one without a body remembers that its number was given out."""
    version = f"{number}-{hashlib.sha256(body.encode()).hexdigest()[:8]}" if body else ""
    return {"store": store, "number": number, "version": version, "body": body, "imported_at": at}


def _canonical(document: Mapping[str, Any]) -> str:
    try:
        body = canonical(dict(document)).decode()
    except (ValueError, TypeError) as reason:
        raise NotCanonical(str(reason)) from reason
    if len(body.encode()) > RULES_MAX_BYTES:
        raise NotCanonical(f"{RULES_MAX_BYTES} bytes at most")
    return body
