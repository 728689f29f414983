"""Store totals: what the hub has of all tills of a store."""

from collections.abc import Sequence
from datetime import date
from urllib.parse import quote

from msgspec import Struct

from pos.domain.entry import parse_utc
from pos.domain.money import Money
from pos.domain.store_day import TillDay
from pos.sync.client import HubClient


class _Till(Struct):
    till: str
    sales: int
    total_fen: int
    tenders: dict[str, int]
    heard_at: str
    backs: int
    back_fen: int
    parked: int = 0
    forks: int = 0


class _Store(Struct):
    tills: list[_Till]


class HubTotals:
    """The hub's totals; raises HubUnreachable or HubRefused when it cannot be asked."""

    def __init__(self, hub: HubClient) -> None:
        self._hub = hub

    def tills_of(self, store: str, day: date) -> Sequence[TillDay]:
        """Return each till of a store on a business day."""
        path = f"/v1/stores/{quote(store, safe='')}/day"
        found = self._hub.get(path, _Store, params={"day": day.isoformat()})
        return [
            TillDay(
                each.till, each.sales, Money(each.total_fen), each.backs, Money(each.back_fen),
                {kind: Money(fen) for kind, fen in each.tenders.items()}, parse_utc(each.heard_at),
                each.parked + each.forks,
            )
            for each in found.tills
        ]  # fmt: skip
