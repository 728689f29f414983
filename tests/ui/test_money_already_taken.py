"""Payments that need a look, refunds and the day's bill, on the real window."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QTableWidget

from pos.domain.money import Money
from pos.domain.paper import KEPT_AS, Paper
from pos.domain.sale import Sale
from pos.domain.staff import By
from pos.storage import refunds
from pos.till import preferences, report
from tests.fake_printer import FakePrinter
from tests.fakes import LIN, MEI, TEA
from tests.ui.conftest import MEIS_PIN, PIN, Desk
from tests.unit.alipay.test_bill import PAID, text_of
from ui.stage import Stage


@pytest.fixture
def sold(desk: Desk) -> Sale:
    """A tea, paid by Alipay."""
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.counter.begin_pay()
    desk.counter.code_seen(desk.world.alipay.show_code())
    desk.wait_for(Stage.PAID)
    sale = desk.counter.sale
    assert sale is not None
    desk.counter.next_sale()
    return sale


def wait_words(desk: Desk, name: str, words: str) -> None:
    """Wait until a part says these words."""
    desk.qtbot.waitUntil(lambda: words in desk.read(name), timeout=5000)


def test_the_bar_code_of_a_customers_bill_says_what_became_of_it(desk: Desk, sold: Sale) -> None:
    desk.counter.show(Stage.REVIEW)
    desk.counter.code_seen(sold.tenders[0].trade_no)
    wait_words(desk, "review_verdict", sold.receipt_no)
    assert "¥199.99" in desk.read("review_verdict")
    assert desk.read("review_customer").startswith("请对顾客说：")
    assert desk.counter.cart.lines == []


def test_what_nobody_knows_is_said_so_and_a_silent_alipay_is_no_answer(desk: Desk, sold: Sale) -> None:
    assert sold
    desk.counter.show(Stage.REVIEW)
    desk.counter.code_seen("2026112322001400009999999999")
    wait_words(desk, "review_verdict", "都没有这一笔")
    desk.world.alipay.is_down = True
    desk.counter.code_seen("2026112322001400008888888888")
    wait_words(desk, "review_verdict", "支付宝连不上")


def test_open_payments_are_listed_with_one_thing_to_do(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.counter.begin_pay()
    desk.world.alipay.lose_next_request(arrives_after_s=5)
    desk.counter.code_seen(desk.world.alipay.show_code())
    desk.qtbot.waitUntil(lambda: desk.counter.stage is Stage.UNKNOWN, timeout=5000)
    desk.world.alipay.is_down = True
    desk.counter.stop_waiting()
    desk.wait_for(Stage.PAY)
    desk.counter.show(Stage.REVIEW)
    assert desk.read("review_open_title") == "还没有结束的：1 笔"
    assert "正在撤销" in desk.read("review_row_words")
    desk.world.alipay.forget_faults()
    desk.world.clock.advance(200)
    desk.press("review_row_ask")
    wait_words(desk, "review_verdict", "没有收这 ¥199.99")
    assert desk.read("review_open_title").startswith("✓")


def test_a_part_goes_back_by_the_receipt(desk: Desk, sold: Sale) -> None:
    desk.counter.show(Stage.REFUND)
    desk.counter.code_seen(sold.receipt_no)
    wait_words(desk, "refund_sale", "还可以退 ¥199.99")
    desk.window.refund.amount.setText("9.99")
    desk.press("refund_reason_2")
    desk.let_manager_type()
    desk.press("refund_confirm")
    wait_words(desk, "refund_result", "✓ ¥9.99 已退回")
    (made,) = refunds.list_of_trade(desk.till.db, sold.tenders[0].out_trade_no)
    assert (made.amount, made.reason) == (Money(999), "多收了")
    assert (made.cashier, made.approver) == (LIN.number, MEI.number)
    manager_signs_in(desk)
    desk.counter.show(Stage.TODAY)
    assert desk.read("today_back") == "¥9.99"
    assert desk.read("today_net") == "¥190.00"


def test_pressing_twice_pays_back_once(desk: Desk, sold: Sale) -> None:
    desk.counter.show(Stage.REFUND)
    desk.press("refund_last_0")
    wait_words(desk, "refund_sale", sold.receipt_no)
    desk.press("refund_whole")
    desk.let_manager_type()
    button = desk.window.refund.confirm
    button.click()
    button.click()
    desk.window.refund.press_enter()
    wait_words(desk, "refund_result", "✓ ¥199.99 已退回")
    assert [name for name, _ in desk.world.alipay.calls].count("refund") == 1


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda desk: desk.world.alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED"), "过了可以退款的期限"),
        (lambda desk: desk.world.alipay.lose_next_request(), "正在退回，柜台会自动办完"),
        (lambda desk: desk.window.refund.amount.setText("200"), "还可以退 ¥199.99"),
    ],
)
def test_a_refund_that_does_not_go_through_says_why(
    desk: Desk, sold: Sale, spoil: Callable[[Desk], object], words: str
) -> None:
    desk.counter.show(Stage.REFUND)
    desk.counter.code_seen(sold.receipt_no)
    wait_words(desk, "refund_sale", "还可以退")
    desk.press("refund_whole")
    spoil(desk)
    desk.let_manager_type()
    desk.press("refund_confirm")
    wait_words(desk, "refund_result", words)


def test_without_a_manager_nothing_goes_back(desk: Desk, sold: Sale) -> None:
    desk.counter.show(Stage.REFUND)
    desk.counter.code_seen(sold.receipt_no)
    wait_words(desk, "refund_sale", "还可以退")
    desk.press("refund_whole")
    assert not desk.window.refund.confirm.isEnabled()
    desk.window.refund.press_enter()
    for number, pin, words in [
        (MEI.number, "111112", "工号或密码不对"), (LIN.number, PIN, "不能自己同意自己"),
        ("7777", MEIS_PIN, "工号或密码不对"),
    ]:  # fmt: skip
        desk.let_manager_type(number, pin)
        desk.press("refund_confirm")
        wait_words(desk, "refund_result", words)
        assert desk.window.refund.approval.pin.text() == "", "a PIN is used once"
    assert not [name for name, _ in desk.world.alipay.calls if name == "refund"]


def test_enter_leads_from_the_amount_to_the_managers_boxes_and_on(desk: Desk, sold: Sale) -> None:
    desk.counter.show(Stage.REFUND)
    desk.counter.code_seen(sold.receipt_no)
    wait_words(desk, "refund_sale", "还可以退")
    page = desk.window.refund
    for typed in ("9.99", MEI.number, MEIS_PIN):
        for sign in typed:
            page._on_keypad(sign)
        page.press_enter()
    wait_words(desk, "refund_result", "✓ ¥9.99 已退回")


def test_a_manager_refunds_without_being_asked_for_another(desk: Desk, sold: Sale) -> None:
    desk.counter.sign_out()
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.show(Stage.REFUND)
    desk.counter.code_seen(sold.receipt_no)
    wait_words(desk, "refund_sale", "还可以退")
    assert not desk.window.refund.approval.isVisible()
    desk.press("refund_whole")
    desk.press("refund_confirm")
    wait_words(desk, "refund_result", "✓ ¥199.99 已退回")
    (made,) = refunds.list_of_trade(desk.till.db, sold.tenders[0].out_trade_no)
    assert (made.cashier, made.approver) == (MEI.number, "")


def test_money_that_goes_back_has_a_slip_and_its_copy(desk: Desk, sold: Sale, request: pytest.FixtureRequest) -> None:
    fake = FakePrinter()
    request.addfinalizer(fake.switch_off)
    with closing(desk.world.open()) as till:
        preferences.keep_preference(till, KEPT_AS, Paper(printer=fake.address).as_json(), by=By(MEI))
    desk.counter.show(Stage.REFUND)
    desk.counter.code_seen(sold.receipt_no)
    wait_words(desk, "refund_sale", "还可以退")
    desk.press("refund_whole")
    desk.let_manager_type()
    desk.press("refund_confirm")
    desk.qtbot.waitUntil(lambda: len(fake.paper.slips) == 1, timeout=10_000)
    QTest.keyClick(desk.window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    desk.qtbot.waitUntil(lambda: len(fake.paper.slips) == 2, timeout=10_000)
    first, again = ("".join(each) for each in fake.paper.slips)
    assert [words in first for words in ("退款单", sold.receipt_no, "199.99", "已退回支付宝")] == [True] * 4
    assert ("副本 1" in again, fake.paper.kicks) == (True, 0)


def test_a_receipt_that_is_not_here_says_so(desk: Desk, sold: Sale) -> None:
    assert sold
    desk.counter.show(Stage.REFUND)
    desk.counter.code_seen("0017-04-20261123-0001")
    wait_words(desk, "refund_result", "没有这张小票")


def manager_signs_in(desk: Desk) -> None:
    """Mei takes Lin's place."""
    desk.counter.sign_out()
    desk.sign_in(MEI.number, MEIS_PIN)


