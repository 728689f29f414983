"""Copies of what tills did: a sale's money for its refund, a till's payments for a match with the bill."""

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, TypeVar

from msgspec import DecodeError, json
from sqlalchemy import Connection, Engine, func, select

from pos.hub.database import reading
from pos.hub.intake import TillName
from pos.hub.schema import (
    entries,
    entry_signatures,
    forks,
    refunds,
    returns,
    sales,
    tender_corrections,
    tenders,
    till_heads,
)
from pos.hub.wire import (
    Entry,
    Forked,
    GivenBack,
    History,
    OpenAttempt,
    OpenPayments,
    OpenRefund,
    PaidBy,
    Payment,
    Payments,
    ReturnCopy,
    SaleCopy,
)


def find_sale(engine: Engine, receipt_no: str) -> SaleCopy | None:
    """Return a sale of any till, with all that went back of its money; None when nothing is known of its receipt.

    Of one that has not arrived there is what came back by its receipt's code alone, and no sale.
    """
    with reading(engine) as connection:
        row = connection.execute(select(sales).filter_by(receipt_no=receipt_no)).mappings().first()
        back = _came_back(connection, receipt_no)
        if row is None:
            return SaleCopy("", "", receipt_no, "", 0, [], [], returns=back) if back else None
        key = {name: row[name] for name in ("store", "till", "sale_id")}
        paid = connection.execute(select(tenders).filter_by(**key).order_by(tenders.c.tender_no)).mappings().all()
        really = _corrected(connection, key)
        kinds = [really.get(each["tender_no"], each["kind"]) for each in paid]
        paid_by = [
            PaidBy(kind, each["amount_fen"], each["out_trade_no"], each["trade_no"])
            for kind, each in zip(kinds, paid, strict=True)
        ]
        given_back = _given_back(connection, [each.out_trade_no for each in paid_by if each.out_trade_no])
        version, body = _told(connection, row)
    return SaleCopy(
        f"{row['store']}-{row['till']}", row["sale_id"], receipt_no, row["completed_at"], row["total_fen"],
        paid_by, given_back, version, body, back,
    )  # fmt: skip


def _corrected(connection: Connection, sale: Mapping[str, str]) -> dict[int, str]:
    """Return what tenders of a sale were corrected to, by their number; the last word counts."""
    made = tender_corrections.c
    query = select(made.tender_no, made.now).filter_by(**sale).order_by(made.epoch, made.seq)
    return {row.tender_no: row.now for row in connection.execute(query)}


def _told(connection: Connection, row: Mapping[Any, Any]) -> tuple[int, str]:
    """Return version and body of the entry that a row is the fold of."""
    kept = entries.c
    query = select(kept.version, kept.body).filter_by(**{name: row[name] for name in ("store", "till", "epoch", "seq")})
    version, body = connection.execute(query).one()
    return version, bytes(body).decode()


def _came_back(connection: Connection, receipt_no: str) -> list[ReturnCopy]:
    query = select(returns).filter_by(receipt_no=receipt_no).order_by(returns.c.completed_at, returns.c.return_id)
    rows = connection.execute(query).mappings().all()
    return [ReturnCopy(f"{row['store']}-{row['till']}", *_told(connection, row)) for row in rows]


def payments(engine: Engine, till: TillName, since: str, until: str) -> Payments:
    """Return what a till took through gateways and gave back, oldest first; ``until`` is not included."""
    with reading(engine) as connection:
        found = _taken(connection, till, since, until) + _returned(connection, till, since, until)
    return Payments(f"{till.store}-{till.number}", sorted(found, key=lambda each: (each.at, each.out_trade_no)))


def _given_back(connection: Connection, numbers: list[str]) -> list[GivenBack]:
    """Return what went back of these trades or is still under way, in the order it was asked for."""
    told = refunds.c
    query = select(
        told.out_trade_no, told.request_no, told.amount_fen, told.store, told.till, told.receipt_no, told.state
    )
    rows = connection.execute(query.where(told.out_trade_no.in_(numbers)).order_by(told.changed_at)).all()
    given = {row.request_no for row in rows if row.state == "in_cash"}
    refused = {row.request_no for row in rows if row.state == "refused"} - given
    found = {row.request_no: GivenBack(*row[:3], f"{row.store}-{row.till}", row.receipt_no) for row in rows}
    return [each for request_no, each in found.items() if request_no not in refused]


