"""Parts list: what was taken already of this sale, each with the button that gives it back."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.domain.payment import PaymentAttempt
from pos.domain.sale import TenderKind
from ui import theme
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.parts import button, label, named

ROWS_SHOWN = 2
ROW_PX = 80


class PartsList(QScrollArea):
    """One row a part, the latest always visible; cash that is to go back stands there until it is said to be back."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("parts_list")
        self.setWidgetResizable(True)
        self._counter = counter
        inside = named(QWidget(), "parts_rows")
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(theme.px(4))
        self.setWidget(inside)
        self.verticalScrollBar().rangeChanged.connect(lambda _low, high: self.verticalScrollBar().setValue(high))
        self.hide()

    def show_parts(self) -> None:
        """Draw the parts as they are on disk now."""
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        parts = self._counter.parts
        for part in parts.to_hand_back:
            words = self.tr("↩ 请退给顾客现金 %s") % part.amount
            self._add(part, words, self.tr("已退"), "parts_handed_back")
        for part in parts.standing.paid:
            self._add(part, f"✓ {self._name(part.kind)} {part.amount}", self.tr("退回"), "parts_give_back")
        self.setFixedHeight(theme.px(ROW_PX) * min(self._rows.count(), ROWS_SHOWN))
        is_long = self._rows.count() > ROWS_SHOWN
        off, on = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        self.setVerticalScrollBarPolicy(on if is_long else off)
        self.setVisible(self._rows.count() > 0)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is taken and nothing is to be handed back."""
        return self._rows.count() == 0

    def _add(self, part: PaymentAttempt, words: str, press: str, name: str) -> None:
        row = named(QFrame(), "parts_row")
        row.setProperty("role", "card" if name == "parts_give_back" else "alarm")
        parts = self._counter.parts
        is_next = part == (parts.standing.paid or parts.to_hand_back)[-1]
        back = button(name, press, role="quiet", press=Press.VOID_LINE if is_next else None)
        back.setEnabled(not self._counter.parts.is_busy)
        verb = self._counter.parts.give_back if name == "parts_give_back" else self._counter.parts.handed_back
        back.clicked.connect(lambda: verb(part))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(theme.px(12), theme.px(4), theme.px(4), theme.px(4))
        layout.addWidget(label("parts_words", words, role="emphasis"), 1)
        layout.addWidget(back)
        self._rows.addWidget(row)

    def _name(self, kind: TenderKind) -> str:
        names = {TenderKind.CASH: self.tr("现金"), TenderKind.ALIPAY: self.tr("支付宝")}
        return names.get(kind, self.tr("储值卡"))
