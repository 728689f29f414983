"""POSLog: a business day as XML in the shape of ARTS POSLog v3, the first thing a retailer's IT asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree as ET

from pos.clock import BEIJING
from pos.domain.cart import TaxTotal
from pos.domain.cash import CashKind, CashMove
from pos.domain.correction import Correction
from pos.domain.money import ZERO, Money
from pos.domain.quantity import Quantity, Unit
from pos.domain.refund import Refund, RefundState
from pos.domain.returns import Return, ReturnLine
from pos.domain.sale import Sale, SaleLine, Tender, TenderKind
from pos.domain.shift import Shift
from pos.domain.staff import Act, By
from pos.storage import cash, corrections, refunds, returns, sales, shifts
from pos.till import allowed
from pos.till.till import Till

NAMESPACE = "http://www.nrf-arts.org/IXRetail/namespace/"
_TENDERS = {
    TenderKind.CASH: "Cash", TenderKind.ALIPAY: "MobileWallet", TenderKind.PREPAID_CARD: "StoredValue",
    TenderKind.BANK_CARD: "CreditDebit", TenderKind.EXCHANGE: "TradeIn",
}  # fmt: skip
_MOVES = {CashKind.IN: "PaidIn", CashKind.OUT: "PaidOut", CashKind.DROP: "TenderPickup"}
Element = ET.Element


def poslog(till: Till, day: date, *, by: By) -> bytes:
    """Return a business day: its shifts, sales, returns, refunds, corrections, cash moves, in the order they came."""
    allowed.require(till, Act.SEE_FIGURES, by)
    root = ET.Element("POSLog", {"xmlns": NAMESPACE, "MajorVersion": "3", "MinorVersion": "0"})
    for number, step in enumerate(sorted(_steps(till, day), key=lambda each: each.at), 1):
        root.append(_transaction(till, day, number, step))
    ET.indent(root)
    return b"<?xml version='1.0' encoding='utf-8'?>\n" + ET.tostring(root, encoding="unicode").encode()


@dataclass(frozen=True, slots=True)
class _Step:
    at: datetime
    operator: str
    element: Element


def _steps(till: Till, day: date) -> Iterator[_Step]:
    for shift in shifts.list_of_days(till.db, day, day):
        yield _Step(shift.opened_at, shift.cashier, _control(shift, "OpenTill"))
        if shift.closed_at:
            yield _Step(shift.closed_at, shift.cashier, _control(shift, "CloseTill"))
        for move in cash.list_of_shift(till.db, shift.id):
            yield _Step(move.at, move.cashier, _moved(move))
    for sale in sales.list_of_day(till.db, day):
        yield _Step(sale.completed_at, sale.cashier, _retail(sale))
    for correction in corrections.list_of_day(till.db, day):
        yield _Step(correction.at, correction.cashier, _corrected(correction))
    for made in returns.list_of_day(till.db, day):
        yield _Step(made.completed_at, made.cashier, _returned(made))
    for refund in refunds.list_done_of_day(till.db, day):
        yield _Step(refund.changed_at, refund.cashier, _given_back(refund))


def _transaction(till: Till, day: date, number: int, step: _Step) -> Element:
    at, operator = step.at, step.operator
    found = ET.Element("Transaction")
    unit = _add(found, "BusinessUnit")
    _add(unit, "UnitID", till.identity.store)
    for name, text in (
        ("RetailStoreID", till.identity.store), ("WorkstationID", till.identity.till),
        ("TillID", till.identity.name), ("SequenceNumber", str(number)), ("BusinessDayDate", day.isoformat()),
        ("BeginDateTime", _moment(at)), ("EndDateTime", _moment(at)), ("OperatorID", operator), ("CurrencyCode", "CNY"),
    ):  # fmt: skip
        _add(found, name, text)
    found.append(step.element)
    return found


def _control(shift: Shift, kind: str) -> Element:
    found = ET.Element("ControlTransaction")
    settle = _add(found, kind)
    in_it = shift.opening_float if kind == "OpenTill" or shift.counted is None else shift.counted
    _add(settle, "Amount", in_it.yuan)
    return found


def _retail(sale: Sale) -> Element:
    found = ET.Element("RetailTransaction")
    _add(found, "ReceiptNumber", sale.receipt_no)
    taxes = (_tax_line(each, 1) for each in sale.taxes)
    _numbered(found, [*map(_sale_line, sale.lines), *map(_tender_line, sale.tenders), *taxes])
    _add_totals(found, sale.total, sale.rounding)
    return found


def _sale_line(line: SaleLine) -> Element:
    return _goods_line("Sale", line, line.list_price)


def _goods_line(kind: str, line: SaleLine | ReturnLine, list_price: Money) -> Element:
    found = _line("Scanned" if line.barcode else "Keyed")
    of = _add(found, kind)
    _add(of, "ItemID", line.sku)
    _add(of, "Description", line.name)
    _add(of, "Quantity", _quantity(line.quantity), UnitOfMeasureCode=_unit(line.quantity))
    for name, amount in (
        ("RegularSalesUnitPrice", list_price), ("ActualSalesUnitPrice", line.price),
        ("ExtendedAmount", line.amount), ("DiscountAmount", line.gross - line.amount),
    ):  # fmt: skip
        _add(of, name, amount.yuan)
    return found


def _tax_line(tax: TaxTotal, sign: int) -> Element:
    found = _line()
    of = _add(found, "Tax", TaxType="VAT")
    _add(of, "TaxableAmount", Money(sign * (tax.gross - tax.tax).fen).yuan)
    _add(of, "Amount", Money(sign * tax.tax.fen).yuan)
    _add(of, "Percent", f"{tax.category.rate_permille / 10:g}")
    return found


def _tender_line(tender: Tender) -> Element:
    found = _money_line(tender.kind, tender.amount)
    if tender.change:
        change = _add(found[0], "TenderChange")
        _add(change, "Amount", tender.change.yuan)
    return found


def _money_line(kind: TenderKind, amount: Money) -> Element:
    found = _line()
    of = _add(found, "Tender", TenderType=_TENDERS[kind])
    _add(of, "Amount", amount.yuan)
    return found


def _corrected(made: Correction) -> Element:
    """One kind of tender less and another more, on the day it was said; the sale stays as its day was closed with."""
    found = ET.Element("RetailTransaction")
    _add(found, "ReceiptNumber", made.receipt_no)
    _numbered(found, [_money_line(made.was, -made.amount), _money_line(made.now, made.amount)])
    _add_totals(found, ZERO, ZERO)
    return found


def _returned(made: Return) -> Element:
    """Goods that came back, each with the receipt they were sold on, and where the money for them went."""
    found = ET.Element("RetailTransaction")
    _add(found, "ReceiptNumber", made.return_no)
    goods = [_goods_line("Return", each, each.price) for each in made.lines]
    for each in goods:
        _add_origin(each[0], made.receipt_no, made.sold_by)
        _add(each[0], "Reason", made.reason)
    kinds = [(TenderKind.EXCHANGE if each.is_exchange else each.kind, each.amount) for each in made.paybacks]
    money = [_money_line(kind, -amount) for kind, amount in kinds]
    _numbered(found, [*goods, *money, *(_tax_line(each, -1) for each in made.taxes)])
    _add_totals(found, -made.total, -made.rounding)
    return found


def _given_back(refund: Refund) -> Element:
    """Money that went back of a sale; which of its goods came back, this till does not know."""
    found, line = ET.Element("RetailTransaction"), _line()
    _add(found, "ReceiptNumber", refund.request_no)
    of = _add(line, "Return")
    _add(of, "ExtendedAmount", refund.amount.yuan)
    _add_origin(of, refund.receipt_no)
    _add(of, "Reason", refund.reason)
    kind = TenderKind.CASH if refund.state is RefundState.IN_CASH else TenderKind.ALIPAY
    _numbered(found, [line, _money_line(kind, -refund.amount)])
    _add_totals(found, -refund.amount, ZERO)
    return found


def _moved(move: CashMove) -> Element:
    """Cash in, out or to the safe; or a drawer that was opened for nothing, which moves none."""
    if move.kind is CashKind.OPENED:
        found = ET.Element("ControlTransaction")
        _add(_add(found, "NoSale"), "Reason", move.reason)
        return found
    found = ET.Element("TenderControlTransaction")
    of = _add(found, _MOVES[move.kind], TenderType=_TENDERS[TenderKind.CASH])
    _add(of, "Amount", move.amount.yuan)
    _add(of, "Reason", move.reason)
    return found


def _add_origin(to: Element, receipt_no: str, sold_by: str = "") -> None:
    """Say which receipt goods were sold on, as far as anybody knows."""
    if not receipt_no:
        return
    link = _add(to, "TransactionLink", ReasonCode="Return")
    store, _, till = sold_by.partition("-")
    if till:
        _add(link, "RetailStoreID", store)
        _add(link, "WorkstationID", till)
    _add(link, "ReceiptNumber", receipt_no)


def _add_totals(to: Element, net: Money, rounding: Money) -> None:
    _add(to, "Total", net.yuan, TotalType="TransactionNetAmount")
    if rounding:
        _add(to, "Total", rounding.yuan, TotalType="TransactionRoundingAmount")


def _line(entry: str = "") -> Element:
    return ET.Element("LineItem", {"EntryMethod": entry} if entry else {})


def _numbered(found: Element, lines: Sequence[Element]) -> None:
    for number, line in enumerate(lines, 1):
        sequence = ET.Element("SequenceNumber")
        sequence.text = str(number)
        line.insert(0, sequence)
        found.append(line)


def _add(to: Element, name: str, text: str = "", **attributes: str) -> Element:
    """Add an element; what XML cannot hold of a text is left out."""
    found = ET.SubElement(to, name, attributes)
    found.text = "".join(sign for sign in text if sign >= " " and not "\ud800" <= sign <= "\udfff") or None
    return found


def _moment(at: datetime) -> str:
    return at.astimezone(BEIJING).isoformat(timespec="seconds")


def _quantity(quantity: Quantity) -> str:
    if quantity.unit is Unit.PIECE:
        return str(quantity.amount)
    return f"{quantity.amount // 1000}.{quantity.amount % 1000:03d}"


def _unit(quantity: Quantity) -> str:
    """Return the code of UN/CEFACT recommendation 20."""
    return "H87" if quantity.unit is Unit.PIECE else "KGM"
