"""Answers: the nodes Alipay's methods answer with, before they are signed."""

from datetime import datetime

from pos.clock import BEIJING
from pos.sandbox.gateway_fields import TIME
from pos.sandbox.gateway_values import Trade, TradeStatus

Node = dict[str, object]
"""The part of an answer that will be signed."""


def done(trade: Trade) -> Node:
    """Return the answer to a call about a trade that did what it was asked."""
    return {"code": "10000", "msg": "Success", "out_trade_no": trade.out_trade_no, "trade_no": trade.trade_no}


def refused(sub_code: str, out_trade_no: str = "", *, family: str = "ACQ.", **more: object) -> Node:
    """Return a refusal for business reasons; most sub_codes are of the family ACQ, a few bear no name."""
    number = {"out_trade_no": out_trade_no} if out_trade_no else {}
    return {"code": "40004", "msg": "Business Failed", "sub_code": f"{family}{sub_code}",
            "sub_msg": f"模拟器：{sub_code}", **number, **more}  # fmt: skip


def buyer_of(trade: Trade) -> Node:
    """Return whom a trade is paid by, masked; all customers of the simulator look alike."""
    assert trade.buyer, trade
    return {"buyer_logon_id": "sim***@example.com", "buyer_user_id": "2088000000000000"}


def amounts(trade: Trade) -> Node:
    """Return what was paid and by whom."""
    yuan = trade.amount.yuan
    return {**buyer_of(trade), "total_amount": yuan, "receipt_amount": yuan, "buyer_pay_amount": yuan,
            "invoice_amount": yuan, "point_amount": "0.00"}  # fmt: skip


def funds(trade: Trade) -> Node:
    """Return where the customer's money came from."""
    return {"fund_bill_list": [{"amount": trade.amount.yuan, "fund_channel": "ALIPAYACCOUNT"}]}


def pay_answer(trade: Trade) -> Node:
    """Return what a payment is answered with: paid, or the customer is asked on the phone."""
    if trade.status is TradeStatus.WAITING:
        return {**done(trade), **amounts(trade), "code": "10003", "msg": " order success pay inprocess",
                "receipt_amount": "0.00", "buyer_pay_amount": "0.00", "invoice_amount": "0.00"}  # fmt: skip
    assert trade.paid_at is not None, trade
    return {**done(trade), **amounts(trade), "gmt_payment": beijing(trade.paid_at), **funds(trade)}


def beijing(at: datetime) -> str:
    """Return a moment as Alipay writes it."""
    return at.astimezone(BEIJING).strftime(TIME)
