"""What an answer proves about money, and what proves nothing."""

import base64
import json

import pytest
from cryptography.hazmat.primitives.serialization import load_der_public_key
from hypothesis import given
from hypothesis import strategies as st

from pos.alipay.advice import is_refusal
from pos.alipay.replies import Node, cancel_reply, pay_reply, query_reply, read_node
from pos.alipay.signing import sign
from pos.domain.gateway import Cancelled, Closed, Declined, InProcess, NotFound, Paid, Unknown
from pos.domain.money import Money
from tests.unit.alipay import vectors
from tests.unit.alipay.kit import NUMBER, private_key, signed

PAY, QUERY = "alipay.trade.pay", "alipay.trade.query"
PRICE = Money(8888)
TRADE_NO = "2026112322001400001234567890"
PAID = {"code": "10000", "msg": "Success", "out_trade_no": NUMBER, "trade_no": TRADE_NO, "total_amount": "88.88"}
# What Alipay publishes as an answer to a payment the customer must still confirm.
IN_PROCESS = {"code": "10003", "msg": " order success pay inprocess", "out_trade_no": NUMBER, "trade_no": TRADE_NO,
              "buyer_pay_amount": "0.00"}  # fmt: skip
SCALAR = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
JSON = SCALAR | st.lists(SCALAR, max_size=3) | st.dictionaries(st.text(max_size=5), SCALAR, max_size=3)


def read(status: int, raw: bytes, method: str = PAY) -> Node | Unknown:
    return read_node(status, raw, method, private_key("alipay").public_key())


def business(sub_code: str) -> dict[str, str]:
    return {"code": "40004", "msg": "Business Failed", "sub_code": sub_code, "out_trade_no": NUMBER}


def test_a_real_payments_answer_says_paid() -> None:
    key = load_der_public_key(base64.b64decode(vectors.PAID_KEY))
    node = read_node(200, vectors.PAID_ANSWER.encode(), PAY, key)  # type: ignore[arg-type]
    assert not isinstance(node, Unknown)
    paid = pay_reply(node, "GZ201901301040361012", Money(1))
    assert paid == Paid("2019082922001432790585537960", Money(1))


@pytest.mark.parametrize("flip", [0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0xFF])
def test_a_real_answer_with_one_byte_changed_anywhere_says_nothing(flip: int) -> None:
    key = load_der_public_key(base64.b64decode(vectors.PAID_KEY))
    raw = vectors.PAID_ANSWER.encode()
    believed = [
        at for at in range(len(raw))
        if not isinstance(
            read_node(200, raw[:at] + bytes([raw[at] ^ flip]) + raw[at + 1 :], PAY, key),  # type: ignore[arg-type]
            Unknown,
        )
    ]  # fmt: skip
    assert believed == []


def test_of_all_bytes_around_the_node_only_blanks_for_blanks_change_nothing() -> None:
    text = json.dumps(PAID)
    signature = sign(text.encode(), private_key("alipay"))
    before, after = '{ "alipay_trade_pay_response" : ', f' , "sign" : "{signature}" }}\n'
    raw = (before + text + after).encode()
    signed_at, sign_at = len(before), len(before + text) + after.index(signature)
    inside = {*range(signed_at, signed_at + len(text)), *range(sign_at, sign_at + len(signature))}
    blanks = b" \t\r\n"
    for at in set(range(len(raw))) - inside:
        for byte in range(256):
            node = read(200, raw[:at] + bytes([byte]) + raw[at + 1 :])
            is_harmless = byte == raw[at] or (byte in blanks and raw[at] in blanks)
            assert node == PAID if is_harmless else isinstance(node, Unknown), (at, byte)


def test_an_answer_signed_by_another_says_nothing() -> None:
    assert read(200, signed(PAY, PAID, key="ours")) == Unknown("bad signature")


@pytest.mark.parametrize("status", [201, 202, 204, 301, 302, 400, 403, 404, 429, 500, 502, 503])
def test_only_status_200_is_an_answer(status: int) -> None:
    assert read(status, signed(PAY, PAID)) == Unknown(f"http {status}")


@pytest.mark.parametrize("raw", [b"", b"<html>gateway</html>", b"\xff\xfe", b"{", b"[]", b'"x"', b"10000"])
def test_what_is_no_json_object_is_no_answer(raw: bytes) -> None:
    assert read(200, raw) == Unknown("not json")


@pytest.mark.parametrize("name", [QUERY, "alipay.trade.refund"])
def test_an_answer_to_another_method_is_none(name: str) -> None:
    assert read(200, signed(name, PAID)) == Unknown("no answer inside")


@pytest.mark.parametrize("node", ["[]", "null", '"text"', "1"])
def test_a_node_that_is_no_object_is_no_answer(node: str) -> None:
    assert read(200, signed(PAY, node)) == Unknown("no answer inside")


