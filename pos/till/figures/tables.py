"""Tables: every view as headings and rows, for a spreadsheet; amounts stay money, moments stay moments.

What the command line and the managers' room write is the same; only words are in the language of whoever reads.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

from pos.domain.daybook import DayFigures
from pos.domain.money import ZERO, Money
from pos.domain.refund import Refund
from pos.domain.sale import TenderKind
from pos.domain.staff import Cashier
from pos.domain.store_day import StoreDay
from pos.domain.unusual import Happening
from pos.tables import Cell
from pos.till.figures.best_sellers import BestSellers
from pos.till.figures.calendar import CalendarDay
from pos.till.figures.day_close import ClosedDay
from pos.till.figures.drawers import Drawer
from pos.till.figures.hours import Hour
from pos.till.figures.payments_of_day import DayPayments
from pos.till.figures.people import RATED, People, Person
from pos.till.figures.tender_mix import TenderMix
from pos.till.figures.today import Figure, TodayView
from pos.till.review import Open

Word: TypeAlias = tuple[str, str]
"""What is said, as (Chinese, English)."""


@dataclass(frozen=True, slots=True)
class FigureTable:
    """A view as a list.

    Attributes:
        name: for a file's name; the days are not in it.
        rows: a kind of something is told by its word in the journal, whoever shows it may say it otherwise.
    """

    name: str
    headings: tuple[Word, ...]
    rows: tuple[tuple[Cell | Word, ...], ...]

    def said(self, language: str) -> tuple[list[str], list[tuple[Cell, ...]]]:
        """Return headings and rows in a language, ``zh`` or ``en``."""
        place = 1 if language == "en" else 0
        heads = [heading[place] for heading in self.headings]
        return heads, [tuple(cell[place] if isinstance(cell, tuple) else cell for cell in row) for row in self.rows]


_WORDS = {
    "指标": "Figure", "净销售额": "Net sales", "笔数": "Transactions", "客单价": "Average", "退款": "Refunded",
    "连带率%": "Units per transaction, %", "折扣率‰": "Discount rate, ‰", "会员占比‰": "Member share, ‰",
    "毛利率‰": "Margin rate, ‰", "变化‰": "Change, ‰", "小时": "Hour", "上周笔数": "Transactions last week",
    "上周净销售额": "Net sales last week", "付款方式": "Tender", "金额": "Amount", "占比‰": "Share, ‰", "货号": "SKU",
    "品名": "Name", "单位": "Unit", "数量": "Quantity", "品类": "Department", "件数": "Units", "日期": "Day",
    "类型": "Kind", "收银员": "Cashier", "节日": "Holiday", "日结": "Day closed", "营业日": "Business day",
    "工号": "Number", "姓名": "Name", "角色": "Role", "开班": "Opened", "交班": "Closed", "备用金": "Float",
    "现金": "Cash", "支付宝": "Alipay", "其他方式": "Other tenders",
    "应有": "Expected", "实点": "Counted", "差额": "Over or short", "长短款": "Over or short",
    "销售额": "Sold", "优惠": "Discount",
    "每百分钟件数": "Units in 100 minutes", "退款次数": "Refunds", "退货次数": "Returns", "删行": "Voids",
    "改价": "Price changes", "手工折扣": "Discounts by hand", "无销售开箱": "No-sale openings",
    "退款额": "Refunds, amount", "退货额": "Returns, amount", "删行额": "Voids, amount",
    "改价额": "Price changes, amount", "手工折扣额": "Discounts by hand, amount", "远高于平时": "Far above usual",
    "每千笔中位数": "Median in 1,000 sales", "离差": "Deviation", "人日": "Days of people",
    "时间": "When", "事项": "What", "同意人": "Approver", "单据": "About", "原因": "Reason", "流水": "Entry",
    "收到": "Taken", "退回": "Given back", "没有结束": "Open", "早该结束": "Open for too long",
    "柜台": "Till", "上次听到": "Last heard of", "没算进去": "Not added up", "很久没有消息": "Silent",
    "日结时": "When closed", "现在笔数": "Transactions now", "现在": "Now", "后来的差额": "Changed by",
}  # fmt: skip
_FIGURES = {
    Figure.NET: "净销售额", Figure.SALES: "笔数", Figure.AVERAGE: "客单价", Figure.UNITS_PER_SALE: "连带率%",
    Figure.BACK: "退款", Figure.DISCOUNT_RATE: "折扣率‰", Figure.MEMBER_SHARE: "会员占比‰",
    Figure.MARGIN_RATE: "毛利率‰",
}  # fmt: skip
_MONEY = frozenset({Figure.NET, Figure.AVERAGE, Figure.BACK})
_KINDS: dict[str, Word] = {
    "workday": ("工作日", "Workday"), "weekend": ("周末", "Weekend"), "holiday": ("节假日", "Holiday"),
    "swapped": ("调休上班", "Worked instead"),
}  # fmt: skip


def _word(word: str) -> Word:
    return word, _WORDS[word]


def _heads(words: str) -> tuple[Word, ...]:
    return tuple(map(_word, words.split()))


def today_table(view: TodayView) -> FigureTable:
    """Return a day's figures beside last week's."""
    changes = [(figure, view.change(figure)) for figure in Figure]
    rows = tuple(
        (_word(_FIGURES[figure]), _cell(figure, view.value(figure)), _cell(figure, found.before if found else None),
         found.permille if found else None)
        for figure, found in changes
    )  # fmt: skip
    heads = (*_heads("指标"), (str(view.day),) * 2, (str(view.before_day),) * 2, *_heads("变化‰"))
    return FigureTable("today", heads, rows)


def hours_table(hours: Iterable[Hour]) -> FigureTable:
    """Return the hours of a day with last week's."""
    heads = _heads("小时 笔数 净销售额 上周笔数 上周净销售额")
    rows = tuple((each.hour, each.sales, each.net, each.sales_before, each.net_before) for each in hours)
    return FigureTable("hours", heads, rows)


