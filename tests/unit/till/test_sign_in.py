"""A PIN is guessed at a price, and pulling the plug or setting the clock does not lower it."""

import stat
from contextlib import closing
from datetime import timedelta

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.domain.errors import (
    BadNumber,
    KeyUnreadable,
    NeedsManager,
    PepperLost,
    PinPaused,
    StorageError,
    WeakPin,
    WrongPin,
    WrongUnlockCode,
)
from pos.domain.staff import By, Cashier, Role
from pos.storage import journal, staff
from pos.till import pins, sign_in
from pos.till.till import Till, till_file
from tests.fake_time import MORNING
from tests.fakes import CHEAP_HASHER, LIN, World, fail_next_commit

WANG = Cashier("1002", "王强", Role.MANAGER)
SIX_MINUTES = 6 * 60


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Argon2id that costs nothing, also for a number nobody has and for a PIN that is kept anew."""
    monkeypatch.setattr(pins, "HASHER", CHEAP_HASHER)
    monkeypatch.setattr(pins, "NOBODY", CHEAP_HASHER.hash("nobody"))


@pytest.fixture(autouse=True)
def unlock_code(till: Till) -> str:
    """Lin and the manager Wang may sign in; this is Wang's unlock code."""
    sign_in.put_staff(till, LIN, "135790", hasher=CHEAP_HASHER)
    return sign_in.put_staff(till, WANG, "246801", hasher=CHEAP_HASHER)


def guess(till: Till, pin: str = "000000", *, number: str = "1001") -> WrongPin | PinPaused:
    with pytest.raises((WrongPin, PinPaused)) as raised:
        sign_in.sign_in(till, number, pin)
    assert isinstance(raised.value, (WrongPin, PinPaused))
    return raised.value


def test_the_right_pin_says_who_it_is(till: Till) -> None:
    assert sign_in.sign_in(till, "1001", "135790") == LIN
    assert sign_in.sign_in(till, "1002", "246801") == WANG
    assert guess(till).facts["tries_left"] == 4


def test_the_words_do_not_say_whether_number_or_pin_is_wrong(till: Till) -> None:
    for left in ("4", "3", "2"):
        wrong_pin, wrong_number = guess(till), guess(till, number="7777")
        assert str(wrong_pin) == str(wrong_number) == f"P-109 WrongPin(tries_left={left})"
    assert guess(till, "").code == "P-109"


