"""What is fuzzed: each target takes any bytes and raises only when a promise of the parser behind it is broken."""

import contextlib
import csv
import io
import json
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import msgspec

from pos.alipay import bill, replies
from pos.alipay.signing import sign
from pos.clock import BEIJING
from pos.domain.bill import BillKind, BillRow
from pos.domain.code import MAX_TEXT, CodeKind, read_code
from pos.domain.entry import JournalEntry, canonical, parse_utc, read_witness, utc_text
from pos.domain.errors import BillUnreadable, PosError
from pos.domain.gateway import BillAddress, Cancelled, Closed, Declined, Paid, Refunded, Unknown
from pos.domain.money import Money
from pos.hub.wire import Entries
from pos.settings import Settings, load_settings
from tests.fuzz.known import KEY, OUR_AMOUNT, OURS, SIGNED_NODES

Target = Callable[[bytes], None]

_ASCII_DIGITS = frozenset("0123456789")


def fuzz_code(data: bytes) -> None:
    """A scanned text: never an exception, never a number with a wrong check digit or in other digits than ours."""
    text = data.decode("utf-8", "surrogateescape")
    code = read_code(text)
    assert len(code.text) <= MAX_TEXT
    assert code.text.encode().decode() == code.text
    assert read_code(code.text) == code
    assert bool(code.keys) == (code.kind is CodeKind.PRODUCT)
    assert code.text.isascii() or code.kind is CodeKind.UNKNOWN
    for key in code.keys:
        assert set(key) <= _ASCII_DIGITS
        assert len(key) in {8, 13}
        # GS1 General Specifications, 7.9: weighted 3 and 1 from the right, the sum is a multiple of ten.
        assert sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(reversed(key))) % 10 == 0
    if code.kind is CodeKind.PAYMENT:
        assert code.text.startswith("fp") or (set(code.text) <= _ASCII_DIGITS and 25 <= int(code.text[:2]) <= 30)
        assert len(code.text) == 35 if code.text.startswith("fp") else 16 <= len(code.text) <= 24
        assert code.text not in repr(code)


_FOLDER = tempfile.TemporaryDirectory(prefix="fuzz-", dir="/dev/shm" if Path("/dev/shm").is_dir() else None)


def fuzz_settings(data: bytes) -> None:
    """A settings file: refused by name, or read; what was read, written and read again is the same."""
    path = Path(_FOLDER.name, "till.toml")
    path.write_bytes(data)
    try:
        read = load_settings(path)
    except PosError:
        return
    for number in (read.till.store, read.till.till):
        assert number.isascii()
        assert number.isalnum()
    assert 5 <= read.till.scanner_gap_ms <= 200
    assert 0 <= read.till.volume_percent <= 100
    assert 0 <= read.till.ballast_mb <= 1024
    path.write_text(_toml(read), "utf-8")
    assert load_settings(path) == read


def _toml(settings: Settings) -> str:
    """Write settings as TOML: a JSON string is one, but for the one sign JSON leaves alone."""
    sections = {name: getattr(settings, name) for name in ("till", "alipay", "hub", "camera", "scale", "pole")}
    lines = [f"data_dir = {_toml_value(str(settings.data_dir))}"]
    for name, section in sections.items():
        lines += [f"[{name}]", *(f"{key} = {_toml_value(value)}" for key, value in asdict(section).items())]
    return "\n".join(lines)


def _toml_value(value: object) -> str:
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def fuzz_entry(data: bytes) -> None:
    """A journal entry, its times and its body; the first byte says which."""
    which, rest = data[:1], data[1:]
    if which == b"t":
        _fuzz_time(rest.decode("utf-8", "surrogateescape"))
    elif which == b"b":
        _fuzz_body(rest)
    elif which == b"w":
        typed = read_witness(rest.decode("utf-8", "surrogateescape"))
        assert read_witness(typed) == typed
    else:
        _fuzz_batch(data)


def _fuzz_time(text: str) -> None:
    with contextlib.suppress(ValueError):
        at = parse_utc(text)
        assert text.isascii()
        assert utc_text(at) == text


def _fuzz_body(data: bytes) -> None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return
    try:
        raw = canonical(value)
    except (TypeError, ValueError):
        return
    assert json.loads(raw) == value
    assert canonical(json.loads(raw)) == raw


def _fuzz_batch(data: bytes) -> None:
    try:
        batch = msgspec.json.decode(data, type=Entries)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return
    for wire in batch.entries:
        entry = wire.of("0017-03")
        assert entry.sealed().content_hash() == entry.content_hash()
        assert entry.follows(entry.prev) == (entry.hash == entry.content_hash())
        if entry.follows(entry.prev):
            _survives_the_wire(entry)


def _survives_the_wire(entry: JournalEntry) -> None:
    told = {name: value for name, value in asdict(entry).items() if name != "till"} | {"body": entry.body.decode()}
    again = msgspec.json.decode(msgspec.json.encode({"entries": [told]}), type=Entries)
    assert again.entries[0].of(entry.till) == entry


