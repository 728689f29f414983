"""Tills: the whole store as head office has it, with what is missing said; never mixed up with this till's own."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from pos.domain.errors import PosError
from pos.domain.store_day import StoreDay
from pos.till.figures.tables import FigureTable, store_table
from ui import theme
from ui.display import shop_time
from ui.manager.books import Books
from ui.manager.errands import Errands
from ui.manager.sheet import Cell, Sheet, SheetTable
from ui.manager.view import View
from ui.manager.words import in_a_row, one_after_another
from ui.messages import notice_for
from ui.parts import dress, label


class TillsBoard(View):
    """This till by its own disk above; below, every till as head office has it."""

    has_numbers = False

    def __init__(self, books: Books, errands: Errands) -> None:
        super().__init__()
        self.setObjectName("tills_board")
        self._books, self._errands, self._day = books, errands, date.min
        self._own = label("tills_own", "", role="answer")
        self._store = label("tills_store", "", role="answer")
        self._table = SheetTable("tills_table", self.tr("各台柜台"))
        self._missing = label("tills_missing", "", role="trust")
        self._sheet = Sheet("", (), ())
        self._store_day: StoreDay | None = None
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(label("tills_own_title", self.tr("这一台（自己的账，断网也对）"), role="title"))
        layout.addWidget(self._own)
        layout.addWidget(label("tills_store_title", self.tr("全店（总部收到的）"), role="title"))
        for each in (self._store, self._missing):
            layout.addWidget(each)
        layout.addWidget(self._table, 1)
        layout.addStretch()

    def show_day(self, day: date) -> None:
        """Read our own, and ask for the others."""
        self._day = day
        view = self._books.today(day)
        self._own.setText(self.tr("净销售额 %s · %d 笔") % (view.now.net, view.now.sales))
        self._table.hide()
        self._missing.hide()
        self._sheet, self._store_day = Sheet("", (), ()), None
        if self._errands.knows_other_tills:
            self._say(self.tr("正在问总部…"), "rest")
            self._errands.ask_store(day, self.show_store, self._on_failed)
        else:
            self._say(self.tr("这台没有接总部，看不到别的柜台"), "rest")

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the tills, when they are known."""
        return (self._sheet,) if self._sheet.rows else ()

    def tables(self) -> tuple[FigureTable, ...]:
        """Return the tills, when they are known."""
        return (store_table(self._store_day),) if self._store_day else ()

    def show_store(self, store: StoreDay) -> None:
        """Show what came of the question, unless another day has been turned to meanwhile."""
        if store.day != self._day:
            return
        self._store_day = store
        kind = "good" if store.is_whole else "look"
        words = self.tr("%d 台：净销售额 %s · %d 笔，%s 问的") % (len(store.tills), store.net, store.sales,
                                                       shop_time(store.asked_at))  # fmt: skip
        self._say(words, kind)
        missing = self._missing_words(store)
        self._missing.setText(missing)
        self._missing.setVisible(bool(missing))
        dress(self._missing, "kind", "look")
        heads = (self.tr("柜台"), self.tr("笔数"), self.tr("净销售额"), self.tr("退回"), self.tr("现金"),
                 self.tr("支付宝"), self.tr("上次听到"))  # fmt: skip
        rows: tuple[tuple[Cell, ...], ...] = tuple(
            (each.till, each.sales, each.net, each.back, each.tenders.get("cash"), each.tenders.get("alipay"),
             each.heard_at)
            for each in store.tills
        )  # fmt: skip
        self._sheet = Sheet(self.tr("各台柜台"), heads, rows)
        silent = frozenset(place for place, each in enumerate(store.tills) if each.till in store.silent)
        self._table.show_sheet(self._sheet, doubtful=silent)
        self._table.show()
        self.sheets_changed.emit()

    def _missing_words(self, store: StoreDay) -> str:
        parts = []
        if store.unsent_here:
            parts.append(self.tr("⚠ 这台还有 %d 条没上传，没算在里面") % store.unsent_here)
        if store.silent:
            parts.append(self.tr("⚠ 很久没有消息的：%s，可能卖得更多") % in_a_row(store.silent))
        if store.unread:
            parts.append(self.tr("⚠ 总部有 %d 条没算进去，请找总部") % store.unread)
        return one_after_another(parts)

    def _on_failed(self, error: PosError) -> None:
        notice = notice_for(error)
        self._say(self.tr("⚠ 问不到总部：%s。只有这一台的数字") % notice.words, "look")

    def _say(self, words: str, kind: str) -> None:
        self._store.setText(words)
        dress(self._store, "kind", kind)
