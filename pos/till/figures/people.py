"""People: what each cashier did beside what is usual in this store; a signal, not proof."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from pos.domain.daybook import Norm, Tally, norm_of
from pos.domain.money import Money, divide_half_up
from pos.domain.staff import Act, By
from pos.storage import figures, staff
from pos.storage.totals import NOTHING, Total
from pos.till import allowed
from pos.till.till import Till

NORM_DAYS = 28
"""How far back it is looked for what is usual."""
SALES_MIN = 10
"""A person's day with fewer sales tells nothing."""
RATED = (Tally.REFUND, Tally.RETURN, Tally.VOID, Tally.PRICE, Tally.DISCOUNT, Tally.NO_SALE)
"""What is compared, by how often it is done in a thousand sales."""


@dataclass(frozen=True, slots=True)
class Person:
    """What one cashier did in a span of days.

    Attributes:
        cashier: the number; ``name`` is empty of somebody who is not here any more.
        units_per_minute: in hundredths, of sales that followed another within five minutes; None without such.
        tallies: how often and how much, of what was done at all; of ``PACED`` units and seconds.
        rates: of ``RATED``, in a thousand sales; None without a sale.
        beyond: which of them are far above what is usual, and were done often enough to tell anything.
    """

    cashier: str
    name: str
    sales: int
    sold: Money
    units: int
    units_per_minute: int | None
    tallies: Mapping[Tally, Total]
    rates: Mapping[Tally, int | None]
    beyond: frozenset[Tally]

    def tally(self, tally: Tally) -> Total:
        """Return how often something was done, and what it came to."""
        return self.tallies.get(tally, NOTHING)


@dataclass(frozen=True, slots=True)
class People:
    """Everybody who did anything in a span of days, by number; and what is usual, where enough is known to say."""

    since: date
    until: date
    persons: tuple[Person, ...]
    norms: Mapping[Tally, Norm]


Counted = Mapping[Tally, tuple[int, int]]


def names(till: Till, *, by: By) -> dict[str, str]:
    """Return what those who work here are called, by number."""
    allowed.require(till, Act.SEE_FIGURES, by)
    return {each.cashier.number: each.cashier.name for each in staff.list_staff(till.db)}


def people(till: Till, since: date, until: date | None = None, *, by: By) -> People:
    """Return what each did from one day to another, both included, or on one.

    What is usual is the middle of all people's days in the 28 days up to the last.
    """
    allowed.require(till, Act.SEE_FIGURES, by)
    until = until or since
    first = min(since, until - timedelta(days=NORM_DAYS - 1))
    by_day: dict[tuple[date, str], dict[Tally, tuple[int, int]]] = defaultdict(dict)
    for day, who, tally, count, amount in figures.tallies(till.db, first, until):
        by_day[day, who][tally] = (count, amount)
    norms = norms_of(by_day.values())
    mine: dict[str, dict[Tally, tuple[int, int]]] = defaultdict(dict)
    for (day, who), counted in by_day.items():
        if day >= since:
            mine[who] = _added(mine[who], counted)
    called = names(till, by=by)
    persons = [_person(who, called.get(who, ""), counted, norms) for who, counted in sorted(mine.items())]
    return People(since, until, tuple(persons), norms)


def norms_of(days: Iterable[Counted]) -> dict[Tally, Norm]:
    """Return what is usual of each rate, by people's days with ``SALES_MIN`` sales or more."""
    told = [day for day in days if day.get(Tally.SALE, (0, 0))[0] >= SALES_MIN]
    found = {tally: norm_of([rate for day in told if (rate := _rate(day, tally)) is not None]) for tally in RATED}
    return {tally: norm for tally, norm in found.items() if norm}


def _rate(counted: Counted, tally: Tally) -> int | None:
    sales = counted.get(Tally.SALE, (0, 0))[0]
    return divide_half_up(counted.get(tally, (0, 0))[0] * 1000, sales) if sales else None


def _added(one: Counted, other: Counted) -> dict[Tally, tuple[int, int]]:
    nothing = (0, 0)
    return {
        tally: (one.get(tally, nothing)[0] + other.get(tally, nothing)[0],
                one.get(tally, nothing)[1] + other.get(tally, nothing)[1])
        for tally in {*one, *other}
    }  # fmt: skip


def _person(who: str, name: str, counted: Counted, norms: Mapping[Tally, Norm]) -> Person:
    rates = {tally: _rate(counted, tally) for tally in RATED}
    beyond = {
        tally
        for tally, rate in rates.items()
        if rate is not None and tally in norms and norms[tally].is_far(rate, counted.get(tally, (0, 0))[0])
    }
    sales, sold = counted.get(Tally.SALE, (0, 0))
    paced, seconds = counted.get(Tally.PACED, (0, 0))
    return Person(
        who, name, sales, Money(sold), counted.get(Tally.UNITS, (0, 0))[0],
        divide_half_up(paced * 6000, seconds) if seconds else None,
        {tally: Total(count, Money(amount)) for tally, (count, amount) in counted.items()}, rates, frozenset(beyond),
    )  # fmt: skip
