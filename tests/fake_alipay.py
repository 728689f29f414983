"""Stand-ins for Alipay: one in this process that keeps Alipay's rules, and one that says what it is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Literal, TypeVar

from pos.domain.gateway import (
    BillReply,
    Cancelled,
    CancelReply,
    Charge,
    Closed,
    CloseReply,
    CodeReply,
    CodeShown,
    Declined,
    FindReply,
    InProcess,
    NotFound,
    Paid,
    PayReply,
    QueryReply,
    Reach,
    RefundAsk,
    Refunded,
    RefundReply,
    RefundStatus,
    TooLate,
    TradeSeen,
    Unknown,
)
from pos.domain.money import ZERO, Money
from tests.fake_time import MORNING, FakeClock

Scripted = TypeVar("Scripted")
Reply = TypeVar("Reply", Paid | InProcess | Declined, Paid | InProcess | Closed)


CODE_LIVES_S = 60
"""How long a payment code can be charged (Alipay: refreshed every minute)."""


REQUEST_WANDERS_S = 60
"""How long a request that is lost may still arrive."""


WAITS_S = {True: 180, False: 300}
"""How long a trade waits for its customer, by whether the till read a code: the ``timeout_express`` that we ask for."""


CANCEL_WITHIN_H = 24
"""How long a trade may be cancelled after it was made; later it takes a refund."""


@dataclass(slots=True)
class Code:
    """A code on a customer's phone."""

    customer: str
    shown_at: datetime
    must_confirm: bool
    sub_code: str
    is_used: bool = False
    is_refused_once: bool = False


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade as Alipay keeps it."""

    charge: Charge
    customer: str
    trade_no: str
    state: Literal["waiting", "paid", "closed"]
    made_at: datetime
    undone: Cancelled = field(default_factory=Cancelled)
    backs: Mapping[str, Money] = field(default_factory=dict)

    @property
    def kept(self) -> Money:
        """What of it the shop has and keeps."""
        return self.charge.amount - sum(self.backs.values(), ZERO) if self.state == "paid" else ZERO


@dataclass(slots=True)
class _Fault:
    """What befalls the next call: its request or its reply is lost, it has a twin, or its caller dies."""

    where: Literal["request", "reply", "twin"]
    arrives_after_s: float | None = None
    dying: BaseException | None = None


@dataclass(slots=True)
class FakeAlipay:
    """Alipay by its own rules, in this process, with a line that can be bad.

    A code is good for 60 s and for one trade; ours makes a trade when it is scanned, until it dies; the
    same ``out_trade_no`` is the same trade, or refused when
    anything else differs; a trade that is closed never comes alive; cancel closes what is unpaid, pays back
    what is paid, and knows nothing of what has not arrived, which it does not remember.

    Attributes:
        trades: by ``out_trade_no``.
        calls: the name and ``out_trade_no`` of every call, also of those that were lost.
        on_call: is told of each call before anything else happens.
        is_down: nothing gets through, nothing arrives later.
    """

    clock: FakeClock
    trades: dict[str, Trade] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    on_call: Callable[[str, str], None] = lambda _name, _out_trade_no: None
    is_down: bool = False
    _codes: dict[str, Code] = field(default_factory=dict)
    _faults: list[_Fault] = field(default_factory=list)
    _wandering: list[tuple[datetime, Charge]] = field(default_factory=list)
    _wrong_amount: Money | None = None
    _refusals: list[str] = field(default_factory=list)
    _shown: dict[str, tuple[Charge, datetime]] = field(default_factory=dict)
    reach: Reach = field(default_factory=lambda: Reach(MORNING))

    # Customers

    def scan(self, qr: str, customer: str = "王女士", *, must_confirm: bool = False) -> bool:
        """Let a customer scan a code of ours, and say whether it could still be paid."""
        self.deliver()
        charge, dies_at = self._shown[qr]
        if charge.out_trade_no in self.trades or self.clock.now() >= dies_at:
            return False
        self._open_trade(charge, customer, self.clock.now(), must_confirm=must_confirm)
        return True

    def show_code(
        self, customer: str = "王女士", *, must_confirm: bool = False, sub_code: str = "", once: bool = False
    ) -> str:
        """Return a fresh code of a customer, 18 digits.

        Args:
            must_confirm: the customer has to type a password: the trade waits for ``confirm``.
            sub_code: why Alipay will refuse it.
            once: it is refused once; by the second request the customer has topped up.
        """
        text = f"28{len(self._codes) + 1:016d}"
        self._codes[text] = Code(customer, self.clock.now(), must_confirm, sub_code, is_refused_once=once)
        return text

    def confirm(self, customer: str = "王女士") -> int:
        """Let a customer type the password for every trade that waits, and return how many did."""
        self.deliver()
        waiting = [each for each in self.trades.values() if each.customer == customer and each.state == "waiting"]
        for trade in waiting:
            self._put(replace(trade, state="paid"))
        return len(waiting)

    def walk_away(self, customer: str = "王女士") -> None:
        """Let the trades a customer never confirmed run out."""
        self.deliver()
        for trade in [*self.trades.values()]:
            if trade.customer == customer and trade.state == "waiting":
                self._put(replace(trade, state="closed"))

    @property
    def kept(self) -> Money:
        """The money of all customers that is with us."""
        self.deliver()
        return sum((each.kept for each in self.trades.values()), ZERO)

    def kept_from(self, customer: str) -> Money:
        """The money of one customer that is with us."""
        self.deliver()
        return sum((each.kept for each in self.trades.values() if each.customer == customer), ZERO)

    # The line

    def lose_next_reply(self, *, dying: BaseException | None = None) -> None:
        """Let the next call happen, and its answer get lost; or let its caller die instead of hearing it."""
        self._faults.append(_Fault("reply", dying=dying))

    def lose_next_request(self, *, arrives_after_s: float | None = None, dying: BaseException | None = None) -> None:
        """Let the next call get lost on its way; a ``pay`` may arrive later, when nobody waits for it any more."""
        self._faults.append(_Fault("request", arrives_after_s, dying))

    def double_next_request(self, *, arrives_after_s: float) -> None:
        """Let the next ``pay`` happen, and a copy of its request arrive later."""
        self._faults.append(_Fault("twin", arrives_after_s))

    def misstate_next_amount(self, amount: Money) -> None:
        """Let the next answer that says paid say another amount."""
        self._wrong_amount = amount

    def refuse_next_refund(self, sub_code: str) -> None:
        """Let the next refund that arrives be refused."""
        self._refusals.append(sub_code)

    def forget_faults(self) -> None:
        """Mend the line; what wanders still arrives."""
        self._faults.clear()
        self.is_down = False

    def deliver(self) -> None:
        """Let every request arrive whose time has come; what wanders too long is gone."""
        due = sorted((each for each in self._wandering if each[0] <= self.clock.now()), key=lambda each: each[0])
        self._wandering = [each for each in self._wandering if each[0] > self.clock.now()]
        for at, charge in due:
            self._take(charge, at)
        for trade in [each for each in self.trades.values() if each.state == "waiting"]:
            if self.clock.now() - trade.made_at >= timedelta(seconds=WAITS_S[bool(trade.charge.auth_code)]):
                self._put(replace(trade, state="closed"))

    # The port

    def pay(self, charge: Charge) -> PayReply:
        fault = self._begin("pay", charge.out_trade_no)
        if fault and fault.arrives_after_s is not None and fault.arrives_after_s <= REQUEST_WANDERS_S:
            self._wandering.append((self.clock.now() + timedelta(seconds=fault.arrives_after_s), charge))
        if fault and fault.where == "request":
            return self._lost(fault)
        reply = self._take(charge, self.clock.now())
        return self._lost(fault) if fault and fault.where == "reply" else self._told(reply)

    def query(self, out_trade_no: str) -> QueryReply:
        fault = self._begin("query", out_trade_no)
        if fault and fault.where != "twin":
            return self._lost(fault)
        trade = self.trades.get(out_trade_no)
        return self._told(_as_reply(trade)) if trade else NotFound()

    def cancel(self, out_trade_no: str) -> CancelReply:
        fault = self._begin("cancel", out_trade_no)
        if fault and fault.where == "request":
            return self._lost(fault)
        reply = self._undo(out_trade_no)
        return self._lost(fault) if fault and fault.where == "reply" else reply

    def precreate(self, charge: Charge, dies_at: datetime) -> CodeReply:
        fault = self._begin("precreate", charge.out_trade_no)
        if fault and fault.where == "request":
            return self._lost(fault)
        text = f"https://qr.example/bax{charge.out_trade_no}"
        self._shown[text] = (charge, dies_at)
        return self._lost(fault) if fault and fault.where == "reply" else CodeShown(text)

    def find(self, trade_no: str) -> FindReply:
        fault = self._begin("find", trade_no)
        if fault and fault.where != "twin":
            return self._lost(fault)
        found = next((each for each in self.trades.values() if each.trade_no == trade_no), None)
        return TradeSeen(found.charge.out_trade_no, _as_reply(found)) if found else NotFound()

    def close_trade(self, out_trade_no: str) -> CloseReply:
        trade = self.trades.get(out_trade_no)
        if trade is None:
            return NotFound()
        if trade.state == "paid":
            return Declined("ACQ.TRADE_STATUS_ERROR")
        self._put(replace(trade, state="closed"))
        return Closed()

    def refund(self, ask: RefundAsk) -> RefundReply:
        fault = self._begin("refund", ask.out_trade_no)
        if fault and fault.where == "request":
            return self._lost(fault)
        reply = Declined(self._refusals.pop(0)) if self._refusals else self._pay_back(ask)
        return self._lost(fault) if fault and fault.where == "reply" else reply

    def refund_status(self, out_trade_no: str, request_no: str) -> RefundStatus:
        fault = self._begin("refund_status", out_trade_no)
        if fault and fault.where != "twin":
            return self._lost(fault)
        trade = self.trades.get(out_trade_no)
        return Refunded() if trade and request_no in trade.backs else NotFound()

    def bill(self, day: date) -> BillReply:
        return Unknown(f"no bills here, nor for {day}")

    # Inside

    def _begin(self, name: str, out_trade_no: str) -> _Fault | None:
        self.calls.append((name, out_trade_no))
        self.on_call(name, out_trade_no)
        self.deliver()
        if self.is_down:
            return _Fault("request")
        if self._faults:
            return self._faults.pop(0)
        self.reach = Reach(self.clock.now())
        return None

    def _lost(self, fault: _Fault) -> Unknown:
        if fault.dying:
            raise fault.dying
        self.reach = replace(self.reach, unanswered=self.reach.unanswered + 1)
        return Unknown(f"{fault.where} lost")

    def _told(self, reply: Reply) -> Reply | Paid:
        wrong = self._wrong_amount
        if not isinstance(reply, Paid) or wrong is None:
            return reply
        self._wrong_amount = None
        return Paid(reply.trade_no, wrong)

    def _take(self, charge: Charge, at: datetime) -> Paid | InProcess | Declined:
        known = self.trades.get(charge.out_trade_no)
        if known is None:
            return self._take_new(charge, at)
        if known.charge != charge:
            return Declined("ACQ.CONTEXT_INCONSISTENT")
        reply = _as_reply(known)
        return Declined("ACQ.TRADE_HAS_CLOSE") if isinstance(reply, Closed) else reply

    def _take_new(self, charge: Charge, at: datetime) -> Paid | InProcess | Declined:
        code = self._codes.get(charge.auth_code)
        if code is None or code.is_used or at - code.shown_at > timedelta(seconds=CODE_LIVES_S):
            return Declined("ACQ.PAYMENT_AUTH_CODE_INVALID")
        if code.sub_code:
            sub_code, code.sub_code = code.sub_code, "" if code.is_refused_once else code.sub_code
            return Declined(sub_code)
        code.is_used = True
        return self._open_trade(charge, code.customer, at, must_confirm=code.must_confirm)

    def _open_trade(self, charge: Charge, customer: str, at: datetime, *, must_confirm: bool) -> Paid | InProcess:
        trade_no = f"{at:%Y%m%d}22001{len(self.trades) + 1:015d}"
        self._put(Trade(charge, customer, trade_no, "waiting" if must_confirm else "paid", at))
        return InProcess() if must_confirm else Paid(trade_no, charge.amount)

    def _pay_back(self, ask: RefundAsk) -> RefundReply:
        trade = self.trades.get(ask.out_trade_no)
        if trade is None:
            return Declined("ACQ.TRADE_NOT_EXIST")
        if ask.request_no in trade.backs:
            is_same = trade.backs[ask.request_no] == ask.amount
            return Unknown("fund_change N") if is_same else Declined("ACQ.DISCORDANT_REPEAT_REQUEST")
        if trade.state != "paid":
            return Declined("ACQ.TRADE_STATUS_ERROR")
        if ask.amount > trade.kept:
            return Declined("ACQ.REASON_TRADE_REFUND_FEE_ERR")
        after = replace(trade, backs={**trade.backs, ask.request_no: ask.amount})
        self._put(after if after.kept else replace(after, state="closed"))
        return Refunded()

    def _undo(self, out_trade_no: str) -> Cancelled | TooLate:
        trade = self.trades.get(out_trade_no)
        if trade is None:
            return Cancelled()
        if self.clock.now() - trade.made_at > timedelta(hours=CANCEL_WITHIN_H):
            return TooLate()
        if trade.state != "closed":
            undone = Cancelled(refunded=True) if trade.state == "paid" else Cancelled(closed=True)
            trade = replace(trade, state="closed", undone=undone)
            self._put(trade)
        return trade.undone

    def _put(self, trade: Trade) -> None:
        self.trades[trade.charge.out_trade_no] = trade


def _as_reply(trade: Trade) -> Paid | InProcess | Closed:
    if trade.state == "paid":
        return Paid(trade.trade_no, trade.charge.amount)
    return InProcess() if trade.state == "waiting" else Closed()


@dataclass(slots=True)
class ScriptedGateway:
    """A gateway that answers what it is told, in order, and keeps the calls it got."""

    pays: list[PayReply] = field(default_factory=list)
    queries: list[QueryReply] = field(default_factory=list)
    cancels: list[CancelReply] = field(default_factory=list)
    precreates: list[CodeReply] = field(default_factory=list)
    finds: list[FindReply] = field(default_factory=list)
    refunds: list[RefundReply] = field(default_factory=list)
    statuses: list[RefundStatus] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    reach: Reach = field(default_factory=Reach)

    def pay(self, charge: Charge) -> PayReply:
        return self._next("pay", charge.out_trade_no, self.pays)

    def precreate(self, charge: Charge, dies_at: datetime) -> CodeReply:
        assert dies_at
        return self._next("precreate", charge.out_trade_no, self.precreates)

    def query(self, out_trade_no: str) -> QueryReply:
        return self._next("query", out_trade_no, self.queries)

    def find(self, trade_no: str) -> FindReply:
        return self._next("find", trade_no, self.finds)

    def cancel(self, out_trade_no: str) -> CancelReply:
        return self._next("cancel", out_trade_no, self.cancels)

    def close_trade(self, out_trade_no: str) -> CloseReply:
        raise AssertionError(out_trade_no)

    def refund(self, ask: RefundAsk) -> RefundReply:
        return self._next("refund", ask.request_no, self.refunds)

    def refund_status(self, out_trade_no: str, request_no: str) -> RefundStatus:
        assert out_trade_no
        return self._next("refund_status", request_no, self.statuses)

    def bill(self, day: date) -> BillReply:
        raise AssertionError(day)

    def _next(self, name: str, number: str, replies: list[Scripted]) -> Scripted:
        assert number
        self.calls.append(name)
        return replies.pop(0)
