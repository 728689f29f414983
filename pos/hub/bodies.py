"""Bodies: what the entries that are added up must look like, and whether they hold together."""

from datetime import date
from typing import Annotated, Literal, TypeVar

from msgspec import Meta, Struct, json, structs

from pos.domain.money import LIMIT_FEN
from pos.hub.wire import Count, Fen, Ordinal, Permille, Unit


class Unprojectable(Exception):
    """The entry is kept but cannot be added up; the text says why."""


class Line(Struct, frozen=True):
    """A line of ``sale.completed``, version 1."""

    line_no: Ordinal
    sku: str
    barcode: str
    name: str
    quantity: Ordinal
    unit: Unit
    price_fen: Fen
    amount_fen: Fen
    tax_code: str
    tax_permille: Permille


class Tender(Struct, frozen=True):
    """A tender of ``sale.completed``, version 1; any kind of tender adds up."""

    kind: Annotated[str, Meta(min_length=1, max_length=40)]
    amount_fen: Fen
    handed_over_fen: Fen
    attempt_id: str
    out_trade_no: str
    trade_no: str


class Tax(Struct, frozen=True):
    """The tax inside the total, for one category."""

    code: str
    permille: Permille
    gross_fen: Fen
    tax_fen: Fen


class SaleCompleted(Struct, frozen=True):
    """The body of ``sale.completed``, version 1; further names in it are kept but not read."""

    sale_id: Annotated[str, Meta(min_length=1, max_length=64)]
    receipt_no: str
    counter: Count
    business_day: str
    shift_id: str
    cashier: str
    completed_at: str
    total_fen: Fen
    lines: Annotated[list[Line], Meta(min_length=1)]
    tenders: list[Tender]
    taxes: list[Tax]


class Reduction(Struct, frozen=True):
    """What was taken off a line of ``sale.completed``, version 2, and what for."""

    rule: str
    kind: str
    name: str
    amount_fen: Fen


class ReducedLine(Line, frozen=True):
    """A line of ``sale.completed``, version 2."""

    list_price_fen: Fen
    gross_fen: Fen
    reductions: list[Reduction]
    tare_g: Count
    lot: str
    expires_on: str


class ReducedSale(SaleCompleted, frozen=True):
    """The body of ``sale.completed``, version 2; further names in it are kept but not read."""

    lines: Annotated[list[ReducedLine], Meta(min_length=1)]  # type: ignore[assignment]  # each is a Line, and more
    rounding_fen: Annotated[int, Meta(ge=-LIMIT_FEN, le=0)]
    rules_version: str
    member: str
    member_level: str
    coupons: list[str]


class RefundMoved(Struct, frozen=True):
    """The body of a ``refund.`` entry, version 1; further names in it are kept but not read."""

    refund_id: Annotated[str, Meta(min_length=1, max_length=64)]
    sale_id: str
    receipt_no: str
    out_trade_no: str
    request_no: str
    amount_fen: Annotated[int, Meta(ge=1, le=LIMIT_FEN)]
    business_day: str
    shift_id: str
    cashier: str
    reason: str
    changed_at: str
    state: Literal["sent", "done", "refused", "in_cash"]


class ReturnedLine(Struct, frozen=True):
    """A line of ``return.completed``, version 1."""

    sale_line_no: Count
    sku: str
    barcode: str
    name: str
    quantity: Ordinal
    unit: Unit
    amount_fen: Fen


class Payback(Struct, frozen=True):
    """Where money of a return goes."""

    way: Literal["back", "exchange"]
    kind: Annotated[str, Meta(min_length=1, max_length=40)]
    amount_fen: Fen
    refund_id: str = ""


class TaxUndone(Struct, frozen=True):
    """Tax that is owed no more, for one category; rounding may make it a fen less than nothing."""

    gross_fen: Fen


class ReturnCompleted(Struct, frozen=True):
    """The body of ``return.completed``, version 1; further names in it are kept but not read."""

    return_id: Annotated[str, Meta(min_length=1, max_length=64)]
    return_no: str
    counter: Count
    sale_id: str
    receipt_no: str
    sold_by: str
    basis: Literal["sale", "code", "nothing"]
    business_day: str
    shift_id: str
    cashier: str
    approver: str
    reason: str
    completed_at: str
    exchange_sale_id: str
    total_fen: Fen
    rounding_fen: Annotated[int, Meta(ge=-LIMIT_FEN, le=LIMIT_FEN)]
    lines: Annotated[list[ReturnedLine], Meta(min_length=1)]
    paybacks: list[Payback]
    taxes: list[TaxUndone]


_Key = Annotated[str, Meta(min_length=1, max_length=64)]


class ShiftClosed(Struct, frozen=True):
    """The body of ``shift.closed``, version 2; what it was closed with is in the entry."""

    shift_id: _Key
    business_day: str
    cashier: str
    closed_by: str
    closed_at: str
    z_no: Ordinal
    counted_fen: Annotated[int, Meta(ge=-LIMIT_FEN, le=LIMIT_FEN)]
    expected_fen: Annotated[int, Meta(ge=-LIMIT_FEN, le=LIMIT_FEN)]
    count: dict[str, Count]


class CashMoved(Struct, frozen=True):
    """The body of a ``cash.`` entry, version 1."""

    cash_id: _Key
    shift_id: str
    business_day: str
    amount_fen: Fen
    cashier: str
    approver: str
    reason: str
    moved_at: str


class TenderCorrected(Struct, frozen=True):
    """The body of ``tender.corrected``, version 1."""

    correction_id: _Key
    sale_id: str
    receipt_no: str
    tender_no: Ordinal
    was: Literal["cash", "bank_card"]
    now: Literal["cash", "bank_card"]
    amount_fen: Fen
    shift_id: str
    sale_shift_id: str
    business_day: str
    cashier: str
    approver: str
    reason: str
    corrected_at: str


