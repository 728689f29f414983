"""What answers about codes of ours, refunds, closes and bills prove, and what proves nothing."""

import pytest

from pos.alipay.advice import Advice, is_refund_refusal, refund_advice
from pos.alipay.replies import (
    bill_reply,
    cancel_reply,
    close_reply,
    code_reply,
    find_reply,
    refund_reply,
    refund_status,
)
from pos.domain.gateway import (
    BillAddress,
    Closed,
    CodeShown,
    Declined,
    InProcess,
    NotFound,
    Paid,
    Refunded,
    TooLate,
    TradeSeen,
    Unknown,
)
from pos.domain.money import Money
from tests.unit.alipay.kit import NUMBER

TRADE_NO = "2026112322001400001234567890"
DONE = {"code": "10000", "msg": "Success", "out_trade_no": NUMBER}
URL = "http://dwbillcenter.alipay.com/downloadBillFile.resource?token=x"


def no(sub_code: str, code: str = "40004") -> dict[str, str]:
    return {"code": code, "sub_code": sub_code, "out_trade_no": NUMBER}


@pytest.mark.parametrize(
    ("node", "reply"),
    [
        (DONE | {"qr_code": "https://qr.alipay.com/bax03431ljhokirwl38f00a7"},
         CodeShown("https://qr.alipay.com/bax03431ljhokirwl38f00a7")),
        (DONE, Unknown("no code")),
        (DONE | {"qr_code": ""}, Unknown("no code")),
        (DONE | {"qr_code": 5}, Unknown("no code")),
        (DONE | {"qr_code": "a\nb"}, Unknown("no code")),
        (DONE | {"qr_code": "x" * 1025}, Unknown("no code")),
        (DONE | {"qr_code": "x", "out_trade_no": "GTother"}, Unknown("no code")),
        (no("ACQ.TOTAL_FEE_EXCEED"), Declined("ACQ.TOTAL_FEE_EXCEED")),
        (no("isv.invalid-signature", "40002"), Declined("isv.invalid-signature")),
        (no("ACQ.SYSTEM_ERROR"), Unknown("40004 ACQ.SYSTEM_ERROR")),
        (no("ACQ.NEVER_HEARD_OF"), Unknown("40004 ACQ.NEVER_HEARD_OF")),
        (no("isp.unknow-error", "20000"), Unknown("20000 isp.unknow-error")),
    ],
)  # fmt: skip
def test_a_code_of_ours(node: dict[str, object], reply: object) -> None:
    assert code_reply(node, NUMBER) == reply


@pytest.mark.parametrize(
    ("node", "reply"),
    [
        (DONE | {"fund_change": "Y", "refund_fee": "88.88"}, Refunded()),
        (DONE | {"fund_change": "N"}, Unknown("fund_change N")),
        (DONE, Unknown("fund_change absent")),
        (DONE | {"fund_change": "Y", "out_trade_no": "GTother"}, Unknown("wrong out_trade_no")),
        (no("ACQ.SELLER_BALANCE_NOT_ENOUGH"), Declined("ACQ.SELLER_BALANCE_NOT_ENOUGH")),
        (no("ACQ.TRADE_HAS_FINISHED"), Declined("ACQ.TRADE_HAS_FINISHED")),
        (no("TRADE_NOT_EXIST"), Declined("TRADE_NOT_EXIST")),
        (no("ACQ.SYSTEM_ERROR"), Unknown("40004 ACQ.SYSTEM_ERROR")),
        (no("ACQ.SOMETHING_NEW"), Unknown("40004 ACQ.SOMETHING_NEW")),
        (no("aop.unknow-error", "20000"), Unknown("20000 aop.unknow-error")),
        ({"code": "40004", "sub_code": "ACQ.TRADE_HAS_FINISHED", "out_trade_no": "GTother"},
         Unknown("40004 ACQ.TRADE_HAS_FINISHED")),
    ],
)  # fmt: skip
def test_a_refund_is_gone_only_when_the_money_moved(node: dict[str, object], reply: object) -> None:
    assert refund_reply(node, NUMBER) == reply


@pytest.mark.parametrize(
    ("node", "reply"),
    [
        (DONE | {"refund_status": "REFUND_SUCCESS", "out_request_no": "GR1"}, Refunded()),
        (DONE | {"out_request_no": "GR1"}, NotFound()),
        (DONE | {"refund_status": "REFUND_PROCESSING", "out_request_no": "GR1"}, NotFound()),
        (DONE | {"refund_status": "REFUND_SUCCESS", "out_request_no": "GR2"}, Unknown("wrong out_request_no")),
        (DONE | {"refund_status": "REFUND_SUCCESS", "out_request_no": "GR1", "out_trade_no": "GT9"},
         Unknown("wrong out_request_no")),
        (no("TRADE_NOT_EXIST"), NotFound()),
        (no("TRADE_NOT_EXIST") | {"out_trade_no": "GT9"}, Unknown("40004 TRADE_NOT_EXIST")),
        (no("ACQ.SYSTEM_ERROR"), Unknown("40004 ACQ.SYSTEM_ERROR")),
    ],
)  # fmt: skip
def test_what_became_of_a_refund(node: dict[str, object], reply: object) -> None:
    assert refund_status(node, NUMBER, "GR1") == reply


