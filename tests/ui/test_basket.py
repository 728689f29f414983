"""The basket shows what it does: what is taken off, what has no price yet, what was taken back."""

import json
from contextlib import closing
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QModelIndex, QObject, QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.domain.cart_line import Discount
from pos.domain.entry import Json
from pos.domain.errors import DiscountOutOfRange, PriceMissing
from pos.domain.money import ZERO, Money
from pos.domain.product import Product, TaxCategory
from pos.domain.quantity import Unit
from pos.storage import catalogue
from tests.fakes import APPLES, NOODLES, TEA, WATER
from tests.ui.conftest import Desk, find
from ui import theme
from ui.first_paint import FirstPaint
from ui.stage import Stage
from ui.widgets.cart_view import CartView
from ui.widgets.two_rows import BELOW

CAKE = Product("260001", "现做蛋糕", "Cake", ZERO, Unit.PIECE, TaxCategory("13", 130))


@pytest.fixture
def sold(desk: Desk) -> Desk:
    """Lin is signed in, and two bottles of water lie in the cart."""
    desk.sign_in()
    desk.counter.code_seen(WATER)
    desk.counter.code_seen(WATER)
    return desk


def cells(desk: Desk, row: int, role: int = 0) -> list[str]:
    """The cart's cells as they are read."""
    cart = find(desk.window, "cart")
    assert isinstance(cart, CartView)
    model = cart.model()
    return [str(model.index(row, column, QModelIndex()).data(role) or "") for column in range(5)]


def test_a_discount_is_explained_below_the_line_and_beside_the_total(sold: Desk) -> None:
    sold.counter.basket.set_discount(1, Discount(percent=10))
    assert cells(sold, 0) == ["1", "农夫山泉 550ml", "2", "2.00", "3.60"]
    assert cells(sold, 0, BELOW) == ["", "−¥0.40 手工折扣", "", "", "4.00"]
    assert sold.read("total_amount") == "¥3.60"
    assert sold.read("total_savings") == "已优惠 −¥0.40"
    assert sold.read("notice_action") == "2 × ¥2.00 − ¥0.40 = ¥3.60"


def test_where_nothing_is_taken_off_nothing_is_said(sold: Desk) -> None:
    assert cells(sold, 0, BELOW) == [""] * 5
    assert not find(sold.window, "total_savings").isVisible()


def test_a_price_by_hand_leaves_the_old_one_struck_below(sold: Desk) -> None:
    sold.counter.basket.set_price(1, Money(150))
    assert (cells(sold, 0)[3], cells(sold, 0, BELOW)[3]) == ("1.50", "2.00")


def test_an_open_price_blocks_payment_in_words(sold: Desk) -> None:
    sold.counter.basket.add(CAKE)
    assert cells(sold, 1)[0] == "⚠"
    assert cells(sold, 1, BELOW)[1] == "还没有价格"
    assert not find(sold.window, "pay").isEnabled()
    sold.counter.begin_pay()
    assert isinstance(sold.said[-1], PriceMissing)
    assert "现做蛋糕" in sold.read("notice_words")
    sold.counter.basket.set_price(2, Money(8800))
    sold.press("pay")
    sold.wait_for(Stage.PAY)


def test_what_fails_is_told_and_changes_nothing(sold: Desk) -> None:
    sold.counter.basket.set_discount(1, Discount(amount=Money(401)))
    assert isinstance(sold.said[-1], DiscountOutOfRange)
    assert sold.counter.cart.total == Money(400)


def test_changes_are_taken_back_even_an_emptied_cart(sold: Desk) -> None:
    sold.counter.basket.set_order_discount(Discount(amount=Money(100)))
    first = sold.counter.cart.sale_id
    sold.press("clear")
    assert sold.counter.cart.sale_id != first
    sold.counter.basket.undo()
    assert sold.read("total_amount") == "¥3.00"
    sold.counter.basket.undo()
    assert sold.read("total_amount") == "¥4.00"


def test_after_a_sale_nothing_of_it_can_be_taken_back(sold: Desk) -> None:
    sold.press("pay")
    sold.counter.pay_cash(Money(400))
    sold.wait_for(Stage.PAID)
    sold.counter.basket.undo()
    assert not sold.counter.cart.lines


def test_a_label_brings_lot_and_expiry_with_it(sold: Desk) -> None:
    sold.counter.code_seen(f"https://example.com/01/0{NOODLES}/10/A7?17=291231")
    line = sold.counter.cart.lines[1]
    assert (line.lot, line.expires_on) == ("A7", date(2029, 12, 31))
    assert cells(sold, 1, BELOW)[1] == "到期 2029-12-31"


def test_a_tare_comes_off_what_is_weighed(sold: Desk) -> None:
    sold.counter.basket.add(sold.counter.basket.search(APPLES)[0])
    sold.counter.basket.set_quantity(2, 1000)
    sold.counter.basket.set_tare(2, 20)
    assert cells(sold, 1)[2] == "0.980 kg"


