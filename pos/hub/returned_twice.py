"""What came back more than once: found by adding up, whichever tills took it and whoever was off line."""

from typing import Any

from sqlalchemy import Connection, Engine, Select, func, literal, select, union, union_all

from pos.hub.database import reading
from pos.hub.schema import refunds, return_lines, return_refunds, returns, sale_lines, sales
from pos.hub.wire import ReturnedTwice, TooMuchBack


def list_of(engine: Engine, limit: int) -> ReturnedTwice:
    """Return what came back beyond what sales had; the latest ``limit`` of it.

    What came back by a receipt's code alone, of a sale that has not arrived, is beyond what is known, too.
    """
    with reading(engine) as connection:
        goods = connection.execute(_goods()).all()
        of_goods = {row.receipt_no for row in goods}
        money = [row for row in connection.execute(_money()).all() if row.receipt_no not in of_goods]
        unknown = connection.execute(_unknown()).all()
        found = sorted((*goods, *money, *unknown), key=lambda row: (row.last_at, row.receipt_no, row.sku), reverse=True)
        told = [
            TooMuchBack(row.receipt_no, row.sku, row.name, int(row.sold), int(row.back), _tills(connection, row[0]))
            for row in found[:limit]
        ]
    return ReturnedTwice(len(found), told)


_SAME_RETURN = (
    (returns.c.store == return_lines.c.store)
    & (returns.c.till == return_lines.c.till)
    & (returns.c.return_id == return_lines.c.return_id)
)
_SAME_SALE = (
    (sales.c.store == sale_lines.c.store)
    & (sales.c.till == sale_lines.c.till)
    & (sales.c.sale_id == sale_lines.c.sale_id)
)
_BESIDE = refunds.c.state.in_(["done", "in_cash"]) & ~(
    select(return_refunds.c.refund_id)
    .where(
        return_refunds.c.store == refunds.c.store, return_refunds.c.till == refunds.c.till,
        return_refunds.c.refund_id == refunds.c.refund_id,
    )
    .exists()
)  # fmt: skip
"""Money that went back without goods; what carries a return's money is in the return."""


def _goods() -> Select[Any]:
    back = (
        select(
            returns.c.receipt_no, return_lines.c.sku, func.max(return_lines.c.name).label("name"),
            func.sum(return_lines.c.quantity).label("back"), func.max(returns.c.completed_at).label("last_at"),
        )
        .join(return_lines, _SAME_RETURN).where(returns.c.receipt_no != "")
        .group_by(returns.c.receipt_no, return_lines.c.sku).subquery()
    )  # fmt: skip
    sold = (
        select(func.coalesce(func.sum(sale_lines.c.quantity), 0))
        .select_from(sales.join(sale_lines, _SAME_SALE))
        .where(sales.c.receipt_no == back.c.receipt_no, sale_lines.c.sku == back.c.sku)
        .scalar_subquery()
    )
    is_known = select(sales.c.receipt_no).where(sales.c.receipt_no == back.c.receipt_no).exists()
    return select(*back.c, sold.label("sold")).where(is_known, back.c.back > sold)


def _money() -> Select[Any]:
    went = union_all(
        select(returns.c.receipt_no, returns.c.total_fen.label("fen"), returns.c.completed_at.label("at")),
        select(refunds.c.receipt_no, refunds.c.amount_fen, refunds.c.changed_at).where(_BESIDE),
    ).subquery()
    back = (
        select(went.c.receipt_no, func.sum(went.c.fen).label("back"), func.max(went.c.at).label("last_at"))
        .where(went.c.receipt_no != "").group_by(went.c.receipt_no).subquery()
    )  # fmt: skip
    nothing = (literal("").label("sku"), literal("").label("name"))
    query = select(back.c.receipt_no, *nothing, back.c.back, back.c.last_at, sales.c.total_fen.label("sold"))
    return query.join(sales, sales.c.receipt_no == back.c.receipt_no).where(back.c.back > sales.c.total_fen)


def _unknown() -> Select[Any]:
    is_known = select(sales.c.receipt_no).where(sales.c.receipt_no == returns.c.receipt_no).exists()
    query = select(
        returns.c.receipt_no, literal("").label("sku"), literal("").label("name"),
        func.sum(returns.c.total_fen).label("back"), func.max(returns.c.completed_at).label("last_at"),
        literal(0).label("sold"),
    )  # fmt: skip
    return query.where(returns.c.basis == "code", ~is_known).group_by(returns.c.receipt_no)


def _tills(connection: Connection, receipt_no: str) -> list[str]:
    took = select(returns.c.store, returns.c.till).filter_by(receipt_no=receipt_no)
    gave = select(refunds.c.store, refunds.c.till).where(refunds.c.receipt_no == receipt_no, _BESIDE)
    return sorted(f"{store}-{till}" for store, till in connection.execute(union(took, gave)))
