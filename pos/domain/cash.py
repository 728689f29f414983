"""Cash: what moves in a drawer besides sales, and what lies in it when it is counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from pos.domain.entry import Json, parse_utc, utc_text
from pos.domain.errors import QuantityOutOfRange
from pos.domain.money import ZERO, Money
from pos.domain.staff import Act

DENOMINATIONS_FEN = (10_000, 5_000, 2_000, 1_000, 500, 100, 50, 10)
"""Notes and coins of the drawer: 100, 50, 20, 10, 5 and 1 yuan, 5 and 1 jiao."""
PIECES_MAX = 99_999
"""Of one kind; more is a slip of the finger."""


class CashKind(StrEnum):
    """What happened to a drawer; the word is the kind of its journal entry."""

    IN = "cash.in"
    OUT = "cash.out"
    DROP = "cash.drop"
    OPENED = "cash.opened"

    @property
    def act(self) -> Act:
        """What whoever does it must be allowed."""
        return _ACTS[self]

    @property
    def total(self) -> str:
        """The kind of total it adds to."""
        return _TOTALS[self]

    def moved(self, amount: Money) -> Money:
        """Return what the drawer holds more, or less, after it."""
        return amount if self is CashKind.IN else -amount


_ACTS = {
    CashKind.IN: Act.CASH_IN, CashKind.OUT: Act.CASH_OUT, CashKind.DROP: Act.CASH_DROP, CashKind.OPENED: Act.NO_SALE,
}  # fmt: skip
_TOTALS = {
    CashKind.IN: "cash_in", CashKind.OUT: "cash_out", CashKind.DROP: "cash_drop", CashKind.OPENED: "no_sale",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class CashMove:
    """Cash put in, paid out, or dropped into the safe; or a drawer opened for nothing, which moves none."""

    id: str
    kind: CashKind
    shift_id: str
    business_day: date
    amount: Money
    cashier: str
    approver: str
    reason: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CashCount:
    """What was counted: pieces of each note and coin by their fen, and what else there is.

    Raises:
        QuantityOutOfRange: so many pieces of one kind are in no drawer.
    """

    pieces: Mapping[int, int] = field(default_factory=dict)
    other: Money = ZERO

    def __post_init__(self) -> None:
        if any(not 0 <= count <= PIECES_MAX for count in self.pieces.values()):
            raise QuantityOutOfRange(limit=PIECES_MAX)
        assert self.pieces.keys() <= set(DENOMINATIONS_FEN), self.pieces

    @property
    def total(self) -> Money:
        """What it comes to."""
        return Money(sum(fen * count for fen, count in self.pieces.items())) + self.other

    def as_facts(self) -> dict[str, Json]:
        """Return it as the journal has it, largest first."""
        kept: dict[str, Json] = {str(fen): self.pieces[fen] for fen in DENOMINATIONS_FEN if self.pieces.get(fen)}
        return kept | {"other_fen": self.other.fen}


def count_from(facts: Mapping[str, Any]) -> CashCount:
    """Read what ``as_facts`` wrote."""
    pieces = {int(key): int(count) for key, count in facts.items() if key != "other_fen"}
    return CashCount(pieces, Money(facts["other_fen"]))


def cash_facts(move: CashMove) -> dict[str, Json]:
    """Return the body of any ``cash.*`` entry, version 1; the entry's kind says which."""
    return {
        "cash_id": move.id,
        "shift_id": move.shift_id,
        "business_day": move.business_day.isoformat(),
        "amount_fen": move.amount.fen,
        "cashier": move.cashier,
        "approver": move.approver,
        "reason": move.reason,
        "moved_at": utc_text(move.at),
    }


def cash_from(facts: Mapping[str, Any]) -> CashMove:
    """Read a row with the names of ``cash_facts`` and its ``kind``."""
    return CashMove(
        facts["cash_id"], CashKind(facts["kind"]), facts["shift_id"], date.fromisoformat(facts["business_day"]),
        Money(facts["amount_fen"]), facts["cashier"], facts["approver"], facts["reason"], parse_utc(facts["moved_at"]),
    )  # fmt: skip
