"""Tables: every view as headings and rows, for a spreadsheet; amounts stay money, moments stay moments."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from pos.domain.daybook import DayFigures
from pos.domain.money import Money
from pos.domain.unusual import Happening
from pos.tables import Cell
from pos.till.figures.best_sellers import BestSellers
from pos.till.figures.calendar import CalendarDay
from pos.till.figures.drawers import Drawer
from pos.till.figures.hours import Hour
from pos.till.figures.people import RATED, People
from pos.till.figures.tender_mix import TenderMix
from pos.till.figures.today import Figure, TodayView


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A view as a list.

    Attributes:
        name: for a file's name.
        headings: as (Chinese, English).
    """

    name: str
    headings: tuple[tuple[str, str], ...]
    rows: tuple[tuple[Cell, ...], ...]


_WORDS = {
    "指标": "Figure", "净销售额": "Net sales", "笔数": "Transactions", "客单价": "Average", "退款": "Refunded",
    "连带率%": "Units per transaction, %", "折扣率‰": "Discount rate, ‰", "会员占比‰": "Member share, ‰",
    "毛利率‰": "Margin rate, ‰", "变化‰": "Change, ‰", "小时": "Hour", "上周笔数": "Transactions last week",
    "上周净销售额": "Net sales last week", "付款方式": "Tender", "金额": "Amount", "占比‰": "Share, ‰", "货号": "SKU",
    "品名": "Name", "单位": "Unit", "数量": "Quantity", "品类": "Department", "件数": "Units", "日期": "Day",
    "类型": "Kind", "收银员": "Cashier",
    "节日": "Holiday", "营业日": "Business day", "工号": "Number", "姓名": "Name", "开班": "Opened", "交班": "Closed",
    "应有": "Expected", "实点": "Counted", "差额": "Over or short", "销售额": "Sold", "优惠": "Discount",
    "每百分钟件数": "Units in 100 minutes", "退款次数": "Refunds", "退货次数": "Returns", "删行": "Voids",
    "改价": "Price changes", "手工折扣": "Discounts by hand", "无销售开箱": "No-sale openings", "时间": "When",
    "事项": "What", "同意人": "Approver", "单据": "About", "原因": "Reason", "流水": "Entry",
}  # fmt: skip
_FIGURES = {
    Figure.NET: "净销售额", Figure.SALES: "笔数", Figure.AVERAGE: "客单价", Figure.UNITS_PER_SALE: "连带率%",
    Figure.BACK: "退款", Figure.DISCOUNT_RATE: "折扣率‰", Figure.MEMBER_SHARE: "会员占比‰",
    Figure.MARGIN_RATE: "毛利率‰",
}  # fmt: skip
_MONEY = frozenset({Figure.NET, Figure.AVERAGE, Figure.BACK})


def _heads(words: str) -> tuple[tuple[str, str], ...]:
    return tuple((word, _WORDS[word]) for word in words.split())


def today_table(view: TodayView) -> FigureTable:
    """Return a day's figures beside last week's."""
    changes = [(figure, view.change(figure)) for figure in Figure]
    rows = tuple(
        (_FIGURES[figure], _cell(figure, found.now if found else None), _cell(figure, found.before if found else None),
         found.permille if found else None)
        for figure, found in changes
    )  # fmt: skip
    heads = (*_heads("指标"), (str(view.day),) * 2, (str(view.before_day),) * 2, *_heads("变化‰"))
    return FigureTable(f"today-{view.day}", heads, rows)


def hours_table(hours: Iterable[Hour], day: date) -> FigureTable:
    """Return the hours of a day with last week's."""
    heads = _heads("小时 笔数 净销售额 上周笔数 上周净销售额")
    rows = tuple((each.hour, each.sales, each.net, each.sales_before, each.net_before) for each in hours)
    return FigureTable(f"hours-{day}", heads, rows)


def tenders_table(mix: TenderMix) -> FigureTable:
    """Return a day's ways to pay."""
    heads = _heads("付款方式 笔数 金额 占比‰")
    rows = tuple((each.kind.value, each.count, each.amount, each.share) for each in mix.tenders)
    return FigureTable(f"tenders-{mix.day}", heads, rows)


def goods_table(view: BestSellers) -> FigureTable:
    """Return what sold most."""
    heads = _heads("货号 品名 单位 数量 金额")
    rows = tuple((each.key, each.name, each.unit, each.quantity, each.amount) for each in view.goods)
    return FigureTable(f"goods-{view.since}-{view.until}", heads, rows)


def departments_table(view: BestSellers) -> FigureTable:
    """Return what each department sold."""
    heads = _heads("品类 件数 金额")
    rows = tuple((each.name, each.quantity, each.amount) for each in view.departments)
    return FigureTable(f"departments-{view.since}-{view.until}", heads, rows)


def calendar_table(days: tuple[CalendarDay, ...]) -> FigureTable:
    """Return the days of a calendar."""
    heads = _heads("日期 类型 节日 笔数 净销售额")
    rows = tuple((each.day, each.kind.value, each.name, each.sales, each.net) for each in days)
    return FigureTable(f"calendar-{days[0].day}-{days[-1].day}", heads, rows)


def drawers_table(drawers: Iterable[Drawer]) -> FigureTable:
    """Return drawers as they were reckoned and counted."""
    heads = _heads("营业日 收银员 开班 交班 应有 实点 差额")
    rows = tuple(
        (each.shift.business_day, each.shift.cashier, each.shift.opened_at, each.shift.closed_at, each.expected,
         each.counted, each.difference)
        for each in drawers
    )  # fmt: skip
    return FigureTable("drawers", heads, rows)


def people_table(view: People) -> FigureTable:
    """Return what each cashier did."""
    heads = _heads("工号 姓名 笔数 销售额 件数 每百分钟件数 退款次数 退货次数 删行 改价 手工折扣 无销售开箱")
    rows = tuple(
        (each.cashier, each.name, each.sales, each.sold, each.units, each.units_per_minute,
         *(each.tally(tally).count for tally in RATED))
        for each in view.persons
    )  # fmt: skip
    return FigureTable(f"people-{view.since}-{view.until}", heads, rows)


def happenings_table(found: Iterable[Happening]) -> FigureTable:
    """Return what was unusual."""
    heads = _heads("时间 营业日 事项 工号 同意人 金额 单据 原因 流水")
    rows = tuple(
        (each.at, each.business_day, each.kind.value, each.cashier, each.approver, each.amount, each.about, each.words,
         f"{each.epoch}/{each.seq}")
        for each in found
    )  # fmt: skip
    return FigureTable("unusual", heads, rows)


def day_table(day: date, of: DayFigures) -> FigureTable:
    """Return a day's plain figures, as a day close keeps them."""
    heads = _heads("营业日 笔数 销售额 退款次数 退款 净销售额 件数 优惠")
    row = (day, of.sales, of.sold, of.backs, of.back, of.net, of.units, of.discount)
    return FigureTable(f"day-{day}", heads, (row,))


def _cell(figure: Figure, value: int | None) -> Cell:
    return Money(value) if value is not None and figure in _MONEY else value
