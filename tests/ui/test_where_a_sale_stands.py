"""Wherever one goes from a sale that is done, or while an answer is still to come, no money loses its sale."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import pytest
from PySide6.QtTest import QTest

from pos.domain.cash import CashKind
from pos.domain.errors import NeedsManager, TooManySuspended
from pos.domain.money import ZERO, Money
from pos.storage import payments, sales
from pos.storage import returns as stored
from pos.till import pay, shifts, suspend
from tests.fakes import MEI, NOODLES, TEA, WATER
from tests.ui.conftest import MEIS_PIN, Desk
from tests.ui.test_approving import badge_of_mei, half_off, journal_of
from tests.ui.test_returns_on_screen import approve, open_sale, sold
from ui.application import settle
from ui.cash.move_page import CashMovePage
from ui.idle import IdleLock
from ui.keys import now
from ui.keys.keymap import Place, Press
from ui.stage import Said, Stage, Word

WAYS: dict[str, Callable[[Desk], object]] = {
    "closing the shift": lambda desk: desk.window.strip.close_shift.click(),
    "payments": lambda desk: desk.window.strip.review.click(),
    "paper": lambda desk: desk.window.strip.printing.click(),
    "returns": lambda desk: desk.counter.show(Stage.RETURN),
    "what waits": lambda desk: desk.counter.show(Stage.SUSPENDED),
    "the lock": lambda desk: desk.counter.sign_out(),
}


def totals(desk: Desk) -> list[Money]:
    """What the sales of the shift came to, in order."""
    shift = shifts.current_shift(desk.till)
    assert shift
    return [each.total for each in sales.list_of_shift(desk.till.db, shift.id)]


def in_drawer(desk: Desk) -> Money:
    """What should be in the drawer."""
    shift = shifts.current_shift(desk.till)
    assert shift
    return shifts.expected_cash(desk.till, shift)


def say_yes(desk: Desk) -> None:
    """Mei types number and PIN where a price of the sale is asked about."""
    panel = desk.window.counter.operations.approval.approval
    panel.number.setText(MEI.number)
    panel.pin.setText(MEIS_PIN)
    desk.press("sale_approval_take")


def cash_going_in(desk: Desk) -> CashMovePage:
    """Mei has typed ten yuan that go into the drawer."""
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.window._move_cash(CashKind.IN)
    desk.window.cash_move.amount.setText("10")
    return desk.window.cash_move


@contextmanager
def slow(desk: Desk, lane: str = "_payments") -> Iterator[None]:
    """Answers of a lane come only once this is over."""
    go_on = threading.Event()
    getattr(desk.counter, lane).run(lambda _till: go_on.wait(20), lambda _done: None, lambda _error: None)
    try:
        yield
    finally:
        go_on.set()


def wait_until(desk: Desk, is_so: Callable[[], object]) -> None:
    """Wait until it is so."""
    desk.qtbot.waitUntil(lambda: bool(is_so()), timeout=10_000)


# A sale that is done


@pytest.mark.parametrize("way", WAYS)
def test_what_is_sold_leaves_the_counter_wherever_one_goes(desk: Desk, way: str) -> None:
    desk.sign_in()
    sold(desk, NOODLES)
    WAYS[way](desk)
    if desk.counter.stage is Stage.SIGN_IN:
        desk.sign_in()
    else:
        desk.window._press_escape()
    desk.wait_for(Stage.SELL)
    assert desk.counter.cart.lines == []
    desk.counter.code_seen(TEA)
    desk.press("pay")
    assert desk.counter.cash_due == Money(19_999)
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    assert totals(desk) == [Money(450), Money(19_999)]
    assert in_drawer(desk) == Money(10_000 + 450 + 19_999)


# While an answer is still to come


def test_who_gives_goods_back_stays_until_it_is_told_and_does_it_once(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.RETURN)
    desk.window.returns._begin_loose()
    desk.counter.code_seen(TEA)
    approve(desk)
    with slow(desk):
        desk.press("return_confirm")
        wait_until(desk, lambda: desk.counter.hold.is_on)
        for leave in (desk.window._press_escape, desk.counter.sign_out):
            desk.said.clear()
            leave()
            assert (desk.counter.stage, desk.said) == (Stage.RETURN, [Said(Word.IN_HAND)])
        desk.window.strip.review.click()
        desk.window.returns.press_enter()
        assert desk.counter.stage is Stage.RETURN
    wait_until(desk, lambda: "¥199.99" in desk.window.returns._verdict.sentence.text())
    shift = shifts.current_shift(desk.till)
    assert shift
    assert [each.total for each in shifts.returns_of(desk.till, shift.id)] == [Money(19_999)]
    desk.window._press_escape()
    desk.wait_for(Stage.SELL)


def test_an_exchange_pays_for_the_cart_it_was_asked_for_and_nobody_leaves_before(desk: Desk) -> None:
    old = sold(desk, WATER)
    desk.counter.next_sale()
    desk.counter.code_seen(NOODLES)
    desk.counter.show(Stage.RETURN)
    open_sale(desk, old)
    desk.press("return_all")
    approve(desk)
    with slow(desk):
        desk.press("return_exchange")
        wait_until(desk, lambda: desk.counter.hold.is_on)
        desk.window._press_escape()
        assert desk.counter.stage is Stage.RETURN
    desk.wait_for(Stage.SELL)
    assert desk.counter.cart.to_pay == Money(250)
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    assert len(stored.list_of_receipt(desk.till.db, old.receipt_no)) == 1
    assert in_drawer(desk) == Money(10_000 + 200 + 250)


def test_an_exchange_of_another_cart_pays_for_nothing(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.counter.show(Stage.RETURN)
    desk.counter.take_exchange("another sale", Money(200))
    assert (desk.counter.stage, desk.counter.cart.credit) == (Stage.RETURN, ZERO)


def test_cash_that_moves_holds_the_page_and_a_failure_lets_go(desk: Desk) -> None:
    page = cash_going_in(desk)
    with slow(desk, "_lane"):
        page.confirm.click()
        desk.counter.sign_out()
        assert desk.counter.stage is Stage.CASH_MOVE
    desk.wait_for(Stage.SELL)
    assert in_drawer(desk) == Money(11_000)
    desk.counter.show(Stage.RETURN)
    desk.window.returns._begin_loose()
    desk.counter.code_seen(TEA)
    desk.counter.hold.take(desk.window.returns)
    desk.window.returns._show_error(NeedsManager(act="refund"))
    desk.counter.sign_out()
    desk.wait_for(Stage.SIGN_IN)


def test_nothing_that_comes_late_lets_anybody_in(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.sign_out()
    for late in (Stage.SELL, Stage.DRAWER, Stage.RETURN):
        desk.counter.show(late)
    desk.counter.take_exchange(desk.counter.cart.sale_id, Money(100))
    assert (desk.counter.stage, desk.counter.cashier) == (Stage.SIGN_IN, None)


# Money that is here, and a yes that is missing


@pytest.fixture
def missing(desk: Desk) -> Desk:
    """A manager's price was being paid when the till went away; Lin, who may not go so far, finds the money."""
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.code_seen(NOODLES)
    desk.counter.basket.set_price(1, Money(100))
    cart = desk.counter.basket.snapshot()
    with closing(desk.world.open()) as till:
        desk.world.alipay.lose_next_reply()
        desk.world.alipay.lose_next_reply()
        assert isinstance(pay.charge(till, cart, desk.world.alipay.show_code()), pay.Waiting)
    desk.counter.sign_out()
    desk.sign_in()
    desk.counter.resolve_now()
    desk.wait_for(Stage.MONEY_HERE)
    return desk


