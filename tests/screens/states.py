"""States: every screen in every state that a person may see, as a table of name and the way there.

A state is a function that takes the scene from the sign-in page to it and returns what is looked at. To add one,
write the function and give it ``@state``; its docstring is the caption.
"""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtWidgets import QLineEdit, QWidget

from pos.domain.gateway import Reach
from pos.scan.report import Stage as CameraStage
from pos.scan.report import State as CameraState
from pos.sync.status import SyncStatus
from tests.fake_time import MORNING
from tests.screens.scanned import SCANNED
from tests.screens.scene import Scene
from ui.stage import Stage

Way = Callable[[Scene], QWidget]


@dataclass(frozen=True, slots=True)
class State:
    """One state: its file's name, its caption, and how to get there."""

    name: str
    caption: str
    way: Way
    has_shift: bool = True
    is_training: bool = False
    has_month: bool = False


STATES: list[State] = []


def state(way: Way) -> Way:
    """Put a state into the table."""
    STATES.append(State(way.__name__.replace("_", "-"), (way.__doc__ or "").split("\n")[0], way))
    return way


def before_the_shift(way: Way) -> Way:
    """Put a state into the table that is seen before the drawer is opened."""
    STATES.append(State(way.__name__.replace("_", "-"), (way.__doc__ or "").split("\n")[0], way, has_shift=False))
    return way


def in_training(way: Way) -> Way:
    """Put a state into the table that is seen while somebody practises."""
    STATES.append(State(way.__name__.replace("_", "-"), (way.__doc__ or "").split("\n")[0], way, is_training=True))
    return way


def after_a_month(way: Way) -> Way:
    """Put a state into the table that is seen at a till that has sold for weeks."""
    STATES.append(State(way.__name__.replace("_", "-"), (way.__doc__ or "").split("\n")[0], way, has_month=True))
    return way


@state
def sign_in(scene: Scene) -> QWidget:
    """Who is this, and is the till well."""
    return scene.window


@state
def sign_in_wrong(scene: Scene) -> QWidget:
    """A wrong PIN: how many tries are left."""
    said: list[object] = []
    scene.counter.noticed.connect(said.append)
    scene.counter.sign_in("1001", "111222")
    scene.wait(lambda: bool(said))
    return scene.window


@before_the_shift
def open_shift(scene: Scene) -> QWidget:
    """How much is in the drawer."""
    scene.sign_in()
    return scene.window


@state
def sell_empty(scene: Scene) -> QWidget:
    """The counter before the first scan."""
    scene.sign_in()
    return scene.window


@state
def sell(scene: Scene) -> QWidget:
    """A cart, the last line marked, the total, the shelves."""
    scene.sign_in()
    scene.window.show_sync(SyncStatus(is_online=True))
    scene.scan(6)
    return scene.window


@state
def sell_long(scene: Scene) -> QWidget:
    """A cart that is longer than the screen: the last line stays in view."""
    scene.sign_in()
    scene.scan(24)
    return scene.window


@state
def sell_unknown(scene: Scene) -> QWidget:
    """An unknown barcode is a yellow line, never a pop-up."""
    scene.sign_in()
    scene.scan(2)
    scene.counter.code_seen("6999999999994")
    return scene.window


@state
def sell_offer(scene: Scene) -> QWidget:
    """A payment code seen among the goods: one key charges it."""
    scene.sign_in()
    scene.scan(3)
    scene.counter.code_seen(scene.world.alipay.show_code())
    return scene.window


@state
def search(scene: Scene) -> QWidget:
    """Found by three letters of pinyin."""
    scene.sign_in()
    box = scene.find("search")
    assert isinstance(box, QLineEdit)
    box.setText("jgk")
    scene.window.counter._sell._search()
    return scene.window


@state
def search_nothing(scene: Scene) -> QWidget:
    """Nothing fits what was typed."""
    scene.sign_in()
    box = scene.find("search")
    assert isinstance(box, QLineEdit)
    box.setText("zzzzz")
    scene.window.counter._sell._search()
    return scene.window


