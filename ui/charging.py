"""Charging: one payment attempt, by the customer's code or by ours, to its end, looked at every few seconds.

All of it runs on the payment lane, so that a slow gateway never holds up a sale in cash.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from pos.domain.cart import Cart
from pos.domain.errors import PosError
from pos.domain.money import Money
from pos.domain.payment import PaymentAttempt, Way
from pos.till import pay
from pos.till.till import Till
from ui.lane import Lane
from ui.stage import Pace, Word
from ui.timers import timer


class Charging(QObject):
    """Asks Alipay for the cart's money and waits for the answer.

    Signals: ``ended`` carries ``pay.Settled``, ``pay.PartPaid`` or ``pay.Refused``; ``waiting`` a ``pay.Waiting``;
    ``stopping`` comes when the time is over or the cashier gave up; ``failed`` a ``PosError``; ``not_yet`` comes when
    somebody had it asked and no money is there.
    """

    waiting = Signal(object)
    stopping = Signal()
    ended = Signal(object)
    failed = Signal(object)
    seconds_left = Signal(int)
    not_yet = Signal()

    def __init__(self, till: Till, lane: Lane[Till], pace: Pace) -> None:
        super().__init__()
        self._clock, self._lane = till.clock, lane
        self._seconds = {Way.CUSTOMER_CODE: pace.confirm_s, Way.MERCHANT_QR: pace.qr_s}
        self._cart: Cart | None = None
        self._attempt: PaymentAttempt | None = None
        self._confirm_by = 0.0
        self._is_looking = self._is_stopping = self._is_wanted = False
        self._round, self._watched = 0, ""
        self._poll = timer(self, pace.poll_ms, self.look)
        self._tick = timer(self, 1000, self._on_tick)

    @property
    def attempt_id(self) -> str:
        """The attempt being watched; empty while there is none."""
        return self._attempt.id if self._attempt else ""

    def start(self, cart: Cart, code: str, amount: Money | None = None) -> None:
        """Charge what is due, or a part of it, to a customer's code."""
        self._begin(cart)
        self._run(lambda till: pay.charge(till, cart, code, amount))

    def start_qr(self, cart: Cart, amount: Money | None = None) -> None:
        """Get a code of ours for what is due, or for a part of it."""
        self._begin(cart)
        self._run(lambda till: pay.show_qr(till, cart, amount))

    def resume(self, cart: Cart, attempt: PaymentAttempt, *, at_once: bool) -> None:
        """Go on watching an attempt that is open on disk; its time goes on from where it was.

        Args:
            at_once: ask now; after an error the next turn of the clock is soon enough.
        """
        confirm_by = self._confirm_by if self._watched == attempt.id else 0.0
        self._begin(cart)
        self._confirm_by = confirm_by
        self._go_on(pay.Waiting(attempt, is_unknown=True))
        if at_once:
            self.look()

    def look_for_somebody(self) -> None:
        """Ask Alipay now, and say so when there is no money yet."""
        self._is_wanted = True
        self.look()

    def look(self) -> None:
        """Ask Alipay now."""
        attempt, cart = self._attempt, self._cart
        if attempt is None or cart is None or self._is_looking or self._is_stopping:
            return
        self._is_looking = True
        self._run(lambda till: pay.check(till, cart, attempt))

    def stop(self, reason: str) -> None:
        """Look a last time, then cancel; ``reason`` is ``stopped`` or ``timeout``."""
        attempt, cart = self._attempt, self._cart
        if attempt is None or cart is None or self._is_stopping:
            return
        self._is_stopping = True
        self.stopping.emit()
        self._run(lambda till: pay.stop(till, cart, attempt, reason))

    def _run(self, task: Callable[[Till], pay.Outcome]) -> None:
        """Run a task whose answer counts only while the attempt it is about is still the one being watched."""
        now = self._round
        self._lane.run(
            task,
            lambda outcome: self._on_outcome(outcome) if now == self._round else None,
            lambda error: self._on_failed(error) if now == self._round else None,
        )

    def _begin(self, cart: Cart) -> None:
        self._round += 1
        self._cart, self._attempt, self._confirm_by = cart, None, 0.0
        self._is_looking = self._is_stopping = self._is_wanted = False

    def _end(self) -> None:
        """Rest; answers that are still under way are about a thing of the past."""
        self._round += 1
        self._poll.stop()
        self._tick.stop()
        self._cart = self._attempt = None

    def _on_outcome(self, outcome: pay.Outcome) -> None:
        self._is_looking = False
        if not isinstance(outcome, pay.Waiting):
            self._end()
            self.ended.emit(outcome)
        elif not self._is_stopping:
            is_wanted, self._is_wanted = self._is_wanted, False
            self._go_on(outcome)
            if is_wanted:
                self.not_yet.emit()

    def _go_on(self, waiting: pay.Waiting) -> None:
        if not self._confirm_by:
            self._confirm_by = self._clock.monotonic() + self._seconds[waiting.attempt.way]
        if not self._poll.isActive():
            self._poll.start()
            self._tick.start()
        self._attempt, self._watched = waiting.attempt, waiting.attempt.id
        self.waiting.emit(waiting)
        self._on_tick()

    def _on_tick(self) -> None:
        left = max(0, round(self._confirm_by - self._clock.monotonic()))
        self.seconds_left.emit(left)
        if left == 0:
            self.stop("timeout")

    def _on_failed(self, error: PosError) -> None:
        self._end()
        self.failed.emit(error)


def refused_word(refused: pay.Refused) -> Word:
    """Return what is said when no money came, or it is on its way back."""
    if refused.is_returned:
        return Word.MONEY_RETURNED
    if refused.reason in {"stopped", "timeout"}:
        return Word.STOPPED if refused.is_certain else Word.STOPPED_UNCERTAIN
    return Word.DECLINED
