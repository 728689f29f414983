"""Requests: the parameters of a call, and what each method is told (``biz_content``)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from pos.alipay.certificates import Certificates
from pos.alipay.signing import sign, string_to_sign
from pos.clock import BEIJING
from pos.domain.gateway import Charge, Goods, RefundAsk
from pos.domain.money import ZERO, Money
from pos.domain.payment import CODE_LIFE, REQUEST_LIFE

Content = Mapping[str, object]
"""The business parameters of a call."""

CHARSET = "utf-8"
PAY = "alipay.trade.pay"
PRECREATE = "alipay.trade.precreate"
QUERY = "alipay.trade.query"
CANCEL = "alipay.trade.cancel"
CLOSE = "alipay.trade.close"
REFUND = "alipay.trade.refund"
REFUND_QUERY = "alipay.trade.fastpay.refund.query"
BILL = "alipay.data.dataservice.bill.downloadurl.query"

SUBJECT_MAX = 256
STORE_ID_MAX = 32
OPERATOR_ID_MAX = 28
TERMINAL_ID_MAX = 32
GOODS_ID_MAX = 32
GOODS_NAME_MAX = 256
REASON_MAX = 256
"""Characters (alipay.trade.pay and alipay.trade.refund, field lengths)."""
GOODS_MAX = 150
"""Lines Alipay takes; a longer cart goes without them, because a part would be untrue."""
GOODS_QUANTITY_MAX = 9_999_999_999
GOODS_PRICE_MAX = Money(99_999_999)
"""Number(10) and Price(9) of ``goods_detail``; what does not fit costs the goods, never the payment."""

TRADE_LIFE = f"{(CODE_LIFE + REQUEST_LIFE).seconds // 60}m"
"""Alipay closes a trade that is unpaid for this long by itself; its own default would be three hours."""

_NOT_IN_SUBJECT = str.maketrans("/=&", "   ")


def clean_subject(text: str) -> str:
    """Return what the customer reads, without ``/ = &``, signs that cannot be shown, and beyond 256 characters."""
    return _shown(text.translate(_NOT_IN_SUBJECT), SUBJECT_MAX) or "商品"


def _shown(text: str, length: int) -> str:
    """Return a text without signs that cannot be shown or written in UTF-8, and cut to what Alipay keeps."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())[:length].rstrip()


def pay_content(charge: Charge, product: str = "FACE_TO_FACE_PAYMENT") -> Content:
    """Return what alipay.trade.pay is told."""
    return _order(charge, product) | {
        "auth_code": charge.auth_code,
        "scene": "security_code" if charge.auth_code.startswith("fp") else "bar_code",
        "timeout_express": TRADE_LIFE,
    }


def precreate_content(charge: Charge, life: timedelta, product: str = "FACE_TO_FACE_PAYMENT") -> Content:
    """Return what alipay.trade.precreate is told; code and trade live ``life``, in whole minutes, rounded up."""
    minutes = f"{max(1, -(-int(life.total_seconds()) // 60))}m"
    return _order(charge, product) | {"qr_code_timeout_express": minutes, "timeout_express": minutes}


def refund_content(ask: RefundAsk) -> Content:
    """Return what alipay.trade.refund is told."""
    return {
        "out_trade_no": ask.out_trade_no,
        "out_request_no": ask.request_no,
        "refund_amount": ask.amount.yuan,
        "refund_reason": clean_subject(ask.reason)[:REASON_MAX],
        **_place(ask.store, ask.till, ask.cashier),
    }


def refund_query_content(out_trade_no: str, request_no: str) -> Content:
    """Return what alipay.trade.fastpay.refund.query is told."""
    return {"out_trade_no": out_trade_no, "out_request_no": request_no}


def trade_content(trade_no: str) -> Content:
    """Return what alipay.trade.query is told to find a trade by Alipay's own number."""
    return {"trade_no": trade_no}


def bill_content(day: date) -> Content:
    """Return what the query for a day's bill is told."""
    return {"bill_type": "trade", "bill_date": day.isoformat()}


def _order(charge: Charge, product: str) -> dict[str, object]:
    order: dict[str, object] = {
        "out_trade_no": charge.out_trade_no,
        "total_amount": charge.amount.yuan,
        "subject": clean_subject(charge.subject),
        "product_code": product,
        **_place(charge.store, charge.till, charge.cashier),
    }
    if 0 < len(charge.goods) <= GOODS_MAX and all(_fits(each) for each in charge.goods):
        order["goods_detail"] = [_goods(each) for each in charge.goods]
    return order


def _fits(goods: Goods) -> bool:
    return 0 < goods.quantity <= GOODS_QUANTITY_MAX and ZERO < goods.price <= GOODS_PRICE_MAX and bool(goods.sku)


def _goods(goods: Goods) -> dict[str, object]:
    return {
        "goods_id": _shown(goods.sku, GOODS_ID_MAX),
        "goods_name": _shown(goods.name, GOODS_NAME_MAX) or "商品",
        "quantity": goods.quantity,
        "price": goods.price.yuan,
    }


def _place(store: str, till: str, cashier: str) -> dict[str, object]:
    return {
        "store_id": _shown(store, STORE_ID_MAX),
        "terminal_id": _shown(till, TERMINAL_ID_MAX),
        "operator_id": _shown(cashier, OPERATOR_ID_MAX),
    }


def number_content(out_trade_no: str) -> Content:
    """Return what alipay.trade.query, cancel and close are told."""
    return {"out_trade_no": out_trade_no}


@dataclass(frozen=True, slots=True)
class Sender:
    """Who asks.

    Attributes:
        certificates: None in public-key mode.
    """

    app_id: str
    key: RSAPrivateKey
    certificates: Certificates | None = None

    def __repr__(self) -> str:
        return f"Sender({self.app_id})"


def signed_params(method: str, content: Content, sender: Sender, at: datetime) -> dict[str, str]:
    """Return all parameters of a call, signed; ``at`` is written in Beijing time whatever the machine's zone."""
    params = {
        "app_id": sender.app_id,
        "method": method,
        "format": "JSON",
        "charset": CHARSET,
        "sign_type": "RSA2",
        "timestamp": at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
        "version": "1.0",
        "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
    }
    if sender.certificates:
        params |= {
            "app_cert_sn": sender.certificates.app_sn,
            "alipay_root_cert_sn": sender.certificates.root_sn,
        }
    return {**params, "sign": sign(string_to_sign(params).encode(CHARSET), sender.key)}