def test_a_number_nobody_has_takes_as_long_as_one_that_somebody_has(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    checked: list[str] = []

    def note(argon: str, _secret: bytes) -> bool:
        checked.append(argon)
        return False

    monkeypatch.setattr(pins, "_verify", note)
    guess(till)
    guess(till, number="7777")
    guess(till, number="nobody")
    assert len(checked) == 3


def test_a_known_number_can_be_told_from_an_unknown_one_by_the_screen_that_asks(till: Till) -> None:
    assert sign_in.is_known(till, "1001")
    assert not sign_in.is_known(till, "7777")


def test_a_pin_is_kept_as_argon2id_of_what_only_the_key_file_knows(till: Till) -> None:
    found = staff.find_staff(till.db, "1001")
    assert found
    name, _, argon = found.pin_hash.partition(":")
    assert len(name) == 8
    assert argon.startswith("$argon2id$")
    assert not pins._verify(argon, b"135790"), "without the key even the right PIN fits nothing"
    assert b"135790" not in b"".join(each.read_bytes() for each in till.settings.data_dir.iterdir())
    assert stat.S_IMODE(till.settings.pepper_file.stat().st_mode) == 0o600
    database = (till.settings.data_dir / "till.db").read_bytes() + (till.settings.data_dir / "till.db-wal").read_bytes()
    assert till.settings.pepper_file.read_text().split('"')[3].encode() not in database


def test_the_hash_is_as_slow_as_promised() -> None:
    assert sign_in.put_staff.__kwdefaults__ is not None
    hasher = sign_in.put_staff.__kwdefaults__["hasher"]
    assert (hasher.time_cost, hasher.memory_cost, hasher.type.name) == (3, 65_536, "ID")


def test_five_tries_then_one_every_six_minutes(world: World, till: Till) -> None:
    assert [guess(till).facts.get("tries_left") for _ in range(5)] == [4, 3, 2, 1, 0]
    paused = guess(till)
    assert isinstance(paused, PinPaused)
    assert (paused.facts["wait_s"], paused.facts["minutes"]) == (SIX_MINUTES, 6)
    world.clock.advance(SIX_MINUTES - 1)
    assert isinstance(guess(till, "135790"), PinPaused), "even the right PIN waits"
    world.clock.advance(1)
    assert sign_in.sign_in(till, "1001", "135790") == LIN


def test_the_right_pin_forgets_the_wrong_ones(till: Till) -> None:
    for _ in range(4):
        guess(till)
    sign_in.sign_in(till, "1001", "135790")
    assert guess(till).facts["tries_left"] == 4


def test_a_pause_that_is_tried_against_gets_no_longer(world: World, till: Till) -> None:
    for _ in range(5):
        guess(till)
    for _ in range(SIX_MINUTES):
        assert isinstance(guess(till, "135790"), PinPaused)
        world.clock.advance(1)
    assert sign_in.sign_in(till, "1001", "135790") == LIN


def test_the_clock_on_the_wall_shortens_no_pause(world: World, till: Till) -> None:
    for _ in range(5):
        guess(till)
    for years in (1, -2, 40):
        world.clock.set(MORNING + timedelta(days=365 * years))
        assert isinstance(guess(till, "135790"), PinPaused)
    world.clock.advance(SIX_MINUTES)
    assert sign_in.sign_in(till, "1001", "135790") == LIN


def test_a_machine_that_starts_anew_goes_on_with_its_pause(world: World, till: Till) -> None:
    for _ in range(5):
        guess(till)
    world.clock._monotonic = 7.0  # the machine was switched off and on
    again = world.open_anew()
    assert guess(again, "135790").facts["wait_s"] == SIX_MINUTES
    world.clock.advance(SIX_MINUTES)
    assert sign_in.sign_in(again, "1001", "135790") == LIN
    again.close()


def test_somebody_who_tries_many_people_is_slowed_at_this_till(till: Till) -> None:
    told = [guess(till, number=f"20{number:02}") for number in range(11)]
    assert [isinstance(each, PinPaused) for each in told] == [False] * 10 + [True]
    assert isinstance(guess(till, "135790"), PinPaused)


def test_a_cashiers_own_right_pin_wipes_out_no_guess_at_others(till: Till) -> None:
    told = []
    for _ in range(11):
        told.append(guess(till, number="1002"))
        if not isinstance(told[-1], PinPaused):
            sign_in.sign_in(till, "1001", "135790")
    assert sum(isinstance(each, WrongPin) for each in told) == 5
    for _ in range(5):
        assert isinstance(guess(till, number="3001"), WrongPin), "the till still had five"
    assert isinstance(guess(till, number="3002"), PinPaused)


def test_signing_in_all_day_costs_nothing(till: Till) -> None:
    for _ in range(30):
        assert sign_in.sign_in(till, "1001", "135790") == LIN


def test_one_persons_pause_is_nobody_elses(till: Till) -> None:
    for _ in range(6):
        guess(till)
    assert sign_in.sign_in(till, "1002", "246801") == WANG


# The manager's way round a pause


def test_a_manager_with_the_unlock_code_waits_for_nobody(till: Till, unlock_code: str) -> None:
    for number in ("1002", "1001", "7777"):
        for _ in range(6):
            guess(till, number=number)
    assert isinstance(guess(till, "246801", number="1002"), PinPaused)
    assert sign_in.sign_in(till, "1002", "246801", unlock_code) == WANG
    assert isinstance(guess(till), PinPaused), "for others nothing has changed"


def test_the_unlock_code_alone_signs_nobody_in(till: Till, unlock_code: str) -> None:
    with pytest.raises(WrongPin):
        sign_in.sign_in(till, "1002", "246802", unlock_code)
    with pytest.raises(WrongPin):
        sign_in.sign_in(till, "1002", unlock_code)
    assert (len(unlock_code), unlock_code.isdigit()) == (16, True)


@pytest.mark.parametrize("number", ["1002", "1001", "7777"])
def test_a_wrong_unlock_code_opens_nothing_and_the_pin_is_not_looked_at(till: Till, number: str) -> None:
    with pytest.raises(WrongUnlockCode):
        sign_in.sign_in(till, number, "246801", "0" * 16)
    with pytest.raises(WrongUnlockCode):
        sign_in.by_unlock_code(till, number, "0" * 16)


def test_a_manager_who_forgot_the_pin_gets_a_new_one_by_the_unlock_code(till: Till, unlock_code: str) -> None:
    manager = sign_in.by_unlock_code(till, "1002", unlock_code)
    anew = sign_in.put_staff(till, WANG, "975318", by=By(manager), hasher=CHEAP_HASHER)
    assert sign_in.sign_in(till, "1002", "975318") == WANG
    with pytest.raises(WrongUnlockCode):
        sign_in.by_unlock_code(till, "1002", unlock_code)
    assert sign_in.by_unlock_code(till, "1002", anew) == WANG


# New PINs


def test_a_new_pin_ends_a_pause(till: Till) -> None:
    for _ in range(6):
        guess(till)
    sign_in.put_staff(till, LIN, "482915", by=By(WANG), hasher=CHEAP_HASHER)
    assert sign_in.sign_in(till, "1001", "482915") == LIN
    assert isinstance(guess(till, "135790"), WrongPin)


def test_once_there_is_a_manager_only_a_manager_adds_people(till: Till) -> None:
    for by in (None, By(LIN)):
        with pytest.raises(NeedsManager):
            sign_in.put_staff(till, Cashier("1003", "赵雪", Role.MANAGER), "518736", by=by, hasher=CHEAP_HASHER)
    assert not sign_in.is_known(till, "1003")


def test_who_was_added_by_whom_is_in_the_journal_without_a_name(till: Till) -> None:
    sign_in.put_staff(till, LIN, "482915", by=By(WANG), hasher=CHEAP_HASHER)
    told = [each.facts for each in journal.entries(till.db, till.identity.name, 1) if each.kind == "staff.changed"]
    assert told == [
        {"number": "1001", "role": "cashier", "ordered_by": "", "approver": ""},
        {"number": "1002", "role": "manager", "ordered_by": "", "approver": ""},
        {"number": "1001", "role": "cashier", "ordered_by": "1002", "approver": ""},
    ]


@pytest.mark.parametrize("pin", ["", "1234567890123", "12a456", "１２３４７９", " 123479", "123479\n"])
def test_a_pin_that_is_none_is_not_taken_and_not_told(till: Till, pin: str) -> None:
    with pytest.raises(BadNumber) as raised:
        sign_in.put_staff(till, LIN, pin, by=By(WANG), hasher=CHEAP_HASHER)
    assert not pin or pin not in str(raised.value)
    assert sign_in.sign_in(till, "1001", "135790") == LIN


def test_a_pin_that_would_be_guessed_is_not_taken_and_not_told(till: Till) -> None:
    with pytest.raises(WeakPin) as raised:
        sign_in.put_staff(till, LIN, "121212", by=By(WANG), hasher=CHEAP_HASHER)
    assert "121212" not in str(raised.value)
    assert sign_in.sign_in(till, "1001", "135790") == LIN


@pytest.mark.parametrize("number", ["", "lin", "1234567890123"])
def test_a_number_nobody_can_type_is_not_taken(till: Till, number: str) -> None:
    with pytest.raises(BadNumber):
        sign_in.put_staff(till, Cashier(number, "林", Role.CASHIER), "135790", by=By(WANG), hasher=CHEAP_HASHER)
    assert not sign_in.is_known(till, number)


# The key beside the database


def change_staff(till: Till, statement: str, *values: str) -> None:
    with closing(sqlite.connect(str(till_file(till.settings)), isolation_level=None)) as tool:
        tool.execute(statement, values)


def test_a_pin_of_before_there_was_a_key_is_right_once_more_and_then_kept_anew(till: Till) -> None:
    till.settings.pepper_file.unlink()
    change_staff(till, "UPDATE staff SET pin_hash = ? WHERE number = '1001'", CHEAP_HASHER.hash("1234"))
    assert not sign_in.is_kept_safely(till, "1001")
    assert sign_in.sign_in(till, "1001", "1234") == LIN, "short as it is"
    assert sign_in.is_kept_safely(till, "1001")
    assert sign_in.sign_in(till, "1001", "1234") == LIN
    assert isinstance(guess(till, "1235"), WrongPin)


@pytest.mark.parametrize(
    "edit",
    [
        "UPDATE staff SET role = 'manager' WHERE number = '1001'",
        "UPDATE staff SET pin_hash = (SELECT pin_hash FROM staff WHERE number = '1002') WHERE number = '1001'",
        f"UPDATE staff SET role = 'manager', pin_hash = '{CHEAP_HASHER.hash('135790')}' WHERE number = '1001'",
    ],
    ids=["a higher role", "the PIN of somebody else", "a PIN as they were kept before there was a key"],
)
def test_a_row_that_was_edited_fits_no_pin(till: Till, edit: str) -> None:
    change_staff(till, edit)
    assert isinstance(guess(till, "135790"), WrongPin)
    assert isinstance(guess(till, "246801"), WrongPin)


@pytest.mark.parametrize("is_changed", [False, True], ids=["lost", "changed"])
def test_a_key_that_is_gone_is_said_and_new_pins_mend_it(till: Till, *, is_changed: bool) -> None:
    till.settings.pepper_file.unlink()
    if is_changed:
        sign_in.put_staff(till, Cashier("1003", "赵雪", Role.CASHIER), "518736", hasher=CHEAP_HASHER)
    with pytest.raises(PepperLost) as raised:
        sign_in.sign_in(till, "1001", "135790")
    assert "pin.pepper" in str(raised.value)
    sign_in.put_staff(till, WANG, "246801", hasher=CHEAP_HASHER)
    sign_in.put_staff(till, LIN, "482915", by=By(WANG), hasher=CHEAP_HASHER)
    assert sign_in.sign_in(till, "1001", "482915") == LIN


def test_a_key_that_others_may_read_is_not_used(till: Till) -> None:
    till.settings.pepper_file.chmod(0o644)
    with pytest.raises(KeyUnreadable, match="chmod 600"):
        sign_in.sign_in(till, "1001", "135790")


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
