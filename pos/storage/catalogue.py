"""The catalogue: prices and barcodes, in a file of its own that can be thrown away and fetched again."""

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database

from pos.domain.entry import Json, canonical
from pos.domain.errors import DatabaseDamaged
from pos.domain.facts import product_from
from pos.domain.money import Money
from pos.domain.product import Pack, Product
from pos.storage.catalogue_steps import CATALOGUE_FILE, catalogue_steps
from pos.storage.database import open_database, open_reader, transaction
from pos.storage.search_words import index_words


def open_catalogue(path: Path, *, is_checked: bool = False) -> Database:
    """Open the catalogue for writing; a damaged one is put aside, because the hub gives it again.

    Args:
        is_checked: as ``open_database`` has it.
    """
    try:
        return open_database(path, catalogue_steps, application_id=CATALOGUE_FILE, is_checked=is_checked)
    except DatabaseDamaged:
        for suffix in ("", "-wal", "-shm"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.replace(path.with_name(path.name + ".damaged" + suffix))
        return open_database(path, catalogue_steps, application_id=CATALOGUE_FILE)


def open_catalogue_to_read(path: Path) -> Database:
    """Open a catalogue that ``open_catalogue`` has opened before, for reading only."""
    return open_reader(path, catalogue_steps, application_id=CATALOGUE_FILE)


_CANDIDATES = """
SELECT p.*, b.barcode AS scanned, b.quantity, b.price_fen AS pack_fen, b.words, b.words_en
FROM barcodes b JOIN products p USING (sku) WHERE b.barcode = ? ORDER BY p.place
"""


def find_by_barcode(db: Database, keys: Sequence[str]) -> list[Pack]:
    """Return everything that carries one of these barcodes, to the digit; of several keys the first that fits wins."""
    for key in keys:
        found = [_pack(row) for row in db.query(_CANDIDATES, [key])]
        if found:
            return found
    return []


def find_by_sku(db: Database, sku: str) -> Product | None:
    """Return a product by the store's own number."""
    for row in db.query("SELECT * FROM products WHERE sku = ?", [sku]):
        return product_from(row)
    return None


# An index on (category, place) holds each shelf together, so the next one is found without reading this one.
_CATEGORIES = """
WITH RECURSIVE shelves (name) AS (
    SELECT min(category) FROM products WHERE category > ''
    UNION ALL
    SELECT (SELECT min(category) FROM products WHERE category > shelves.name) FROM shelves WHERE name IS NOT NULL
)
SELECT name FROM shelves WHERE name IS NOT NULL
ORDER BY (SELECT min(place) FROM products WHERE category = shelves.name)
"""


def list_categories(db: Database) -> list[str]:
    """Return the shelves, in the order of their first product."""
    return [row[0] for row in db.execute(_CATEGORIES)]


def list_shelf(db: Database, category: str, *, limit: int = 60) -> list[Product]:
    """Return the first products of a shelf."""
    rows = db.query("SELECT * FROM products WHERE category = ? ORDER BY place LIMIT ?", [category, limit])
    return [product_from(row) for row in rows]


def feed_cursor(db: Database) -> str:
    """Return how far the hub's feed has been read; empty at the start."""
    row = db.execute("SELECT cursor FROM feed").fetchone()
    return row[0] if row else ""


def apply_feed(db: Database, changed: Iterable[Mapping[str, Any]], removed: Iterable[str], cursor: str) -> None:
    """Take a page of the feed, whole or not at all.

    Args:
        changed: products as the hub's protocol writes them, with ``barcodes`` and perhaps ``packs``.
        removed: numbers (sku) that are no longer on sale.
    """
    with transaction(db):
        for sku in removed:
            _drop(db, sku)
        place = db.execute("SELECT coalesce(max(place), 0) FROM products").fetchone()[0]
        for number, each in enumerate(changed, 1):
            known = _drop(db, each["sku"])
            _put(db, each, place + number if known is None else known)
        db.execute("INSERT OR REPLACE INTO feed (one, cursor) VALUES (1, ?)", [cursor])


def find_rules(db: Database) -> tuple[str, dict[str, Json]]:
    """Return the store's rule document and its version; an empty one, of version ``""``, where there is none."""
    row = db.execute("SELECT version, body FROM rules").fetchone()
    return (row[0], json.loads(row[1])) if row else ("", {})


def rules_version(db: Database) -> str:
    """Return which rule document is kept; empty for none."""
    row = db.execute("SELECT version FROM rules").fetchone()
    return row[0] if row else ""


def keep_rules(db: Database, version: str, document: Mapping[str, Json]) -> None:
    """Put a rule document in the place of the one before, whole or not at all."""
    with transaction(db):
        db.execute(
            "INSERT OR REPLACE INTO rules (one, version, body) VALUES (1, ?, ?)",
            [version, canonical(dict(document)).decode()],
        )


def _pack(row: Mapping[str, Any]) -> Pack:
    own_price = Money(row["pack_fen"]) if row["pack_fen"] else None
    return Pack(product_from(row), row["scanned"], row["quantity"], own_price, row["words"], row["words_en"])


def _drop(db: Database, sku: str) -> int | None:
    """Take a product out with all it is found by; return its place, None when it was not there."""
    row = db.conn.execute("SELECT place FROM products WHERE sku = ?", [sku]).fetchone()
    if row is None:
        return None
    db.conn.execute("DELETE FROM barcodes WHERE sku = ?", [sku])
    db.conn.execute("DELETE FROM search WHERE rowid = ?", [row[0]])
    db.conn.execute("DELETE FROM products WHERE place = ?", [row[0]])
    return int(row[0])


_COLUMNS = ("sku", "name", "name_en", "price_fen", "unit", "tax_code", "tax_permille", "pinyin", "category")
_INSERT = f"INSERT INTO products ({', '.join(_COLUMNS)}, barcode, cost_fen, place) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"  # noqa: S608


def _put(db: Database, product: Mapping[str, Any], place: int) -> None:
    barcodes, packs = product["barcodes"], product.get("packs", ())
    values = [product[column] for column in _COLUMNS]
    db.conn.execute(_INSERT, [*values, barcodes[0] if barcodes else "", product.get("cost_fen"), place])
    rows = [(each, product["sku"], 1, 0, "", "") for each in barcodes]
    rows += [(each["barcode"], product["sku"], each["quantity"], each["price_fen"], each["words"], each["words_en"])
             for each in packs]  # fmt: skip
    shared = {each["barcode"] for each in packs if each["shared"]}
    for row in rows:
        if row[0] not in shared:  # it belongs to whoever names it last
            db.conn.execute("DELETE FROM barcodes WHERE barcode = ?", [row[0]])
        db.conn.execute("INSERT OR REPLACE INTO barcodes VALUES (?,?,?,?,?,?)", row)
    words = index_words(product["name"], product["name_en"], product["pinyin"], [row[0] for row in rows])
    db.conn.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", [place, words])
