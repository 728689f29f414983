"""States of paper: what the counter shows of receipts, the queue, and what a manager sets about them."""

from PySide6.QtWidgets import QWidget

from pos.domain.errors import PaperOut
from pos.domain.paper import KEPT_AS, Paper
from pos.domain.print_job import PrinterState
from pos.domain.slip import Slip
from pos.till import preferences
from tests.fakes import BY_MEI, MEI
from tests.screens.month import MEIS_PIN
from tests.screens.scene import Scene
from tests.screens.states import state
from ui.stage import Stage


class Roll:
    """A printer, with paper or without."""

    def __init__(self, *, is_empty: bool = False) -> None:
        self._is_empty = is_empty

    def print(self, slip: Slip, width: int) -> PrinterState | None:
        del slip, width
        if self._is_empty:
            raise PaperOut(address="192.0.2.7:9100")
        return PrinterState()

    def open_drawer(self) -> None:
        return

    def state(self) -> PrinterState | None:
        return PrinterState()


def set_up(scene: Scene, roll: Roll) -> None:
    """Let the till have this printer."""
    paper = Paper("192.0.2.7", head="人民路 1 号\n电话 021-1234", foot="谢谢惠顾\n七日内凭票退换")
    till = scene.world.open()
    preferences.keep_preference(till, KEPT_AS, paper.as_json(), by=BY_MEI)
    till.close()
    scene.window._room.printing._open_printer = lambda _address: roll


def sell(scene: Scene, count: int) -> None:
    scene.pay(count)
    scene.press("cash_exact")
    scene.wait_for(Stage.PAID)
    scene.wait(lambda: not scene.window._room.printing.is_printing)


@state
def paid_printed(scene: Scene) -> QWidget:
    """Paid, and the receipt is on paper."""
    set_up(scene, Roll())
    scene.sign_in()
    sell(scene, 3)
    return scene.window


@state
def paid_without_paper(scene: Scene) -> QWidget:
    """Paid all the same: what the printer lacks, and that the receipt comes by itself."""
    set_up(scene, Roll(is_empty=True))
    scene.sign_in()
    sell(scene, 3)
    return scene.window


@state
def print_queue(scene: Scene) -> QWidget:
    """Every job with its number: what waits, what waits for a person's word, what was printed."""
    set_up(scene, Roll())
    scene.sign_in()
    sell(scene, 2)
    set_up(scene, Roll(is_empty=True))
    scene.window._room.printing._printer = None
    sell(scene, 1)
    scene.world.clock.advance(31 * 60)
    sell(scene, 2)
    scene.window._room.printing.reprint_last()
    scene.wait(lambda: scene.window._room.printing.standing.waiting == 2)
    scene.counter.show(Stage.PRINTING)
    return scene.window


def take_back(scene: Scene) -> None:
    """Stand before the sale that was just made, with all of it chosen and a manager's yes typed."""
    sale = scene.counter.sale
    assert sale
    scene.counter.code_seen(sale.receipt_no)
    scene.wait(lambda: bool(scene.window.returns._rows))
    scene.press("return_all")
    scene.window.returns.approval.number.setText(MEI.number)
    scene.window.returns.approval.pin.setText(MEIS_PIN)


@state
def return_slip(scene: Scene) -> QWidget:
    """Goods came back: what was printed, and the keys to have it again."""
    set_up(scene, Roll())
    scene.sign_in()
    sell(scene, 3)
    take_back(scene)
    scene.press("return_confirm")
    scene.wait(scene.window.returns._slip.isVisible)
    return scene.window


@state
def exchange_papers(scene: Scene) -> QWidget:
    """An exchange: the receipt of the new goods, and below it the slip of those that came back."""
    set_up(scene, Roll())
    scene.sign_in()
    sell(scene, 1)
    take_back(scene)
    scene.press("return_exchange")
    scene.wait_for(Stage.SELL)
    sell(scene, 2)
    return scene.window


@state
def z_on_paper(scene: Scene) -> QWidget:
    """The shift is closed and its report printed; again, or as a PDF, by a key."""
    set_up(scene, Roll())
    scene.sign_in()
    sell(scene, 3)
    scene.counter.next_sale()
    scene.counter.show(Stage.CLOSE_SHIFT)
    scene.window.close_shift.amount.setText("210")
    scene.press("close_shift")
    scene.wait_for(Stage.SHIFT_CLOSED)
    return scene.window


@state
def count_with_drawer(scene: Scene) -> QWidget:
    """The drawer can be opened to be counted; the journal keeps it."""
    set_up(scene, Roll())
    scene.sign_in()
    sell(scene, 3)
    scene.counter.next_sale()
    scene.counter.show(Stage.CLOSE_SHIFT)
    return scene.window


@state
def paper(scene: Scene) -> QWidget:
    """What a manager sets about receipts, and the receipt as it will be."""
    set_up(scene, Roll())
    scene.sign_in_manager()
    scene.counter.show(Stage.PAPER)
    return scene.window


@state
def customer_receipt_page(scene: Scene) -> QWidget:
    """After the sale the customer is shown where the receipt is."""
    scene.customer._page_of = lambda sale: f"https://hub.example.com/r/{sale.receipt_no}~ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    scene.sign_in()
    sell(scene, 3)
    return scene.customer
