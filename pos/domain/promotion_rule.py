"""One promotion: when it holds, for which goods, and what it takes off. docs/pricing.md tells how they meet."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from pos.domain.money import divide_half_up
from pos.domain.priced import Occasion
from pos.domain.quantity import Quantity, Unit


@dataclass(frozen=True, slots=True)
class Scope:
    """Which goods: everything, or these products and shelves; never the excluded products."""

    skus: frozenset[str] = frozenset()
    categories: frozenset[str] = frozenset()
    is_all: bool = False
    excluded: frozenset[str] = frozenset()

    def holds(self, sku: str, category: str) -> bool:
        """Whether a product on a shelf belongs to it."""
        return sku not in self.excluded and (self.is_all or sku in self.skus or category in self.categories)


@dataclass(frozen=True, slots=True)
class When:
    """From the first day to the last, on these weekdays (1 is Monday), within these hours; what is empty is always."""

    first: date | None = None
    last: date | None = None
    weekdays: frozenset[int] = frozenset()
    hours: tuple[tuple[time, time], ...] = ()

    def holds(self, at: datetime) -> bool:
        """Whether it holds at a time of the shop; an hour's end is outside, and hours may pass midnight."""
        day = at.date()
        if (self.first and day < self.first) or (self.last and day > self.last):
            return False
        if self.weekdays and at.isoweekday() not in self.weekdays:
            return False
        return not self.hours or any(_within(at.time(), begin, end) for begin, end in self.hours)


ALWAYS = When()


def _within(now: time, begin: time, end: time) -> bool:
    return begin <= now < end if begin < end else now >= begin or now < end


@dataclass(frozen=True, slots=True)
class Cut:
    """How one piece or kilogram becomes cheaper: by a part of a hundred, by an amount, or to a price."""

    percent_off: int = 0
    off_fen: int = 0
    price_fen: int | None = None

    def saving(self, amount: int, quantity: Quantity) -> int:
        """Return the fen it takes off so much that costs ``amount``: from 0 to all of it."""
        if self.percent_off:
            return (amount * self.percent_off + 50) // 100
        if self.price_fen is not None:
            return max(0, amount - _cost(self.price_fen, quantity))
        return min(amount, _cost(self.off_fen, quantity))


def _cost(fen: int, quantity: Quantity) -> int:
    """Return what ``Quantity.cost`` does, at a tenth of its time: pricing asks hundreds of times for one cart."""
    if quantity.unit is Unit.PIECE:
        return fen * quantity.amount
    return divide_half_up(fen * quantity.amount, 1000)


@dataclass(frozen=True, slots=True)
class Each:
    """Every piece, or every weighed line, by itself."""

    scope: Scope
    cut: Cut


@dataclass(frozen=True, slots=True)
class Part:
    """So many pieces out of a scope."""

    scope: Scope
    count: int


@dataclass(frozen=True, slots=True)
class Together:
    """Pieces that must be bought together.

    Attributes:
        parts: the pieces, part by part.
        total_fen: what they cost together; None when ``cut`` tells it.
        cut: taken off the ``cut_count`` cheapest of the last part.
        is_same: all pieces are one product.
    """

    parts: tuple[Part, ...]
    total_fen: int | None = None
    cut: Cut = Cut()
    cut_count: int = 0
    is_same: bool = False

    def saving(self, prices: Sequence[Sequence[int]]) -> int:
        """Return the fen it takes off pieces of these prices, part by part; 0 or less is no offer."""
        if self.total_fen is not None:
            return sum(map(sum, prices)) - self.total_fen
        return sum([self.cut.saving(price, ONE_PIECE) for price in sorted(prices[-1])[: self.cut_count]])


ONE_PIECE = Quantity(1)


@dataclass(frozen=True, slots=True)
class Step:
    """From this spend on, this much off, in fen or of a hundred."""

    at_fen: int
    off_fen: int = 0
    percent_off: int = 0


@dataclass(frozen=True, slots=True)
class Spend:
    """Something off all goods of a scope together, from a spend on.

    Attributes:
        steps: by rising spend; only the highest that is reached counts.
        repeats: the one step counts as often as the spend holds it.
        most_fen: never more than this; None for no such limit.
        stacks: goods that another rule made cheaper count, too, at what is left of them.
        group: at most one rule of a group applies; empty for none.
    """

    scope: Scope
    steps: tuple[Step, ...]
    repeats: bool = False
    most_fen: int | None = None
    stacks: bool = True
    group: str = ""

    def off(self, spent: int) -> int:
        """Return the fen taken off goods that cost ``spent``: from 0 to all of it, never less for more."""
        reached = None
        for step in self.steps:
            if spent < step.at_fen:
                break
            reached = step
        if reached is None:
            return 0
        off = reached.off_fen * (spent // reached.at_fen if self.repeats else 1)
        if reached.percent_off:
            off += (spent * reached.percent_off + 50) // 100
        if self.most_fen is not None and off > self.most_fen:
            off = self.most_fen
        return min(off, spent)


@dataclass(frozen=True, slots=True)
class Rule:
    """A promotion with its words and conditions; empty ``stores`` are all stores, empty ``members`` everybody.

    Attributes:
        coupon: the code that must have been scanned; empty for none.
        priority: the higher goes first; see ``rank``.
    """

    id: str
    kind: str
    name: str
    name_en: str
    does: Each | Together | Spend
    when: When = ALWAYS
    stores: frozenset[str] = frozenset()
    members: frozenset[str] = frozenset()
    coupon: str = ""
    priority: int = 0

    @property
    def rank(self) -> tuple[int, bool, str]:
        """Its place in the order of rules: by priority, without a coupon before with one, then by id."""
        return (-self.priority, bool(self.coupon), self.id)

    @property
    def scopes(self) -> tuple[Scope, ...]:
        """Every scope it looks at."""
        return tuple(part.scope for part in self.does.parts) if isinstance(self.does, Together) else (self.does.scope,)

    def holds(self, occasion: Occasion) -> bool:
        """Whether it is in force then, there and for that customer."""
        return (
            (not self.coupon or self.coupon in occasion.coupons)
            and (not self.members or occasion.member in self.members)
            and (not self.stores or occasion.store in self.stores)
            and self.when.holds(occasion.at)
        )
