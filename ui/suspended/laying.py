"""Laying aside: the cart leaves the counter at once, so that the next scan is the next customer's."""

from collections.abc import Callable

from PySide6.QtCore import Qt

from pos.domain.errors import PosError, SaleIsBeingPaid
from pos.domain.staff import By
from pos.domain.suspended import SuspendedCart
from ui.counter import Counter
from ui.stage import Said, Stage, Word
from ui.suspended.aside import Aside


def lay_aside(counter: Counter, aside: Aside, note: str) -> None:
    """Lay the cart on the counter aside; one that cannot be comes back, with what was scanned meanwhile."""
    cashier, cart = counter.cashier, counter.cart
    if cashier is None or counter.stage is not Stage.SELL:
        return
    if not cart.lines:
        counter.say(Said(Word.EMPTY_CART))
        return
    if counter.parts.standing.live:
        counter.noticed.emit(SaleIsBeingPaid(out_trade_no=counter.parts.standing.live[0].out_trade_no))
        return

    def put_back(error: PosError) -> None:
        if counter.stage is not Stage.SELL:  # somebody pays: it comes back after them
            counter.stage_changed.connect(lambda _stage: put_back(error), Qt.ConnectionType.SingleShotConnection)
            return
        counter.basket.take_back(cart)
        counter.noticed.emit(error)

    counter.box.forget()
    counter.basket.start_next()
    counter.show(Stage.SELL)
    aside.suspend(cart.snapshot(), note, By(cashier), lambda held: counter.noticed.emit(_told(held)), put_back)


def is_movable(counter: Counter) -> bool:
    """Whether the cart on the counter could be laid aside: nothing is paid of it, in money or in goods."""
    return not counter.parts.standing.live and not counter.cart.credit


def lay_aside_first(counter: Counter, aside: Aside, note: str, then: Callable[[], None]) -> None:
    """Lay the cart aside, if there is one, and go on; one that cannot be moved stays on the counter."""
    cashier, cart = counter.cashier, counter.cart
    if cashier is None or not cart.lines:
        then()
        return

    def go_on(_held: SuspendedCart) -> None:
        counter.box.forget()
        counter.basket.start_next()
        then()

    held, failed = counter.hold.until(aside, go_on), counter.hold.until(aside, lambda _error: then())
    aside.suspend(cart.snapshot(), note, By(cashier), held, failed)


def take_up(counter: Counter) -> None:
    """Go on with the cart that was put onto the counter's draft."""
    counter.basket.restore()
    counter.show(Stage.SELL)
    counter.noticed.emit(None)


def _told(held: SuspendedCart) -> Said:
    return Said(Word.LAID_ASIDE, held.total, str(held.lines))
