"""The sales of the day: each is keyed, touched or scanned, and told to the tally as its receipt reads."""

from tests.fakes import NOODLES, TEA, WATER
from tests.flow.day.till_of_the_day import Day
from tests.flow.selling.store import CASE, COUPON, MEMBER, MILK, label
from ui.stage import Stage

APPLES_750 = label("21", "00103", "00750")
"""¥11.98 x 0.750 kg = ¥8.985."""
DUCK = label("28", "00108", "01500", "00500")


def pay_exactly(day: Day) -> None:
    """Take exactly what is due in cash, by key."""
    day.shop.type("F12", "F9")


def pay_by_code(day: Day, customer: str = "王女士") -> None:
    """Let a customer show a payment code."""
    day.shop.type("F12")
    day.shop.wedge(day.world.alipay.show_code(customer))


def in_cash(day: Day) -> None:
    """Six sales in cash: exact, with change, counted, by the case, a number by touch, a bag."""
    shop = day.shop
    shop.wedge(WATER)
    pay_exactly(day)
    day.paid(("cash", 200))
    shop.wedge(NOODLES, WATER)
    shop.type("F12")
    shop.write("10")
    shop.type("F12")
    day.paid(("cash", 650))
    shop.write("3")
    shop.type("*")
    shop.wedge(WATER)
    pay_exactly(day)
    day.paid(("cash", 600))
    shop.wedge(CASE)
    shop.touch("pay")
    for key in "50":
        shop.touch(f"key_{key}")
    assert shop.read("cash_change") == "找零 ¥8.00"
    shop.touch("pay")
    day.paid(("cash", 4200))
    shop.wedge(WATER, NOODLES)
    shop.touch_line(0)
    shop.touch("line_quantity")
    for key in "15":
        shop.touch(f"key_{key}")
    shop.touch("pay")
    pay_exactly(day)
    day.paid(("cash", 3450))
    shop.wedge(WATER)
    shop.touch("quick_0")
    pay_exactly(day)
    day.paid(("cash", 230))


def by_alipay(day: Day) -> None:
    """Five sales by Alipay: a code, ours, a code before the pay key, an answer that is lost, one that is declined."""
    shop, alipay = day.shop, day.world.alipay
    shop.wedge(TEA)
    pay_by_code(day)
    day.paid(("alipay", 18_999), off=1_000)
    shop.wedge(NOODLES)
    shop.type("F12", "F6")
    day.wait_for(Stage.QR)
    alipay.scan(shop.counter.qr)
    day.paid(("alipay", 450))
    shop.wedge(NOODLES, alipay.show_code())
    shop.type("Enter")
    day.paid(("alipay", 450))
    shop.wedge(NOODLES)
    alipay.lose_next_reply()
    pay_by_code(day)
    day.paid(("alipay", 450))
    shop.wedge(WATER)
    shop.type("F12")
    shop.wedge(alipay.show_code(sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH"))
    day.wait_for(Stage.PAY)
    shop.type("F9")
    day.paid(("cash", 200))


def in_parts(day: Day) -> None:
    """Two sales in parts: cash and Alipay; two customers who share."""
    shop = day.shop
    shop.wedge(NOODLES, WATER)
    shop.type("F12")
    shop.write("3")
    shop.type("F12", "F12")
    shop.wedge(day.world.alipay.show_code())
    day.paid(("cash", 300), ("alipay", 350))
    shop.wedge(TEA)
    shop.type("F12")
    shop.write("100")
    shop.wedge(day.world.alipay.show_code("李先生"))
    shop.wait(lambda: shop.reads("parts_words") == ["✓ 支付宝 ¥100.00"])
    shop.settle()
    shop.wedge(day.world.alipay.show_code("王女士"))
    day.paid(("alipay", 10_000), ("alipay", 8_999), off=1_000)


def by_weight(day: Day) -> None:
    """Four sales by weight: in cash there is no coin for the last fen, by Alipay there is; a scale, a counter label."""
    shop = day.shop
    shop.wedge(APPLES_750)
    pay_exactly(day)
    day.paid(("cash", 890), rounding=-9)
    shop.wedge(APPLES_750)
    pay_by_code(day)
    day.paid(("alipay", 899))
    with shop.scale() as scale:
        shop.wedge("600103")
        shop.put_on(scale, 750)
        shop.type("Ctrl+w", "Enter", "Ctrl+p")
        shop.write("50")
        shop.type("Enter")
        pay_exactly(day)
    day.paid(("cash", 830), rounding=-9)
    shop.wedge(DUCK)
    pay_exactly(day)
    day.paid(("cash", 1500))


def with_something_off(day: Day) -> None:
    """Six sales with less to pay: a member, a coupon, a percent off, off the whole, a price by hand, and half off."""
    shop = day.shop
    shop.wedge(MILK, MEMBER)
    pay_exactly(day)
    day.paid(("cash", 1480), off=200)
    shop.wedge(MILK, WATER, COUPON)
    pay_exactly(day)
    day.paid(("cash", 1580), off=300)
    shop.wedge(NOODLES)
    shop.type("F6")
    shop.write("10")
    shop.type("Enter")
    pay_exactly(day)
    day.paid(("cash", 400), off=45, rounding=-5)
    shop.wedge(MILK, WATER)
    shop.type("F7")
    shop.write("5")
    shop.type("Enter")
    pay_by_code(day)
    day.paid(("alipay", 1786), off=94)
    shop.wedge(NOODLES)
    shop.type("F5")
    shop.write("3.8")
    shop.type("Enter")
    pay_exactly(day)
    day.paid(("cash", 380))
    shop.wedge(NOODLES)
    shop.type("F6")
    shop.write("50")
    shop.type("Enter")
    assert "超过你的权限" in shop.read("sale_approval_title")
    day.by_badge()
    shop.wait(lambda: shop.due() == "¥2.25")
    pay_exactly(day)
    day.paid(("cash", 220), off=225, rounding=-5)


def in_bursts(day: Day, count: int) -> None:
    """Many customers one after the other, each with a burst of scans that overtakes the screen."""
    for number in range(1, count + 1):
        day.shop.wedge(*[WATER, NOODLES] * number)
        pay_exactly(day)
        day.paid(("cash", 650 * number))


def laid_aside(day: Day) -> None:
    """A cart waits while another is sold."""
    shop = day.shop
    shop.wedge(WATER, NOODLES)
    shop.type("F2")
    shop.wedge(NOODLES)
    pay_exactly(day)
    day.paid(("cash", 450))
    shop.type("F3")
    shop.wait(lambda: shop.reads("suspended_total") == ["¥6.50"])
    shop.type("1")
    shop.wait(lambda: shop.counter.stage is Stage.SELL and shop.due() == "¥6.50")
    pay_exactly(day)
    day.paid(("cash", 650))
