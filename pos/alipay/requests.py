"""Requests: the parameters of a call, and what each method is told (``biz_content``)."""

import json
from collections.abc import Mapping
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

from pos.alipay.signing import sign, string_to_sign
from pos.clock import BEIJING
from pos.domain.gateway import Charge
from pos.domain.payment import CODE_LIFE, REQUEST_LIFE

Content = Mapping[str, str]
"""The business parameters of a call."""

CHARSET = "utf-8"
PAY = "alipay.trade.pay"
QUERY = "alipay.trade.query"
CANCEL = "alipay.trade.cancel"

SUBJECT_MAX = 256
STORE_ID_MAX = 32
OPERATOR_ID_MAX = 28
TERMINAL_ID_MAX = 32
"""Characters (alipay.trade.pay, field lengths)."""

TRADE_LIFE = f"{(CODE_LIFE + REQUEST_LIFE).seconds // 60}m"
"""Alipay closes a trade that is unpaid for this long by itself; its own default would be three hours."""

_NOT_IN_SUBJECT = str.maketrans("/=&", "   ")


def clean_subject(text: str) -> str:
    """Return what the customer reads, without ``/ = &``, signs that cannot be shown, and beyond 256 characters."""
    shown = "".join(sign if sign.isprintable() else " " for sign in text.translate(_NOT_IN_SUBJECT))
    return " ".join(shown.split())[:SUBJECT_MAX].rstrip() or "商品"


def pay_content(charge: Charge) -> Content:
    """Return what alipay.trade.pay is told."""
    return {
        "out_trade_no": charge.out_trade_no,
        "total_amount": charge.amount.yuan,
        "subject": clean_subject(charge.subject),
        "auth_code": charge.auth_code,
        "scene": "security_code" if charge.auth_code.startswith("fp") else "bar_code",
        "timeout_express": TRADE_LIFE,
        "store_id": charge.store[:STORE_ID_MAX],
        "operator_id": charge.cashier[:OPERATOR_ID_MAX],
        "terminal_id": charge.till[:TERMINAL_ID_MAX],
    }


def number_content(out_trade_no: str) -> Content:
    """Return what alipay.trade.query and alipay.trade.cancel are told."""
    return {"out_trade_no": out_trade_no}


def signed_params(method: str, content: Content, app_id: str, at: datetime, key: RSAPrivateKey) -> dict[str, str]:
    """Return all parameters of a call, signed; ``at`` is written in Beijing time whatever the machine's zone."""
    params = {
        "app_id": app_id,
        "method": method,
        "format": "JSON",
        "charset": CHARSET,
        "sign_type": "RSA2",
        "timestamp": at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S"),
        "version": "1.0",
        "biz_content": json.dumps(content, ensure_ascii=False, separators=(",", ":")),
    }
    return {**params, "sign": sign(string_to_sign(params).encode(CHARSET), key)}