class ApprovalGiven(Struct, frozen=True):
    """The body of ``approval.given``, version 1."""

    approval_id: _Key
    act: str
    sale_id: str
    amount_fen: Fen
    actor: str
    approver: str
    way: str
    reason: str
    given_at: str
    shift_id: str
    business_day: str


_Dated = TypeVar(
    "_Dated",
    SaleCompleted,
    ReducedSale,
    RefundMoved,
    ReturnCompleted,
    ShiftClosed,
    CashMoved,
    TenderCorrected,
    ApprovalGiven,
)


def read_sale(body: bytes, version: int) -> ReducedSale:
    """Read the body of ``sale.completed``, version 1 or 2, as version 2, and see that its sums agree.

    Raises:
        Unprojectable: it is not of that shape, or its sums disagree.
    """
    sale = _read(body, ReducedSale) if version > 1 else _with_nothing_off(_read(body, SaleCompleted))
    _check_sums(sale)
    return sale


def _with_nothing_off(sale: SaleCompleted) -> ReducedSale:
    lines = [
        ReducedLine(
            **structs.asdict(line), list_price_fen=line.price_fen, gross_fen=line.amount_fen, reductions=[], tare_g=0,
            lot="", expires_on="",
        )
        for line in sale.lines
    ]  # fmt: skip
    head = {name: value for name, value in structs.asdict(sale).items() if name != "lines"}
    return ReducedSale(**head, lines=lines, rounding_fen=0, rules_version="", member="", member_level="", coupons=[])


def read_refund(body: bytes) -> RefundMoved:
    """Read the body of a ``refund.`` entry, version 1.

    Raises:
        Unprojectable: it is not of that shape.
    """
    return _read(body, RefundMoved)


def read_return(body: bytes) -> ReturnCompleted:
    """Read the body of ``return.completed``, version 1, and see that its sums agree.

    Raises:
        Unprojectable: it is not of that shape, or its sums disagree.
    """
    made = _read(body, ReturnCompleted)
    sums = {
        "lines": sum(line.amount_fen for line in made.lines) + made.rounding_fen,
        "paybacks": sum(each.amount_fen for each in made.paybacks),
        "taxes": sum(tax.gross_fen for tax in made.taxes) + made.rounding_fen,
    }
    for part, found in sums.items():
        if found != made.total_fen:
            raise Unprojectable(f"{part} add up to {found}, not to total_fen {made.total_fen}")
    return made


def read_closing(body: bytes) -> ShiftClosed:
    """Read the body of ``shift.closed``, version 2, and see that the count adds up.

    Raises:
        Unprojectable: it is not of that shape, or does not add up.
    """
    closed = _read(body, ShiftClosed)
    pieces = {key: count for key, count in closed.count.items() if key != "other_fen"}
    if not all(key.isascii() and key.isdigit() for key in pieces):
        raise Unprojectable("unreadable body: count is by fen")
    counted = sum(int(key) * count for key, count in pieces.items()) + closed.count.get("other_fen", 0)
    if counted != closed.counted_fen:
        raise Unprojectable(f"count adds up to {counted}, not to counted_fen {closed.counted_fen}")
    return closed


def read_cash(body: bytes) -> CashMoved:
    """Read the body of a ``cash.`` entry, version 1, or raise Unprojectable."""
    return _read(body, CashMoved)


def read_correction(body: bytes) -> TenderCorrected:
    """Read the body of ``tender.corrected``, version 1.

    Raises:
        Unprojectable: it is not of that shape, or corrects nothing, or an approver approved their own act.
    """
    made = _read(body, TenderCorrected)
    if made.was == made.now or made.approver == made.cashier:
        raise Unprojectable("corrects nothing, or was approved by who made it")
    return made


def read_approval(body: bytes) -> ApprovalGiven:
    """Read the body of ``approval.given``, version 1.

    Raises:
        Unprojectable: it is not of that shape, or somebody approved their own act.
    """
    given = _read(body, ApprovalGiven)
    if given.actor == given.approver:
        raise Unprojectable(f"{given.actor} approved their own act")
    return given


def _read(body: bytes, kind: type[_Dated]) -> _Dated:
    if b"\\u0000" in body:
        raise Unprojectable("unreadable body: holds a NUL, which PostgreSQL keeps in no text")
    try:
        read = json.decode(body, type=kind)
        date.fromisoformat(read.business_day)
    except (ValueError, RecursionError) as reason:
        raise Unprojectable(f"unreadable body: {reason}") from reason
    if len(read.business_day) != len("2026-11-23"):
        raise Unprojectable(f"unreadable body: business_day is {read.business_day[:20]}")
    return read


def _check_sums(sale: ReducedSale) -> None:
    sums = {
        "lines": sum(line.amount_fen for line in sale.lines) + sale.rounding_fen,
        "tenders": sum(tender.amount_fen for tender in sale.tenders),
        "taxes": sum(tax.gross_fen for tax in sale.taxes) + sale.rounding_fen,
    }
    for part, found in sums.items():
        if found != sale.total_fen:
            raise Unprojectable(f"{part} add up to {found}, not to total_fen {sale.total_fen}")
    for line in sale.lines:
        if line.gross_fen - sum(each.amount_fen for each in line.reductions) != line.amount_fen:
            raise Unprojectable(f"line {line.line_no}: gross_fen less its reductions is not amount_fen")
    for tender in sale.tenders:
        if tender.handed_over_fen < tender.amount_fen:
            raise Unprojectable(f"handed_over_fen {tender.handed_over_fen} is less than amount_fen {tender.amount_fen}")
