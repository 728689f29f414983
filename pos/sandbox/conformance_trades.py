"""Rules 7 to 11: one number is one trade; codes to scan, expiry, cancel and close."""

from collections.abc import Mapping
from datetime import timedelta

from pos.sandbox.conformance_exam import AMOUNT, Exam, order
from pos.sandbox.conformance_wire import TIME, Node

_REUSED = "40004 ACQ.CONTEXT_INCONSISTENT"


def rule_7(exam: Exam) -> None:
    """A number asked again is the same trade or a mistake, never a second charge."""
    kept = exam.kept_fen()
    number = exam.paid()
    exam.pay("40004 ACQ.TRADE_HAS_SUCCESS", "a paid number again", number)
    exam.pay(_REUSED, "with another amount", number, total_amount="1.00")
    exam.pay(_REUSED, "with another subject", number, subject="面包")
    exam.same("paid once", exam.kept_fen() - kept, 8888)
    waiting = exam.paid(kind="never")
    first = exam.status(waiting, "WAIT_BUYER_PAY", "while the customer is asked")
    again = exam.pay("10003", "a waiting number again", waiting, kind="never")
    exam.same("it is the same trade", again.get("trade_no"), first.get("trade_no"))
    exam.pay(_REUSED, "a waiting number with another amount", waiting, total_amount="1.00")
    exam.ask("10000", "a cancel", "trade.cancel", out_trade_no=waiting)
    exam.pay("40004 ACQ.TRADE_HAS_CLOSE", "a closed number again", waiting)
    twice = exam.wire.number()
    exam.wire.remote("faults", next="duplicate", method="alipay.trade.pay")
    exam.pay("10000", "a payment that arrives twice", twice)
    exam.same("paid once more", exam.kept_fen() - kept, 2 * 8888)
    shown = exam.ask("10000", "a code to scan", "trade.precreate", **order(waiting + "Q", {}))
    same = exam.ask("10000", "the code again", "trade.precreate", **order(waiting + "Q", {}))
    exam.same("it is the same code", same.get("qr_code"), shown.get("qr_code"))
    other = order(waiting + "Q", {"total_amount": "1.00"})
    exam.ask(_REUSED, "the code with another amount", "trade.precreate", **other)


def rule_8(exam: Exam) -> None:
    """A code to scan is no trade before it is scanned, and lives two hours at most."""
    wire, number = exam.wire, exam.wire.number()
    code = str(exam.ask("10000", "a code to scan", "trade.precreate", **order(number, {})).get("qr_code"))
    exam.unknown(number, "before the scan")
    exam.ask("40004 ACQ.TRADE_NOT_EXIST", "a close before the scan", "trade.close", out_trade_no=number)
    node = exam.ask("10000", "a cancel before the scan", "trade.cancel", out_trade_no=number)
    exam.same("it had nothing to do", "action" in node, wanted=False)
    wire.remote("scan", qr_code=code, buyer="alice", kind="never")
    exam.status(number, "WAIT_BUYER_PAY", "after the scan")
    wire.remote("confirm", out_trade_no=number)
    exam.holds("what was paid", exam.status(number, "TRADE_SUCCESS", "after the password"), total_amount=AMOUNT)
    for asked, minutes in (({}, 120), ({"timeout_express": "1d"}, 120), ({"qr_code_timeout_express": "3h"}, 120),
                           ({"qr_code_timeout_express": "5m"}, 5), ({"timeout_express": "5m"}, 5)):  # fmt: skip
        _dies(exam, asked, minutes)


def rule_9(exam: Exam) -> None:
    """An unpaid trade closes in its time; a paid one does not."""
    wire = exam.wire
    expire = (wire.now() + timedelta(minutes=5, seconds=1)).strftime(TIME)
    lives: tuple[tuple[dict[str, str], int], ...] = (
        ({"timeout_express": "5m"}, 5),
        ({"time_expire": expire, "timeout_express": "1d"}, 5),
        ({"time_expire": expire, "timeout_express": "1m"}, 5),
        ({"timeout_express": "2h"}, 120),
        ({}, 180),
    )
    waiting = [(exam.paid(kind="never", **asked), asked, minutes) for asked, minutes in lives]
    paid, passed = exam.paid(timeout_express="5m"), 0
    for end in (5, 120, 180):
        own = [(number, asked or "three hours") for number, asked, minutes in waiting if minutes == end]
        wire.travel(minutes=end - 1 - passed)
        for number, told in own:
            exam.status(number, "WAIT_BUYER_PAY", f"a minute before {told}")
        wire.travel(minutes=2)
        for number, told in own:
            exam.status(number, "TRADE_CLOSED", f"a minute after {told}")
        passed = end + 1
    wire.remote("confirm", out_trade_no=waiting[0][0])
    exam.status(waiting[0][0], "TRADE_CLOSED", "after a password that came too late")
    exam.status(paid, "TRADE_SUCCESS", "of a paid trade after its time")


