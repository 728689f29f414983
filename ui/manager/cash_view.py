"""Cash: each drawer of the day, expected against counted; how it went lately; and the end of the day."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from pos.domain.errors import PosError
from pos.domain.money import Money
from pos.till.figures.day_close import ClosedDay
from pos.till.figures.drawers import DayCash, Drawer
from pos.till.figures.tables import FigureTable, drawers_table
from ui import theme
from ui.display import shop_time
from ui.manager.books import Books
from ui.manager.charts import Bar, OverShort
from ui.manager.closed_day import ClosedDayPanel, z_name
from ui.manager.sheet import Cell, Sheet, SheetTable
from ui.manager.view import ChartCard, Choice, View
from ui.manager.words import in_a_row, unusual_name
from ui.messages import notice_for
from ui.parts import button, dress, label

HISTORY = timedelta(days=27)


class CashBoard(View):
    """Drawers above, four weeks of being over or short below, and the key that closes the day."""

    is_live = True

    def __init__(self, books: Books) -> None:
        super().__init__()
        self.setObjectName("cash_board")
        self._books, self._day, self._is_sure = books, date.min, False
        self._answer = label("cash_answer", "", role="answer")
        self._drawers = SheetTable("cash_drawers", self.tr("钱箱"))
        self._history = ChartCard("cash_history", self.tr("四周长短款"))
        self._z = ClosedDayPanel()
        self._found: ClosedDay | None = None
        self._shown = Choice("cash_shown", (self.tr("钱箱"), self.tr("日结单")))
        self._shown.chosen.connect(self._turn)
        self._stack = QStackedLayout()
        self._closed = label("cash_closed", "", role="trust")
        self.close_day = button("cash_close_day", self.tr("日结"), role="quiet")
        self.close_day.clicked.connect(self._press_close)
        self._sheets: tuple[Sheet, ...] = ()
        foot = QHBoxLayout()
        foot.addWidget(self._closed, 1)
        foot.addWidget(self.close_day)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        head = QHBoxLayout()
        head.addWidget(self._answer, 1)
        head.addWidget(self._shown)
        layout.addLayout(head)
        layout.addLayout(self._stack, 1)
        layout.addLayout(foot)
        for each in (self._make_drawers(), self._z):  # a stack without a parent shows what is first as a window
            self._stack.addWidget(each)

    def show_day(self, day: date) -> None:
        """Read the day's drawers and four weeks of counts."""
        self._day, self._is_sure = day, False
        cash = self._books.cash(day)
        history = self._books.over_short(day - HISTORY, day)
        drawers, counts = self._drawers_sheet(cash), self._history_sheet(history)
        self._drawers.show_sheet(drawers, wide=1)
        self._history.show_chart(self._columns(history), counts)
        self._sheets = (drawers, counts)
        self._show_answer(cash)
        self._found = self._books.closed_day(day)
        self._show_close(self._found, cash)
        self._turn(self._shown.place)

    @property
    def shows_z(self) -> bool:
        """Whether the day's closing is seen, and not its drawers."""
        return self._found is not None and self._shown.place == 1

    @property
    def paper_name(self) -> str:
        """Of a closing, its number."""
        return z_name(self._found) if self._found is not None and self.shows_z else ""

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the drawers, and the counts; or what the day was closed with, and what came since."""
        return self._z.sheets if self.shows_z else self._sheets

    def tables(self) -> tuple[FigureTable, ...]:
        """Return the drawers, and those that were counted in four weeks; or the closing, and what came since."""
        if self.shows_z:
            return self._z.tables
        drawers = drawers_table(self._books.cash(self._day).drawers)
        history = self._books.over_short(self._day - HISTORY, self._day)
        return drawers, drawers_table(history, "over-short-28-days")

    def _make_drawers(self) -> QWidget:
        made = QWidget()
        layout = QVBoxLayout(made)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._drawers, 3)
        layout.addWidget(self._history, 4)
        return made

    def _turn(self, _place: int) -> None:
        """Show the drawers, or how the day was closed, where it was."""
        self._shown.setVisible(self._found is not None)
        if self._found is not None and self.shows_z:
            self._z.show_closed(self._found, self._books.kinds_of(self._found.late))
        self._stack.setCurrentIndex(int(self.shows_z))

    def _show_answer(self, cash: DayCash) -> None:
        off = cash.difference
        words = self.tr("应有 %s") % cash.expected
        if cash.counted is not None and off is not None:
            words = self.tr("点过的：实点 %s，%s") % (cash.counted, self._off_words(off))
        kind = "rest" if off is None else "good" if off.fen == 0 else "look"
        self._answer.setText(words)
        dress(self._answer, "kind", kind)

    def _off_words(self, off: Money) -> str:
        if off.fen == 0:
            return self.tr("✓ 正好")
        return self.tr("▲ 长 %s") % off if off.fen > 0 else self.tr("▼ 短 %s") % (-off)

    def _drawers_sheet(self, cash: DayCash) -> Sheet:
        heads = (self.tr("开班"), self.tr("收银员"), self.tr("交班"), self.tr("备用金"), self.tr("现金"),
                 self.tr("支付宝"), self.tr("应有"), self.tr("实点"), self.tr("长短"))  # fmt: skip
        names = self._books.names()
        return Sheet(self.tr("钱箱"), heads, tuple(self._drawer_row(each, names) for each in cash.drawers))

    def _drawer_row(self, drawer: Drawer, names: Mapping[str, str]) -> tuple[Cell, ...]:
        shift, taken = drawer.shift, {kind.value: total.amount for kind, total in drawer.tenders.items()}
        ended: Cell = shift.closed_at or self.tr("开着")
        off = drawer.difference
        who = names.get(shift.cashier, shift.cashier)
        return (shift.opened_at, who, ended, shift.opening_float, taken.get("cash"), taken.get("alipay"),
                drawer.expected, drawer.counted, None if off is None else self._off_words(off))  # fmt: skip

    def _history_sheet(self, history: tuple[Drawer, ...]) -> Sheet:
        heads = (self.tr("日期"), self.tr("收银员"), self.tr("应有"), self.tr("实点"), self.tr("长短"))
        names = self._books.names()
        rows = tuple(
            (each.shift.business_day, names.get(each.shift.cashier, each.shift.cashier), each.expected, each.counted,
             each.difference)
            for each in reversed(history)
        )  # fmt: skip
        return Sheet(self.tr("长短款"), heads, rows)

    def _columns(self, history: tuple[Drawer, ...]) -> OverShort:
        bars = []
        for each in history:
            off = each.difference or Money(0)
            words = self.tr("%d日 %s") % (each.shift.business_day.day, off.yuan) if off else ""
            bars.append(Bar("", off.fen, 0, words))
        keys = (self.tr("▲ 长：多出来的"), self.tr("▼ 短：少了的（斜线）"))
        return OverShort(tuple(bars), keys, self.tr("四周里每次都正好"))

    def _show_close(self, closed: ClosedDay | None, cash: DayCash) -> None:
        self.close_day.setVisible(closed is None)
        self.close_day.setEnabled(bool(cash.drawers) and cash.is_all_counted)
        self.close_day.setText(self.tr("日结"))
        self._closed.setText(self._close_words(closed, cash))
        dress(self._closed, "kind", "look" if closed and closed.is_restated else "rest")

    def _close_words(self, closed: ClosedDay | None, cash: DayCash) -> str:
        if closed is None:
            is_ready = cash.drawers and cash.is_all_counted
            return (
                self.tr("所有班都交了，可以日结；日结以后数字不再改") if is_ready else self.tr("还有班没有交，不能日结")
            )
        words = self.tr("✓ 日结 Z%d，%s，净销售额 %s") % (closed.day_no, shop_time(closed.closed_at), closed.closed.net)
        if closed.is_restated:
            late = in_a_row(dict.fromkeys(unusual_name(each.kind) for each in closed.late))
            words = self.tr("%s；以后又到 %d 件（%s），现在是 %s") % (words, len(closed.late), late, closed.now.net)
        return words

    def _press_close(self) -> None:
        """Ask in place at the first touch, close at the second."""
        if not self._is_sure:
            self._is_sure = True
            self.close_day.setText(self.tr("再按一次，日结 %s") % f"{self._day:%m-%d}")
            if self._day == self._books.trading_day:
                self._closed.setText(self.tr("⚠ 今天还没过完：日结以后再卖的，都记作日结以后才到"))
            return
        self._books.close_day(self._day, lambda _closed: self._on_closed(), self._on_refused)

    def _on_closed(self) -> None:
        """Show the closing at once: it is what is printed now."""
        self._shown.choose(1)
        self.show_day(self._day)

    def _on_refused(self, error: PosError) -> None:
        notice = notice_for(error)
        self.show_day(self._day)
        self._closed.setText(f"⚠ {notice.words}：{notice.action}")