def _taken(connection: Connection, till: TillName, since: str, until: str) -> list[Payment]:
    same_sale = (
        (sales.c.store == tenders.c.store) & (sales.c.till == tenders.c.till) & (sales.c.sale_id == tenders.c.sale_id)
    )
    query = select(tenders.c.out_trade_no, tenders.c.amount_fen, sales.c.receipt_no, sales.c.completed_at).join(
        sales, same_sale
    )
    rows = connection.execute(
        query.where(sales.c.store == till.store, sales.c.till == till.number, tenders.c.out_trade_no != "")
        .where(tenders.c.kind != "exchange")  # that money was taken for another sale
        .where(sales.c.completed_at >= since, sales.c.completed_at < until)
    )  # fmt: skip
    return [Payment(number, "", fen, receipt_no, at) for number, fen, receipt_no, at in rows]


def _returned(connection: Connection, till: TillName, since: str, until: str) -> list[Payment]:
    columns = refunds.c
    query = select(columns.out_trade_no, columns.request_no, columns.amount_fen, columns.receipt_no, columns.changed_at)
    rows = connection.execute(
        query.where(columns.store == till.store, columns.till == till.number)
        .where(columns.state == "done", columns.changed_at >= since, columns.changed_at < until)
    )  # fmt: skip
    return [Payment(number, request_no, -fen, receipt_no, at) for number, request_no, fen, receipt_no, at in rows]


def left_open(engine: Engine, till: TillName) -> OpenPayments:
    """Return the payments and refunds of which a till has told no end, by reading through its journal.

    Cash is left out: it lies in that till's drawer, and nobody elsewhere can give it back.
    """
    here = {"store": till.store, "till": till.number}
    with reading(engine) as connection:
        heard = connection.scalar(select(func.max(till_heads.c.received_at)).filter_by(**here))
        told = _last_words(connection, here, "payment.%", OpenAttempt)
        given_back = _last_words(connection, here, "refund.%", OpenRefund)
        sold = set(connection.scalars(select(sales.c.sale_id).filter_by(**here)))
    return OpenPayments(
        f"{till.store}-{till.number}",
        heard or "",
        [each for each in told if each.kind != "cash" and _is_open(each, sold)],
        [each for each in given_back if each.state in _OPEN],
    )


def _is_open(attempt: OpenAttempt, sold: set[str]) -> bool:
    return attempt.state in _OPEN or (attempt.state == "paid" and attempt.sale_id not in sold)


HISTORY_MAX_BYTES = 2_000_000
"""Of bodies in one answer; a single larger body goes alone."""


def history(engine: Engine, till: TillName, epoch: int, after_seq: int, limit: int) -> History:
    """Return entries of an epoch as they are kept, true or not, so that whoever asks can judge."""
    told, signed = entries.c, entry_signatures.c
    of_same = (signed.store == told.store) & (signed.till == told.till)
    signatures = entries.outerjoin(entry_signatures, of_same & (signed.epoch == told.epoch) & (signed.seq == told.seq))
    columns = (told.epoch, told.seq, told.id, told.at, told.kind, told.version, told.body, told.prev, told.hash)
    query = select(*columns, signed.signature).select_from(signatures).where(
        told.store == till.store, told.till == till.number, told.epoch == epoch, told.seq > after_seq
    )  # fmt: skip
    found: list[Entry] = []
    total = 0
    with reading(engine) as connection:
        forked = _forked(connection, till)
        for row in connection.execute(query.order_by(told.seq).limit(limit + 1)):
            total += len(row.body)
            if len(found) == limit or (found and total > HISTORY_MAX_BYTES):
                return History(found, 1, forked)
            body = bytes(row.body).decode(errors="replace")
            found.append(Entry(*row[:6], body, row.prev, row.hash, row.signature or ""))
    return History(found, 0, forked)


def _forked(connection: Connection, till: TillName) -> list[Forked]:
    query = select(forks.c.epoch, forks.c.seq).where(forks.c.store == till.store, forks.c.till == till.number)
    return [Forked(*row) for row in connection.execute(query.distinct().order_by(forks.c.epoch, forks.c.seq))]


_OPEN = {"sent", "cancelling"}
_Told = TypeVar("_Told", OpenAttempt, OpenRefund)


def _last_words(connection: Connection, here: dict[str, str], kinds: str, shape: type[_Told]) -> list[_Told]:
    """Return how each attempt or refund of a till last stood, oldest first; what cannot be read is passed over."""
    told = entries.c
    query = select(told.body).filter_by(**here).where(told.kind.like(kinds)).order_by(told.epoch, told.seq)
    last: dict[tuple[str, str], _Told] = {}
    for body in connection.scalars(query):
        with suppress(DecodeError, UnicodeDecodeError):
            found = json.decode(body, type=shape)
            last[found.out_trade_no, getattr(found, "request_no", "")] = found
    return list(last.values())
