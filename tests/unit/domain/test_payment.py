"""An attempt moves one way only, and its number is used once."""

import re
import uuid
from datetime import UTC, datetime, timedelta
from itertools import pairwise, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import IllegalMove
from pos.domain.gateway import Cancelled, Charge
from pos.domain.money import Money
from pos.domain.payment import AttemptState, PaymentAttempt

SENT, PAID, CANCELLING, DEAD = AttemptState.SENT, AttemptState.PAID, AttemptState.CANCELLING, AttemptState.DEAD

# docs/architecture.md: started -> paid | in cancel -> dead; cancel is a one-way door.
LEGAL = {(SENT, PAID), (SENT, CANCELLING), (PAID, CANCELLING), (CANCELLING, DEAD)}

STARTED = datetime(2026, 11, 23, 4, 5, tzinfo=UTC)
LATER = STARTED + timedelta(seconds=5)
ID = "017f22e2-79b0-7cc3-98c4-dc0c0c07398f"

ids = st.uuids().map(str)


def attempt(state: AttemptState = SENT, *, id: str = ID) -> PaymentAttempt:  # noqa: A002  (the field's own name)
    return PaymentAttempt(id, "sale-1", Money(1250), state, STARTED, STARTED)


def test_the_states_are_these_four() -> None:
    assert set(AttemptState) == {SENT, PAID, CANCELLING, DEAD}


@pytest.mark.parametrize(("start", "to"), sorted(LEGAL))
def test_a_legal_move_changes_the_state_and_its_time_only(start: AttemptState, to: AttemptState) -> None:
    moved = attempt(start).move(to, LATER)
    assert moved == PaymentAttempt(ID, "sale-1", Money(1250), to, STARTED, LATER)


@pytest.mark.parametrize(("start", "to"), sorted(set(product(AttemptState, AttemptState)) - LEGAL))
def test_any_other_move_is_refused(start: AttemptState, to: AttemptState) -> None:
    with pytest.raises(IllegalMove) as refused:
        attempt(start).move(to, LATER)
    assert refused.value.facts == {"state": start.value, "to": to.value}


@given(st.lists(st.sampled_from(AttemptState), max_size=12))
def test_no_way_leads_from_cancelling_to_paid(wishes: list[AttemptState]) -> None:
    now, seen = attempt(), [SENT]
    for wish in wishes:
        try:
            now = now.move(wish, LATER)
        except IllegalMove:
            continue
        seen.append(now.state)
    assert all(pair in LEGAL for pair in pairwise(seen))
    assert PAID not in seen[seen.index(CANCELLING) :] if CANCELLING in seen else len(seen) <= 2


def test_a_move_keeps_the_reason_and_the_trade_it_has() -> None:
    paid = attempt().move(PAID, LATER, trade_no="2026112322001")
    returned = paid.move(CANCELLING, LATER, reason="returned")
    dead = returned.move(DEAD, LATER)
    assert (dead.reason, dead.trade_no) == ("returned", "2026112322001")


@pytest.mark.parametrize(("state", "is_final"), [(SENT, False), (PAID, True), (CANCELLING, False), (DEAD, True)])
def test_paid_and_dead_are_final(state: AttemptState, is_final: bool) -> None:  # noqa: FBT001
    assert attempt(state).is_final is is_final


def test_the_number_alipay_knows_is_gt_and_the_id() -> None:
    assert attempt().out_trade_no == "GT017f22e279b07cc398c4dc0c0c07398f"


@given(ids)
def test_the_number_is_one_alipay_takes(text: str) -> None:
    assert re.fullmatch("[0-9A-Za-z_]{1,64}", attempt(id=text).out_trade_no)


@given(st.lists(ids, unique=True, min_size=2, max_size=20))
def test_no_two_attempts_share_a_number(many: list[str]) -> None:
    assert len({attempt(id=each).out_trade_no for each in many}) == len(many)


@given(ids)
def test_the_number_tells_the_id(text: str) -> None:
    assert str(uuid.UUID(attempt(id=text).out_trade_no[2:])) == text


def test_a_request_may_arrive_for_three_minutes() -> None:
    assert attempt().arrives_until == STARTED + timedelta(minutes=3)


def test_a_charge_never_shows_the_code() -> None:
    charge = Charge("GT1", Money(1250), "280123456789012345", "柜台示例店", "0017", "03", "1001")
    assert "280123456789012345" not in f"{charge} {charge!r} {[charge]}"
    assert repr(charge) == "Charge(GT1, ¥12.50)"


@pytest.mark.parametrize(
    ("reply", "is_certain"),
    [(Cancelled(), False), (Cancelled(closed=True), True), (Cancelled(refunded=True), True)],
)
def test_a_cancel_is_certain_only_when_the_trade_was_found(reply: Cancelled, is_certain: bool) -> None:  # noqa: FBT001
    assert reply.is_certain is is_certain
