"""An auditor: reads the journal on its own and compares every figure the till keeps with it."""

from collections import defaultdict
from dataclasses import dataclass, field
from typing import Any

from pos.domain.money import Money
from pos.storage import journal
from pos.till.till import Till
from tests.fake_alipay import FakeAlipay

Body = dict[str, Any]


@dataclass(slots=True)
class Drawers:
    """What the journal says of each shift's drawer, read on its own: float, what moved, and the closing's own words."""

    floats: dict[str, int] = field(default_factory=dict)
    moved: dict[str, list[int]] = field(default_factory=lambda: defaultdict(list))
    totals: list[tuple[str, str, str, int, int]] = field(default_factory=list)
    days: dict[str, str] = field(default_factory=dict)
    closed: list[Body] = field(default_factory=list)
    open: str = ""

    def take(self, kind: str, body: Body) -> None:
        """Take the next entry."""
        if kind == "shift.opened":
            self.open = body["shift_id"]
            self.floats[self.open], self.days[self.open] = body["float_fen"], body["business_day"]
        elif kind == "shift.closed":
            assert body["expected_fen"] == self.floats[self.open] + sum(self.moved[self.open]), body
            self.closed.append(body)
            self.open = ""
        elif kind == "sale.completed":
            here = [each for each in body["tenders"] if each["kind"] == "cash" and not each["attempt_id"]]
            self.moved[body["shift_id"]] += [each["amount_fen"] for each in here]
        elif kind.startswith("payment.") and body.get("kind") == "cash" and self.open:
            sign = {"payment.settled": 1, "payment.dead": -1}.get(kind, 0)
            self.moved[self.open] += [sign * body["amount_fen"]] if sign else []
        elif kind.startswith("cash."):
            self._take_cash(kind, body)
        elif kind == "tender.corrected":
            self._take_correction(body)
        elif kind == "refund.in_cash":
            self.moved[body["shift_id"]].append(-body["amount_fen"])
        elif kind == "return.completed":
            cash = sum(each["amount_fen"] for each in body["paybacks"] if _is_cash_out(each))
            self.moved[body["shift_id"]] += [-cash] if cash else []

    def _take_cash(self, kind: str, body: Body) -> None:
        assert body["shift_id"] == self.open, "cash moved in no shift"
        name, sign = {"cash.in": ("cash_in", 1), "cash.out": ("cash_out", -1), "cash.drop": ("cash_drop", -1),
                      "cash.opened": ("no_sale", 0)}[kind]  # fmt: skip
        self.totals.append((body["business_day"], body["shift_id"], name, 1, body["amount_fen"]))
        self.moved[self.open] += [sign * body["amount_fen"]] if sign else []

    def _take_correction(self, body: Body) -> None:
        assert "alipay" not in {body["was"], body["now"]}, "an Alipay payment was invented or talked away"
        for name, sign in ((body["was"], -1), (body["now"], 1)):
            self.totals.append((body["business_day"], body["shift_id"], name, sign, sign * body["amount_fen"]))
            if name == "cash" and body["shift_id"] == body["sale_shift_id"]:
                self.moved[self.open].append(sign * body["amount_fen"])


@dataclass(frozen=True, slots=True)
class Books:
    """What the journal says: sales and returns by id, the last word on each attempt and refund, how many entries."""

    sales: dict[str, Body]
    attempts: dict[str, Body]
    refunds: dict[str, Body]
    drawers: "Drawers"
    entries: int
    returns: dict[str, Body]

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
    _check_closings(books)
    _check_attempts(till, books)
    _check_returns(till, books)
    return books


