"""Somebody types what they like, when they like, pulls plugs and sets clocks; the manager still gets in.

What is drawn: who is guessed at, pauses, restarts of program and machine, jumps of the wall clock, cashiers' sign-ins.
What must hold: no more guesses than I20 allows, whatever happened; and the manager, who then comes, waits six minutes
at most, or not at all with the unlock code.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pos.domain.errors import PinPaused, WrongPin
from pos.domain.staff import By, Cashier, Role
from pos.till import pins, sign_in
from pos.till.till import Till
from tests.fake_time import MORNING
from tests.fakes import CHEAP_HASHER, LIN, World, quick_folder

MANAGER = Cashier("9001", "陈静", Role.MANAGER)
PINS = {LIN.number: "704815", MANAGER.number: "905147"}
ACCOUNT_MOST, TILL_MOST = 10, 20
"""Invariant I20: tries in any half hour for a person, in any hour at a till."""

ACTS = st.one_of(
    st.tuples(st.just("guess"), st.sampled_from(["9001", "9001", "9001", "1001", "4711", "?"])),
    st.tuples(st.just("guess_until_paused"), st.sampled_from(["9001", "9001", "1001", "4711"])),
    st.tuples(st.just("camp"), st.sampled_from(["9001", "1001"])),
    st.tuples(st.just("wait"), st.sampled_from([1, 20, 179, 359, 360, 361, 1800, 3600])),
    st.tuples(st.just("wait_as_told"), st.just(0)),
    st.tuples(st.just("set_clock"), st.integers(-(10**9), 10**9)),
    st.tuples(st.just("restart"), st.booleans()),
    st.tuples(st.just("cashier"), st.just(0)),
)


@dataclass
class Attack:
    """A till and what was typed at it."""

    till: Till
    world: World
    real_s: float = 0.0
    told_s: int = 0
    looked_at: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def act(self, name: str, value: int | str | bool) -> None:  # noqa: FBT001
        getattr(self, name)(value)

    def guess(self, number: str) -> bool:
        try:
            sign_in.sign_in(self.till, number, "000000")
        except PinPaused as paused:
            self.told_s = int(str(paused.facts["wait_s"]))
            return False
        except WrongPin:
            self.looked_at[number].append(self.real_s)
            self.looked_at["all"].append(self.real_s)
            return True
        raise AssertionError("a wrong PIN signed in")

    def guess_until_paused(self, number: str) -> None:
        while self.guess(number):
            pass

    def camp(self, number: str) -> None:
        """Stay for half an hour and take each try as it comes."""
        for _ in range(6):
            self.guess_until_paused(number)
            self.wait_as_told(0)

    def wait(self, seconds: int) -> None:
        self.real_s += seconds
        self.world.clock.advance(seconds)

    def wait_as_told(self, _: int) -> None:
        self.wait(self.told_s)

    def set_clock(self, offset_s: int) -> None:
        self.world.clock.set(MORNING + timedelta(seconds=offset_s))

    def restart(self, is_machine: bool) -> None:  # noqa: FBT001
        if is_machine:
            self.world.clock._monotonic = 3.0
        self.till.close()
        self.till = self.world.open()

    def cashier(self, _: int) -> None:
        try:
            assert sign_in.sign_in(self.till, LIN.number, PINS[LIN.number]) == LIN
            self.looked_at[LIN.number].clear()  # a success, after which the count may begin anew
        except PinPaused as paused:
            self.told_s = int(str(paused.facts["wait_s"]))


@pytest.fixture(scope="module")
def shop() -> Iterator[tuple[Till, World, str]]:
    """A till with Lin and the manager, for one attack after another."""
    with quick_folder() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(pins, "HASHER", CHEAP_HASHER)
        patch.setattr(pins, "NOBODY", CHEAP_HASHER.hash("nobody"))
        world = World(folder / "till")
        world.clock._monotonic = 90_000.0  # the machine has been on for a day
        till = world.open()
        code = sign_in.put_staff(till, MANAGER, PINS["9001"], hasher=CHEAP_HASHER)
        sign_in.put_staff(till, LIN, PINS["1001"], by=By(MANAGER), hasher=CHEAP_HASHER)
        yield till, world, code


def most_in(times: list[float], window_s: float) -> int:
    return max((sum(first <= each <= first + window_s for each in times) for first in times), default=0)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@example(acts=[("camp", "9001"), ("restart", 1), ("camp", "9001"), ("restart", 1), ("camp", "9001")], brings_code=False)
@given(acts=st.lists(ACTS, max_size=40), brings_code=st.booleans())
def test_the_guesser_is_held_to_the_limits_and_the_manager_gets_in(
    shop: tuple[Till, World, str], *, acts: list[tuple[str, int]], brings_code: bool
) -> None:
    till, world, code = shop
    with till.transaction():
        till.db.execute("DELETE FROM pin_tries")
    attack = Attack(world.open(), world)
    try:
        for name, value in acts:
            attack.act(name, value)
        for number in ("9001", "1001", "4711"):
            assert most_in(attack.looked_at[number], 30 * 60) <= ACCOUNT_MOST
        assert most_in(attack.looked_at["all"], 60 * 60) <= TILL_MOST
        waited = 0
        if not brings_code:
            waited = wait_for_turn(attack)
        assert sign_in.sign_in(attack.till, "9001", PINS["9001"], code * brings_code) == MANAGER
        assert waited <= 6 * 60
    finally:
        attack.till.close()


def wait_for_turn(attack: Attack) -> int:
    """Let the manager type the right PIN, wait as the screen says, and no more; return how long that took."""
    try:
        sign_in.sign_in(attack.till, "9001", PINS["9001"])
    except PinPaused as paused:
        told = int(str(paused.facts["wait_s"]))
        attack.wait(told)
        return told
    return 0


def test_the_attacker_of_this_test_gets_all_that_is_allowed(shop: tuple[Till, World, str]) -> None:
    """Else the limits above would hold for want of trying."""
    till, world, _ = shop
    with till.transaction():
        till.db.execute("DELETE FROM pin_tries")
    attack = Attack(world.open(), world)
    for _ in range(30):
        attack.guess_until_paused("9001")
        attack.wait_as_told(0)
    assert most_in(attack.looked_at["9001"], 30 * 60) >= ACCOUNT_MOST - 1
    with till.transaction():
        till.db.execute("DELETE FROM pin_tries")
    spread = Attack(attack.till, world)
    for round_ in range(30):
        spread.guess_until_paused(str(round_))
        spread.wait_as_told(0)
    assert most_in(spread.looked_at["all"], 60 * 60) >= TILL_MOST - 1
    attack.till.close()
