"""Suspended carts: a list with one big row a cart; one key or one touch goes on with it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.domain.cart import Cart
from pos.domain.errors import PosError
from pos.domain.staff import By
from pos.domain.suspended import SuspendedCart
from pos.till.suspend import Listed
from ui import theme
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, label, named
from ui.suspended.aside import Aside
from ui.suspended.row import CartRow

KEYS = "123456789"
"""The first nine rows have a key each."""


class SuspendedPage(QWidget):
    """The carts of the store that wait, the oldest first.

    Signals: ``resumed`` carries the Cart that is on the counter's draft from now on; ``left`` says that the cashier
    wants back.
    """

    resumed = Signal(object)
    left = Signal()

    def __init__(self, counter: Counter, aside: Aside) -> None:
        super().__init__()
        self.setObjectName("suspended_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._counter, self._aside = counter, aside
        self._carts: tuple[SuspendedCart, ...] = ()
        self._is_busy = False
        self._title = label("suspended_title", "", role="big")
        self._trouble = label("suspended_trouble", "", role="sentence")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self._lay_out()

    def _lay_out(self) -> None:
        back = button("suspended_back", self.tr("返回柜台"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.left)
        inside = named(QWidget(), "suspended_list")
        inside.setLayout(self._rows)
        paper = named(QScrollArea(widgetResizable=True), "suspended_paper")
        paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        paper.setFrameShape(QFrame.Shape.NoFrame)
        paper.setWidget(inside)
        bottom = QHBoxLayout()
        bottom.addWidget(back, 1)
        bottom.addWidget(label("suspended_advice", self.tr("按数字键或点一下，继续这一单"), role="advice"), 3)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(12))
        for each in (self._title, self._trouble):
            layout.addWidget(each)
        layout.addWidget(paper, 1)
        layout.addLayout(bottom)

    def open(self) -> None:
        """Show what is here at once, and what is in the store when the hub has answered."""
        self._is_busy = False
        self._counter.hold.let_go(self)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show(self._aside.list_own())
        self._aside.look(self._show, self._tell)

    def press_enter(self) -> None:
        """Go on with the only cart there is; of several, a key of its own says which."""
        if len(self._carts) == 1:
            self._resume(self._carts[0])

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Go on with the cart of a digit; a scanner's digits come in a burst and never get here."""
        place = KEYS.find(event.text()) if event.text() else -1
        if 0 <= place < len(self._carts):
            self._resume(self._carts[place])
        else:
            super().keyPressEvent(event)

    def _show(self, listed: Listed) -> None:
        """Show what is listed; rows that are there already stay, so that no finger lands on another."""
        if self._is_busy:
            return
        self._say(self.tr("连不上总部，只看得到本柜台的挂单；别的柜台的请到那台柜台取") if listed.trouble else "")
        if listed.carts == self._carts and self._rows.count():
            return
        self._carts = listed.carts
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, held in enumerate(listed.carts):
            row = CartRow(held, KEYS[place : place + 1], self._aside.till_name)
            row.resume_pressed.connect(self._resume)
            row.discard_pressed.connect(self._discard)
            self._rows.addWidget(row)
        self._rows.addStretch()
        count = len(listed.carts)
        self._title.setText(self.tr("挂单：%d 单") % count if count else self.tr("没有挂着的单"))

    def _say(self, words: str) -> None:
        self._trouble.setText(words)
        self._trouble.setVisible(bool(words))

    def _resume(self, held: SuspendedCart) -> None:
        if not self._is_busy and self._counter.cashier:
            self._is_busy = True
            self._counter.hold.take(self)
            self._say(self.tr("正在取单，请等几秒…"))
            self._aside.resume(held, By(self._counter.cashier), self._on_resumed, self._complain)

    def _discard(self, held: SuspendedCart) -> None:
        if not self._is_busy and self._counter.cashier:
            self._is_busy = True
            self._counter.hold.take(self)
            self._say(self.tr("正在作废，请等几秒…"))
            self._aside.discard(held, By(self._counter.cashier), lambda _done: self.open(), self._complain)

    def _on_resumed(self, cart: Cart) -> None:
        self._is_busy = False
        self._say("")
        self._counter.hold.let_go(self)
        self.resumed.emit(cart)

    def _complain(self, error: PosError) -> None:
        """It was not done: let the cashier go and say why."""
        self._is_busy = False
        self._counter.hold.let_go(self)
        self._tell(error)

    def _tell(self, error: PosError) -> None:
        """Say why in words and show the list as it is now, unless a cart is on its way: that says more."""
        if self._is_busy:
            return
        self._show(self._aside.list_own())
        notice = notice_for(error)
        self._say(f"⚠ {notice.words}\n{notice.action} ({notice.code})")
