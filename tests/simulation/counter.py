"""A counter: a till's real verbs on two lanes, and a cashier who does what the seed says."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import cast

from pos.domain import facts
from pos.domain.errors import PosError
from pos.domain.money import ZERO, Money
from pos.domain.payment import AttemptState, Parts, PaymentAttempt
from pos.domain.sale import Sale, TenderKind
from pos.storage import payments, sales
from pos.storage.database import checkpoint
from pos.sync import exchange
from pos.sync.client import HubClient
from pos.sync.disk import JournalOutbox
from pos.till import parts, pay, refund, resolve, returns, review, sell, shifts
from pos.till.till import Till, open_till
from tests.audit import Books, check_books
from tests.fake_time import CountingIds
from tests.fakes import APPLES, BY_MEI, LIN, NOODLES, TEA, WATER, fake_settings
from tests.simulation.alipay import Call, Line, SimGateway
from tests.simulation.disk import Disk
from tests.simulation.hub import SimHub
from tests.simulation.times import TrueTime, WallClock

KINDS = ("normal", "normal", "normal", "password", "cancel", "never", "decline_balance", "decline_risk")
"""How customers' phones behave."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a counter stands in."""

    time: TrueTime
    line: Line
    hub: SimHub
    chance: Random
    ids: CountingIds
    wait: Callable[["Counter", Call, str], None]


