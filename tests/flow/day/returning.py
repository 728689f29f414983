"""What comes back in the day: by the code on its receipt, in part, without one, from another till; and in exchange."""

from pos.domain.money import Money
from pos.domain.staff import Act
from pos.till import returns
from tests.fakes import NOODLES, WATER
from tests.flow.day.selling import pay_exactly
from tests.flow.day.till_of_the_day import Day, sell_at
from ui.stage import Stage


def scan_receipt(day: Day, code: str) -> None:
    """Put a receipt under the scanner, and wait for what it leads to."""
    day.shop.wedge(code)
    day.wait_for(Stage.RETURN)
    day.shop.wait(lambda: day.shop.sees("return_why"))
    day.shop.settle()


def given(day: Day, words: str, hand: str) -> None:
    """Wait until it is done, read what the cashier's hands do, and go back to the goods."""
    day.wait_for_words("return_result", "✓ 已退货")
    assert words in day.shop.read("return_result")
    assert day.shop.read("return_hand") == hand
    day.shop.type("Esc")
    assert day.shop.counter.stage is Stage.SELL


def in_two_parts(day: Day, receipt_no: str) -> None:
    """Water and noodles for ¥6.50 in cash: first the water, by number and PIN, then all that is left, by badge."""
    scan_receipt(day, day.code_on_paper(receipt_no))
    day.shop.wedge(WATER)
    assert day.shop.read("return_total") == "¥2.00"
    day.by_pin()
    given(day, "¥2.00", "请给顾客现金 ¥2.00")
    day.tally.back(cash=200)
    scan_receipt(day, day.code_on_paper(receipt_no))
    assert len(day.shop.reads("return_left")) == 1
    day.shop.touch("return_all")
    day.by_badge()
    given(day, "¥4.50", "请给顾客现金 ¥4.50")
    day.tally.back(cash=450)
    scan_receipt(day, day.code_on_paper(receipt_no))
    assert day.shop.read("return_result").endswith("✓ 这张小票的商品已经全部退过")
    day.shop.type("Esc")


def to_alipay(day: Day, receipt_no: str) -> None:
    """Weighed apples for ¥8.99 by Alipay: the yes comes over the telephone."""
    scan_receipt(day, day.code_on_paper(receipt_no))
    day.shop.type("1")
    day.by_phone(Act.REFUND, Money(899))
    given(day, "✓ ¥8.99 已退回支付宝", "不用给现金")
    day.tally.back(alipay=899)


def to_both(day: Day, receipt_no: str) -> None:
    """¥3.00 in cash, then ¥3.50 by Alipay: Alipay gets its money back first, and none gets more than it gave."""
    scan_receipt(day, day.code_on_paper(receipt_no))
    day.shop.wedge(WATER)
    assert day.shop.read("return_ways") == "支付宝 ¥2.00"
    day.by_pin()
    given(day, "¥2.00", "不用给现金")
    day.tally.back(alipay=200)
    scan_receipt(day, day.code_on_paper(receipt_no))
    day.shop.touch("return_all")
    assert day.shop.read("return_ways") == "支付宝 ¥1.50 + 现金 ¥3.00"
    day.by_pin()
    given(day, "¥4.50", "请给顾客现金 ¥3.00")
    day.tally.back(alipay=150, cash=300)


def with_its_rounding(day: Day, receipt_no: str) -> None:
    """Apples for ¥8.99 that were ¥8.90 in cash: ¥8.90 goes back."""
    scan_receipt(day, day.code_on_paper(receipt_no))
    day.shop.touch("return_all")
    day.by_badge()
    given(day, "¥8.90", "请给顾客现金 ¥8.90")
    day.tally.back(cash=890, rounding=-9)


def without_a_receipt(day: Day) -> None:
    """Nobody knows the sale: today's price, in cash, with a manager's yes."""
    day.shop.type("F9")
    day.shop.touch("return_loose")
    day.shop.wedge(WATER)
    assert day.shop.read("return_ways") == "现金 ¥2.00"
    day.by_pin()
    given(day, "¥2.00", "请给顾客现金 ¥2.00")
    day.tally.back(cash=200)


def of_the_other_till(day: Day) -> None:
    """What the till beside sold, as head office tells it."""
    sale = sell_at(day.other, NOODLES, WATER)
    day.send()
    scan_receipt(day, returns.code_of(day.other, sale))
    assert "0017-02" in day.shop.read("return_result")
    day.shop.wedge(WATER)
    day.by_pin()
    given(day, "¥2.00", "请给顾客现金 ¥2.00")
    day.tally.back(cash=200)


def of_the_other_till_without_a_line(day: Day) -> None:
    """Nobody can be asked: the code on the receipt proves what was paid, and no more goes back."""
    sale = sell_at(day.other, NOODLES)
    scan_receipt(day, returns.code_of(day.other, sale))
    assert "最多退现金 ¥4.50" in day.shop.read("return_result")
    day.shop.wedge(NOODLES, WATER)
    day.by_pin()
    day.wait_for_words("return_hand", "P-")
    day.shop.touch("return_less", 1)
    day.by_pin_again()
    given(day, "¥4.50", "请给顾客现金 ¥4.50")
    day.tally.back(cash=450)


def exchanged_for_more(day: Day, receipt_no: str) -> None:
    """A water for noodles: the customer pays ¥2.50."""
    _begin_exchange(day, day.code_on_paper(receipt_no))
    day.shop.wedge(NOODLES)
    assert day.shop.due() == "¥2.50"
    pay_exactly(day)
    day.paid(("exchange", 200), ("cash", 250))
    day.tally.back(exchanged=200)


def exchanged_for_less(day: Day, receipt_no: str) -> None:
    """A case for a bottle: the drawer gives ¥40.00."""
    _begin_exchange(day, day.code_on_paper(receipt_no))
    day.shop.wedge(WATER)
    day.shop.type("F12", "F9")
    day.wait_for(Stage.PAID)
    assert day.shop.read("paid_change") == "请给顾客现金 ¥40.00"
    day.paid(("exchange", 200), shown="¥40.00")
    day.tally.back(exchanged=200, cash=4_000)


def _begin_exchange(day: Day, code: str) -> None:
    scan_receipt(day, code)
    day.shop.touch("return_all")
    for typed in ("9001", "905147"):
        day.shop.type("Enter")
        day.shop.write(typed)
    day.shop.touch("return_exchange")
    day.wait_for(Stage.SELL)