for each in SCANNED:
    state(each)


@state
def lost_camera_and_line(scene: Scene) -> QWidget:
    """The camera and the head office are lost: selling goes on."""
    scene.sign_in()
    scene.scan(2)
    scene.window.show_camera(CameraState(CameraStage.LOST))
    scene.window.show_sync(SyncStatus(is_online=False))
    return scene.window


@state
def pay(scene: Scene) -> QWidget:
    """How much is due, and which tenders can take it."""
    scene.sign_in()
    scene.pay()
    return scene.window


@state
def pay_short(scene: Scene) -> QWidget:
    """Less was typed than is due."""
    scene.sign_in()
    scene.pay()
    scene.window.counter._pay.cash.setText("10")
    return scene.window


@state
def pay_without_alipay(scene: Scene) -> QWidget:
    """Alipay does not answer: since when, and what to do."""
    scene.sign_in()
    scene.pay()
    scene.counter._lookout.note_line(Reach(MORNING, unanswered=3))
    return scene.window


@state
def pay_declined(scene: Scene) -> QWidget:
    """Alipay said no: what the cashier does and what the customer is told."""
    scene.sign_in()
    scene.pay()
    scene.counter.code_seen(scene.world.alipay.show_code(sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH"))
    scene.wait(lambda: scene.counter.stage is Stage.PAY and not scene.find("customer_sentence").isHidden())
    return scene.window


@state
def asking(scene: Scene) -> QWidget:
    """The request is under way."""
    scene.sign_in()
    scene.pay()
    scene.counter._enter(Stage.ASKING)
    return scene.window


@state
def waiting(scene: Scene) -> QWidget:
    """The customer confirms on the phone."""
    scene.sign_in()
    scene.pay()
    scene.counter.code_seen(scene.world.alipay.show_code(must_confirm=True))
    scene.wait_for(Stage.WAITING)
    scene.counter.seconds_left.emit(52)
    return scene.window


@state
def unknown(scene: Scene) -> QWidget:
    """Nobody knows yet: do not ask the customer to pay again."""
    scene.sign_in()
    scene.pay()
    scene.world.alipay.lose_next_request(arrives_after_s=500)
    scene.counter.code_seen(scene.world.alipay.show_code())
    scene.wait_for(Stage.UNKNOWN)
    scene.counter.seconds_left.emit(41)
    return scene.window


@state
def qr_on_our_screen(scene: Scene) -> QWidget:
    """Our code, on the till's own screen turned round."""
    scene.sign_in()
    scene.pay()
    scene.counter.show_qr()
    scene.wait_for(Stage.QR)
    scene.counter.seconds_left.emit(112)
    return scene.window


@state
def qr_on_the_customers_screen(scene: Scene) -> QWidget:
    """The cashier's side while the customer has a screen."""
    scene.window.follow_second_screen(True)  # noqa: FBT003  (a signal's slot)
    return qr_on_our_screen(scene)


@state
def money_here(scene: Scene) -> QWidget:
    """Money came while the till was away."""
    waiting(scene)
    scene.counter._charging._poll.stop()  # else what it hears would be what is on the screen
    scene.settle()
    assert scene.counter.attempt
    scene.counter._enter(Stage.MONEY_HERE)
    return scene.window


@state
def paid_cash(scene: Scene) -> QWidget:
    """Change due, huge."""
    scene.sign_in()
    scene.pay()
    scene.window.counter.take_quick(1)
    scene.wait_for(Stage.PAID)
    return scene.window


@state
def paid_alipay(scene: Scene) -> QWidget:
    """The money came by Alipay."""
    scene.sign_in()
    scene.pay()
    scene.counter.code_seen(scene.world.alipay.show_code())
    scene.wait_for(Stage.PAID)
    return scene.window


@state
def review(scene: Scene) -> QWidget:
    """What became of a payment: nothing is open."""
    scene.sign_in()
    scene.counter.show(Stage.REVIEW)
    return scene.window


@state
def review_found(scene: Scene) -> QWidget:
    """What became of the payment on a customer's bill."""
    trade_no = _sell_twice(scene)
    scene.counter.show(Stage.REVIEW)
    scene.counter.code_seen(trade_no)
    scene.wait(scene.window.review._verdict.sentence.isVisible)
    return scene.window


@state
def refund(scene: Scene) -> QWidget:
    """Which sale it is most likely about."""
    _sell_twice(scene)
    scene.counter.show(Stage.REFUND)
    return scene.window


@state
def refund_approval(scene: Scene) -> QWidget:
    """A cashier refunds with a manager's approval, in place."""
    _sell_twice(scene)
    scene.counter.sign_out()
    scene.sign_in()
    scene.counter.show(Stage.REFUND)
    scene.press("refund_last_0")
    scene.wait(scene.window.refund._chosen.isVisible)
    scene.window.refund.amount.setText("5")
    return scene.window


@state
def bill(scene: Scene) -> QWidget:
    """The day's bill, before it is matched."""
    scene.sign_in_manager()
    scene.counter.show(Stage.BILL)
    return scene.window


@state
def close_shift(scene: Scene) -> QWidget:
    """Counted blind."""
    _sell_twice(scene)
    scene.counter.show(Stage.CLOSE_SHIFT)
    scene.window.close_shift.amount.setText("213.5")
    return scene.window


@state
def shift_closed(scene: Scene) -> QWidget:
    """And then the truth."""
    close_shift(scene)
    scene.press("close_shift")
    scene.wait_for(Stage.SHIFT_CLOSED)
    return scene.window


@in_training
def training(scene: Scene) -> QWidget:
    """A till to practise on: another ground, and words across everything."""
    scene.sign_in()
    scene.scan(5)
    return scene.window


@in_training
def training_paid(scene: Scene) -> QWidget:
    """Its receipt says so at the top and at the bottom."""
    return paid_cash(scene)


@in_training
def training_customer(scene: Scene) -> QWidget:
    """The customer's window while somebody practises."""
    return customer_cart(scene)


@state
def key_sheet(scene: Scene) -> QWidget:
    """F1: every key."""
    scene.sign_in_manager()
    scene.scan(2)
    scene.press("strip_help")
    return scene.window


@state
def keys(scene: Scene) -> QWidget:
    """A manager changes the keys: the one that was pressed is taken."""
    scene.sign_in_manager()
    scene.counter.show(Stage.KEYS)
    scene.window.keys.listen()
    scene.window.keys._hear("F12")
    return scene.window


@state
def customer_idle(scene: Scene) -> QWidget:
    """The customer's window, before anything is scanned."""
    return scene.customer


@state
def customer_cart(scene: Scene) -> QWidget:
    """What am I paying for, and how much."""
    scene.sign_in()
    scene.scan(5)
    return scene.customer


@state
def customer_qr(scene: Scene) -> QWidget:
    """Where do I scan."""
    qr_on_the_customers_screen(scene)
    return scene.customer


@state
def customer_paid(scene: Scene) -> QWidget:
    """Paid, with the change."""
    paid_cash(scene)
    return scene.customer


def _sell_twice(scene: Scene) -> str:
    """Sell once for cash and once by Alipay, to a manager; return Alipay's number."""
    scene.sign_in_manager()
    scene.pay(3)
    scene.window.counter.take_exact()
    scene.wait_for(Stage.PAID)
    scene.counter.next_sale()
    scene.pay(2)
    scene.counter.code_seen(scene.world.alipay.show_code())
    scene.wait_for(Stage.PAID)
    sale = scene.counter.sale
    assert sale
    scene.counter.next_sale()
    return sale.tenders[0].trade_no
