"""Rules 12 to 14: refunds, when they show, and the daily bill."""

import csv
import io
import zipfile
from datetime import timedelta
from urllib.parse import urlsplit

from pos.sandbox.conformance_exam import AMOUNT, Exam
from pos.sandbox.conformance_wire import Node, Nonconforming

_BILL = "data.dataservice.bill.downloadurl.query"
_COLUMNS = 25
_PUBLISHED = """
支付宝交易号 商户订单号 业务类型 商品名称 创建时间 完成时间 门店编号 操作员 终端号 订单金额（元） 商家实收（元）
退款批次号/请求号 服务费（元）
""".split()


def rule_12(exam: Exam) -> None:
    """Refunds keep to number, amount, balance and window."""
    number, kept = exam.paid(), exam.kept_fen()
    first = _refund(exam, "10000", "30.00", number, "30.00", request="R1")
    exam.holds("the first", first, fund_change="Y", refund_fee="30.00", out_trade_no=number)
    again = _refund(exam, "10000", "30.00 again", number, "30.00", request="R1")
    exam.holds("the first again", again, fund_change="N", refund_fee="30.00")
    exam.same("paid back once", kept - exam.kept_fen(), 3000)
    _refund(exam, "40004 ACQ.DISCORDANT_REPEAT_REQUEST", "its number with 31.00", number, "31.00", request="R1")
    _refund(exam, "40004 ACQ.REFUND_FEE_ERROR", "a fen more than is left", number, "58.89", request="R2")
    second = _refund(exam, "10000", "8.88", number, "8.88", request="R2")
    exam.holds("the second adds up", second, fund_change="Y", refund_fee="38.88")
    exam.status(number, "TRADE_SUCCESS", "of a trade paid back in part")
    _without_money(exam, number)
    last = _refund(exam, "10000", "all that is left", number, "50.00", request="R3")
    exam.holds("the last", last, fund_change="Y", refund_fee=AMOUNT)
    exam.status(number, "TRADE_CLOSED", "of a trade paid back whole")
    _refund(exam, "10000", "the first, of a closed trade", number, "30.00", request="R1")
    _refund(exam, "40004 ACQ.TRADE_HAS_CLOSE", "more of a closed trade", number, "0.01", request="R4")
    exam.same("all of it is back", kept - exam.kept_fen(), 8888)
    _not_refundable(exam)


def rule_13(exam: Exam) -> None:
    """A refund shows in a query ten seconds after it was made, and only if it was made."""
    wire, number = exam.wire, exam.paid()
    _refund(exam, "10000", "30.00", number, "30.00", request="R1")
    _not_shown(exam, "at once", number, "R1")
    wire.travel(seconds=5)
    _not_shown(exam, "after five seconds", number, "R1")
    wire.travel(seconds=6)
    node = _refund_query(exam, "10000", "after eleven seconds", number, "R1")
    exam.holds("what it then shows", node, refund_status="REFUND_SUCCESS", refund_amount="30.00", total_amount=AMOUNT,
               out_trade_no=number, out_request_no="R1")  # fmt: skip
    _not_shown(exam, "for a number nobody sent", number, "R2")
    _refund(exam, "40004 ACQ.REFUND_FEE_ERROR", "too much", number, "99.00", request="R3")
    wire.remote("faults", next="refund_lost")
    lost = _refund(exam, "10000", "one that is lost", number, "1.00", request="R4")
    exam.same("fund_change of the lost one", lost.get("fund_change"), "N")
    wire.travel(minutes=1)
    _not_shown(exam, "for a refund that was refused", number, "R3")
    _not_shown(exam, "for the lost one", number, "R4")
    _refund_query(exam, "40004 TRADE_NOT_EXIST", "for a trade nobody knows", wire.number(), "R1")
    whole = exam.paid()
    exam.ask("10000", "a refund without a number", "trade.refund", out_trade_no=whole, refund_amount=AMOUNT)
    wire.travel(seconds=11)
    own = _refund_query(exam, "10000", "by the trade's own number", whole, whole)
    exam.same("refund_status", own.get("refund_status"), "REFUND_SUCCESS")


def rule_14(exam: Exam) -> None:
    """A day's bill is there the next morning, as a file like Alipay's, at an address that lives half a minute."""
    wire = exam.wire
    wire.travel_to(12)
    day, number = wire.now().date(), exam.paid(store_id="0017", operator_id="1001", terminal_id="03")
    _refund(exam, "10000", "30.00", number, "30.00", request="R1")
    waiting = exam.paid(kind="never")
    _no_bill(exam, "BILL_NOT_EXIST", "on the same day", day.isoformat())
    wire.travel_to(8)
    _no_bill(exam, "BILL_NOT_EXIST", "at eight the next morning", day.isoformat())
    wire.travel_to(9)
    address = _bill(exam, "at nine", day.isoformat())
    rows = _rows(exam, _download(exam, "in time", address))
    own = [row for row in rows if row["商户订单号"] in {number, waiting}]
    exam.same("its lines", [_told(row) for row in own], [
        (number, "交易", AMOUNT, "", "0017", "1001", "03"), (number, "退款", "-30.00", "R1", "0017", "1001", "03"),
    ])  # fmt: skip
    exam.same("paid on the day", [row["完成时间"][:10] for row in own], [day.isoformat()] * 2)
    wire.travel(seconds=20)
    _download(exam, "after 20 s", address)
    wire.travel(seconds=11)
    exam.same("its address after 31 s", wire.http.get(address).status_code, 403)
    _no_bill(exam, "NO_BILL_DATA", "of a day without trades", (day - timedelta(days=3650)).isoformat())
    _no_bill(exam, "BILL_NOT_EXIST", "of tomorrow", (wire.now().date() + timedelta(days=1)).isoformat())
    for wrong in ("2026-13-01", "20261123", "today"):
        _no_bill(exam, "INVAILID_ARGUMENTS", f"of {wrong}", wrong)
    exam.ask("40004 INVAILID_ARGUMENTS", "another type", _BILL, bill_type="x", bill_date=day.isoformat())


