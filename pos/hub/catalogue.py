"""The catalogue: what is on sale and for how much, as a feed that each till reads from where it stopped."""

import re
import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import UNSET, structs
from pypinyin import Style, lazy_pinyin
from sqlalchemy import Connection, Engine, delete, insert, select

from pos.hub.barcodes import Barcodes, carried, parts, take_barcodes
from pos.hub.database import Row, reading, writing
from pos.hub.schema import hub, imports, products
from pos.hub.wire import FeedItem, FeedPage, Import, Imported, Product

_CURSOR = re.compile(r"([0-9]{1,15})-([0-9a-f]{8})", re.ASCII)
_FIELDS = ("sku", "name", "price_fen", "unit", "tax_code", "tax_permille", "name_en", "pinyin", "category")

_UNKNOWN = -1
"""In place of a cost that nobody told."""


class CursorLost(Exception):
    """The cursor is not one of this database: start again from the beginning."""


def pinyin_initials(name: str) -> str:
    """Return the first letters a Chinese speaker types for a name; letters and digits stay, all else goes."""
    letters = "".join(lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()
    return re.sub("[^a-z0-9]", "", letters)


def import_products(engine: Engine, wanted: Import, at: str) -> Imported:
    """Add, change and remove products, whole or not at all; what is already so gets no new cursor.

    Args:
        wanted: a product without ``pinyin`` gets its initials; the last of two with one sku counts.
        at: now, in journal UTC text.

    Raises:
        BarcodeTaken: a barcode belongs to another product, here or in the catalogue.
    """
    with writing(engine) as connection:
        connection.execute(select(hub).with_for_update()).all()  # imports one after the other: cursors in commit order
        last = connection.execute(select(imports).order_by(imports.c.last_cursor.desc()).limit(1)).first()
        cursor, token = (last.last_cursor, secrets.token_hex(4)) if last else (0, secrets.token_hex(4))
        changed = _really_changed(connection, wanted)
        if not changed:
            return Imported(0, f"{cursor}-{last.token}" if last else "")
        _write(connection, changed, cursor, token)
        cursor += len(changed)
        connection.execute(insert(imports), {"last_cursor": cursor, "token": token, "imported_at": at})
    return Imported(len(changed), f"{cursor}-{token}")


def feed_page(engine: Engine, after: str, limit: int) -> FeedPage:
    """Return the changes after a cursor, oldest first; each product once, as it is now.

    Raises:
        CursorLost: the hub has been restored from an older copy since it gave out that cursor.
    """
    with reading(engine) as connection:
        start = _checked(connection, after)
        query = select(products).where(products.c.cursor > start).order_by(products.c.cursor).limit(limit + 1)
        rows = connection.execute(query).mappings().all()
        page = rows[:limit]
        codes = carried(connection, [row["sku"] for row in page])
    items = [_item(dict(row), codes) for row in page]
    return FeedPage(items, items[-1].cursor if items else after, int(len(rows) > limit))


def _checked(connection: Connection, after: str) -> int:
    if not after:
        return 0
    match = _CURSOR.fullmatch(after)
    if match is None:
        raise CursorLost
    cursor = int(match[1])
    query = select(imports.c.token).where(imports.c.last_cursor >= cursor).order_by(imports.c.last_cursor).limit(1)
    if connection.scalar(query) != match[2]:
        raise CursorLost
    return cursor


def _really_changed(connection: Connection, wanted: Import) -> list[Product | str]:
    """Return the products that differ from the catalogue, and the numbers still on sale that should not be."""
    news = {
        each.sku: structs.replace(each, pinyin=each.pinyin or pinyin_initials(each.name)) for each in wanted.products
    }
    gone = [sku for sku in dict.fromkeys(wanted.removed) if sku not in news]
    known = _known(connection, [*news, *gone])
    changed: list[Product | str] = [each for sku, each in news.items() if known.get(sku) != each]
    return changed + [sku for sku in gone if sku in known]


def _known(connection: Connection, skus: Sequence[str]) -> dict[str, Product]:
    found: dict[str, Product] = {}
    for part in parts(skus):
        query = select(products).where(products.c.sku.in_(part), products.c.is_removed == 0)
        rows = connection.execute(query).mappings().all()
        codes = carried(connection, part)
        found |= {row["sku"]: _product(dict(row), codes) for row in rows}
    return found


def _write(connection: Connection, changed: Sequence[Product | str], cursor: int, token: str) -> None:
    skus = [each if isinstance(each, str) else each.sku for each in changed]
    for part in parts(skus):
        connection.execute(delete(products).where(products.c.sku.in_(part)))
    take_barcodes(connection, skus, [each for each in changed if isinstance(each, Product)])
    rows = [_row(each) | {"cursor": number, "token": token} for number, each in enumerate(changed, cursor + 1)]
    connection.execute(insert(products), rows)


def _row(each: Product | str) -> Row:
    if isinstance(each, str):
        plain = {"sku": each, "price_fen": 0, "tax_permille": 0, "cost_fen": _UNKNOWN, "is_removed": 1}
        return dict.fromkeys(_FIELDS, "") | plain
    cost = _UNKNOWN if each.cost_fen is UNSET else each.cost_fen
    return {field: getattr(each, field) for field in _FIELDS} | {"cost_fen": cost, "is_removed": 0}


def _product(row: Mapping[str, Any], codes: Barcodes) -> Product:
    plain, packs = codes.of(row["sku"])
    cost = UNSET if row["cost_fen"] == _UNKNOWN else row["cost_fen"]
    return Product(**{field: row[field] for field in _FIELDS}, barcodes=plain, packs=packs, cost_fen=cost)


def _item(row: Mapping[str, Any], codes: Barcodes) -> FeedItem:
    cursor = f"{row['cursor']}-{row['token']}"
    if row["is_removed"]:
        return FeedItem(cursor, removed=row["sku"])
    return FeedItem(cursor, product=_product(row, codes))