def tenders_table(mix: TenderMix) -> FigureTable:
    """Return a day's ways to pay."""
    heads = _heads("付款方式 笔数 金额 占比‰")
    rows = tuple((each.kind, each.count, each.amount, each.share) for each in mix.tenders)
    return FigureTable("tenders", heads, rows)


def goods_table(view: BestSellers) -> FigureTable:
    """Return what sold most."""
    heads = _heads("货号 品名 单位 数量 金额")
    rows = tuple((each.key, each.name, each.unit, each.quantity, each.amount) for each in view.goods)
    return FigureTable("goods", heads, rows)


def departments_table(view: BestSellers) -> FigureTable:
    """Return what each department sold."""
    heads = _heads("品类 件数 金额")
    rows = tuple((each.name, each.quantity, each.amount) for each in view.departments)
    return FigureTable("departments", heads, rows)


def calendar_table(days: Iterable[CalendarDay]) -> FigureTable:
    """Return the days of a calendar."""
    heads = _heads("日期 类型 节日 笔数 净销售额 日结")
    rows = tuple(
        (each.day, _KINDS[each.kind.value], (each.name, each.name_en), each.sales, each.net,
         "✓" if each.is_closed else "")
        for each in days
    )  # fmt: skip
    return FigureTable("calendar", heads, rows)


def drawers_table(drawers: Iterable[Drawer], name: str = "drawers") -> FigureTable:
    """Return drawers as they were reckoned and counted; one that is open was not."""
    heads = _heads("营业日 收银员 开班 交班 备用金 现金 支付宝 其他方式 应有 实点 差额")
    return FigureTable(name, heads, tuple(map(_drawer_row, drawers)))


def _drawer_row(of: Drawer) -> tuple[Cell, ...]:
    taken = {kind.value: total.amount for kind, total in of.tenders.items()}
    cash, alipay = taken.pop("cash", ZERO), taken.pop("alipay", ZERO)
    return (of.shift.business_day, of.shift.cashier, of.shift.opened_at, of.shift.closed_at, of.shift.opening_float,
            cash, alipay, sum(taken.values(), ZERO), of.expected, of.counted, of.difference)  # fmt: skip


def people_table(view: People) -> FigureTable:
    """Return what each cashier did, how often and how much, and what of it is far above the usual."""
    heads = _heads(
        "工号 姓名 笔数 销售额 件数 每百分钟件数 退款次数 退货次数 删行 改价 手工折扣 无销售开箱"
        " 退款额 退货额 删行额 改价额 手工折扣额 远高于平时"
    )
    return FigureTable("people", heads, tuple(map(_person_row, view.persons)))


def _person_row(of: Person) -> tuple[Cell, ...]:
    done = [of.tally(tally) for tally in RATED]
    far = " ".join(tally.value for tally in RATED if tally in of.beyond)
    return (of.cashier, of.name, of.sales, of.sold, of.units, of.units_per_minute, *(each.count for each in done),
            *(each.amount for each in done[:-1]), far)  # fmt: skip


_RATED = ("退款次数", "退货次数", "删行", "改价", "手工折扣", "无销售开箱")


def norms_table(view: People) -> FigureTable:
    """Return what is usual in this store in a thousand sales, and beside it how often each did it."""
    heads = (*_heads("事项 每千笔中位数 离差 人日"), *((f"{each.cashier} {each.name}",) * 2 for each in view.persons))
    norms = [view.norms.get(tally) for tally in RATED]
    usual = [(norm.median, norm.mad, norm.samples) if norm else (None, None, 0) for norm in norms]
    rates = [[each.rates[tally] for each in view.persons] for tally in RATED]
    rows = zip(map(_word, _RATED), usual, rates, strict=True)
    return FigureTable("norms", heads, tuple((word, *norm, *rate) for word, norm, rate in rows))


