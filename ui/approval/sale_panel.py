"""Sale panel: prices of the cart that go further than its seller may; why, and who says yes, beside the goods."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.approval import Asked
from pos.domain.cart import Cart
from pos.domain.errors import PosError
from ui.approval.panel import ApprovalPanel
from ui.approval.words import asked_words, moved_words
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, label
from ui.widgets.reasons import Reasons


class SaleApprovalPanel(QWidget):
    """What is asked, why, and the boxes of whoever says yes.

    Signals: ``given`` that it is on disk; ``left`` that nobody said it.
    """

    given = Signal()
    left = Signal()

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("sale_approval_panel")
        self._counter = counter
        self._asked: Asked | None = None
        self._go_on: Callable[[], object] = lambda: None
        self._is_asking = False
        self._title = label("sale_approval_title", "", role="big")
        self._lines = label("sale_approval_lines", "", role="emphasis")
        self._result = label("sale_approval_result", "", role="sentence")
        self._reasons = Reasons("sale_reason")
        self.approval = ApprovalPanel(counter, self._asking)
        self._take = button("sale_approval_take", self.tr("同意"), role="quiet", press=Press.TAKE)
        self._lay_out()
        self._reasons.changed.connect(self.approval.renew)
        self.approval.ready.connect(self.confirm)
        self._take.clicked.connect(self.confirm)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for each in (self._title, self._lines, self._result, self._reasons, self.approval):
            layout.addWidget(each)
        layout.addStretch()
        ways = QHBoxLayout()
        back = button("sale_approval_back", self.tr("返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.left)
        ways.addWidget(back)
        ways.addWidget(self._take)
        layout.addLayout(ways)

    def open(self, asked: Asked, cart: Cart, go_on: Callable[[], object]) -> None:
        """Ask for a yes.

        Args:
            cart: as it is once somebody has said it.
            go_on: what is done once it is given.
        """
        self._asked, self._go_on, self._is_asking = asked, go_on, False
        self._title.setText(self.tr("%s 超过你的权限") % asked_words(asked))
        self._lines.setText(moved_words(cart, asked.act))
        self._result.hide()
        self._reasons.offer([self.tr("价签标错"), self.tr("商品瑕疵"), self.tr("顾客投诉"), self.tr("其他")])
        self.approval.start()
        self.approval.number.setFocus(Qt.FocusReason.OtherFocusReason)

    def confirm(self) -> None:
        """Go on to what is missing, or have it approved."""
        if self._is_asking or self._asked is None or self.approval.go_on():
            return
        self._is_asking, asked = True, self._asked
        self.approval.obtain(lambda _by: self._on_given(asked), lambda error: self._on_refused(asked, error))

    def forget(self) -> None:
        """Ask for nothing any more: a yes that comes later is on the disk, and does nothing by itself."""
        self._asked, self._is_asking = None, False

    @property
    def is_asking(self) -> bool:
        """Whether a yes is being proved."""
        return self._is_asking

    @property
    def box(self) -> QLineEdit:
        """The box that keys go to."""
        return self.approval.focused() or self.approval.number

    def _asking(self) -> Asked | None:
        asked = self._asked
        if asked is None:
            return None
        return Asked(asked.act, asked.actor, asked.amount, asked.sale_id, self._reasons.chosen, asked.percent)

    def _on_given(self, asked: Asked) -> None:
        if asked is self._asked:
            go_on = self._go_on
            self.given.emit()
            go_on()

    def _on_refused(self, asked: Asked, error: PosError) -> None:
        if asked is self._asked:
            self._is_asking = False
            self._complain(error)

    def _complain(self, error: PosError) -> None:
        notice = notice_for(error)
        self._result.setText(f"✕ {notice.words}　{notice.action} ({notice.code})")
        self._result.show()
        self.approval.renew()
