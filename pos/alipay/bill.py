"""Bill: a day's file from Alipay, fetched within its 30 seconds or picked by hand, as rows with amounts in fen.

The file is a ZIP with names in GBK and two texts in GB18030: the payments one by one, and a summary that is not read.
Lines that begin with ``#`` frame the table, cells are padded with tabs, and columns are found by their heads, because
sets of columns have changed over the years (help pages of the bill interface, trade details).
"""

import csv
import io
import logging
import lzma
import time
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from pos.clock import BEIJING
from pos.domain.bill import BillKind, BillRow
from pos.domain.errors import AmountOutOfRange, BadNumber, BillNotReady, BillUnreadable, GatewayDown
from pos.domain.gateway import BillAddress, NotFound, PaymentGateway
from pos.domain.money import Money
from pos.plain_httpx import httpx

FILE_MAX = 64 * 1024 * 1024
"""Bytes, packed and unpacked; a store's day has a hundredth of it."""
PAUSE_S = 30.0
"""The longest a pause in the download may be."""
DOWNLOAD_S = 300.0
"""The longest a download may take, whatever the pauses between its pieces."""

# Their own logs hold whole addresses, and the address of a bill is a secret.
for _name_of_logger in ("httpx", "httpcore"):
    logging.getLogger(_name_of_logger).setLevel(logging.WARNING)

_LOOPBACK = {"127.0.0.1", "localhost"}
_NAMED = {"user-agent": "guitai"}
"""Others were turned away under the name of their HTTP library."""
_BROKEN = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, OSError, NotImplementedError, RuntimeError, EOFError, ValueError,
)  # fmt: skip
"""What a ZIP that was damaged, locked or packed in an odd way ends in."""
_KINDS = {"交易": BillKind.TRADE, "退款": BillKind.REFUND}
_HEADS = {
    "kind": "业务类型",
    "trade_no": "支付宝交易号",
    "out_trade_no": "商户订单号",
    "request_no": "退款批次号/请求号",
    "amount": "订单金额（元）",
    "fee": "服务费（元）",
    "finished_at": "完成时间",
    "store": "门店编号",
    "till": "终端号",
    "operator": "操作员",
}


def fetch_bill(gateway: PaymentGateway, day: date, transport: httpx.BaseTransport | None = None) -> tuple[BillRow, ...]:
    """Ask for a past day's bill, download it and read it.

    Raises:
        BillNotReady: Alipay has no bill of the day, or not yet.
        GatewayDown: Alipay did not say where it is.
        BillUnreadable: what came is no bill.
    """
    reply = gateway.bill(day)
    if isinstance(reply, NotFound):
        raise BillNotReady(day=day)
    if not isinstance(reply, BillAddress):
        raise GatewayDown
    return read_bill(download(reply, transport))


