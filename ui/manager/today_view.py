"""Today: is the drawer right, is the day good, when did the money come, and is all of it sent."""

from datetime import date

from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout

from pos.domain.money import Money
from pos.till.figures.day_close import ClosedDay
from pos.till.figures.drawers import DayCash
from pos.till.figures.hours import Hour
from pos.till.figures.tables import FigureTable, hours_table, tenders_table, today_table
from pos.till.figures.tender_mix import TenderMix
from pos.till.figures.today import Figure, TodayView, Trust
from ui import theme
from ui.display import shop_time
from ui.manager.books import Books
from ui.manager.charts import Bar, Bars, Mix, Part
from ui.manager.figure_card import FigureCard
from ui.manager.sheet import Sheet
from ui.manager.view import ChartCard, View
from ui.manager.words import change_words, figure_name, figure_text, rate, tender_name, weekday, whole_yuan
from ui.parts import dress, label

COLUMNS = 4
HOUR_S, DAY_S = 3600, 86_400


class TodayBoard(View):
    """Expected against counted first, eight figures, the hours, the tenders, the trust line."""

    is_live = True

    def __init__(self, books: Books) -> None:
        super().__init__()
        self.setObjectName("today_board")
        self._books = books
        self._answer = label("today_answer", "", role="answer")
        self._trust = label("today_trust", "", role="trust")
        self._restated = label("today_restated", "", role="trust")
        dress(self._restated, "kind", "look")
        self._beside = label("today_beside", "", role="trust")
        self._beside.setWordWrap(False)
        self._cards = {figure: FigureCard(figure) for figure in Figure}
        self._hours = ChartCard("today_hours", self.tr("每小时净销售额（元）"))
        self._tenders = ChartCard("today_tenders", self.tr("支付方式"))
        self._sheets: tuple[Sheet, ...] = ()
        self._tables: tuple[FigureTable, ...] = ()
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        for place, card in enumerate(self._cards.values()):
            grid.addWidget(card, place // COLUMNS, place % COLUMNS)
        charts = QHBoxLayout()
        charts.setSpacing(theme.px(8))
        charts.addWidget(self._hours, 8)
        charts.addWidget(self._tenders, 5)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._answer)
        layout.addWidget(self._restated)
        layout.addLayout(grid)
        layout.addLayout(charts, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._trust, 1)
        foot.addWidget(self._beside)
        layout.addLayout(foot)

    def show_day(self, day: date) -> None:
        """Read the day."""
        view, mix, found = self._books.today(day), self._books.tenders(day), self._books.hours(day)
        cash = self._books.cash(day)
        self._show_cash(cash)
        self._show_restated(self._books.closed_day(day))
        for card in self._cards.values():
            card.show_figure(view)
        figures, hours, tenders = self._figures_sheet(view), self._hours_sheet(found), self._tenders_sheet(mix)
        self._hours.show_chart(self._bars(found), hours)
        self._tenders.show_chart(self._mix(mix, has_drawers=bool(cash.drawers)), tenders)
        self._sheets = (figures, hours, tenders)
        self._tables = (today_table(view), hours_table(found), tenders_table(mix))
        self._show_trust(view.trust)
        self._beside.setText(self._beside_words(view))

    def sheets(self) -> tuple[Sheet, ...]:
        """Return figures, hours and tenders."""
        return self._sheets

    def tables(self) -> tuple[FigureTable, ...]:
        """Return figures, hours and tenders."""
        return self._tables

    def _show_cash(self, cash: DayCash) -> None:
        if not cash.drawers:
            words, kind = self.tr("钱箱：这一天还没有开班"), "rest"
        elif cash.counted is None or cash.difference is None:
            words, kind = self.tr("钱箱：现在应有 %s，还没有点过") % cash.expected, "rest"
        else:
            words, kind = self._counted_words(cash, cash.difference)
        self._answer.setText(words)
        dress(self._answer, "kind", kind)

    def _show_restated(self, closed: ClosedDay | None) -> None:
        """Say that a day is no longer what it was closed with; the closing itself never changes."""
        is_restated = closed is not None and closed.is_restated
        if closed is not None and is_restated:
            words = self.tr("⚠ 日结 Z%d 以后又到 %d 件：净销售额当时 %s，现在 %s；看 2 现金 → 日结单")
            self._restated.setText(words % (closed.day_no, len(closed.late), closed.closed.net, closed.now.net))
        self._restated.setVisible(is_restated)

    def _counted_words(self, cash: DayCash, off: Money) -> tuple[str, str]:
        if off.fen == 0:
            words, kind = self.tr("✓ 钱箱：点过的都对，实点 %s") % cash.counted, "good"
        elif off.fen < 0:
            words, kind = self.tr("▼ 钱箱：短 %s（实点 %s）") % (-off, cash.counted), "look"
        else:
            words, kind = self.tr("▲ 钱箱：长 %s（实点 %s）") % (off, cash.counted), "look"
        open_ones = [each.expected for each in cash.drawers if each.counted is None]
        if open_ones:
            words += self.tr("；开着的班应有 %s") % sum(open_ones[1:], open_ones[0])
        return words, kind

    def _bars(self, found: tuple[Hour, ...]) -> Bars:
        bars = tuple(
            Bar(f"{each.hour}", each.net.fen, each.net_before.fen, whole_yuan(each.net) if each.net else "",
                each.is_running)
            for each in found
        )  # fmt: skip
        keys = (self.tr("这一天"), self.tr("上周同一天"), self.tr("本小时未结束"))
        return Bars(bars, keys, self.tr("还没有销售"))

    def _mix(self, mix: TenderMix, *, has_drawers: bool) -> Mix:
        parts = tuple(
            Part(tender_name(each.kind), each.share, self.tr("%s · %d 笔") % (each.amount, each.count))
            for each in mix.tenders
        )
        if mix.expected_cash is None:
            return Mix(parts, self.tr("钱箱都交过班了") if has_drawers else "")
        return Mix(parts, self.tr("钱箱现在应有 %s（含备用金）") % mix.expected_cash)

    def _figures_sheet(self, view: TodayView) -> Sheet:
        rows = []
        for figure in Figure:
            change = view.change(figure)
            before = figure_text(figure, change.before) if change else None
            rows.append((figure_name(figure), figure_text(figure, view.value(figure)), before,
                         change_words(figure, change)))  # fmt: skip
        heads = (self.tr("数字"), self.tr("这一天"), self.tr("上周此时"), self.tr("变化"))
        return Sheet(self.tr("今日"), heads, tuple(rows))

    def _hours_sheet(self, found: tuple[Hour, ...]) -> Sheet:
        heads = (self.tr("钟点"), self.tr("笔数"), self.tr("净销售额"), self.tr("上周笔数"), self.tr("上周净额"))
        rows = tuple((f"{each.hour:02d}:00", each.sales, each.net, each.sales_before, each.net_before)
                     for each in found)  # fmt: skip
        return Sheet(self.tr("每小时"), heads, rows)

    def _tenders_sheet(self, mix: TenderMix) -> Sheet:
        heads = (self.tr("付款方式"), self.tr("笔数"), self.tr("金额"), self.tr("占比"))
        rows = tuple(
            (tender_name(each.kind), each.count, each.amount, None if each.share is None else rate(each.share))
            for each in mix.tenders
        )
        return Sheet(self.tr("付款方式"), heads, rows)

    def _show_trust(self, trust: Trust) -> None:
        self._trust.setText(self._trust_words(trust))
        is_behind = trust.goes_up and trust.unsent
        dress(self._trust, "kind", "look" if is_behind or not trust.is_whole else "rest")

    def _beside_words(self, view: TodayView) -> str:
        before = f"{view.before_day:%m-%d} {weekday(view.before_day)}"
        if view.until is None:
            return self.tr("上周指 %s 全天") % before
        return self.tr("上周指 %s，到 %s 为止") % (before, shop_time(view.until))

    def _trust_words(self, trust: Trust) -> str:
        if not trust.is_whole:
            return self.tr("⚠ 有记录没能算进这些数字；销售都在，请把日志交给技术支持")
        if not trust.goes_up:
            return self.tr("这台没有接总部；数字都在本机，断网也一样")
        last = shop_time(trust.last_acknowledged) if trust.last_acknowledged else self.tr("还没有过")
        if not trust.unsent:
            return self.tr("✓ 全部已上传，上次确认 %s") % last
        waited = int(trust.oldest.total_seconds()) if trust.oldest else 0
        return self.tr("⚠ %d 条未上传，最早 %s，上次确认 %s") % (trust.unsent, self._ago(waited), last)

    def _ago(self, seconds: int) -> str:
        if seconds >= 2 * DAY_S:
            return self.tr("%d 天前") % (seconds // DAY_S)
        if seconds >= 2 * HOUR_S:
            return self.tr("%d 小时前") % (seconds // HOUR_S)
        return self.tr("%d 分钟前") % (seconds // 60)
