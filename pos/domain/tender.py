"""TenderType: a way to take money, what it is asked and what it may answer; cash and Alipay are two.

Another one (a prepaid card) is a folder of its own with a class of this shape, a word in ``TenderKind``, and an entry
in ``Till.more_tenders``; how parts add up, wait and go back is told once, in ``pos/till/pay.py``.
"""

from typing import Protocol

from pos.domain.gateway import (
    CancelReply,
    Charge,
    NotFound,
    Paid,
    PaymentGateway,
    PayReply,
    QueryReply,
    RefundAsk,
    RefundReply,
    RefundStatus,
    Unknown,
)
from pos.domain.money import Money
from pos.domain.sale import TenderKind


class TenderType(Protocol):
    """A way to take money. No method raises for what the world may do: what is not proven is ``Unknown``."""

    @property
    def kind(self) -> TenderKind:
        """What it is called in journal, totals and receipts."""

    @property
    def needs_line(self) -> bool:
        """Whether somebody elsewhere is asked; if not, its part is taken the moment it is on disk."""

    @property
    def gives_change(self) -> bool:
        """Whether more may be handed over than it pays."""

    @property
    def is_down(self) -> bool:
        """Whether nothing new should be begun with it now."""

    def authorise(self, charge: Charge) -> PayReply:
        """Take this much, once; the attempt is on disk, or is written in the same transaction without a line."""

    def query(self, out_trade_no: str) -> QueryReply:
        """Say what became of an attempt."""

    def void(self, out_trade_no: str) -> CancelReply:
        """Undo an attempt, whatever it came to; its move to CANCELLING is on disk."""

    def refund(self, ask: RefundAsk) -> RefundReply:
        """Pay back of what was taken, once for each number."""

    def refund_status(self, out_trade_no: str, request_no: str) -> RefundStatus:
        """Say what became of a refund."""

    def balance(self, account: str) -> Money | None:
        """Return how much an account could pay; None when nobody says."""


class CashTender:
    """Cash: nobody is asked, and only a person's hands give it back."""

    kind = TenderKind.CASH
    needs_line = False
    gives_change = True
    is_down = False

    def authorise(self, charge: Charge) -> PayReply:
        """Count it as taken: the cashier has it."""
        return Paid("", charge.amount)

    def query(self, out_trade_no: str) -> QueryReply:
        """Say that nobody can be asked."""
        return Unknown(f"cash {out_trade_no}")

    def void(self, out_trade_no: str) -> CancelReply:
        """Leave it open until the cashier says that it was handed back."""
        return Unknown(f"cash {out_trade_no}")

    def refund(self, ask: RefundAsk) -> RefundReply:
        """Leave it open until the cashier says that it was handed back."""
        return Unknown(f"cash {ask.out_trade_no}")

    def refund_status(self, out_trade_no: str, request_no: str) -> RefundStatus:
        """Say that nobody knows of any."""
        del out_trade_no, request_no
        return NotFound()

    def balance(self, account: str) -> None:
        """Say nothing of somebody's purse."""
        del account


class AlipayTender:
    """Alipay, by the customer's code or by ours."""

    kind = TenderKind.ALIPAY
    needs_line = True
    gives_change = False

    def __init__(self, gateway: PaymentGateway) -> None:
        self._gateway = gateway
        self.authorise, self.query, self.void = gateway.pay, gateway.query, gateway.cancel
        self.refund, self.refund_status = gateway.refund, gateway.refund_status

    @property
    def is_down(self) -> bool:
        """Whether it fell silent."""
        return self._gateway.reach.is_down

    def balance(self, account: str) -> None:
        """Say nothing of somebody's purse."""
        del account
