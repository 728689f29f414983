"""The managers' room: who may enter, how one gets about, and that it tells what is on the disk."""

import re
from collections.abc import Sequence
from contextlib import closing
from datetime import date, timedelta
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from pos.domain.cash import CashKind
from pos.domain.errors import HubUnreachable, NeedsManager
from pos.domain.exchange import Exchange
from pos.domain.money import Money
from pos.domain.sale import TenderKind
from pos.domain.staff import Role
from pos.domain.store_day import TillDay
from pos.domain.unusual import Unusual
from pos.settings import Language
from pos.storage import journal, sales
from pos.till import cash, corrections, exchange, pay, returns, shifts
from pos.till import sell as verb
from tests.fakes import BY_MEI, MEI, NOODLES, TEA
from tests.ui.conftest import MEIS_PIN, Desk, sell
from ui import language, theme
from ui.display import shop_time
from ui.manager.calendar_view import CalendarBoard
from ui.manager.cash_view import CashBoard
from ui.manager.sheet import SheetTable
from ui.manager.tills_view import TillsBoard
from ui.manager.unusual_view import GROUPS, UnusualBoard
from ui.manager.view import View
from ui.manager.words import role_name, tender_name, unusual_name
from ui.stage import Said, Stage, Word

Board = TypeVar("Board", bound=View)

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
VIEWS = {1: "today_board", 2: "cash_board", 3: "goods_board", 4: "people_board", 5: "unusual_board",
         6: "payments_board", 7: "calendar_board", 8: "tills_board", 9: "journal_board"}  # fmt: skip
TODAY = date(2026, 11, 23)


