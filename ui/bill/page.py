"""Bill: a day matched between till, Alipay and head office; only what does not agree is listed."""

from datetime import date, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pos.domain.bill import Difference, Mismatch
from pos.domain.errors import BillUnreadable, PosError
from pos.domain.money import Money
from ui import theme
from ui.counter import Counter
from ui.desk import Desk, Matched, Order
from ui.display import shop_time
from ui.keys.keymap import Press
from ui.messages import QT_TRANSLATE_NOOP, notice_for
from ui.parts import button, dress, label, named
from ui.stage import Stage

_WORDS: dict[Difference, tuple[str, str]] = {
    Difference.AMOUNT_DIFFERS: (QT_TRANSLATE_NOOP("bill", "金额不同"),
                                QT_TRANSLATE_NOOP("bill", "按订单号问支付宝，账不要改")),
    Difference.ONLY_AT_ALIPAY: (QT_TRANSLATE_NOOP("bill", "只有支付宝有"),
                                QT_TRANSLATE_NOOP("bill", "到“支付查询”查这个订单号；没有销售就退回")),
    Difference.ONLY_AT_TILL: (QT_TRANSLATE_NOOP("bill", "只有柜台有"),
                              QT_TRANSLATE_NOOP("bill", "马上问支付宝：这一笔没有到账")),
    Difference.OTHER_DAY: (QT_TRANSLATE_NOOP("bill", "在另一天"),
                           QT_TRANSLATE_NOOP("bill", "半夜前后的，看相邻那天")),
    Difference.NOT_AT_HUB: (QT_TRANSLATE_NOOP("bill", "总部还没有"),
                            QT_TRANSLATE_NOOP("bill", "不用做什么，有线路就会上传")),
    Difference.ONLY_AT_HUB: (QT_TRANSLATE_NOOP("bill", "只有总部有"),
                             QT_TRANSLATE_NOOP("bill", "这台的账本换过，请联系技术人员")),
}  # fmt: skip


def difference_words(difference: Difference) -> tuple[str, str]:
    """Return the name of a difference, and the one thing to do about it."""
    name, action = _WORDS[difference]
    return QCoreApplication.translate("bill", name), QCoreApplication.translate("bill", action)


