"""The drawer: how much is in it at the start, and at the end counted blind, then the truth."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.cash import CashCount
from pos.domain.errors import PosError
from pos.domain.money import ZERO, Money
from pos.domain.shift import LeftOpen, z_text
from ui import theme
from ui.counter import Counter
from ui.display import shop_time
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, label
from ui.printing.desk import PrintDesk
from ui.printing.paper_keys import PaperKeys
from ui.shift.count_grid import CountGrid
from ui.shift.slip_view import SlipView
from ui.stage import Said, Stage
from ui.suspended.aside import Aside
from ui.suspended.laying import is_movable, lay_aside_first
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
        for each in self._middle():
            left.addWidget(each)
        left.addStretch()
        bottom = QHBoxLayout()
        for each in self._bottom():
            bottom.addWidget(each)
        left.addLayout(bottom)
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

    def _middle(self) -> list[QWidget]:
        return [self.question, self.amount, self.advice]

    def _bottom(self) -> list[QWidget]:
        return [self.back]

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

    def press_enter(self) -> None:
        """Open the shift."""
        self.confirm.click()


class CloseShiftPage(AmountPage):
    """What is in the drawer now, note by note or in one sum, before the till says what should be."""

    def __init__(self, counter: Counter, printing: PrintDesk, aside: Aside) -> None:
        self._aside = aside
        self._count = CountGrid()
        self._drawer = button("close_shift_drawer", self.tr("开钱箱点数"), role="quiet", press=Press.DRAWER)
        super().__init__("close_shift")
        self._counter, self._printing = counter, printing
        self._drawer.clicked.connect(self.open_drawer)
        self.question.setText(self.tr("交班：数一数钱箱里的现金"))
        self.confirm.setText(self.tr("交班"))
        self.confirm.clicked.connect(self._close)
        self.back.clicked.connect(lambda: counter.show(Stage.SELL))
        self._count.changed.connect(self._show_sum)
        self.amount.setPlaceholderText(self.tr("总数"))
        counter.noticed.connect(self._show_trouble)

    def _middle(self) -> list[QWidget]:
        return [self.question, self._count, self.amount, self.advice]

    def _bottom(self) -> list[QWidget]:
        return [self.back, self._drawer]

    def open(self) -> None:
        """Start with empty boxes, and name what is open; none of it keeps the shift from being closed."""
        super().open()
        self._asked: Money | None = None
        self._count.clear()
        self._show_advice()
        paper = self._printing.paper
        self._drawer.setVisible(bool(paper.printer) and paper.has_drawer)
        self._count.boxes[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def open_drawer(self) -> None:
        """Open the drawer so that it can be counted; the journal keeps that it was."""
        cashier = self._counter.cashier
        if cashier and not self._drawer.isHidden():
            self._counter.drawer.open_to_count(cashier, self.tr("交班点数"), self._counter.noticed.emit)

    def press_enter(self) -> None:
        """Go from box to box, then to the sum; in the sum, close."""
        if (box := self._count.after_focused()) is not None:
            box.setFocus(Qt.FocusReason.OtherFocusReason)
        elif not self.amount.hasFocus():
            self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._close()

    def _on_keypad(self, key: str) -> None:
        type_key(self._count.focused() or self.amount, key)

    def _show_sum(self) -> None:
        """While notes are counted the sum is theirs."""
        self.amount.setReadOnly(not self._count.is_empty)
        self.amount.setText("" if self._count.is_empty else self._count.count.total.yuan)

    def _cart_words(self) -> list[str]:
        """Say what becomes of goods that are on the counter still."""
        cart = self._counter.cart
        if not cart.lines or self._counter.hold.is_on:
            return []
        if is_movable(self._counter):
            words = self.tr("⚠ 购物车里还有 %s 没结算：按 Esc 回去收款、挂单或清空；不管它，交班时自动挂单。")
        else:
            words = self.tr("⚠ 购物车里 %s 的一单还没收完：按 Esc 回去收完或退回；不管它，就留给接班的人。")
        return [words % cart.total]

    def _left_words(self) -> list[str]:
        left, held = self._counter.drawer.left_open(), self._counter.today().suspended
        words = [self.tr("还没上传的账不影响交班。")] if left.unsent else []
        if left.payments or left.refunds:
            words.append(
                self.tr("还有 %d 笔付款或退款没查清，会自动查下去。") % (len(left.payments) + len(left.refunds))
            )
        if left.loose_cash:
            words.append(self.tr("抽屉里有 %s 是没做完的销售收的，也要数进去。") % left.loose_cash)
        if held:
            listed = [f"{shop_time(each.suspended_at)}  {each.total}  {each.goods}" for each in held[:CARTS_SHOWN]]
            words += [self.tr("还挂着 %d 单，不影响交班，接班的人可以取单：") % len(held), *listed]
        return words

    def _close(self) -> None:
        amount: Money | None = self.amount.amount
        counted = amount if self._count.is_empty else self._count.count
        if counted is not None and not self._counter.hold.is_on and self._is_meant(counted):
            note, close = self.tr("交班时没有结算"), lambda: self._counter.close_shift(counted)
            lay_aside_first(self._counter, self._aside, note, close)
            self._show_advice()

    def _is_meant(self, counted: Money | CashCount) -> bool:
        """Ask once more about a sum that is rather a slip of the finger."""
        total = counted.total if isinstance(counted, CashCount) else counted
        if total == self._asked or not self._counter.drawer.is_far_off(total):
            return True
        self._asked = total
        self._show_advice(self.tr("⚠ 数得 %s？不像真的：格子里填张数，不填金额。真是这么多，再按一次交班。") % total)
        return False

    def _show_advice(self, trouble: str = "") -> None:
        """Say what to do, or what is wrong; that the shift is being closed stands first for as long as it is."""
        advice = self.tr("每种几张填在格子里，按 Enter 到下一格；或只填总数。差额交班后才显示。")
        words = [trouble] if trouble else []
        if self._counter.hold.is_on:
            words.insert(0, self.tr("正在交班，请等几秒…"))
        self.advice.setText("\n".join([*self._cart_words(), *(words or [advice]), *self._left_words()]))

    def _show_trouble(self, what: PosError | Said | None) -> None:
        """Say here why the shift was not closed, or that it is being closed: the counter's notice is out of sight."""
        if what is not None and self._counter.stage is Stage.CLOSE_SHIFT:
            notice = notice_for(what)
            self._show_advice(f"⚠ {notice.words}：{notice.action}")