@pytest.mark.parametrize(
    ("node", "reply"),
    [
        (DONE | {"trade_no": TRADE_NO, "trade_status": "TRADE_SUCCESS", "total_amount": "88.88"},
         TradeSeen(NUMBER, Paid(TRADE_NO, Money(8888)))),
        (DONE | {"trade_no": TRADE_NO, "trade_status": "WAIT_BUYER_PAY"}, TradeSeen(NUMBER, InProcess())),
        (DONE | {"trade_no": TRADE_NO, "trade_status": "TRADE_CLOSED"}, TradeSeen(NUMBER, Closed())),
        (DONE | {"trade_no": "2026", "trade_status": "TRADE_CLOSED"}, Unknown("wrong trade_no")),
        (DONE | {"trade_no": TRADE_NO, "trade_status": "LOST"}, Unknown("wrong trade_no")),
        ({"code": "40004", "sub_code": "ACQ.TRADE_NOT_EXIST"}, NotFound()),
        (no("ACQ.SYSTEM_ERROR"), Unknown("40004 ACQ.SYSTEM_ERROR")),
    ],
)  # fmt: skip
def test_a_trade_found_by_alipays_number(node: dict[str, object], reply: object) -> None:
    assert find_reply(node, TRADE_NO) == reply


@pytest.mark.parametrize(
    ("node", "reply"),
    [
        (DONE, Closed()),
        (no("ACQ.TRADE_STATUS_ERROR"), Declined("ACQ.TRADE_STATUS_ERROR")),
        (no("ACQ.REASON_TRADE_STATUS_INVALID"), Declined("ACQ.REASON_TRADE_STATUS_INVALID")),
        (no("ACQ.TRADE_NOT_EXIST"), NotFound()),
        (no("ACQ.SYSTEM_ERROR"), Unknown("40004 ACQ.SYSTEM_ERROR")),
        (DONE | {"out_trade_no": "GTother"}, Unknown("10000")),
        (DONE | {"trade_status": "WAIT_BUYER_PAY"}, Unknown("10000")),
        (DONE | {"qr_code": "https://qr.alipay.com/bax1"}, Unknown("10000")),
        (no("ACQ.TRADE_STATUS_ERROR") | {"out_trade_no": "GTother"}, Unknown("40004 ACQ.TRADE_STATUS_ERROR")),
        (no("ACQ.TRADE_NOT_EXIST") | {"out_trade_no": "GTother"}, Unknown("40004 ACQ.TRADE_NOT_EXIST")),
    ],
)
def test_a_close(node: dict[str, object], reply: object) -> None:
    assert close_reply(node, NUMBER) == reply


def test_a_cancel_that_comes_too_late_says_so() -> None:
    late = no("ACQ.TRADE_CANCEL_TIME_OUT")
    assert cancel_reply(late, NUMBER) == TooLate()
    assert cancel_reply(late | {"out_trade_no": "GTother"}, NUMBER) == Unknown("40004 ACQ.TRADE_CANCEL_TIME_OUT")


@pytest.mark.parametrize(
    ("node", "reply"),
    [
        ({"code": "10000", "bill_download_url": URL}, BillAddress(URL)),
        ({"code": "10000", "bill_download_url": URL, "bill_file_code": "EMPTY_DATA_WITH_BILL_FILE"}, NotFound()),
        ({"code": "10000"}, Unknown("no address")),
        (no("isp.NO_BILL_DATA"), NotFound()),
        (no("BILL_NOT_EXIST"), NotFound()),
        (no("INVAILID_ARGUMENTS"), Unknown("40004 INVAILID_ARGUMENTS")),
    ],
)
def test_a_bill(node: dict[str, object], reply: object) -> None:
    assert bill_reply(node) == reply


def test_the_address_of_a_bill_is_a_secret() -> None:
    assert URL not in repr(BillAddress(URL))


# Alipay's document of alipay.trade.refund, its sub_codes.
REFUSALS = """SELLER_BALANCE_NOT_ENOUGH REFUND_AMT_NOT_EQUAL_TOTAL REASON_TRADE_REFUND_FEE_ERR REFUND_FEE_ERROR
DISCORDANT_REPEAT_REQUEST TRADE_HAS_FINISHED TRADE_STATUS_ERROR REASON_TRADE_STATUS_INVALID TRADE_HAS_CLOSE
TRADE_NOT_EXIST TRADE_NOT_ALLOW_REFUND NOT_ALLOW_PARTIAL_REFUND ONLINE_TRADE_VOUCHER_NOT_ALLOW_REFUND
REASON_TRADE_BEEN_FREEZEN BUYER_NOT_EXIST BUYER_ENABLE_STATUS_FORBID BUYER_ERROR REFUND_ACCOUNT_NOT_EXIST
CUSTOMER_VALIDATE_ERROR REFUND_CHARGE_ERROR INVALID_PARAMETER""".split()


@pytest.mark.parametrize("sub_code", REFUSALS)
@pytest.mark.parametrize("family", ["ACQ.", ""])
def test_every_published_refusal_of_a_refund_has_its_advice(family: str, sub_code: str) -> None:
    assert is_refund_refusal(family + sub_code)
    assert refund_advice(family + sub_code) is not Advice.WAIT


@pytest.mark.parametrize("sub_code", ["ACQ.SYSTEM_ERROR", "", "ACQ.SOMETHING_NEW", "isp.unknow-error"])
def test_what_is_not_listed_leaves_a_refund_open(sub_code: str) -> None:
    assert not is_refund_refusal(sub_code)
