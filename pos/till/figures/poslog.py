"""POSLog: a business day as XML in the shape of ARTS POSLog v3, the first thing a retailer's IT asks for."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from xml.etree import ElementTree as ET

from pos.clock import BEIJING
from pos.domain.quantity import Quantity, Unit
from pos.domain.refund import Refund
from pos.domain.sale import Sale, SaleLine, Tender, TenderKind
from pos.domain.shift import Shift
from pos.domain.staff import Act, By
from pos.storage import refunds, sales, shifts
from pos.till import allowed
from pos.till.till import Till

NAMESPACE = "http://www.nrf-arts.org/IXRetail/namespace/"
_TENDERS = {TenderKind.CASH: "Cash", TenderKind.ALIPAY: "MobileWallet", TenderKind.PREPAID_CARD: "StoredValue"}
Element = ET.Element


def poslog(till: Till, day: date, *, by: By) -> bytes:
    """Return a business day: its shifts, sales and refunds, in the order they came."""
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
    for sale in sales.list_of_day(till.db, day):
        yield _Step(sale.completed_at, sale.cashier, _retail(sale))
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
    _add(settle, "Amount", (shift.opening_float if kind == "OpenTill" else shift.counted or shift.opening_float).yuan)
    return found


def _retail(sale: Sale) -> Element:
    found = ET.Element("RetailTransaction")
    _add(found, "ReceiptNumber", sale.receipt_no)
    lines: list[Element] = [*map(_sale_line, sale.lines), *map(_tender_line, sale.tenders)]
    for tax in sale.taxes:
        line = _line()
        of = _add(line, "Tax", TaxType="VAT")
        _add(of, "TaxableAmount", (tax.gross - tax.tax).yuan)
        _add(of, "Amount", tax.tax.yuan)
        _add(of, "Percent", f"{tax.category.rate_permille / 10:g}")
        lines.append(line)
    _numbered(found, lines)
    _add(found, "Total", sale.total.yuan, TotalType="TransactionNetAmount")
    if sale.rounding:
        _add(found, "Total", sale.rounding.yuan, TotalType="TransactionRoundingAmount")
    return found


def _sale_line(line: SaleLine) -> Element:
    found = _line("Scanned" if line.barcode else "Keyed")
    of = _add(found, "Sale")
    _add(of, "ItemID", line.sku)
    _add(of, "Description", line.name)
    _add(of, "Quantity", _quantity(line.quantity), UnitOfMeasureCode=_unit(line.quantity))
    for name, amount in (
        ("RegularSalesUnitPrice", line.list_price), ("ActualSalesUnitPrice", line.price),
        ("ExtendedAmount", line.amount), ("DiscountAmount", line.savings),
    ):  # fmt: skip
        _add(of, name, amount.yuan)
    return found


def _tender_line(tender: Tender) -> Element:
    found = _line()
    of = _add(found, "Tender", TenderType=_TENDERS[tender.kind])
    _add(of, "Amount", tender.amount.yuan)
    if tender.change:
        change = _add(of, "TenderChange")
        _add(change, "Amount", tender.change.yuan)
    return found


def _given_back(refund: Refund) -> Element:
    """Money that went back of a sale; which of its goods came back, this till does not know."""
    found = ET.Element("RetailTransaction")
    _add(found, "ReceiptNumber", refund.receipt_no)
    line, tender = _line(), _line()
    of = _add(line, "Return")
    _add(of, "ExtendedAmount", refund.amount.yuan)
    _add(of, "Reason", refund.reason)
    paid = _add(tender, "Tender", TenderType=_TENDERS[TenderKind.ALIPAY])
    _add(paid, "Amount", (-refund.amount).yuan)
    _numbered(found, [line, tender])
    _add(found, "Total", (-refund.amount).yuan, TotalType="TransactionNetAmount")
    return found


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
