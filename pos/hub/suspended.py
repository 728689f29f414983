"""Suspended carts of a store: kept for the till that laid them aside, handed to one till only.

Not part of any journal. A row is one cart; whoever changes it holds its lock.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, Select, delete, func, select, update

from pos.domain.device import is_office
from pos.domain.entry import utc_text
from pos.hub.database import Row, insert_new, reading, writing
from pos.hub.schema import suspended
from pos.hub.wire import Hold, Holding, OpenCart, SuspendedCart, SuspendedCarts

STORE_MAX = 500
"""Carts of one store that nobody has taken; the list has no more."""
FORGOTTEN_AFTER = timedelta(days=90)
"""How long a cart that was taken is remembered, so that asking again gives the same answer."""

_TOLD = ("sale_id", "hold_id", "till", "cashier", "note", "suspended_at", "lines", "total_fen", "goods")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The cart is with this till."""

    till: str


class StoreFull(Exception):
    """The store has ``STORE_MAX`` carts laid aside already."""


def put(engine: Engine, till: str, sale_id: str, wanted: Hold, now: datetime) -> Holding | Elsewhere:
    """Keep a cart that a till has laid aside; the same again changes nothing.

    A cart that was laid aside before is kept anew only by the till that has it.

    Raises:
        StoreFull: nothing was kept.
    """
    store = till.partition("-")[0]
    fresh = _row(till, sale_id, wanted, now)
    with writing(engine) as connection:
        _forget(connection, store, now)
        if _count(connection, store) >= STORE_MAX and connection.execute(_of(store, sale_id)).first() is None:
            raise StoreFull
        insert_new(connection, suspended, [fresh])
        row = connection.execute(_of(store, sale_id).with_for_update()).mappings().one()
        if row["hold_id"] == wanted.hold_id:
            return Holding(sale_id, wanted.hold_id, row["taken_by"])
        has_it = row["taken_by"] or row["till"]
        if wanted.hold_id in row["past_holds"].split():
            return Holding(sale_id, wanted.hold_id, has_it)
        if till != has_it:
            return Elsewhere(has_it)
        past = f"{row['past_holds']} {row['hold_id']}".strip()
        _change(connection, store, sale_id, fresh | {"past_holds": past})
    return Holding(sale_id, wanted.hold_id, "")


def take(engine: Engine, till: str, sale_id: str, hold_id: str, now: datetime) -> SuspendedCart | Elsewhere | None:
    """Hand a laying aside to a till, and to no other; asked again, it gets the same. None when there is no such."""
    store = till.partition("-")[0]
    with writing(engine) as connection:
        row = connection.execute(_of(store, sale_id).with_for_update()).mappings().first()
        if row is None or hold_id not in {row["hold_id"], *row["past_holds"].split()}:
            return None
        if row["hold_id"] != hold_id:
            return Elsewhere(row["taken_by"] or row["till"])
        if row["taken_by"] not in {"", till}:
            return Elsewhere(row["taken_by"])
        _change(connection, store, sale_id, {"taken_by": till, "changed_at": utc_text(now)})
    return SuspendedCart(*(row[name] for name in _TOLD), cart=bytes(row["cart"]).decode())


def list_of(engine: Engine, device: str) -> SuspendedCarts:
    """Return the carts that nobody has taken, of the device's store; an office sees every store's."""
    columns = suspended.c
    query = select(*(columns[name] for name in _TOLD)).where(columns.taken_by == "")
    if not is_office(device):
        query = query.where(columns.store == device.partition("-")[0])
    with reading(engine) as connection:
        rows = connection.execute(query.order_by(columns.suspended_at, columns.sale_id).limit(STORE_MAX))
        return SuspendedCarts([OpenCart(*row) for row in rows])


def _of(store: str, sale_id: str) -> Select[Any]:
    return select(suspended).filter_by(store=store, sale_id=sale_id)


def _count(connection: Connection, store: str) -> int:
    query = select(func.count()).select_from(suspended).filter_by(store=store, taken_by="")
    return connection.scalar(query) or 0


def _change(connection: Connection, store: str, sale_id: str, values: Row) -> None:
    connection.execute(update(suspended).filter_by(store=store, sale_id=sale_id).values(values))


def _forget(connection: Connection, store: str, now: datetime) -> None:
    old = (suspended.c.taken_by != "") & (suspended.c.changed_at < utc_text(now - FORGOTTEN_AFTER))
    connection.execute(delete(suspended).filter_by(store=store).where(old))


def _row(till: str, sale_id: str, wanted: Hold, now: datetime) -> Row:
    return {
        "store": till.partition("-")[0], "sale_id": sale_id, "hold_id": wanted.hold_id, "past_holds": "", "till": till,
        "cashier": wanted.cashier, "note": wanted.note, "suspended_at": wanted.suspended_at, "lines": wanted.lines,
        "total_fen": wanted.total_fen, "goods": wanted.goods, "cart": wanted.cart.encode(), "taken_by": "",
        "changed_at": utc_text(now),
    }  # fmt: skip