def bill_file(folder: Path, *rows: dict[str, str]) -> Path:
    """A bill of these rows, as a file."""
    path = folder / "bill.csv"
    path.write_bytes(text_of(list(rows)).encode("gb18030"))
    return path


def row_of(sold: Sale, amount: str) -> dict[str, str]:
    """A bill's row of a sale."""
    return PAID | {
        "商户订单号": sold.tenders[0].out_trade_no, "订单金额（元）": amount, "完成时间": "2026-11-23 10:00:00",
        "门店编号": "0017", "终端号": "03",
    }  # fmt: skip


def test_a_bill_from_a_file_that_agrees_shows_no_list(desk: Desk, sold: Sale, tmp_path: Path) -> None:
    manager_signs_in(desk)
    desk.counter.show(Stage.BILL)
    desk.window.bill.pick(report.shop_today(desk.till))
    desk.window.bill.match_file(bill_file(tmp_path, row_of(sold, "199.99")))
    wait_words(desk, "bill_verdict", "✓ 三方一致：1 笔一致")
    assert [desk.read(f"bill_{name}") for name in ("till", "alipay", "hub")] == ["¥199.99", "¥199.99", "—"]
    assert "总部没有参加核对" in desk.read("bill_note")


def test_only_differences_are_listed_each_with_what_to_do(desk: Desk, sold: Sale, tmp_path: Path) -> None:
    manager_signs_in(desk)
    desk.counter.show(Stage.BILL)
    desk.window.bill.pick(report.shop_today(desk.till))
    lost = row_of(sold, "5.00") | {"商户订单号": "GTlost"}
    desk.window.bill.match_file(bill_file(tmp_path, row_of(sold, "199.98"), lost))
    wait_words(desk, "bill_verdict", "⚠ 2 笔对不上")
    table = desk.on_screen("bill_table")
    assert isinstance(table, QTableWidget)
    model = table.model()
    cells = [[model.index(row, column).data() for column in (1, 2, 3, 5)] for row in range(table.rowCount())]
    assert sorted(cells) == [
        ["只有支付宝有", "—", "¥5.00", "到“支付查询”查这个订单号；没有销售就退回"],
        ["金额不同", "¥199.99", "¥199.98", "按订单号问支付宝，账不要改"],
    ]


