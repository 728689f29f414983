"""States by hand: what a cashier does besides scanning, and what a manager sets; they join the table of states."""

from PySide6.QtWidgets import QLabel, QWidget

from pos.domain.cash import CashKind
from pos.domain.money import Money
from pos.domain.staff import By
from pos.domain.weight import Weight
from pos.sandbox.store import sample_products
from pos.till import proofs
from tests.fakes import MEI
from tests.screens import states_of_managers, states_of_paper
from tests.screens.month import MEIS_PIN, PIN
from tests.screens.scene import Scene
from tests.screens.states import STATES, State, state
from ui.stage import Stage

__all__ = ["STATES", "State", "states_of_managers", "states_of_paper"]


class OnTheScale:
    """A scale with 770 g on it."""

    def weigh(self) -> Weight:
        """What lies on it."""
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
    scene.wait(scene.window.returns._verdict.sentence.isVisible)
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


# The drawer, people, and who says yes


def beyond(scene: Scene) -> None:
    """Half off, which is more than a cashier may."""
    scene.sign_in()
    scene.scan(3)
    scene.window.counter.operations.line_discount()
    scene.window.counter.operations.pad.box.setText("50")
    scene.window.counter.press_enter()


@state
def approval(scene: Scene) -> QWidget:
    """A discount beyond the cashier's limit waits for somebody's yes; a scan puts the question away."""
    beyond(scene)
    return scene.window


@state
def approval_by_phone(scene: Scene) -> QWidget:
    """Digits to read out over the telephone, and the box for the answer."""
    beyond(scene)
    panel = scene.window.counter.operations.approval.approval
    panel.number.setText("9001")
    scene.press("approver_phone")
    scene.wait(lambda: panel._challenge is not None)
    return scene.window


@state
def approval_refused(scene: Scene) -> QWidget:
    """Nobody says yes to themselves."""
    beyond(scene)
    panel = scene.window.counter.operations.approval.approval
    panel.number.setText("1001")
    panel.pin.setText(PIN)
    scene.press("sale_approval_take")
    result = scene.window.findChild(QLabel, "sale_approval_result")
    assert result
    scene.wait(result.isVisible)
    return scene.window


@state
def drawer(scene: Scene) -> QWidget:
    """What can be done with the drawer besides selling."""
    scene.sign_in()
    scene.counter.show(Stage.DRAWER)
    return scene.window


@state
def cash_out(scene: Scene) -> QWidget:
    """Cash goes out: how much, why, and who says yes."""
    scene.sign_in()
    scene.window._move_cash(CashKind.OUT)
    scene.window.cash_move.amount.setText("35.80")
    return scene.window


@state
def cash_in(scene: Scene) -> QWidget:
    """Cash goes in: nobody need be asked."""
    scene.sign_in()
    scene.window._move_cash(CashKind.IN)
    scene.window.cash_move.amount.setText("100")
    return scene.window


@state
def no_sale(scene: Scene) -> QWidget:
    """The drawer is opened for nothing: a reason, and a yes."""
    scene.sign_in()
    scene.window._move_cash(CashKind.OPENED)
    return scene.window


def sold_in_cash(scene: Scene) -> None:
    """Sell some goods for exactly what is due."""
    for place in range(3):
        scene.scan(2, start=place)
        scene.counter.begin_pay()
        scene.counter.pay_cash(scene.counter.cash_due)
        scene.wait_for(Stage.PAID)
        scene.counter.next_sale()


@state
def wrong_tender(scene: Scene) -> QWidget:
    """The last payments that stand on the cashier's word."""
    scene.sign_in()
    sold_in_cash(scene)
    scene.counter.show(Stage.TENDERS)
    return scene.window


@state
def wrong_tender_chosen(scene: Scene) -> QWidget:
    """One of them was a card: why, and who says yes."""
    wrong_tender(scene)
    scene.press("tenders_row_0")
    return scene.window


@state
def figures_blind(scene: Scene) -> QWidget:
    """The shift as it stands, without what should be in the drawer."""
    scene.sign_in()
    sold_in_cash(scene)
    scene.counter.show(Stage.FIGURES)
    return scene.window


@state
def figures(scene: Scene) -> QWidget:
    """The same for a manager, with what should be in the drawer."""
    scene.sign_in_manager()
    sold_in_cash(scene)
    scene.counter.show(Stage.FIGURES)
    return scene.window


@state
def camera(scene: Scene) -> QWidget:
    """The camera is tried out: a product, a payment code and something of nobody's have been read; nothing is sold."""
    scene.sign_in_manager()
    scene.counter.show(Stage.CAMERA)
    for text in ("https://example.com/a", "287612345678901234", "6901234567892"):
        scene.counter.code_seen(text)
    return scene.window


@state
def answer_phone(scene: Scene) -> QWidget:
    """Another till asks over the telephone: what was told is said back, and six digits are read out."""
    till = scene.world.open()
    proofs.give_phone_key(till, MEI.number, bytes(range(20)), by=By(MEI))
    till.close()
    scene.sign_in_manager()
    scene.counter.show(Stage.ANSWER)
    page = scene.window.answer
    for box, text in zip(page._boxes(), ("0017-04", "12.50", "41829917", MEIS_PIN), strict=True):
        box.setText(text)
    page.press_enter()
    scene.wait(page._answer.isVisible)
    return scene.window


@state
def count_by_notes(scene: Scene) -> QWidget:
    """The drawer is counted note by note, and the till says nothing yet."""
    scene.sign_in()
    sold_in_cash(scene)
    scene.counter.show(Stage.CLOSE_SHIFT)
    for box, pieces in zip(scene.window.close_shift._count.boxes, "1021503", strict=False):
        box.setText(pieces)
    return scene.window


@state
def closed_with_open_ends(scene: Scene) -> QWidget:
    """A shift is closed over everything that is open, and lists it."""
    scene.sign_in()
    sold_in_cash(scene)
    scene.pay(2)
    scene.counter.take_cash_part(Money(100))
    scene.wait(lambda: scene.counter.parts.taken == Money(100))
    scene.counter.show(Stage.CLOSE_SHIFT)
    scene.window.close_shift.amount.setText("200")
    scene.press("close_shift")
    scene.wait_for(Stage.SHIFT_CLOSED)
    return scene.window
