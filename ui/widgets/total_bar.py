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
        """Show what is due, what is left of it when something is taken already, or what was paid; and what is off.

        Where goods that come back are worth more, what the customer gets back.
        """
        savings = cart.savings if cart else ZERO
        self._savings.setText(self.tr("已优惠 −%s") % savings)
        self._savings.setVisible(bool(savings))
        self._pieces.setText(self._words(cart, taken, is_paid=is_paid))
        back = cart.to_return if cart else ZERO
        self._amount.setText(str(back or (cart.to_pay if cart else ZERO) - (ZERO if is_paid else taken)))

    def _words(self, cart: Cart | None, taken: Money, *, is_paid: bool) -> str:
        total, pieces = (cart.total, cart.pieces) if cart else (ZERO, 0)
        if cart and cart.credit:
            return self._exchange_words(cart, is_paid=is_paid)
        if taken and not is_paid:
            return self.tr("还差 · 应收 %s") % total
        if is_paid:
            return self.tr("已收 · %d 件") % pieces
        return self._due_words(cart) if cart else self.tr("应收 · %d 件") % 0

    def _due_words(self, cart: Cart) -> str:
        """Return how many things are due, and how many cost nothing yet because somebody has to look at them."""
        unpriced = [each for each in cart.unpriced_lines if not each.needs_weight]
        lacking = (
            (cart.unknown_lines, self.tr(" + %d 件不认识")), (cart.unweighed_lines, self.tr(" + %d 件未称重")),
            (unpriced, self.tr(" + %d 件没有价格")),
        )  # fmt: skip
        counts = [(sum(line.pieces for line in lines), words) for lines, words in lacking]
        known = self.tr("应收 · %d 件") % (cart.pieces - sum(count for count, _words in counts))
        return known + "".join(words % count for count, words in counts if count)

    def _exchange_words(self, cart: Cart, *, is_paid: bool) -> str:
        if cart.to_return:
            back = self.tr("已退顾客") if is_paid else self.tr("应退顾客")
            swapped = self.tr("退回 %s − 新商品 %s") % (cart.credit, cart.total)
            return f"{back}\n{swapped}"
        if is_paid:
            return self.tr("已收 %s · 换货抵 %s") % (cart.to_pay, cart.credit)
        return self.tr("换货抵 %s · 应收 %s") % (cart.credit, cart.total)
