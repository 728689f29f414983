"""A store's business day: its tills together, as head office has them, and what of it is missing."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pos.domain.money import ZERO, Money

SILENT = timedelta(minutes=10)
"""A till that sent nothing for longer than this may have sold more than head office knows."""
OUT_OF_USE = timedelta(days=30)
"""A till that was silent for so long before a day is taken to stand in a cellar."""
DAY_IS_OVER = timedelta(hours=36)
"""From the midnight a business day is named after: by noon of the next day all shifts of it are closed."""


def is_silent(heard_at: datetime, begins: datetime, now: datetime) -> bool:
    """Whether a till that was last heard then may have sold more on a day than head office knows.

    Args:
        begins: the midnight in the shop that the day begins with.
    """
    return begins - OUT_OF_USE < heard_at < min(now, begins + DAY_IS_OVER) - SILENT


@dataclass(frozen=True, slots=True)
class TillDay:
    """A till's business day as head office has it.

    Attributes:
        heard_at: when it last sent something, UTC.
        unread: entries of any day that head office keeps but could not add up.
    """

    till: str
    sales: int
    sold: Money
    backs: int
    back: Money
    tenders: Mapping[str, Money]
    heard_at: datetime
    unread: int = 0

    @property
    def net(self) -> Money:
        """Sold less what went back."""
        return self.sold - self.back


@dataclass(frozen=True, slots=True)
class StoreDay:
    """A store's business day.

    Attributes:
        asked_at: UTC.
        silent: tills that may have sold more than is counted here.
        unsent_here: entries of this till that are not counted here either.
    """

    store: str
    day: date
    asked_at: datetime
    tills: tuple[TillDay, ...]
    silent: tuple[str, ...]
    unsent_here: int

    @property
    def is_whole(self) -> bool:
        """Whether nothing is known to be missing."""
        return not (self.silent or self.unsent_here or self.unread)

    @property
    def unread(self) -> int:
        """Entries that head office keeps but could not add up, of all tills."""
        return sum(each.unread for each in self.tills)

    @property
    def sales(self) -> int:
        """Of all tills."""
        return sum(each.sales for each in self.tills)

    @property
    def net(self) -> Money:
        """Of all tills."""
        return sum((each.net for each in self.tills), ZERO)

    @property
    def tenders(self) -> dict[str, Money]:
        """What all tills took, by way to pay."""
        found: Counter[str] = Counter()
        for till in self.tills:
            found.update({kind: amount.fen for kind, amount in till.tenders.items()})
        return {kind: Money(fen) for kind, fen in sorted(found.items())}
