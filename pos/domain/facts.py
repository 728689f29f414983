"""The bodies of journal entries: sales, attempts and shifts to and from canonical-JSON material.

docs/protocol.md shows each body; a change of shape is a new version.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from pos.domain.cart import Cart, TaxTotal
from pos.domain.cart_line import CartLine, Discount
from pos.domain.entry import Json, utc_text
from pos.domain.member import Member
from pos.domain.money import Money
from pos.domain.payment import PaymentAttempt
from pos.domain.pricing import Priced, Reduction
from pos.domain.product import Product, TaxCategory
from pos.domain.quantity import Quantity, Unit
from pos.domain.refund import Refund
from pos.domain.sale import Sale, SaleLine, Tender
from pos.domain.shift import Shift, ShiftReport, report_facts
from pos.domain.staff import By, Cashier

SALE_COMPLETED = "sale.completed"
SHIFT_OPENED = "shift.opened"
SHIFT_CLOSED = "shift.closed"
PAYMENT_STARTED = "payment.started"
PAYMENT_SETTLED = "payment.settled"
PAYMENT_CANCELLING = "payment.cancelling"
PAYMENT_DEAD = "payment.dead"
REFUND_STARTED = "refund.started"
REFUND_DONE = "refund.done"
REFUND_REFUSED = "refund.refused"
REFUND_IN_CASH = "refund.in_cash"
ORPHAN_CANCELLED = "orphan.cancelled"
EPOCH_BEGUN = "epoch.begun"
STAFF_CHANGED = "staff.changed"
CART_VOIDED = "cart.voided"
DAY_CLOSED = "day.closed"

VERSIONS = dict.fromkeys(
    (SALE_COMPLETED, SHIFT_CLOSED, PAYMENT_STARTED, PAYMENT_SETTLED, PAYMENT_CANCELLING, PAYMENT_DEAD), 2
)
"""Of the bodies that are not in their first version any more."""


def sale_facts(sale: Sale) -> dict[str, Json]:
    """Return the body of ``sale.completed``, version 2."""
    return {
        "sale_id": sale.id,
        "receipt_no": sale.receipt_no,
        "counter": sale.counter,
        "business_day": sale.business_day.isoformat(),
        "shift_id": sale.shift_id,
        "cashier": sale.cashier,
        "completed_at": utc_text(sale.completed_at),
        "total_fen": sale.total.fen,
        "rounding_fen": sale.rounding.fen,
        "rules_version": sale.rules_version,
        "member": sale.member,
        "member_level": sale.member_level,
        "coupons": list(sale.coupons),
        "lines": [_line_facts(line) for line in sale.lines],
        "tenders": [_tender_facts(tender) for tender in sale.tenders],
        "taxes": [_tax_facts(tax) for tax in sale.taxes],
    }


def _line_facts(line: SaleLine) -> dict[str, Json]:
    known: dict[str, Json] = {"pack": line.pack} if line.pack > 1 else {}
    known |= {"department": line.department} if line.department else {}
    known |= {"cost_fen": line.cost.fen} if line.cost is not None else {}
    return known | {
        "line_no": line.line_no,
        "sku": line.sku,
        "barcode": line.barcode,
        "name": line.name,
        "quantity": line.quantity.amount,
        "unit": line.quantity.unit.value,
        "price_fen": line.price.fen,
        "amount_fen": line.amount.fen,
        "tax_code": line.tax.code,
        "tax_permille": line.tax.rate_permille,
        "list_price_fen": line.list_price.fen,
        "gross_fen": line.gross.fen,
        "reductions": [
            {"rule": each.rule, "kind": each.kind, "name": each.name, "amount_fen": each.amount.fen}
            for each in line.reductions
        ],
        "tare_g": line.tare_g,
        "lot": line.lot,
        "expires_on": line.expires_on.isoformat() if line.expires_on else "",
    }


def sale_told(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return the body of a ``sale.completed`` of any version in the words of version 2."""
    lines = [
        {"list_price_fen": line["price_fen"], "gross_fen": line["amount_fen"], "reductions": [], "tare_g": 0, "lot": "",
         "expires_on": "", "pack": 1, "department": "", "cost_fen": None, **line}
        for line in body["lines"]
    ]  # fmt: skip
    plain = {"rounding_fen": 0, "rules_version": "", "member": "", "member_level": "", "coupons": []}
    return {**plain, **body, "lines": lines}


def _tender_facts(tender: Tender) -> dict[str, Json]:
    return {
        "kind": tender.kind.value,
        "amount_fen": tender.amount.fen,
        "handed_over_fen": tender.handed_over.fen,
        "attempt_id": tender.attempt_id,
        "out_trade_no": tender.out_trade_no,
        "trade_no": tender.trade_no,
    }


