"""Orphans: payments that another till of the group began and will never end, because it is gone for good.

Only a person can know that a till will not come back, and whether the goods left with the customer: so nothing
here happens by itself. A till that is merely without a line settles its own payments when it is back.
"""

from collections.abc import Sequence
from typing import Protocol

from pos.domain import facts
from pos.domain.errors import PaymentUnavailable
from pos.domain.gateway import CancelReply, PaymentGateway, QueryReply, RefundAsk, RefundReply, RefundStatus, TooLate
from pos.domain.payment import Orphan
from pos.domain.staff import Act, By
from pos.till import allowed
from pos.till.till import Till


class OpenCopies(Protocol):
    """Where open ends of other tills are known: the hub."""

    def orphans(self, till: str) -> Sequence[Orphan]:
        """Return a till's payments and refunds without an end, oldest first.

        Raises:
            HubUnreachable, HubRefused: nobody could be asked.
        """


def look(till: Till, orphan: Orphan) -> QueryReply | RefundStatus:
    """Ask Alipay how an orphan stands; moves nothing."""
    if orphan.request_no:
        return _gateway(till).refund_status(orphan.out_trade_no, orphan.request_no)
    return _gateway(till).query(orphan.out_trade_no)


def give_back(till: Till, orphan: Orphan, *, by: By) -> CancelReply | RefundReply:
    """Close a payment or pay it back, or carry a refund through; who ordered it is on disk before Alipay is asked.

    Told twice it happens once. "Nothing there" is final only when the orphan's code is dead.

    Raises:
        NeedsManager, SamePerson: who orders it may not alone; nothing was asked.
    """
    gateway = _gateway(till)
    with till.transaction():
        allowed.require(till, Act.END_ORPHAN, by)
        till.record(facts.ORPHAN_CANCELLED, _facts(orphan, by))
    reply = None if orphan.request_no else gateway.cancel(orphan.out_trade_no)
    if reply is not None and not isinstance(reply, TooLate):
        return reply
    number, identity = orphan.out_trade_no, till.identity
    request_no = orphan.request_no or number
    return gateway.refund(
        RefundAsk(number, request_no, orphan.amount, "未成交退回", identity.store, identity.till, by.actor.number)
    )


def _facts(orphan: Orphan, by: By) -> dict[str, str | int]:
    return {
        "till": orphan.till_name,
        "out_trade_no": orphan.out_trade_no,
        "request_no": orphan.request_no,
        "amount_fen": orphan.amount.fen,
        "ordered_by": by.actor.number,
        "approver": by.approver_number,
    }


def _gateway(till: Till) -> PaymentGateway:
    if till.gateway is None:
        raise PaymentUnavailable
    return till.gateway
