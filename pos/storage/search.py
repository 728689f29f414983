"""Search: the products somebody means by a few letters, signs or digits, best first, however many there are."""

from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

from sqlite_utils import Database

from pos.domain.code import MAX_TEXT
from pos.domain.facts import product_from
from pos.domain.product import Product
from pos.storage import search_words as words
from pos.storage.search_words import plain

TRIED_MAX = 3_000
"""Products with all the pieces of what is typed that are looked at for the whole of it."""

_BY_NUMBER = (
    "SELECT * FROM products WHERE sku = ? OR sku IN (SELECT sku FROM barcodes WHERE barcode = ?) ORDER BY place"
)
_NUMBER_BEGINS = "SELECT * FROM products WHERE sku >= ? AND sku < ? ORDER BY sku LIMIT ?"
_WORDS = "SELECT p.* FROM search s JOIN products p ON p.place = s.rowid WHERE s.search MATCH ?"
_MANY = f"{_WORDS} ORDER BY s.rowid LIMIT ?"
_PINYIN = f"{_WORDS} AND instr(lower(p.pinyin), ?) BETWEEN 1 AND ? ORDER BY s.rowid LIMIT ?"
_ENDS = "SELECT 1 FROM barcodes WHERE sku = ? AND substr(barcode, ?) = ?"

Row = dict[str, Any]


def search(db: Database, text: str, *, limit: int = 60) -> list[Product]:
    """Return the products that a text finds, best first, in the order of the shelves.

    A store's number or a barcode as it is; then numbers that begin with it and barcodes that end in it (four digits
    and more); then initials and names that begin with it, names and initials that hold it, and English names with
    words that begin so. A single letter or digit only finds what begins with it. Large and small, wide and narrow
    letters are the same.
    """
    typed = text.strip()[:MAX_TEXT].encode(errors="replace").decode()
    found: dict[str, Row] = {}
    if plain(typed).strip():
        for row in _best_first(db, typed, plain(typed).strip(), limit):
            found.setdefault(row["sku"], row)
            if len(found) == limit:
                break
    return [product_from(row) for row in found.values()]


def _best_first(db: Database, typed: str, needle: str, limit: int) -> Iterator[Row]:
    yield from _rows(db, _BY_NUMBER, [typed, typed])
    for begin in dict.fromkeys((typed, typed.upper(), typed.lower())):
        yield from _rows(db, _NUMBER_BEGINS, [begin, begin + "\U0010ffff", limit])
    yield from _matching(db, words.barcode_ends(needle), lambda row: _ends_in(db, row["sku"], needle))
    yield from _by_initials(db, words.pinyin_begins(needle), needle, at_most=1, limit=limit)
    yield from _matching(db, words.name_begins(needle), lambda row: plain(row["name"]).startswith(needle))
    yield from _matching(db, words.name_holds(needle), lambda row: needle in plain(row["name"]))
    yield from _by_initials(db, words.pinyin_holds(needle), needle, at_most=MAX_TEXT, limit=limit)
    yield from _matching(db, words.english_has(needle), lambda row: _has_words(row["name_en"], needle))


def _matching(db: Database, match: str, is_meant: Callable[[Row], bool]) -> Iterator[Row]:
    if match:
        yield from filter(is_meant, _rows(db, _MANY, [match, TRIED_MAX]))


def _by_initials(db: Database, match: str, needle: str, *, at_most: int, limit: int) -> Iterator[Row]:
    """Yield what has the needle in its initials, beginning at this place at the latest."""
    if match:
        yield from _rows(db, _PINYIN, [match, needle, at_most, limit])


def _rows(db: Database, query: str, values: list[object]) -> Iterator[Row]:
    """Yield rows, and let go of the file at once when no more are wanted."""
    with closing(db.conn.execute(query, values)) as cursor:
        names = [each[0] for each in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))


def _has_words(name_en: str, needle: str) -> bool:
    has = words.english_words(name_en)
    return all(any(each.startswith(wanted) for each in has) for wanted in words.english_words(needle))


def _ends_in(db: Database, sku: str, digits: str) -> bool:
    return db.execute(_ENDS, [sku, -len(digits), digits]).fetchone() is not None