@pytest.mark.parametrize("missing", [True, False])
def test_what_is_no_bill_is_refused_in_words(desk: Desk, tmp_path: Path, *, missing: bool) -> None:
    manager_signs_in(desk)
    desk.counter.show(Stage.BILL)
    path = tmp_path / "holiday.jpg"
    if not missing:
        path.write_bytes(b"\xff\xd8\xff\xe0 a picture")
    desk.window.bill.match_file(path)
    wait_words(desk, "bill_verdict", "这不是支付宝的账单")
    assert isinstance(desk.on_screen("bill_verdict"), QLabel)


def test_a_cashier_who_gets_to_the_bill_is_refused_by_the_till_itself(desk: Desk, sold: Sale, tmp_path: Path) -> None:
    desk.counter.show(Stage.BILL)
    desk.window.bill.match_file(bill_file(tmp_path, row_of(sold, "199.99")))
    wait_words(desk, "bill_verdict", "这一步要店长同意")


def test_only_a_manager_is_offered_the_bill(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.TODAY)
    assert not desk.window.today.boards.payments.bill.isVisible()
    manager_signs_in(desk)
    desk.counter.show(Stage.TODAY)
    desk.press("manager_rail_6")
    assert desk.window.today.boards.payments.bill.isVisible()


def test_the_window_stays_as_large_as_the_screen_on_every_page(desk: Desk, sold: Sale) -> None:
    for stage in (Stage.REVIEW, Stage.BILL, Stage.TODAY, Stage.CLOSE_SHIFT, Stage.REFUND):
        desk.counter.show(stage)
        assert (desk.window.width(), desk.window.height()) == (1366, 768), stage
    desk.counter.code_seen(sold.receipt_no)
    wait_words(desk, "refund_sale", "还可以退")
    desk.press("refund_whole")
    desk.let_manager_type()
    desk.press("refund_confirm")
    wait_words(desk, "refund_result", "✓")
    assert desk.window.minimumSizeHint().height() <= 768
    assert (desk.window.width(), desk.window.height()) == (1366, 768)