def test_money_that_is_here_waits_for_a_yes_to_the_prices_and_the_sale_is_made_then(missing: Desk) -> None:
    missing.press("finish_paid")
    assert "改价，少收 ¥3.50 超过你的权限" in missing.read("sale_approval_title")
    missing.press("sale_approval_back")
    missing.press("finish_paid")
    say_yes(missing)
    missing.wait_for(Stage.PAID)
    assert totals(missing) == [Money(100)]
    assert missing.world.alipay.kept == Money(100)


def test_a_badge_says_yes_where_money_is_here(missing: Desk) -> None:
    badge = badge_of_mei(missing)
    missing.press("finish_paid")
    missing.counter.code_seen(badge)
    missing.wait_for(Stage.PAID)
    assert totals(missing) == [Money(100)]


def test_the_key_on_the_telephones_button_is_heard_where_money_is_here() -> None:
    assert now.current().press_for("Ctrl+Y", Place.WAIT) is Press.PHONE


def test_money_that_nobody_makes_a_sale_of_goes_back_by_itself_and_it_is_said(missing: Desk) -> None:
    missing.press("finish_paid")
    missing.world.clock.advance(11 * 60)
    missing.counter.resolve_now()
    missing.wait_for(Stage.SELL)
    assert Said(Word.MONEY_RETURNED, Money(100)) in missing.said
    wait_until(missing, lambda: missing.world.alipay.kept == ZERO)
    assert totals(missing) == []


