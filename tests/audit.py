"""An auditor: reads the journal on its own and compares every figure the till keeps with it."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from pos.domain.money import Money
from pos.storage import journal
from pos.till.till import Till
from tests.fake_alipay import FakeAlipay

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Books:
    """What the journal says: sales by id, the last word on each attempt and refund by id, and how many entries."""

    sales: dict[str, Body]
    attempts: dict[str, Body]
    refunds: dict[str, Body]
    entries: int

    @property
    def sold_fen(self) -> int:
        """What was sold, all days together."""
        return sum(sale["total_fen"] for sale in self.sales.values())

    def alipay_tender(self, sale_id: str) -> Money:
        """What a sale was paid by Alipay."""
        tenders = self.sales.get(sale_id, {"tenders": []})["tenders"]
        return Money(sum(each["amount_fen"] for each in tenders if each["kind"] == "alipay"))


def check_books(till: Till) -> Books:
    """Check that chain, receipts, tables and totals say one thing, and return what it is."""
    entries = journal.verify(till.db, till.identity)
    books = _read(till, entries)
    _check_sales(till, books)
    _check_receipts(books)
    _check_totals(till, books)
    _check_attempts(till, books)
    return books


def check_money(books: Books, alipay: FakeAlipay) -> None:
    """Check, when everything has come to its end, that Alipay keeps of each trade what is a tender less its refunds."""
    assert {each["state"] for each in books.attempts.values()} <= {"paid", "dead"}
    assert {each["state"] for each in books.refunds.values()} <= {"done", "refused"}
    tenders = [each for sale in books.sales.values() for each in sale["tenders"] if each["kind"] == "alipay"]
    claimed = {each["out_trade_no"]: each["amount_fen"] for each in tenders}
    assert len(tenders) == len(claimed)
    for each in books.refunds.values():
        if each["state"] == "done":
            claimed[each["out_trade_no"]] = claimed.get(each["out_trade_no"], 0) - each["amount_fen"]
    kept = {number: trade.kept.fen for number, trade in alipay.trades.items() if trade.kept}
    assert {number: fen for number, fen in claimed.items() if fen} == kept


def _read(till: Till, entries: int) -> Books:
    sales: dict[str, Body] = {}
    attempts: dict[str, Body] = {}
    refunds: dict[str, Body] = {}
    for entry in journal.entries(till.db, till.identity.name, till.identity.epoch):
        body: Body = entry.facts
        if entry.kind == "sale.completed":
            assert body["sale_id"] not in sales, "sold twice"
            sales[body["sale_id"]] = body
        elif entry.kind.startswith("payment."):
            before = attempts.get(body["attempt_id"], {"state": "", "amount_fen": body["amount_fen"]})
            assert (before["state"], body["state"]) in _LEGAL, (before, body)
            assert before["amount_fen"] == body["amount_fen"]
            attempts[body["attempt_id"]] = body
        elif entry.kind.startswith("refund."):
            before = refunds.get(body["refund_id"], body | {"state": ""})
            assert (before["state"], body["state"]) in {("", "sent"), ("sent", "done"), ("sent", "refused")}
            assert {key: before[key] for key in _KEPT} == {key: body[key] for key in _KEPT}
            refunds[body["refund_id"]] = body
    return Books(sales, attempts, refunds, entries)


_KEPT = ("amount_fen", "request_no", "out_trade_no", "sale_id", "receipt_no", "business_day", "shift_id", "cashier")


# The arrows drawn at the top of pos/domain/payment.py.
_LEGAL = {
    ("", "sent"),
    ("sent", "paid"),
    ("sent", "cancelling"),
    ("paid", "cancelling"),
    ("cancelling", "dead"),
}


def _rows(till: Till, query: str) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in till.db.execute(query)]


def _check_sales(till: Till, books: Books) -> None:
    for sale in books.sales.values():
        assert sale["lines"], sale
        rounding = sale.get("rounding_fen", 0)
        assert rounding <= 0
        assert sum(line["amount_fen"] for line in sale["lines"]) + rounding == sale["total_fen"]
        assert sum(tender["amount_fen"] for tender in sale["tenders"]) == sale["total_fen"]
        assert sum(tax["gross_fen"] for tax in sale["taxes"]) + rounding == sale["total_fen"]
        for line in sale["lines"]:
            assert line.get("gross_fen", line["amount_fen"]) - _taken([line]) == line["amount_fen"] >= 0
    told = {sale_id: sale["total_fen"] for sale_id, sale in books.sales.items()}
    goods = {sale_id: sale["total_fen"] - sale.get("rounding_fen", 0) for sale_id, sale in books.sales.items()}
    off = {sale_id: fen for sale_id, sale in books.sales.items() if (fen := _taken(sale["lines"]))}
    assert dict(_rows(till, "SELECT id, total_fen FROM sales")) == told
    assert dict(_rows(till, "SELECT id, total_fen - rounding_fen FROM sales")) == goods
    for table, expected in (("sale_lines", goods), ("tenders", told), ("sale_reductions", off)):
        assert dict(_rows(till, f"SELECT sale_id, sum(amount_fen) FROM {table} GROUP BY 1")) == expected


def _taken(lines: list[Body]) -> int:
    return sum(each["amount_fen"] for line in lines for each in line.get("reductions", []))


def _check_receipts(books: Books) -> None:
    by_day: dict[str, list[int]] = defaultdict(list)
    for sale in books.sales.values():
        by_day[sale["business_day"]].append(sale["counter"])
    for day, counters in by_day.items():
        assert counters == list(range(1, len(counters) + 1)), day
    numbers = [sale["receipt_no"] for sale in books.sales.values()]
    assert len(set(numbers)) == len(numbers)


def _check_totals(till: Till, books: Books) -> None:
    expected: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for sale in books.sales.values():
        taxes = sum(tax["tax_fen"] for tax in sale["taxes"])
        parts = [("sale", sale["total_fen"]), ("tax", taxes)]
        some = (("discount", _taken(sale["lines"])), ("rounding", sale.get("rounding_fen", 0)))
        parts += [(kind, fen) for kind, fen in some if fen]
        for kind, fen in parts + [(each["kind"], each["amount_fen"]) for each in sale["tenders"]]:
            total = expected[sale["business_day"], sale["shift_id"], kind]
            total[0] += 1
            total[1] += fen
    for refund in books.refunds.values():
        if refund["state"] == "done":
            total = expected[refund["business_day"], refund["shift_id"], "refund"]
            total[0] += 1
            total[1] += refund["amount_fen"]
    found = _rows(till, "SELECT business_day, shift_id, kind, count, amount_fen FROM totals")
    assert {row[:3]: list(row[3:]) for row in found} == dict(expected)


def _check_attempts(till: Till, books: Books) -> None:
    found = _rows(till, "SELECT id, sale_id, amount_fen, state FROM attempts")
    assert {row[0]: row[1:] for row in found} == {
        each: (body["sale_id"], body["amount_fen"], body["state"]) for each, body in books.attempts.items()
    }
    live: dict[str, list[Body]] = defaultdict(list)
    for body in books.attempts.values():
        if body["state"] in {"sent", "paid"}:
            live[body["sale_id"]].append(body)
    for sale_id, bodies in live.items():
        assert sum(body["state"] == "sent" for body in bodies) <= 1, bodies
        if sale_id in books.sales:
            _check_tenders(books.sales[sale_id], bodies)


def _check_tenders(sale: Body, parts: list[Body]) -> None:
    """Every part whose money is here is a tender of its sale, in the order they came; only cash comes without one."""
    told = [(each["attempt_id"], each["kind"], each["amount_fen"]) for each in sale["tenders"] if each["attempt_id"]]
    assert told == [(each["attempt_id"], each.get("kind", "alipay"), each["amount_fen"]) for each in parts], sale
    assert {each["kind"] for each in sale["tenders"] if not each["attempt_id"]} <= {"cash"}
