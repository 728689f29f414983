"""A day as POSLog: names a retailer's IT knows, amounts that add up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from xml.etree import ElementTree as ET

from pos.domain.cart import Cart
from pos.domain.cart_line import Discount
from pos.domain.money import Money
from pos.till import pay, refund, sell, shifts
from pos.till.figures.poslog import poslog
from pos.till.till import Till
from tests.fakes import BY_MEI, TEA, WATER, World

DAY = date(2026, 11, 23)
N = "{http://www.nrf-arts.org/IXRetail/namespace/}"
SEEN_IN_FEEDS = set(
    "RetailStoreID BusinessUnit WorkstationID TillID SequenceNumber BusinessDayDate BeginDateTime EndDateTime"
    " OperatorID CurrencyCode RetailTransaction LineItem Sale Return Tax Tender".split()
)
"""Typed from facts/hub-and-data.md, section 4."""
OF_VERSION_3 = set(
    "POSLog Transaction UnitID ControlTransaction OpenTill CloseTill ReceiptNumber ItemID Description Quantity"
    " RegularSalesUnitPrice ActualSalesUnitPrice ExtendedAmount DiscountAmount TaxableAmount Amount Percent"
    " TenderChange Total Reason".split()
)


def day_of(world: World, till: Till, cart_of: Callable[..., Cart]) -> ET.Element:
    """Two waters less 10 % and apples for 14.97 in cash, rounded down to 0.10; a tea by Alipay, 3.00 of it back."""
    till.settings = replace(till.settings, till=replace(till.settings.till, cash_rounding_fen=10))
    cart = cart_of(WATER, WATER, "600103")
    cart.set_discount(1, Discount(percent=10))
    cart.set_quantity(2, 1250)
    sell.pay_cash(till, cart, Money(10_000))
    world.clock.advance(60)
    pay.charge(till, cart_of(TEA), world.alipay.show_code())
    of = refund.find_refundable(till, "0017-03-20261123-0002")
    world.clock.advance(60)
    refund.give_refund(till, of, Money(300), "破损 & <坏>", by=BY_MEI)
    world.clock.advance(60)
    shifts.close_shift(till, Money(11_850))
    return ET.fromstring(poslog(till, DAY, by=BY_MEI))


def test_only_known_names_are_used(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    root = day_of(world, till, cart_of)
    names = {each.tag.removeprefix(N) for each in root.iter()}
    assert names >= SEEN_IN_FEEDS
    assert names <= SEEN_IN_FEEDS | OF_VERSION_3


def test_what_it_tells_adds_up(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    root = day_of(world, till, cart_of)
    numbers = [each.findtext(f"{N}SequenceNumber") for each in root]
    assert numbers == ["1", "2", "3", "4", "5"]  # opened, two sales, a refund, closed
    sale = root[1].find(f"{N}RetailTransaction")
    assert sale is not None
    lines = [Decimal(each.text or "") for each in sale.findall(f"{N}LineItem/{N}Sale/{N}ExtendedAmount")]
    # 2.00 x 2 less 10 %; 11.98 a kilogram x 1.250.
    assert lines == [Decimal("3.60"), Decimal("14.98")]
    totals = {each.get("TotalType"): each.text for each in sale.findall(f"{N}Total")}
    assert totals == {"TransactionNetAmount": "18.50", "TransactionRoundingAmount": "-0.08"}
    (tender,) = sale.findall(f"{N}LineItem/{N}Tender")
    assert (tender.get("TenderType"), tender.findtext(f"{N}Amount")) == ("Cash", "18.50")
    assert tender.findtext(f"{N}TenderChange/{N}Amount") == "81.50"
    quantity = sale.findall(f"{N}LineItem/{N}Sale/{N}Quantity")[1]
    assert (quantity.text, quantity.get("UnitOfMeasureCode")) == ("1.250", "KGM")
    back = root[3].find(f"{N}RetailTransaction")
    assert back is not None
    assert back.findtext(f"{N}LineItem/{N}Return/{N}Reason") == "破损 & <坏>"
    assert back.findtext(f"{N}Total") == "-3.00"


def test_each_transaction_says_where_when_and_who(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    first = day_of(world, till, cart_of)[1]
    told = {name: first.findtext(N + name) for name in
            ("RetailStoreID", "WorkstationID", "TillID", "BusinessDayDate", "OperatorID", "CurrencyCode")}  # fmt: skip
    assert told == {"RetailStoreID": "0017", "WorkstationID": "03", "TillID": "0017-03",
                    "BusinessDayDate": "2026-11-23", "OperatorID": "1001", "CurrencyCode": "CNY"}  # fmt: skip
    assert first.findtext(f"{N}EndDateTime") == "2026-11-23T10:00:00+08:00"