@pytest.mark.parametrize("ending", ["}", ',"sign":""}', ',"sign":null}', ',"sign":7}', ',"sign":["x"]}'])
@pytest.mark.parametrize("name", ["error_response", "alipay_trade_pay_response"])
def test_an_unsigned_answer_says_nothing_but_its_code_for_the_log(name: str, ending: str) -> None:
    raw = f'{{"{name}":{{"code":"40002","sub_code":"isv.invalid-app-id"}}{ending}'.encode()
    assert read(200, raw) == Unknown("unsigned 40002 isv.invalid-app-id")


def test_what_is_told_of_an_unsigned_answer_is_a_word_or_nothing() -> None:
    raw = b'{"error_response":{"code":"4\\n0","sub_code":"' + b"x" * 80 + b'"},"sign":""}'
    assert read(200, raw) == Unknown("unsigned no code")


def test_a_signed_error_answer_is_read_like_the_methods_own() -> None:
    node = read(200, signed("error_response", {"code": "40002", "sub_code": "isv.invalid-signature"}))
    assert not isinstance(node, Unknown)
    assert pay_reply(node, NUMBER, PRICE) == Declined("isv.invalid-signature")


def test_a_certificate_number_beside_the_node_does_no_harm() -> None:
    raw = signed(PAY, PAID).replace(b'"sign":', b'"alipay_cert_sn":"7513daaaa48aa3ba2e4018d84402479c","sign":')
    assert read(200, raw) == PAID


@pytest.mark.parametrize(
    ("beside", "is_believed"),
    [('"alipay_cert_sn":"aa",', True), ("", False), ('"alipay_cert_sn":"ab",', False), ('"alipay_cert_sn":7,', False)],
)
def test_in_certificate_mode_an_answer_names_the_certificate(beside: str, *, is_believed: bool) -> None:
    raw = signed(PAY, PAID).replace(b'"sign":', f'{beside}"sign":'.encode())
    node = read_node(200, raw, PAY, private_key("alipay").public_key(), cert_sn="aa")
    assert node == (PAID if is_believed else Unknown("signed with another certificate"))


def test_paid_means_paid_our_amount() -> None:
    assert pay_reply(PAID, NUMBER, PRICE) == Paid(TRADE_NO, PRICE)


@pytest.mark.parametrize("amount", ["88.880", "8888", "88.89", "0.88", "", "-88.88", "88,88", "1" * 20, None, 88.88])
def test_another_amount_or_none_is_not_paid(amount: object) -> None:
    assert isinstance(pay_reply({**PAID, "total_amount": amount}, NUMBER, PRICE), Unknown)


@pytest.mark.parametrize("code", ["10000", "10003"])
@pytest.mark.parametrize("number", [NUMBER[:-1], NUMBER + "0", NUMBER.lower(), "", None, 7])
def test_an_answer_about_another_number_says_nothing(code: str, number: object) -> None:
    assert pay_reply({**PAID, "code": code, "out_trade_no": number}, NUMBER, PRICE) == Unknown("wrong out_trade_no")
    without = {key: value for key, value in PAID.items() if key != "out_trade_no"}
    assert pay_reply({**without, "code": code}, NUMBER, PRICE) == Unknown("wrong out_trade_no")


@pytest.mark.parametrize("trade_no", [None, "", "short", "2026112322001400001234567890\n", 2026112322001400])
def test_paid_needs_alipays_own_number(trade_no: object) -> None:
    assert pay_reply({**PAID, "trade_no": trade_no}, NUMBER, PRICE) == Unknown("no trade_no")


@pytest.mark.parametrize("status", ["WAIT_BUYER_PAY", "TRADE_CLOSED", "", None, [], {}, 1])
def test_a_look_under_a_payments_name_is_not_paid(status: object) -> None:
    assert pay_reply({**PAID, "trade_status": status}, NUMBER, PRICE) == Unknown("another answer")


def test_a_customer_who_must_confirm_is_waited_for() -> None:
    assert pay_reply(IN_PROCESS, NUMBER, PRICE) == InProcess()


@pytest.mark.parametrize(
    "sub_code", ["ACQ.BUYER_BALANCE_NOT_ENOUGH", "ACQ.PAYMENT_AUTH_CODE_INVALID", "BUYER_BALANCE_NOT_ENOUGH"]
)
def test_a_listed_refusal_is_declined_with_the_gateways_own_word(sub_code: str) -> None:
    assert pay_reply(business(sub_code), NUMBER, PRICE) == Declined(sub_code)


@pytest.mark.parametrize(
    "sub_code", ["ACQ.SYSTEM_ERROR", "AQC.SYSTEM_ERROR", "ACQ.TRADE_HAS_SUCCESS", "ACQ.NEVER_HEARD_OF", ""]
)
def test_a_refusal_that_settles_nothing_is_unknown(sub_code: str) -> None:
    reply = pay_reply(business(sub_code), NUMBER, PRICE)
    assert reply == Unknown(f"40004 {sub_code}".rstrip())


def test_a_refusal_of_another_number_is_unknown() -> None:
    other = {**business("ACQ.BUYER_BALANCE_NOT_ENOUGH"), "out_trade_no": "GT1"}
    assert isinstance(pay_reply(other, NUMBER, PRICE), Unknown)