def check_money(books: Books, alipay: FakeAlipay) -> None:
    """Check, when everything has come to its end, that Alipay keeps of each trade what is a tender less its refunds."""
    assert {each["state"] for each in books.attempts.values()} <= {"paid", "dead"}
    assert {each["state"] for each in books.refunds.values()} <= {"done", "refused", "in_cash"}
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
    returns: dict[str, Body] = {}
    drawers = Drawers()
    for entry in journal.entries(till.db, till.identity.name, till.identity.epoch):
        body: Body = entry.facts
        drawers.take(entry.kind, body)
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
            steps = {("", "sent"), ("sent", "done"), ("sent", "refused"), ("refused", "in_cash")}
            assert (before["state"], body["state"]) in steps
            kept = _KEPT[:5] if body["state"] == "in_cash" else _KEPT
            assert {key: before[key] for key in kept} == {key: body[key] for key in kept}
            refunds[body["refund_id"]] = body
        elif entry.kind == "return.completed":
            assert body["return_id"] not in returns, "returned twice"
            returns[body["return_id"]] = body
    return Books(sales, attempts, refunds, drawers, entries, returns)


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
    off = {sale_id: _taken(sale["lines"]) for sale_id, sale in books.sales.items()}
    assert dict(_rows(till, "SELECT id, total_fen FROM sales")) == told
    assert dict(_rows(till, "SELECT id, total_fen - rounding_fen FROM sales")) == goods
    for table, expected in (("sale_lines", goods), ("tenders", told), ("sale_reductions", off)):
        sums = dict(_rows(till, f"SELECT sale_id, sum(amount_fen) FROM {table} GROUP BY 1"))
        assert {sale_id: fen for sale_id, fen in sums.items() if fen} == {
            sale_id: fen for sale_id, fen in expected.items() if fen
        }, table


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
        some = [("discount", _taken(sale["lines"])), ("rounding", sale.get("rounding_fen", 0))]
        parts += [(kind, fen) for kind, fen in some if fen]
        for kind, fen in parts + [(each["kind"], each["amount_fen"]) for each in sale["tenders"]]:
            total = expected[sale["business_day"], sale["shift_id"], kind]
            total[0] += 1
            total[1] += fen
    for refund in books.refunds.values():
        kinds = {"done": ["refund"], "in_cash": ["refund", "cash_back"]}.get(refund["state"], [])
        for kind in kinds:
            total = expected[refund["business_day"], refund["shift_id"], kind]
            total[0] += 1
            total[1] += refund["amount_fen"]
    for made in books.returns.values():
        cash = sum(each["amount_fen"] for each in made["paybacks"] if _is_cash_out(each))
        taxes = sum(each["tax_fen"] for each in made["taxes"])
        card = sum(p["amount_fen"] for p in made["paybacks"] if (p["way"], p["kind"]) == ("back", "bank_card"))
        some = [("return_tax", taxes), ("return_rounding", made["rounding_fen"]), ("cash_back", cash),
                ("refund", cash + card)]  # fmt: skip
        for kind, fen in [("return", made["total_fen"]), *(each for each in some if each[1])]:
            total = expected[made["business_day"], made["shift_id"], kind]
            total[0] += 1
            total[1] += fen
    for shift_id, moved in books.drawers.moved.items():
        if moved:
            expected[books.drawers.days[shift_id], shift_id, "drawer"] = [len(moved), sum(moved)]
    for day, shift_id, kind, count, fen in books.drawers.totals:
        total = expected[day, shift_id, kind]
        total[0], total[1] = total[0] + count, total[1] + fen
    found = _rows(till, "SELECT business_day, shift_id, kind, count, amount_fen FROM totals")
    assert {row[:3]: list(row[3:]) for row in found} == dict(expected)


def _check_closings(books: Books) -> None:
    """Numbers of closed shifts are dense, and what a shift was closed with adds up by itself."""
    closed = [each for each in books.drawers.closed if "z_no" in each]
    first = closed[0]["z_no"] if closed else 1
    assert [each["z_no"] for each in closed] == list(range(first, first + len(closed)))
    for each in closed:
        pieces = {key: count for key, count in each["count"].items() if key != "other_fen"}
        counted = sum(int(key) * count for key, count in pieces.items()) + each["count"]["other_fen"]
        assert counted == each["counted_fen"], each


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
    assert {each["kind"] for each in sale["tenders"] if not each["attempt_id"]} <= {"cash", "exchange"}


