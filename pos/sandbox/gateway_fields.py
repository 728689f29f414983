"""Fields: what each method may be told, with the lengths and signs Alipay's documents allow.

Where old and new documents differ in a length, the longer one holds here.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from pos.clock import BEIJING
from pos.domain.errors import AmountOutOfRange, BadNumber
from pos.domain.money import Money
from pos.sandbox.gateway_values import PAYMENT_CODE

Content = Mapping[str, object]
"""``biz_content`` as it was received."""

WRONG = "INVALID_PARAMETER"
UNPAID_LIFE = timedelta(hours=3)
"""How long an unpaid trade stays open unless told otherwise."""
UNPAID_LIFE_MAX = timedelta(days=15)
GOODS_MAX = 150
OPTIONS_MAX = 1024
TIME = "%Y-%m-%d %H:%M:%S"

_PRICE = r"[0-9]{1,9}(?:\.[0-9]{1,2})?"
_LIFE = re.compile(r"(?P<count>[1-9][0-9]{0,4})(?P<unit>[mhd])", re.ASCII)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Field:
    """A text a method may be told.

    Attributes:
        shape: what the whole text must look like.
        refusal: the sub_code for a text that does not.
    """

    shape: re.Pattern[str]
    is_required: bool = False
    refusal: str = WRONG


def _text(shape: str, *, is_required: bool = False, refusal: str = WRONG) -> Field:
    return Field(re.compile(shape, re.ASCII | re.DOTALL), is_required, refusal)


_NUMBER = _text("[A-Za-z0-9_]{1,64}")
_EXPRESS = _text(r"[1-9][0-9]{0,4}[mhd]|1c")
_ORDER_FIELDS = {
    "out_trade_no": _text("[A-Za-z0-9_]{1,64}", is_required=True),
    "total_amount": _text(_PRICE, is_required=True),
    "subject": _text("[^/=&]{1,256}", is_required=True),
    "body": _text(".{0,128}"),
    "seller_id": _text(".{0,28}"),
    "operator_id": _text(".{0,28}"),
    "store_id": _text(".{0,32}"),
    "terminal_id": _text(".{0,32}"),
    "alipay_store_id": _text(".{0,32}"),
    "discountable_amount": _text(_PRICE),
    "undiscountable_amount": _text(_PRICE),
    "timeout_express": _EXPRESS,
    "time_expire": _text(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"),
    "passback_params": _text(".{0,512}"),
}
PAY_FIELDS = {
    **_ORDER_FIELDS,
    "auth_code": Field(PAYMENT_CODE, is_required=True, refusal="PAYMENT_AUTH_CODE_INVALID"),
    "scene": _text("bar_code|security_code", refusal="UN_SUPPORT_TRADE_SCENE"),
    "product_code": _text("FACE_TO_FACE_PAYMENT|OFFLINE_PAYMENT", refusal="ACCESS_FORBIDDEN"),
}
PRECREATE_FIELDS = {
    **_ORDER_FIELDS,
    "qr_code_timeout_express": _EXPRESS,
    "product_code": _text("FACE_TO_FACE_PAYMENT|OFFLINE_PAYMENT|QR_CODE_OFFLINE", refusal="ACCESS_FORBIDDEN"),
    "code_type": _text(".{0,32}"),
    "enable_pay_channels": _text(".{0,128}"),
    "disable_pay_channels": _text(".{0,128}"),
}
NUMBER_FIELDS = {"out_trade_no": _NUMBER, "trade_no": _NUMBER, "operator_id": _text(".{0,28}")}
REFUND_FIELDS = {
    "out_trade_no": _NUMBER,
    "trade_no": _NUMBER,
    "refund_amount": _text(_PRICE, is_required=True),
    "out_request_no": _text(".{1,64}"),
    "refund_reason": _text(".{0,256}"),
    "operator_id": _text(".{0,30}"),
    "store_id": _text(".{0,32}"),
    "terminal_id": _text(".{0,32}"),
}
REFUND_QUERY_FIELDS = {
    "out_trade_no": _NUMBER,
    "trade_no": _NUMBER,
    "out_request_no": _text(".{1,64}", is_required=True),
}
BILL_FIELDS = {
    "bill_type": _text(".{1,20}", is_required=True),
    "bill_date": _text("[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?", is_required=True),
}
GOODS_FIELDS = {
    "goods_id": _text(".{1,64}", is_required=True),
    "goods_name": _text(".{1,256}", is_required=True),
    "quantity": _text("[1-9][0-9]{0,9}", is_required=True),
    "price": _text(_PRICE, is_required=True),
    "goods_category": _text(".{0,24}"),
    "categories_tree": _text(".{0,128}"),
    "body": _text(".{0,1000}"),
    "show_url": _text(".{0,400}"),
}
_PLAIN_NUMBERS = {"quantity", "price"}
"""Of goods; Alipay's own examples write them with and without quotes."""


