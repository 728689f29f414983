"""Suspended carts on the till's disk, and what the hub was told of them; all of it in sealed drafts.

Three kinds of slots, each with the sale's id behind it:

suspended  the cart itself. It is here or on a counter, never in both: one transaction moves it.
offered    the hub may have this laying aside. Written before the hub is told, dropped when the hub has given it back.
taking     this till has asked, or is about to ask, for another till's cart. Written before it asks, so that a cart the
           hub has handed over is found again after a power cut.
"""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlite_utils import Database

from pos.domain.entry import Json
from pos.domain.suspended import SuspendedCart, suspended_facts, suspended_from
from pos.storage import drafts

_SUSPENDED, _OFFERED, _TAKING = "suspended:", "offered:", "taking:"


@dataclass(frozen=True, slots=True)
class Offer:
    """What the hub was told, or is about to be told, of a laying aside.

    Attributes:
        also_at: the till that has the same cart, which is why the hub does not keep it; empty when none has.
    """

    sale_id: str
    hold_id: str
    also_at: str = ""


@dataclass(frozen=True, slots=True)
class Taking:
    """A laying aside that this till asks the hub for."""

    sale_id: str
    hold_id: str


def put(db: Database, held: SuspendedCart, at: datetime) -> None:
    """Keep a suspended cart; only inside a transaction."""
    drafts.save_draft(db, _SUSPENDED + held.sale_id, suspended_facts(held), at)


def find(db: Database, sale_id: str) -> SuspendedCart | None:
    """Return the suspended cart of a sale to be; None as well when the disk has changed it."""
    body = drafts.find_draft(db, _SUSPENDED + sale_id)
    if body is None:
        return None
    offer = find_offer(db, sale_id)
    return replace(suspended_from(body), also_at=offer.also_at if offer else "")


def list_all(db: Database) -> list[SuspendedCart]:
    """Return the suspended carts of this till, the oldest first."""
    found = [find(db, slot.removeprefix(_SUSPENDED)) for slot in drafts.list_slots(db, _SUSPENDED)]
    return sorted((each for each in found if each), key=lambda each: (each.suspended_at, each.sale_id))


def count(db: Database) -> int:
    """Return how many carts are suspended here; quick."""
    return len(drafts.list_slots(db, _SUSPENDED))


def has_any(db: Database) -> bool:
    """Whether a cart is suspended here, or the hub was told or asked of one; quick."""
    return any(drafts.list_slots(db, prefix) for prefix in (_SUSPENDED, _OFFERED, _TAKING))


def drop(db: Database, sale_id: str) -> None:
    """Forget a suspended cart; only inside a transaction."""
    drafts.drop_slot(db, _SUSPENDED + sale_id)


def note_offer(db: Database, offer: Offer, at: datetime) -> None:
    """Note what the hub is told; only inside a transaction."""
    drafts.save_draft(db, _OFFERED + offer.sale_id, _offer_facts(offer), at)


def find_offer(db: Database, sale_id: str) -> Offer | None:
    """Return what the hub was told of a cart."""
    body = drafts.find_draft(db, _OFFERED + sale_id)
    return Offer(sale_id, body["hold_id"], body["also_at"]) if body else None


def list_offers(db: Database) -> list[Offer]:
    """Return everything the hub was told and has not given back."""
    found = [find_offer(db, slot.removeprefix(_OFFERED)) for slot in drafts.list_slots(db, _OFFERED)]
    return [each for each in found if each]


def drop_offer(db: Database, sale_id: str) -> None:
    """Forget what the hub was told; only inside a transaction."""
    drafts.drop_slot(db, _OFFERED + sale_id)


def note_taking(db: Database, taking: Taking, at: datetime) -> None:
    """Note that the hub is about to be asked for a cart; only inside a transaction."""
    drafts.save_draft(db, _TAKING + taking.sale_id, {"hold_id": taking.hold_id}, at)


def list_takings(db: Database) -> list[Taking]:
    """Return the carts the hub was asked for whose answer is not on disk."""
    found = {slot: drafts.find_draft(db, slot) for slot in drafts.list_slots(db, _TAKING)}
    return [Taking(slot.removeprefix(_TAKING), body["hold_id"]) for slot, body in found.items() if body]


def is_taking(db: Database, sale_id: str) -> bool:
    """Whether the hub was asked for this cart and its answer is not on disk."""
    return drafts.find_draft(db, _TAKING + sale_id) is not None


def drop_taking(db: Database, sale_id: str) -> None:
    """Note that the question is answered; only inside a transaction."""
    drafts.drop_slot(db, _TAKING + sale_id)


def _offer_facts(offer: Offer) -> dict[str, Json]:
    return {"hold_id": offer.hold_id, "also_at": offer.also_at}
