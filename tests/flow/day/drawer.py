"""What moves in the drawer besides sales, and what was rung up wrongly."""

from pos.domain.money import Money
from pos.domain.staff import Act
from tests.fakes import WATER
from tests.flow.day.selling import pay_exactly
from tests.flow.day.till_of_the_day import Day
from ui.stage import Stage


def _done(day: Day, words: str) -> None:
    day.wait_for(Stage.SELL)
    assert words in day.shop.notice()


def change_is_put_in(day: Day) -> None:
    """The cashier does that alone."""
    day.shop.type("F10", "1")
    day.shop.write("100")
    day.shop.type("Enter")
    _done(day, "放入现金 ¥100.00")
    day.tally.moved("cash.in", 10_000)


def freight_is_paid(day: Day) -> None:
    """Not without a yes: a wrong PIN is none, the cashier's own is none, the manager's is."""
    day.shop.type("F10", "2")
    day.shop.write("12.5")
    day.shop.type("Down")
    day.by_pin(pin="111222")
    day.wait_for_words("cash_result", "P-109")
    for number, pin, code in (("1001", "704815", "P-117"), ("9001", "905147", "")):
        day.shop.window.cash_move.approval.number.clear()
        day.shop.window.cash_move.amount.setFocus()
        day.by_pin(number, pin)
        if code:
            day.wait_for_words("cash_result", code)
    _done(day, "支出现金 ¥12.50")
    day.tally.moved("cash.out", 1_250)


def notes_go_into_the_safe(day: Day) -> None:
    """By touch alone."""
    day.shop.type("F10")
    day.shop.touch("drawer_drop")
    for key in "50":
        day.shop.touch(f"key_{key}")
    day.shop.touch("cash_confirm")
    _done(day, "现金入保险柜 ¥50.00")
    day.tally.moved("cash.drop", 5_000)


def it_is_opened_for_nothing(day: Day) -> None:
    """A customer wants coins: the manager says yes over the telephone."""
    day.shop.type("F10", "4")
    day.by_phone(Act.NO_SALE, Money(0))
    _done(day, "开钱箱")
    day.tally.moved("cash.opened")


def a_card_was_rung_up_as_cash(day: Day) -> None:
    """The slip of the bank card lies there: the tender is said anew, with a yes."""
    day.shop.wedge(WATER)
    pay_exactly(day)
    day.paid(("cash", 200))
    day.shop.type("F10", "5", "1")
    assert "从“现金”改成“银行卡”" in day.shop.read("tenders_what")
    for typed in ("9001", "905147"):
        day.shop.write(typed)
        day.shop.type("Enter")
    _done(day, "现金 → 银行卡")
    day.tally.corrected("cash", "bank_card", 200)
