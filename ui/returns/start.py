"""Start list: what a return begins with when no receipt was scanned: the last sales, or none at all."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.sale import Sale
from ui.display import shop_time
from ui.parts import button, label, named

ROWS = 4


class StartList(QWidget):
    """The last sales of this till, each a button.

    Signals: ``chosen`` carries a receipt's number; ``loose_wanted`` that there is no receipt; ``money_wanted`` that no
    goods come back, only money.
    """

    chosen = Signal(str)
    loose_wanted = Signal()
    money_wanted = Signal()
    rows = ROWS

    def __init__(self) -> None:
        super().__init__()
        named(self, "return_start")
        self._numbers: list[str] = []
        self._last = [button(f"return_last_{place}", "", role="quiet") for place in range(ROWS)]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(label("return_last_title", self.tr("这台柜台最近的销售"), role="title"))
        for place, each in enumerate(self._last):
            each.clicked.connect(lambda _checked=False, place=place: self.chosen.emit(self._numbers[place]))
            column.addWidget(each)
        loose = button("return_loose", self.tr("没有小票"), role="quiet")
        loose.clicked.connect(self.loose_wanted)
        money = button("return_money", self.tr("只退钱（多收了）"), role="quiet")
        money.clicked.connect(self.money_wanted)
        other = QHBoxLayout()
        for each in (loose, money):
            other.addWidget(each)
        column.addLayout(other)

    def open(self, sales: Sequence[Sale]) -> None:
        """Show these sales."""
        self._numbers = [each.receipt_no for each in sales]
        for place, each in enumerate(self._last):
            each.setVisible(place < len(sales))
            if place < len(sales):
                sale = sales[place]
                each.setText(f"{shop_time(sale.completed_at)}   {sale.total}   {sale.receipt_no}")
        self.show()
