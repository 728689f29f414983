"""Approvals: somebody else says yes, in place: by PIN on the same screen, by badge, or by telephone.

Each try is in the journal before anything is looked at, and again with how it ended; so a plug that is pulled in
between leaves a try without an end. The yes that ``approve`` returns is good for one verb; a price or a discount on a
cart is held against the approvals on disk when it is paid (``lacking``).
"""

import secrets

from pos.clock import shop_day
from pos.domain.approval import (
    APPROVAL_GIVEN,
    APPROVAL_REFUSED,
    APPROVAL_TRIED,
    NONCE_BYTES,
    Approval,
    Asked,
    ByBadge,
    ByPhone,
    ByPin,
    Challenge,
    Proof,
    Told,
    answer_digits,
    challenge_digits,
    given_facts,
    tried_facts,
)
from pos.domain.by_hand import given_away
from pos.domain.cart import Cart
from pos.domain.entry import Json
from pos.domain.errors import CheckoutError, NeedsManager, NoPhoneKey, PhoneCodeGone, WrongPhoneCode
from pos.domain.pin import is_number
from pos.domain.staff import Act, By, Cashier
from pos.storage import approvals, shifts, staff
from pos.till import allowed, proofs, sign_in
from pos.till.till import Till


def is_needed(till: Till, asked: Asked) -> bool:
    """Whether who wants to do it may not go so far alone."""
    return not allowed.may(till, asked.act, asked.actor.number, asked.amount, asked.percent)


def approve(till: Till, asked: Asked, proof: Proof) -> By:
    """Return who does it and who said yes, once that is proved; both are in the journal then, with the reason.

    Raises:
        WrongPin, PinPaused, WrongPhoneCode, PhoneCodeGone, NoPhoneKey, UnknownBadge: nothing is proved.
        SamePerson: nobody approves what they do themselves.
        NeedsManager: whoever it is may not go so far either.
    """
    tried = _note_try(till, asked, proof)
    try:
        by = By(asked.actor, _prove(till, asked, proof))
        allowed.require(till, asked.act, by, asked.amount, asked.percent)
        _note_yes(till, asked, proof, by)
    except CheckoutError as reason:
        with till.transaction():
            till.record(APPROVAL_REFUSED, {**tried, "why": reason.code})
        raise
    return by


def challenge(till: Till, asked: Asked) -> Challenge:
    """Return what the cashier reads out over the telephone; the one shown before counts no more."""
    now = till.clock.now()
    digits = challenge_digits(till.identity.name, asked, secrets.token_bytes(NONCE_BYTES))
    shown = Challenge(
        digits, asked.act, asked.sale_id, asked.amount, asked.actor.number, now, _now_ms(till), asked.percent
    )  # fmt: skip
    with till.transaction():
        approvals.keep_challenge(till.db, shown)
    return shown


def answer(till: Till, told: Told, number: str, pin: str) -> str:
    """Return the six digits that say yes to what somebody asks over the telephone; they fit nothing but what was told.

    The other till writes down that it was said: here nothing happens but that a PIN is tried.

    Raises:
        WrongPin, PinPaused: who says it is not proved.
        NeedsManager: whoever it is may not go so far.
        NoPhoneKey: they cannot say it over the telephone.
    """
    who = sign_in.sign_in(till, number, pin)
    if not allowed.may(till, told.act, who.number, told.amount):
        raise NeedsManager(act=told.act.value)
    row = staff.find_staff(till.db, who.number)
    key = proofs.phone_key_of(till, row) if row else None
    if key is None:
        raise NoPhoneKey(number=number)
    return answer_digits(key, told.till, told.act, told.amount, told.challenge)


def lacking(till: Till, cart: Cart, actor: Cashier) -> Asked | None:
    """Return the first thing done to a cart by hand that goes further than its seller may and nobody approved.

    One yes covers the act on this sale up to its amount and its percentage of a line; more of either needs another.
    """
    for each in given_away(cart):
        asked = Asked(each.act, actor, each.amount, cart.sale_id, percent=each.percent)
        if is_needed(till, asked) and not approvals.is_covered(till.db, asked):
            return asked
    return None


def require_by_hand(till: Till, cart: Cart, number: str) -> None:
    """Refuse a cart whose prices were moved further by hand than its seller may.

    Raises:
        NeedsManager: nobody approved it.
    """
    row = staff.find_staff(till.db, number)
    if row is None:
        if given_away(cart):
            raise NeedsManager(act=Act.DISCOUNT.value)
        return
    if asked := lacking(till, cart, row.cashier):
        raise NeedsManager(act=asked.act.value)


def _note_try(till: Till, asked: Asked, proof: Proof) -> dict[str, Json]:
    shift = shifts.find_open_shift(till.db)
    told = tried_facts(asked, proof, shift.id if shift else "")
    with till.transaction():
        till.record(APPROVAL_TRIED, told)
    return told


def _note_yes(till: Till, asked: Asked, proof: Proof, by: By) -> None:
    """Use up what was proved by telephone, and keep the yes, together: neither counts twice."""
    now, shift = till.clock.now(), shifts.find_open_shift(till.db)
    day = shift.business_day if shift else shop_day(now)
    approval = Approval(
        till.ids.new(now), asked.act, asked.sale_id, asked.amount, asked.actor.number, by.approver_number, proof.way,
        asked.reason, now, asked.percent,
    )  # fmt: skip
    with till.transaction():
        if isinstance(proof, ByPhone) and not approvals.use_up(till.db, proof.challenge):
            raise PhoneCodeGone
        till.record(APPROVAL_GIVEN, given_facts(approval, shift.id if shift else "", day.isoformat()))


def _prove(till: Till, asked: Asked, proof: Proof) -> Cashier:
    if isinstance(proof, ByPin):
        return sign_in.sign_in(till, proof.number, proof.pin)
    if isinstance(proof, ByBadge):
        return proofs.whose_badge(till, proof.text)
    return _prove_by_phone(till, asked, proof)


def _prove_by_phone(till: Till, asked: Asked, proof: ByPhone) -> Cashier:
    """Hold six digits against what the till showed; a try is counted like one of a PIN, before it is looked at."""
    left = sign_in.count_try(till, proof.number if is_number(proof.number) else "?")
    shown = approvals.find_challenge(till.db, proof.challenge)
    if shown is None or not shown.is_for(asked) or not shown.is_alive(till.clock.now(), _now_ms(till)):
        raise PhoneCodeGone
    row = staff.find_staff(till.db, proof.number)
    key = proofs.phone_key_of(till, row) if row else None
    if row is None or key is None:
        raise NoPhoneKey(number=proof.number)
    fits = answer_digits(key, till.identity.name, asked.act, asked.amount, shown.digits)
    if not secrets.compare_digest(fits, proof.answer):
        raise WrongPhoneCode(tries_left=left)
    sign_in.forget_try(till, proof.number)
    return row.cashier


def _now_ms(till: Till) -> int:
    return int(till.clock.monotonic() * 1000)
