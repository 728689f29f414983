"""What the gateway is told."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.alipay.requests import (
    Sender,
    bill_content,
    clean_subject,
    number_content,
    pay_content,
    precreate_content,
    refund_content,
    refund_query_content,
    signed_params,
    trade_content,
)
from pos.alipay.signing import is_signed, string_to_sign
from pos.domain.gateway import Goods, RefundAsk
from pos.domain.money import Money
from tests.unit.alipay.kit import CHARGE, CODE, NOON, NUMBER, private_key


@pytest.fixture
def far_away(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Put the machine in Honolulu."""
    monkeypatch.setenv("TZ", "Pacific/Honolulu")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_a_payment_is_asked_for_with_everything_the_bill_will_show() -> None:
    assert pay_content(CHARGE) == {
        "out_trade_no": NUMBER,
        "total_amount": "88.88",
        "subject": "柜台示例店 3件",
        "auth_code": CODE,
        "scene": "bar_code",
        "timeout_express": "3m",
        "store_id": "0017",
        "operator_id": "1001",
        "terminal_id": "03",
        "product_code": "FACE_TO_FACE_PAYMENT",
    }


def test_goods_are_told_as_they_stand_on_the_receipt() -> None:
    apples = Goods("6" * 40, "红富士" * 100, 1, Money(1198))
    content = pay_content(replace(CHARGE, goods=(Goods("600101", "农夫山泉", 2, Money(200)), apples)))
    assert content["goods_detail"] == [
        {"goods_id": "600101", "goods_name": "农夫山泉", "quantity": 2, "price": "2.00"},
        {"goods_id": "6" * 32, "goods_name": ("红富士" * 100)[:256], "quantity": 1, "price": "11.98"},
    ]


def test_a_cart_that_is_longer_than_alipay_takes_goes_without_goods() -> None:
    many = (Goods("1", "水", 1, Money(200)),) * 150
    assert "goods_detail" in pay_content(replace(CHARGE, goods=many))
    assert "goods_detail" not in pay_content(replace(CHARGE, goods=(*many, many[0])))


WATER = Goods("1", "水", 1, Money(200))


@pytest.mark.parametrize(
    ("goods", "is_told"),
    [
        (WATER, True),
        (replace(WATER, quantity=9_999_999_999, price=Money(99_999_999)), True),
        (replace(WATER, quantity=0), False),
        (replace(WATER, quantity=10_000_000_000), False),
        (replace(WATER, price=Money(0)), False),
        (replace(WATER, price=Money(-200)), False),
        (replace(WATER, price=Money(100_000_000)), False),
        (replace(WATER, sku=""), False),
    ],
)
def test_goods_that_alipay_would_not_take_cost_the_goods_never_the_payment(goods: Goods, *, is_told: bool) -> None:
    assert ("goods_detail" in pay_content(replace(CHARGE, goods=(WATER, goods)))) == is_told


@given(st.text(), st.text(), st.text())
def test_whatever_a_product_is_called_the_call_can_be_written(sku: str, name: str, cashier: str) -> None:
    content = pay_content(replace(CHARGE, cashier=cashier, goods=(Goods(sku, name, 1, Money(200)),)))
    json.dumps(content, ensure_ascii=False).encode()
    for told in cast("list[dict[str, str]]", content.get("goods_detail", [])):
        assert len(told["goods_id"]) <= 32
        assert 1 <= len(told["goods_name"]) <= 256


@pytest.mark.parametrize(
    ("seconds", "life"), [(300, "5m"), (299.2, "5m"), (241, "5m"), (240, "4m"), (3, "1m"), (-9, "1m")]
)
def test_a_code_of_ours_and_its_trade_live_whole_minutes(seconds: float, life: str) -> None:
    content = precreate_content(replace(CHARGE, auth_code=""), timedelta(seconds=seconds))
    assert (content["qr_code_timeout_express"], content["timeout_express"]) == (life, life)
    assert not {"auth_code", "scene"} & set(content)
    assert (content["out_trade_no"], content["total_amount"]) == (NUMBER, "88.88")


