"""What the gateway is told."""

import json
import time
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.alipay.requests import clean_subject, number_content, pay_content, signed_params
from pos.alipay.signing import is_signed, string_to_sign
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
    }


def test_a_face_is_another_scene() -> None:
    assert pay_content(replace(CHARGE, auth_code="fp" + "0" * 33))["scene"] == "security_code"


@pytest.mark.parametrize(("fen", "yuan"), [(1, "0.01"), (10, "0.10"), (100, "1.00"), (10_000_000_000, "100000000.00")])
def test_amounts_are_yuan_with_two_decimals(fen: int, yuan: str) -> None:
    assert pay_content(replace(CHARGE, amount=Money(fen)))["total_amount"] == yuan


def test_long_names_of_store_cashier_and_till_are_cut_to_what_alipay_keeps() -> None:
    content = pay_content(replace(CHARGE, store="s" * 99, cashier="c" * 99, till="t" * 99))
    assert [len(content[key]) for key in ("store_id", "operator_id", "terminal_id")] == [32, 28, 32]


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
    params = signed_params("alipay.trade.query", number_content(NUMBER), "2021000122671080", NOON, private_key("ours"))
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
    params = signed_params("alipay.trade.query", number_content(NUMBER), "1", NOON, private_key("ours"))
    assert params["timestamp"] == "2026-11-23 12:00:00"


def test_chinese_goes_as_it_is() -> None:
    params = signed_params("alipay.trade.pay", pay_content(CHARGE), "1", NOON, private_key("ours"))
    assert '"subject":"柜台示例店 3件"' in params["biz_content"]
    assert json.loads(params["biz_content"]) == pay_content(CHARGE)
