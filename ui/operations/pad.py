"""Pad: asks for one number or text, says what it will do before it is done; a scan goes on and puts it away."""

import re
from collections.abc import Callable

from PySide6.QtCore import QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.cart import Cart
from pos.domain.errors import PosError
from pos.domain.member import Member
from pos.domain.money import Money
from pos.domain.quantity import Unit
from ui.keys.button import KeyButton
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.operations.change import CODE_MIN, OF_WHOLE, OTHER_WAY, Change, Deed, Kind, tried
from ui.operations.words import line_name, line_sum, title_of, undone_words
from ui.parts import button, dress, label, named, number_field

_DIGITS = "[0-9]{0,24}"
"""A barcode goes in whole and is refused in words: its first six digits alone would be a number."""
_SHAPES = {
    Kind.QUANTITY: _DIGITS,
    Kind.TARE: rf"{_DIGITS}|[0-9]{{0,3}}\.[0-9]{{0,3}}",
    Kind.LINE_PERCENT: _DIGITS,
    Kind.ORDER_PERCENT: _DIGITS,
    Kind.MEMBER: "[0-9A-Za-z]{0,32}",
    Kind.COUPON: "[0-9A-Za-z]{0,64}",
}
_MONEY = rf"{_DIGITS}(\.[0-9]{{0,2}})?"


