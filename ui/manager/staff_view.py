"""Staff: who works here; somebody new, another role, a new PIN."""

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout

from pos.domain.errors import PosError
from pos.domain.slip import Slip
from pos.domain.staff import Cashier, Role
from pos.till.figures.tables import FigureTable, staff_table
from ui import theme
from ui.keys.keymap import Press
from ui.manager.badge_panel import BadgePanel
from ui.manager.books import Books
from ui.manager.sheet import Sheet, SheetTable
from ui.manager.view import Choice, View
from ui.manager.words import role_name
from ui.messages import notice_for
from ui.parts import button, dress, label, named, number_field
from ui.printing.desk import PrintDesk
from ui.widgets.keypad import Keypad, type_key


class StaffBoard(View):
    """The people at the left, one person's boxes in the middle, the keypad at the right."""

    has_numbers = False
    is_form = True

    def __init__(self, books: Books, printing: PrintDesk) -> None:
        super().__init__()
        self.setObjectName("staff_board")
        self._books = books
        self._people: tuple[Cashier, ...] = ()
        self._sheet = Sheet("", (), ())
        self._answer = label("staff_answer", "", role="answer")
        self._table = SheetTable("staff_table", self.tr("员工"))
        self._table.clicked.connect(lambda index: self.pick(index.row()))
        self.number = number_field("roster_number", self.tr("工号（1 到 12 位数字）"))
        self.name = named(QLineEdit(placeholderText=self.tr("姓名")), "roster_name")
        self._role = Choice("roster_role", tuple(role_name(each) for each in Role))
        self.pin, self.again = self._secret("roster_pin", self.tr("新密码（6 位以上）")), self._secret(
            "roster_again", self.tr("再输一次新密码"))  # fmt: skip
        self._keep = button("roster_keep", self.tr("保存"), role="primary", press=Press.TAKE)
        self._keep.clicked.connect(self.keep)
        self._give = button("roster_badge", self.tr("新工牌"), role="quiet")
        self._give.clicked.connect(self._on_badge_pressed)
        self._asked, self._left = "", QStackedLayout()
        self._badge = BadgePanel(printing)
        self._badge.printed.connect(lambda: self._say(self.tr("✓ 工牌打出来了，看完请收起"), "good"))
        self._badge.failed.connect(self._on_failed)
        self._badge.folded.connect(lambda: self._left.setCurrentIndex(0))
        self._keypad = Keypad()
        self._keypad.pressed.connect(self._on_keypad)
        self._lay_out()
        self.setFocusProxy(self.number)

    def show_day(self, _day: date) -> None:
        """Read who works here; a day has nothing to do with it."""
        self._people = self._books.roster()
        heads = (self.tr("工号"), self.tr("姓名"), self.tr("角色"))
        rows = tuple((each.number, each.name, role_name(each.role)) for each in self._people)
        self._sheet = Sheet(self.tr("员工"), heads, rows)
        self._table.show_sheet(self._sheet, wide=1)
        self._say(self.tr("点一个人，改角色或给新密码；或者输入新工号"), "rest")
        self._empty()
        self._badge.fold()

    def hideEvent(self, event: QHideEvent) -> None:  # noqa: N802  (Qt's name)
        """Leave no badge behind for whoever comes next."""
        self._badge.fold()
        super().hideEvent(event)

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the people; nobody's PIN is anywhere."""
        return (self._sheet,)

    def tables(self) -> tuple[FigureTable, ...]:
        """Return the people; nobody's PIN is anywhere."""
        return (staff_table(self._people),)

    def pick(self, row: int) -> None:
        """Fill the boxes with a person."""
        person = self._people[row]
        self._table.selectRow(row)
        self.number.setText(person.number)
        self.name.setText(person.name)
        self._role.choose(list(Role).index(person.role))
        self.pin.setFocus(Qt.FocusReason.OtherFocusReason)

    def keep(self) -> None:
        """Write the person down, once both PINs are the same."""
        if not self.name.text().strip():
            self._say(self.tr("⚠ 还没有姓名"), "look")
        elif self.pin.text() != self.again.text():
            self._say(self.tr("⚠ 两次的密码不一样，再输一次"), "look")
            self.again.clear()
        else:
            person = Cashier(self.number.text(), self.name.text().strip(), list(Role)[self._role.place])
            self._keep.setEnabled(False)
            self._books.put_staff(person, self.pin.text(), lambda code: self._on_kept(person, code), self._on_failed)

    def _on_badge_pressed(self) -> None:
        """Ask once more, as the badge before is nobody's from then on; then give it."""
        person = next((each for each in self._people if each.number == self.number.text()), None)
        if person is None:
            self._say(self.tr("⚠ 先点一个人，再给新工牌"), "look")
        elif self._asked != person.number:
            self._asked = person.number
            self._say(self.tr("⚠ %s 的旧工牌马上作废；再按一次给新的") % person.name, "look")
        else:
            self._asked = ""
            self._books.give_badge(person, self._on_badge, self._on_failed)

    def _on_badge(self, slip: Slip) -> None:
        self._badge.offer(slip)
        self._left.setCurrentIndex(1)
        self._say(self.tr("✓ 新工牌，只显示这一次：打印后收起"), "good")

    def _on_kept(self, person: Cashier, code: str) -> None:
        self._keep.setEnabled(True)
        self.show_day(date.min)
        words = self.tr("✓ %s %s，%s，可以登录了") % (person.number, person.name, role_name(person.role))
        if code:
            spaced = " ".join(code[place : place + 4] for place in range(0, len(code), 4))
            words += "\n" + self.tr("解锁码 %s：只显示这一次，写下来收好") % spaced
        self._say(words, "good")

    def _on_failed(self, error: PosError) -> None:
        self._keep.setEnabled(True)
        notice = notice_for(error)
        self._say(f"⚠ {notice.words}：{notice.action}", "look")
        self._empty_pins()

    def _say(self, words: str, kind: str) -> None:
        self._answer.setText(words)
        dress(self._answer, "kind", kind)

    def _empty(self) -> None:
        self._asked = ""
        self.number.clear()
        self.name.clear()
        self._role.choose(0)
        self._empty_pins()

    def _empty_pins(self) -> None:
        self.pin.clear()
        self.again.clear()

    def _on_keypad(self, key: str) -> None:
        boxes = (self.name, self.pin, self.again)
        type_key(next((each for each in boxes if each.hasFocus()), self.number), key)

    def _secret(self, name: str, words: str) -> QLineEdit:
        box = number_field(name, words)
        box.setEchoMode(QLineEdit.EchoMode.Password)
        return box

    def _lay_out(self) -> None:
        boxes = QVBoxLayout()
        boxes.setSpacing(theme.px(8))
        for each in (self.number, self.name, self._role, self.pin, self.again):
            boxes.addWidget(each)
        boxes.addStretch()
        keys = QHBoxLayout()
        keys.setSpacing(theme.px(8))
        keys.addWidget(self._give, 1)
        keys.addWidget(self._keep, 2)
        boxes.addLayout(keys)
        pad = QVBoxLayout()
        pad.addWidget(self._keypad)
        pad.addStretch()
        row = QHBoxLayout()
        row.setSpacing(theme.px(12))
        row.addLayout(self._left, 4)
        row.addLayout(boxes, 4)
        row.addLayout(pad, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._answer)
        layout.addLayout(row, 1)
        self._left.addWidget(self._table)  # now, for a stack without a parent shows what is first as a window
        self._left.addWidget(self._badge)
