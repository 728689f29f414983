"""Price check: the next scan only tells what a thing costs; nothing goes into the cart."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.product import Pack
from pos.domain.quantity import Unit
from pos.till.prices import PriceTold
from ui.checkout.pick_panel import pack_name
from ui.display import reduction_name
from ui.keys.keymap import Press
from ui.parts import button, label, named

SHOWN = 4
"""Things that are told at once when a name fits several."""


class PriceCheckPanel(QWidget):
    """Name, price and unit of what was scanned or typed.

    Signals: ``asked`` carries a typed text; ``wanted`` carries the Pack to sell after all; ``left`` that it is enough.
    """

    asked = Signal(str)
    wanted = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("price_check_panel")
        self._only: Pack | None = None
        self.box = named(QLineEdit(placeholderText=self.tr("扫一下，或输入条码、编号、名称")), "price_check_box")
        self._advice = label("price_check_advice", "", role="advice")
        self._told = [label(f"price_check_{row}", "", role="emphasis") for row in range(SHOWN)]
        self._prices = [label(f"price_check_price_{row}", "", role="figure") for row in range(SHOWN)]
        self._take = button("price_check_take", self.tr("加入这件"), role="quiet", press=Press.TAKE)
        self._again = button("price_check_again", self.tr("再查一件"), role="quiet", press=Press.PRICE_CHECK)
        self._take.clicked.connect(self.press_enter)
        self._again.clicked.connect(self.open)
        self._lay_out()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(label("price_check_title", self.tr("查价格"), role="big"))
        layout.addWidget(self.box)
        layout.addWidget(self._advice)
        for told, price in zip(self._told, self._prices, strict=True):
            layout.addWidget(told)
            layout.addWidget(price)
        layout.addStretch()
        back = button("price_check_back", self.tr("返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.left)
        ways = QHBoxLayout()
        for each in (back, self._again, self._take):
            ways.addWidget(each)
        layout.addLayout(ways)

    @property
    def is_listening(self) -> bool:
        """Whether the next scan is only to be told."""
        return self._again.isHidden()

    def open(self) -> None:
        """Wait for the next thing."""
        self._show([], self.tr("下一次扫的只看价格，不加入"))
        self._again.hide()

    def tell(self, found: Sequence[PriceTold]) -> None:
        """Say what it is and costs, and which offers are on it."""
        self._show(found[:SHOWN], self.tr("没有加入；再扫就照常卖") if found else self.tr("⚠ 没有这个商品"))
        self._again.show()

    def press_enter(self) -> None:
        """Look up what is typed, else sell what was found."""
        text = self.box.text().strip()
        if text:
            self.asked.emit(text)
        elif self._only is not None:
            self.wanted.emit(self._only)

    def _show(self, found: Sequence[PriceTold], advice: str) -> None:
        self.box.clear()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._advice.setText(advice)
        self._only = found[0].pack if len(found) == 1 else None
        self._take.setVisible(self._only is not None)
        for row in range(SHOWN):
            told = found[row] if row < len(found) else None
            words = ("  ·  ".join([pack_name(told.pack), *map(reduction_name, told.offers)])) if told else ""
            self._told[row].setText(words)
            self._prices[row].setText(self._price_words(told) if told else "")
            self._told[row].setVisible(told is not None)
            self._prices[row].setVisible(told is not None)

    def _price_words(self, told: PriceTold) -> str:
        pack = told.pack
        product = pack.product
        if product.is_open_price and pack.own_price is None:
            return self.tr("现场定价")
        unit = self.tr("每公斤") if product.unit is Unit.GRAM else self.tr("每件")
        if pack.quantity > 1:
            unit = self.tr("%d 件一起") % pack.quantity
        was = self.tr("（原价 %s）") % pack.price if told.price < pack.price else ""
        return f"{told.price} {unit}{was} · {product.sku}"