def press(desk: Desk, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key."""
    QTest.keyClick(desk.window, key, modifier)


def in_room(desk: Desk, kind: type[QWidget] = QWidget) -> list[QWidget]:
    """The parts of a kind that can be seen in the manager's view."""
    return [each for each in desk.window.today.view.findChildren(kind) if each.isVisible()]


def view(desk: Desk, kind: type[Board]) -> Board:
    """The view that is open, which is of this kind."""
    found = desk.window.today.view
    assert isinstance(found, kind)
    return found


def wait_words(desk: Desk, name: str, words: str) -> None:
    """Wait until a part says these words."""
    desk.qtbot.waitUntil(lambda: words in desk.read(name), timeout=20_000)


@pytest.mark.parametrize("way", ["touch", "key"])
def test_a_cashier_stays_at_the_counter_and_is_told_whom_to_ask(desk: Desk, way: str) -> None:
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    if way == "touch":
        desk.press("strip_today")
    else:
        press(desk, Key.Key_F8, CONTROL)
    assert desk.counter.stage is Stage.SELL
    assert desk.said[-1] == Said(Word.MANAGERS_ROOM)
    assert desk.read("notice_action").startswith("请店长扫员工卡，或按 F11")
    press(desk, Key.Key_Escape)
    assert "店长" not in desk.read("notice_words")


def test_a_cashier_who_gets_inside_reads_no_figure_with_any_key(desk: Desk) -> None:
    desk.sign_in()
    sell(desk, NOODLES)
    desk.counter.show(Stage.TODAY)
    for key in (Key.Key_1, Key.Key_2, Key.Key_5, Key.Key_9, Key.Key_Left, Key.Key_Space):
        QTest.keyClick(desk.window.today, key)
        assert "店长" in desk.read("manager_refusal")
        assert not in_room(desk)
    desk.press("manager_rail_3")
    assert not in_room(desk)
    assert not [each for each in desk.window.today.findChildren(QLabel) if "4.50" in each.text() and each.isVisible()]


def test_the_journal_does_not_leave_with_a_cashier(desk: Desk) -> None:
    desk.sign_in()
    refused: list[object] = []
    errands = desk.window._room.errands
    errands.verify(lambda _proofs: pytest.fail("told"), refused.append)
    errands.export(lambda _path: pytest.fail("written"), refused.append)
    errands.write_poslog(TODAY, lambda _path: pytest.fail("written"), refused.append)
    desk.qtbot.waitUntil(lambda: len(refused) == 3, timeout=5000)
    assert all(isinstance(each, NeedsManager) for each in refused)
    assert not errands.folder.exists()


@pytest.mark.parametrize("place", VIEWS)
def test_a_manager_reaches_every_view_by_digit_and_by_touch(room: Desk, place: int) -> None:
    QTest.keyClick(room.window.today, Key(Key.Key_0 + place))
    assert room.window.today.view.objectName() == VIEWS[place]
    assert in_room(room)
    room.press("manager_rail_1")
    room.press(f"manager_rail_{place}")
    assert room.window.today.view.objectName() == VIEWS[place]


def test_the_first_line_is_what_should_be_in_the_drawer(room: Desk) -> None:
    """¥100.00 float, ¥4.50 and ¥2.00 in cash."""
    assert "¥106.50" in room.read("today_answer")
    assert room.read("today_net") == "¥6.50"
    assert room.read("today_sales") == "2"
    assert room.read("today_average") == "¥3.25"
    assert room.read("today_units_per_sale") == "1.00"
    assert room.read("today_net_change") == "上周没有"


def test_figures_change_while_sales_land(room: Desk) -> None:
    with closing(room.world.open()) as till:
        cart = verb.new_cart(till)
        verb.scan(till, cart, TEA)
        verb.pay_cash(till, cart, Money(20_000))
    room.counter.figures_changed.emit()
    assert room.read("today_net") == "¥206.49"
    assert "¥306.49" in room.read("today_answer")


def test_a_touch_turns_a_figure_round_to_what_it_means(room: Desk) -> None:
    room.press("today_card_average")
    assert "÷ 笔数" in room.read("today_average_means")
    assert not [each for each in in_room(room) if each.objectName() == "today_average"]
    room.press("today_card_average")
    assert room.read("today_average") == "¥3.25"


def test_the_space_bar_turns_charts_into_numbers_and_back(room: Desk) -> None:
    assert room.on_screen("today_hours_picture")
    QTest.keyClick(room.window.today, Key.Key_Space)
    table = room.on_screen("today_tenders_table")
    assert isinstance(table, SheetTable)
    assert not [each for each in in_room(room) if each.objectName() == "today_hours_picture"]
    assert [table.text(0, column) for column in range(3)] == ["现金", "2", "¥6.50"]
    QTest.keyClick(room.window.today, Key.Key_Space)
    assert room.on_screen("today_hours_picture")


def test_arrows_turn_the_day_but_never_past_today(room: Desk) -> None:
    QTest.keyClick(room.window.today, Key.Key_Left)
    assert "2026-11-22 周日" in room.read("manager_day")
    assert "还没有开班" in room.read("today_answer")
    assert room.read("today_net") == "¥0.00"
    for _ in range(2):
        QTest.keyClick(room.window.today, Key.Key_Right)
    assert room.window.today.day == TODAY
    assert not room.on_screen("manager_later").isEnabled()


def test_a_touch_on_a_day_of_the_calendar_opens_it(room: Desk) -> None:
    room.press("manager_rail_7")
    days = [each for each in in_room(room) if each.objectName().startswith("calendar_day_")]
    assert len(days) == 29, "four weeks, and the Monday that is on"
    room.press("calendar_day_20")
    assert room.window.today.view.objectName() == "today_board"
    assert room.window.today.day == TODAY - timedelta(days=8)


def test_the_calendar_knows_the_holidays(room: Desk) -> None:
    """1 to 7 October 2026 are days off, 20 September and 10 October are worked (State Council, 2026)."""
    room.window.today.pick(date(2026, 10, 11))
    room.press("manager_rail_7")
    marks = {key.day.day: key._mark for key in view(room, CalendarBoard)._keys if key.day and key.isVisible()}
    assert "国庆" in marks[date(2026, 10, 1)]
    assert "休" in marks[date(2026, 10, 7)]
    assert "班" in marks[date(2026, 9, 20)]
    assert marks[date(2026, 10, 8)] == ""


def test_a_day_is_closed_at_the_second_touch_and_stays_so(room: Desk) -> None:
    room.press("manager_rail_2")
    assert not room.on_screen("cash_close_day").isEnabled()
    room.window.today.leave()
    room.counter.close_shift(Money(10_600))
    room.wait_for(Stage.SHIFT_CLOSED)
    room.press("strip_today")
    room.press("manager_rail_2")
    assert "▼ 短 ¥0.50" in room.read("cash_answer")
    room.press("cash_close_day")
    assert "再按一次" in view(room, CashBoard).close_day.text()
    assert "今天还没过完" in room.read("cash_closed")
    room.press("cash_close_day")
    wait_words(room, "cash_closed", "日结 Z1")
    assert "¥6.50" in room.read("cash_closed")
    room.window.today.leave()
    assert room.counter.stage is Stage.OPEN_SHIFT


def test_an_unusual_row_leads_to_its_receipt(room: Desk) -> None:
    room.window.today.leave()
    room.counter.code_seen(TEA)
    room.window.counter.operations.line_discount()
    room.window.counter.operations.pad.box.setText("10")
    room.window.counter.press_enter()
    room.press("pay")
    room.press("cash_exact")
    room.wait_for(Stage.PAID)
    assert room.counter.sale
    receipt_no = room.counter.sale.receipt_no
    room.press("strip_today")
    room.press("manager_rail_5")
    board = view(room, UnusualBoard)
    assert board.table.text(0, 2) == "手工折扣"
    board.table.clicked.emit(board.table.model().index(0, 2))
    assert receipt_no in board._receipt.text()
    assert "¥20.00" in room.read("unusual_origin"), "ten percent of ¥199.99, to the fen: ¥20.00"
    room.press("unusual_group_3")
    assert "没有这样的事" in room.read("unusual_count")


def test_an_unusual_row_without_a_receipt_is_told_in_words(desk: Desk) -> None:
    desk.sign_in(MEI.number, MEIS_PIN)
    with closing(desk.world.open()) as till:
        cash.move_cash(till, CashKind.OUT, Money(500), "付运费", by=BY_MEI)
    desk.press("strip_today")
    desk.press("manager_rail_5")
    board = view(desk, UnusualBoard)
    board.open_row(0)
    told = board._receipt.text()
    assert [words in told for words in ("营业日", "￥5.00", "付运费", "_fen", "cash_id")] == [True] * 3 + [False] * 2


def test_an_open_payment_stands_in_the_list_with_one_thing_to_do(room: Desk) -> None:
    room.window.today.leave()
    room.counter.code_seen(TEA)
    room.counter.begin_pay()
    room.world.alipay.lose_next_request(arrives_after_s=5)
    room.counter.code_seen(room.world.alipay.show_code())
    room.wait_for(Stage.UNKNOWN)
    room.world.alipay.is_down = True
    room.counter.stop_waiting()
    room.wait_for(Stage.PAY)
    press(room, Key.Key_F8, CONTROL)
    room.press("manager_rail_6")
    assert room.read("payments_open") == "1 笔"
    assert "正在查询" in room.read("payments_answer")
    room.press("payments_review")
    assert room.counter.stage is Stage.REVIEW


def test_the_journal_is_proven_on_demand(room: Desk) -> None:
    room.press("manager_rail_9")
    room.press("journal_verify")
    wait_words(room, "journal_answer", "账本完整")
    last, head = journal.head(room.till.db, room.till.identity.epoch)
    assert f"第 1 到 {last} 条，最后一条 {head[:16]}" in room.read("journal_answer")


class Office:
    """A head office that knows three tills, or that cannot be reached."""

    def __init__(self, desk: Desk, *, is_there: bool) -> None:
        self._desk, self._is_there = desk, is_there

    def tills_of(self, _store: str, _day: date) -> Sequence[TillDay]:
        """Three tills, one of them silent and one with two entries nobody could add up."""
        if not self._is_there:
            raise HubUnreachable(reason="no route")
        now = self._desk.world.clock.now()
        heard = {"0017-01": timedelta(0), "0017-02": timedelta(minutes=42), "0017-03": timedelta(0)}
        return [TillDay(till, 2, Money(1_000), 1, Money(100), {"cash": Money(1_000)}, now - ago,
                        unread=2 if till == "0017-01" else 0) for till, ago in heard.items()]  # fmt: skip


def test_the_stores_tills_are_told_apart_from_our_own_with_what_is_missing(room: Desk) -> None:
    room.window._room.errands._totals = Office(room, is_there=True)
    room.press("manager_rail_8")
    wait_words(room, "tills_store", "¥27.00 · 6 笔")
    assert room.read("tills_own") == "净销售额 ¥6.50 · 2 笔"
    assert "0017-02" in room.read("tills_missing")
    assert "没上传" in room.read("tills_missing")
    assert "总部有 2 条没算进去" in room.read("tills_missing")
    table = view(room, TillsBoard)._table
    assert [table.text(row, 0) for row in range(3)] == ["0017-01", "⚠ 0017-02", "0017-03"]
    grounds = [table.model().index(row, 3).data(Qt.ItemDataRole.BackgroundRole) for row in range(3)]
    assert grounds == [None, QColor(theme.AMBER_PALE), None]


def column(table: SheetTable, place: int) -> list[str]:
    """What stands in a column."""
    return [table.text(row, place) for row in range(table.model().rowCount())]


def test_the_stores_tills_are_printed_and_written_once_head_office_has_answered(room: Desk) -> None:
    room.window._room.errands._totals = Office(room, is_there=True)
    room.press("manager_rail_8")
    board = view(room, TillsBoard)
    room.qtbot.waitUntil(lambda: bool(board.sheets()), timeout=4000)
    assert all(room.on_screen(key).isEnabled() for key in ("manager_csv", "manager_print"))


def test_a_day_paid_by_card_and_by_goods_is_shown_like_any_other(desk: Desk) -> None:
    """Noodles in cash that were a card, and a tea for which noodles came back."""
    desk.sign_in(MEI.number, MEIS_PIN)
    sell(desk, NOODLES)
    sell(desk, NOODLES)
    with closing(desk.world.open()) as till:
        first, second = sales.list_of_day(till.db, TODAY)
        corrections.correct_tender(till, first.id, 1, TenderKind.BANK_CARD, "刷的卡", by=BY_MEI)
        cart = verb.new_cart(till)
        verb.scan(till, cart, TEA)
        of = returns.find_returnable(till, second.receipt_no)
        cart.credit = exchange.begin(till, cart, Exchange(of, {1: 1}, "换", "", ""), by=BY_MEI)
        verb.pay_cash(till, cart, Money(20_000))
    desk.press("strip_today")
    desk.press("manager_numbers")
    tenders = desk.on_screen("today_tenders_table")
    assert isinstance(tenders, SheetTable)
    assert column(tenders, 0) == ["现金", "换货抵付", "银行卡", "支付宝"]


def test_money_back_in_cash_is_among_what_was_unusual(desk: Desk) -> None:
    """Alipay refuses for good, so the drawer gives it."""
    with closing(desk.world.open()) as till:
        alipay = desk.world.alipay
        cart = verb.new_cart(till)
        verb.scan(till, cart, NOODLES)
        pay.charge(till, cart, alipay.show_code())
        alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
        (sold,) = sales.list_of_day(till.db, TODAY)
        returns.give_back(till, returns.find_returnable(till, sold.receipt_no), {1: 1}, "坏了", by=BY_MEI)
        for each in returns.owed(till, sold.receipt_no):
            returns.give_owed(till, each, by=BY_MEI)
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.press("strip_today")
    desk.press("manager_rail_5")
    desk.press("unusual_group_3")
    assert "支付宝退不了，改退现金" in column(view(desk, UnusualBoard).table, 2)


def test_a_drawer_with_too_much_or_too_little_is_called_so(room: Desk) -> None:
    for counted, said in ((10_700, "长款  ¥0.50"), (9_000, "短款  -¥10.00")):
        with closing(room.world.open()) as till:
            shifts.close_shift(till, Money(counted))
            shifts.open_shift(till, MEI, Money(10_000))
        room.window.today.choose(4)
        room.window.today.boards.unusual.open_row(0)
        assert room.read("unusual_origin").startswith(said)


def test_a_row_about_a_shift_names_who_opened_it_and_when(room: Desk) -> None:
    shift = room.counter.shift
    assert shift
    opened = shop_time(shift.opened_at)
    with closing(room.world.open()) as till:
        cash.move_cash(till, CashKind.OUT, Money(500), "付运费", by=BY_MEI)
        shifts.close_shift(till, Money(9_000))
    room.window.today.choose(4)
    room.press("unusual_group_5")
    table = view(room, UnusualBoard).table
    assert column(table, 5) == [f"林小雨 {opened} 开的班", f"林小雨 {opened} 开的班  付运费"]


@pytest.mark.parametrize("words", ["zh", "en"])
def test_everything_a_page_may_have_to_name_has_a_name(qapp: QApplication, words: Language) -> None:
    language.install(qapp, words)
    names = [*map(tender_name, TenderKind), *map(unusual_name, Unusual), *map(role_name, Role)]
    language.install(qapp, "zh")
    assert all(names)
    assert all(each.isascii() is (words == "en") for each in names), names


def test_every_unusual_thing_is_let_through_by_one_key_of_the_filter() -> None:
    assert sorted(kind for group in GROUPS for kind in group) == sorted(Unusual)


def test_digits_typed_on_the_staff_page_are_a_number(room: Desk) -> None:
    room.press("manager_rail_9")
    room.press("journal_staff")
    where = room.window.focusWidget()
    assert where is not None
    QTest.keyClicks(where, "2003")
    assert room.window.today.boards.staff.number.text() == "2003"
    assert room.window.today.view is room.window.today.boards.staff


def test_back_from_the_settings_leads_to_the_drawer_while_no_shift_is_open(desk: Desk) -> None:
    with closing(desk.world.open()) as till:
        shifts.close_shift(till, Money(10_000))
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.press("strip_today")
    desk.press("manager_rail_9")
    desk.press("journal_settings")
    desk.press("store_back")
    assert desk.counter.stage is Stage.OPEN_SHIFT


def test_without_a_line_our_own_figures_stand_and_the_rest_is_said_to_be_missing(room: Desk) -> None:
    room.window._room.errands._totals = Office(room, is_there=False)
    room.press("manager_rail_8")
    wait_words(room, "tills_store", "问不到总部")
    assert room.read("tills_own") == "净销售额 ¥6.50 · 2 笔"


def open_staff(room: Desk) -> None:
    """Open the page of the staff."""
    room.press("manager_rail_9")
    room.press("journal_staff")


def test_from_the_staff_one_step_back_is_where_they_were_come_to_from_and_today_opens_on_today(room: Desk) -> None:
    open_staff(room)
    page = room.window.today
    assert page._rail[8].isChecked()
    room.window._press_escape()
    assert page.view.objectName() == "journal_board"
    room.press("journal_staff")
    room.counter.show(Stage.SELL)
    room.press("strip_today")
    assert page.view.objectName() == "today_board"
    QTest.keyClick(room.window.focusWidget(), Qt.Key.Key_2)
    assert page.view.objectName() == "cash_board"


def type_person(room: Desk, number: str, name: str, pin: str, again: str = "") -> None:
    """Type a person in and keep them."""
    board = room.window.today.boards.staff
    board.number.setText(number)
    board.name.setText(name)
    board.pin.setText(pin)
    board.again.setText(again or pin)
    room.press("roster_keep")


def test_the_person_who_is_chosen_is_marked(room: Desk) -> None:
    open_staff(room)
    board = room.window.today.boards.staff
    board.pick(1)
    assert [each.row() for each in board._table.selectionModel().selectedRows()] == [1]


def test_somebody_new_can_sign_in_at_once(room: Desk) -> None:
    open_staff(room)
    type_person(room, "1007", "周新", "581943")
    wait_words(room, "staff_answer", "✓ 1007 周新，收银员")
    room.counter.sign_out()
    room.sign_in("1007", "581943")
    assert "周新" in room.read("strip_person")


def test_a_weak_pin_or_two_different_ones_are_not_kept(room: Desk) -> None:
    open_staff(room)
    type_person(room, "1007", "周新", "581943", "581944")
    assert "不一样" in room.read("staff_answer")
    type_person(room, "1007", "周新", "123456")
    wait_words(room, "staff_answer", "太容易被猜到")
    assert [each.number for each in room.window._room.books.roster()] == ["1001", "9001"]


def test_a_new_manager_is_shown_an_unlock_code_once(room: Desk) -> None:
    open_staff(room)
    room.press(f"roster_role_{list(Role).index(Role.MANAGER)}")
    type_person(room, "9002", "吴店长", "581943")
    wait_words(room, "staff_answer", "解锁码")
    assert re.search(r"\d{4} \d{4} \d{4} \d{4}", room.read("staff_answer"))
    room.press("manager_rail_9")
    room.press("journal_staff")
    assert "解锁码" not in room.read("staff_answer")


def test_a_cashier_gets_no_roster_and_changes_nobody(desk: Desk) -> None:
    desk.sign_in()
    refused: list[object] = []
    with pytest.raises(NeedsManager):
        desk.window._room.books.roster()
    desk.window._room.books.put_staff(MEI, "581943", lambda _code: pytest.fail("changed"), refused.append)
    desk.qtbot.waitUntil(lambda: len(refused) == 1, timeout=5000)
    assert isinstance(refused[0], NeedsManager)
