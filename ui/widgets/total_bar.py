"""Total bar: the amount due, the biggest thing on the screen, always in the same place."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from pos.domain.cart import Cart
from pos.domain.money import ZERO, Money
from ui import theme
from ui.parts import label


class TotalBar(QFrame):
    """How many pieces, what was taken off, and how much."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("total_bar")
        self._pieces = label("total_pieces", "")
        self._savings = label("total_savings", "")
        self._amount = label("total_amount", "")
        self._amount.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._amount.setWordWrap(False)
        self.setFixedHeight(theme.px(92))
        layout = QHBoxLayout(self)
        left = QVBoxLayout()
        left.addStretch()
        left.addWidget(self._pieces)
        left.addWidget(self._savings)
        left.addStretch()
        layout.addLayout(left)
        layout.addWidget(self._amount, 1)
        self.show_total()

    def show_total(self, cart: Cart | None = None, taken: Money = ZERO, *, is_paid: bool = False) -> None:
        """Show what is due, what is left of it when something is taken already, or what was paid; and what is off."""
        total, pieces, savings = (cart.total, cart.pieces, cart.savings) if cart else (ZERO, 0, ZERO)
        self._savings.setText(self.tr("已优惠 −%s") % savings)
        self._savings.setVisible(bool(savings))
        due = self.tr("已收 · %d 件") if is_paid else self.tr("应收 · %d 件")
        words = self.tr("还差 · 应收 %s") % total if taken and not is_paid else due % pieces
        self._pieces.setText(words)
        self._amount.setText(str(total if is_paid else total - taken))
