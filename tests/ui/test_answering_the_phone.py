"""A manager answers another till's cashier over the telephone: types what is told, and reads six digits back."""

from contextlib import closing

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from pos.domain.approval import answer_digits
from pos.domain.money import ZERO, Money
from pos.domain.staff import Act, By
from pos.till import proofs
from tests.fakes import MEI
from tests.ui.conftest import MEIS_PIN, Desk, find
from ui.stage import Stage

KEY = bytes(range(20))


@pytest.fixture
def answering(desk: Desk) -> Desk:
    """Mei before the page, with the key that answers come from."""
    with closing(desk.world.open()) as till:
        proofs.give_phone_key(till, MEI.number, KEY, by=By(MEI))
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.show(Stage.STORE)
    QTest.keyClick(desk.window.store, Qt.Key.Key_5)
    assert desk.counter.stage is Stage.ANSWER
    return desk


def type_all(desk: Desk, *texts: str) -> None:
    """By keys alone, each box after the other."""
    for text in texts:
        box = desk.window.focusWidget()
        assert isinstance(box, QLineEdit)
        QTest.keyClicks(box, text)
        desk.window._press_enter()


def read_back(desk: Desk) -> str:
    """Return the digits that the screen shows."""
    desk.qtbot.waitUntil(lambda: find(desk.window, "answer_digits").isVisible(), timeout=5_000)
    return desk.read("answer_digits")


def spaced(digits: str) -> str:
    """Return six digits as the screen shows them."""
    return f"{digits[:3]} {digits[3:]}"


def test_what_is_told_is_said_back_before_the_pin_and_answered_after_it(answering: Desk) -> None:
    type_all(answering, "04", "12.5", "41829917")
    assert answering.read("answer_summary") == "门店 0017，柜台 04：退款 ¥12.50"
    assert not find(answering.window, "answer_confirm").isEnabled()
    type_all(answering, MEIS_PIN)
    right = answer_digits(KEY, "0017-04", Act.REFUND, Money(1_250), "41829917")
    assert read_back(answering) == spaced(right)
    assert MEIS_PIN not in answering.read("answer_summary")


def test_a_drawer_that_is_opened_has_no_amount_and_arrows_choose_the_act(answering: Desk) -> None:
    page = answering.window.answer
    for _ in range(5):
        QTest.keyClick(page, Qt.Key.Key_Down)
    type_all(answering, "04", "41829917")
    assert answering.read("answer_summary") == "门店 0017，柜台 04：开钱箱"
    type_all(answering, MEIS_PIN)
    assert read_back(answering) == spaced(answer_digits(KEY, "0017-04", Act.NO_SALE, ZERO, "41829917"))


def test_a_lower_price_is_said_back_as_what_it_lacks(answering: Desk) -> None:
    for _ in range(3):
        QTest.keyClick(answering.window.answer, Qt.Key.Key_Down)
    type_all(answering, "04", "4.5", "41829917")
    assert answering.read("answer_summary") == "门店 0017，柜台 04：改价，少收 ¥4.50"
    type_all(answering, MEIS_PIN)
    assert read_back(answering) == spaced(answer_digits(KEY, "0017-04", Act.PRICE, Money(450), "41829917"))


def test_an_answer_goes_away_as_soon_as_something_else_is_typed(answering: Desk) -> None:
    type_all(answering, "04", "12.5", "41829917", MEIS_PIN)
    read_back(answering)
    answering.window.answer._amount.setText("125")
    assert not find(answering.window, "answer_digits").isVisible()


def test_a_wrong_pin_answers_nothing(answering: Desk) -> None:
    type_all(answering, "04", "12.5", "41829917", "111222")
    answering.qtbot.waitUntil(lambda: find(answering.window, "answer_result").isVisible(), timeout=5_000)
    assert "P-109" in answering.read("answer_result")
    assert not find(answering.window, "answer_digits").isVisible()
    type_all(answering, MEIS_PIN)
    assert len(read_back(answering)) == 7


def test_a_cashier_does_not_get_there(desk: Desk) -> None:
    desk.sign_in()
    desk.counter.show(Stage.STORE)
    QTest.keyClick(desk.window.store, Qt.Key.Key_5)
    assert desk.counter.stage is Stage.STORE
    assert not find(desk.window, "store_answer").isEnabled()
