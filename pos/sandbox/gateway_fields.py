"""Fields: what each method may be told, with the lengths and signs Alipay's documents allow."""

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
PAY_FIELDS = {
    "out_trade_no": _text("[A-Za-z0-9_]{1,64}", is_required=True),
    "total_amount": _text(_PRICE, is_required=True),
    "subject": _text("[^/=&]{1,256}", is_required=True),
    "auth_code": Field(PAYMENT_CODE, is_required=True, refusal="PAYMENT_AUTH_CODE_INVALID"),
    "scene": _text("bar_code|security_code", refusal="UN_SUPPORT_TRADE_SCENE"),
    "product_code": _text("FACE_TO_FACE_PAYMENT|OFFLINE_PAYMENT", refusal="ACCESS_FORBIDDEN"),
    "body": _text(".{0,128}"),
    "seller_id": _text(".{0,28}"),
    "operator_id": _text(".{0,28}"),
    "store_id": _text(".{0,32}"),
    "terminal_id": _text(".{0,32}"),
    "alipay_store_id": _text(".{0,32}"),
    "discountable_amount": _text(_PRICE),
    "undiscountable_amount": _text(_PRICE),
    "timeout_express": _text(r"[1-9][0-9]{0,4}[mhd]|1c"),
    "time_expire": _text(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"),
    "passback_params": _text(".{0,512}"),
}
NUMBER_FIELDS = {"out_trade_no": _NUMBER, "trade_no": _NUMBER, "operator_id": _text(".{0,28}")}


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
    return (
        check_fields(PAY_FIELDS, content)
        or _check_amount(content)
        or _check_scene(content)
        or _check_goods(content)
        or _check_life(closes_at(content, now) - now)
    )


def check_number(content: Content) -> str:
    """Return the sub_code of what is wrong with a query's or cancel's fields; or nothing."""
    has_number = bool(content.get("out_trade_no") or content.get("trade_no"))
    return check_fields(NUMBER_FIELDS, content) or ("" if has_number else WRONG)


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


def _check_amount(content: Content) -> str:
    try:
        total = amount_of(content)
    except (AmountOutOfRange, BadNumber):
        return "TOTAL_FEE_EXCEED"
    if not total:
        return WRONG
    parts = [name for name in ("discountable_amount", "undiscountable_amount") if content.get(name) is not None]
    if len(parts) == 2 and amount_of(content, parts[0]) + amount_of(content, parts[1]) != total:
        return WRONG
    return ""


def _check_scene(content: Content) -> str:
    is_face = str(content["auth_code"]).startswith("fp")
    wanted = "security_code" if is_face else "bar_code"
    return "" if (content.get("scene") or "bar_code") == wanted else "UN_SUPPORT_TRADE_SCENE"


def _check_life(life: timedelta) -> str:
    if life <= timedelta(0):
        return "NOW_TIME_AFTER_EXPIRE_TIME_ERROR"
    return WRONG if life > UNPAID_LIFE_MAX else ""


def _check_goods(content: Content) -> str:
    goods = content.get("goods_detail") or []
    if not isinstance(goods, list):
        return WRONG
    return "SUB_GOODS_SIZE_MAX_COUNT" if len(goods) > GOODS_MAX else ""