class BillPage(QWidget):
    """Pick a day, fetch or choose its bill, read three totals and a list that is empty on a good day."""

    def __init__(self, counter: Counter, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("bill_page")
        self._counter, self._desk = counter, desk
        self.day = date.min
        self._shown_day = label("bill_day", "", role="figure")
        self._shown_day.setAlignment(Qt.AlignmentFlag.AlignCenter)
        earlier = button("bill_earlier", self.tr("◀ 前一天"), role="quiet")
        later = button("bill_later", self.tr("后一天 ▶"), role="quiet")
        self.fetch = button("bill_fetch", self.tr("下载账单并核对"), role="primary", press=Press.TAKE)
        choose = button("bill_choose", self.tr("用手上的账单文件"), role="quiet")
        back = button("bill_back", self.tr("返回柜台"), role="quiet", press=Press.STOP)
        self._verdict = label("bill_verdict", "", role="verdict")
        self._note = label("bill_note", "", role="advice")
        self._figures: dict[str, QLabel] = {}
        self._table = self._make_table()
        top = QHBoxLayout()
        for each, stretch in ((earlier, 1), (self._shown_day, 2), (later, 1), (self.fetch, 4), (choose, 2)):
            top.addWidget(each, stretch)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(12))
        layout.addWidget(label("bill_title", self.tr("支付宝对账"), role="big"))
        layout.addLayout(top)
        layout.addLayout(self._make_cards())
        layout.addWidget(self._verdict)
        layout.addWidget(self._note)
        place = QVBoxLayout()
        place.addWidget(self._table, 1)
        place.addStretch()
        layout.addLayout(place, 1)
        layout.addWidget(back)
        earlier.clicked.connect(lambda: self.pick(self.day - timedelta(days=1)))
        later.clicked.connect(lambda: self.pick(self.day + timedelta(days=1)))
        self.fetch.clicked.connect(lambda: self._match(None))
        choose.clicked.connect(self._choose)
        back.clicked.connect(lambda: counter.show(Stage.SELL))

    def open(self) -> None:
        """Start with yesterday."""
        self.pick(self._desk.shop_today() - timedelta(days=1))

    def press_enter(self) -> None:
        """Fetch the bill, where that may be done now."""
        self.fetch.click()

    def pick(self, day: date) -> None:
        """Turn to a day; what was found of another is wiped."""
        self.day = day
        self._shown_day.setText(day.isoformat())
        self._verdict.hide()
        self._note.hide()
        self._table.hide()
        for figure in self._figures.values():
            figure.setText("—")

    def _make_cards(self) -> QGridLayout:
        grid = QGridLayout()
        names = (("till", self.tr("这台柜台")), ("alipay", self.tr("支付宝账单")), ("hub", self.tr("总部")),
                 ("fees", self.tr("手续费")))  # fmt: skip
        for place, (name, title) in enumerate(names):
            card = named(QFrame(), f"card_bill_{name}")
            card.setProperty("role", "card")
            self._figures[name] = label(f"bill_{name}", "", role="figure")
            column = QVBoxLayout(card)
            column.addWidget(label(f"bill_{name}_title", title, role="advice"))
            column.addWidget(self._figures[name])
            grid.addWidget(card, 0, place)
        return grid

    def _make_table(self) -> QTableWidget:
        heads = [
            self.tr("时间"), self.tr("差别"), self.tr("柜台"), self.tr("支付宝"), self.tr("总部"),
            self.tr("怎么办"), self.tr("订单号"),
        ]  # fmt: skip
        table = named(QTableWidget(0, len(heads)), "bill_table")
        table.setHorizontalHeaderLabels(heads)
        table.verticalHeader().hide()
        table.verticalHeader().setDefaultSectionSize(theme.px(48))
        table.setEditTriggers(table.EditTrigger.NoEditTriggers)
        table.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        table.horizontalHeader().setStretchLastSection(True)
        return table

    def _choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, self.tr("选择账单"), "", self.tr("账单 (*.zip *.csv)"))
        if path:
            self.match_file(Path(path))

    def match_file(self, path: Path) -> None:
        """Match the day by a bill that somebody downloaded by hand."""
        try:
            self._match(path.read_bytes())
        except OSError as reason:
            self._show_error(BillUnreadable(reason=reason.strerror))

    def _match(self, raw: bytes | None) -> None:
        self.fetch.setEnabled(False)
        self._say(self.tr("正在核对…"), "rest")
        cashier = self._counter.cashier
        assert cashier is not None
        self._desk.match_day(Order(cashier, self.day, raw), self._show_match, self._show_error)

    def _show_match(self, found: Matched) -> None:
        self.fetch.setEnabled(True)
        match = found.match
        amounts: dict[str, Money | None] = {
            "till": match.till, "alipay": match.alipay, "hub": match.hub, "fees": match.fees,
        }  # fmt: skip
        for name, amount in amounts.items():
            self._figures[name].setText("—" if amount is None else str(amount))
        agreed = self.tr("%d 笔一致，%d 笔付了又退") % (match.agreed, match.returned)
        if match.mismatches:
            self._say(self.tr("⚠ %d 笔对不上；%s") % (len(match.mismatches), agreed), "look")
        elif found.without_hub:
            self._say(self.tr("✓ 柜台和支付宝一致：%s") % agreed, "good")
        else:
            self._say(self.tr("✓ 三方一致：%s") % agreed, "good")
        self._note.setVisible(found.without_hub is not None or match.hub is None)
        self._note.setText(self.tr("总部没有参加核对：连不上，或没有设置总部"))
        self._fill(match.mismatches)

    def _fill(self, mismatches: tuple[Mismatch, ...]) -> None:
        self._table.setVisible(bool(mismatches))
        self._table.setRowCount(len(mismatches))
        for at, each in enumerate(mismatches):
            name, action = difference_words(each.difference)
            amounts = ["—" if amount is None else str(amount) for amount in (each.till, each.alipay, each.hub)]
            cells = [shop_time(each.at), name, *amounts, action, each.request_no or each.out_trade_no]
            for column, text in enumerate(cells):
                self._table.setItem(at, column, QTableWidgetItem(text))
        self._table.resizeColumnsToContents()

    def _show_error(self, error: PosError) -> None:
        self.fetch.setEnabled(True)
        notice = notice_for(error)
        self._say(f"✕ {notice.words}：{notice.action}", "stop")

    def _say(self, words: str, kind: str) -> None:
        self._verdict.setText(words)
        dress(self._verdict, "kind", kind)
        self._verdict.show()