def test_a_refund_is_asked_for_under_its_own_number() -> None:
    ask = RefundAsk(NUMBER, "GR1", Money(1250), "一袋/破了", "0017", "03", "1001")
    assert refund_content(ask) == {
        "out_trade_no": NUMBER, "out_request_no": "GR1", "refund_amount": "12.50", "refund_reason": "一袋 破了",
        "store_id": "0017", "terminal_id": "03", "operator_id": "1001",
    }  # fmt: skip
    assert refund_query_content(NUMBER, "GR1") == {"out_trade_no": NUMBER, "out_request_no": "GR1"}


def test_a_bill_is_asked_for_by_its_day() -> None:
    assert bill_content(date(2026, 11, 3)) == {"bill_type": "trade", "bill_date": "2026-11-03"}
    assert trade_content("2026112322001") == {"trade_no": "2026112322001"}


def test_a_face_is_another_scene() -> None:
    assert pay_content(replace(CHARGE, auth_code="fp" + "0" * 33))["scene"] == "security_code"


@pytest.mark.parametrize(("fen", "yuan"), [(1, "0.01"), (10, "0.10"), (100, "1.00"), (10_000_000_000, "100000000.00")])
def test_amounts_are_yuan_with_two_decimals(fen: int, yuan: str) -> None:
    assert pay_content(replace(CHARGE, amount=Money(fen)))["total_amount"] == yuan


def test_long_names_of_store_cashier_and_till_are_cut_to_what_alipay_keeps() -> None:
    content = pay_content(replace(CHARGE, store="s" * 99, cashier="c" * 99, till="t" * 99))
    assert [len(str(content[key])) for key in ("store_id", "operator_id", "terminal_id")] == [32, 28, 32]


def test_a_look_and_a_cancel_need_the_number_only() -> None:
    assert number_content(NUMBER) == {"out_trade_no": NUMBER}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("牛奶 2件", "牛奶 2件"),
        ("A/B=C&D", "A B C D"),
        ("  a \n\t b \x00\x1b ", "a b"),
        ("", "商品"),
        ("/=&", "商品"),
        ("\ud800半个字", "半个字"),
        ("长" * 300, "长" * 256),
        ("长" * 255 + " 尾", "长" * 255),
    ],
)
def test_a_subject_holds_only_what_alipay_takes(text: str, shown: str) -> None:
    assert clean_subject(text) == shown


@given(st.text())
def test_a_subject_is_never_empty_nor_long_nor_forbidden(text: str) -> None:
    subject = clean_subject(text)
    assert 1 <= len(subject) <= 256
    assert not set(subject) & set("/=&\n\r\t\x00")
    subject.encode()


def test_a_call_is_signed_over_all_it_sends() -> None:
    params = signed_params(
        "alipay.trade.query", number_content(NUMBER), Sender("2021000122671080", private_key("ours")), NOON
    )
    assert params == {
        "app_id": "2021000122671080",
        "method": "alipay.trade.query",
        "format": "JSON",
        "charset": "utf-8",
        "sign_type": "RSA2",
        "timestamp": "2026-11-23 12:00:00",
        "version": "1.0",
        "biz_content": '{"out_trade_no":"GT0192f0c1e5d07000800000000000abcd"}',
        "sign": params["sign"],
    }
    assert is_signed(string_to_sign(params).encode(), params["sign"], private_key("ours").public_key())


@pytest.mark.usefixtures("far_away")
def test_times_are_beijings_wherever_the_machine_thinks_it_is() -> None:
    assert time.strftime("%Z") == "HST"
    params = signed_params("alipay.trade.query", number_content(NUMBER), Sender("1", private_key("ours")), NOON)
    assert params["timestamp"] == "2026-11-23 12:00:00"


def test_chinese_goes_as_it_is() -> None:
    params = signed_params("alipay.trade.pay", pay_content(CHARGE), Sender("1", private_key("ours")), NOON)
    assert '"subject":"柜台示例店 3件"' in params["biz_content"]
    assert json.loads(params["biz_content"]) == pay_content(CHARGE)