def test_a_round_that_finds_nothing_new_leaves_the_question_open(missing: Desk) -> None:
    missing.press("finish_paid")
    with missing.qtbot.waitSignal(missing.counter.open_changed):
        missing.counter.resolve_now()
    assert missing.on_screen("sale_approval_title").isVisible()


def test_money_that_is_here_waits_on_the_disk_while_the_till_is_locked(missing: Desk) -> None:
    IdleLock(missing.counter, after_ms=60_000)._lock()
    assert missing.counter.stage is Stage.SIGN_IN
    missing.sign_in(MEI.number, MEIS_PIN)
    missing.wait_for(Stage.MONEY_HERE)
    missing.press("finish_paid")
    missing.wait_for(Stage.PAID)
    assert totals(missing) == [Money(100)]


@pytest.mark.parametrize("way", ["cash", "a part in cash", "a code of ours"])
def test_on_the_pay_page_a_missing_yes_is_asked_for_where_the_money_is_taken(desk: Desk, way: str) -> None:
    """A manager's price, a part of it taken; then Lin sits down."""
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.code_seen(NOODLES)
    desk.counter.basket.set_price(1, Money(100))
    desk.press("pay")
    desk.counter.take_cash_part(Money(50))
    wait_until(desk, lambda: desk.counter.parts.taken == Money(50) and desk.counter.stage is Stage.PAY)
    desk.counter.sign_out()
    desk.sign_in()
    takes: dict[str, Callable[[], None]] = {
        "cash": lambda: desk.counter.pay_cash(Money(50)),
        "a part in cash": lambda: desk.counter.take_cash_part(Money(10)),
        "a code of ours": desk.counter.show_qr,
    }
    takes[way]()
    assert "改价，少收 ¥3.50 超过你的权限" in desk.read("sale_approval_title")
    say_yes(desk)
    desk.wait_for(Stage.PAY)
    desk.counter.pay_cash(Money(50))
    desk.wait_for(Stage.PAID)
    assert totals(desk) == [Money(100)]


