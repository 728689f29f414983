"""A PIN is guessed at a price, and pulling the plug does not lower it."""

from datetime import timedelta

import pytest

from pos.domain.errors import BadNumber, PinPaused, StorageError, WrongPin
from pos.domain.staff import Cashier, Role
from pos.storage import staff
from pos.till import sign_in
from pos.till.till import Till
from tests.fake_time import MORNING
from tests.fakes import CHEAP_HASHER, LIN, World, fail_next_commit

WANG = Cashier("1002", "王强", Role.MANAGER)


@pytest.fixture(autouse=True)
def _people(till: Till) -> None:
    sign_in.put_staff(till, LIN, "135790", hasher=CHEAP_HASHER)
    sign_in.put_staff(till, WANG, "246801", hasher=CHEAP_HASHER)


def guess(till: Till, pin: str = "000000", *, number: str = "1001") -> WrongPin | PinPaused:
    with pytest.raises((WrongPin, PinPaused)) as raised:
        sign_in.sign_in(till, number, pin)
    assert isinstance(raised.value, (WrongPin, PinPaused))
    return raised.value


def failures(till: Till, number: str = "1001") -> int:
    found = staff.find_staff(till.db, number)
    assert found
    return found.failures


def test_the_right_pin_says_who_it_is(till: Till) -> None:
    assert sign_in.sign_in(till, "1001", "135790") == LIN
    assert sign_in.sign_in(till, "1002", "246801") == WANG
    assert failures(till) == 0


def test_the_words_do_not_say_whether_number_or_pin_is_wrong(till: Till) -> None:
    wrong_pin, wrong_number = guess(till), guess(till, number="7777")
    assert str(wrong_pin) == str(wrong_number)
    assert guess(till, "").code == "P-109"


def test_a_known_number_can_be_told_from_an_unknown_one_by_the_screen_that_asks(till: Till) -> None:
    assert sign_in.is_known(till, "1001")
    assert not sign_in.is_known(till, "7777")


def test_a_pin_is_kept_as_argon2id_only(till: Till) -> None:
    found = staff.find_staff(till.db, "1001")
    assert found
    assert found.pin_hash.startswith("$argon2id$")
    assert b"135790" not in b"".join(each.read_bytes() for each in till.settings.data_dir.iterdir())
    assert (sign_in.HASHER.time_cost, sign_in.HASHER.memory_cost) == (3, 65_536)


def test_tries_are_counted_down_to_a_pause(till: Till) -> None:
    assert [guess(till).facts.get("tries_left") for _ in range(5)] == [4, 3, 2, 1, 0]
    paused = guess(till)
    assert isinstance(paused, PinPaused)
    assert 30 <= int(str(paused.facts["wait_s"])) <= 31


def test_the_right_pin_forgets_the_wrong_ones(till: Till) -> None:
    for _ in range(4):
        guess(till)
    sign_in.sign_in(till, "1001", "135790")
    assert failures(till) == 0
    assert guess(till).facts["tries_left"] == 4


def test_during_a_pause_even_the_right_pin_waits_and_nothing_is_counted(world: World, till: Till) -> None:
    for _ in range(5):
        guess(till)
    world.clock.advance(29)
    assert isinstance(guess(till, "135790"), PinPaused)
    assert failures(till) == 5
    world.clock.advance(1)
    assert sign_in.sign_in(till, "1001", "135790") == LIN


def test_after_ten_the_pause_is_half_an_hour(world: World, till: Till) -> None:
    for _ in range(5):
        guess(till)
    for _ in range(5):
        world.clock.advance(30)
        assert isinstance(guess(till), WrongPin)
    world.clock.advance(30 * 60 - 1)
    paused = guess(till, "135790")
    assert isinstance(paused, PinPaused)
    world.clock.advance(1)
    assert sign_in.sign_in(till, "1001", "135790") == LIN


def test_no_more_than_ten_guesses_fit_into_any_half_hour(world: World, till: Till) -> None:
    """The bound of facts I20, tried by somebody who types all day."""
    guesses = []
    while world.clock.now() < MORNING + timedelta(hours=3):
        if isinstance(guess(till), WrongPin):
            guesses.append(world.clock.now())
        world.clock.advance(5)
    for first in guesses:
        assert sum(first <= each < first + timedelta(minutes=30) for each in guesses) <= 10


def test_one_persons_pause_is_nobody_elses(till: Till) -> None:
    for _ in range(6):
        guess(till)
    assert sign_in.sign_in(till, "1002", "246801") == WANG


def test_a_new_pin_ends_a_pause(till: Till) -> None:
    for _ in range(6):
        guess(till)
    sign_in.put_staff(till, LIN, "112233", hasher=CHEAP_HASHER)
    assert sign_in.sign_in(till, "1001", "112233") == LIN
    assert isinstance(guess(till, "135790"), WrongPin)


@pytest.mark.parametrize("pin", ["", "123", "1234567890123", "12a4", "１２３４", " 1234", "1234\n"])
def test_a_pin_that_is_none_is_not_taken_and_not_told(till: Till, pin: str) -> None:
    with pytest.raises(BadNumber) as raised:
        sign_in.put_staff(till, LIN, pin, hasher=CHEAP_HASHER)
    assert not pin or pin not in str(raised.value)
    assert sign_in.sign_in(till, "1001", "135790") == LIN


@pytest.mark.parametrize("number", ["", "lin", "1234567890123"])
def test_a_number_nobody_can_type_is_not_taken(till: Till, number: str) -> None:
    with pytest.raises(BadNumber):
        sign_in.put_staff(till, Cashier(number, "林", Role.CASHIER), "135790", hasher=CHEAP_HASHER)
    assert not sign_in.is_known(till, number)


class Killed(BaseException):
    """The plug was pulled."""


def test_a_plug_pulled_while_the_pin_is_checked_does_not_take_the_count_back(
    world: World, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(*_: object) -> bool:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(sign_in, "_is_right", die)
        for _ in range(5):
            with pytest.raises(Killed):
                sign_in.sign_in(till, "1001", "135790")
    again = world.open_anew()
    assert isinstance(guess(again, "135790"), PinPaused)
    again.close()


def test_a_count_that_cannot_be_written_means_the_pin_is_not_checked(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sign_in, "_is_right", lambda *_: pytest.fail("checked before it was counted"))
    fail_next_commit(till.db, on_disk=False)
    with pytest.raises(StorageError):
        sign_in.sign_in(till, "1001", "135790")
