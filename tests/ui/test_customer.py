"""The customer's window: what is bought, what it costs and saves, what is given back; then the store's own words."""

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtWidgets import QLabel

from pos.domain.cart_line import Discount
from pos.domain.money import Money
from tests.fakes import NOODLES, TEA, WATER
from tests.ui.conftest import Desk, find
from ui.customer.window import CustomerWindow
from ui.stage import Stage

SIZES = [(1024, 600), (1366, 768), (768, 1024)]


@pytest.fixture
def window(desk: Desk) -> Iterator[CustomerWindow]:
    made = CustomerWindow(desk.counter, "示例店", message="营业时间 7:00–22:00")
    made.resize(1024, 600)
    made.show()
    yield made
    shiboken6.delete(made)


def shown(window: CustomerWindow) -> str:
    """All that can be read on it."""
    return "\n".join(each.text() for each in window.findChildren(QLabel) if each.isVisible() and each.text())


def test_nobody_at_the_counter_reads_the_stores_own_words(desk: Desk, window: CustomerWindow) -> None:
    assert window.is_idle
    assert shown(window) == "示例店\n欢迎光临\n营业时间 7:00–22:00"
    desk.sign_in()
    assert window.is_idle


def test_the_total_and_what_is_saved_stand_there_before_a_tender_is_chosen(desk: Desk, window: CustomerWindow) -> None:
    desk.sign_in()
    for text in (WATER, NOODLES):
        desk.counter.code_seen(text)
    assert "¥6.50" in shown(window)
    assert "已优惠" not in shown(window)
    desk.counter.basket.set_discount(2, Discount(amount=Money(50)))
    assert "已优惠 ¥0.50" in shown(window)
    assert "¥6.00" in shown(window)
    desk.counter.begin_pay()
    assert "¥6.00" in shown(window)
    assert "请出示支付宝付款码，或付现金" in shown(window)


def test_the_change_is_shown_and_gone_before_the_next_customer_comes(desk: Desk, window: CustomerWindow) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.counter.begin_pay()
    desk.counter.pay_cash(Money(1000))
    desk.wait_for(Stage.PAID)
    assert "找零 ¥5.50" in shown(window)
    assert "谢谢惠顾" in shown(window)
    window._over.timeout.emit()
    assert window.is_idle
    assert "5.50" not in shown(window)
    desk.counter.next_sale()
    desk.counter.code_seen(TEA)
    assert "¥199.99" in shown(window)
    assert "找零" not in shown(window)


def test_a_locked_counter_shows_nobodys_cart(desk: Desk, window: CustomerWindow) -> None:
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.counter.sign_out()
    assert window.is_idle
    assert "199.99" not in shown(window)


def test_what_the_cashier_is_told_is_not_for_the_customer(desk: Desk, window: CustomerWindow) -> None:
    desk.sign_in()
    desk.counter.code_seen("6999999999994")
    assert "6999999999994" not in shown(window)
    assert "没有这个条码" not in shown(window)


@pytest.mark.parametrize("size", SIZES)
def test_a_long_cart_keeps_its_last_line_in_sight_on_every_screen(
    desk: Desk, window: CustomerWindow, size: tuple[int, int]
) -> None:
    window.resize(*size)
    desk.sign_in()
    for _ in range(15):
        desk.counter.code_seen(WATER)
        desk.counter.code_seen(NOODLES)
        desk.counter.basket.set_discount(len(desk.counter.cart.lines), Discount(amount=Money(1)))
        desk.counter.basket.set_discount(len(desk.counter.cart.lines) - 1, Discount(amount=Money(1)))
    desk.counter.code_seen(TEA)
    lines = find(window, "customer_lines")
    assert isinstance(lines, QLabel)
    assert "龙井茶" in lines.text()
    assert lines.heightForWidth(lines.width()) <= lines.height()
    for name in ("customer_amount", "customer_lines"):
        part = find(window, name)
        assert window.rect().contains(part.mapTo(window, part.rect().bottomRight()))


def test_after_the_sale_a_code_leads_to_its_page_if_the_store_wants_it(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    codes: list[str] = []
    window = CustomerWindow(desk.counter, "示例店", page_of=lambda sale: f"https://hub.example/r/{sale.receipt_no}")
    monkeypatch.setattr(window.picture, "show_text", codes.append)
    window.resize(1366, 768)
    window.show()
    desk.sign_in()
    desk.counter.code_seen(WATER)
    desk.counter.begin_pay()
    desk.counter.pay_cash(Money(200))
    desk.wait_for(Stage.PAID)
    assert codes[-1] == "https://hub.example/r/0017-03-20261123-0001"
    assert window.picture.isVisible()
    assert "电子小票" in shown(window)
    desk.counter.code_seen(WATER)
    assert codes[-1] == ""
    shiboken6.delete(window)
