"""Counter: one sale after another, from the first scan to "thank you". The pages only draw it.

It owns the stage; what writes goes to the till lane, what asks the gateway to the payment lane; both answer here.
"""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from pos.device.scale import Scale
from pos.domain.cart import Cart
from pos.domain.cash import CashCount
from pos.domain.errors import PosError
from pos.domain.gateway import Reach
from pos.domain.money import ZERO, Money
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.domain.sale import Sale, TenderKind
from pos.domain.shift import Shift
from pos.domain.staff import Cashier
from pos.till import parts, pay, report, resolve, returns, sell, shifts, sign_in
from pos.till.till import Till
from ui.approval.badges import Badges
from ui.approval.consent import Consent
from ui.basket import Basket
from ui.cash.desk import CashDesk
from ui.charging import Charging, refused_word
from ui.hands import Hands
from ui.hold import Hold
from ui.lookout import Lookout
from ui.parts_taken import PartsTaken
from ui.scan_box import ScanBox
from ui.sounds import Tone
from ui.stage import Pace, Said, Stage, Word
from ui.timers import timer
from ui.told import not_yet_word, shift_word


class Counter(QObject):
    """The sale on the counter, and the hands that move it on.

    Signals carry objects: ``stage_changed`` a Stage; ``noticed`` a PosError, a Said, or None to wipe
    the notice; ``offer_changed`` the Money a held payment code may be charged, or None; ``refused`` a
    pay.Refused; ``line_changed`` the Reach of Alipay; ``open_changed`` how many payments and refunds are
    not at their end; ``number_seen`` a text that was scanned while a page asks for a number; ``sold`` a Sale, once.

    Attributes:
        basket: the goods, with signals of their own.
        consent, drawer, badges: who said yes, what moves besides sales, and where a scanned badge goes.
        parts: what is paid of them already, with signals of its own.
        asked: how much of it the next payment is to bring, as typed; None is all that is due.
        qr: the text of our code, only while it may be scanned; once gone it never comes back.
        is_scanned: whether the customer has scanned it.
        hold: who waits for an answer that only they can tell, so that nobody goes elsewhere meanwhile.
        scale: the one beside the till; None where there is none.
    """

    stage_changed = Signal(object)
    noticed = Signal(object)
    offer_changed = Signal(object)
    seconds_left = Signal(int)
    figures_changed = Signal()
    refused = Signal(object)
    line_changed = Signal(object)
    open_changed = Signal(int)
    number_seen = Signal(str)
    sold = Signal(object)

    def __init__(self, hands: Hands, pace: Pace | None = None) -> None:
        super().__init__()
        pace = pace or Pace()
        self._till, self._lane, self._payments = hands.till, hands.lane, hands.payments
        self._sounds, self.alipay_trouble = hands.sounds, hands.alipay_trouble
        self.consent, self.drawer = Consent(hands.till, hands.lane), CashDesk(hands.till, hands.lane)
        self.stage = Stage.SIGN_IN
        self.cashier: Cashier | None = None
        self.shift: Shift | None = None
        self.parts = PartsTaken(hands)
        self.parts.failed.connect(self._complain)
        self.parts.begun.connect(lambda: self.noticed.emit(None))
        self.basket = Basket(hands, self._make_room, self.parts, lambda: self.cashier)
        self.basket.noticed.connect(self.noticed)
        self.basket.cart_changed.connect(self._renew_offer)
        self.box = ScanBox(hands, self.basket, lambda: self.stage, pace.code_held_ms)
        self.box.noticed.connect(self.noticed)
        self.box.number_seen.connect(self.number_seen)
        self.badges = Badges(hands, lambda: self.stage, self._complain)
        self.badges.known.connect(self._on_signed_in)
        self.box.badge_seen.connect(self.badges.show)
        self.box.receipt_seen.connect(self._open_return)
        self.box.charge_wanted.connect(self._charge)
        self.box.offer_changed.connect(lambda: self.offer_changed.emit(self.offer))
        self.attempt: PaymentAttempt | None = None
        self.sale: Sale | None = None
        self.asked: Money | None = None
        self.scale: Scale | None = None
        self.qr, self.is_scanned, self._is_clearing, self.hold = "", False, False, Hold()
        self._lookout = Lookout(self._payments)
        self._lookout.line_changed.connect(self.line_changed)
        self._lookout.found.connect(self._on_resolved)
        self._watch(Charging(self._till, self._payments, pace))
        timer(self, pace.resolve_ms, self.resolve_now).start()

    def _watch(self, charging: Charging) -> None:
        self._charging = charging
        charging.waiting.connect(self._on_waiting)
        charging.stopping.connect(lambda: self._enter(Stage.STOPPING))
        charging.ended.connect(self._on_ended)
        charging.failed.connect(self._on_pay_failed)
        charging.seconds_left.connect(self.seconds_left)
        charging.not_yet.connect(lambda: self.noticed.emit(not_yet_word(self._till)))

    # People and shifts

    def sign_in(self, number: str, pin: str, unlock_code: str = "") -> None:
        """Check who this is, then show the drawer or the counter."""
        self._lane.run(lambda till: sign_in.sign_in(till, number, pin, unlock_code), self._on_signed_in, self._complain)

    def sign_out(self) -> None:
        """Leave the counter; the cart stays in its draft, and money that is here waits on the disk."""
        if self.stage is Stage.MONEY_HERE or self._may_leave():
            self.cashier = None
            self._enter(Stage.SIGN_IN)

    def open_shift(self, opening_float: Money) -> None:
        """Start a shift for whoever is signed in."""
        assert self.cashier is not None
        self.drawer.open_shift(self.cashier, opening_float, self._on_shift, self._complain)

    def close_shift(self, counted: Money | CashCount) -> None:
        """End the shift with the cash that was counted."""
        then, failed = self.hold.until(self, self._on_closed), self.hold.until(self, self._complain)
        self.drawer.close_shift(counted, self.cashier, then, failed)

    def show(self, stage: Stage) -> None:
        """Go to a page that is no step of a sale, or back to the goods; not past signing in."""
        if self.stage is not Stage.SIGN_IN and self._may_leave():
            self._enter(stage)

    def _may_leave(self) -> bool:
        if self.hold.is_on:
            self._complain(Said(Word.IN_HAND))
        return not (self.hold.is_on or self.stage.is_paying)

    def today(self) -> report.Today:
        """Return the figures of the shift's business day, else of today in the shop."""
        return report.today(self._till, self.shift.business_day if self.shift else report.shop_today(self._till))

    def standing(self) -> report.Standing:
        """Return what stands between the till and being switched off."""
        return report.standing(self._till)

    @property
    def till_name(self) -> str:
        """Return this till's name as the hub knows it: ``0017-03``."""
        return self._till.identity.name

    # Goods

    @property
    def cart(self) -> Cart:
        """What is being bought; the basket changes it."""
        return self.basket.cart

    def code_seen(self, text: str, *, is_gs1: bool = False) -> None:
        """Take a text from the camera or a scanner; what it does depends on what it is and where the sale stands.

        Args:
            is_gs1: the code said of itself that it holds GS1 element strings.
        """
        self.box.see(text, is_gs1=is_gs1)

    def _open_return(self, text: str) -> None:
        """Show the sale whose receipt was scanned; a cart on the counter waits meanwhile."""
        self.next_sale()
        self.show(Stage.RETURN)
        self.number_seen.emit(text)

    def clear(self) -> None:
        """Start over with an empty cart; what is paid already goes back first, and only when it is said twice."""
        if self.stage not in {Stage.SELL, Stage.PAY} or self.parts.is_busy:
            return
        if self.parts.standing.paid and not self._is_clearing:
            self._is_clearing = True
            self._complain(Said(Word.CLEAR_RETURNS, self.parts.taken))
        elif self.parts.standing.paid:
            self.parts.changed.connect(self._clear_once_all_is_back)
            self.parts.give_back_all()
        else:
            self._clear()

    def _clear_once_all_is_back(self) -> None:
        if not self.parts.is_busy:
            self.parts.changed.disconnect(self._clear_once_all_is_back)
            self._clear()
            if self.parts.cash_out:
                self._complain(Said(Word.CASH_BACK, self.parts.cash_out))

    def _clear(self) -> None:
        self.attempt = self.sale = None
        self.box.forget()
        self.cart.paid = self.parts.taken
        self.basket.clear()
        self._enter(Stage.SELL)

    # Money

    @property
    def can_take_alipay(self) -> bool:
        """Whether an Alipay account is set up and can be used."""
        return bool(self._till.settings.alipay.app_id) and self.alipay_trouble is None

    @property
    def cash_due(self) -> Money:
        """What is due when all the rest is paid in cash."""
        return sell.cash_due(self._till, self.cart, self.parts.taken)

    @property
    def due(self) -> Money:
        """What is still to be paid of the cart."""
        return self.parts.standing.due(self.cart.to_pay)

    @property
    def cash_back(self) -> Money:
        """What the drawer gives for goods that came back with the sale and were worth more."""
        swapped = returns.of_exchange(self._till, self.sale) if self.sale else None
        return swapped.in_cash if swapped else ZERO

    @property
    def reach(self) -> Reach:
        """How the line to Alipay is."""
        return self._lookout.reach

    @property
    def next_amount(self) -> Money:
        """What the next payment by Alipay brings: what is typed if that is a part, else all that is due."""
        return self.asked if self.asked and self.asked < self.due else self.due

    @property
    def offer(self) -> Money | None:
        """What the held payment code would be charged."""
        return self.due if self.box.held_code else None

    def take_exchange(self, sale_id: str, credit: Money) -> None:
        """Go on with the cart, for which goods that come back pay as much as this."""
        if self.stage is Stage.RETURN and self.cart.sale_id == sale_id:
            self.basket.take_credit(credit)
            self._enter(Stage.SELL)

    def begin_pay(self) -> None:
        """Go from the goods to the money."""
        if self.stage is not Stage.SELL or self.box.must_decide() or self.consent.must_ask(self.cart, self.cashier):
            return
        if not self.cart.lines:
            self._complain(Said(Word.EMPTY_CART))
            return
        try:
            self.cart.check_payable()
        except PosError as error:
            self._complain(error)
        else:
            self.noticed.emit(None)
            self._enter(Stage.PAY)

    def back_to_goods(self) -> None:
        """Go from the money back to the goods."""
        if self.stage is Stage.PAY:
            self._enter(Stage.SELL)
            self.box.join()

    def _may_take_money(self) -> bool:
        is_free = self.stage is Stage.PAY and not self.box.must_decide()
        return is_free and not self.consent.must_ask(self.cart, self.cashier)

    def take_cash_part(self, amount: Money) -> None:
        """Take some of it in cash; the rest is still due."""
        self._take_cash(lambda till, cart: parts.take_cash(till, cart, amount), self._on_ended)

    def pay_cash(self, handed_over: Money) -> None:
        """Take cash for all that is due."""
        self._take_cash(lambda till, cart: sell.pay_cash(till, cart, handed_over), self._on_sold)

    def _take_cash(self, take: Callable[[Till, Cart], Any], then: Callable[[Any], None]) -> None:
        if self._may_take_money():
            cart = self.basket.snapshot()
            self._enter(Stage.ASKING)
            self._lane.run(lambda till: take(till, cart), then, self._on_pay_failed)

    def show_qr(self) -> None:
        """Show the customer a code of ours for what is due, or the part of it that is typed."""
        if self.can_take_alipay and not self.reach.is_down and self._may_take_money():
            self.noticed.emit(None)
            amount = self.next_amount
            self._enter(Stage.ASKING)
            self._charging.start_qr(self.basket.snapshot(), amount)

    def say(self, what: Said) -> None:
        """Say a word with the tone of something that did not work."""
        self._complain(what)

    def query_now(self) -> None:
        """Ask Alipay at once instead of waiting for the next look."""
        self._charging.look_for_somebody()

    def stop_waiting(self) -> None:
        """Give up on the attempt: look a last time, then cancel."""
        self._charging.stop("stopped")

    def finish_paid(self) -> None:
        """Complete the sale whose money came while the till was away."""
        attempt, cart = self.attempt, self.basket.snapshot()
        if self.stage is Stage.MONEY_HERE and attempt and not self.consent.must_ask(self.cart, self.cashier):
            self._enter(Stage.ASKING)
            self._payments.run(lambda till: pay.finish_paid(till, cart, attempt), self._on_sold, self._on_pay_failed)

    def give_back(self) -> None:
        """Return that money instead."""
        attempt = self.attempt
        if self.stage is Stage.MONEY_HERE and attempt:
            self._enter(Stage.STOPPING)
            self._payments.run(lambda till: resolve.give_back(till, attempt), self._on_given_back, self._on_pay_failed)

    def next_sale(self) -> None:
        """Clear the table for the next customer."""
        if self.stage is Stage.PAID:
            self._enter(Stage.SELL)

    def start(self) -> None:
        """Find out how the line is, and look after attempts that were left open."""
        if self.can_take_alipay:
            self._lookout.probe()
        self.resolve_now()

    def resolve_now(self) -> None:
        """Look after attempts that were left open, one round at a time."""
        if not self.stage.is_paying or self.stage is Stage.MONEY_HERE:
            self._lookout.begin_round(self._charging.attempt_id)

    # Inside

    def _enter(self, stage: Stage) -> None:
        if stage is Stage.SELL and not (self.shift and self.shift.is_open):
            stage = Stage.OPEN_SHIFT
        was, self.stage, self._is_clearing = self.stage, stage, False
        if was is Stage.PAID is not stage:  # what is sold never stays on the counter, wherever one goes
            self.attempt = self.sale = None
            self.box.forget()
            self.basket.start_next()
        self.asked = None if stage is Stage.SELL else self.asked
        if not stage.is_paying:
            self.parts.look(self.cart.sale_id)
        if stage is not Stage.QR:
            self.qr, self.is_scanned = "", False
        if stage not in {Stage.SELL, Stage.PAY}:
            self.box.drop_offer()
        self.stage_changed.emit(stage)

    def _complain(self, what: Said | PosError) -> None:
        self._sounds.play(Tone.BAD)
        self.noticed.emit(what)

    def _make_room(self) -> bool:
        self.next_sale()
        self.back_to_goods()
        return self.stage is Stage.SELL

    def _on_signed_in(self, cashier: Cashier) -> None:
        self.next_sale()
        self.cashier, self.basket.seller = cashier, cashier.number
        self.noticed.emit(None)
        shift = shifts.current_shift(self._till)
        if self.stage is Stage.SELL:
            self._enter(Stage.SELL)
            self.noticed.emit(Said(Word.NOW_SELLS, reason=cashier.name))
        elif shift is None:
            self._enter(Stage.OPEN_SHIFT)
        else:
            self._on_shift(shift)

    def _on_shift(self, shift: Shift) -> None:
        """Put back the cart that was on the counter, and the payment it was in."""
        self.shift = shift
        if self.cashier is None:
            return
        self.basket.restore()
        if not self._take_up_payment():
            self._enter(Stage.SELL)
            if word := shift_word(self._till, shift, self.cashier, self.cart):
                self.noticed.emit(word)

    def _take_up_payment(self, *, at_once: bool = True) -> bool:
        """Go on with the payment this cart is in, if it is in one and there is somebody to ask."""
        self.attempt = resolve.live_attempt(self._till, self.cart.sale_id)
        self.parts.look(self.cart.sale_id)
        if self.attempt is None:
            return False
        if self.attempt.state is AttemptState.PAID:
            self._enter(Stage.PAY if self.due else Stage.MONEY_HERE)
            if self.due:
                self.noticed.emit(Said(Word.PARTS_STAND, self.parts.taken, str(self.due)))
        elif self.can_take_alipay:
            self._charging.resume(self.basket.snapshot(), self.attempt, at_once=at_once)
        return self.attempt.state is AttemptState.PAID or self.can_take_alipay

    def _on_closed(self, shift: Shift) -> None:
        self.shift = shift
        if self.cashier:
            self._enter(Stage.SHIFT_CLOSED)
        self.figures_changed.emit()

    def _renew_offer(self) -> None:
        """The amount on offer is the amount on the screen."""
        if self.cart.is_payable:
            self.offer_changed.emit(self.offer)
        else:
            self.box.drop_offer()

    def _charge(self, text: str) -> None:
        if self.box.must_decide() or self.consent.must_ask(self.cart, self.cashier):
            return
        self.noticed.emit(None)
        self._enter(Stage.ASKING)
        self._charging.start(self.basket.snapshot(), text, self.next_amount)

    def _on_waiting(self, waiting: pay.Waiting) -> None:
        self.attempt = waiting.attempt
        was = (self.stage, self.is_scanned)
        if waiting.qr or self.qr:
            self.qr = waiting.qr or self.qr
            self.is_scanned = self.is_scanned or (waiting.is_scanned and not waiting.is_unknown)
            stage = Stage.QR
        else:
            stage = Stage.UNKNOWN if waiting.is_unknown else Stage.WAITING
        if was != (stage, self.is_scanned):
            self._enter(stage)
        self._lookout.look_at_line()

    def _on_ended(self, outcome: pay.Settled | pay.PartPaid | pay.Refused) -> None:
        self._lookout.look_at_line()
        if isinstance(outcome, pay.Settled):
            self._on_sold(outcome.sale)
            return
        self.attempt, self.asked = None, None
        self._enter(Stage.PAY)
        if isinstance(outcome, pay.PartPaid):
            self._sounds.play(Tone.GOOD)
            self.noticed.emit(Said(Word.PART_TAKEN, outcome.attempt.amount, str(outcome.due)))
            return
        self._complain(Said(refused_word(outcome), outcome.attempt.amount, outcome.reason))
        self.refused.emit(outcome)
        self.resolve_now()

    def _on_sold(self, sale: Sale) -> None:
        self.sale, self.attempt = sale, None
        self.noticed.emit(None)
        self.sold.emit(sale)
        self._enter(Stage.PAID)
        self._sounds.play(Tone.DONE)
        self.figures_changed.emit()

    def _on_given_back(self, attempt: PaymentAttempt) -> None:
        self.attempt = None
        self._enter(Stage.SELL)
        self.noticed.emit(
            Said(Word.CASH_BACK if attempt.kind is TenderKind.CASH else Word.MONEY_RETURNED, attempt.amount)
        )

    def _on_pay_failed(self, error: PosError) -> None:
        """Say why, and stand where the disk says this sale stands."""
        self._lookout.look_at_line()
        if not self._take_up_payment(at_once=False):
            self._enter(Stage.PAY)
        self._complain(error)

    def _on_resolved(self, found: resolve.Resolved) -> None:
        refunds = [each for each in found.refunds if not each.is_final]
        self.open_changed.emit(len(found.open) + len(found.unclaimed) + len(refunds))
        self.figures_changed.emit()
        if self.stage not in {Stage.SELL, Stage.PAY, Stage.MONEY_HERE}:
            return
        self.parts.look(self.cart.sale_id)
        if self.stage is Stage.MONEY_HERE and self.attempt:
            if self.attempt.id not in {each.id for each in self.parts.standing.paid}:  # it has gone back by itself
                self._on_given_back(self.attempt)
        elif self.parts.standing.paid and not self.due:
            self.attempt = self.parts.standing.paid[-1]
            self._enter(Stage.MONEY_HERE)
        elif found.unclaimed:
            first = found.unclaimed[0]
            is_cash = first.kind is TenderKind.CASH
            self.noticed.emit(Said(Word.CASH_UNCLAIMED if is_cash else Word.UNCLAIMED, first.amount))