class Counter:
    """One till with its cashier.

    Attributes:
        receipts: what was shown to customers as done: receipt number and total by sale id.
        photos: our codes that a customer may have a picture of.
        shown_parts: amounts that were shown to customers as here before their sale was done, by attempt.
        handed_back: parts in cash that customers got back from the cashier's own hand.
        is_asking: a verb of this till is waiting for Alipay.
        is_lazy: this cashier leaves money lie that came without its sale.
    """

    def __init__(self, number: str, disk: Disk, around: Around) -> None:
        self.number, self.disk, self._around = number, disk, around
        self.clock = WallClock(around.time)
        self.receipts: dict[str, tuple[str, int]] = {}
        self.photos: list[str] = []
        self.shown_parts: dict[str, int] = {}
        self.handed_back: set[str] = set()
        self.is_asking = False
        self.is_lazy = around.chance.random() < 0.3
        self._customers = 0
        self._confirm_by = 0.0
        self._open()

    # The cashier

    def scan(self) -> None:
        """Scan one or two goods, and keep the cart; while it is being paid only an older draft may still come late."""
        if self.is_asking:
            sell.keep_draft(self.lane, facts.cart_facts(self.cart))
        elif self.attempt is None and not self.is_closed:
            for _ in range(self._chance.randrange(1, 3)):
                line = sell.scan(self.lane, self.cart, self._chance.choice((WATER, NOODLES, APPLES, TEA))).line
                if line and line.needs_weight:
                    self.cart.set_quantity(line.line_no, 1000)
            sell.keep_draft(self.lane, facts.cart_facts(self.cart), parts_known=len(self._parts.paid))

    def pay_cash(self) -> None:
        """Take cash, also when a payment is open: that has to be refused."""
        self._show(sell.pay_cash(self.lane, self.cart.snapshot(), self.cart.total + Money(self._chance.randrange(3))))

    def charge(self) -> None:
        """Charge the customer's code, also when a payment is open: that has to be refused."""
        code = self._around.line.acquirer.issue_code(self.customer, self._chance.choice(KINDS))
        self._after(pay.charge(self.payments, self.cart.snapshot(), code, self._part_of_it()))

    def show_qr(self) -> None:
        """Show a code of ours."""
        outcome = pay.show_qr(self.payments, self.cart.snapshot(), self._part_of_it())
        if isinstance(outcome, pay.Waiting):
            self.photos.append(outcome.qr)
        self._after(outcome)

    def look(self) -> None:
        """Look what became of the payment; when its time is over, stop."""
        if self.attempt is None:
            return
        if self.attempt.state is AttemptState.PAID and self.is_lazy:
            self._take_up()
        elif self.attempt.state is AttemptState.PAID:
            self._money_is_here(self.attempt)
        elif self.clock.monotonic() >= self._confirm_by:
            self._after(pay.stop(self.payments, self.cart.snapshot(), self.attempt, "timeout"))
        else:
            self._after(pay.check(self.payments, self.cart.snapshot(), self.attempt))

    def stop(self) -> None:
        """Give up waiting."""
        if self.attempt and self.attempt.state is AttemptState.SENT:
            self._after(pay.stop(self.payments, self.cart.snapshot(), self.attempt, "stopped"))

    def cash_part(self) -> None:
        """Take some cash, also when a payment is open: that has to be refused."""
        self._after(pay.take(self.lane, self.cart.snapshot(), TenderKind.CASH, self._part_of_it()))

    def return_part(self) -> None:
        """Give one part back that is here."""
        if self._parts.paid:
            resolve.give_back(self.payments, self._chance.choice(self._parts.paid))
            self._take_up()

    def hand_back(self) -> None:
        """Hand out the cash that is to go back, each part once, and say so; whose goods are gone is to go back, too."""
        for part in parts.cash_to_hand_back(self.lane):
            if part.state is AttemptState.CANCELLING:
                self.handed_back.add(part.id)
                parts.handed_back(self.lane, part)
            elif part.sale_id != self.cart.sale_id:
                resolve.give_back(self.lane, part)

    def leave(self) -> None:
        """The customer leaves without buying, and gets back what was paid."""
        if self.attempt is None:
            parts.give_back_all(self.payments, self.cart.sale_id)
            self._next_customer()

    def settle_up(self) -> None:
        """End what only people can end: a sale that is paid in part, and cash that is to go back."""
        self.hand_back()
        if self.attempt is None and self._parts.paid:
            if self.is_closed or self._chance.random() < 0.3:
                self.leave()
            else:
                self.pay_cash()

    def refund(self) -> None:
        """Pay part or all of a sale back."""
        found = refund.last_refundable(self.payments, 3)
        if found:
            of = refund.find_refundable(self.payments, self._chance.choice(found).receipt_no)
            whole = of.left.fen if self._chance.random() < 0.5 else self._chance.randrange(1, of.paid.fen + 1)
            refund.give_refund(self.payments, of, Money(whole), "顾客改变主意", by=BY_MEI)

    def take_back(self) -> None:
        """Take some goods of a sale back."""
        found = returns.last_sales(self.payments, 3)
        of = returns.find_returnable(self.payments, self._chance.choice(found).receipt_no) if found else None
        if of and of.left:
            line = self._chance.choice(of.left)
            amount = self._chance.randrange(1, line.quantity.amount + 1)
            returns.give_back(self.payments, of, {line.line_no: amount}, "商品有问题", by=BY_MEI)

    def look_up(self) -> None:
        """Look up the payment on somebody's bill."""
        trades = self._around.line.acquirer.trades()
        if trades:
            review.look_up(self.payments, self._chance.choice(trades).trade_no)

    def change_shift(self) -> None:
        """Close the shift and open the next."""
        if shifts.current_shift(self.lane):
            shifts.close_shift(self.lane, Money(10_000))
        shifts.open_shift(self.lane, LIN, Money(10_000))
        self._take_up()

    # The program

    def resolve(self) -> None:
        """Go once over everything that is open, as the till does in the background."""
        resolve.resolve(self.payments, watched_id=self.attempt.id if self.attempt else "")

    def resolve_before_anybody_signs_in(self) -> None:
        """Go over everything that is open while nobody watches anything, as after a restart."""
        resolve.resolve(self.payments)
        self._take_up()

    def push(self) -> None:
        """Send one batch to the hub."""
        outbox = JournalOutbox(self.lane.db, self.lane.identity)
        try:
            exchange.push_once(cast("HubClient", self._around.hub), outbox, self.clock)
        finally:
            kept = self._around.hub.kept(outbox.till, outbox.epoch).seq
            assert self._around.hub.restores or outbox.acknowledged(outbox.epoch) <= kept, "acknowledged, not kept"

    def move_log(self) -> None:
        """Bring the log into the file."""
        checkpoint(self.lane.db)

    def run(self, action: Callable[[], None]) -> str:
        """Take one action; what the till says instead is for the cashier to read, who then looks where things stand.

        Returns:
            The code of what it said, or nothing.
        """
        try:
            action()
        except PosError as said:
            self._hold_disks()
            self._take_up()
            return said.code
        self._hold_disks()
        return ""

    def restart(self, folder: Path) -> Books:
        """Start the program again on the files that are left, and audit them."""
        for lane in (self.lane, self.payments):
            lane.close()
        shutil.rmtree(self.disk.folder)
        self.disk.folder, self.is_asking = folder, False
        self._open()
        return self.audit()

    def audit(self) -> Books:
        """Check everything this till's files say, and that every receipt that was shown is among it."""
        books = check_books(self.lane)
        for attempt_id, amount_fen in self.shown_parts.items():
            assert books.attempts[attempt_id]["amount_fen"] == amount_fen, f"lost: part {attempt_id}"
            assert books.attempts[attempt_id]["state"] != "sent", f"lost: part {attempt_id}"
        for attempt_id, told in books.attempts.items():
            is_back = told["kind"] == "cash" and told["state"] == "dead"
            assert not is_back or attempt_id in self.handed_back, f"nobody handed it back: {attempt_id}"
            assert told["state"] != "paid" or attempt_id not in self.handed_back, f"handed back, and kept: {attempt_id}"
        for sale_id, (receipt_no, total_fen) in self.receipts.items():
            kept = books.sales.get(sale_id)
            assert kept, f"lost: {receipt_no}"
            assert (kept["receipt_no"], kept["total_fen"]) == (receipt_no, total_fen)
        return books

    def close(self) -> None:
        """Let go of the files."""
        self.lane.close()
        self.payments.close()

    @property
    def is_quiet(self) -> bool:
        """Whether nothing is open: no payment, no refund, nothing unsent."""
        now = review.open_payments(self.lane)
        outbox = JournalOutbox(self.lane.db, self.lane.identity)
        return not now.attempts and not now.refunds and not outbox.backlog().count

    @property
    def is_closed(self) -> bool:
        """Whether no shift is open, so that nothing can be sold."""
        return shifts.current_shift(self.lane) is None

    # Inside

    @property
    def _chance(self) -> Random:
        return self._around.chance

    def _open(self) -> None:
        settings = fake_settings(self.disk.folder, till=self.number)
        gateway = SimGateway(self._around.line, self._wait, self.clock)
        self.lane = open_till(settings, gateway, self.clock, self._around.ids)
        self.payments = open_till(settings, gateway, self.clock, self._around.ids)
        self._hold_disks()
        self.cart = sell.restore_cart(self.lane) or sell.new_cart(self.lane)
        self._greet()
        self._parts.check_covered(self.cart.total)  # the goods that are paid for are still there
        self.attempt: PaymentAttempt | None = None
        self._take_up()

    def _hold_disks(self) -> None:
        for lane in (self.lane, self.payments):
            self.disk.hold(lane.db)

    def _wait(self, call: Call, where: str) -> None:
        self._around.wait(self, call, where)

    def _greet(self) -> None:
        self._customers += 1
        self.customer = f"{self.number}/{self._customers}"

    def _next_customer(self) -> None:
        self.cart, self.attempt = sell.new_cart(self.lane), None
        self._greet()

    @property
    def _parts(self) -> Parts:
        return parts.standing(self.lane, self.cart.sale_id)

    def _part_of_it(self) -> Money | None:
        """Say how much of it: mostly all that is due, else some, at times too much, which has to be refused."""
        if self._chance.random() < 0.5:
            return None
        due = self._parts.due(self.cart.total).fen
        return Money(self._chance.choice((due + 1, max(1, due // 2), self._chance.randrange(1, max(2, due)))))

    def _take_up(self) -> None:
        """Look where the cart on the counter stands, as the screen does after an error and at start."""
        if sales.find_sale(self.lane.db, self.cart.sale_id):
            self._next_customer()
        elif self.is_closed:
            self.attempt = None  # nobody watches it; the background does
        else:
            standing = self._parts
            is_whole = bool(standing.paid) and not standing.due(self.cart.total)
            self._watch(standing.sent or (standing.paid[-1] if is_whole else None))

    def _watch(self, attempt: PaymentAttempt | None) -> None:
        """Have an eye on an attempt for as long as its customer has to confirm."""
        if attempt and (self.attempt is None or self.attempt.id != attempt.id):
            self._confirm_by = self.clock.monotonic() + (attempt.confirm_until - attempt.started_at).total_seconds()
        self.attempt = attempt

    def _money_is_here(self, attempt: PaymentAttempt) -> None:
        """Money came while nobody looked: finish the sale, give it back, or let it lie."""
        draw = self._chance.random()
        if draw < 0.6:
            self._show(pay.finish_paid(self.payments, self.cart.snapshot(), attempt))
        elif draw < 0.8:
            resolve.give_back(self.payments, attempt)
            self.attempt = None

    def _after(self, outcome: pay.Outcome) -> None:
        match outcome:
            case pay.Settled(sale):
                self._show(sale)
            case pay.PartPaid(attempt):
                self.shown_parts[attempt.id] = attempt.amount.fen
                self.attempt = None
            case pay.Waiting(attempt):
                self._watch(attempt)
            case pay.Refused():
                self.attempt = None

    def _show(self, sale: Sale) -> None:
        """Show the receipt: from now on this sale must never be lost."""
        assert sale.total > ZERO
        self.receipts[sale.id] = (sale.receipt_no, sale.total.fen)
        if sale.id == self.cart.sale_id:
            self._next_customer()


def stands_on_disk(till: Till, call: Call) -> bool:
    """Whether the till's disk allows a call that may move money: its attempt or refund is there, in the right state."""
    if not call.changes:
        return True
    attempt = payments.find_by_number(till.db, call.number)
    if call.method in {"pay", "precreate"}:
        return attempt is not None and attempt.state is AttemptState.SENT
    rows = till.db.execute("SELECT state FROM refunds WHERE request_no = ?", [call.request_no]).fetchall()
    # Another lane may have seen its end meanwhile; to cancel it once more undoes nothing.
    is_going_back = attempt is not None and attempt.state in {AttemptState.CANCELLING, AttemptState.DEAD}
    return is_going_back or (call.method == "refund" and [row[0] for row in rows] in (["sent"], ["done"]))
