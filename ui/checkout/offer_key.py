"""Offer key: a payment code was seen among the goods; what it would be charged, and what has to be done before."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon

from pos.domain.money import Money
from ui.keys.button import KeyButton
from ui.keys.keymap import Press
from ui.parts import named


class OfferKey(KeyButton):
    """Has its key printed on it only while that key charges the code."""

    def __init__(self) -> None:
        super().__init__("", Press.TAKE)
        named(self, "take_offer").setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setProperty("role", "alipay")

    def offer(self, amount: Money, *, waits: bool) -> None:
        """Say what takes this amount, or, while its key answers something else, that this comes first."""
        self.setEnabled(not waits)
        if waits:
            self.setText(self.tr("看到付款码 · 先办完下面的，再收 %s") % amount)
            self.setIcon(QIcon())
        else:
            self.setText(self.tr("看到付款码 · 收支付宝 %s") % amount)
            self.show_key()
