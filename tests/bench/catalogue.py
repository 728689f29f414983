"""Catalogue: finding among 100,000 products by barcode and by pinyin, beside a bare SELECT."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pos.domain.code import check_digit
from pos.sandbox.store import sample_products
from pos.storage.catalogue import apply_feed, find_by_barcode, open_catalogue
from pos.storage.search import search
from tests.bench.figure import Figure, in_turns

PRODUCTS = 100_000


def measure() -> list[Figure]:
    """Time the two ways a cashier finds a thing."""
    with tempfile.TemporaryDirectory() as folder:
        db = open_catalogue(Path(folder) / "catalogue.db")
        apply_feed(db, _many(), [], "1")
        code = _barcode(PRODUCTS // 2)
        bare = "SELECT * FROM products WHERE rowid = 5000"
        found = in_turns("find a barcode among 100,000", lambda: find_by_barcode(db, [code]),
                         "one SELECT by rowid", lambda: db.conn.execute(bare).fetchone())  # fmt: skip
        whole = "SELECT count(*) FROM products WHERE pinyin LIKE '%qsy%'"
        typed = in_turns("search three letters of pinyin in 100,000", lambda: search(db, "qsy"),
                         "one bare scan of the table", lambda: db.conn.execute(whole).fetchone(), times=20)  # fmt: skip
        db.conn.close()
        return [found, typed]


def _many() -> Iterator[dict[str, Any]]:
    sample = sample_products()
    for number in range(PRODUCTS):
        like = sample[number % len(sample)]
        yield like | {"sku": f"{number:08d}", "name": f"{like['name']}{number}", "barcodes": [_barcode(number)]}


def _barcode(number: int) -> str:
    digits = f"690{number:09d}"
    return digits + check_digit(digits)