def fuzz_replies(data: bytes) -> None:
    """An answer as it came (``r``): nothing unsigned is believed; or a signed part: nothing foreign is final."""
    if data[:1] == b"r":
        _fuzz_raw(data[1:])
        return
    with contextlib.suppress(ValueError, RecursionError):
        node = json.loads(data)
        if isinstance(node, dict):
            _fuzz_node(node)


def _fuzz_raw(raw: bytes) -> None:
    for method in ("alipay.trade.pay", "alipay.trade.query"):
        node = replies.read_node(200, raw, method, KEY.public_key())
        assert isinstance(node, Unknown) or node in SIGNED_NODES, raw
        assert isinstance(replies.read_node(502, raw, method, KEY.public_key()), Unknown)


_FINAL = (Paid, Refunded, Closed, Cancelled, Declined)


def _fuzz_node(node: Mapping[str, Any]) -> None:
    paid = replies.pay_reply(node, OURS, OUR_AMOUNT)
    if isinstance(paid, Paid):
        assert (node["code"], node["out_trade_no"], node["total_amount"].isascii()) == ("10000", OURS, True)
        assert Money.parse(node["total_amount"]) == OUR_AMOUNT
        assert node["trade_no"].isascii()
    seen = replies.query_reply(node, OURS)
    if isinstance(seen, Paid):
        assert node["trade_status"] in {"TRADE_SUCCESS", "TRADE_FINISHED"}
        assert node["out_trade_no"] == OURS
    gone = replies.refund_reply(node, OURS)
    if isinstance(gone, Refunded):
        assert (node["code"], node["out_trade_no"], node["fund_change"]) == ("10000", OURS, "Y")
    if isinstance(replies.refund_status(node, OURS, "R1"), Refunded):
        assert (node["out_trade_no"], node["out_request_no"]) == (OURS, "R1")
    told = [paid, seen, gone, replies.close_reply(node, OURS), replies.cancel_reply(node, OURS)]
    replies.code_reply(node, OURS)
    replies.bill_reply(node)
    if node.get("out_trade_no", OURS) != OURS:
        assert not any(isinstance(each, _FINAL) for each in told), told


def fuzz_bill(data: bytes) -> None:
    """A bill as a file, as the cells of one row (``c``), or an address (``a``)."""
    if data[:1] == b"c":
        _fuzz_cells(data[1:].decode("utf-8", "replace"))
    elif data[:1] == b"a":
        with contextlib.suppress(BillUnreadable):
            url = bill._safe(BillAddress(data[1:].decode("utf-8", "replace")))
            assert url.scheme == "https" or url.host in {"127.0.0.1", "localhost"}
    else:
        with contextlib.suppress(BillUnreadable):
            _survives_writing(bill.read_bill(data))


_HEADS = tuple(bill._HEADS.values())


def _fuzz_cells(text: str) -> None:
    told = dict(zip(bill._HEADS, text.split("|"), strict=False))
    try:
        rows = bill.read_bill(_written([[told.get(name, "") for name in bill._HEADS]]))
    except (BillUnreadable, UnicodeEncodeError):
        return
    for row in rows:
        for name in ("amount", "fee", "finished_at"):
            assert told.get(name, "").strip().isascii(), told
        assert row.amount.fen <= 0 or row.kind is BillKind.TRADE
    _survives_writing(rows)


def _survives_writing(rows: tuple[BillRow, ...]) -> None:
    cells = [_cells(row) for row in rows]
    # How Alipay would quote these is not published, so that only plain cells must come back.
    if any(
        set(cell) & set('",\r\n\t') or cell.startswith("#") or cell != cell.strip() for row in cells for cell in row
    ):
        return
    with contextlib.suppress(UnicodeEncodeError):
        assert bill.read_bill(_written(cells)) == rows


def _cells(row: BillRow) -> list[str]:
    kind = {BillKind.TRADE: "交易", BillKind.REFUND: "退款"}[row.kind]
    at = row.finished_at.astimezone(BEIJING)
    return [kind, row.trade_no, row.out_trade_no, row.request_no, row.amount.yuan, row.fee.yuan,
            f"{at:%Y-%m-%d %H:%M:%S}".zfill(19), row.store, row.till, row.operator]  # fmt: skip


def _written(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([list(_HEADS), *rows])
    return f"#----业务明细列表----\r\n{out.getvalue()}#----业务明细列表结束----\r\n".encode("gb18030")


def signed_answers() -> list[bytes]:
    """Return answers that really are signed, for a fuzzer to spoil."""
    made = []
    for method, node in (("pay", SIGNED_NODES[0]), ("query", SIGNED_NODES[1])):
        text = json.dumps(node, separators=(",", ":"))
        signature = sign(text.encode(), KEY)
        made.append(f'r{{"alipay_trade_{method}_response":{text},"sign":"{signature}"}}'.encode())
    return made


TARGETS: Mapping[str, Target] = {
    "code": fuzz_code, "settings": fuzz_settings, "entry": fuzz_entry, "replies": fuzz_replies, "bill": fuzz_bill,
}  # fmt: skip
"""By name; the folder ``corpus`` has the beginnings of each."""