def download(address: BillAddress, transport: httpx.BaseTransport | None = None) -> bytes:
    """Fetch the file; the address is good for 30 seconds and goes into no log and no error.

    Raises:
        BillUnreadable: it could not be fetched, or is too long.
    """
    url = _safe(address)
    try:
        with (
            httpx.Client(transport=transport, timeout=PAUSE_S, trust_env=False, headers=_NAMED) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code != httpx.codes.OK:
                raise BillUnreadable(reason=f"status {answer.status_code}")
            return _read(answer)
    except httpx.RequestError as reason:
        raise BillUnreadable(reason=type(reason).__name__) from None


def _read(answer: httpx.Response) -> bytes:
    raw, until = bytearray(), time.monotonic() + DOWNLOAD_S
    for piece in answer.iter_bytes():
        raw += piece
        if len(raw) > FILE_MAX or time.monotonic() > until:
            raise BillUnreadable(reason="文件太大，或来得太慢")
    return bytes(raw)


def read_bill(raw: bytes) -> tuple[BillRow, ...]:
    """Read a bill as Alipay gives it: the ZIP, or the text of its details.

    Raises:
        BillUnreadable: it is neither, a column is missing, or a row says nothing.
    """
    if len(raw) > FILE_MAX:
        raise BillUnreadable(reason="文件太大")
    rows = _table(_decoded(_details(raw) if raw.startswith(b"PK") else raw))
    heads = [_plain(head) for head in rows[0]] if rows else []
    if missing := [head for head in _HEADS.values() if heads.count(_plain(head)) != 1]:
        raise BillUnreadable(reason=f"没有这些列 {' '.join(missing)}"[:120])
    return tuple(_row(number, _named(number, heads, row)) for number, row in enumerate(rows[1:], 1))


def _safe(address: BillAddress) -> httpx.URL:
    """Return an address that nobody on the way can read: Alipay's samples write http, and it is asked by https."""
    try:
        url = httpx.URL(address.url)
    except httpx.InvalidURL:
        raise BillUnreadable(reason="no address") from None
    if url.scheme not in {"http", "https"} or not url.host or (url.port or 0) > 65_535:
        raise BillUnreadable(reason="no address")
    return url if url.host in _LOOPBACK else url.copy_with(scheme="https")


def _details(raw: bytes) -> bytes:
    """Return the details' text from the ZIP; the summary has 汇总 in its name."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            found = [each for each in packed.infolist() if "明细" in _name(each) and "汇总" not in _name(each)]
            if len(found) != 1 or found[0].file_size > FILE_MAX:
                raise BillUnreadable(reason="ZIP 里没有业务明细")
            with packed.open(found[0]) as file:
                text = file.read(FILE_MAX + 1)
    except _BROKEN as reason:
        raise BillUnreadable(reason=f"ZIP: {type(reason).__name__}") from reason
    if len(text) > FILE_MAX:
        raise BillUnreadable(reason="too long")
    return text


def _name(member: zipfile.ZipInfo) -> str:
    """Return a member's name, which is written in GBK without saying so."""
    is_utf8 = member.flag_bits & 0x800
    return member.filename if is_utf8 else member.filename.encode("cp437").decode("gb18030", "replace")


def _decoded(raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig" if raw.startswith(b"\xef\xbb\xbf") else "gb18030")
    except UnicodeDecodeError as reason:
        raise BillUnreadable(reason="不是 GB18030 文本") from reason


def _table(text: str) -> list[list[str]]:
    """Return the rows between the frame's lines; a frame that is opened and not closed was cut short."""
    # Only these two end a line: a product's name may hold signs that splitlines takes for more ends.
    lines = [line.rstrip("\r").replace("\t", "") for line in text.split("\n")]
    frame = [line for line in lines if line.startswith("#") and "明细列表" in line]
    if frame and "结束" not in frame[-1]:
        raise BillUnreadable(reason="文件不完整，没有结束行")
    return _cells([line for line in lines if not line.startswith("#") and line.strip(" ,")])


def _cells(lines: Sequence[str]) -> list[list[str]]:
    """Return the cells of lines.

    Whether Alipay puts quotes around a cell that holds a comma is not published: where commas alone give every line
    the same number of cells, a lone quote is a sign of a product's name and must not swallow what follows it.
    """
    rows = [line.split(",") for line in lines]
    if len({len(row) for row in rows}) <= 1:
        return [[_unquoted(cell.strip()) for cell in row] for row in rows]
    try:
        rows = list(csv.reader(lines, strict=True))
    except csv.Error as reason:
        raise BillUnreadable(reason=str(reason)) from reason
    if len(rows) != len(lines):  # between the lines of such a cell some may have been left out as the frame's
        raise BillUnreadable(reason="有一格跨了几行")
    return rows


def _unquoted(cell: str) -> str:
    is_quoted = len(cell) > 1 and cell[0] == cell[-1] == '"'
    return cell[1:-1].replace('""', '"') if is_quoted else cell


def _plain(head: str) -> str:
    """Return a column's name without its unit, which not every year's bill writes alike."""
    return head.strip().replace("(", "（").replace(")", "）").removesuffix("（元）")


def _named(number: int, heads: Sequence[str], row: Sequence[str]) -> Mapping[str, str]:
    """Return a row's cells by their heads; a row of another length holds a comma or a quote that moved its cells."""
    if len(row) < len(heads) or any(cell.strip() for cell in row[len(heads) :]):
        raise BillUnreadable(reason=f"第 {number} 行有 {len(row)} 列，应有 {len(heads)} 列")
    return {head: cell.strip() for head, cell in zip(heads, row, strict=False)}


def _row(number: int, cells: Mapping[str, str]) -> BillRow:
    told = {name: cells[_plain(head)] for name, head in _HEADS.items()}
    try:
        kind = _KINDS[told["kind"]]
        at = _moment(told["finished_at"])
        amount, fee = _money(told["amount"]), _money(told["fee"] or "0")
    except (KeyError, ValueError, BadNumber, AmountOutOfRange) as reason:
        raise BillUnreadable(reason=f"第 {number} 行看不懂") from reason
    signed = Money(-abs(amount.fen)) if kind is BillKind.REFUND else amount
    return BillRow(
        kind, told["trade_no"], told["out_trade_no"], told["request_no"], signed, fee, at,
        told["store"], told["till"], told["operator"],
    )  # fmt: skip


def _moment(text: str) -> datetime:
    if not text.isascii():  # strptime takes the digits of every script
        raise ValueError(text)
    return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=BEIJING)


def _money(text: str) -> Money:
    return Money.parse(text.replace(",", "").removeprefix("+"))
