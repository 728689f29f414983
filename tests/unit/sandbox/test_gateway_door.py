"""Only the sandbox's own app comes in, signed, in time; every answer leaves signed over its own bytes."""

import base64
import json
from datetime import timedelta

import pytest
from cryptography.exceptions import InvalidSignature

from pos.sandbox.gateway_door import Call, Door, read_call
from tests.unit.sandbox.gateway_kit import KEYS, Shop, common, encoded, payment, told, verified

PAY = "alipay.trade.pay"
NUMBER = {"out_trade_no": "GT1"}


@pytest.fixture
def shop() -> Shop:
    return Shop()


@pytest.fixture
def door(shop: Shop) -> Door:
    return Door(KEYS, shop.acquirer)


def knock(door: Door, params: dict[str, str]) -> dict[str, object]:
    """Return the signed node of an answer; charset goes in the address, as it must, the rest in the body."""
    body = {key: value for key, value in params.items() if key != "charset"}
    query = encoded({"charset": params["charset"]}) if "charset" in params else b""
    call = read_call(query, encoded({**body, "charset": params.get("charset", "gbk")}))
    return verified(door.write(door.answer(call), call.charset), call.charset)


def test_a_signed_payment_comes_in(door: Door, shop: Shop) -> None:
    node = knock(door, common(PAY, payment("GT1", shop.code())))
    assert told(node) == ("10000", "")
    assert shop.money == (8888, 0, 8888)


def test_every_answer_says_that_it_is_a_simulators(door: Door, shop: Shop) -> None:
    for method, content in ((PAY, payment("GT1", shop.code())), ("alipay.trade.query", NUMBER), ("no.such", {})):
        assert "模拟器 SIMULATOR" in str(knock(door, common(method, content))["simulator"])


def test_slashes_leave_escaped_as_alipays_do(door: Door) -> None:
    call = read_call(b"", encoded(common("alipay.trade.query", NUMBER)))
    raw = door.write(door.answer(call), "utf-8")
    assert rb"see \/sandbox\/phone" in raw
    again = json.dumps(json.loads(raw)["alipay_trade_query_response"], ensure_ascii=False)
    assert again.encode() not in raw, "written anew it is another text, so a client must cut, not parse"


@pytest.mark.parametrize("where", ["query", "body", "both", "split"])
def test_parameters_count_wherever_they_stand(door: Door, where: str) -> None:
    params = common("alipay.trade.query", {"out_trade_no": "单号"})
    whole = encoded(params)
    rest = encoded({key: value for key, value in params.items() if key != "biz_content"})
    content = encoded({"biz_content": params["biz_content"], "charset": "utf-8"})
    query, body = {
        "query": (whole, b""), "body": (b"charset=utf-8", whole), "both": (whole, whole), "split": (rest, content),
    }[where]  # fmt: skip
    answer = door.answer(read_call(query, body))
    assert told(answer.node) == ("40004", "INVALID_PARAMETER"), "the signature was right"


def test_a_charset_the_address_does_not_name_is_taken_for_gbk(door: Door) -> None:
    params = common("alipay.trade.query", {"out_trade_no": "单号"})
    answer = door.answer(read_call(b"", encoded(params)))
    assert answer.node["sub_code"] == "isv.invalid-signature"


def test_a_request_in_gbk_is_answered_in_gbk(door: Door) -> None:
    params = common("alipay.trade.query", {"out_trade_no": "单号"}, charset="gbk")
    assert told(knock(door, params)) == ("40004", "INVALID_PARAMETER")


@pytest.mark.parametrize(
    ("name", "sub_code"),
    [("app_id", "isv.missing-app-id"), ("method", "isv.missing-method"), ("sign_type", "isv.missing-signature-type"),
     ("sign", "isv.missing-signature"), ("timestamp", "isv.missing-timestamp"), ("version", "isv.missing-version")],
)  # fmt: skip
@pytest.mark.parametrize("value", [None, ""])
def test_what_every_call_needs_is_asked_for(door: Door, name: str, sub_code: str, value: str | None) -> None:
    node = knock(door, common("alipay.trade.query", NUMBER, **{name: value}))
    assert (node["code"], node["sub_code"]) == ("40001", sub_code)


@pytest.mark.parametrize("app_id", ["2021000122671080", "2019073166072302", "SANDBOX-0002", "sandbox-0001"])
def test_another_app_is_turned_away_without_a_signature(door: Door, shop: Shop, app_id: str) -> None:
    params = common(PAY, payment("GT1", shop.code()), app_id=app_id)
    answer = door.answer(read_call(b"charset=utf-8", encoded(params)))
    raw = json.loads(door.write(answer, "utf-8"))
    assert raw["error_response"]["sub_code"] == "isv.invalid-app-id"
    assert raw["sign"] == ""
    assert shop.money == (0, 0, 0)