def _is_cash_out(payback: Body) -> bool:
    return bool(payback["way"] == "back" and payback["kind"] == "cash")


def _check_returns(till: Till, books: Books) -> None:
    """Goods come back once, money to the tenders they were paid with, and never more than each took."""
    by_sale: dict[str, list[Body]] = defaultdict(list)
    for made in books.returns.values():
        goods = sum(line["amount_fen"] for line in made["lines"])
        assert sum(each["amount_fen"] for each in made["paybacks"]) == made["total_fen"] == goods + made["rounding_fen"]
        assert sum(each["gross_fen"] for each in made["taxes"]) == goods
        by_sale[made["sale_id"]].append(made)
    for sale_id, made_of in by_sale.items():
        if sale_id in books.sales:
            _check_returns_of(books, books.sales[sale_id], made_of)
    _check_carried(books)
    _check_exchanges(books)
    assert dict(_rows(till, "SELECT id, total_fen FROM returns")) == {
        each: body["total_fen"] for each, body in books.returns.items()
    }
    for day in {each["business_day"] for each in books.returns.values()}:
        counters = [each["counter"] for each in books.returns.values() if each["business_day"] == day]
        assert counters == list(range(1, len(counters) + 1)), day


def _check_returns_of(books: Books, sale: Body, returns: list[Body]) -> None:
    for number, line in enumerate(sale["lines"], 1):
        back = [each for made in returns for each in made["lines"] if each["sale_line_no"] == number]
        assert sum(each["quantity"] for each in back) <= line["quantity"], line
        assert sum(each["amount_fen"] for each in back) <= line["amount_fen"], line
    for number, tender in enumerate(sale["tenders"], 1):
        gone = [each for made in returns for each in made["paybacks"] if each["tender_no"] == number]
        assert sum(each["amount_fen"] for each in gone) <= tender["amount_fen"], tender
        assert {each["out_trade_no"] for each in gone} <= {tender["out_trade_no"]}, tender
    whole = all(
        line["quantity"] == sum(each["quantity"] for made in returns for each in made["lines"]
                                if each["sale_line_no"] == number)
        for number, line in enumerate(sale["lines"], 1)
    )  # fmt: skip
    own = {each["refund_id"] for made in returns for each in made["paybacks"]}
    is_refunded_beside = any(
        each["sale_id"] == sale["sale_id"] and each["refund_id"] not in own for each in books.refunds.values()
    )
    if whole:
        undone = sum(tax["tax_fen"] for made in returns for tax in made["taxes"])
        assert undone == sum(tax["tax_fen"] for tax in sale["taxes"])
    if whole and not is_refunded_beside:
        assert sum(made["total_fen"] for made in returns) == sale["total_fen"]


def _check_carried(books: Books) -> None:
    """What goes back through a gateway has a refund of that amount; nothing else of a return has one."""
    for made in books.returns.values():
        for each in made["paybacks"]:
            needs = each["way"] == "back" and each["kind"] not in {"cash", "bank_card"}
            assert needs == bool(each["refund_id"]), each
            if needs:
                refund = books.refunds[each["refund_id"]]
                assert (refund["amount_fen"], refund["out_trade_no"]) == (each["amount_fen"], each["out_trade_no"])


def _check_exchanges(books: Books) -> None:
    """What paid for a sale in goods is what its return says, part by part; neither is without the other."""
    paid = {
        sale_id: [(each["amount_fen"], each["out_trade_no"]) for each in sale["tenders"] if each["kind"] == "exchange"]
        for sale_id, sale in books.sales.items()
    }
    told = {
        made["exchange_sale_id"]: [
            (each["amount_fen"], each["out_trade_no"]) for each in made["paybacks"] if each["way"] == "exchange"
        ]
        for made in books.returns.values()
        if made["exchange_sale_id"]
    }
    assert {sale_id: some for sale_id, some in paid.items() if some} == {
        sale_id: some for sale_id, some in told.items() if some
    }