def _tax_facts(tax: TaxTotal) -> dict[str, Json]:
    return {
        "code": tax.category.code,
        "permille": tax.category.rate_permille,
        "gross_fen": tax.gross.fen,
        "tax_fen": tax.tax.fen,
    }


def attempt_facts(attempt: PaymentAttempt) -> dict[str, Json]:
    """Return the body of any ``payment.*`` entry: the attempt as it stands after the move."""
    return {
        "attempt_id": attempt.id,
        "sale_id": attempt.sale_id,
        "out_trade_no": attempt.out_trade_no,
        "amount_fen": attempt.amount.fen,
        "state": attempt.state.value,
        "started_at": utc_text(attempt.started_at),
        "changed_at": utc_text(attempt.changed_at),
        "reason": attempt.reason,
        "trade_no": attempt.trade_no,
        "way": attempt.way.value,
        "kind": attempt.kind.value,
    }


def refund_facts(refund: Refund) -> dict[str, Json]:
    """Return the body of any ``refund.*`` entry: the refund as it stands after the move."""
    return {
        "refund_id": refund.id,
        "sale_id": refund.sale_id,
        "receipt_no": refund.receipt_no,
        "out_trade_no": refund.out_trade_no,
        "request_no": refund.request_no,
        "amount_fen": refund.amount.fen,
        "state": refund.state.value,
        "business_day": refund.business_day.isoformat(),
        "shift_id": refund.shift_id,
        "cashier": refund.cashier,
        "approver": refund.approver,
        "reason": refund.reason,
        "started_at": utc_text(refund.started_at),
        "changed_at": utc_text(refund.changed_at),
        "refusal": refund.refusal,
    }


def opened_facts(shift: Shift) -> dict[str, Json]:
    """Return the body of ``shift.opened``."""
    return {
        "shift_id": shift.id,
        "cashier": shift.cashier,
        "business_day": shift.business_day.isoformat(),
        "opened_at": utc_text(shift.opened_at),
        "float_fen": shift.opening_float.fen,
    }


def voided_facts(sale_id: str, lines: int, total: Money, shift: Shift, cashier: str) -> dict[str, Json]:
    """Return the body of ``cart.voided``, version 1: goods that were in a cart and were taken out before payment."""
    return {
        "sale_id": sale_id,
        "lines": lines,
        "total_fen": total.fen,
        "shift_id": shift.id,
        "business_day": shift.business_day.isoformat(),
        "cashier": cashier,
    }


def closed_facts(report: ShiftReport, closed_by: str) -> dict[str, Json]:
    """Return the body of ``shift.closed``, version 2: the shift, what was counted, and all its figures as they were."""
    shift = report.shift
    assert shift.closed_at is not None
    assert shift.z_no is not None
    assert shift.counted is not None
    assert shift.expected is not None
    return {
        "shift_id": shift.id,
        "cashier": shift.cashier,
        "business_day": shift.business_day.isoformat(),
        "closed_at": utc_text(shift.closed_at),
        "counted_fen": shift.counted.fen,
        "expected_fen": shift.expected.fen,
        "z_no": shift.z_no,
        "closed_by": closed_by,
        **report_facts(report),
    }


def staff_facts(cashier: Cashier, by: By | None) -> dict[str, Json]:
    """Return the body of ``staff.changed``: who may sign in as what from now on, and who said so; no names."""
    return {"number": cashier.number, "role": cashier.role.value, "ordered_by": by.actor.number if by else "",
            "approver": by.approver_number if by else ""}  # fmt: skip


def cart_facts(cart: Cart) -> dict[str, Json]:
    """Return a cart as its draft keeps it: with all that is taken off, so that it comes back at the same total."""
    return {
        "sale_id": cart.sale_id,
        "lines": [_cart_line_facts(line) for line in cart.lines],
        "last_line_no": cart.last_line_no or 0,
        "discount": _discount_facts(cart.order_discount),
        "member": _member_facts(cart.member) if cart.member else "",
        "coupons": list(cart.coupons),
        "store": cart.store,
        "priced_at": cart.priced_at.isoformat() if cart.priced_at else "",
        "rules_version": cart.rules_version,
        "reductions": [_reduction_facts(each) for each in cart.priced.reductions],
        "used_coupons": list(cart.priced.used_coupons),
        "credit_fen": cart.credit.fen,
    }


