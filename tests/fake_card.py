"""A prepaid card that exists in tests only: what a new way to pay has to bring, and nothing else is told of it.

Its issuer keeps real rules: a card pays no more than it holds, the same number is one payment however often it is asked
for, what is voided is on the card again, and nothing is known of what never arrived.
"""

from dataclasses import dataclass, field

from pos.domain.gateway import (
    Cancelled,
    CancelReply,
    Charge,
    Closed,
    Declined,
    NotFound,
    Paid,
    PayReply,
    QueryReply,
    RefundAsk,
    Refunded,
    RefundReply,
    RefundStatus,
    Unknown,
)
from pos.domain.money import Money
from pos.domain.sale import TenderKind


@dataclass(slots=True)
class FakeCard:
    """The issuer of prepaid cards, on a line that may lose answers.

    Attributes:
        holds: what each card holds.
        lost: how many of the next answers get lost; what was asked is done all the same.
    """

    holds: dict[str, Money] = field(default_factory=dict)
    lost: int = 0
    is_down: bool = False
    _paid: dict[str, tuple[str, Money]] = field(default_factory=dict)
    _voided: set[str] = field(default_factory=set)
    _backs: dict[tuple[str, str], Money] = field(default_factory=dict)

    kind = TenderKind.PREPAID_CARD
    needs_line = True
    gives_change = False

    def authorise(self, charge: Charge) -> PayReply:
        number, card = charge.out_trade_no, charge.auth_code
        if number in self._voided:
            return Declined("CARD.VOIDED")
        if number not in self._paid:
            if card not in self.holds:
                return Declined("CARD.UNKNOWN")
            if charge.amount > self.holds[card]:
                return Declined("CARD.BALANCE_NOT_ENOUGH")
            self.holds[card] -= charge.amount
            self._paid[number] = card, charge.amount
        return Unknown("lost") if self._is_lost() else Paid(f"C{len(self._paid):08d}", charge.amount)

    def query(self, out_trade_no: str) -> QueryReply:
        if self._is_lost():
            return Unknown("lost")
        if out_trade_no in self._voided:
            return Closed()
        found = self._paid.get(out_trade_no)
        return Paid("C1", found[1]) if found else NotFound()

    def void(self, out_trade_no: str) -> CancelReply:
        if out_trade_no in self._paid and out_trade_no not in self._voided:
            card, amount = self._paid[out_trade_no]
            self.holds[card] += amount
        self._voided.add(out_trade_no)
        if self._is_lost():
            return Unknown("lost")
        return Cancelled(refunded=True) if out_trade_no in self._paid else Cancelled(closed=True)

    def refund(self, ask: RefundAsk) -> RefundReply:
        card, amount = self._paid[ask.out_trade_no]
        if (ask.out_trade_no, ask.request_no) not in self._backs:
            gone = sum(back.fen for (number, _), back in self._backs.items() if number == ask.out_trade_no)
            if ask.amount > amount - Money(gone):
                return Declined("CARD.REFUND_TOO_MUCH")
            self._backs[ask.out_trade_no, ask.request_no] = ask.amount
            self.holds[card] += ask.amount
        return Unknown("lost") if self._is_lost() else Refunded()

    def refund_status(self, out_trade_no: str, request_no: str) -> RefundStatus:
        return Refunded() if (out_trade_no, request_no) in self._backs else NotFound()

    def balance(self, account: str) -> Money | None:
        return None if self._is_lost() else self.holds.get(account)

    def _is_lost(self) -> bool:
        self.lost -= 1
        return self.lost >= 0
