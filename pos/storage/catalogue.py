"""The catalogue: prices and barcodes, in a file of its own that can be thrown away and fetched again."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pos.domain.code import MAX_TEXT
from pos.domain.errors import DatabaseDamaged
from pos.domain.facts import product_from
from pos.domain.product import Product
from pos.storage.database import open_database, open_reader, transaction
from pos.storage.migrations import statements

CATALOGUE_FILE = 0x47544331  # "GTC1"

catalogue_steps = Migrations("catalogue")

_SHAPE = """
CREATE TABLE products (
    sku TEXT PRIMARY KEY, name TEXT NOT NULL, name_en TEXT NOT NULL, price_fen INTEGER NOT NULL, unit TEXT NOT NULL,
    tax_code TEXT NOT NULL, tax_permille INTEGER NOT NULL, pinyin TEXT NOT NULL, category TEXT NOT NULL,
    barcode TEXT NOT NULL, place INTEGER NOT NULL
) STRICT;
CREATE INDEX products_by_pinyin ON products (pinyin);
CREATE INDEX products_by_category ON products (category, place);
CREATE TABLE barcodes (barcode TEXT PRIMARY KEY, sku TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX barcodes_by_sku ON barcodes (sku);
CREATE TABLE feed (one INTEGER PRIMARY KEY CHECK (one = 1), cursor TEXT NOT NULL) STRICT;
"""


@catalogue_steps()
def products_and_barcodes(db: Database) -> None:
    """The first shape."""
    for statement in statements(_SHAPE):
        db.execute(statement)


def open_catalogue(path: Path) -> Database:
    """Open the catalogue for writing; a damaged one is put aside, because the hub gives it again."""
    try:
        return open_database(path, catalogue_steps, application_id=CATALOGUE_FILE)
    except DatabaseDamaged:
        for suffix in ("", "-wal", "-shm"):
            part = path.with_name(path.name + suffix)
            if part.exists():
                part.replace(path.with_name(path.name + ".damaged" + suffix))
        return open_database(path, catalogue_steps, application_id=CATALOGUE_FILE)


def open_catalogue_to_read(path: Path) -> Database:
    """Open a catalogue that ``open_catalogue`` has opened before, for reading only."""
    return open_reader(path, catalogue_steps, application_id=CATALOGUE_FILE)


_SEARCH = r"""
SELECT *,
    (sku = :needle) * 8 + (pinyin LIKE :start ESCAPE '\') * 4 + (name LIKE :start ESCAPE '\') * 2 AS rank
FROM products
WHERE pinyin LIKE :part ESCAPE '\' OR name LIKE :part ESCAPE '\' OR name_en LIKE :part ESCAPE '\'
    OR sku LIKE :start ESCAPE '\' OR sku IN (SELECT sku FROM barcodes WHERE barcode LIKE :part ESCAPE '\')
ORDER BY rank DESC, place LIMIT :limit
"""


def find_by_barcode(db: Database, keys: Sequence[str]) -> Product | None:
    """Return the product that carries one of these barcodes; the first key that fits wins."""
    for key in keys:
        rows = db.query("SELECT p.* FROM barcodes b JOIN products p USING (sku) WHERE b.barcode = ?", [key])
        for row in rows:
            return product_from(row)
    return None


def find_by_sku(db: Database, sku: str) -> Product | None:
    """Return a product by the store's own number."""
    for row in db.query("SELECT * FROM products WHERE sku = ?", [sku]):
        return product_from(row)
    return None


def search(db: Database, text: str, *, limit: int = 60) -> list[Product]:
    """Return the products whose pinyin initials, name, number or barcode hold a text, best first.

    Large and small ASCII letters are the same; ``%`` and ``_`` stand for themselves.
    """
    needle = text.strip()[:MAX_TEXT].encode(errors="replace").decode()
    if not needle:
        return []
    like = needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    rows = db.query(_SEARCH, {"needle": needle, "start": f"{like}%", "part": f"%{like}%", "limit": limit})
    return [product_from(row) for row in rows]


def list_categories(db: Database) -> list[str]:
    """Return the shelves, in the order of their first product."""
    rows = db.execute("SELECT category FROM products WHERE category <> '' GROUP BY category ORDER BY min(place)")
    return [row[0] for row in rows]


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
        changed: products as the hub's protocol writes them, with ``barcodes``.
        removed: numbers (sku) that are no longer on sale.
    """
    with transaction(db):
        for sku in removed:
            _drop(db, sku)
        place = db.execute("SELECT coalesce(max(place), 0) FROM products").fetchone()[0]
        for number, each in enumerate(changed, 1):
            _put(db, each, place + number)
        db.execute("INSERT OR REPLACE INTO feed (one, cursor) VALUES (1, ?)", [cursor])


def _drop(db: Database, sku: str) -> None:
    db.execute("DELETE FROM barcodes WHERE sku = ?", [sku])
    db.execute("DELETE FROM products WHERE sku = ?", [sku])


def _put(db: Database, product: Mapping[str, Any], place: int) -> None:
    known = db.execute("SELECT place FROM products WHERE sku = ?", [product["sku"]]).fetchone()
    _drop(db, product["sku"])
    barcodes = product["barcodes"]
    columns = ("sku", "name", "name_en", "price_fen", "unit", "tax_code", "tax_permille", "pinyin", "category")
    values = [product[column] for column in columns]
    db.execute(
        f"INSERT INTO products ({', '.join(columns)}, barcode, place) VALUES (?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
        [*values, barcodes[0] if barcodes else "", known[0] if known else place],
    )
    for barcode in barcodes:
        db.execute("INSERT OR REPLACE INTO barcodes (barcode, sku) VALUES (?, ?)", [barcode, product["sku"]])
