"""Faults: what may go wrong between a till and Alipay, on demand."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

from pos.domain.money import Money
from pos.sandbox.gateway_answers import Node

FAULTS_MAX = 1_000
"""Calls that may be spoiled in advance."""
SLOW_S = 20.0
"""Longer than a till waits for an answer."""


class Fault(StrEnum):
    """The ways a call can go wrong."""

    DROP_BEFORE = "drop_before"
    """The request never arrives, and the connection breaks."""
    DROP_AFTER = "drop_after"
    """The answer never arrives: the connection breaks."""
    LATE = "late"
    """The connection breaks at once, and the request arrives some seconds later, perhaps after those sent after it."""
    DUPLICATE = "duplicate"
    """The request arrives twice; the first answer comes back."""
    DUPLICATE_LAST = "duplicate_last"
    """The request arrives twice; the second answer comes back."""
    SLOW = "slow"
    """The answer comes late."""
    BAD_SIGNATURE = "bad_signature"
    """The answer's signature belongs to something else."""
    UNSIGNED_ERROR = "unsigned_error"
    """An error without signature; nothing was done."""
    HTTP_500 = "http_500"
    """Status 500 in place of the answer."""
    HTML = "html"
    """A page in place of the answer, as from somebody's proxy."""
    BUSY = "20000"
    """Code 20000; nothing was done."""
    BUSY_AFTER = "20000_after"
    """Code 20000, though it was done."""
    LIMITED = "40005"
    """Code 40005, too many calls; nothing was done."""
    SYSTEM_ERROR = "system_error"
    """Code 40004 SYSTEM_ERROR, though it was done."""
    WRONG_AMOUNT = "wrong_amount"
    """A signed answer whose amounts are a fen more than they should be."""
    WRONG_NUMBER = "wrong_number"
    """A signed answer that bears another out_trade_no."""
    REFUND_PENDING = "refund_pending"
    """A refund that was done is answered with fund_change N, as if the money were still under way."""
    REFUND_LOST = "refund_lost"
    """A refund is answered with fund_change N and was not done; asked again with its number, it is done."""

    @property
    def acts(self) -> bool:
        """Whether the gateway has done what it was asked when the call ends."""
        return self not in _IDLE

    @property
    def method(self) -> str:
        """The one method it can be ordered for; empty for any."""
        return "alipay.trade.refund" if self in {Fault.REFUND_PENDING, Fault.REFUND_LOST} else ""


_IDLE = {Fault.DROP_BEFORE, Fault.LATE, Fault.UNSIGNED_ERROR, Fault.BUSY, Fault.LIMITED, Fault.REFUND_LOST}
_AMOUNTS = ("total_amount", "receipt_amount", "buyer_pay_amount", "refund_fee", "refund_amount")


def spoiled(node: Node, fault: Fault) -> Node:
    """Return an answer's node as a fault changes it before it is signed; most change nothing."""
    match fault:
        case Fault.WRONG_AMOUNT:
            found = {name: Money.parse(str(node[name])) for name in _AMOUNTS if name in node}
            return {**node, **{name: (amount + Money(1)).yuan for name, amount in found.items()}}
        case Fault.WRONG_NUMBER if "out_trade_no" in node:
            number = str(node["out_trade_no"])
            return {**node, "out_trade_no": number[:-1] + ("1" if number.endswith("0") else "0")}
        case Fault.REFUND_PENDING if "fund_change" in node:
            return {**node, "fund_change": "N"}
        case _:
            return node


@dataclass(frozen=True, slots=True)
class Order:
    """One call to be spoiled.

    Attributes:
        method: the method it must be a call of; empty for any.
        seconds: how late a slow answer or a late request is.
    """

    fault: Fault
    method: str = ""
    seconds: float = SLOW_S


class Faults:
    """Orders that wait for their call, first come first served."""

    def __init__(self) -> None:
        self._orders: deque[Order] = deque()

    def __len__(self) -> int:
        return len(self._orders)

    def add(self, order: Order, count: int) -> bool:
        """Let the next ``count`` calls go wrong; False when there are too many orders already."""
        if len(self._orders) + count > FAULTS_MAX:
            return False
        self._orders.extend([order] * count)
        return True

    def clear(self) -> None:
        """Forget all orders."""
        self._orders.clear()

    def take(self, method: str) -> Order | None:
        """Return the first order for a call of this method, and forget it; nothing if there is none."""
        found = next((order for order in self._orders if order.method in {"", method}), None)
        if found is not None:
            self._orders.remove(found)
        return found