def check_fields(fields: Mapping[str, Field], content: Content) -> str:
    """Return the sub_code of the first field that is missing, no text, or of the wrong shape; or nothing."""
    for name, field in fields.items():
        value = content.get(name)
        if value is None:
            if field.is_required:
                return WRONG
        elif not isinstance(value, str) or not field.shape.fullmatch(value):
            return field.refusal
    return ""


def check_payment(content: Content, now: datetime) -> str:
    """Return the sub_code of what is wrong with a payment's fields; or nothing."""
    return check_fields(PAY_FIELDS, content) or _check_scene(content) or _check_order(content, now)


def check_precreate(content: Content, now: datetime) -> str:
    """Return the sub_code of what is wrong with the fields of a code to be scanned; or nothing."""
    return check_fields(PRECREATE_FIELDS, content) or _check_order(content, now)


def check_number(content: Content) -> str:
    """Return the sub_code of what is wrong with a query's, cancel's or close's fields; or nothing."""
    return check_fields(NUMBER_FIELDS, content) or _check_named(content) or _check_options(content)


def check_refund(content: Content) -> str:
    """Return the sub_code of what is wrong with a refund's fields; or nothing."""
    return (
        check_fields(REFUND_FIELDS, content)
        or _check_named(content)
        or _check_options(content)
        or _check_amount(content, "refund_amount", too_much="REFUND_FEE_ERROR")
        or _check_goods(content, "refund_goods_detail", {})
    )


def check_refund_query(content: Content) -> str:
    """Return the sub_code of what is wrong with a refund query's fields; or nothing."""
    return check_fields(REFUND_QUERY_FIELDS, content) or _check_named(content) or _check_options(content)


def amount_of(content: Content, name: str = "total_amount") -> Money:
    """Return an amount of checked fields; nothing when it is absent."""
    return Money.parse(str(content.get(name) or "0"))


def closes_at(content: Content, now: datetime) -> datetime:
    """Return when an unpaid trade made now closes by itself; ``time_expire`` wins over ``timeout_express``."""
    if content.get("time_expire") is not None:
        return _moment(str(content["time_expire"])) or now
    express = str(content.get("timeout_express") or "")
    if express == "1c":
        return (now.astimezone(BEIJING) + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
    found = _LIFE.fullmatch(express)
    return now + (int(found["count"]) * _UNITS[found["unit"]] if found else UNPAID_LIFE)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.strptime(text, TIME).replace(tzinfo=BEIJING)
    except ValueError:
        return None


def _check_order(content: Content, now: datetime) -> str:
    return (
        _check_amount(content)
        or _check_parts(content)
        or _check_goods(content)
        or _check_options(content)
        or _check_life(closes_at(content, now) - now)
    )


def _check_named(content: Content) -> str:
    return "" if content.get("out_trade_no") or content.get("trade_no") else WRONG


def _check_amount(content: Content, name: str = "total_amount", too_much: str = "TOTAL_FEE_EXCEED") -> str:
    try:
        return "" if amount_of(content, name) else WRONG
    except (AmountOutOfRange, BadNumber):
        return too_much


def _check_parts(content: Content) -> str:
    names = [name for name in ("discountable_amount", "undiscountable_amount") if content.get(name) is not None]
    try:
        fen = [amount_of(content, name).fen for name in names]
    except AmountOutOfRange:
        return WRONG
    return WRONG if len(fen) == 2 and sum(fen) != amount_of(content).fen else ""


def _check_scene(content: Content) -> str:
    is_face = str(content["auth_code"]).startswith("fp")
    wanted = "security_code" if is_face else "bar_code"
    return "" if (content.get("scene") or "bar_code") == wanted else "UN_SUPPORT_TRADE_SCENE"


def _check_life(life: timedelta) -> str:
    if life <= timedelta(0):
        return "NOW_TIME_AFTER_EXPIRE_TIME_ERROR"
    return WRONG if life > UNPAID_LIFE_MAX else ""


def _check_goods(content: Content, name: str = "goods_detail", fields: Mapping[str, Field] = GOODS_FIELDS) -> str:
    goods = content.get(name) or []
    if not isinstance(goods, list):
        return WRONG
    if len(goods) > GOODS_MAX:
        return "SUB_GOODS_SIZE_MAX_COUNT"
    wrong = (check_fields(fields, _as_text(each)) if isinstance(each, dict) else WRONG for each in goods)
    return next(filter(None, wrong), "")


def _as_text(goods: Mapping[str, object]) -> Content:
    """Return an item with its plain numbers as texts; True is none, and 1.5 would be no exact price."""
    return {key: str(value) if key in _PLAIN_NUMBERS and type(value) is int else value for key, value in goods.items()}


def _check_options(content: Content) -> str:
    """Check ``query_options``: a list of short texts; those Alipay does not know are passed over."""
    options = content.get("query_options") or []
    is_right = isinstance(options, list) and all(isinstance(each, str) and 0 < len(each) <= 64 for each in options)
    return "" if is_right and isinstance(options, list) and len(options) <= OPTIONS_MAX else WRONG


def wants(content: Content, option: str) -> bool:
    """Whether checked fields ask for something more in the answer (``query_options``)."""
    options = content.get("query_options") or []
    return isinstance(options, list) and option in options
