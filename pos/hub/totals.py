"""What the head office looks at: a day's totals, and what is parked or forked."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import structs
from sqlalchemy import Connection, Engine, Row, Table, func, select

from pos.hub.database import reading
from pos.hub.schema import (
    forks,
    parked,
    refunds,
    return_refunds,
    returns,
    sales,
    tender_corrections,
    tenders,
    till_heads,
)
from pos.hub.store_wire import StoreDay, StoreTill
from pos.hub.wire import ForkedEntry, Forks, Parked, ParkedEntry, TillTotals, Totals

_Key = tuple[str, str]
_Of = Mapping[str, str]
"""Which rows: the columns they have, and what is in them."""


def day_totals(engine: Engine, day: str) -> Totals:
    """Return a business day's sales by till and tender; a till is listed when it sold or something is wrong with it."""
    with reading(engine) as connection:
        return _added_up(day, _tills(connection, {"business_day": day}, {}))


def _tills(connection: Connection, of_day: _Of, of_all: _Of) -> list[TillTotals]:
    """Return each till's totals of a day, and what is wrong with it on whichever day.

    Args:
        of_day: the columns that sales and the like have, such as the day and a store; ``of_all`` those of any entry.
    """
    sold, paid, back = _sold(connection, of_day), _paid(connection, of_day), _given_back(connection, of_day)
    parked_by_till, forks_by_till = _counted(connection, parked, of_all), _counted(connection, forks, of_all)
    return [
        TillTotals(
            f"{key[0]}-{key[1]}",
            *sold.get(key, (0, 0)),
            paid.get(key, {}),
            *back.get(key, (0, 0)),
            parked_by_till[key],
            forks_by_till[key],
        )
        for key in sorted({*sold, *paid, *back, *parked_by_till, *forks_by_till})
    ]


def store_day(engine: Engine, store: str, day: str) -> StoreDay:
    """Return a business day of a store: each till the hub ever heard, and when it last did."""
    with reading(engine) as connection:
        heads = select(till_heads.c.till, func.max(till_heads.c.received_at)).filter_by(store=store)
        heard = dict(connection.execute(heads.group_by(till_heads.c.till)).all())
        backs = _came_back(connection, store, day)
        found = _tills(connection, {"store": store, "business_day": day}, {"store": store})
    known = {each.till: each for each in found}
    tills = []
    for number, at in sorted(heard.items()):
        name = f"{store}-{number}"
        totals = known.get(name, TillTotals(name, 0, 0, {}, 0, 0, 0, 0))
        count, fen = backs.get(number, (0, 0))
        tills.append(StoreTill(**structs.asdict(totals), heard_at=at, backs=count, back_fen=fen))
    return StoreDay(store, day, tills)


def list_parked(engine: Engine, limit: int) -> Parked:
    """Return how many entries are parked, and the latest ``limit`` of them."""
    count, rows = _latest(engine, parked, "parked_at", limit)
    fields = ("epoch", "seq", "kind", "version", "reason", "parked_at")
    return Parked(count, [ParkedEntry(_till(row), *(row[field] for field in fields)) for row in rows])


def list_forks(engine: Engine, limit: int) -> Forks:
    """Return how many forked entries are kept, and the latest ``limit`` of them."""
    count, rows = _latest(engine, forks, "received_at", limit)
    fields = ("epoch", "seq", "hash", "kind", "received_at")
    return Forks(count, [ForkedEntry(_till(row), *(row[field] for field in fields)) for row in rows])


def _sold(connection: Connection, of: _Of) -> dict[_Key, tuple[int, int]]:
    query = select(sales.c.store, sales.c.till, func.count(), func.sum(sales.c.total_fen)).filter_by(**of)
    rows = connection.execute(query.group_by(sales.c.store, sales.c.till))
    return {(store, till): (count, int(total)) for store, till, count, total in rows}


