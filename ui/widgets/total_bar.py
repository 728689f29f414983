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

    def show_total(self, cart: Cart | None = None, taken: Money = ZERO) -> None:
        """Show what is due, or what is left of it when something is taken already; and what was taken off.

        Where goods that come back are worth more, what the customer gets back, with a minus.
        """
        total, pieces, savings = (cart.total, cart.pieces, cart.savings) if cart else (ZERO, 0, ZERO)
        self._savings.setText(self.tr("已优惠 −%s") % savings)
        self._savings.setVisible(bool(savings))
        credit = cart.credit if cart else ZERO
        words = self.tr("还差 · 应收 %s") % total if taken else self.tr("应收 · %d 件") % pieces
        if credit:
            words = self.tr("换货抵 %s · 应收 %s") % (credit, total)
        self._pieces.setText(words)
        back = credit - total
        self._amount.setText(f"−{back}" if back > ZERO else str(total - credit - taken))
