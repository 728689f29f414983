"""Practice: a gateway that moves no money and asks nobody; whoever is practising sees every step all the same."""

from datetime import date, datetime
from itertools import count

from pos.clock import Clock
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
    TradeSeen,
)

LOOKS_BEFORE_PAID = 3
"""How often the till asks about a code of ours before the customer who is not there has paid it."""


class PracticeGateway:
    """Says that everything is paid; a code of ours after a few looks."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = count(1)
        self._trades: dict[str, Paid | Closed] = {}
        self._shown: dict[str, tuple[Charge, int]] = {}
        self._back: set[tuple[str, str]] = set()

    @property
    def reach(self) -> Reach:
        """The line is always well."""
        return Reach(self._clock.now())

    def pay(self, charge: Charge) -> PayReply:
        """Take any code for a good one."""
        return self._settle(charge)

    def precreate(self, charge: Charge, dies_at: datetime) -> CodeReply:
        """Show a code that no app can pay."""
        assert dies_at
        self._shown[charge.out_trade_no] = charge, 0
        return CodeShown(f"练习 TRAINING {charge.out_trade_no}")

    def query(self, out_trade_no: str) -> QueryReply:
        """Let the customer take a moment."""
        if out_trade_no in self._trades:
            return self._trades[out_trade_no]
        if out_trade_no not in self._shown:
            return NotFound()
        charge, looks = self._shown[out_trade_no]
        self._shown[out_trade_no] = charge, looks + 1
        return self._settle(charge) if looks + 1 >= LOOKS_BEFORE_PAID else InProcess()

    def find(self, trade_no: str) -> FindReply:
        """Know the numbers it gave out."""
        for out_trade_no, trade in self._trades.items():
            if isinstance(trade, Paid) and trade.trade_no == trade_no:
                return TradeSeen(out_trade_no, trade)
        return NotFound()

    def cancel(self, out_trade_no: str) -> CancelReply:
        """Undo whatever it was."""
        was_paid = isinstance(self._trades.get(out_trade_no), Paid)
        self._trades[out_trade_no] = Closed()
        return Cancelled(closed=not was_paid, refunded=was_paid)

    def close_trade(self, out_trade_no: str) -> CloseReply:
        """Close it."""
        if isinstance(self._trades.get(out_trade_no), Paid):
            return Declined("ACQ.TRADE_STATUS_ERROR")
        self._trades[out_trade_no] = Closed()
        return Closed()

    def refund(self, ask: RefundAsk) -> RefundReply:
        """Pay back at once."""
        self._back.add((ask.out_trade_no, ask.request_no))
        return Refunded()

    def refund_status(self, out_trade_no: str, request_no: str) -> RefundStatus:
        """Know what went back."""
        return Refunded() if (out_trade_no, request_no) in self._back else NotFound()

    def bill(self, day: date) -> BillReply:
        """There is none: no money moved."""
        assert day
        return NotFound()

    def _settle(self, charge: Charge) -> Paid:
        paid = Paid(f"TRAINING{next(self._numbers):08d}", charge.amount)
        self._trades[charge.out_trade_no] = paid
        return paid
