"""Faults: what may go wrong between a till and Alipay, on demand."""

from collections import deque
from dataclasses import dataclass
from enum import StrEnum

FAULTS_MAX = 1_000
"""Calls that may be spoiled in advance."""
SLOW_S = 20.0
"""Longer than a till waits for an answer."""


class Fault(StrEnum):
    """The ways a call can go wrong; in all but three of them the gateway has done what it was asked."""

    DROP_BEFORE = "drop_before"
    """The request never arrives, and the connection breaks."""
    DROP_AFTER = "drop_after"
    """The answer never arrives: the connection breaks."""
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
    SYSTEM_ERROR = "system_error"
    """Code 40004 ACQ.SYSTEM_ERROR, though it was done."""

    @property
    def acts(self) -> bool:
        """Whether the gateway does what it was asked."""
        return self not in {Fault.DROP_BEFORE, Fault.UNSIGNED_ERROR, Fault.BUSY}


@dataclass(frozen=True, slots=True)
class Order:
    """One call to be spoiled.

    Attributes:
        method: the method it must be a call of; empty for any.
        seconds: how late a slow answer is.
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
