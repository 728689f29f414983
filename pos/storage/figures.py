"""Figures: what the day book and its kin add up to, for one page each; no query reads the journal."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlite_utils import Database

from pos.domain.daybook import DayFigures, Tally, week_of
from pos.domain.money import Money
from pos.domain.quantity import Unit
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


def day_figures(db: Database, day: date, *, until: str = EVER) -> DayFigures:
    """Return a day's trade up to a moment in journal UTC text, it included; all of it when not told."""
    row = db.execute(_SUMS, [day.isoformat(), until]).fetchone()
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

    @property
    def pieces(self) -> int:
        """Its pieces; of what is weighed none."""
        return self.quantity if self.unit == Unit.PIECE else 0


_GOODS = """
WITH sold AS MATERIALIZED (
    SELECT sku, sum(quantity) AS quantity, sum(amount_fen) AS amount FROM (
        SELECT sku, quantity, amount_fen FROM goods_weeks WHERE monday >= :monday AND monday < :after
        UNION ALL SELECT sku, quantity, amount_fen FROM goods_days
            WHERE business_day >= :since AND business_day < :monday
        UNION ALL SELECT sku, quantity, amount_fen FROM goods_days
            WHERE business_day >= :after AND business_day <= :until
    ) GROUP BY sku
)
SELECT sku, name, unit, department, quantity, amount FROM sold JOIN goods_names USING (sku)
"""
"""Whole weeks from ``monday`` to ``after``, and the days before and behind them."""


def goods(db: Database, since: date, until: date) -> list[tuple[Sold, str]]:
    """Return what each thing sold in a span of days, both included, less what came back, and its department."""
    monday = min(week_of(since + timedelta(6)), until + timedelta(1))
    after = max(monday, week_of(until + timedelta(1)))
    days = {"since": since, "until": until, "monday": monday, "after": after}
    rows = db.execute(_GOODS, {name: day.isoformat() for name, day in days.items()})
    return [(Sold(sku, name, unit, quantity, Money(fen)), shelf) for sku, name, unit, shelf, quantity, fen in rows]


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
