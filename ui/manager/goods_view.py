"""Goods: what sold most, things and departments, by money or by pieces."""

from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.domain.money import Money
from pos.domain.quantity import Unit
from pos.till.figures.best_sellers import BestSellers
from pos.till.figures.tables import FigureTable, departments_table, goods_table
from ui import language, theme
from ui.manager.books import Books
from ui.manager.charts import PLACES, Ranked, Ranking
from ui.manager.sheet import Cell, Sheet
from ui.manager.view import ChartCard, Choice, View

SPANS = (1, 7, 28)


class GoodsBoard(View):
    """Two rankings side by side."""

    def __init__(self, books: Books) -> None:
        super().__init__()
        self.setObjectName("goods_board")
        self._books, self._day = books, date.min
        self._by = Choice("goods_by", (self.tr("按金额"), self.tr("按数量")))
        self._span = Choice("goods_span", (self.tr("一天"), self.tr("7 天"), self.tr("28 天")))
        self._goods = ChartCard("goods_ranking", self.tr("商品"))
        self._departments = ChartCard("goods_departments", self.tr("品类"))
        self._sheets: tuple[Sheet, ...] = ()
        for choice in (self._by, self._span):
            choice.chosen.connect(lambda _place: self.show_day(self._day))
        top = QHBoxLayout()
        top.addWidget(self._by)
        top.addStretch()
        top.addWidget(self._span)
        charts = QHBoxLayout()
        charts.setSpacing(theme.px(8))
        charts.addWidget(self._goods, 3)
        charts.addWidget(self._departments, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(top)
        layout.addLayout(charts, 1)

    def show_day(self, day: date) -> None:
        """Read what sold in the days up to one."""
        self._day = day
        since, by_amount = self.since(day), self._by.place == 0
        found = self._books.best(since, day, by_amount=by_amount)
        goods, departments = self._goods_sheet(found), self._departments_sheet(found)
        none = self.tr("还没有卖出商品")
        self._goods.show_chart(Ranking(tuple(self._ranked(found, goods.rows)), none), goods, wide=1)
        shelves = tuple(
            Ranked(self._department(each.name), each.amount.fen if by_amount else each.quantity,
                   str(each.amount) if by_amount else self.tr("%d 件") % each.quantity)
            for each in found.departments
        )  # fmt: skip
        self._departments.show_chart(Ranking(self._with_rest(shelves, by_amount=by_amount), none), departments)
        self._sheets = (goods, departments)

    def since(self, day: date) -> date:
        """Return the first day of the span."""
        return day - timedelta(days=SPANS[self._span.place] - 1)

    def sheets(self) -> tuple[Sheet, ...]:
        """Return both lists."""
        return self._sheets

    def tables(self) -> tuple[FigureTable, ...]:
        """Return all that sold, and all departments."""
        found = self._all()
        return goods_table(found), departments_table(found)

    def whole_sheets(self) -> tuple[Sheet, ...]:
        """Return both lists with all that sold."""
        found = self._all()
        return self._goods_sheet(found), self._departments_sheet(found)

    @property
    def choice(self) -> str:
        """By what they are in a row."""
        return ("by-amount", "by-pieces")[self._by.place]

    def _all(self) -> BestSellers:
        since = self.since(self._day)
        return self._books.best(since, self._day, by_amount=self._by.place == 0, limit=None)

    def _with_rest(self, shelves: tuple[Ranked, ...], *, by_amount: bool) -> tuple[Ranked, ...]:
        """Return no more rows than have room; the last says what all the others come to, so that the sum is whole."""
        if len(shelves) <= PLACES:
            return shelves
        rest = shelves[PLACES - 1 :]
        value = sum(each.value for each in rest)
        words = str(Money(value)) if by_amount else self.tr("%d 件") % value
        return (*shelves[: PLACES - 1], Ranked(self.tr("其余 %d 个品类") % len(rest), value, words, is_rest=True))

    def _ranked(self, found: BestSellers, rows: tuple[tuple[Cell, ...], ...]) -> list[Ranked]:
        ranked = []
        for each, row in zip(found.goods, rows, strict=True):
            words = str(each.amount) if found.by_amount else str(row[2])
            value = each.amount.fen if found.by_amount else each.quantity
            ranked.append(Ranked(each.name, value, words))
        return ranked

    def _goods_sheet(self, found: BestSellers) -> Sheet:
        heads = (self.tr("货号"), self.tr("商品"), self.tr("数量"), self.tr("金额"))
        rows = tuple((each.key, each.name, self._quantity(each.unit, each.quantity), each.amount)
                     for each in found.goods)  # fmt: skip
        return Sheet(self.tr("商品"), heads, rows)

    def _departments_sheet(self, found: BestSellers) -> Sheet:
        heads = (self.tr("品类"), self.tr("件数"), self.tr("金额"))
        rows = tuple((self._department(each.name), each.quantity, each.amount) for each in found.departments)
        return Sheet(self.tr("品类"), heads, rows)

    def _department(self, name: str) -> str:
        """Return what a department is called on the screen; the journal and its figures know the feed's name."""
        if language.current() == "en":
            name = self._books.shelf_names().get(name, name)
        return name or self.tr("没有分类")

    def _quantity(self, unit: str, quantity: int) -> str:
        if unit == Unit.PIECE.value:
            return self.tr("%d 件") % quantity
        grams = abs(quantity)
        return f"{'-' if quantity < 0 else ''}{grams // 1000:,}.{grams % 1000:03d} kg"