def test_cash_that_covers_what_is_left_is_called_cash_and_is_handed_back(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.counter.code_seen(WATER)
    desk.press("pay")
    desk.counter.take_cash_part(Money(450))
    wait_until(desk, lambda: desk.counter.parts.taken == Money(450) and desk.counter.stage is Stage.PAY)
    desk.counter.back_to_goods()
    desk.counter.basket.remove(2)
    desk.counter.resolve_now()
    desk.wait_for(Stage.MONEY_HERE)
    assert "现金已经收了" in desk.read("money_here_title")
    sale_id = desk.counter.cart.sale_id
    desk.press("give_back")
    desk.wait_for(Stage.SELL)
    assert Said(Word.CASH_BACK, Money(450)) in desk.said
    assert desk.counter.parts.cash_out == Money(450)
    assert payments.parts_of(desk.till.db, sale_id).paid == ()


# What waits of the customer before


def test_what_was_typed_for_one_sale_is_not_what_the_next_is_charged(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.press("pay")
    QTest.keyClicks(desk.window.counter._pay.cash, "100")
    desk.window._press_enter()
    desk.wait_for(Stage.PAID)
    desk.counter.code_seen(TEA)
    desk.counter.code_seen(desk.world.alipay.show_code())
    desk.window._press_enter()
    desk.wait_for(Stage.PAID)
    assert totals(desk) == [Money(450), Money(19_999)]
    assert desk.world.alipay.kept == Money(19_999)


def test_a_part_that_was_typed_and_left_is_charged_to_nobody(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.press("pay")
    QTest.keyClicks(desk.window.counter._pay.cash, "5")
    desk.window._press_escape()
    desk.counter.back_to_goods()
    desk.counter.code_seen(desk.world.alipay.show_code())
    desk.window._press_enter()
    desk.wait_for(Stage.PAID)
    assert desk.world.alipay.kept == Money(19_999)


def test_a_yes_that_comes_late_does_nothing_to_another_cart(desk: Desk) -> None:
    """Half off the noodles is asked of a manager; meanwhile they are laid aside, and others lie there."""
    half_off(desk)
    with slow(desk, "_lane"):
        say_yes(desk)
        desk.window._press_escape()
        desk.window.counter.suspend()
        desk.counter.code_seen(NOODLES)
    wait_until(desk, lambda: journal_of(desk, "approval.given"))
    settle()
    assert desk.counter.cart.total == Money(450)


def test_a_cart_that_could_not_be_laid_aside_comes_back_after_the_one_that_is_paid(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    monkeypatch.setattr(suspend, "SUSPENDED_MAX", 0)
    with slow(desk, "_lane"):
        desk.window.counter.suspend()
        desk.counter.code_seen(TEA)
        desk.press("pay")
        desk.counter.code_seen(desk.world.alipay.show_code(must_confirm=True))
        desk.wait_for(Stage.WAITING)
    assert [line.text for line in desk.counter.cart.lines] == [TEA]
    desk.world.alipay.confirm()
    desk.wait_for(Stage.PAID)
    desk.counter.next_sale()
    wait_until(desk, lambda: [line.text for line in desk.counter.cart.lines] == [NOODLES])
    assert totals(desk) == [Money(19_999)]
    assert any(isinstance(each, TooManySuspended) for each in desk.said)


def test_what_waits_for_a_word_is_forgotten_with_its_customer(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.press("pay")
    desk.counter.code_seen(WATER)
    assert desk.counter.box.to_join
    desk.counter._enter(Stage.PAID)
    desk.counter.next_sale()
    assert not desk.counter.box.to_join


# Pages that are made while another waits


def test_a_page_that_is_made_meanwhile_lets_nobody_go(desk: Desk) -> None:
    page = cash_going_in(desk)
    with slow(desk, "_lane"):
        page.confirm.click()
        while desk.window.make_next():
            pass
        desk.window._press_escape()
        assert desk.counter.stage is Stage.CASH_MOVE
        assert not desk.window.close()
        assert not desk.window.may_switch_language
    desk.wait_for(Stage.SELL)
    assert not desk.counter.hold.is_on


def test_a_find_that_was_left_is_told_to_no_other_return(desk: Desk) -> None:
    old = sold(desk, WATER)
    desk.counter.next_sale()
    desk.counter.show(Stage.RETURN)
    page = desk.window.returns
    with slow(desk):
        page.find_sale(old.receipt_no)
        desk.window._press_escape()
        desk.counter.show(Stage.RETURN)
        page._begin_loose()
        desk.counter.code_seen(TEA)
    answered: list[object] = []
    desk.counter._payments.run(lambda _till: True, answered.append, answered.append)
    wait_until(desk, lambda: answered)  # so that what was found came before it
    approve(desk)
    wait_until(desk, page.confirm.isEnabled)
    desk.press("return_confirm")
    wait_until(desk, lambda: "¥199.99" in page._verdict.sentence.text())
    shift = shifts.current_shift(desk.till)
    assert shift
    assert [each.total for each in shifts.returns_of(desk.till, shift.id)] == [Money(19_999)]


def test_who_closes_a_shift_stays_until_it_is_closed(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.CLOSE_SHIFT)
    page = desk.window.close_shift
    page.amount.setText("100")
    with slow(desk, "_lane"):
        page._close()
        desk.window._press_escape()
        assert desk.counter.stage is Stage.CLOSE_SHIFT
    desk.wait_for(Stage.SHIFT_CLOSED)
    desk.counter.sign_out()
    desk.wait_for(Stage.SIGN_IN)


def test_a_badge_after_a_sale_brings_its_owner_before_an_empty_counter(desk: Desk) -> None:
    badge = badge_of_mei(desk)
    sold(desk, NOODLES)
    desk.counter.code_seen(badge)
    wait_until(desk, lambda: desk.counter.cashier == MEI)
    assert (desk.counter.stage, desk.counter.cart.lines) == (Stage.SELL, [])
