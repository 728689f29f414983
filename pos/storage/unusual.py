"""What is unusual in a journal, as one list a person can go through: where it stands, who did it, what it is about."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sqlite_utils import Database

from pos.clock import shop_day
from pos.domain.entry import JournalEntry, parse_utc
from pos.domain.facts import sale_told
from pos.domain.money import Money, divide_half_up
from pos.domain.reckoning import BY_CASHIER
from pos.domain.unusual import Happening, Unusual

Body = Mapping[str, Any]

LATE_PAYMENT = timedelta(seconds=60)
"""A payment whose end was not known for longer than this is worth a look."""


def note(db: Database, entry: JournalEntry, body: Body) -> None:
    """Write down what is unusual about an entry, if anything is."""
    found = [*_of_kind(entry, body), *_late(db, entry, body)]
    for place, each in enumerate(found, 1):
        db.execute(
            "INSERT INTO unusual VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            [entry.epoch, entry.seq, place, _day(entry, body), entry.at, each["kind"], _who(body),
             str(body.get("approver", "")), each.get("amount", 0), each.get("about", _about(body)),
             str(each.get("words", body.get("reason", "")))[:200]],
        )  # fmt: skip


def list_unusual(
    db: Database, since: date, until: date, *, kinds: Iterable[Unusual] = (), cashier: str = "", limit: int = -1
) -> list[Happening]:
    """Return what was unusual on days, both included, latest first; of all kinds and people unless some are named.

    Args:
        limit: the last so many; all below 0.
    """
    wanted = [each.value for each in kinds]
    marks = f" AND kind IN ({','.join('?' * len(wanted))})" if wanted else ""
    whose = " AND cashier = ?" if cashier else ""
    rows = db.execute(
        f"SELECT epoch, seq, business_day, at, kind, cashier, approver, amount_fen, about, words FROM unusual"  # noqa: S608
        f" WHERE business_day BETWEEN ? AND ?{marks}{whose}"
        " ORDER BY business_day DESC, at DESC, epoch DESC, seq DESC, place DESC LIMIT ?",
        [since.isoformat(), until.isoformat(), *wanted, *([cashier] if cashier else []), limit],
    )
    return [
        Happening(epoch, seq, date.fromisoformat(day), parse_utc(at), Unusual(kind), who, approver, Money(fen), *rest)
        for epoch, seq, day, at, kind, who, approver, fen, *rest in rows
    ]


def given_by_hand(lines: Iterable[Body]) -> Iterator[tuple[str, int]]:
    """Give (``price`` or ``discount``, how much) of what a cashier took off the lines of a sale, where it is anything.

    A price that was raised by hand counts as well, below nothing.
    """
    lines = list(lines)
    moved = [_price_moved(line) for line in lines]
    if any(moved):
        yield "price", sum(moved)
    off = sum(each["amount_fen"] for line in lines for each in line["reductions"] if each["kind"] in BY_CASHIER)
    if off:
        yield "discount", off


def _price_moved(line: Body) -> int:
    """Return what a price by hand is below the product's own; open prices have none to be below."""
    if not line["list_price_fen"] or line["price_fen"] == line["list_price_fen"]:
        return 0
    by_list = line["quantity"] * line["list_price_fen"]
    by_hand = line["quantity"] * line["price_fen"]
    return divide_half_up(by_list - by_hand, 1000 if line["unit"] == "gram" else 1)


def _of_kind(entry: JournalEntry, body: Body) -> list[dict[str, Any]]:
    known = _UNUSUAL.get(entry.kind)
    if isinstance(known, Unusual):
        return [{"kind": known.value, "amount": _amount(body)}]
    return list(known(body)) if known else []


def _late(db: Database, entry: JournalEntry, body: Body) -> Iterator[dict[str, Any]]:
    """A return counts with the day it was made; that its money went later moves nothing."""
    if entry.kind == "refund.done" and is_of_return(db, body):
        return
    if entry.kind in _MOVES_FIGURES and "business_day" in body:
        closed = db.execute("SELECT 1 FROM day_closes WHERE business_day = ?", [body["business_day"]]).fetchone()
        if closed:
            yield {"kind": Unusual.LATE.value, "amount": _amount(body)}


def is_of_return(db: Database, body: Body) -> bool:
    """Whether a refund is the money of a return, which told of it."""
    return bool(db.execute("SELECT 1 FROM return_refunds WHERE refund_id = ?", [body["refund_id"]]).fetchone())


def _amount(body: Body) -> int:
    return next((int(body[name]) for name in ("amount_fen", "total_fen") if isinstance(body.get(name), int)), 0)


def _who(body: Body) -> str:
    return str(next((body[name] for name in ("cashier", "actor", "ordered_by") if body.get(name)), ""))


def _about(body: Body) -> str:
    names = ("receipt_no", "return_no", "out_trade_no", "sale_id", "number", "shift_id")
    return str(next((body[name] for name in names if body.get(name)), ""))


def _day(entry: JournalEntry, body: Body) -> str:
    return str(body.get("business_day") or shop_day(parse_utc(entry.at)).isoformat())


def _sale(body: Body) -> Iterator[dict[str, Any]]:
    for kind, fen in given_by_hand(sale_told(body)["lines"]):
        yield {"kind": kind, "amount": fen}


def _shift_closed(body: Body) -> Iterator[dict[str, Any]]:
    off = body["counted_fen"] - body["expected_fen"]
    if off:
        yield {"kind": Unusual.OVER_SHORT.value, "amount": off}


def _paid(body: Body) -> Iterator[dict[str, Any]]:
    if parse_utc(body["changed_at"]) - parse_utc(body["started_at"]) > LATE_PAYMENT:
        yield {"kind": Unusual.PAYMENT_SLOW.value, "amount": body["amount_fen"]}


def _return(body: Body) -> Iterator[dict[str, Any]]:
    kind = Unusual.RETURN if body.get("basis", "sale") == "sale" else Unusual.RETURN_UNPROVEN
    yield {"kind": kind.value, "amount": body["total_fen"]}


_MOVES_FIGURES = {
    "sale.completed", "refund.done", "refund.in_cash", "return.completed", "cash.in", "cash.out", "cash.drop",
    "tender.corrected", "shift.closed",
}  # fmt: skip
_UNUSUAL: dict[str, Any] = {
    "sale.completed": _sale,
    "shift.closed": _shift_closed,
    "payment.settled": _paid,
    "payment.cancelling": Unusual.PAYMENT_CANCELLED,
    "refund.done": Unusual.REFUND,
    "refund.refused": Unusual.REFUND_REFUSED,
    "refund.in_cash": Unusual.REFUND_IN_CASH,
    "return.completed": _return,
    "orphan.cancelled": Unusual.ORPHAN,
    "cart.voided": Unusual.VOID,
    "cart.discarded": Unusual.CART_DISCARDED,
    "cash.in": Unusual.CASH_IN,
    "cash.out": Unusual.CASH_OUT,
    "cash.drop": Unusual.CASH_DROP,
    "cash.opened": Unusual.NO_SALE,
    "tender.corrected": Unusual.TENDER_CORRECTED,
    "approval.given": Unusual.APPROVAL,
    "approval.refused": Unusual.APPROVAL_REFUSED,
    "staff.changed": Unusual.STAFF,
    "epoch.begun": Unusual.EPOCH,
}
