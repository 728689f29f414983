"""States by hand: what a cashier does besides scanning, and what a manager sets; they join the table of states."""

from datetime import timedelta

from PySide6.QtWidgets import QWidget

from pos.domain.money import Money
from pos.domain.store_day import StoreDay, TillDay
from pos.domain.weight import Weight
from pos.sandbox.store import sample_products
from tests.fakes import MEI
from tests.screens.month import MEIS_PIN
from tests.screens.scene import Scene
from tests.screens.states import STATES, State, after_a_month, state
from ui.manager.tills_view import TillsBoard
from ui.stage import Stage

__all__ = ["STATES", "State"]


class OnTheScale:
    """A scale with 770 g on it."""

    def weigh(self) -> Weight:
        return Weight(770, is_stable=True)


@state
def pad_quantity(scene: Scene) -> QWidget:
    """A number before a scan: for the next thing, or for the line with one key."""
    scene.sign_in()
    scene.scan(3)
    scene.window.counter._sell.box.setText("3")
    scene.press("line_quantity")
    return scene.window


@state
def pad_price(scene: Scene) -> QWidget:
    """Another price, and what it will be."""
    scene.sign_in()
    scene.scan(3)
    scene.press("line_price")
    scene.window.counter.operations.pad.box.setText("1.50")
    return scene.window


@state
def pad_discount_too_much(scene: Scene) -> QWidget:
    """More off than the line costs is refused before it is done."""
    scene.sign_in()
    scene.scan(3)
    scene.press("line_discount")
    scene.window.counter.operations.line_discount()
    scene.window.counter.operations.pad.box.setText("999")
    return scene.window


@state
def pad_weight(scene: Scene) -> QWidget:
    """What is weighed asks its weight at once; the scale gives it."""
    scene.sign_in()
    scene.counter.scale = OnTheScale()
    weighed = next(each["sku"] for each in sample_products() if each["unit"] == "gram")
    scene.counter.code_seen(weighed)
    scene.press("pad_weigh")
    return scene.window


@state
def more(scene: Scene) -> QWidget:
    """What is done less often, and why the chosen line costs what it costs."""
    scene.sign_in_manager()
    scene.scan(3)
    scene.window.counter.operations.line_discount()
    scene.window.counter.operations.pad.box.setText("15")
    scene.window.counter.press_enter()
    scene.press("more")
    return scene.window


@state
def price_check(scene: Scene) -> QWidget:
    """What something costs, and nothing is added."""
    scene.sign_in()
    scene.scan(1)
    scene.window.counter.operations.check_price()
    scene.scan(1, start=4)
    return scene.window


@state
def line_explained(scene: Scene) -> QWidget:
    """A chosen line says why it costs what it costs."""
    scene.sign_in()
    scene.scan(3)
    scene.window.counter.operations.line_discount()
    scene.window.counter.operations.pad.box.setText("15")
    scene.window.counter.press_enter()
    scene.window.counter.choose_line(1)
    return scene.window


@state
def laid_aside(scene: Scene) -> QWidget:
    """The cart is laid aside, and the button says how many wait."""
    scene.sign_in()
    scene.scan(3)
    scene.press("suspend")
    scene.wait(lambda: scene.window.counter._aside.count == 1)
    scene.scan(1, start=5)
    scene.settle()
    return scene.window


@state
def suspended(scene: Scene) -> QWidget:
    """The carts that wait, each with a key."""
    scene.sign_in()
    for start in (0, 3):
        scene.scan(2, start=start)
        scene.press("suspend")
    scene.wait(lambda: scene.window.counter._aside.count == 2)
    scene.counter.show(Stage.SUSPENDED)
    return scene.window


@state
def store(scene: Scene) -> QWidget:
    """What a manager sets in the store."""
    scene.sign_in_manager()
    scene.counter.show(Stage.STORE)
    return scene.window


@state
def labels(scene: Scene) -> QWidget:
    """The label doctor, before the first label."""
    scene.sign_in_manager()
    scene.counter.show(Stage.LABELS)
    return scene.window


@state
def tiles(scene: Scene) -> QWidget:
    """A manager arranges the pages of tiles."""
    scene.sign_in_manager()
    scene.counter.show(Stage.TILES)
    scene.press("page_add")
    return scene.window


def _sold_apples_and_more(scene: Scene) -> None:
    """Stand before a sale of three things that was paid in cash."""
    scene.sign_in()
    scene.scan(3)
    scene.scan(1)
    scene.counter.begin_pay()
    scene.counter.pay_cash(Money(100_000))
    scene.wait_for(Stage.PAID)


def _open_receipt(scene: Scene) -> None:
    assert scene.counter.sale
    scene.counter.code_seen(scene.counter.sale.receipt_no)
    scene.wait(lambda: bool(scene.window.returns._rows))