def _paid(connection: Connection, of: _Of) -> dict[_Key, dict[str, int]]:
    same_sale = (
        (sales.c.store == tenders.c.store) & (sales.c.till == tenders.c.till) & (sales.c.sale_id == tenders.c.sale_id)
    )
    groups = (tenders.c.store, tenders.c.till, tenders.c.kind)
    query = select(*groups, func.sum(tenders.c.amount_fen)).join(sales, same_sale)
    query = query.where(*(sales.c[name] == value for name, value in of.items()))
    paid: dict[_Key, dict[str, int]] = {}
    for store, till, kind, amount in connection.execute(query.group_by(*groups).order_by(*groups)):
        paid.setdefault((store, till), {})[kind] = int(amount)
    for key, kind, amount in _corrected(connection, of):
        of_till = paid.setdefault(key, {})
        of_till[kind] = of_till.get(kind, 0) + amount
    return paid


def _corrected(connection: Connection, of: _Of) -> list[tuple[_Key, str, int]]:
    """Return what corrections move from one kind of tender to another, on the day they were made."""
    made = tender_corrections.c
    query = select(made.store, made.till, made.was, made.now, made.amount_fen).filter_by(**of)
    moved = []
    for store, till, was, now, amount in connection.execute(query):
        moved += [((store, till), was, -amount), ((store, till), now, amount)]
    return moved


def _given_back(connection: Connection, of: _Of) -> dict[_Key, tuple[int, int]]:
    columns = refunds.c
    query = select(columns.store, columns.till, func.count(), func.sum(columns.amount_fen)).filter_by(**of)
    query = query.where(columns.state.in_(["done", "in_cash"]))
    rows = connection.execute(query.group_by(columns.store, columns.till))
    found: Counter[_Key] = Counter()
    counts: Counter[_Key] = Counter()
    for store, till, count, total in [*rows, *_given_in_cash(connection, of)]:
        counts[store, till] += count
        found[store, till] += int(total)
    return {key: (counts[key], found[key]) for key in counts}


def _given_in_cash(connection: Connection, of: _Of) -> Sequence[Row[tuple[str, str, int, int]]]:
    told = returns.c
    query = select(told.store, told.till, func.count(), func.sum(told.cash_fen)).filter_by(**of)
    query = query.where(told.cash_fen > 0)
    return connection.execute(query.group_by(told.store, told.till)).all()


def _came_back(connection: Connection, store: str, day: str) -> dict[str, tuple[int, int]]:
    """Return by till how often, and how much, goods came back or money went back without any."""
    found: dict[str, tuple[int, int]] = {}
    of_return = select(return_refunds.c.refund_id).where(
        return_refunds.c.store == refunds.c.store, return_refunds.c.till == refunds.c.till,
        return_refunds.c.refund_id == refunds.c.refund_id,
    )  # fmt: skip
    given = select(refunds.c.till, func.count(), func.sum(refunds.c.amount_fen)).where(
        refunds.c.state == "done", ~of_return.exists()
    )
    taken = select(returns.c.till, func.count(), func.sum(returns.c.total_fen))
    for query, table in ((given, refunds), (taken, returns)):
        of_day = query.where(table.c.store == store, table.c.business_day == day).group_by(table.c.till)
        for till, count, fen in connection.execute(of_day):
            before = found.get(till, (0, 0))
            found[till] = (before[0] + count, before[1] + int(fen))
    return found


def _counted(connection: Connection, table: Table, of: _Of) -> Counter[_Key]:
    query = select(table.c.store, table.c.till, func.count()).filter_by(**of).group_by(table.c.store, table.c.till)
    return Counter({(store, till): count for store, till, count in connection.execute(query)})


def _added_up(day: str, tills: list[TillTotals]) -> Totals:
    by_tender: Counter[str] = Counter()
    for till in tills:
        by_tender.update(till.tenders)
    return Totals(
        day, sum(till.sales for till in tills), sum(till.total_fen for till in tills), dict(sorted(by_tender.items())),
        sum(till.refunds for till in tills), sum(till.refunded_fen for till in tills),
        sum(till.parked for till in tills), sum(till.forks for till in tills), tills,
    )  # fmt: skip


def _latest(engine: Engine, table: Table, by: str, limit: int) -> tuple[int, list[Mapping[str, Any]]]:
    with reading(engine) as connection:
        count = connection.scalar(select(func.count()).select_from(table))
        order = (table.c[by].desc(), *table.primary_key.columns)
        rows = connection.execute(select(table).order_by(*order).limit(limit)).mappings().all()
    return count or 0, [dict(row) for row in rows]


def _till(row: Mapping[str, Any]) -> str:
    return f"{row['store']}-{row['till']}"
