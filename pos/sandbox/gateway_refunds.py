"""Refunds and cancels: how money goes back, once for every number, and when that can be seen.

What is not published and is therefore a choice of ours: a cancel after a partial refund is CANCEL_NOT_ALLOWED, and
its refund bears the trade's own number.
"""

from dataclasses import replace
from datetime import timedelta

from pos.domain.money import Money
from pos.sandbox.gateway_answers import Node, beijing, buyer_of, done, refused
from pos.sandbox.gateway_books import Books
from pos.sandbox.gateway_fields import (
    Content,
    amount_of,
    check_number,
    check_refund,
    check_refund_query,
    wants,
)
from pos.sandbox.gateway_values import CANCEL_WINDOW, Refund, Trade, TradeStatus


def cancel(books: Books, content: Content) -> Node:
    """Answer alipay.trade.cancel: an unpaid trade is closed, a paid one paid back, an unknown one passed over."""
    if wrong := check_number(content):
        return refused(wrong, retry_flag="N")
    trade = books.named(content)
    if trade is None:
        return {"code": "10000", "msg": "Success", "retry_flag": "N", "out_trade_no": content.get("out_trade_no", "")}
    if trade.status is not TradeStatus.CLOSED:
        if wrong := _why_no_cancel(books, trade):
            # Only what somebody can mend is worth another try: money can be put into the account.
            again = "Y" if wrong == "SELLER_BALANCE_NOT_ENOUGH" else "N"
            return refused(wrong, trade.out_trade_no, retry_flag=again)
        trade = _cancelled(books, trade)
        books.keep("cancel", trades=[trade])
    return {**done(trade), "retry_flag": "N", "action": "refund" if trade.refunded_fen else "close"}


def refund(books: Books, content: Content) -> Node:
    """Answer alipay.trade.refund: a number asked again is answered again, and moves no money."""
    if wrong := check_refund(content):
        return refused(wrong)
    trade = books.named(content)
    if trade is None:
        return refused("TRADE_NOT_EXIST", str(content.get("out_trade_no") or ""))
    number, amount = str(content.get("out_request_no") or trade.out_trade_no), amount_of(content, "refund_amount")
    if earlier := _refund_of(trade, number):
        if earlier.amount_fen != amount.fen:
            return refused("DISCORDANT_REPEAT_REQUEST", trade.out_trade_no)
        return _refunded(trade, earlier, content, fund_change="N")
    if wrong := _why_no_refund(books, trade, amount) or _why_no_number(trade, amount, content):
        return refused(wrong, trade.out_trade_no)
    made = Refund(
        number, amount.fen, books.now(), str(content.get("refund_reason") or ""),
        *(str(content.get(name) or "") for name in ("store_id", "operator_id", "terminal_id")),
    )  # fmt: skip
    trade = _paid_back(trade, made)
    books.keep("refund", trades=[trade])
    return _refunded(trade, made, content, fund_change="Y")


def refund_query(books: Books, content: Content) -> Node:
    """Answer alipay.trade.fastpay.refund.query: a refund shows some seconds after it was made."""
    if wrong := check_refund_query(content):
        return refused(wrong)
    trade = books.named(content)
    if trade is None:
        return refused("TRADE_NOT_EXIST", str(content.get("out_trade_no") or ""), family="")
    number = str(content["out_request_no"])
    made, delay = _refund_of(trade, number), timedelta(seconds=books.settings.refund_delay_s)
    if made is None or books.now() - made.at < delay:
        return {"code": "10000", "msg": "Success"}
    when = {"gmt_refund_pay": beijing(made.at)} if wants(content, "gmt_refund_pay") else {}
    return {**done(trade), "out_request_no": number, "total_amount": trade.amount.yuan,
            "refund_amount": Money(made.amount_fen).yuan, "refund_status": "REFUND_SUCCESS",
            "refund_reason": made.reason, **when, **_details(made, content)}  # fmt: skip


def _why_no_cancel(books: Books, trade: Trade) -> str:
    if books.now() - trade.made_at > CANCEL_WINDOW:
        return "TRADE_CANCEL_TIME_OUT"
    if trade.status is TradeStatus.WAITING:
        return ""
    if trade.refunds:
        return "CANCEL_NOT_ALLOWED"
    return _why_no_refund(books, trade, trade.amount)


def _why_no_refund(books: Books, trade: Trade, amount: Money) -> str:
    status = trade.status_at(books.now(), books.settings.refund_window)
    if status is not TradeStatus.SUCCESS:
        return {
            TradeStatus.WAITING: "TRADE_STATUS_ERROR",
            TradeStatus.CLOSED: "TRADE_HAS_CLOSE",
            TradeStatus.FINISHED: "TRADE_HAS_FINISHED",
        }[status]
    if amount > trade.kept:
        return "REFUND_FEE_ERROR"
    return "SELLER_BALANCE_NOT_ENOUGH" if amount.fen > books.merchant_fen else ""


def _why_no_number(trade: Trade, amount: Money, content: Content) -> str:
    is_partial = amount != trade.amount
    return "REFUND_AMT_NOT_EQUAL_TOTAL" if is_partial and not content.get("out_request_no") else ""


def _cancelled(books: Books, trade: Trade) -> Trade:
    if trade.status is TradeStatus.WAITING:
        return replace(trade, status=TradeStatus.CLOSED)
    return _paid_back(trade, Refund(trade.out_trade_no, trade.amount_fen, books.now(), "撤销"))


def _paid_back(trade: Trade, made: Refund) -> Trade:
    """Return a trade after a refund; one that is paid back whole is closed."""
    refunded_fen = trade.refunded_fen + made.amount_fen
    assert refunded_fen <= trade.amount_fen, trade
    status = TradeStatus.CLOSED if refunded_fen == trade.amount_fen else trade.status
    return replace(trade, status=status, refunded_fen=refunded_fen, refunds=(*trade.refunds, made))


def _refund_of(trade: Trade, number: str) -> Refund | None:
    return next((each for each in trade.refunds if each.request_no == number), None)


def _refunded(trade: Trade, made: Refund, content: Content, *, fund_change: str) -> Node:
    """Return a refund's answer; ``refund_fee`` is all that went back of the trade, not this refund alone."""
    return {**done(trade), **buyer_of(trade), "fund_change": fund_change, "refund_fee": Money(trade.refunded_fen).yuan,
            "gmt_refund_pay": beijing(made.at), **_details(made, content)}  # fmt: skip


def _details(made: Refund, content: Content) -> Node:
    yuan = Money(made.amount_fen).yuan
    items = [{"fund_channel": "ALIPAYACCOUNT", "amount": yuan, "real_amount": yuan}]
    known = {"refund_detail_item_list": items, "send_back_fee": yuan}
    return {name: value for name, value in known.items() if wants(content, name)}
