"""Barcodes: which product carries which, for how many pieces, and that none is carried by two unless it is said."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, Table, delete, insert, select

from pos.hub.database import Row
from pos.hub.schema import barcodes, packs
from pos.hub.wire import Pack, Product

_PACK_FIELDS = ("barcode", "quantity", "price_fen", "words", "words_en", "shared")


class BarcodeTaken(Exception):
    """Two products would carry the barcode named, and not both say that it is shared."""


@dataclass(frozen=True, slots=True)
class Barcodes:
    """What some products carry, by their numbers (sku)."""

    plain: dict[str, list[str]] = field(default_factory=dict)
    packs: dict[str, list[Pack]] = field(default_factory=dict)

    def of(self, sku: str) -> tuple[list[str], list[Pack]]:
        """Return what one product carries."""
        return self.plain.get(sku, []), self.packs.get(sku, [])


def carried(connection: Connection, skus: Sequence[str]) -> Barcodes:
    """Return what products carry, in the order it was given."""
    found = Barcodes()
    for part in parts(skus):
        for row in connection.execute(select(barcodes).where(barcodes.c.sku.in_(part)).order_by(barcodes.c.place)):
            found.plain.setdefault(row.sku, []).append(row.barcode)
        for row in connection.execute(select(packs).where(packs.c.sku.in_(part)).order_by(packs.c.place)):
            pack = Pack(**{name: getattr(row, name) for name in _PACK_FIELDS})
            found.packs.setdefault(row.sku, []).append(pack)
    return found


def take_barcodes(connection: Connection, skus: Sequence[str], carriers: Sequence[Product]) -> None:
    """Let these products carry what they name, in place of what was carried under these numbers.

    Raises:
        BarcodeTaken: and the caller's transaction must be taken back.
    """
    for part in parts(skus):
        for table in (barcodes, packs):
            connection.execute(delete(table).where(table.c.sku.in_(part)))
    plain = [{"barcode": each, "sku": product.sku, "place": place}
             for product in carriers for place, each in enumerate(product.barcodes)]  # fmt: skip
    packed = [{name: getattr(each, name) for name in _PACK_FIELDS} | {"sku": product.sku, "place": place}
              for product in carriers for place, each in enumerate(product.packs)]  # fmt: skip
    _refuse_taken(connection, plain, packed)
    for table, rows in ((barcodes, plain), (packs, packed)):
        if rows:
            connection.execute(insert(table), rows)


def parts(keys: Sequence[str], size: int = 500) -> list[Sequence[str]]:
    """Return the keys in pieces that fit into one statement."""
    return [keys[start : start + size] for start in range(0, len(keys), size)]


def _refuse_taken(connection: Connection, plain: Sequence[Row], packed: Sequence[Row]) -> None:
    claims: dict[str, list[int]] = {}
    for row in (*plain, *packed):
        claims.setdefault(row["barcode"], []).append(row.get("shared", 0))
    for barcode, shared in _claimed(connection, barcodes, list(claims)) + _claimed(connection, packs, list(claims)):
        claims[barcode].append(shared)
    named = Counter((row["sku"], row["barcode"]) for row in (*plain, *packed))
    twice = [barcode for (_, barcode), count in named.items() if count > 1]
    taken = twice + [barcode for barcode, shared in claims.items() if len(shared) > 1 and not all(shared)]
    if taken:
        raise BarcodeTaken(taken[0])


def _claimed(connection: Connection, table: Table, keys: Sequence[str]) -> list[tuple[str, int]]:
    return [
        (row.barcode, row.shared if table is packs else 0)
        for part in parts(keys)
        for row in connection.execute(select(table).where(table.c.barcode.in_(part)))
    ]