def test_goods_that_are_taken_out_before_payment_are_in_the_journal(sold: Desk) -> None:
    sold.counter.code_seen(NOODLES)
    sold.press("line_remove")
    sold.counter.basket.add_unknown("nobody knows")
    sold.counter.clear()
    sold.counter.code_seen(WATER)
    sold.qtbot.waitUntil(lambda: sold.till.db.execute(
        "SELECT count(*) FROM journal WHERE kind = 'cart.voided'").fetchone()[0] == 2, timeout=5000)  # fmt: skip
    rows = sold.till.db.execute("SELECT body FROM journal WHERE kind = 'cart.voided' ORDER BY seq").fetchall()
    told = [json.loads(body) for (body,) in rows]
    assert [(each["lines"], each["total_fen"], each["cashier"]) for each in told] == [
        (1, 450, "1001"),
        (1, 400, "1001"),
    ]


def test_a_line_is_painted_before_the_total_and_both_before_its_draft(
    sold: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    cart = find(sold.window, "cart")
    assert isinstance(cart, CartView)
    line, total = FirstPaint(cart.viewport()), FirstPaint(find(sold.window, "total_bar"))
    painted: list[tuple[bool, bool]] = []

    def note() -> None:
        painted.append((line.ms is not None, total.ms is not None))

    sold.counter.basket.scanned.connect(lambda _is_good: note())
    monkeypatch.setattr(sold.counter.basket, "keep_draft", note)
    sold.counter.code_seen(NOODLES)
    assert painted == [(True, False), (True, True)]


class PaintedRooms(QObject):
    """Which parts of a widget were painted, in order."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.rooms: list[QRect] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Note each paint, and let it pass."""
        if isinstance(event, QPaintEvent):
            self.rooms.append(event.rect())
        return False


def test_of_a_scan_its_own_line_is_painted_first_and_what_was_marked_before_soon_after(sold: Desk) -> None:
    cart = find(sold.window, "cart")
    assert isinstance(cart, CartView)
    sold.counter.code_seen(TEA)
    QCoreApplication.processEvents()
    painted = PaintedRooms(cart.viewport())
    sold.counter.code_seen(NOODLES)
    last, before = cart.rowViewportPosition(2), cart.rowViewportPosition(1)
    assert painted.rooms[0].top() == last > before
    QCoreApplication.processEvents()
    assert any(room.top() <= before and room.bottom() >= last for room in painted.rooms[1:])


def test_a_change_that_fails_leaves_the_chosen_line_chosen(sold: Desk) -> None:
    sold.counter.code_seen(NOODLES)
    cart = find(sold.window, "cart")
    assert isinstance(cart, CartView)
    cart.choose(-1)
    sold.counter.basket.set_discount(1, Discount(amount=Money(401)))
    assert (cart.chosen_line_no, cart.is_chosen) == (1, True)
    sold.counter.basket.set_discount(1, Discount(amount=Money(400)))
    assert not cart.is_chosen


def test_rows_are_drawn_in_the_colours_of_what_they_are(sold: Desk) -> None:
    sold.counter.code_seen(NOODLES)
    sold.counter.code_seen("6999999999994")
    cart = find(sold.window, "cart")
    assert isinstance(cart, CartView)

    def ground(row: int) -> str:
        picture = cart.viewport().grab().toImage()
        return picture.pixelColor(2, cart.rowViewportPosition(row) + cart.rowHeight(row) // 2).name().upper()

    assert [ground(row) for row in range(3)] == [theme.PAPER, theme.PAPER, theme.AMBER]
    sold.counter.basket.remove(3)
    sold.counter.code_seen(NOODLES)
    cart._end_flash()
    assert [ground(row) for row in range(2)] == [theme.PAPER, theme.GREEN_PALE]
    cart.choose(-1)
    assert [ground(row) for row in range(2)] == [theme.BLUE, theme.GREEN_PALE]


def test_a_change_that_fails_tells_what_the_minute_made_of_the_prices(desk: Desk) -> None:
    """Half off until two minutes before midnight, by hand: 199.99 + 4.50 is 102.24 before, and whole after."""
    rule: dict[str, Json] = {
        "id": "late", "kind": "percent", "name": "夜市", "name_en": "Late", "scope": {"all": 1}, "percent_off": 50,
        "hours": [["00:00", "23:58"]],
    }  # fmt: skip
    with closing(desk.world.open()) as till:
        catalogue.keep_rules(till.prices, "1-aaaa", {"promotions": [rule]})
    desk.sign_in()
    desk.counter.code_seen(TEA)
    desk.counter.code_seen(NOODLES)
    assert desk.read("total_amount") == "¥102.24"
    desk.world.clock.set(desk.world.clock.now().replace(hour=15, minute=59, second=30))
    desk.counter.basket.set_quantity(1, 10**9)
    assert desk.read("total_amount") == "¥204.49" == str(desk.counter.cart.total)
