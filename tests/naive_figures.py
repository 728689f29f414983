"""Every figure once more, from the journal alone, in the plainest way there is; nothing is shared with the till."""

import json
from collections import Counter, defaultdict
from datetime import date, datetime, timedelta
from typing import Any

Body = dict[str, Any]
Day = str


class NaiveFigures:
    """Reads all entries, and goes through all of them again for each question."""

    def __init__(self, rows: list[tuple[int, str, str, bytes]]) -> None:
        self.entries: list[tuple[int, str, str, Body]] = [
            (seq, kind, at, json.loads(raw)) for seq, kind, at, raw in rows
        ]
        sold_of = {body["sale_id"]: body for _, kind, _, body in self.entries if kind == "sale.completed"}
        self.by_return = {p["refund_id"] for _, kind, _, body in self.entries if kind == "return.completed"
                          for p in body["paybacks"]}  # fmt: skip
        self.sold_of = sold_of

    def _trade(self, day: Day, until: str = "9") -> list[tuple[str, str, Body]]:
        """(sale, refund or return; when; body) of a day up to a moment."""
        found = []
        for _, kind, _, body in self.entries:
            if kind == "sale.completed" and body["business_day"] == day:
                found.append(("sale", body["completed_at"], body))
            if kind == "return.completed" and body["business_day"] == day:
                found.append(("return", body["completed_at"], body))
            if kind == "refund.done" and body["business_day"] == day and body["refund_id"] not in self.by_return:
                found.append(("refund", body["changed_at"], body))
        return [each for each in found if each[1] <= until]

    def day(self, day: Day, until: str = "9") -> dict[str, int]:
        """A day's figures by their names, up to a moment; what never happened is not among them."""
        total: Counter[str] = Counter()
        for what, _, body in self._trade(day, until):
            if what != "sale":
                total["backs"] += 1
                total["back"] += back_of(body)
                for line in body["lines"] if what == "return" else []:
                    sold = self.sold_of.get(body["sale_id"], {"lines": []})["lines"]
                    for each in sold:
                        if each["line_no"] == line["sale_line_no"] and "cost_fen" in each:
                            total["costed"] -= line["amount_fen"]
                            share = 2 * each["cost_fen"] * line["quantity"] + each["quantity"]
                            total["cost"] -= share // (2 * each["quantity"])
                continue
            total["sales"] += 1
            total["sold"] += body["total_fen"]
            total["member_sales"] += 1 if body["member"] else 0
            for line in body["lines"]:
                total["units"] += 1 if line["unit"] == "gram" else line["quantity"]
                total["gross"] += line["gross_fen"]
                total["discount"] += line["gross_fen"] - line["amount_fen"]
                if "cost_fen" in line:
                    total["costed"] += line["amount_fen"]
                    total["cost"] += line["cost_fen"]
        return dict(total)

    def hours(self, day: Day) -> dict[int, tuple[int, int]]:
        """Sales and net of each hour of the shop."""
        found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
        for what, at, body in self._trade(day):
            hour = (int(at[11:13]) + 8) % 24
            found[hour][0] += what == "sale"
            found[hour][1] += body["total_fen"] if what == "sale" else -back_of(body)
        return {hour: (sales, net) for hour, (sales, net) in found.items()}

    def tenders(self, day: Day) -> dict[str, tuple[int, int]]:
        """Count and amount of each way to pay, as corrected on this day."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for what, _, body in self._trade(day):
            for tender in body["tenders"] if what == "sale" else []:
                found[tender["kind"]][0] += 1
                found[tender["kind"]][1] += tender["amount_fen"]
        for _, kind, _, body in self.entries:
            if kind == "tender.corrected" and body["business_day"] == day:
                for way, sign in ((body["was"], -1), (body["now"], 1)):
                    found[way][0] += sign
                    found[way][1] += sign * body["amount_fen"]
        return {kind: (count, fen) for kind, (count, fen) in found.items() if count or fen}

    def goods(self, first: Day, last: Day) -> dict[str, tuple[int, int]]:
        """Quantity and amount of each product, sold less returned."""
        found: dict[str, list[int]] = defaultdict(lambda: [0, 0])
        for _, kind, _, body in self.entries:
            if kind in {"sale.completed", "return.completed"} and first <= body["business_day"] <= last:
                sign = 1 if kind == "sale.completed" else -1
                for line in body["lines"]:
                    found[line["sku"]][0] += sign * line["quantity"]
                    found[line["sku"]][1] += sign * line["amount_fen"]
        return {sku: (quantity, fen) for sku, (quantity, fen) in found.items()}

    def people(self, first: Day, last: Day) -> dict[tuple[str, str], tuple[int, int]]:
        """(count, amount) by (cashier, what)."""
        found: dict[tuple[str, str], list[int]] = defaultdict(lambda: [0, 0])
        ended: dict[str, datetime] = {}

        def add(body: Body, what: str, amount: int, count: int = 1) -> None:
            if first <= body["business_day"] <= last:
                found[body["cashier"], what][0] += count
                found[body["cashier"], what][1] += amount

        for _, kind, _, body in self.entries:
            if kind == "sale.completed":
                for what, amount, count in self._of_sale(body, ended):
                    add(body, what, amount, count)
            if kind == "refund.done" and body["refund_id"] not in self.by_return:
                add(body, "refund", body["amount_fen"])
            if kind in {"return.completed", "cart.voided"}:
                add(body, "return" if kind == "return.completed" else "void", body["total_fen"])
            if kind.startswith("cash."):
                add(body, {"cash.opened": "no_sale"}.get(kind, kind.replace(".", "_")), body["amount_fen"])
            if kind == "shift.closed":
                add(body, "over_short", body["counted_fen"] - body["expected_fen"])
        return {key: (count, fen) for key, (count, fen) in found.items()}

    def _of_sale(self, body: Body, ended: dict[str, datetime]) -> list[tuple[str, int, int]]:
        units = sum(1 if line["unit"] == "gram" else line["quantity"] for line in body["lines"])
        at, before = datetime.fromisoformat(body["completed_at"]), ended.get(body["shift_id"])
        ended[body["shift_id"]] = at
        found = [("sale", body["total_fen"], 1), ("units", 0, units)]
        if before and timedelta(seconds=1) <= at - before < timedelta(seconds=301):
            found.append(("paced", int((at - before).total_seconds()), units))
        return found + [(what, fen, 1) for what, fen in self.by_hand(body)]

    def by_hand(self, sale: Body) -> list[tuple[str, int]]:
        """What a person changed of a sale: kind of change and amount."""
        price, discount = [], 0
        for line in sale["lines"]:
            if line["list_price_fen"] and line["price_fen"] != line["list_price_fen"]:
                moved = (line["list_price_fen"] - line["price_fen"]) * line["quantity"]
                divisor = 1000 if line["unit"] == "gram" else 1
                price.append((1 if moved > 0 else -1) * ((abs(moved) + divisor // 2) // divisor))
            discount += sum(each["amount_fen"] for each in line["reductions"] if each["kind"].startswith("manual_"))
        return [("price", sum(price))] * any(price) + [("discount", discount)] * bool(discount)

    def drawers(self, day: Day) -> dict[str, tuple[int, int | None]]:
        """(expected, counted) by shift of a day."""
        found: dict[str, tuple[int, int | None]] = {}
        is_open = ""
        took: dict[tuple[str, int], str] = {}
        parts: dict[str, str] = {}
        for _, kind, _, body in self.entries:
            shift = body.get("shift_id", is_open)
            if kind == "payment.settled":
                parts[body["attempt_id"]] = is_open
            for number, tender in enumerate(body["tenders"] if kind == "sale.completed" else [], 1):
                took[body["sale_id"], number] = str(parts.get(tender["attempt_id"], shift))
            if kind == "shift.opened":
                is_open = shift
                if body["business_day"] == day:
                    found[shift] = (body["float_fen"], None)
            if shift in found:
                expected, counted = found[shift]
                into = self._into_drawer(kind, body)
                if kind == "tender.corrected" and took[body["sale_id"], body["tender_no"]] == shift:
                    into = body["amount_fen"] * ((body["now"] == "cash") - (body["was"] == "cash"))
                found[shift] = (expected + into, counted)
            if kind == "shift.closed":
                is_open = ""
                if shift in found:
                    found[shift] = (found[shift][0], body["counted_fen"])
        return found

    def _into_drawer(self, kind: str, body: Body) -> int:
        """What an entry leaves in the drawer; a part in cash is there from the moment it was taken."""
        if kind == "sale.completed":
            return sum(
                each["amount_fen"] for each in body["tenders"] if each["kind"] == "cash" and not each["attempt_id"]
            )
        if kind == "return.completed":
            return -sum(int(p["amount_fen"]) for p in body["paybacks"] if (p["way"], p["kind"]) == ("back", "cash"))
        if kind in {"payment.settled", "payment.dead"} and body["kind"] == "cash":
            return int(body["amount_fen"]) * (1 if kind == "payment.settled" else -1)
        signs = {"refund.in_cash": -1, "cash.in": 1, "cash.out": -1, "cash.drop": -1}
        return signs.get(kind, 0) * int(body.get("amount_fen", 0))

    def late(self, day: Day) -> list[int]:
        """The entries that moved a day's figures after it was closed."""
        closed = [seq for seq, kind, _, body in self.entries if kind == "day.closed" and body["business_day"] == day]
        moving = {"sale.completed", "refund.done", "refund.in_cash", "return.completed", "shift.closed",
                  "cash.in", "cash.out", "cash.drop", "tender.corrected"}  # fmt: skip
        told = {each.get("refund_id") for _, kind, _, body in self.entries if kind == "return.completed"
                for each in body["paybacks"]}  # fmt: skip
        return [seq for seq, kind, _, body in self.entries
                if closed and seq > closed[0] and kind in moving and body["business_day"] == day
                and not (kind == "refund.done" and body["refund_id"] in told)]  # fmt: skip


def back_of(body: Body) -> int:
    """The money of a return or a refund."""
    amount: int = body["total_fen"] if "total_fen" in body else body["amount_fen"]
    return amount


def day_before(day: Day, days: int) -> Day:
    """The day so many days before."""
    return (date.fromisoformat(day) - timedelta(days=days)).isoformat()
