"""Suspended carts: laid aside at one till and gone on with there, or at another till of the store."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from pos.domain.cart import Cart
from pos.domain.entry import Json, parse_utc, utc_text
from pos.domain.money import Money

SUSPENDED_MAX = 50
"""Carts laid aside at one till; a shop with more customers gone for milk has another trouble."""
NOTE_MAX = 60
"""Characters of a note that are kept."""
GOODS_SHOWN = 3
"""Goods of a cart that tell it from the others."""

CART_SUSPENDED = "cart.suspended"
CART_RESUMED = "cart.resumed"
CART_DISCARDED = "cart.discarded"


@dataclass(frozen=True, slots=True)
class SuspendedCart:
    """A cart laid aside, with what a person needs to tell it from the others.

    Attributes:
        hold_id: of this laying aside; a cart that is laid aside again has the same ``sale_id`` and another hold.
        till: where it was laid aside.
        cashier: the number of who did it.
        lines: how many.
        goods: the names of the first ones.
        cart: as ``facts.cart_facts`` wrote it; empty in a list that the hub gave.
        also_at: another till that has it on its counter, too; empty as good as always.
    """

    sale_id: str
    hold_id: str
    till: str
    cashier: str
    note: str
    suspended_at: datetime
    lines: int
    total: Money
    goods: str
    cart: Mapping[str, Json]
    also_at: str = ""

    @property
    def is_here(self) -> bool:
        """Whether it is on this till's own disk."""
        return bool(self.cart)


def goods_of(cart: Cart) -> str:
    """Return the names of the first goods of a cart; of a line nobody knows, its text."""
    names = [line.product.name if line.product else line.text for line in cart.lines]
    return "、".join(names[:GOODS_SHOWN])[:200]


def moved_facts(held: SuspendedCart, cashier: str, approver: str = "") -> dict[str, Json]:
    """Return the body of any ``cart.*`` entry, version 1: which cart, what was in it, and who did it."""
    return {
        "sale_id": held.sale_id,
        "hold_id": held.hold_id,
        "till": held.till,
        "lines": held.lines,
        "total_fen": held.total.fen,
        "cashier": cashier,
        "approver": approver,
    }


def suspended_facts(held: SuspendedCart) -> dict[str, Json]:
    """Return a suspended cart as a till's disk keeps it."""
    return {
        "sale_id": held.sale_id,
        "hold_id": held.hold_id,
        "till": held.till,
        "cashier": held.cashier,
        "note": held.note,
        "suspended_at": utc_text(held.suspended_at),
        "lines": held.lines,
        "total_fen": held.total.fen,
        "goods": held.goods,
        "cart": dict(held.cart),
    }


def suspended_from(facts: Mapping[str, Any]) -> SuspendedCart:
    """Read what ``suspended_facts`` wrote, or the hub told in the same names."""
    return SuspendedCart(
        facts["sale_id"], facts["hold_id"], facts["till"], facts["cashier"], facts["note"],
        parse_utc(facts["suspended_at"]), facts["lines"], Money(facts["total_fen"]), facts["goods"],
        facts.get("cart", {}),
    )  # fmt: skip


def held_anew(held: SuspendedCart, hold_id: str) -> SuspendedCart:
    """Return the same cart laid aside anew: the hub takes it for another laying aside."""
    return replace(held, hold_id=hold_id)
