"""The body of ``return.completed`` to and from canonical-JSON material, and sales read back from theirs.

docs/protocol.md shows each body; a change of shape is a new version.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pos.domain.cart import TaxTotal
from pos.domain.entry import Json, parse_utc, utc_text
from pos.domain.facts import sale_told
from pos.domain.money import Money
from pos.domain.product import TaxCategory
from pos.domain.quantity import Quantity, Unit
from pos.domain.returns import Basis, Payback, Return, ReturnLine
from pos.domain.sale import Sale, SaleLine, Taken, Tender, TenderKind

RETURN_COMPLETED = "return.completed"

_BACK, _EXCHANGE = "back", "exchange"


def return_facts(made: Return) -> dict[str, Json]:
    """Return the body of ``return.completed``, version 1."""
    return {
        "return_id": made.id,
        "return_no": made.return_no,
        "counter": made.counter,
        "sale_id": made.sale_id,
        "receipt_no": made.receipt_no,
        "sold_by": made.sold_by,
        "basis": made.basis.value,
        "business_day": made.business_day.isoformat(),
        "shift_id": made.shift_id,
        "cashier": made.cashier,
        "approver": made.approver,
        "reason": made.reason,
        "completed_at": utc_text(made.completed_at),
        "exchange_sale_id": made.exchange_sale_id,
        "total_fen": made.total.fen,
        "rounding_fen": made.rounding.fen,
        "lines": [_line_facts(each) for each in made.lines],
        "paybacks": [_payback_facts(each) for each in made.paybacks],
        "taxes": [
            {"code": each.category.code, "permille": each.category.rate_permille, "gross_fen": each.gross.fen,
             "tax_fen": each.tax.fen}
            for each in made.taxes
        ],
    }  # fmt: skip


def _line_facts(line: ReturnLine) -> dict[str, Json]:
    return {
        "sale_line_no": line.sale_line_no,
        "sku": line.sku,
        "barcode": line.barcode,
        "name": line.name,
        "quantity": line.quantity.amount,
        "unit": line.quantity.unit.value,
        "price_fen": line.price.fen,
        "amount_fen": line.amount.fen,
        "gross_fen": line.gross.fen,
        "tax_code": line.tax.code,
        "tax_permille": line.tax.rate_permille,
        "reductions": [
            {"rule": each.rule, "kind": each.kind, "name": each.name, "amount_fen": each.amount.fen}
            for each in line.reductions
        ],
    }


def _payback_facts(payback: Payback) -> dict[str, Json]:
    return {
        "way": _EXCHANGE if payback.is_exchange else _BACK,
        "kind": payback.kind.value,
        "amount_fen": payback.amount.fen,
        "tender_no": payback.tender_no,
        "out_trade_no": payback.out_trade_no,
        "trade_no": payback.trade_no,
        "refund_id": payback.refund_id,
    }


def return_from(body: Mapping[str, Any], *, entry_hash: str = "") -> Return:
    """Read what ``return_facts`` wrote."""
    return Return(
        id=body["return_id"],
        return_no=body["return_no"],
        counter=body["counter"],
        sale_id=body["sale_id"],
        receipt_no=body["receipt_no"],
        sold_by=body["sold_by"],
        basis=Basis(body["basis"]),
        business_day=date.fromisoformat(body["business_day"]),
        shift_id=body["shift_id"],
        cashier=body["cashier"],
        approver=body["approver"],
        reason=body["reason"],
        completed_at=parse_utc(body["completed_at"]),
        lines=tuple(_line_from(each) for each in body["lines"]),
        paybacks=tuple(_payback_from(each) for each in body["paybacks"]),
        taxes=tuple(
            TaxTotal(TaxCategory(each["code"], each["permille"]), Money(each["gross_fen"]), Money(each["tax_fen"]))
            for each in body["taxes"]
        ),
        exchange_sale_id=body["exchange_sale_id"],
        entry_hash=entry_hash,
    )


def _line_from(line: Mapping[str, Any]) -> ReturnLine:
    return ReturnLine(
        line["sale_line_no"], line["sku"], line["barcode"], line["name"],
        Quantity(line["quantity"], Unit(line["unit"])), Money(line["price_fen"]), Money(line["amount_fen"]),
        TaxCategory(line["tax_code"], line["tax_permille"]), _taken_from(line["reductions"]),
    )  # fmt: skip


def _taken_from(reductions: list[Mapping[str, Any]]) -> tuple[Taken, ...]:
    return tuple(Taken(each["rule"], each["kind"], each["name"], Money(each["amount_fen"])) for each in reductions)


def _payback_from(payback: Mapping[str, Any]) -> Payback:
    return Payback(
        TenderKind(payback["kind"]), Money(payback["amount_fen"]), payback["tender_no"], payback["out_trade_no"],
        payback["trade_no"], payback["refund_id"], payback["way"] == _EXCHANGE,
    )  # fmt: skip


def sale_from(body: Mapping[str, Any], *, entry_hash: str = "") -> Sale:
    """Read the body of a ``sale.completed`` of any version."""
    told = sale_told(body)
    return Sale(
        id=told["sale_id"],
        receipt_no=told["receipt_no"],
        counter=told["counter"],
        business_day=date.fromisoformat(told["business_day"]),
        shift_id=told["shift_id"],
        cashier=told["cashier"],
        completed_at=parse_utc(told["completed_at"]),
        lines=tuple(_sale_line_from(each) for each in told["lines"]),
        tenders=tuple(_tender_from(each) for each in told["tenders"]),
        rounding=Money(told["rounding_fen"]),
        rules_version=told["rules_version"],
        member=told["member"],
        member_level=told["member_level"],
        coupons=tuple(told["coupons"]),
        entry_hash=entry_hash,
    )


def _sale_line_from(line: Mapping[str, Any]) -> SaleLine:
    return SaleLine(
        line["line_no"], line["sku"], line["barcode"], line["name"], Quantity(line["quantity"], Unit(line["unit"])),
        Money(line["price_fen"]), Money(line["amount_fen"]), TaxCategory(line["tax_code"], line["tax_permille"]),
        Money(line["list_price_fen"]), _taken_from(line["reductions"]), line["tare_g"], line["lot"],
        date.fromisoformat(line["expires_on"]) if line["expires_on"] else None, line["pack"], line["department"],
        None if line["cost_fen"] is None else Money(line["cost_fen"]),
    )  # fmt: skip


def _tender_from(tender: Mapping[str, Any]) -> Tender:
    return Tender(
        TenderKind(tender["kind"]), Money(tender["amount_fen"]), Money(tender["handed_over_fen"]),
        tender["attempt_id"], tender["out_trade_no"], tender["trade_no"],
    )  # fmt: skip