def _cart_line_facts(line: CartLine) -> dict[str, Json]:
    return {
        "line_no": line.line_no,
        "text": line.text,
        "quantity": line.quantity.amount,
        "unit": line.quantity.unit.value,
        "product": product_facts(line.product) if line.product else "",
        "price_by_hand_fen": "" if line.price_by_hand is None else line.price_by_hand.fen,
        "discount": _discount_facts(line.discount),
        "label_amount_fen": "" if line.label_amount is None else line.label_amount.fen,
        "markdown_percent": line.markdown_percent,
        "tare_g": line.tare_g,
        "lot": line.lot,
        "expires_on": line.expires_on.isoformat() if line.expires_on else "",
        "pack": line.pack,
        "needs_weight": int(line.needs_weight),
    }


def _discount_facts(discount: Discount | None) -> Json:
    return {"percent": discount.percent, "amount_fen": discount.amount.fen} if discount else ""


def _member_facts(member: Member) -> dict[str, Json]:
    return {"number": member.number, "name": member.name, "level": member.level}


def _reduction_facts(reduction: Reduction) -> dict[str, Json]:
    return {
        "line_no": reduction.line_no,
        "rule": reduction.rule,
        "kind": reduction.kind,
        "name": reduction.name,
        "name_en": reduction.name_en,
        "amount_fen": reduction.amount.fen,
    }


def product_facts(product: Product) -> dict[str, Json]:
    """Return a product as a draft keeps it: with the price the customer was shown."""
    return {
        "sku": product.sku,
        "name": product.name,
        "name_en": product.name_en,
        "price_fen": product.price.fen,
        "unit": product.unit.value,
        "tax_code": product.tax.code,
        "tax_permille": product.tax.rate_permille,
        "pinyin": product.pinyin,
        "category": product.category,
        "barcode": product.barcode,
        "cost_fen": "" if product.cost is None else product.cost.fen,
    }


def product_from(facts: Mapping[str, Any]) -> Product:
    """Read what ``product_facts`` wrote, or a row with the same names."""
    return Product(
        sku=facts["sku"], name=facts["name"], name_en=facts["name_en"], price=Money(facts["price_fen"]),
        unit=Unit(facts["unit"]), tax=TaxCategory(facts["tax_code"], facts["tax_permille"]),
        pinyin=facts["pinyin"], category=facts["category"], barcode=facts["barcode"],
        cost=_money_from(facts.get("cost_fen", "")),
    )  # fmt: skip


def cart_from(facts: Mapping[str, Any]) -> Cart:
    """Read what ``cart_facts`` wrote, in this version or before there were discounts."""
    lines = [_cart_line_from(each) for each in facts["lines"]]
    member, priced_at = facts.get("member"), facts.get("priced_at")
    return Cart(
        facts["sale_id"],
        lines,
        facts.get("last_line_no", lines[-1].line_no if lines else 0) or None,
        order_discount=_discount_from(facts.get("discount")),
        member=Member(member["number"], member["name"], member["level"]) if member else None,
        coupons=tuple(facts.get("coupons", ())),
        store=facts.get("store", ""),
        priced_at=datetime.fromisoformat(priced_at) if priced_at else None,
        rules_version=facts.get("rules_version", ""),
        priced=Priced(
            tuple(_reduction_from(each) for each in facts.get("reductions", ())), tuple(facts.get("used_coupons", ()))
        ),
        credit=Money(facts.get("credit_fen", 0)),
    )


def _cart_line_from(facts: Mapping[str, Any]) -> CartLine:
    expires_on = facts.get("expires_on")
    return CartLine(
        facts["line_no"],
        facts["text"],
        product_from(facts["product"]) if facts["product"] else None,
        Quantity(facts["quantity"], Unit(facts["unit"])),
        price_by_hand=_money_from(facts.get("price_by_hand_fen", "")),
        discount=_discount_from(facts.get("discount")),
        label_amount=_money_from(facts.get("label_amount_fen", "")),
        markdown_percent=facts.get("markdown_percent", 0),
        tare_g=facts.get("tare_g", 0),
        lot=facts.get("lot", ""),
        expires_on=date.fromisoformat(expires_on) if expires_on else None,
        pack=facts.get("pack", 1),
        needs_weight=bool(facts.get("needs_weight")),
    )


def _money_from(fen: int | str | None) -> Money | None:
    return Money(fen) if isinstance(fen, int) else None


def _discount_from(facts: Mapping[str, Any] | None) -> Discount | None:
    return Discount(facts["percent"], Money(facts["amount_fen"])) if facts else None


def _reduction_from(facts: Mapping[str, Any]) -> Reduction:
    return Reduction(
        facts["line_no"], facts["rule"], facts["kind"], facts["name"], facts["name_en"], Money(facts["amount_fen"])
    )
