"""Who pauses after wrong PINs is told how to go on; a manager has a way round; an old PIN that is weak is remarked."""

from contextlib import closing

import pytest
from PySide6.QtWidgets import QLabel

from pos.domain.staff import Cashier, Role
from pos.storage import staff
from pos.till import pins, sign_in
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN
from tests.ui.conftest import Desk
from ui.stage import Said, Stage, Word

QIANG = Cashier("9002", "李强", Role.MANAGER)


def words(desk: Desk) -> str:
    notice = desk.window.sign_in._notice
    return " ".join(label.text() for label in notice.findChildren(QLabel))


def type_in(desk: Desk, number: str, pin: str, unlock_code: str = "") -> None:
    page = desk.window.sign_in
    page.number.setText(number)
    page.pin.setText(pin)
    page.unlock.setText(unlock_code)
    page.press_enter()
    desk.qtbot.waitUntil(lambda: desk.counter.stage is not Stage.SIGN_IN or page._enter.isEnabled(), timeout=5000)


def test_after_five_wrong_pins_the_pause_is_told_and_the_managers_code_is_asked_for(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pins, "HASHER", CHEAP_HASHER)
    with closing(desk.world.open()) as till:
        code = sign_in.put_staff(till, QIANG, "640392", by=BY_MEI, hasher=CHEAP_HASHER)
    for _ in range(5):
        type_in(desk, "9002", "739164")
        assert "工号或密码不对" in words(desk)
        assert not desk.window.sign_in.unlock.isVisible()
    type_in(desk, "9002", "640392")
    assert "最多等 6 分钟就可以再试" in words(desk)
    assert desk.window.sign_in.unlock.isVisible()
    type_in(desk, "9002", "640392", "0" * 16)
    assert "解锁码不对" in words(desk)
    type_in(desk, "9002", "640392", code)
    assert desk.counter.cashier == QIANG


def test_the_pin_stays_in_no_box(desk: Desk) -> None:
    type_in(desk, LIN.number, "739164", "1234")
    page = desk.window.sign_in
    assert (page.pin.text(), page.unlock.text()) == ("", "")


def test_an_old_pin_that_would_be_guessed_signs_in_and_is_remarked(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pins, "HASHER", CHEAP_HASHER)
    with closing(desk.world.open()) as till, till.transaction():
        staff.put_staff(till.db, LIN, CHEAP_HASHER.hash("1234"))
        till.settings.pepper_file.unlink()
    type_in(desk, LIN.number, "1234")
    assert desk.counter.stage is Stage.SELL
    assert Said(Word.WEAK_PIN) in desk.said


def test_a_good_pin_is_not_remarked(desk: Desk) -> None:
    desk.sign_in()
    assert Said(Word.WEAK_PIN) not in desk.said