class ShiftClosedPage(QWidget):
    """The truth: expected, counted, difference; what is left open, and the slip for whoever comes next."""

    def __init__(self, counter: Counter, printing: PrintDesk) -> None:
        super().__init__()
        self.setObjectName("shift_closed_page")
        self._counter, self._printing = counter, printing
        self._keys = PaperKeys(printing, "closed")
        self._title = label("closed_title", "", role="big")
        self._rows = {name: label(f"closed_{name}", "", role="emphasis") for name in ("expected", "counted")}
        self._difference = label("closed_difference", "", role="amount")
        self._open = label("closed_open", "", role="sentence")
        self._slip = SlipView("closed_slip")
        done = button("shift_done", self.tr("退出"), role="primary", press=Press.TAKE)
        done.clicked.connect(counter.sign_out)
        left = QVBoxLayout()
        left.addStretch()
        for each in (self._title, *self._rows.values(), self._difference, self._open):
            left.addWidget(each)
        left.addStretch()
        left.addWidget(done)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(*[theme.px(24)] * 4)
        layout.setSpacing(theme.px(24))
        layout.addLayout(left, 1)
        right = QVBoxLayout()
        right.addWidget(self._slip, 1)
        right.addWidget(self._keys)
        layout.addLayout(right, 1)

    def open(self) -> None:
        """Show the shift that was closed just now."""
        shift = self._counter.shift
        assert shift is not None
        difference = shift.difference
        assert difference is not None
        report = self._counter.drawer.report_of(shift)
        self._title.setText(self.tr("已交班 %s") % z_text(self._counter.till_name, shift))
        self._rows["expected"].setText(self.tr("应有现金 %s") % shift.expected)
        self._rows["counted"].setText(self.tr("实点现金 %s") % shift.counted)
        if difference == ZERO:
            self._difference.setText(self.tr("✓ 一分不差"))
        elif difference < ZERO:
            self._difference.setText(self.tr("⚠ 短款 %s") % -difference)
        else:
            self._difference.setText(self.tr("⚠ 长款 %s") % difference)
        self._open.setText("\n".join(self._open_words(report.left)))
        self._open.setVisible(not report.left.is_nothing)
        self._slip.show_report(report)
        name, printing = z_text(self._counter.till_name, shift), self._printing
        self._keys.offer(printing.report(report), name, lambda: printing.print_report(report))

    def press_enter(self) -> None:
        """Let the cashier go."""
        self._counter.sign_out()

    def _open_words(self, left: LeftOpen) -> list[str]:
        """Name what is left for whoever comes next, one a row."""
        told = (
            (left.unsent, self.tr("⚠ %d 条还没上传，会自动上传") % left.unsent),
            (len(left.payments), self.tr("⚠ %d 笔付款还没查清，会自动查下去") % len(left.payments)),
            (len(left.refunds), self.tr("⚠ %d 笔退款还在办") % len(left.refunds)),
            (left.suspended, self.tr("⚠ 还挂着 %d 单") % left.suspended),
            (left.loose_cash.fen, self.tr("⚠ 抽屉里有 %s 是没做完的销售收的") % left.loose_cash),
        )
        return [words for count, words in told if count]
