"""Today: is the day good, is the drawer right, is anything unsent or unknown; from this till's own disk."""

from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.domain.sale import TenderKind
from pos.domain.staff import Role
from ui import theme
from ui.cash.words import tender_words
from ui.counter import Counter
from ui.display import clock_time
from ui.keys.keymap import Press
from ui.parts import button, centred, find, label, named
from ui.stage import Stage


class TodayPage(QWidget):
    """Five cards, the tender split, and the trust line."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("today_page")
        self._counter = counter
        self._figures: dict[str, QLabel] = {}
        self._trust = label("today_trust", "", role="emphasis")
        self._title = label("today_title", "", role="big")
        back = button("today_back", self.tr("返回柜台"), role="quiet", press=Press.STOP)
        back.clicked.connect(lambda: counter.show(Stage.SELL if counter.shift and counter.shift.is_open else
                                                  Stage.OPEN_SHIFT))  # fmt: skip
        layout = QVBoxLayout()
        layout.setSpacing(theme.px(16))
        layout.addWidget(self._title)
        layout.addLayout(self._make_cards())
        layout.addLayout(self._make_tenders())
        layout.addWidget(self._trust)
        layout.addStretch()
        self.refund = button("today_refund", self.tr("退货退款"), role="quiet", press=Press.REFUND)
        self.bill = button("today_bill", self.tr("支付宝对账"), role="quiet")
        keys = QHBoxLayout()
        for each in (self.refund, self.bill, back):
            keys.addWidget(each)
        layout.addLayout(keys)
        self.setLayout(centred(layout, 1100))
        counter.figures_changed.connect(self._refresh)

    def open(self) -> None:
        """Read the figures."""
        day = self._counter.today()
        self._title.setText(self.tr("今天 %s") % day.business_day.isoformat())
        self._figures["net"].setText(str(day.net))
        self._figures["refunds"].setText(self.tr("%s · %d 笔") % (day.refunds.amount, day.refunds.count))
        is_manager = self._counter.cashier is not None and self._counter.cashier.role is Role.MANAGER
        self.bill.setVisible(is_manager)
        self._figures["sales"].setText(self.tr("%d 笔") % day.sales)
        self._figures["average"].setText(str(day.average))
        self._figures["tax"].setText(str(day.tax))
        for kind, total in day.tenders.items():
            find(self, f"card_{kind.value}").show()
            self._figures[kind.value].setText(self.tr("%s · %d 笔") % (total.amount, total.count))
        self._trust.setText(self._trust_line())

    def _refresh(self) -> None:
        if self.isVisible():
            self.open()

    def _trust_line(self) -> str:
        day = self._counter.today()
        parts = []
        if day.unsent.count:
            oldest = clock_time(day.unsent.oldest_at)
            parts.append(self.tr("⚠ 还有 %d 条没有上传，最早的是 %s") % (day.unsent.count, oldest))
        else:
            parts.append(self.tr("✓ 全部已上传总部"))
        if day.open_attempts:
            parts.append(self.tr("⚠ %d 笔支付宝还在查询") % len(day.open_attempts))
        return "    ".join(parts)

    def _make_cards(self) -> QGridLayout:
        grid = QGridLayout()
        names = (
            ("net", self.tr("净销售额")), ("sales", self.tr("笔数")),
            ("average", self.tr("客单价")), ("tax", self.tr("其中税额")),
        )  # fmt: skip
        for place, (name, title) in enumerate(names):
            grid.addWidget(self._card(name, title), 0, place)
        return grid

    def _make_tenders(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self._card(TenderKind.CASH.value, self.tr("现金")))
        row.addWidget(self._card(TenderKind.ALIPAY.value, self.tr("支付宝")))
        for kind in (TenderKind.PREPAID_CARD, TenderKind.BANK_CARD, TenderKind.EXCHANGE):
            card = self._card(kind.value, tender_words(kind))
            card.hide()
            row.addWidget(card)
        row.addWidget(self._card("refunds", self.tr("退款")))
        return row

    def _card(self, name: str, title: str) -> QFrame:
        card = named(QFrame(), f"card_{name}")
        card.setProperty("role", "card")
        self._figures[name] = label(f"today_{name}", "", role="figure")
        layout = QVBoxLayout(card)
        layout.addWidget(label(f"today_{name}_title", title, role="advice"))
        layout.addWidget(self._figures[name])
        return card
