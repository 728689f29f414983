"""Tally: what a day comes to, reckoned twice without the code: by hand while it happens, and from the journal's text.

``Tally`` is told each amount by the test, in fen as the receipt reads. ``recompute`` adds up the bodies of the
journal's entries by the rules that docs/protocol.md and decisions 11 and 12 tell, tax included.
"""

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Figures = dict[str, list[int]]
"""By kind: how many and how much, as a Z has them."""

CASH_KINDS = {"cash.in": ("cash_in", 1), "cash.out": ("cash_out", -1), "cash.drop": ("cash_drop", -1),
              "cash.opened": ("no_sale", 0)}  # fmt: skip


def _figures() -> Figures:
    return defaultdict(lambda: [0, 0])


def put(figures: Figures, kind: str, fen: int, count: int = 1) -> None:
    """Add to a figure."""
    figures[kind][0] += count
    figures[kind][1] += fen


@dataclass
class Tally:
    """What the person before the till would write on paper."""

    figures: Figures = field(default_factory=_figures)
    drawer: int = 0
    opened: int = 0
    """How often the drawer had to open."""

    def sold(self, *tenders: tuple[str, int], off: int = 0, rounding: int = 0) -> None:
        """A sale, by its tenders; ``off`` is what was taken off, ``rounding`` what was left off in cash."""
        put(self.figures, "sale", sum(fen for _, fen in tenders))
        for kind, fen in tenders:
            put(self.figures, kind, fen)
            self.drawer += fen if kind == "cash" else 0
            self.opened += kind == "cash"
        for kind, fen in (("discount", off), ("rounding", rounding)):
            if fen:
                put(self.figures, kind, fen)

    def back(self, *, cash: int = 0, alipay: int = 0, exchanged: int = 0, rounding: int = 0) -> None:
        """Goods that came back, by where the money went."""
        put(self.figures, "return", cash + alipay + exchanged)
        if rounding:
            put(self.figures, "return_rounding", rounding)
        if cash:
            put(self.figures, "cash_back", cash)
            put(self.figures, "refund", cash)
            self.drawer -= cash
            self.opened += 1
        if alipay:
            put(self.figures, "refund", alipay)

    def moved(self, kind: str, fen: int = 0) -> None:
        """Cash in, out, into the safe, or a drawer opened for nothing."""
        name, sign = CASH_KINDS[kind]
        put(self.figures, name, fen)
        self.drawer += sign * fen
        self.opened += 1

    def corrected(self, was: str, now: str, fen: int) -> None:
        """A tender of this shift that was another kind."""
        put(self.figures, was, -fen, -1)
        put(self.figures, now, fen)
        self.drawer += {"cash": fen}.get(now, 0) - {"cash": fen}.get(was, 0)

    def told(self) -> Figures:
        """All but what only the journal's lines tell: the taxes, and how often the drawer's total moved."""
        return {kind: figure for kind, figure in self.figures.items() if figure != [0, 0]}


def recompute(rows: Iterable[tuple[str, str]]) -> tuple[Figures, int]:
    """Return the figures of the one shift that a journal tells of, and what its drawer should hold."""
    figures, drawer = _figures(), 0
    ended: dict[str, dict[str, Any]] = {}
    for kind, text in rows:
        body = json.loads(text)
        take = _TAKES.get(kind.partition(".")[0])
        drawer += take(figures, kind, body) if take else 0
        if kind.startswith("refund."):
            ended[body["refund_id"]] = body
    for body in ended.values():
        if body["state"] == "done":
            put(figures, "refund", body["amount_fen"])
    return {kind: figure for kind, figure in figures.items() if figure != [0, 0]}, drawer


def _shift(_figures: Figures, kind: str, body: dict[str, Any]) -> int:
    return int(body["float_fen"]) if kind == "shift.opened" else 0


def _part(_figures: Figures, kind: str, body: dict[str, Any]) -> int:
    """A part in cash: in the drawer from the moment that it was taken."""
    sign = {"payment.settled": 1, "payment.dead": -1}.get(kind, 0) if body.get("kind") == "cash" else 0
    return sign * int(body["amount_fen"])


def _cash(figures: Figures, kind: str, body: dict[str, Any]) -> int:
    name, sign = CASH_KINDS[kind]
    put(figures, name, body["amount_fen"])
    return sign * int(body["amount_fen"])


def _correction(figures: Figures, _kind: str, body: dict[str, Any]) -> int:
    for name, sign in ((body["was"], -1), (body["now"], 1)):
        put(figures, name, sign * body["amount_fen"], sign)
    return int(body["amount_fen"]) * (int(body["now"] == "cash") - int(body["was"] == "cash"))


def _sale(figures: Figures, _kind: str, body: dict[str, Any]) -> int:
    """Add a sale; return the cash that it itself brought: a part in cash has an entry of its own."""
    goods = sum(line["amount_fen"] for line in body["lines"])
    off = sum(each["amount_fen"] for line in body["lines"] for each in line["reductions"])
    paid = sum(tender["amount_fen"] for tender in body["tenders"])
    put(figures, "sale", paid)
    put(figures, "tax", _tax(body["lines"]))
    for kind, fen in (("discount", off), ("rounding", paid - goods)):
        if fen:
            put(figures, kind, fen)
    for tender in body["tenders"]:
        put(figures, tender["kind"], tender["amount_fen"])
    return sum(int(each["amount_fen"]) for each in body["tenders"] if each["kind"] == "cash" and not each["attempt_id"])


def _return(figures: Figures, _kind: str, body: dict[str, Any]) -> int:
    """Add a return; return what it left of the drawer: less, by the cash that it gave."""
    goods = sum(line["amount_fen"] for line in body["lines"])
    back = sum(each["amount_fen"] for each in body["paybacks"])
    cash = sum(each["amount_fen"] for each in body["paybacks"] if each["kind"] == "cash" and each["way"] == "back")
    put(figures, "return", back)
    put(figures, "return_tax", sum(each["tax_fen"] for each in body["taxes"]))
    if back - goods:
        put(figures, "return_rounding", back - goods)
    for kind in ("cash_back", "refund"):
        if cash:
            put(figures, kind, cash)
    return -int(cash)


def _tax(lines: list[dict[str, Any]]) -> int:
    """The tax inside what goods cost: of each rate's sum, half up (GB/T 8170 as the receipts round)."""
    sums: dict[int, int] = defaultdict(int)
    for line in lines:
        sums[line["tax_permille"]] += line["amount_fen"]
    return sum((2 * gross * rate + 1000 + rate) // (2 * (1000 + rate)) for rate, gross in sums.items())


_TAKES = {"shift": _shift, "sale": _sale, "return": _return, "payment": _part, "cash": _cash, "tender": _correction}
"""By the family of an entry's kind; each returns what the drawer holds more after it."""
