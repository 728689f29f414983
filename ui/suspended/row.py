"""Row: one suspended cart, with all that tells it from the others."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy

from pos.domain.errors import PosError
from pos.domain.facts import cart_from
from pos.domain.suspended import GOODS_SHOWN, SuspendedCart
from ui import language, theme
from ui.display import product_name, shop_time
from ui.parts import button, label, named


class CartRow(QFrame):
    """A row that is one large button, and a small one that throws the cart away at the second touch.

    Signals: ``resume_pressed`` and ``discard_pressed`` carry the SuspendedCart.

    Args:
        key: the digit that presses the row; empty for none.
        till_name: of this till.
    """

    resume_pressed = Signal(object)
    discard_pressed = Signal(object)

    def __init__(self, held: SuspendedCart, key: str, till_name: str) -> None:
        super().__init__()
        named(self, "suspended_row").setProperty("role", "card")
        self._held, self._till_name = held, till_name
        self._is_sure = False
        go = button("suspended_resume", "", role="row")
        go.setAccessibleName(f"{shop_time(held.suspended_at)} {held.total} {goods_words(held)}")
        go.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        go.clicked.connect(lambda: self.resume_pressed.emit(held))
        self._fill(go, key)
        self._discard = button("suspended_discard", self.tr("作废"), role="danger")
        self._discard.setMinimumWidth(theme.px(150))
        self._discard.clicked.connect(self._press_discard)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.px(12), 0)
        layout.addWidget(go, 1)
        layout.addWidget(self._discard)

    def _fill(self, go: QPushButton, key: str) -> None:
        held = self._held
        at = label("suspended_at", shop_time(held.suspended_at), role="emphasis")
        who = label("suspended_who", self._who(), role="advice")
        count = self.tr("共 %d 行") % held.lines
        goods = label("suspended_goods", f"{goods_words(held)}  {count}")
        note = label("suspended_note", f"“{held.note}”" if held.note else "", role="title")
        total = label("suspended_total", str(held.total), role="figure")
        total.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        grid = QGridLayout(go)
        grid.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(8))
        grid.setHorizontalSpacing(theme.px(16))
        grid.addWidget(self._chip(key), 0, 0, 2, 1)
        grid.addWidget(at, 0, 1)
        grid.addWidget(who, 1, 1)
        grid.addWidget(goods, 0, 2)
        grid.addWidget(note, 1, 2)
        grid.addWidget(total, 0, 3, 2, 1)
        grid.setColumnStretch(2, 1)
        for each in go.findChildren(QLabel):
            each.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        for each in (at, who, total):
            each.setWordWrap(False)

    def _chip(self, key: str) -> QLabel:
        chip = label("suspended_key", key, role="chip" if key else "body")
        chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        chip.setFixedWidth(theme.px(44))
        return chip

    def _who(self) -> str:
        held = self._held
        if held.also_at:
            return self.tr("⚠ {till} 也有这一单").format(till=held.also_at)
        where = self.tr("本柜台") if held.till == self._till_name else held.till
        return f"{where}  {held.cashier}"

    def _press_discard(self) -> None:
        """Ask in place at the first touch, throw away at the second."""
        if self._is_sure:
            self.discard_pressed.emit(self._held)
        self._is_sure = True
        self._discard.setText(self.tr("再按作废"))


def goods_words(held: SuspendedCart) -> str:
    """Return the names of its first goods in the language of the screen; a cart at another till told one language."""
    if language.current() == "zh" or not held.is_here:
        return held.goods
    try:
        lines = cart_from(held.cart).lines[:GOODS_SHOWN]
    except (PosError, KeyError, TypeError, ValueError):  # a newer till wrote it
        return held.goods
    return ", ".join(product_name(line.product) if line.product else line.text for line in lines)