def _refund(exam: Exam, wanted: str, what: str, number: str, amount: str, *, request: str = "") -> Node:
    content = {"out_trade_no": number, "refund_amount": amount, **({"out_request_no": request} if request else {})}
    return exam.ask(wanted, f"a refund, {what}", "trade.refund", **content)


def _refund_query(exam: Exam, wanted: str, what: str, number: str, request: str) -> Node:
    content = {"out_trade_no": number, "out_request_no": request}
    return exam.ask(wanted, f"a refund query {what}", "trade.fastpay.refund.query", **content)


def _not_shown(exam: Exam, what: str, number: str, request: str) -> None:
    node = _refund_query(exam, "10000", what, number, request)
    exam.same(f"refund_status {what}", node.get("refund_status"), None)


def _without_money(exam: Exam, number: str) -> None:
    merchant_fen = exam.wire.look("wallets")["merchant_fen"]
    exam.wire.remote("wallets", merchant_fen=999)
    _refund(exam, "40004 ACQ.SELLER_BALANCE_NOT_ENOUGH", "more than the account holds", number, "50.00", request="R3")
    exam.wire.remote("wallets", merchant_fen=merchant_fen)


def _not_refundable(exam: Exam) -> None:
    waiting, cancelled, old = exam.paid(kind="never"), exam.paid(), exam.paid()
    _refund(exam, "40004 ACQ.TRADE_NOT_EXIST", "of nothing", exam.wire.number(), "1.00", request="R1")
    _refund(exam, "40004 ACQ.TRADE_STATUS_ERROR", "of an unpaid trade", waiting, "1.00", request="R1")
    _refund(exam, "40004 ACQ.REFUND_AMT_NOT_EQUAL_TOTAL", "in part without a number", old, "1.00")
    exam.ask("10000", "a cancel", "trade.cancel", out_trade_no=cancelled)
    _refund(exam, "40004 ACQ.TRADE_HAS_CLOSE", "of a cancelled trade", cancelled, "1.00", request="R1")
    exam.wire.travel(days=89)
    _refund(exam, "10000", "after 89 days", old, "1.00", request="R1")
    exam.wire.travel(days=1)
    exam.status(old, "TRADE_FINISHED", "after 90 days")
    _refund(exam, "40004 ACQ.TRADE_HAS_FINISHED", "after 90 days", old, "1.00", request="R2")


def _bill(exam: Exam, when: str, day: str) -> str:
    node = exam.ask("10000", f"a bill {when}", _BILL, bill_type="trade", bill_date=day)
    address = str(node.get("bill_download_url"))
    exam.same("its address is the simulator's", address.startswith(exam.wire.address + "/"), wanted=True)
    return address.removeprefix(exam.wire.address)


def _no_bill(exam: Exam, sub_code: str, when: str, day: str) -> None:
    exam.ask(f"40004 {sub_code}", f"a bill {when}", _BILL, bill_type="trade", bill_date=day)


def _download(exam: Exam, when: str, address: str) -> bytes:
    response = exam.wire.http.get(address)
    exam.same(f"the file {when} ({urlsplit(address).path})", response.status_code, 200)
    return response.content


def _rows(exam: Exam, raw: bytes) -> list[dict[str, str]]:
    """Return the lines of a bill by their columns' names, after checking how the file is made."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except zipfile.BadZipFile as reason:
        raise Nonconforming("the bill is no ZIP") from reason
    with archive:
        members = archive.infolist()
        # Names are in GBK without a mark that says so, and Python then takes them for code page 437.
        names = [member.filename.encode("cp437").decode("gbk") for member in members]
        endings = [name.rpartition("_")[2] for name in names]
        exam.same("names in GBK", endings, ["业务明细.csv", "业务明细(汇总).csv"])
        texts = [archive.read(member).decode("gb18030") for member in members]
    exam.same("lines that begin with #", all(text.startswith("#支付宝") for text in texts), wanted=True)
    lines = [line for line in texts[0].splitlines() if not line.startswith("#")]
    header, *body = csv.reader(lines)
    columns = [name.strip() for name in header]
    exam.same("columns", len(columns), _COLUMNS)
    exam.same("columns by name", [name for name in _PUBLISHED if name not in columns], [])
    exam.same("cells end in a tab", all(cell.endswith("\t") for row in body for cell in row), wanted=True)
    return [dict(zip(columns, (cell.strip() for cell in row), strict=True)) for row in body]


def _told(row: dict[str, str]) -> tuple[str, ...]:
    names = ("商户订单号", "业务类型", "订单金额（元）", "退款批次号/请求号", "门店编号", "操作员", "终端号")
    return tuple(row[name] for name in names)
