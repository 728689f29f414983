"""An exam: requests put to a simulator one after another, each with the answer it must give."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

import httpx

from pos.sandbox.conformance_wire import Node, Nonconforming, Wire, said

AMOUNT = "88.88"
SUBJECT = "牛奶 2件+袋"


@dataclass(frozen=True, slots=True)
class Row:
    """What came of one rule or one client.

    Attributes:
        shown: what was asked and answered as it must be, in order.
        failure: what was not; empty when all was.
    """

    name: str
    shown: tuple[str, ...]
    failure: str = ""

    def __str__(self) -> str:
        verdict, reason = ("FAILED", f": {self.failure}") if self.failure else ("ok", "")
        return f"{verdict:6} {len(self.shown):3} probes  {self.name}{reason}"


class Exam:
    """One rule being shown."""

    def __init__(self, wire: Wire) -> None:
        self.wire = wire
        self.shown: list[str] = []

    def same(self, what: str, got: object, wanted: object) -> None:
        """Expect something to be as it must be."""
        if got != wanted:
            raise Nonconforming(f"{what}: expected {wanted}, got {got}")
        self.shown.append(f"{what}: {wanted}")

    def holds(self, what: str, node: Mapping[str, object], **wanted: object) -> None:
        """Expect an answer to hold these values."""
        self.same(what, {name: node.get(name) for name in wanted}, wanted)

    def ask(self, wanted: str, what: str, method: str, /, **content: object) -> Node:
        """Make a call of alipay.``method``; expect it to be answered with this code and sub_code."""
        with about(f"{what} [{method}]"):
            node = self.wire.ask(f"alipay.{method}", content)
        self.same(f"{what} [{method}]", said(node), wanted)
        return node

    def tell(self, wanted: str, what: str, send: Callable[[], bytes], name: str) -> None:
        """Send something as it is; expect the node of this name with this code and sub_code."""
        with about(what):
            node = self.wire.read(send(), name)
        self.same(what, said(node), wanted)

    def pay(self, wanted: str, what: str, number: str, *, kind: str = "normal", **more: object) -> Node:
        """Charge a fresh code of a customer of this kind."""
        return self.ask(wanted, what, "trade.pay", **payment(number, {"auth_code": self.code(kind), **more}))

    def paid(self, *, kind: str = "normal", **more: object) -> str:
        """Return the number of a new trade: paid, or waiting for customers who are asked on the phone."""
        number, waits = self.wire.number(), kind in {"never", "password", "cancel"}
        self.pay("10003" if waits else "10000", f"a payment ({kind})", number, kind=kind, **more)
        return number

    def status(self, number: str, wanted: str, when: str) -> Node:
        """Expect a trade to stand like this."""
        node = self.ask("10000", f"a query {when}", "trade.query", out_trade_no=number)
        self.same(f"trade_status {when}", node.get("trade_status"), wanted)
        return node

    def unknown(self, number: str, when: str) -> None:
        """Expect that there is no such trade."""
        self.ask("40004 ACQ.TRADE_NOT_EXIST", f"a query {when}", "trade.query", out_trade_no=number)

    def code(self, kind: str = "normal", buyer: str = "examiner") -> str:
        """Return a fresh payment code."""
        return str(self.wire.remote("codes", kind=kind, buyer=buyer)["code"])

    def kept_fen(self) -> int:
        """Return what the shop has been paid and not paid back, in fen."""
        return int(self.wire.look("totals")["kept_fen"])


@contextmanager
def about(what: str) -> Iterator[None]:
    """Say what was asked when it goes wrong in here."""
    try:
        yield
    except (Nonconforming, httpx.HTTPError) as wrong:
        kind = "" if isinstance(wrong, Nonconforming) else f"{type(wrong).__name__}: "
        raise Nonconforming(f"{what}: {kind}{wrong}") from wrong


def payment(number: str, more: Mapping[str, object]) -> dict[str, object]:
    """Return what a payment is asked for with; a value of None leaves a field out."""
    content = {"out_trade_no": number, "total_amount": AMOUNT, "subject": SUBJECT, "scene": "bar_code", **more}
    return {name: value for name, value in content.items() if value is not None}


def order(number: str, more: Mapping[str, object]) -> dict[str, object]:
    """Return what a code to be scanned is asked for with; a value of None leaves a field out."""
    content = {"out_trade_no": number, "total_amount": AMOUNT, "subject": SUBJECT, **more}
    return {name: value for name, value in content.items() if value is not None}


def examine(name: str, rule: Callable[[Exam], None], wire: Wire) -> Row:
    """Show one rule and return what came of it."""
    exam = Exam(wire)
    try:
        wire.reset()
        rule(exam)
    except Nonconforming as wrong:
        return Row(name, tuple(exam.shown), str(wrong))
    except (httpx.HTTPError, LookupError, ValueError) as wrong:
        return Row(name, tuple(exam.shown), f"{type(wrong).__name__}: {wrong}")
    return Row(name, tuple(exam.shown))
