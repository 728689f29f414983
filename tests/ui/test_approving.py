"""Somebody says yes on the same screen: the cashier stays signed in, and so stays the cart."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from pos.domain.approval import answer_digits
from pos.domain.money import Money
from pos.domain.sale import TenderKind
from pos.domain.staff import Act, By
from pos.storage import journal, sales
from pos.till import proofs, shifts
from tests.fakes import LIN, MEI, NOODLES, TEA, WATER
from tests.ui.conftest import MEIS_PIN, PIN, Desk
from ui.idle import IdleLock
from ui.stage import Said, Stage, Word

KEY = bytes(range(20))


def journal_of(desk: Desk, kind: str) -> list[dict[str, object]]:
    """What the journal says of one kind, in order."""
    entries = journal.entries(desk.till.db, desk.till.identity.name, 1)
    return [dict(each.facts) for each in entries if each.kind == kind]


def badge_of_mei(desk: Desk) -> str:
    """Give Mei a badge, and return its text."""
    with closing(desk.world.open()) as till:
        return proofs.give_badge(till, MEI.number, by=By(MEI))


def half_off(desk: Desk) -> None:
    """Half off the noodles, which is more than Lin may."""
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    drawer = desk.window.counter.operations
    drawer.line_discount()
    drawer.pad.box.setText("50")
    desk.window.counter.press_enter()
    assert "超过你的权限" in desk.read("sale_approval_title")
    assert desk.counter.cart.total == Money(450)


def wait_total(desk: Desk, fen: int) -> None:
    """Wait until the cart comes to so much."""
    desk.qtbot.waitUntil(lambda: desk.counter.cart.total == Money(fen), timeout=5000)


def test_a_discount_beyond_the_limit_waits_for_number_and_pin_by_keys_alone(desk: Desk) -> None:
    half_off(desk)
    page = desk.window.counter
    for typed in (MEI.number, MEIS_PIN):
        for sign in typed:
            page._on_keypad(sign)
        page.press_enter()
    wait_total(desk, 225)
    assert desk.counter.cashier == LIN
    (given,) = journal_of(desk, "approval.given")
    kept = {
        "act": "discount",
        "amount_fen": 225,
        "actor": "1001",
        "approver": "9001",
        "way": "pin",
        "reason": "价签标错",
    }
    assert kept.items() <= given.items()
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)


def test_a_badge_says_yes_where_it_is_asked_and_nothing_is_pressed(desk: Desk) -> None:
    badge = badge_of_mei(desk)
    half_off(desk)
    desk.counter.code_seen(badge)
    wait_total(desk, 225)
    assert desk.counter.cashier == LIN


def test_six_digits_over_the_telephone_say_yes(desk: Desk) -> None:
    with closing(desk.world.open()) as till:
        proofs.give_phone_key(till, MEI.number, KEY, by=By(MEI))
    half_off(desk)
    panel = desk.window.counter.operations.approval.approval
    desk.window._press_phone()
    desk.qtbot.waitUntil(lambda: "念给对方" in desk.read("approver_title"), timeout=5000)
    told = desk.read("approver_title")
    assert "0017-03，折扣 ¥2.25" in told
    assert panel._challenge
    digits = panel._challenge.digits
    assert f"{digits[:4]}\u00a0{digits[4:]}" in told
    panel.number.setText(MEI.number)
    panel.pin.setText(answer_digits(KEY, "0017-03", Act.DISCOUNT, Money(225), digits))
    desk.press("sale_approval_take")
    wait_total(desk, 225)
    assert journal_of(desk, "approval.given")[0]["way"] == "phone"


def test_who_says_yes_to_themselves_is_told_and_nothing_is_changed(desk: Desk) -> None:
    half_off(desk)
    panel = desk.window.counter.operations.approval.approval
    panel.number.setText(LIN.number)
    panel.pin.setText(PIN)
    desk.press("sale_approval_take")
    desk.qtbot.waitUntil(lambda: "不能自己同意自己" in desk.read("sale_approval_result"), timeout=5000)
    assert desk.counter.cart.total == Money(450)
    assert journal_of(desk, "approval.refused")[0]["why"] == "P-117"


def test_a_lower_price_is_told_by_its_product_from_what_to_what_and_by_what_it_lacks(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(WATER)
    desk.counter.code_seen(NOODLES)
    drawer = desk.window.counter.operations
    drawer.price()
    drawer.pad.box.setText("0")
    desk.window.counter.press_enter()
    assert desk.read("sale_approval_title") == "改价，少收 ¥4.50 超过你的权限"
    assert desk.read("sale_approval_lines") == "红烧牛肉面　¥4.50 → ¥0.00"
    assert desk.read("approver_title").startswith("改价，少收 ¥4.50 要店长同意")


def test_a_discount_is_told_by_its_product_from_what_to_what(desk: Desk) -> None:
    half_off(desk)
    assert desk.read("sale_approval_title") == "折扣 ¥2.25 超过你的权限"
    assert desk.read("sale_approval_lines") == "红烧牛肉面　¥4.50 → ¥2.25"


def test_a_scan_puts_the_question_away_and_the_price_stays(desk: Desk) -> None:
    half_off(desk)
    desk.counter.code_seen(WATER)
    assert desk.counter.cart.total == Money(650)
    assert desk.window.counter.operations.panel is None


def test_a_cart_that_a_manager_left_is_asked_about_when_a_cashier_pays(desk: Desk) -> None:
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.code_seen(NOODLES)
    desk.counter.basket.set_price(1, Money(100))
    desk.counter.sign_out()
    desk.sign_in()
    desk.press("pay")
    assert "改价，少收 ¥3.50 超过你的权限" in desk.read("sale_approval_title")
    assert desk.counter.stage is Stage.SELL
    panel = desk.window.counter.operations.approval.approval
    panel.number.setText(MEI.number)
    panel.pin.setText(MEIS_PIN)
    desk.press("sale_approval_take")
    desk.wait_for(Stage.PAY)


# People


def test_a_badge_signs_in_and_takes_over_the_counter_with_its_cart(desk: Desk) -> None:
    badge = badge_of_mei(desk)
    desk.counter.code_seen(badge)
    desk.wait_for(Stage.SELL)
    assert desk.counter.cashier == MEI
    desk.counter.sign_out()
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.counter.code_seen(badge)
    desk.qtbot.waitUntil(lambda: desk.counter.cashier == MEI, timeout=5000)
    assert desk.said[-1] == Said(Word.NOW_SELLS, reason=MEI.name)
    assert desk.counter.cart.total == Money(19_999)
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    assert desk.counter.sale
    assert desk.counter.sale.cashier == MEI.number


def test_an_idle_till_locks_itself_keeps_the_cart_and_leaves_money_alone(desk: Desk) -> None:
    idle = IdleLock(desk.counter, 3_600_000)
    desk.sign_in()
    desk.counter.code_seen(TEA)
    assert idle._locking.isActive()
    idle._lock()
    desk.wait_for(Stage.SIGN_IN)
    desk.sign_in()
    assert desk.counter.cart.total == Money(19_999)
    desk.counter.begin_pay()
    desk.counter.code_seen(desk.world.alipay.show_code(must_confirm=True))
    desk.wait_for(Stage.WAITING)
    idle._lock()
    desk.wait_for(Stage.WAITING)


# The drawer


def type_amount(desk: Desk, text: str) -> None:
    """Type an amount of cash."""
    QTest.keyClicks(desk.window.cash_move.amount, text)


def go_to(desk: Desk, digit: str) -> None:
    """Open a page of the drawer by its digit."""
    desk.window._press("F10")
    assert desk.counter.stage is Stage.DRAWER
    QTest.keyClicks(desk.window.drawer, digit)


def test_cash_goes_in_by_keys_alone_and_needs_nobody(desk: Desk) -> None:
    desk.sign_in()
    opened: list[bool] = []
    desk.counter.drawer.opened.connect(lambda: opened.append(True))
    go_to(desk, "1")
    type_amount(desk, "50")
    QTest.keyClick(desk.window.cash_move.amount, Qt.Key.Key_Down)
    desk.window._press_enter()
    desk.wait_for(Stage.SELL)
    (moved,) = journal_of(desk, "cash.in")
    assert (moved["amount_fen"], moved["reason"], moved["cashier"]) == (5_000, "补备用金", "1001")
    assert opened == [True]
    assert desk.said[-1] == Said(Word.CASH_MOVED, reason="放入现金 ¥50.00")


def test_cash_goes_out_once_a_manager_has_said_yes(desk: Desk) -> None:
    desk.sign_in()
    go_to(desk, "2")
    type_amount(desk, "12.30")
    page = desk.window.cash_move
    assert not page.confirm.isEnabled()
    desk.window._press_enter()
    for typed in (MEI.number, MEIS_PIN):
        box = page.approval.focused()
        assert box
        QTest.keyClicks(box, typed)
        desk.window._press_enter()
    desk.wait_for(Stage.SELL)
    (moved,) = journal_of(desk, "cash.out")
    assert (moved["amount_fen"], moved["approver"]) == (1_230, "9001")


def test_another_amount_makes_what_was_typed_for_the_first_worthless(desk: Desk) -> None:
    desk.sign_in()
    go_to(desk, "2")
    type_amount(desk, "1")
    page = desk.window.cash_move
    page.approval.number.setText(MEI.number)
    page.approval.pin.setText(MEIS_PIN)
    assert page.confirm.isEnabled()
    page.amount.setText("100")
    assert page.approval.pin.text() == ""
    assert not page.confirm.isEnabled()


def test_a_drawer_is_opened_for_nothing_by_a_badge(desk: Desk) -> None:
    badge = badge_of_mei(desk)
    desk.sign_in()
    go_to(desk, "4")
    desk.counter.code_seen(badge)
    desk.wait_for(Stage.SELL)
    (opened,) = journal_of(desk, "cash.opened")
    assert (opened["amount_fen"], opened["approver"], opened["reason"]) == (0, "9001", "给顾客换钱")


def test_a_wrong_tender_is_said_anew_by_keys(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    sale = desk.counter.sale
    assert sale
    go_to(desk, "5")
    QTest.keyClicks(desk.window.tenders, "1")
    assert "从“现金”改成“银行卡”" in desk.read("tenders_what")
    for typed in (MEI.number, MEIS_PIN):
        box = desk.window.tenders.approval.focused()
        assert box
        QTest.keyClicks(box, typed)
        desk.window._press_enter()
    desk.wait_for(Stage.SELL)
    found = sales.find_sale(desk.till.db, sale.id)
    assert found
    assert found.tenders[0].kind is TenderKind.BANK_CARD


@pytest.mark.parametrize(("who", "is_blind"), [((LIN.number, PIN), True), ((MEI.number, MEIS_PIN), False)])
def test_who_counts_blind_does_not_see_what_should_be_there(
    desk: Desk, who: tuple[str, str], *, is_blind: bool
) -> None:
    desk.sign_in(*who)
    desk.counter.code_seen(TEA)
    desk.press("pay")
    desk.press("cash_exact")
    desk.wait_for(Stage.PAID)
    go_to(desk, "6")
    seen = {each.objectName(): each.text() for each in desk.window.figures.findChildren(QLabel) if each.text()}
    assert ("figures_slip_expected_amount" in seen) is not is_blind
    assert any("199.99" in text for text in seen.values()) is not is_blind, "where all pay in cash, it tells the drawer"


def test_the_slip_of_a_closed_shift_has_its_number_and_figures(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.CLOSE_SHIFT)
    desk.window.close_shift.amount.setText("99")
    desk.press("close_shift")
    desk.wait_for(Stage.SHIFT_CLOSED)
    assert desk.read("closed_title") == "已交班 0017-03-Z0001"
    assert desk.read("closed_slip_difference_amount") == "-¥1.00"
    assert shifts.last_closed(desk.till)[0].counted == Money(9_900)
