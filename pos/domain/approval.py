"""Approval: somebody else says yes, beside the cashier or over the telephone, to one act, one amount, one sale.

Over the telephone the till shows a challenge of eight digits. It stands for the sale, the act, the amount and a number
drawn for it. Who approves types it into a device of their own, with what they were told is asked; six digits come out,
which fit only if all of that is what this till asks. Neither side needs a line but the telephone's.
"""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from pos.domain.entry import Json, canonical, parse_utc, utc_text
from pos.domain.money import ZERO, Money
from pos.domain.staff import Act, Cashier

APPROVAL_TRIED = "approval.tried"
APPROVAL_GIVEN = "approval.given"
APPROVAL_REFUSED = "approval.refused"

PHONE_VALID_S = 60
CHALLENGE_DIGITS, ANSWER_DIGITS = 8, 6
PHONE_KEY_BYTES = 20
NONCE_BYTES = 16
REASON_MAX = 200
"""Characters of a reason that are kept."""


class Way(StrEnum):
    """How somebody said yes."""

    PIN = "pin"
    BADGE = "badge"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be approved.

    Attributes:
        actor: who wants to do it.
        amount: how much money it is about; nothing for opening the drawer.
        sale_id: the sale it is about, made or still on the counter; empty for what belongs to none.
        reason: in the cashier's words.
        percent: off any one line, of a discount.
    """

    act: Act
    actor: Cashier
    amount: Money = ZERO
    sale_id: str = ""
    reason: str = ""
    percent: int = 0


@dataclass(frozen=True, slots=True)
class ByPin:
    """Number and PIN, typed on the same screen; the PIN is in nothing that is printed."""

    number: str
    pin: str = field(repr=False)
    way = Way.PIN


@dataclass(frozen=True, slots=True)
class ByBadge:
    """What a badge says."""

    text: str = field(repr=False)
    number = ""
    way = Way.BADGE


@dataclass(frozen=True, slots=True)
class ByPhone:
    """Whose answer it is, what the till had shown, and the six digits."""

    number: str
    challenge: str
    answer: str = field(repr=False)
    way = Way.PHONE


Proof = ByPin | ByBadge | ByPhone


@dataclass(frozen=True, slots=True)
class Approval:
    """A yes, as the till's disk has it.

    Attributes:
        percent: off any one line; 0 for what is no price and no discount.
    """

    id: str
    act: Act
    sale_id: str
    amount: Money
    actor: str
    approver: str
    way: Way
    reason: str
    at: datetime
    percent: int = 0


@dataclass(frozen=True, slots=True)
class Challenge:
    """What the till shows for the telephone.

    Attributes:
        stamp_ms: when, by the machine's counted milliseconds; no clock on the wall lengthens it.
    """

    digits: str
    act: Act
    sale_id: str
    amount: Money
    actor: str
    at: datetime
    stamp_ms: int
    percent: int = 0

    def is_for(self, asked: Asked) -> bool:
        """Whether it was shown for this."""
        shown = (self.act, self.sale_id, self.amount, self.percent, self.actor)
        return shown == (asked.act, asked.sale_id, asked.amount, asked.percent, asked.actor.number)

    def is_alive(self, now: datetime, now_ms: int) -> bool:
        """Whether its time is not over, by neither clock; one that ran backwards ends it."""
        waited = (now - self.at).total_seconds(), (now_ms - self.stamp_ms) / 1000
        return all(0 <= each <= PHONE_VALID_S for each in waited)


@dataclass(frozen=True, slots=True)
class Told:
    """What is asked at another till, as it was told over the telephone.

    Attributes:
        till: its name, ``0017-03``.
        challenge: the eight digits.
    """

    till: str
    act: Act
    amount: Money
    challenge: str


def challenge_digits(till: str, asked: Asked, nonce: bytes) -> str:
    """Return the digits that stand for what is asked at this till, this once."""
    told: dict[str, Json] = {
        "till": till, "sale_id": asked.sale_id, "act": asked.act.value, "amount_fen": asked.amount.fen,
        "actor": asked.actor.number, "nonce": nonce.hex(),
    }  # fmt: skip
    return _digits(hashlib.sha256(canonical(told)).digest(), CHALLENGE_DIGITS)


def answer_digits(key: bytes, till: str, act: Act, amount: Money, challenge: str) -> str:
    """Return the digits that say yes, as a device with the approver's own key reckons them."""
    told: dict[str, Json] = {"till": till, "act": act.value, "amount_fen": amount.fen, "challenge": challenge}
    return _digits(hmac.digest(key, b"guitai yes\0" + canonical(told), "sha256"), ANSWER_DIGITS)


def _digits(of: bytes, count: int) -> str:
    """Return a hash as digits; of 64 bits, so that no digit is likelier than another by more than 1 in 10^11."""
    return f"{int.from_bytes(of[:8]) % 10**count:0{count}d}"


def tried_facts(asked: Asked, proof: Proof, shift_id: str) -> dict[str, Json]:
    """Return the body of ``approval.tried``, version 1: written before anything is looked at."""
    return {
        "act": asked.act.value,
        "sale_id": asked.sale_id,
        "amount_fen": asked.amount.fen,
        "percent": asked.percent,
        "actor": asked.actor.number,
        "approver": proof.number,
        "way": proof.way.value,
        "reason": asked.reason[:REASON_MAX],
        "shift_id": shift_id,
    }


def given_facts(approval: Approval, shift_id: str, business_day: str) -> dict[str, Json]:
    """Return the body of ``approval.given``, version 1."""
    return {
        "percent": approval.percent,
        "approval_id": approval.id,
        "act": approval.act.value,
        "sale_id": approval.sale_id,
        "amount_fen": approval.amount.fen,
        "actor": approval.actor,
        "approver": approval.approver,
        "way": approval.way.value,
        "reason": approval.reason,
        "given_at": utc_text(approval.at),
        "shift_id": shift_id,
        "business_day": business_day,
    }


def approval_from(facts: Mapping[str, Any]) -> Approval:
    """Read what ``given_facts`` wrote, or a row with the same names."""
    return Approval(
        facts["approval_id"], Act(facts["act"]), facts["sale_id"], Money(facts["amount_fen"]), facts["actor"],
        facts["approver"], Way(facts["way"]), facts["reason"], parse_utc(facts["given_at"]),
        facts.get("percent", 100),  # until yeses had one, their amount was their only bound
    )  # fmt: skip
