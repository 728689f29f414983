"""``python -m tests.bench.history FOLDER [--lines 1000000]``: a till that has sold for a year, for trying the figures.

Entries are made, hashed and put into the tables as a till does it, a day at a time. Goods are the sample store's;
hours, weekdays and holidays have the shape a neighbourhood shop has.
"""

import argparse
import itertools
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Any

from pos.clock import BEIJING, uuid7
from pos.domain import facts
from pos.domain.cart import tax_totals
from pos.domain.entry import JournalEntry, utc_text
from pos.domain.money import Money, divide_half_up
from pos.domain.product import TaxCategory
from pos.sandbox.store import MEMBER_CARD, sample_products
from pos.storage import daybook, journal, projections
from pos.storage.database import Database, open_database, transaction
from pos.storage.journal import Identity
from pos.storage.migrations import TILL_FILE, till_steps
from pos.till.figures.calendar import china

TILL = Identity("0017", "03")
DAYS = 365
LINES_A_SALE = 5.27
"""Of baskets that would be half a thing larger if nobody ever took two of one."""
CASHIERS = (("1001", "1002"), ("1003", "1002"), ("1001", "1003"))
HOURS = {7: 3, 8: 6, 9: 7, 10: 8, 11: 9, 12: 8, 13: 5, 14: 5, 15: 6, 16: 8, 17: 12, 18: 13, 19: 9, 20: 6, 21: 3}
"""Of a hundred customers and a few."""

Event = tuple[str, datetime, dict[str, Any]]
"""Kind, moment, body."""


@dataclass(slots=True)
class Year:
    """What a till does, day after day; the same seed does the same."""

    random: Random
    products: list[dict[str, Any]] = field(default_factory=sample_products)
    ids: Iterator[int] = field(default_factory=itertools.count)
    weights: list[float] = field(init=False)
    day_no: int = 0

    def __post_init__(self) -> None:
        self.weights = list(itertools.accumulate(1 / (place + 3) for place in range(len(self.products))))

    def day(self, day: date, sales: int) -> Iterator[Event]:
        """Give the events of a day in order: two shifts, each with its share of the sales."""
        busy = round(sales * _busyness(day) * self.random.uniform(0.9, 1.1))
        moments = sorted(self._moment(day) for _ in range(max(2, busy)))
        counter = itertools.count(1)
        noon = datetime.combine(day, time(14, 30), BEIJING)
        early, late = [at for at in moments if at < noon], [at for at in moments if at >= noon]
        shifts = []
        for who, part in zip(CASHIERS[day.toordinal() % len(CASHIERS)], (early, late), strict=True):
            opened = part[0] - timedelta(minutes=10) if part else noon
            shift = _Shift(self, day, who, opened)
            yield from shift.events(part, counter)
            shifts.append(shift)
        yield self._close(day, shifts)

    def id(self, at: datetime) -> str:
        """Return the id of a fact."""
        return uuid7(at, next(self.ids).to_bytes(10, "big"))

    def basket(self) -> list[dict[str, Any]]:
        """Return what a customer lays on the counter, each thing once."""
        many = min(30, 1 + int(self.random.expovariate(1 / 5)))
        picked = self.random.choices(self.products, cum_weights=self.weights, k=many)
        return list({each["sku"]: each for each in picked}.values())

    def _moment(self, day: date) -> datetime:
        hour = self.random.choices(list(HOURS), list(HOURS.values()))[0]
        return datetime.combine(day, time(hour), BEIJING) + timedelta(seconds=self.random.randrange(3600))

    def _close(self, day: date, shifts: "list[_Shift]") -> Event:
        self.day_no += 1
        at = shifts[-1].ended + timedelta(minutes=5)
        told = {
            "expected_fen": sum(each.expected for each in shifts),
            "counted_fen": sum(each.counted for each in shifts),
        }
        figures = dict.fromkeys(("sales", "sold_fen", "backs", "back_fen", "units", "gross_fen", "discount_fen",
                                 "member_sales", "costed_fen", "cost_fen"), 0)  # fmt: skip
        for each in shifts:
            for name, value in each.figures.items():
                figures[name] += value
        return "day.closed", at, {
            "business_day": day.isoformat(), "day_no": self.day_no, "closed_at": utc_text(at), "cashier": "9001",
            "approver": "", "figures": figures, "tenders": {}, "shifts": [each.id for each in shifts], **told,
        }  # fmt: skip


def _busyness(day: date) -> float:
    kind = china().kind(day).value
    return {"workday": 0.92, "weekend": 1.15, "holiday": 1.35, "swapped": 0.95}[kind]


