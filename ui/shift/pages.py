"""The drawer: how much is in it at the start, and at the end counted blind, then the truth."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.money import ZERO, Money
from pos.domain.shift import Shift
from ui.counter import Counter
from ui.display import shop_time
from ui.keys.keymap import Press
from ui.parts import button, centred, label
from ui.stage import Stage
from ui.widgets.amount_field import AmountField
from ui.widgets.keypad import Keypad, type_key

CARTS_SHOWN = 8
"""Suspended carts that are named; of more, the number tells."""


class AmountPage(QWidget):
    """A question, a box for an amount, a keypad, and one green button."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(f"{name}_page")
        self.question = label(f"{name}_question", "", role="big")
        self.advice = label(f"{name}_advice", "", role="advice")
        self.amount = AmountField(f"{name}_amount")
        self.confirm = button(name, "", role="primary", press=Press.TAKE)
        self.back = button(f"{name}_back", self.tr("返回"), role="quiet", press=Press.STOP)
        self._lay_out(Keypad())

    def open(self) -> None:
        """Start with an empty box."""
        self.amount.setAccessibleName(self.question.text())
        self.amount.clear()
        self.amount.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lay_out(self, keypad: Keypad) -> None:
        left = QVBoxLayout()
        left.addStretch()
        for each in (self.question, self.amount, self.advice):
            left.addWidget(each)
        left.addStretch()
        left.addWidget(self.back)
        right = QVBoxLayout()
        right.addStretch()
        right.addWidget(keypad)
        right.addWidget(self.confirm)
        layout = QHBoxLayout(self)
        layout.addStretch(1)
        layout.addLayout(left, 3)
        layout.addSpacing(32)
        layout.addLayout(right, 2)
        layout.addStretch(1)
        keypad.pressed.connect(self._on_keypad)

    def _on_keypad(self, key: str) -> None:
        type_key(self.amount, key)


class OpenShiftPage(AmountPage):
    """How much is in the drawer."""

    def __init__(self, counter: Counter) -> None:
        super().__init__("open_shift")
        self.question.setText(self.tr("开班：钱箱里有多少备用金？"))
        self.advice.setText(self.tr("数一下总数就行；没有就直接开班"))
        self.confirm.setText(self.tr("开班"))
        self.confirm.clicked.connect(lambda: counter.open_shift(self.amount.amount or ZERO))
        self.back.clicked.connect(counter.sign_out)


class CloseShiftPage(AmountPage):
    """What is in the drawer now, before the till says what should be."""

    def __init__(self, counter: Counter) -> None:
        super().__init__("close_shift")
        self._counter = counter
        self.question.setText(self.tr("交班：数一数钱箱里的现金"))
        self.confirm.setText(self.tr("交班"))
        self.confirm.clicked.connect(self._close)
        self.back.clicked.connect(lambda: counter.show(Stage.SELL))

    def open(self) -> None:
        """Start with an empty box, and name the carts that whoever comes next will find suspended."""
        super().open()
        advice = self.tr("先填实际数到的总数，差额随后显示。还没上传的账不影响交班。")
        if held := self._counter.today().suspended:
            listed = "\n".join(
                f"{shop_time(each.suspended_at)}  {each.total}  {each.goods}" for each in held[:CARTS_SHOWN]
            )
            advice += "\n" + self.tr("还挂着 %d 单，不影响交班，接班的人可以取单：") % len(held) + "\n" + listed
        self.advice.setText(advice)

    def _close(self) -> None:
        counted: Money | None = self.amount.amount
        if counted is not None:
            self._counter.close_shift(counted)


class ShiftClosedPage(QWidget):
    """The truth: expected, counted, difference."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("shift_closed_page")
        self._rows = {name: label(f"closed_{name}", "", role="emphasis") for name in ("expected", "counted")}
        self._difference = label("closed_difference", "", role="amount")
        done = button("shift_done", self.tr("退出"), role="primary", press=Press.TAKE)
        done.clicked.connect(counter.sign_out)
        layout = QVBoxLayout()
        layout.addStretch()
        layout.addWidget(label("closed_title", self.tr("已交班"), role="big"))
        for row in self._rows.values():
            layout.addWidget(row)
        layout.addWidget(self._difference)
        layout.addWidget(done)
        layout.addStretch()
        self.setLayout(centred(layout, 560))

    def open(self, shift: Shift) -> None:
        """Show a closed shift."""
        difference = shift.difference
        assert difference is not None
        self._rows["expected"].setText(self.tr("应有现金 %s") % shift.expected)
        self._rows["counted"].setText(self.tr("实点现金 %s") % shift.counted)
        if difference == ZERO:
            self._difference.setText(self.tr("✓ 一分不差"))
        elif difference < ZERO:
            self._difference.setText(self.tr("⚠ 短款 %s") % -difference)
        else:
            self._difference.setText(self.tr("⚠ 长款 %s") % difference)
