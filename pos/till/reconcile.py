"""Reconcile: a day's Alipay bill against this till's own journal and the hub's copy of it."""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Protocol

from pos.clock import BEIJING
from pos.domain.bill import BillDay, BillRow, Claim, Match, match
from pos.domain.entry import utc_text
from pos.domain.sale import TenderKind
from pos.domain.staff import Act, By
from pos.storage import payments, refunds
from pos.till import allowed
from pos.till.till import Till

DAY = timedelta(days=1)
"""Shops here know no summer time."""


class PaymentCopies(Protocol):
    """Where copies of this till's payments are: the hub."""

    def payments(self, till: str, since: datetime, until: datetime) -> Sequence[Claim]:
        """Return what the hub says a till took by Alipay and gave back within a span (UTC, end not included).

        Raises:
            HubUnreachable, HubRefused: nobody could be asked.
        """


def match_day(till: Till, day: date, bill: Sequence[BillRow], copies: PaymentCopies | None, *, by: By) -> Match:
    """Match a day's bill; rows of other tills in it are left alone.

    Args:
        copies: None to match without the hub.

    Raises:
        NeedsManager: the bill is not this person's business.
        HubUnreachable, HubRefused: match again with None, and say so.
    """
    allowed.require(till, Act.MATCH_BILL, by)
    of = span(day)
    since, until = of.since - DAY, of.until + DAY
    ours = claims(till, since, until)
    known = {each.out_trade_no for each in ours}
    rows = [row for row in bill if row.out_trade_no in known or _is_ours(till, row)]
    return match(of, ours, rows, copies.payments(till.identity.name, since, until) if copies else None)


def claims(till: Till, since: datetime, until: datetime) -> list[Claim]:
    """Return what this till took by Alipay and gave back within a span (UTC, end not included)."""
    span = utc_text(since), utc_text(until)
    taken = [
        Claim(number, "", amount, receipt_no, at)
        for number, amount, receipt_no, at in payments.list_taken(till.db, TenderKind.ALIPAY.value, *span)
    ]
    given = [
        Claim(each.out_trade_no, each.request_no, -each.amount, each.receipt_no, each.changed_at)
        for each in refunds.list_done(till.db, *span)
    ]
    return taken + given


def span(day: date) -> BillDay:
    """Return a calendar day in the shop as a span of UTC."""
    midnight = datetime.combine(day, time(), BEIJING)
    return BillDay(day, midnight, midnight + DAY)


def _is_ours(till: Till, row: BillRow) -> bool:
    return (row.store, row.till) == (till.identity.store, till.identity.till)