class PadPanel(QWidget):
    """One box, one sentence that says what will be, and the ways out.

    Signals: ``done`` carries the Deed that was confirmed; ``left`` says that nothing is to be done; ``weigh_wanted``
    asks for what lies on the scale; ``turned`` asks for the same discount as percent or as an amount; ``judged`` says
    that it is known whether what is typed can be done.

    Attributes:
        code: what was typed behind the number of goods, where that is a code: so many of it are meant.

    Args:
        member_of: says who a typed number is.
        is_code: whether digits are a code.
    """

    done = Signal(object)
    left = Signal()
    weigh_wanted = Signal()
    turned = Signal()
    judged = Signal()

    def __init__(self, member_of: Callable[[str], Member], is_code: Callable[[str], bool]) -> None:
        super().__init__()
        self.setObjectName("pad_panel")
        self._member_of, self._is_code = member_of, is_code
        self._count = self.code = ""
        self.change = Change(Kind.QUANTITY)
        self._cart = Cart("")
        self._deed: Deed | None = None
        self._title, self._about = label("pad_title", "", role="big"), label("pad_about", "", role="advice")
        self.box = number_field("pad_box", "")
        self._outcome = label("pad_outcome", "", role="figure")
        self._advice = label("pad_advice", "", role="trust")
        self._weigh = button("pad_weigh", self.tr("读秤"), role="quiet", press=Press.WEIGH)
        self._turn = KeyButton("", Press.LINE_DISCOUNT)
        named(self._turn, "pad_turn").setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._turn.setProperty("role", "quiet")
        self._take = button("pad_take", self.tr("确定"), role="quiet", press=Press.TAKE)
        self._undone = button("pad_undone", "", role="quiet", press=Press.VOID_LINE)
        self._lay_out()
        self.box.textChanged.connect(self._show_outcome)
        self._weigh.clicked.connect(self.weigh_wanted)
        self._turn.clicked.connect(self.turned)
        self._undone.clicked.connect(self.undo)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(self._about)
        layout.addWidget(self.box)
        layout.addWidget(self._outcome)
        layout.addWidget(self._advice)
        layout.addStretch()
        more = QHBoxLayout()
        for each in (self._weigh, self._turn, self._undone):
            more.addWidget(each)
        layout.addLayout(more)
        ways = QHBoxLayout()
        back = button("pad_back", self.tr("不改了"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.left)
        self._take.clicked.connect(self.confirm)
        ways.addWidget(back)
        ways.addWidget(self._take)
        layout.addLayout(ways)

    def open(self, change: Change, cart: Cart, typed: str, *, can_weigh: bool = False) -> None:
        """Ask for a number; what was typed before is taken over where it can be one."""
        self.change, self._cart = change, cart.snapshot()
        is_weighed = change.unit is Unit.GRAM
        shape = _SHAPES.get(change.kind, _MONEY)
        if change.kind is Kind.QUANTITY and is_weighed:
            shape = _SHAPES[Kind.TARE]
        self.box.setValidator(QRegularExpressionValidator(QRegularExpression(shape), self.box))
        self._count = typed if change.kind is Kind.QUANTITY and change.unit is Unit.PIECE else ""
        self.box.setText(typed if re.fullmatch(shape, typed, re.ASCII) else "")
        self._title.setText(title_of(change))
        self.box.setAccessibleName(title_of(change))
        self._about.setText(self._about_words())
        self._weigh.setVisible(can_weigh and is_weighed)
        self._turn.setVisible(change.kind in OTHER_WAY)
        self._turn.use(Press.ORDER_DISCOUNT if change.kind in OF_WHOLE else Press.LINE_DISCOUNT)
        self._turn.setText(self.tr("改按元减") if "percent" in change.kind else self.tr("改按 % 减"))
        self._undone.setVisible(change.undone() is not None)
        self._undone.setText(undone_words(change.kind))
        self._show_outcome()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Do what is typed; nothing typed is nothing done, and what cannot be done stays until a digit replaces it."""
        if not self.box.text():
            self.left.emit()
        elif self._deed is not None:
            self.done.emit(self._deed)
        else:
            self.box.selectAll()

    def undo(self) -> bool:
        """Put it back as it was before anybody changed it; return whether there is such a thing."""
        deed = self.change.undone()
        if deed is not None:
            self.done.emit(deed)
        return deed is not None

    @property
    def is_possible(self) -> bool:
        """Whether what is typed can be done."""
        return self._deed is not None or bool(self.code)

    @property
    def times(self) -> int:
        """How many of the next thing that is scanned."""
        return self.change.times(self._count if self.code else self.box.text())

    def _code_typed(self) -> str:
        text, count = self.box.text(), self._count
        code = text[len(count) :]
        is_meant = count and text.startswith(count) and len(code) >= CODE_MIN and self._is_code(code)
        return code if is_meant else ""

    def _about_words(self) -> str:
        line_no = self.change.line_no
        if self.change.kind in {Kind.MEMBER, Kind.COUPON}:
            return ""
        if line_no:
            return f"{line_name(self._cart, line_no)}  {line_sum(self._cart, line_no)}"
        return line_name(self._cart, 0) if self._cart.lines else ""

    def _show_outcome(self) -> None:
        self._deed, self.code, outcome, trouble = None, self._code_typed(), "", ""
        try:
            deed = self.change.deed(self.box.text(), self._member_of)
            cost = tried(self._cart, self.change, deed) if deed else None
        except PosError as error:
            deed, cost = None, error
        if isinstance(cost, PosError) and not self.code:
            notice = notice_for(cost)
            trouble = f"✕ {notice.words}　{notice.action}"
        elif isinstance(cost, Money):
            self._deed = deed
            outcome = f"= {cost}" if self._costs_nothing_yet() else f"{self.change.cost(self._cart)} → {cost}"
        self._outcome.setText(outcome)
        self._advice.setText(trouble or self._next_words())
        dress(self._advice, "kind", "stop" if trouble else "")
        self._take.setEnabled(self.is_possible or not self.box.text())
        self.judged.emit()

    def _costs_nothing_yet(self) -> bool:
        """Whether the line has no amount that could change: nobody has weighed it."""
        return self.change.line_no > 0 and self._cart.line(self.change.line_no).needs_weight

    def _next_words(self) -> str:
        if self.code:
            return self.tr("“确定”：卖 %d 件 %s") % (self.times, self.code)
        if self._costs_nothing_yet():
            return self.tr("没有称重就不能结算；可以先扫下一件，再回来称")
        if self.change.kind is not Kind.QUANTITY or self.change.unit is Unit.GRAM:
            return self.tr("不改就直接扫下一件")
        if self.times == 1:
            return self.tr("输入几件；给选中的这一行按“确定”，给下一件就直接扫")
        if self.change.line_no:
            return self.tr("“确定”：这一行改成 %d 件　直接扫：下一件算 %d 件") % (self.times, self.times)
        return self.tr("直接扫：下一件算 %d 件") % self.times