def happenings_table(found: Iterable[Happening]) -> FigureTable:
    """Return what was unusual."""
    heads = _heads("时间 营业日 事项 工号 同意人 金额 单据 原因 流水")
    rows = tuple(
        (each.at, each.business_day, each.kind, each.cashier, each.approver, each.amount, each.about, each.words,
         f"{each.epoch}/{each.seq}")
        for each in found
    )  # fmt: skip
    return FigureTable("unusual", heads, rows)


def payments_table(of: DayPayments) -> FigureTable:
    """Return what Alipay brought and took back on a day, and below it each that is not at its end."""
    sums: list[tuple[Cell | Word, ...]] = [
        (_word("收到"), of.taken_count, of.taken, None, ""),
        (_word("退回"), of.given_back_count, of.given_back, None, ""),
    ]
    late = {each.id for each in of.overdue}
    still = [
        (_word("早该结束" if each.id in late else "没有结束"), 1, each.amount, each.started_at, _number(each))
        for each in of.open
    ]
    return FigureTable("payments", _heads("事项 笔数 金额 时间 单据"), (*sums, *still))


def _number(of: Open) -> str:
    return of.request_no if isinstance(of, Refund) else of.out_trade_no


def store_table(of: StoreDay) -> FigureTable:
    """Return each till of the store as head office has it."""
    heads = _heads("柜台 笔数 销售额 退款 净销售额 现金 支付宝 其他方式 上次听到 很久没有消息 没算进去")
    rows = []
    for each in of.tills:
        other = [amount for kind, amount in each.tenders.items() if kind not in ("cash", "alipay")]
        rows.append((each.till, each.sales, each.sold, each.back, each.net, each.tenders.get("cash", ZERO),
                     each.tenders.get("alipay", ZERO), sum(other, ZERO), each.heard_at,
                     "!" if each.till in of.silent else "", each.unread))  # fmt: skip
    return FigureTable("store", heads, tuple(rows))


def day_table(found: ClosedDay | None) -> FigureTable:
    """Return the figures a day was closed with, and as they are now; no row while it is open."""
    heads = _heads("指标 笔数 日结时 现在笔数 现在 后来的差额")
    if found is None:
        return FigureTable("day", heads, ())
    return FigureTable(f"day-z{found.day_no}", heads, (*_restated(found.closed, found.now), *_kept(found)))


def _restated(was: DayFigures, now: DayFigures) -> tuple[tuple[Cell | Word, ...], ...]:
    return (
        (_word("净销售额"), None, was.net, None, now.net, now.net - was.net),
        (_word("销售额"), was.sales, was.sold, now.sales, now.sold, now.sold - was.sold),
        (_word("退款"), was.backs, was.back, now.backs, now.back, now.back - was.back),
        (_word("优惠"), None, was.discount, None, now.discount, now.discount - was.discount),
        (_word("件数"), was.units, None, now.units, None, None),
    )


def _kept(found: ClosedDay) -> tuple[tuple[Cell | Word, ...], ...]:
    """What was in the drawers and on the wires when it was closed; that never changes."""
    taken = [(kind, found.tenders[kind.value]) for kind in TenderKind if kind.value in found.tenders]
    cash = (("应有", found.expected), ("实点", found.counted), ("长短款", found.difference))
    return (
        *((kind, total.count, total.amount, None, None, None) for kind, total in taken),
        *((_word(word), None, amount, None, None, None) for word, amount in cash),
    )


_ENTRIES: dict[str, Word] = {
    "sale.completed": ("销售", "Sale"), "refund.done": ("退款", "Refund"),
    "refund.in_cash": ("现金退款", "Refund in cash"),
    "return.completed": ("退货", "Return"), "cash.in": ("放入现金", "Cash in"), "cash.out": ("取出现金", "Cash out"),
    "cash.drop": ("现金上缴", "Cash to the safe"), "tender.corrected": ("改付款方式", "Tender corrected"),
    "shift.closed": ("交班", "Shift closed"),
}  # fmt: skip


def late_table(found: ClosedDay, kinds: Iterable[str]) -> FigureTable:
    """Return what came after a day was closed, oldest first.

    Args:
        kinds: of the entries, as the journal has them.
    """
    heads = _heads("时间 事项 金额 工号 单据 原因 流水")
    rows = tuple(
        (each.at, _ENTRIES.get(kind, (kind, kind)), each.amount, each.cashier, each.about, each.words,
         f"{each.epoch}/{each.seq}")
        for each, kind in zip(found.late, kinds, strict=True)
    )  # fmt: skip
    return FigureTable(f"late-z{found.day_no}", heads, rows)


def staff_table(people: Iterable[Cashier]) -> FigureTable:
    """Return who works here."""
    return FigureTable("staff", _heads("工号 姓名 角色"), tuple((each.number, each.name, each.role) for each in people))


def _cell(figure: Figure, value: int | None) -> Cell:
    return Money(value) if value is not None and figure in _MONEY else value
