"""What the hub tells of a store's day."""

from msgspec import Struct

from pos.hub.wire import TillTotals


class StoreTill(TillTotals, frozen=True):
    """A till of a store on a business day, whether it sold or not.

    Attributes:
        heard_at: when it last sent something.
        backs, back_fen: goods that came back, and refunds that no goods came back for.
    """

    heard_at: str
    backs: int
    back_fen: int


class StoreDay(Struct, frozen=True):
    """A business day of a store, till by till; what a till has not sent is not in it."""

    store: str
    day: str
    tills: list[StoreTill]