@pytest.mark.parametrize(
    ("other", "sub_code"),
    [({"sign_type": "RSA"}, "isv.invalid-signature-type"), ({"version": "2.0"}, "isv.unsupported-version"),
     ({"format": "XML"}, "isv.invalid-format"), ({"charset": "latin1"}, "isv.invalid-charset"),
     ({"method": "alipay.trade.unheard.of"}, "isv.invalid-method"), ({"method": "../x"}, "isv.invalid-method"),
     ({"biz_content": None}, "isv.invalid-parameter")],
)  # fmt: skip
def test_a_call_of_the_wrong_form_is_turned_away(door: Door, other: dict[str, str | None], sub_code: str) -> None:
    node = knock(door, common(PAY, {}, **other))
    assert (node["code"], node["sub_code"]) == ("40002", sub_code)


HALF_A_CHARACTER = '{"subject":"\\ud800"}'


@pytest.mark.parametrize("content", ["", "{", "[]", "7", HALF_A_CHARACTER, '{"a":' + "9" * 5_000 + "}", "[" * 99_999])
def test_a_content_that_is_no_object_is_turned_away(door: Door, content: str) -> None:
    node = knock(door, common(PAY, content))
    assert (node["code"], node["sub_code"]) == ("40002", "isv.invalid-parameter")


@pytest.mark.parametrize("name", ["biz_content", "timestamp", "method", "format", "notify_url", "sign"])
def test_a_changed_parameter_breaks_the_signature(door: Door, shop: Shop, name: str) -> None:
    params = common(PAY, payment("GT1", shop.code()), format="JSON")
    params[name] = {
        "biz_content": params["biz_content"].replace("88.88", "00.88"),
        "timestamp": "2026-11-23 12:00:01",
        "method": "alipay.trade.query",
        "format": "json",
        "notify_url": "http://127.0.0.1/",
        "sign": base64.b64encode(b"x" * 256).decode(),
    }[name]
    assert knock(door, params)["sub_code"] == "isv.invalid-signature"
    assert shop.money == (0, 0, 0)


def test_an_empty_parameter_is_not_signed(door: Door) -> None:
    params = {**common("alipay.trade.query", NUMBER), "notify_url": ""}
    assert told(knock(door, params)) == ("40004", "TRADE_NOT_EXIST")


@pytest.mark.parametrize("seconds", [-600, 0, 600])
def test_a_clock_may_be_ten_minutes_off(door: Door, shop: Shop, seconds: int) -> None:
    shop.clock.move(seconds=seconds)
    assert told(knock(door, common("alipay.trade.query", NUMBER))) == ("40004", "TRADE_NOT_EXIST")


@pytest.mark.parametrize("seconds", [-601, 601])
def test_a_clock_that_is_further_off_is_turned_away(door: Door, shop: Shop, seconds: int) -> None:
    shop.clock.move(seconds=seconds)
    assert knock(door, common("alipay.trade.query", NUMBER))["sub_code"] == "isv.illegal-timestamp"


def test_the_patience_with_clocks_can_be_set(shop: Shop) -> None:
    strict = Door(KEYS, shop.acquirer, timedelta(seconds=5))
    shop.clock.move(seconds=6)
    assert knock(strict, common("alipay.trade.query", NUMBER))["sub_code"] == "isv.illegal-timestamp"


@pytest.mark.parametrize("told_time", ["2026-11-23T12:00:00", "1795579200000", "2026-13-01 00:00:00", "today"])
def test_a_time_in_another_form_is_turned_away(door: Door, told_time: str) -> None:
    assert knock(door, common(PAY, {}, timestamp=told_time))["sub_code"] == "isv.invalid-timestamp"


def test_a_spoiled_signature_belongs_to_something_else(door: Door) -> None:
    call = read_call(b"", encoded(common("alipay.trade.query", NUMBER)))
    with pytest.raises(InvalidSignature):
        verified(door.write(door.answer(call), "utf-8", spoil=" "))


@pytest.mark.parametrize("raw", [b"\xff\xfe", b"%ff%fe=%ff", "中=文".encode(), b"&&&==", b"a" * 10_000])
def test_no_request_whatever_raises(door: Door, raw: bytes) -> None:
    answer = door.answer(read_call(raw, raw))
    assert answer.node["sub_code"] == "isv.missing-app-id"


def test_a_call_does_not_tell_its_parameters() -> None:
    assert repr(Call({"method": PAY, "biz_content": "287634438256643941"}, "utf-8")) == f"Call({PAY})"
