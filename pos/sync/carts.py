"""Suspended carts between the tills of a store: the hub's calls, and what the sync loop does for this till's own."""

import json
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from msgspec import Struct, to_builtins

from pos.clock import Clock, Ids
from pos.domain.entry import canonical
from pos.domain.errors import CartGone, CartTaken, HubRefused
from pos.domain.suspended import SuspendedCart, held_anew, suspended_facts, suspended_from
from pos.storage import suspended as stored
from pos.storage.database import Database, transaction
from pos.storage.suspended import Offer, Taking
from pos.sync.client import HubClient

_log = logging.getLogger(__name__)

_NOT_FOR_THIS_ONE = frozenset(
    {HTTPStatus.CONFLICT, HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.UNPROCESSABLE_ENTITY}
)
"""Answers about one cart, which must not hold the others back."""


class _Told(Struct):
    sale_id: str
    hold_id: str
    till: str
    cashier: str
    note: str
    suspended_at: str
    lines: int
    total_fen: int
    goods: str


class _Handed(_Told):
    cart: str


class _List(Struct):
    carts: list[_Told]


class _Holding(Struct):
    taken_by: str


class HubCarts:
    """The suspended carts of the store; each method raises HubUnreachable or HubRefused when it cannot be asked."""

    def __init__(self, hub: HubClient) -> None:
        self._hub = hub

    def list_open(self) -> Sequence[SuspendedCart]:
        """Return the carts of the store that no till has taken, without their lines."""
        found = self._hub.get("/v1/suspended", _List, params={})
        return [suspended_from(to_builtins(each)) for each in found.carts]

    def put(self, held: SuspendedCart) -> str:
        """Have the hub keep a cart; return the till this laying aside was handed to meanwhile, empty when none.

        Raises:
            CartTaken: another till has the cart itself.
        """
        told = suspended_facts(held)
        body: dict[str, Any] = {name: told[name] for name in told if name not in {"sale_id", "till"}}
        body["cart"] = canonical(held.cart).decode()
        try:
            return self._hub.tell("PUT", _path(held.sale_id), body, _Holding).taken_by
        except HubRefused as refused:
            raise _as_taken(refused) from refused

    def take(self, sale_id: str, hold_id: str) -> SuspendedCart:
        """Have a cart handed over to this till, and to no other; asked again, the answer is the same.

        Raises:
            CartTaken: another till has it.
            CartGone: the hub knows of no such laying aside.
        """
        try:
            told = self._hub.tell("POST", f"{_path(sale_id)}/take", {"hold_id": hold_id}, _Handed)
        except HubRefused as refused:
            if refused.facts["code"] == "no_such_cart":
                raise CartGone from refused
            raise _as_taken(refused) from refused
        return suspended_from(to_builtins(told) | {"cart": json.loads(told.cart)})


def _path(sale_id: str) -> str:
    return f"/v1/suspended/{quote(sale_id, safe='')}"


def _as_taken(refused: HubRefused) -> HubRefused | CartTaken:
    return CartTaken(till=refused.facts.get("till", "")) if refused.facts["code"] == "taken" else refused


@dataclass(frozen=True, slots=True)
class OwnCarts:
    """This till's suspended carts, on a connection of the sync thread."""

    db: Database
    till: str
    clock: Clock
    ids: Ids

    @property
    def has_any(self) -> bool:
        """Whether there is anything that the hub should know, or be asked."""
        return stored.has_any(self.db)


def share_once(hub: HubCarts, own: OwnCarts) -> None:
    """Make the hub know what is laid aside here, and this till what was taken of it.

    Whatever was cut off before is made good by looking at what the disk says.

    Raises:
        HubUnreachable, HubRefused: try again later.
    """
    for taking in stored.list_takings(own.db):
        _finish(hub, own, taking)
    for offer in stored.list_offers(own.db):
        if stored.find(own.db, offer.sale_id) is None:
            _take_back(hub, own, offer)
    waiting = {each.hold_id for each in hub.list_open()} if stored.list_offers(own.db) else set()
    for held in stored.list_all(own.db):
        if held.hold_id not in waiting:
            _offer(hub, own, held)


def _finish(hub: HubCarts, own: OwnCarts, taking: Taking) -> None:
    """Lay aside here what this till was handed, or may have been, when it was cut off from the answer."""
    held = None
    try:
        held = hub.take(taking.sale_id, taking.hold_id)
    except (CartTaken, CartGone) as reason:
        _log.info("suspended: %s is not for this till: %s", taking.sale_id, reason)
    with transaction(own.db):
        if stored.is_taking(own.db, taking.sale_id):
            stored.drop_taking(own.db, taking.sale_id)
            if held:
                _put_anew(own, held)


def _offer(hub: HubCarts, own: OwnCarts, held: SuspendedCart) -> None:
    """Tell the hub of a cart that does not wait there: it has not heard of it, or has handed it over."""
    offer = stored.find_offer(own.db, held.sale_id)
    has_twin = offer is not None and offer.hold_id == held.hold_id and offer.also_at
    if has_twin or not _note(own, Offer(held.sale_id, held.hold_id)):
        return
    try:
        taken_by = hub.put(held)
    except CartTaken as taken:
        _log.warning("suspended: %s is at %s, too", held.sale_id, taken.facts["till"])
        _note(own, Offer(held.sale_id, held.hold_id, also_at=str(taken.facts["till"])))
    except HubRefused as refused:
        if refused.facts["status"] not in _NOT_FOR_THIS_ONE:
            raise
        _log.warning("suspended: the hub does not keep %s: %s", held.sale_id, refused)
    else:
        if taken_by:
            _let_go(own, held, taken_by)


def _note(own: OwnCarts, offer: Offer) -> bool:
    """Note what the hub is told, if the cart still lies here as it did; return whether it does."""
    with transaction(own.db):
        found = stored.find(own.db, offer.sale_id)
        is_here = found is not None and found.hold_id == offer.hold_id
        if is_here:
            stored.note_offer(own.db, offer, own.clock.now())
    return is_here


def _take_back(hub: HubCarts, own: OwnCarts, offer: Offer) -> None:
    """Tell the hub that this till went on with a cart; if another has it as well, only people can tell who sells it."""
    try:
        hub.take(offer.sale_id, offer.hold_id)
    except CartTaken as taken:
        _log.warning("suspended: %s was gone on with here and at %s", offer.sale_id, taken.facts["till"])
    except CartGone:
        pass
    with transaction(own.db):
        if stored.find(own.db, offer.sale_id) is None:
            stored.drop_offer(own.db, offer.sale_id)


def _let_go(own: OwnCarts, held: SuspendedCart, by: str) -> None:
    """Let go of a cart that another till was handed; one that this till took and did not go on with is laid anew."""
    with transaction(own.db):
        found = stored.find(own.db, held.sale_id)
        if found is None or found.hold_id != held.hold_id:
            return
        stored.drop_offer(own.db, held.sale_id)
        if by == own.till:
            _put_anew(own, found)
        else:
            stored.drop(own.db, held.sale_id)


def _put_anew(own: OwnCarts, held: SuspendedCart) -> None:
    now = own.clock.now()
    stored.put(own.db, held_anew(held, own.ids.new(now)), now)