def rule_10(exam: Exam) -> None:
    """A cancel closes what waits, pays back what is paid, and passes over what is not there, for a day."""
    kept = exam.kept_fen()
    waiting, paid, late = exam.paid(kind="never"), exam.paid(), exam.paid()
    for number, action in ((waiting, "close"), (paid, "refund"), (waiting, "close"), (paid, "refund")):
        _cancel(exam, f"a cancel that should {action}", number, action)
        exam.status(number, "TRADE_CLOSED", "after the cancel")
    exam.same("one payment is left", exam.kept_fen() - kept, 8888)
    node = exam.ask("10000", "a cancel of nothing", "trade.cancel", out_trade_no=exam.wire.number())
    exam.same("it had nothing to do", "action" in node, wanted=False)
    asked = exam.paid(kind="never")
    exam.wire.remote("confirm", out_trade_no=asked)
    _cancel(exam, "a cancel just after the password", asked, "refund")
    _cancel_that_cannot(exam)
    exam.wire.travel(hours=24, seconds=5)
    node = exam.ask("40004 ACQ.TRADE_CANCEL_TIME_OUT", "a cancel a day later", "trade.cancel", out_trade_no=late)
    exam.same("retry_flag", node.get("retry_flag"), "N")
    exam.status(late, "TRADE_SUCCESS", "after the cancel that came too late")


def rule_11(exam: Exam) -> None:
    """A close ends what waits, and never pays back."""
    paid, waiting, absent, kept = exam.paid(), exam.paid(kind="never"), exam.wire.number(), exam.kept_fen()
    exam.ask("40004 ACQ.TRADE_STATUS_ERROR", "a close of a paid trade", "trade.close", out_trade_no=paid)
    exam.status(paid, "TRADE_SUCCESS", "after the close")
    exam.same("nothing was paid back", exam.kept_fen(), kept)
    exam.ask("10000", "a close of a waiting trade", "trade.close", out_trade_no=waiting)
    trade = exam.status(waiting, "TRADE_CLOSED", "after the close")
    exam.wire.remote("confirm", out_trade_no=waiting)
    exam.status(waiting, "TRADE_CLOSED", "after a password that came too late")
    exam.ask("40004 ACQ.TRADE_STATUS_ERROR", "a second close", "trade.close", trade_no=trade.get("trade_no"))
    exam.ask("40004 ACQ.TRADE_NOT_EXIST", "a close of nothing", "trade.close", out_trade_no=absent)


def _dies(exam: Exam, asked: Mapping[str, object], minutes: int) -> None:
    """Show that a code can be scanned a minute before its end and not after it."""
    numbers = (exam.wire.number(), exam.wire.number())
    codes = [exam.ask("10000", f"a code with {asked}", "trade.precreate", **order(each, asked)) for each in numbers]
    exam.wire.travel(minutes=minutes - 1)
    exam.same("its last minute", _scan(exam, codes[0]), 200)
    exam.wire.travel(minutes=1)
    exam.same("its end", _scan(exam, codes[1]), 410)
    exam.unknown(numbers[1], "of a code nobody scanned")


def _scan(exam: Exam, node: Node) -> int:
    asked = {"qr_code": node.get("qr_code"), "buyer": "alice"}
    return exam.wire.http.post("/sandbox/scan", json=asked).status_code


def _cancel(exam: Exam, what: str, number: str, action: str) -> None:
    node = exam.ask("10000", what, "trade.cancel", out_trade_no=number)
    exam.holds(what, node, action=action, retry_flag="N", out_trade_no=number)


def _cancel_that_cannot(exam: Exam) -> None:
    partly, poor = exam.paid(), exam.paid()
    asked = {"out_trade_no": partly, "refund_amount": "1.00", "out_request_no": "R1"}
    exam.ask("10000", "a refund in part", "trade.refund", **asked)
    exam.ask("40004 ACQ.CANCEL_NOT_ALLOWED", "a cancel after it", "trade.cancel", out_trade_no=partly)
    merchant_fen = exam.wire.look("wallets")["merchant_fen"]
    exam.wire.remote("wallets", merchant_fen=0)
    told = "40004 ACQ.SELLER_BALANCE_NOT_ENOUGH"
    node = exam.ask(told, "a cancel with an empty account", "trade.cancel", out_trade_no=poor)
    exam.same("retry_flag", node.get("retry_flag"), "Y")
    exam.wire.remote("wallets", merchant_fen=merchant_fen)
    _cancel(exam, "the same cancel with money in it", poor, "refund")
