"""Copies: what the hub knows of sales and payments, for a refund of another till's sale and for the daily match."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from urllib.parse import quote

from msgspec import Struct, json

from pos.domain.bill import Claim
from pos.domain.entry import parse_utc, utc_text
from pos.domain.errors import HubRefused, NothingToRefund
from pos.domain.money import Money
from pos.domain.payment import Orphan
from pos.domain.refund import Back, Refundable
from pos.domain.return_facts import return_from, sale_from
from pos.domain.returns import Return, SaleCopy, backs_beside
from pos.domain.sale import Sale, TenderKind
from pos.sync.client import HubClient


class _PaidBy(Struct):
    kind: str
    amount_fen: int
    out_trade_no: str
    trade_no: str


class _GivenBack(Struct):
    out_trade_no: str
    request_no: str
    amount_fen: int
    receipt_no: str = ""


class _CameBack(Struct):
    body: str


class _Sale(Struct):
    till: str
    sale_id: str
    receipt_no: str
    completed_at: str
    tenders: list[_PaidBy]
    refunds: list[_GivenBack]
    body: str = ""
    returns: list[_CameBack] = []


class _Payment(Struct):
    out_trade_no: str
    request_no: str
    amount_fen: int
    receipt_no: str
    at: str


class _Payments(Struct):
    payments: list[_Payment]


class _Attempt(Struct):
    out_trade_no: str
    amount_fen: int
    state: str
    started_at: str


class _Refund(_Attempt):
    request_no: str


class _Open(Struct):
    attempts: list[_Attempt]
    refunds: list[_Refund]


def _refundable(sale: _Sale, paid: _PaidBy) -> Refundable:
    asked = [each for each in sale.refunds if each.out_trade_no == paid.out_trade_no]
    backs = [Back(each.request_no, Money(each.amount_fen)) for each in asked]
    for each in sale.returns:
        backs += backs_beside(_return_of(each), paid.out_trade_no)
    return Refundable(
        sale.sale_id, sale.receipt_no, sale.till, paid.out_trade_no, paid.trade_no, Money(paid.amount_fen),
        parse_utc(sale.completed_at), tuple(backs),
    )  # fmt: skip


def _return_of(came_back: _CameBack) -> Return:
    try:
        return return_from(json.decode(came_back.body))
    except (KeyError, ValueError, TypeError, AssertionError) as reason:
        raise HubRefused(status=HTTPStatus.NOT_IMPLEMENTED, code=f"unreadable {reason}") from reason


def _as_paid(sale: Sale, told: Sequence[_PaidBy]) -> Sale:
    """Return a sale with each tender of the kind it really was; the entry has them as rung up."""
    tenders = [
        each if each.kind == paid.kind else replace(each, kind=TenderKind(paid.kind), handed_over=each.amount)
        for each, paid in zip(sale.tenders, told, strict=True)
    ]
    return replace(sale, tenders=tuple(tenders))


class HubCopies:
    """The hub's copies; each method raises HubUnreachable or HubRefused when it cannot be asked."""

    def __init__(self, hub: HubClient) -> None:
        self._hub = hub

    def find_all(self, receipt_no: str) -> Sequence[Refundable]:
        """Return Alipay's payments of a sale; none when the hub knows no such receipt of our store.

        Raises:
            NothingToRefund: the sale was paid otherwise.
        """
        sale = self._ask(receipt_no)
        if sale is None or not sale.sale_id:
            return ()
        found = [_refundable(sale, each) for each in sale.tenders if each.kind == "alipay"]
        if not found:
            raise NothingToRefund(receipt_no=receipt_no)
        return found

    def find_copy(self, receipt_no: str) -> SaleCopy | None:
        """Return a sale of our store with what came back of it; None when the hub knows no such receipt.

        Raises:
            HubRefused: the hub is of before goods could come back.
        """
        sale = self._ask(receipt_no)
        if sale is None or not sale.sale_id:
            return None
        if not sale.body:
            raise HubRefused(status=HTTPStatus.NOT_IMPLEMENTED, code="no_lines")
        refunds: dict[str, tuple[Back, ...]] = {}
        for each in sale.refunds:
            if each.receipt_no == receipt_no:
                told = Back(each.request_no, Money(each.amount_fen))
                refunds[each.out_trade_no] = (*refunds.get(each.out_trade_no, ()), told)
        try:
            returns = tuple(_return_of(each) for each in sale.returns)
            return SaleCopy(_as_paid(sale_from(json.decode(sale.body)), sale.tenders), sale.till, returns, refunds)
        except (KeyError, ValueError, TypeError, AssertionError) as reason:
            raise HubRefused(status=HTTPStatus.NOT_IMPLEMENTED, code=f"unreadable {reason}") from reason

    def find_returns(self, receipt_no: str) -> Sequence[Return]:
        """Return what came back of a receipt, whether its sale has arrived or not."""
        sale = self._ask(receipt_no)
        return [_return_of(each) for each in sale.returns] if sale else []

    def _ask(self, receipt_no: str) -> _Sale | None:
        try:
            return self._hub.get(f"/v1/sales/{quote(receipt_no, safe='')}", _Sale, params={})
        except HubRefused as refused:
            if refused.facts["status"] in {HTTPStatus.NOT_FOUND, HTTPStatus.FORBIDDEN}:  # or it is another store's
                return None
            raise

    def payments(self, till: str, since: datetime, until: datetime) -> Sequence[Claim]:
        """Return what the hub says a till took by Alipay and gave back within a span (UTC, end not included)."""
        span = {"since": utc_text(since), "until": utc_text(until)}
        found = self._hub.get(f"/v1/tills/{till}/payments", _Payments, params=span)
        return [
            Claim(each.out_trade_no, each.request_no, Money(each.amount_fen), each.receipt_no, parse_utc(each.at))
            for each in found.payments
        ]

    def orphans(self, till: str) -> Sequence[Orphan]:
        """Return the payments and refunds of a till that the hub heard no end of, oldest first."""
        found = self._hub.get(f"/v1/tills/{quote(till, safe='')}/open", _Open, params={})
        orphans = [
            Orphan(
                till, each.out_trade_no, each.request_no if isinstance(each, _Refund) else "",
                Money(each.amount_fen), each.state, parse_utc(each.started_at),
            )
            for each in (*found.attempts, *found.refunds)
        ]  # fmt: skip
        return sorted(orphans, key=lambda each: each.started_at)
