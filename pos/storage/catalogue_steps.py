"""The shape of the catalogue's file, one step at a time; a step that shipped is never edited."""

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pos.storage.migrations import statements
from pos.storage.search_words import index_words

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


_PACKS = """
ALTER TABLE products RENAME TO old_products;
ALTER TABLE barcodes RENAME TO old_barcodes;
DROP INDEX products_by_category;
CREATE TABLE products (
    place INTEGER PRIMARY KEY, sku TEXT NOT NULL UNIQUE, name TEXT NOT NULL, name_en TEXT NOT NULL,
    price_fen INTEGER NOT NULL, unit TEXT NOT NULL, tax_code TEXT NOT NULL, tax_permille INTEGER NOT NULL,
    pinyin TEXT NOT NULL, category TEXT NOT NULL, barcode TEXT NOT NULL
) STRICT;
CREATE INDEX products_by_category ON products (category, place);
CREATE TABLE barcodes (
    barcode TEXT NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL, price_fen INTEGER NOT NULL,
    words TEXT NOT NULL, words_en TEXT NOT NULL, PRIMARY KEY (barcode, sku)
) STRICT, WITHOUT ROWID;
INSERT INTO products (sku, name, name_en, price_fen, unit, tax_code, tax_permille, pinyin, category, barcode)
    SELECT sku, name, name_en, price_fen, unit, tax_code, tax_permille, pinyin, category, barcode
    FROM old_products ORDER BY place;
INSERT INTO barcodes SELECT barcode, sku, 1, 0, '', '' FROM old_barcodes;
DROP TABLE old_barcodes;
DROP TABLE old_products;
CREATE INDEX barcodes_by_sku ON barcodes (sku);
CREATE TABLE rules (one INTEGER PRIMARY KEY CHECK (one = 1), version TEXT NOT NULL, body TEXT NOT NULL) STRICT;
"""

# Words of ours, separated by blanks: whatever else stands in one belongs to it. Only which product holds a word is
# kept, not where nor how often, in the order of ``place``: a search reads no more than it shows.
_SEARCH = """
CREATE VIRTUAL TABLE search USING fts5(
    words, content='', contentless_delete=1, detail=none,
    tokenize="ascii tokenchars '!""#$%&''()*+,-./:;<=>?@[\\]^_`{|}~'"
)
"""


@catalogue_steps()
def packs_rules_and_words_to_search_by(db: Database) -> None:
    """A barcode may sell several pieces and mean several products; a search finds words instead of reading all."""
    for statement in statements(_PACKS):
        db.execute(statement)
    db.execute(_SEARCH)
    codes: dict[str, list[str]] = {}
    for sku, barcode in db.execute("SELECT sku, barcode FROM barcodes"):
        codes.setdefault(sku, []).append(barcode)
    for row in db.query("SELECT * FROM products"):
        words = index_words(row["name"], row["name_en"], row["pinyin"], codes.get(row["sku"], []))
        db.execute("INSERT INTO search (rowid, words) VALUES (?, ?)", [row["place"], words])


@catalogue_steps()
def what_things_cost_the_store(db: Database) -> None:
    """What a piece or kilogram costs the store; null where head office does not say."""
    db.execute("ALTER TABLE products ADD COLUMN cost_fen INTEGER")
