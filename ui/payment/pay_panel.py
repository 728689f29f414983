"""Pay: how much is due, which tenders can take it, which cannot and why."""

from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from pos.domain.money import ZERO, Money
from pos.till.cash import likely_amounts
from ui.counter import Counter
from ui.parts import button, label
from ui.widgets.amount_field import AmountField

QUICK_AMOUNTS = 4


class PayPanel(QWidget):
    """Cash by quick amounts or typed, and an invitation to show the Alipay code."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("pay_panel")
        self._counter = counter
        self.cash = AmountField("cash_amount")
        self.cash.setPlaceholderText(self.tr("收到现金"))
        self._change = label("cash_change", "", role="emphasis")
        self._quick = [button(f"cash_{n}" if n else "cash_exact", "", role="quiet") for n in range(QUICK_AMOUNTS)]
        self._alipay = self._make_alipay()
        back = button("back_to_goods", self.tr("Esc 返回加商品"), role="quiet")
        layout = QVBoxLayout(self)
        layout.addWidget(self._alipay)
        layout.addWidget(label("cash_title", self.tr("现金"), role="title"))
        layout.addLayout(self._make_quick_grid())
        layout.addWidget(self.cash)
        layout.addWidget(self._change)
        layout.addStretch()
        layout.addWidget(back)
        self.cash.textChanged.connect(self._show_change)
        back.clicked.connect(counter.back_to_goods)
        for place, each in enumerate(self._quick):
            each.clicked.connect(lambda _checked=False, place=place: self._take_quick(place))

    def open(self) -> None:
        """Show what is due now."""
        self._amounts = likely_amounts(self._counter.cart.total, limit=QUICK_AMOUNTS)
        for place, each in enumerate(self._quick):
            each.setVisible(place < len(self._amounts))
            if place < len(self._amounts):
                text = self.tr("正好 %s") % self._amounts[0] if place == 0 else str(self._amounts[place])
                each.setText(text)
        self.cash.clear()
        self._show_change()

    def confirm(self) -> None:
        """Take the typed cash; nothing typed is the exact amount."""
        self._counter.pay_cash(self.cash.amount or self._counter.cart.total)

    def _take_quick(self, place: int) -> None:
        self._counter.pay_cash(self._amounts[place])

    def _make_alipay(self) -> QLabel:
        if self._counter.can_take_alipay:
            return label("alipay_invitation", self.tr("支付宝：请顾客出示付款码，扫到就收款"), role="alipay")
        return label("alipay_off", self.tr("支付宝没有开通：请店长在设置里填写商户号"), role="off")

    def _make_quick_grid(self) -> QGridLayout:
        grid = QGridLayout()
        for place, each in enumerate(self._quick):
            grid.addWidget(each, place // 2, place % 2)
        return grid

    def _show_change(self) -> None:
        given: Money | None = self.cash.amount
        due = self._counter.cart.total
        if given is None or given == ZERO:
            self._change.setText("")
        elif given < due:
            self._change.setText(self.tr("还差 %s") % (due - given))
        else:
            self._change.setText(self.tr("找零 %s") % (given - due))
