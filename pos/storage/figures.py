"""Figures: what the day book and its kin add up to, for one page each; no query reads the journal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlite_utils import Database

from pos.domain.daybook import DayFigures, Tally
from pos.domain.money import Money
from pos.domain.sale import TenderKind
from pos.storage.totals import Total

_SUMS = """
SELECT count(*) FILTER (WHERE kind = 'sale'), coalesce(sum(total_fen) FILTER (WHERE kind = 'sale'), 0),
    count(*) FILTER (WHERE kind <> 'sale'), coalesce(sum(total_fen) FILTER (WHERE kind <> 'sale'), 0),
    coalesce(sum(units), 0), coalesce(sum(gross_fen), 0), coalesce(sum(discount_fen), 0), coalesce(sum(is_member), 0),
    coalesce(sum(costed_fen) FILTER (WHERE kind = 'sale'), 0) - coalesce(sum(costed_fen) FILTER (WHERE kind <> 'sale'), 0),
    coalesce(sum(cost_fen) FILTER (WHERE kind = 'sale'), 0) - coalesce(sum(cost_fen) FILTER (WHERE kind <> 'sale'), 0)
FROM daybook WHERE business_day = ? AND at <= ?
"""  # noqa: E501  (two sums that belong together)
EVER = "9"
"""Later than any journal time."""


def day_figures(db: Database, day: date, *, until: str = EVER, before: tuple[int, int] | None = None) -> DayFigures:
    """Return a day's trade up to a moment in journal UTC text, it included; all of it when not told.

    Args:
        before: only entries up to this (epoch, seq): what was known when a day was closed.
    """
    known, place = (" AND (epoch, seq) <= (?, ?)", before) if before else ("", ())
    row = db.execute(_SUMS + known, [day.isoformat(), until, *place]).fetchone()
    return DayFigures(row[0], Money(row[1]), row[2], Money(row[3]), row[4], Money(row[5]), Money(row[6]), row[7],
                      Money(row[8]), Money(row[9]))  # fmt: skip


def hours(db: Database, day: date) -> dict[int, tuple[int, int]]:
    """Return (sales, net in fen) by hour of the day in the shop, of hours in which anything happened."""
    rows = db.execute(
        "SELECT hour, count(*) FILTER (WHERE kind = 'sale'),"
        " sum(CASE kind WHEN 'sale' THEN total_fen ELSE -total_fen END)"
        " FROM daybook WHERE business_day = ? GROUP BY hour",
        [day.isoformat()],
    )
    return {hour: (sales, net) for hour, sales, net in rows}


def tallies(db: Database, since: date, until: date) -> list[tuple[date, str, Tally, int, int]]:
    """Return (day, cashier, tally, count, amount) of days, both included."""
    rows = db.execute(
        "SELECT business_day, cashier, tally, count, amount FROM tallies WHERE business_day BETWEEN ? AND ?",
        [since.isoformat(), until.isoformat()],
    )
    return [(date.fromisoformat(day), who, Tally(tally), count, amount) for day, who, tally, count, amount in rows]


@dataclass(frozen=True, slots=True)
class Sold:
    """Goods, or a department, of a span: pieces or grams (of a department pieces only), and what they came to."""

    key: str
    name: str
    unit: str
    quantity: int
    amount: Money


def best_goods(db: Database, since: date, until: date, *, by_amount: bool, limit: int) -> list[Sold]:
    """Return the goods that sold most in a span of days, both included, less what came back."""
    order = "sum(amount_fen)" if by_amount else "sum(CASE unit WHEN 'piece' THEN quantity ELSE 0 END)"
    rows = db.execute(
        "SELECT sku, name, unit, sum(quantity), sum(amount_fen) FROM goods_days JOIN goods_names USING (sku)"  # noqa: S608
        f" WHERE business_day BETWEEN ? AND ? GROUP BY sku ORDER BY {order} DESC, sku LIMIT ?",
        [since.isoformat(), until.isoformat(), limit],
    )
    return [_sold(row) for row in rows]


def departments(db: Database, since: date, until: date, *, by_amount: bool) -> list[Sold]:
    """Return what each department sold, most first; of goods whose department nobody told the name is empty."""
    pieces = "sum(CASE unit WHEN 'piece' THEN quantity ELSE 0 END)"
    order = "5" if by_amount else "4"
    rows = db.execute(
        f"SELECT department, department, 'piece', {pieces}, sum(amount_fen) FROM goods_days"  # noqa: S608  (constants)
        f" JOIN goods_names USING (sku) WHERE business_day BETWEEN ? AND ?"
        f" GROUP BY department ORDER BY {order} DESC, 1",
        [since.isoformat(), until.isoformat()],
    )
    return [_sold(row) for row in rows]


def _sold(row: Sequence[Any]) -> Sold:
    return Sold(row[0], row[1], row[2], row[3], Money(row[4]))


def tenders_of_shift(db: Database, shift_id: str, day: date) -> dict[TenderKind, Total]:
    """Return what a shift took by each way to pay."""
    kinds = {each.value: each for each in TenderKind}
    rows = db.execute(
        "SELECT kind, count, amount_fen FROM totals WHERE business_day = ? AND shift_id = ?",
        [day.isoformat(), shift_id],
    )
    return {kinds[kind]: Total(count, Money(fen)) for kind, count, fen in rows if kind in kinds}


@dataclass(frozen=True, slots=True)
class DayClose:
    """A day that was closed, and the figures it was closed with, as its entry has them."""

    business_day: date
    day_no: int
    closed_at: str
    cashier: str
    epoch: int
    seq: int
    body: str


def find_day_close(db: Database, day: date) -> DayClose | None:
    """Return how a day was closed; None while it is open."""
    row = db.execute("SELECT * FROM day_closes WHERE business_day = ?", [day.isoformat()]).fetchone()
    return DayClose(date.fromisoformat(row[0]), *row[1:]) if row else None


def next_day_no(db: Database) -> int:
    """Return the number of the next day that is closed; dense from 1."""
    return 1 + int(db.execute("SELECT coalesce(max(day_no), 0) FROM day_closes").fetchone()[0])


def closed_days(db: Database, since: date, until: date) -> set[date]:
    """Return which of the days, both included, were closed."""
    rows = db.execute(
        "SELECT business_day FROM day_closes WHERE business_day BETWEEN ? AND ?", [since.isoformat(), until.isoformat()]
    )
    return {date.fromisoformat(row[0]) for row in rows}