class _Shift:
    """One cashier's drawer, from float to count."""

    def __init__(self, year: Year, day: date, cashier: str, opened: datetime) -> None:
        self.year, self.day, self.cashier, self.opened, self.ended = year, day, cashier, opened, opened
        self.id, self.expected, self.counted = year.id(opened), 50_000, 0
        self.figures: dict[str, int] = {}
        self._owed: list[tuple[str, dict[str, Any]]] = []

    def events(self, moments: list[datetime], counter: Iterator[int]) -> Iterator[Event]:
        random = self.year.random
        head = {"shift_id": self.id, "cashier": self.cashier, "business_day": self.day.isoformat()}
        yield "shift.opened", self.opened, head | {"opened_at": utc_text(self.opened), "float_fen": 50_000}
        for at in moments:
            if random.random() < 0.03:
                yield (
                    "cart.voided",
                    at,
                    head | {"sale_id": self.year.id(at), "lines": 1, "total_fen": random.randrange(200, 4000)},
                )
            yield from self._sale(at, next(counter))
        for _ in range(len(moments) // 150):
            yield from self._refund()
        self.ended = (moments[-1] if moments else self.opened) + timedelta(minutes=8)
        self.counted = self.expected + random.choice([0, 0, 0, 0, 0, -100, 100, -500, 50, -10])
        yield (
            "shift.closed",
            self.ended,
            head | {"closed_at": utc_text(self.ended), "counted_fen": self.counted, "expected_fen": self.expected},
        )

    def _sale(self, at: datetime, counter: int) -> Iterator[Event]:
        random, sale_id = self.year.random, self.year.id(at)
        lines = [_line(random, number, each) for number, each in enumerate(self.year.basket(), 1)]
        total = sum(line["amount_fen"] for line in lines)
        kind = random.choices(["alipay", "cash", "both"], [58, 39, 3])[0] if total > 200 else "cash"
        by_phone = {"alipay": total, "cash": 0, "both": total // 2}[kind]
        rounding = -((total - by_phone) % 10) if kind == "cash" else 0
        cash = total - by_phone + rounding
        tenders = []
        if by_phone:
            tender = _tender("alipay", by_phone, self.year.id(at))
            tenders.append(tender)
            for step, seconds in (("started", 6), ("settled", 1)):
                yield f"payment.{step}", at - timedelta(seconds=seconds), _attempt(tender, sale_id, at, step)
            self._owed.append((sale_id, tender))
        if cash or not by_phone:
            tenders.append(_tender("cash", cash, ""))
        self.expected += cash
        taxes = tax_totals(
            (TaxCategory(each["tax_code"], each["tax_permille"]), Money(each["amount_fen"])) for each in lines
        )
        member = MEMBER_CARD if random.random() < 0.36 else ""
        self._count(lines, total + rounding, member)
        yield "sale.completed", at, {
            "sale_id": sale_id, "receipt_no": f"0017-03-{self.day:%Y%m%d}-{counter:04d}", "counter": counter,
            "business_day": self.day.isoformat(), "shift_id": self.id, "cashier": self.cashier,
            "completed_at": utc_text(at), "total_fen": total + rounding, "rounding_fen": rounding,
            "rules_version": "", "member": member, "member_level": "gold" if member else "", "coupons": [],
            "lines": lines, "tenders": tenders,
            "taxes": [{"code": each.category.code, "permille": each.category.rate_permille, "gross_fen": each.gross.fen,
                       "tax_fen": each.tax.fen} for each in taxes],
        }  # fmt: skip

    def _refund(self) -> Iterator[Event]:
        sale_id, tender = self._owed[self.year.random.randrange(len(self._owed))] if self._owed else ("", {})
        if not tender or tender.get("back"):
            return
        tender["back"], at = 1, self.ended + timedelta(hours=2)
        refund_id, amount = self.year.id(at), max(1, tender["amount_fen"] // 3)
        self.figures["backs"] = self.figures.get("backs", 0) + 1
        self.figures["back_fen"] = self.figures.get("back_fen", 0) + amount
        for state in ("sent", "done"):
            at += timedelta(seconds=2)
            yield f"refund.{'started' if state == 'sent' else 'done'}", at, {
                "refund_id": refund_id, "sale_id": sale_id, "receipt_no": "", "out_trade_no": tender["out_trade_no"],
                "request_no": "GR" + refund_id.replace("-", ""), "amount_fen": amount, "state": state,
                "business_day": self.day.isoformat(), "shift_id": self.id, "cashier": self.cashier, "approver": "9001",
                "reason": "破损", "started_at": utc_text(at), "changed_at": utc_text(at), "refusal": "",
            }  # fmt: skip

    def _count(self, lines: list[dict[str, Any]], total: int, member: str) -> None:
        costed = [line for line in lines if "cost_fen" in line]
        found = {
            "sales": 1, "sold_fen": total, "gross_fen": sum(line["gross_fen"] for line in lines),
            "units": sum(line["quantity"] if line["unit"] == "piece" else 1 for line in lines),
            "discount_fen": sum(each["amount_fen"] for line in lines for each in line["reductions"]),
            "member_sales": int(bool(member)), "costed_fen": sum(line["amount_fen"] for line in costed),
            "cost_fen": sum(line["cost_fen"] for line in costed),
        }  # fmt: skip
        for name, value in found.items():
            self.figures[name] = self.figures.get(name, 0) + value


def _line(random: Random, number: int, product: dict[str, Any]) -> dict[str, Any]:
    is_piece = product["unit"] == "piece"
    quantity = random.choices([1, 2, 3, 6], [80, 13, 4, 3])[0] if is_piece else random.randrange(150, 2500)
    price = product["price_fen"] - (50 if random.random() < 0.004 and product["price_fen"] > 100 else 0)
    gross = price * quantity if is_piece else divide_half_up(price * quantity, 1000)
    off, by_hand = (gross // 10, random.random() < 0.1) if random.random() < 0.12 else (0, False)
    kind = (
        {"rule": "", "kind": "manual_line", "name": "手工折扣"}
        if by_hand
        else {"rule": "r1", "kind": "percent", "name": "九折"}
    )
    cost = divide_half_up((gross - off) * 78, 100)
    known = {"cost_fen": cost} if int(product["sku"][-1]) < 8 else {}
    return known | {
        "line_no": number, "sku": product["sku"], "barcode": (product["barcodes"] or [""])[0], "name": product["name"],
        "quantity": quantity, "unit": product["unit"], "price_fen": price, "amount_fen": gross - off,
        "tax_code": product["tax_code"], "tax_permille": product["tax_permille"],
        "list_price_fen": product["price_fen"], "gross_fen": gross,
        "reductions": [kind | {"amount_fen": off}] if off else [], "tare_g": 0, "lot": "", "expires_on": "",
        "department": product["category"],
    }  # fmt: skip


def _tender(kind: str, amount: int, attempt: str) -> dict[str, Any]:
    number = "GT" + attempt.replace("-", "") if attempt else ""
    return {"kind": kind, "amount_fen": amount, "handed_over_fen": amount, "attempt_id": attempt,
            "out_trade_no": number, "trade_no": number.replace("GT", "20") if number else ""}  # fmt: skip


def _attempt(tender: dict[str, Any], sale_id: str, at: datetime, step: str) -> dict[str, Any]:
    return {
        "attempt_id": tender["attempt_id"], "sale_id": sale_id, "out_trade_no": tender["out_trade_no"],
        "amount_fen": tender["amount_fen"], "state": "sent" if step == "started" else "paid",
        "started_at": utc_text(at - timedelta(seconds=6)), "changed_at": utc_text(at - timedelta(seconds=1)),
        "reason": "", "trade_no": "" if step == "started" else tender["trade_no"], "way": "customer_code",
        "kind": "alipay",
    }  # fmt: skip


def make_history(folder: Path, lines: int, last: date, *, days: int = DAYS, seed: int = 8) -> int:
    """Write a till's file with so many lines, more or less, up to a day; return how many there are."""
    year = Year(Random(seed))
    sales = round(lines / LINES_A_SALE / days)
    db = open_database(folder / "till.db", till_steps, application_id=TILL_FILE)
    db.conn.execute("PRAGMA synchronous=0")  # nobody has bought anything here
    with closing(db.conn):
        with transaction(db):
            journal.keep_identity(db, TILL)
            daybook.catch_up(db, TILL.name)
        for place in range(days):
            _write(db, year.day(last - timedelta(days=days - 1 - place), sales))
        db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return int(db.execute("SELECT count(*) FROM sale_lines").fetchone()[0])


def _write(db: Database, events: Iterator[Event]) -> None:
    last, prev = journal.head(db, TILL.epoch)
    with transaction(db):
        for seq, (kind, at, body) in enumerate(events, last + 1):
            # As JournalEntry.make, without its look at each value: the chain is checked by a test.
            raw = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
            made = (TILL.name, TILL.epoch, seq, uuid7(at, seq.to_bytes(10, "big")), utc_text(at), kind)
            entry = JournalEntry(*made, facts.VERSIONS.get(kind, 1), raw, prev, "").sealed()
            journal.put_back(db, entry)
            projections.project(db, entry)
            prev = entry.hash
    db.conn.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()


def main() -> int:
    """Make one, and say where it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--days", type=int, default=DAYS)
    parser.add_argument("--last", type=date.fromisoformat, default=date.fromisoformat("2026-11-28"))
    options = parser.parse_args()
    count = make_history(options.folder, options.lines, options.last, days=options.days)
    sys.stdout.write(f"{options.folder / 'till.db'}: {count} lines in {options.days} days\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
