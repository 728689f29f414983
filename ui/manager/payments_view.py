"""Payments: what Alipay brought and took back on a day, and what is not at its end; each with one thing to do."""

from datetime import date

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout

from pos.till.figures.payments_of_day import DayPayments
from pos.till.figures.tables import FigureTable, payments_table
from ui import theme
from ui.keys.keymap import Press
from ui.manager.books import Books
from ui.manager.sheet import Sheet, SheetTable
from ui.manager.view import View
from ui.parts import button, dress, label, named
from ui.review.words import open_words


class PaymentsBoard(View):
    """Two sums, the open ones, and the ways to the bill, the refund and the look-up."""

    has_numbers = False
    is_live = True

    def __init__(self, books: Books) -> None:
        super().__init__()
        self.setObjectName("payments_board")
        self._books, self._day = books, date.min
        self._answer = label("payments_answer", "", role="answer")
        self._figures: dict[str, QLabel] = {}
        self._table = SheetTable("payments_table", self.tr("没有结束的"))
        self._sheet = Sheet("", (), ())
        self.review = button("payments_review", self.tr("逐笔办理"), role="primary")
        self.bill = button("today_bill", self.tr("三方对账：柜台、支付宝、总部"), role="quiet")
        self.refund = button("today_refund", self.tr("退款"), role="quiet", press=Press.REFUND)
        cards = QHBoxLayout()
        for name, title in (("taken", self.tr("收到")), ("given_back", self.tr("退回")), ("open", self.tr("没有结束"))):
            cards.addWidget(self._make_card(name, title))
        keys = QHBoxLayout()
        for each, stretch in ((self.refund, 1), (self.bill, 2), (self.review, 2)):
            keys.addWidget(each, stretch)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._answer)
        layout.addLayout(cards)
        layout.addWidget(self._table, 1)
        layout.addStretch()
        layout.addLayout(keys)

    def show_day(self, day: date) -> None:
        """Read a calendar day's payments, and what is open of whichever day."""
        self._day = day
        found = self._books.payments(day)
        times = self.tr("%s · %d 笔")
        self._figures["taken"].setText(times % (found.taken, found.taken_count))
        self._figures["given_back"].setText(times % (found.given_back, found.given_back_count))
        self._figures["open"].setText(self.tr("%d 笔") % len(found.open))
        self._sheet = self._make_sheet(found)
        self._table.show_sheet(self._sheet, wide=1)
        self._table.setVisible(bool(found.open))
        self.review.setEnabled(bool(found.open))
        self._show_answer(found)

    def sheets(self) -> tuple[Sheet, ...]:
        """Return what is open."""
        return (self._sheet,)

    def tables(self) -> tuple[FigureTable, ...]:
        """Return the sums, and what is open."""
        return (payments_table(self._books.payments(self._day)),)

    def _show_answer(self, found: DayPayments) -> None:
        if found.overdue:
            words, kind = self.tr("⚠ %d 笔早该结束了，请逐笔办理") % len(found.overdue), "look"
        elif found.open:
            words, kind = self.tr("… %d 笔正在查询，通常几分钟就有结果") % len(found.open), "rest"
        else:
            words, kind = self.tr("✓ 每一笔都有结果；账单明天可以对"), "good"
        self._answer.setText(words)
        dress(self._answer, "kind", kind)

    def _make_sheet(self, found: DayPayments) -> Sheet:
        heads = (self.tr("要办吗"), self.tr("怎么样了"), self.tr("金额"))
        late = {each.id for each in found.overdue}
        rows = tuple((self.tr("⚠ 要办") if each.id in late else self.tr("… 在查"), open_words(each), each.amount)
                     for each in found.open)  # fmt: skip
        return Sheet(self.tr("没有结束的支付"), heads, rows)

    def _make_card(self, name: str, title: str) -> QFrame:
        card = named(QFrame(), f"card_payments_{name}")
        card.setProperty("role", "card")
        self._figures[name] = label(f"payments_{name}", "", role="figure")
        column = QVBoxLayout(card)
        column.addWidget(label(f"payments_{name}_title", title, role="advice"))
        column.addWidget(self._figures[name])
        return card