@state
def returns_start(scene: Scene) -> QWidget:
    """Before a receipt: the last sales, no receipt at all, or only money."""
    _sold_apples_and_more(scene)
    scene.counter.next_sale()
    scene.counter.show(Stage.RETURN)
    return scene.window


@state
def returns_chosen(scene: Scene) -> QWidget:
    """Some of a sale comes back: how much of each, and where the money goes."""
    _sold_apples_and_more(scene)
    _open_receipt(scene)
    scene.scan(2)
    return scene.window


@state
def returns_done(scene: Scene) -> QWidget:
    """It came back, and what to give the customer."""
    _sold_apples_and_more(scene)
    _open_receipt(scene)
    scene.press("return_all")
    scene.window.returns.approval.number.setText(MEI.number)
    scene.window.returns.approval.pin.setText(MEIS_PIN)
    scene.press("return_confirm")
    scene.wait(scene.window.returns._hand.isVisible)
    return scene.window


@state
def returns_without_receipt(scene: Scene) -> QWidget:
    """No receipt: what is scanned comes back at today's price."""
    scene.sign_in()
    scene.counter.show(Stage.RETURN)
    scene.press("return_loose")
    scene.scan(2)
    return scene.window


@state
def returns_exchange(scene: Scene) -> QWidget:
    """Goods that come back pay for the cart."""
    _sold_apples_and_more(scene)
    _open_receipt(scene)
    scene.press("return_all")
    scene.window.returns.approval.number.setText(MEI.number)
    scene.window.returns.approval.pin.setText(MEIS_PIN)
    scene.press("return_exchange")
    scene.wait_for(Stage.SELL)
    scene.scan(1, start=5)
    return scene.window


def _at_view(scene: Scene, place: int) -> QWidget:
    scene.sign_in_manager()
    scene.counter.show(Stage.TODAY)
    scene.press(f"manager_rail_{place}")
    return scene.window


@after_a_month
def today(scene: Scene) -> QWidget:
    """Is the drawer right, is the day good beside last week at this time, is it all sent."""
    return _at_view(scene, 1)


@after_a_month
def today_numbers(scene: Scene) -> QWidget:
    """The numbers behind the charts, and what a figure means."""
    _at_view(scene, 1)
    scene.press("manager_numbers")
    scene.press("today_card_discount_rate")
    return scene.window


@after_a_month
def manager_cash(scene: Scene) -> QWidget:
    """Each drawer, expected against counted; four weeks of being over or short."""
    return _at_view(scene, 2)


@after_a_month
def manager_goods(scene: Scene) -> QWidget:
    """What sold most today."""
    return _at_view(scene, 3)


@after_a_month
def manager_people(scene: Scene) -> QWidget:
    """What each cashier did beside what is usual; a signal, not proof."""
    return _at_view(scene, 4)


@after_a_month
def manager_unusual(scene: Scene) -> QWidget:
    """Everything unusual in a week, and the receipt behind a row."""
    _at_view(scene, 5)
    scene.press("unusual_span_1")
    scene.press("unusual_group_1")
    scene.window.today.unusual.open_row(2)
    return scene.window


@after_a_month
def manager_payments(scene: Scene) -> QWidget:
    """What Alipay brought, and what is open."""
    return _at_view(scene, 6)


@after_a_month
def manager_calendar(scene: Scene) -> QWidget:
    """Five weeks, each day with its money and what kind of day it was."""
    return _at_view(scene, 7)


@after_a_month
def manager_tills(scene: Scene) -> QWidget:
    """The whole store as head office has it, one till silent; this till's own apart."""
    _at_view(scene, 8)
    board = scene.window.today.view
    assert isinstance(board, TillsBoard)
    now, day = scene.world.clock.now(), scene.window.today.day
    tills = (
        TillDay("0017-01", 148, Money(1_043_210), 1, Money(1_990), {"cash": Money(351_020), "alipay": Money(692_190)},
                now - timedelta(seconds=20)),
        TillDay("0017-02", 97, Money(688_400), 0, Money(0), {"cash": Money(201_400), "alipay": Money(487_000)},
                now - timedelta(minutes=42)),
        TillDay("0017-03", 61, Money(439_870), 0, Money(0), {"cash": Money(181_230), "alipay": Money(258_640)},
                now - timedelta(minutes=4)),
    )  # fmt: skip
    board.show_store(StoreDay("0017", day, now, tills, ("0017-02",), 23))
    return scene.window


@after_a_month
def manager_journal(scene: Scene) -> QWidget:
    """Is the journal whole, what goes out, what is set."""
    return _at_view(scene, 9)


@after_a_month
def manager_staff(scene: Scene) -> QWidget:
    """Who works here; a person is chosen for a new PIN."""
    _at_view(scene, 9)
    scene.press("journal_staff")
    scene.window.today.staff.pick(1)
    return scene.window
