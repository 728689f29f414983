"""Alipay and the line to it: the simulator's rules in this process, and everything a line does to a call."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from random import Random
from typing import TypeVar

from pos.alipay import replies, requests
from pos.alipay.gateway import BUSY
from pos.alipay.replies import Node
from pos.clock import Clock
from pos.domain.gateway import (
    BillReply,
    CancelReply,
    Charge,
    CloseReply,
    CodeReply,
    FindReply,
    PayReply,
    QueryReply,
    Reach,
    RefundAsk,
    RefundReply,
    RefundStatus,
    Unknown,
)
from pos.domain.payment import REQUEST_LIFE
from pos.sandbox.gateway_answers import refused
from pos.sandbox.gateway_ledger import MemoryLedger
from pos.sandbox.gateway_rules import Acquirer
from tests.simulation.chance import Options
from tests.simulation.times import TrueTime

READ_S = 15.0
"""How long a till waits for an answer that does not come."""
Reply = TypeVar("Reply")
Do = Callable[[Acquirer], Node]


@dataclass(frozen=True, slots=True)
class Call:
    """One request on its way.

    Attributes:
        number: ``out_trade_no``.
        request_no: of a refund.
        changes: whether it may move money, so that it matters whether it arrives twice or late.
    """

    method: str
    number: str
    do: Do
    request_no: str = ""
    changes: bool = False


@dataclass(slots=True)
class Line:
    """The line between all tills and Alipay.

    Attributes:
        counts: how many faults of each kind were injected.
        is_mended: no faults any more; what wanders still arrives.
    """

    acquirer: Acquirer
    options: Options
    chance: Random
    time: TrueTime
    counts: dict[str, int]
    is_mended: bool = False
    _wandering: list[tuple[datetime, Call]] = field(default_factory=list)

    @classmethod
    def lay(cls, options: Options, chance: Random, time: TrueTime, counts: dict[str, int]) -> "Line":
        """Return a line to an Alipay that knows nobody yet."""
        return cls(Acquirer(time, MemoryLedger(), chance), options, chance, time, counts)

    def carry(self, call: Call, wait: Callable[[str], None]) -> Node | Unknown:
        """Bring a call there and its answer back, or not; ``wait`` is told when its caller waits."""
        wait("before")
        self.deliver()
        fault = self._fault(call)
        if fault in {"lost_request", "late"}:
            if fault == "late":
                self._wander(call)
            self.time.advance(READ_S)
            return Unknown(fault)
        node = self._answer(call, fault)
        wait("after")
        self.time.advance(READ_S if fault == "lost_reply" else 0.2)
        if fault == "lost_reply":
            return Unknown(fault)
        return _misstated(node) if fault == "misstated" else node

    def _answer(self, call: Call, fault: str) -> Node:
        """Let a call arrive, and return what Alipay says."""
        is_odd = self.chance.random() < 0.5
        if fault == "twin":
            self._wander(call)
            if is_odd and call.method == "pay":
                return refused("PAYMENT_REQUEST_HAS_RISK", call.number)  # and its copy may pass
        node = {} if fault == "busy" and is_odd else call.do(self.acquirer)
        return {"code": "20000", "msg": "Service Currently Unavailable"} if fault == "busy" else node

    def deliver(self) -> None:
        """Let every request arrive that is due; nobody hears the answers."""
        due = sorted((each for each in self._wandering if each[0] <= self.time.now()), key=lambda each: each[0])
        self._wandering = [each for each in self._wandering if each[0] > self.time.now()]
        for _at, call in due:
            call.do(self.acquirer)

    def _fault(self, call: Call) -> str:
        """Draw what befalls a call; always the same number of draws."""
        drawn = {name: self.chance.random() < getattr(self.options, name) for name in _FAULTS}
        fault = next((name for name, is_drawn in drawn.items() if is_drawn), "")
        if self.is_mended or (fault in {"late", "twin"} and not call.changes):
            return ""
        if fault:
            self.counts[fault] = self.counts.get(fault, 0) + 1
        return fault

    def _wander(self, call: Call) -> None:
        seconds = self.chance.uniform(1, REQUEST_LIFE.total_seconds() - 1)
        self._wandering.append((self.time.now() + timedelta(seconds=seconds), call))


_FAULTS = ("lost_request", "lost_reply", "late", "twin", "busy", "misstated")


def _misstated(node: Node) -> Node:
    """Return an answer that holds together but for its amount."""
    return {**node, "total_amount": "0.01"} if "total_amount" in node else node


class SimGateway:
    """The port as a till sees it: real requests, real reading of answers, and a line that lies in between.

    Args:
        wait: called with the call and ``before`` or ``after`` while the till waits for its answer.
    """

    def __init__(self, line: Line, wait: Callable[[Call, str], None], clock: Clock) -> None:
        self._line, self._wait, self._clock = line, wait, clock
        self.reach = Reach(clock.now())

    def pay(self, charge: Charge) -> PayReply:
        content, number = requests.pay_content(charge), charge.out_trade_no
        call = Call("pay", number, lambda at: at.pay(content), changes=True)
        return self._ask(call, lambda node: replies.pay_reply(node, number, charge.amount))

    def precreate(self, charge: Charge, dies_at: datetime) -> CodeReply:
        number = charge.out_trade_no
        content = requests.precreate_content(charge, dies_at - self._clock.now())
        call = Call("precreate", number, lambda at: at.precreate(content), changes=True)
        return self._ask(call, lambda node: replies.code_reply(node, number))

    def query(self, out_trade_no: str) -> QueryReply:
        content = requests.number_content(out_trade_no)
        call = Call("query", out_trade_no, lambda at: at.query(content))
        return self._ask(call, lambda node: replies.query_reply(node, out_trade_no))

    def find(self, trade_no: str) -> FindReply:
        content = requests.trade_content(trade_no)
        return self._ask(
            Call("find", "", lambda at: at.query(content)), lambda node: replies.find_reply(node, trade_no)
        )

    def cancel(self, out_trade_no: str) -> CancelReply:
        content = requests.number_content(out_trade_no)
        call = Call("cancel", out_trade_no, lambda at: at.cancel(content), changes=True)
        return self._ask(call, lambda node: replies.cancel_reply(node, out_trade_no))

    def close_trade(self, out_trade_no: str) -> CloseReply:
        content = requests.number_content(out_trade_no)
        call = Call("close", out_trade_no, lambda at: at.close(content), changes=True)
        return self._ask(call, lambda node: replies.close_reply(node, out_trade_no))

    def refund(self, ask: RefundAsk) -> RefundReply:
        content, number = requests.refund_content(ask), ask.out_trade_no
        call = Call("refund", number, lambda at: at.refund(content), ask.request_no, changes=True)
        return self._ask(call, lambda node: replies.refund_reply(node, number))

    def refund_status(self, out_trade_no: str, request_no: str) -> RefundStatus:
        content = requests.refund_query_content(out_trade_no, request_no)
        call = Call("refund_status", out_trade_no, lambda at: at.refund_query(content))
        return self._ask(call, lambda node: replies.refund_status(node, out_trade_no, request_no))

    def bill(self, day: date) -> BillReply:
        raise AssertionError(day)

    def _ask(self, call: Call, read: Callable[[Node], Reply]) -> Reply | Unknown:
        node = self._line.carry(call, lambda where: self._wait(call, where))
        reply = node if isinstance(node, Unknown) else read(node)
        is_answered = not isinstance(node, Unknown) and node.get("code") not in BUSY
        unanswered = self.reach.unanswered + 1
        self.reach = Reach(self._clock.now()) if is_answered else replace(self.reach, unanswered=unanswered)
        return reply