@pytest.mark.parametrize(
    ("code", "sub_code"),
    [("20000", "isp.unknow-error"), ("20000", "aop.unknow-error"), ("40005", "isv.app-call-limited"),
     ("20000", "ACQ.BUYER_BALANCE_NOT_ENOUGH"), ("99999", "ACQ.BUYER_BALANCE_NOT_ENOUGH"), ("", "")],
)  # fmt: skip
def test_a_gateway_in_trouble_settles_nothing(code: str, sub_code: str) -> None:
    assert isinstance(pay_reply({"code": code, "sub_code": sub_code}, NUMBER, PRICE), Unknown)


@pytest.mark.parametrize(
    ("status", "reply"),
    [("TRADE_SUCCESS", Paid(TRADE_NO, PRICE)), ("TRADE_FINISHED", Paid(TRADE_NO, PRICE)),
     ("WAIT_BUYER_PAY", InProcess()), ("TRADE_CLOSED", Closed()), ("TRADE_NEW", Unknown("trade_status TRADE_NEW")),
     (None, Unknown("trade_status "))],
)  # fmt: skip
def test_a_look_reads_the_trades_status(status: str | None, reply: object) -> None:
    assert query_reply({**PAID, "trade_status": status}, NUMBER) == reply


def test_a_look_tells_the_amount_it_found() -> None:
    found = query_reply({**PAID, "trade_status": "TRADE_SUCCESS", "total_amount": "1.00"}, NUMBER)
    assert found == Paid(TRADE_NO, Money(100))


@pytest.mark.parametrize("sub_code", ["ACQ.TRADE_NOT_EXIST", "TRADE_NOT_EXIST"])
def test_no_such_trade_is_not_found_for_a_look_and_nothing_for_a_cancel(sub_code: str) -> None:
    assert query_reply(business(sub_code), NUMBER) == NotFound()
    assert cancel_reply(business(sub_code), NUMBER) == Cancelled()


@pytest.mark.parametrize("sub_code", ["ACQ.SYSTEM_ERROR", "AQC.SYSTEM_ERROR", "ACQ.INVALID_PARAMETER"])
def test_any_other_refusal_of_a_look_or_cancel_is_unknown(sub_code: str) -> None:
    assert query_reply(business(sub_code), NUMBER) == Unknown(f"40004 {sub_code}")
    assert cancel_reply(business(sub_code), NUMBER) == Unknown(f"40004 {sub_code}")


def test_a_look_at_another_number_says_nothing() -> None:
    other = {**PAID, "trade_status": "TRADE_SUCCESS", "out_trade_no": "GT1"}
    assert query_reply(other, NUMBER) == Unknown("wrong out_trade_no")
    missing = {**business("ACQ.TRADE_NOT_EXIST"), "out_trade_no": "GT1"}
    assert isinstance(query_reply(missing, NUMBER), Unknown)


@pytest.mark.parametrize(
    ("told", "reply"),
    [({"action": "close"}, Cancelled(closed=True)), ({"action": "refund"}, Cancelled(refunded=True)),
     ({}, Cancelled()), ({"action": ""}, Cancelled()), ({"action": "other"}, Cancelled()),
     ({"action": "close", "retry_flag": "Y"}, Unknown("retry_flag Y")), ({"retry_flag": "Y"}, Unknown("retry_flag Y")),
     ({"action": "refund", "out_trade_no": "GT1"}, Unknown("wrong out_trade_no"))],
)  # fmt: skip
def test_a_cancel_says_what_it_did(told: dict[str, str], reply: object) -> None:
    node = {"code": "10000", "msg": "Success", "out_trade_no": NUMBER, "trade_no": TRADE_NO, "retry_flag": "N", **told}
    assert cancel_reply(node, NUMBER) == reply


@given(raw=st.binary(max_size=200) | JSON.map(lambda value: json.dumps(value).encode()), status=st.just(200))
def test_no_answer_whatever_raises(raw: bytes, status: int) -> None:
    assert isinstance(read(status, raw), Unknown)


@given(
    base=st.sampled_from([PAID, {**PAID, "trade_status": "TRADE_SUCCESS"}, IN_PROCESS, business("ACQ.PAYMENT_FAIL")]),
    other=st.dictionaries(
        st.sampled_from(
            ["code", "sub_code", "out_trade_no", "trade_no", "total_amount", "trade_status", "action", "retry_flag"]
        ),
        JSON | st.sampled_from(["10000", "10003", "40004", NUMBER, "88.88", "TRADE_SUCCESS", TRADE_NO, "close"]),
        max_size=2,
    ),
)
def test_a_signed_node_of_any_shape_raises_nothing_and_pays_nothing_by_accident(
    base: dict[str, object], other: dict[str, object]
) -> None:
    node = {**base, **other}
    reply = pay_reply(node, NUMBER, PRICE)
    query_reply(node, NUMBER)
    cancel_reply(node, NUMBER)
    if isinstance(reply, Paid):
        assert (node["code"], node["out_trade_no"], node["total_amount"]) == ("10000", NUMBER, "88.88")
    if isinstance(reply, Declined):
        assert is_refusal(str(node["sub_code"]))
