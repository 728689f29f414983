"""A day as POSLog: names a retailer's IT knows, amounts that add up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from xml.etree import ElementTree as ET

from pos.domain.cart import Cart
from pos.domain.cart_line import Discount
from pos.domain.cash import CashKind
from pos.domain.exchange import Exchange
from pos.domain.money import Money
from pos.domain.sale import TenderKind
from pos.till import cash, corrections, exchange, pay, refund, returns, sell, shifts
from pos.till.figures.day_close import close_day
from pos.till.figures.drawers import day_cash
from pos.till.figures.poslog import poslog
from pos.till.figures.tender_mix import tender_mix
from pos.till.figures.today import today
from pos.till.till import Till
from tests.fakes import BY_MEI, LIN, NOODLES, TEA, WATER, World

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
    " TenderChange Total Reason TransactionLink TenderControlTransaction PaidIn PaidOut TenderPickup NoSale".split()
)
"""``TransactionLink``, ``TenderControlTransaction`` and what is in it: as GK's POSLog 3 has them."""


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


def test_tax_is_told_in_percent(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    """Water and tea are taxed at 13 %, apples at 9 %."""
    percents = {each.text for each in day_of(world, till, cart_of).iter(f"{N}Percent")}
    assert percents == {"13", "9"}


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


def full_day(world: World, till: Till, cart_of: Callable[..., Cart]) -> ET.Element:
    """All that happens to money in a day, float 100.00.

    Two waters (4.00 cash), a tea (100.00 cash, 99.99 Alipay), noodles (4.50, by bank card as it turned out); a water
    back (2.00 cash), the tea back (99.99 to Alipay, 100.00 cash), the other water exchanged for noodles (2.50 cash);
    a tea by Alipay with 3.00 of it back; 50.00 in, 20.00 out, 30.00 to the safe, the drawer opened for nothing.
    """
    waters = sell.pay_cash(till, cart_of(WATER, WATER), Money(400))
    cart = cart_of(TEA)
    pay.charge(till, cart, world.alipay.show_code(), Money(9_999))
    tea = sell.pay_cash(till, cart, Money(10_000))
    card = sell.pay_cash(till, cart_of(NOODLES), Money(450))
    corrections.correct_tender(till, card.id, 1, TenderKind.BANK_CARD, "按错", by=BY_MEI)
    for sale in (waters, tea):
        returns.give_back(till, returns.find_returnable(till, sale.receipt_no), {1: 1}, "坏了", by=BY_MEI)
    swapped = cart_of(NOODLES)
    other = Exchange(returns.find_returnable(till, waters.receipt_no), {1: 1}, "换", "", "")
    swapped.credit = exchange.begin(till, swapped, other, by=BY_MEI)
    sell.pay_cash(till, swapped, Money(250))
    pay.charge(till, cart_of(TEA), world.alipay.show_code())
    last = refund.find_refundable(till, "0017-03-20261123-0005")
    refund.give_refund(till, last, Money(300), "破损", by=BY_MEI)
    for kind, fen in ((CashKind.IN, 5_000), (CashKind.OUT, 2_000), (CashKind.DROP, 3_000), (CashKind.OPENED, 0)):
        cash.move_cash(till, kind, Money(fen), "零钱", by=BY_MEI)
    return ET.fromstring(poslog(till, DAY, by=BY_MEI))


def amounts(root: ET.Element, path: str) -> list[Decimal]:
    """Return the amounts at a path of every transaction."""
    parts = "/".join(N + each for each in path.split("/"))
    return [Decimal(each.text or "") for each in root.findall(f"{N}Transaction/{parts}")]


def test_goods_that_came_back_name_the_receipt_they_were_sold_on(
    world: World, till: Till, cart_of: Callable[..., Cart]
) -> None:
    root = full_day(world, till, cart_of)
    told = []
    for each in root.findall(f"{N}Transaction/{N}RetailTransaction"):
        back = each.find(f"{N}LineItem/{N}Return")
        if back is not None:
            link = back.find(f"{N}TransactionLink")
            assert link is not None
            assert link.get("ReasonCode") == "Return"
            told.append((each.findtext(f"{N}Total"), link.findtext(f"{N}ReceiptNumber"), back.findtext(f"{N}Reason")))
            kinds = {tender.get("TenderType") for tender in each.findall(f"{N}LineItem/{N}Tender")}
            assert kinds <= {"Cash", "MobileWallet", "TradeIn"}
    assert sorted(told) == [
        ("-199.99", "0017-03-20261123-0002", "坏了"),
        ("-2.00", "0017-03-20261123-0001", "坏了"),
        ("-2.00", "0017-03-20261123-0001", "换"),
        ("-3.00", "0017-03-20261123-0005", "破损"),
    ]


def test_cash_that_moved_is_told_by_what_it_was(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    root = full_day(world, till, cart_of)
    for name, amount in (("PaidIn", "50.00"), ("PaidOut", "20.00"), ("TenderPickup", "30.00")):
        (found,) = root.findall(f"{N}Transaction/{N}TenderControlTransaction/{N}{name}")
        told = [found.get("TenderType"), *(found.findtext(N + each) for each in ("Amount", "Reason"))]
        assert told == ["Cash", amount, "零钱"]
    (opened,) = root.findall(f"{N}Transaction/{N}ControlTransaction/{N}NoSale")
    assert opened.findtext(f"{N}Reason") == "零钱"
    assert {each.tag.removeprefix(N) for each in root.iter()} <= SEEN_IN_FEEDS | OF_VERSION_3


def test_all_of_it_adds_up_to_the_figures_of_the_day(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    root = full_day(world, till, cart_of)
    net = sum(amounts(root, "RetailTransaction/Total"))
    # 4.00 + 199.99 + 4.50 + 4.50 + 199.99 sold, 2.00 + 199.99 + 2.00 + 3.00 back.
    assert net == Decimal("205.99")
    assert net == Decimal(today(till, DAY, by=BY_MEI).now.net.yuan)
    by_kind = paid_by(root)
    assert sum(by_kind.values()) == net
    assert by_kind["TradeIn"] == 0
    moved = [
        sum(amounts(root, f"TenderControlTransaction/{name}/Amount")) for name in ("PaidIn", "PaidOut", "TenderPickup")
    ]
    (float_,) = amounts(root, "ControlTransaction/OpenTill/Amount")
    held = float_ + by_kind["Cash"] + moved[0] - moved[1] - moved[2]
    assert held == Decimal(day_cash(till, DAY, by=BY_MEI).expected.yuan)


def test_a_tender_corrected_on_the_next_day_changes_nothing_of_the_log_of_a_closed_day(
    world: World, till: Till, cart_of: Callable[..., Cart]
) -> None:
    """By hand: a water for 2.00 in cash; the day after, two waters, and yesterday's was by card."""
    sold = sell.pay_cash(till, cart_of(WATER), Money(200))
    shifts.close_shift(till, Money(10_200))
    close_day(till, DAY, by=BY_MEI)
    before = poslog(till, DAY, by=BY_MEI)
    world.clock.advance(24 * 3600)
    shifts.open_shift(till, LIN, Money(5_000))
    sell.pay_cash(till, cart_of(WATER, WATER), Money(400))
    corrections.correct_tender(till, sold.id, 1, TenderKind.BANK_CARD, "昨天刷的卡", by=BY_MEI)
    assert poslog(till, DAY, by=BY_MEI) == before
    assert paid_by(ET.fromstring(before)) == {"Cash": Decimal("2.00")}
    next_day = DAY + timedelta(days=1)
    log = ET.fromstring(poslog(till, next_day, by=BY_MEI))
    assert paid_by(log) == {"Cash": Decimal("2.00"), "CreditDebit": Decimal("2.00")}
    assert sum(amounts(log, "RetailTransaction/Total")) == Decimal("4.00")
    mix = tender_mix(till, next_day, by=BY_MEI)
    assert {each.kind: each.amount for each in mix.tenders if each.amount} == {
        TenderKind.CASH: Money(200), TenderKind.BANK_CARD: Money(200)
    }  # fmt: skip
    assert mix.expected_cash == Money(5_400)


def test_a_drawer_counted_empty_is_told_as_empty(world: World, till: Till, cart_of: Callable[..., Cart]) -> None:
    del world
    sell.pay_cash(till, cart_of(WATER), Money(200))
    cash.move_cash(till, CashKind.DROP, Money(10_200), "存银行", by=BY_MEI)
    shifts.close_shift(till, Money(0))
    root = ET.fromstring(poslog(till, DAY, by=BY_MEI))
    told = [amounts(root, f"ControlTransaction/{kind}/Amount") for kind in ("OpenTill", "CloseTill")]
    assert told == [[Decimal("100.00")], [Decimal("0.00")]]


def paid_by(root: ET.Element) -> dict[str, Decimal]:
    """Return what all transactions of sales and corrections took by each way to pay."""
    found: dict[str, Decimal] = {}
    for each in root.findall(f"{N}Transaction/{N}RetailTransaction/{N}LineItem/{N}Tender"):
        kind = each.get("TenderType", "")
        found[kind] = found.get(kind, Decimal(0)) + Decimal(each.findtext(f"{N}Amount") or "")
    return found
