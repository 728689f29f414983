"""Rules 5 and 6: what each field may hold, and which payment codes can be charged."""

from collections.abc import Mapping
from datetime import timedelta

from pos.sandbox.conformance_exam import AMOUNT, Exam, order
from pos.sandbox.conformance_wire import TIME

_WRONG = "40004 ACQ.INVALID_PARAMETER"
_GOODS = {"goods_id": "6901", "goods_name": "牛奶", "quantity": "2", "price": "44.44"}

_ORDER_REFUSED: tuple[tuple[str, Mapping[str, object]], ...] = (
    *((_WRONG, {"out_trade_no": number}) for number in (None, "", "CF 1", "CF-1", "CF#1", "牛1", "１", "C" * 65)),
    *((_WRONG, {"total_amount": amount})
      for amount in (None, "", "0", "0.00", "-1.00", "1.234", "1,00", "1e2", ".5", "１.00")),
    *(("40004 ACQ.TOTAL_FEE_EXCEED", {"total_amount": amount}) for amount in ("100000000.01", "999999999.99")),
    *((_WRONG, {"subject": subject}) for subject in (None, "", "a/b", "a=b", "a&b", "牛" * 257)),
    *((_WRONG, {name: "x" * (most + 1)})
      for name, most in (("body", 128), ("operator_id", 28), ("store_id", 32), ("terminal_id", 32), ("seller_id", 28))),
    *((_WRONG, {"timeout_express": life}) for life in ("0m", "1.5h", "5", "16d", "90s", "1w")),
    *((_WRONG, {"time_expire": moment}) for moment in ("2030-01-01", "2030-02-30 00:00:00x")),
    ("40004 ACQ.NOW_TIME_AFTER_EXPIRE_TIME_ERROR", {"time_expire": "2020-01-01 00:00:00"}),
    ("40004 ACQ.SUB_GOODS_SIZE_MAX_COUNT", {"goods_detail": [_GOODS] * 151}),
    *((_WRONG, {"goods_detail": [{**_GOODS, name: value}]}) for name, value in
      (("goods_id", None), ("goods_name", ""), ("price", "1.234"), ("quantity", "0"), ("goods_category", "x" * 25))),
    (_WRONG, {"discountable_amount": "8.88", "undiscountable_amount": "70.00"}),
)  # fmt: skip
_ORDER_TAKEN: tuple[Mapping[str, object], ...] = (
    {"total_amount": "0.01"},
    {"total_amount": "100000000"},
    {"total_amount": "8.8"},
    {"subject": "牛" * 256},
    {"body": "x" * 128, "operator_id": "x" * 28, "store_id": "x" * 32, "terminal_id": "x" * 32},
    {"timeout_express": "15d"},
    {"timeout_express": "1c"},
    {"goods_detail": [_GOODS] * 150},
    {"discountable_amount": "8.88", "undiscountable_amount": "80.00"},
    {"query_options": ["fund_bill_list"]},
)
_CODES_REFUSED = (
    "", "2" * 15, "25" + "0" * 23, "240000000000000000", "310000000000000000", "130000000000000000",
    "621234567890123456", "6901234567892", "28123456789012345a", "fp123", "２８1234567890123456",
)  # fmt: skip


def rule_5(exam: Exam) -> None:
    """Fields have their types, lengths, ranges and signs."""
    for told, wrong in _ORDER_REFUSED:
        content = order(exam.wire.number(), wrong)
        exam.ask(told, f"an order with {_short(wrong)}", "trade.precreate", **content)
    for right in _ORDER_TAKEN:
        content = order(exam.wire.number(), right)
        exam.ask("10000", f"an order with {_short(right)}", "trade.precreate", **content)
    exam.ask("10000", "64 signs", "trade.precreate", **order(exam.wire.number().ljust(64, "_"), {}))
    exam.pay(_WRONG, "a payment with a blank in its number", "CF 1")
    exam.pay("40004 ACQ.UN_SUPPORT_TRADE_SCENE", "a scene nobody knows", exam.wire.number(), scene="smile")
    _of_the_others(exam)


def rule_6(exam: Exam) -> None:
    """A code has its form, lives a minute, is charged once, and is not the seller's."""
    wire, invalid = exam.wire, "40004 ACQ.PAYMENT_AUTH_CODE_INVALID"
    for code in (*_CODES_REFUSED, "280000000000000000"):
        exam.pay(invalid, f"the code {code!r}", wire.number(), auth_code=code)
    code, kept = exam.code(), exam.kept_fen()
    exam.pay("10000", "a fresh code", wire.number(), auth_code=code)
    exam.pay(invalid, "the same code again", wire.number(), auth_code=code)
    exam.same("money moved once", exam.kept_fen() - kept, 8888)
    declined = exam.code("decline_balance")
    exam.pay("40004 ACQ.BUYER_BALANCE_NOT_ENOUGH", "a customer without money", wire.number(), auth_code=declined)
    exam.pay(invalid, "the declined code again", wire.number(), auth_code=declined)
    young, old = exam.code(), exam.code()
    wire.travel(seconds=50)
    exam.pay("10000", "a code 50 s old", wire.number(), auth_code=young)
    wire.travel(seconds=10)
    exam.pay(invalid, "a code 60 s old", wire.number(), auth_code=old)
    exam.pay("40004 ACQ.BUYER_SELLER_EQUAL", "the seller's own code", wire.number(), kind="decline_seller")


def _of_the_others(exam: Exam) -> None:
    soon = (exam.wire.now() + timedelta(minutes=5)).strftime(TIME)
    exam.ask("10000", "a time to expire", "trade.precreate", **order(exam.wire.number(), {"time_expire": soon}))
    for method in ("query", "cancel", "close"):
        exam.ask(_WRONG, "no number at all", f"trade.{method}")
        exam.ask(_WRONG, "a number with a dash", f"trade.{method}", out_trade_no="CF-1")
    number = exam.paid()
    for wrong in ({"refund_amount": None}, {"refund_amount": "1.234"}, {"refund_amount": "0"}, {"refund_amount": "x"},
                  {"out_request_no": "R" * 65}, {"refund_reason": "x" * 257}, {"operator_id": "x" * 31}):  # fmt: skip
        content = {"out_trade_no": number, "refund_amount": "1.00", "out_request_no": "R1", **wrong}
        given = {name: value for name, value in content.items() if value is not None}
        exam.ask(_WRONG, f"a refund with {_short(wrong)}", "trade.refund", **given)
    exam.ask(_WRONG, "a refund query without its number", "trade.fastpay.refund.query", out_trade_no=number)
    exam.same("nothing was paid back", exam.status(number, "TRADE_SUCCESS", "after all that")["total_amount"], AMOUNT)


def _short(content: Mapping[str, object]) -> str:
    return ", ".join(f"{name}={str(value)[:24]}({len(str(value))})" for name, value in content.items())
