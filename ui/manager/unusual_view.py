"""Unusual: everything out of the ordinary on one line of time, and down to the entry and the receipt."""

from collections.abc import Mapping
from datetime import date, timedelta

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout

from pos.domain.shift import Shift
from pos.domain.slip import WIDE, Slip
from pos.domain.unusual import Happening, Unusual
from pos.till.figures.happenings import SHOWN_MAX, Origin
from pos.till.figures.tables import FigureTable, happenings_table
from ui import theme
from ui.display import shop_time
from ui.manager.books import Books
from ui.manager.entry_words import fact_rows
from ui.manager.lists import file_name
from ui.manager.sheet import Sheet, SheetTable
from ui.manager.view import Choice, View
from ui.manager.words import happening_name
from ui.paper.view import SlipView
from ui.parts import button, label, named

SPANS = (1, 7, 28)
GROUPS: tuple[tuple[Unusual, ...], ...] = (
    (),
    (Unusual.PRICE, Unusual.DISCOUNT),
    (Unusual.VOID, Unusual.CART_DISCARDED),
    (Unusual.REFUND, Unusual.REFUND_REFUSED, Unusual.REFUND_IN_CASH, Unusual.RETURN, Unusual.RETURN_UNPROVEN),
    (Unusual.PAYMENT_SLOW, Unusual.PAYMENT_CANCELLED, Unusual.ORPHAN, Unusual.TENDER_CORRECTED),
    (Unusual.CASH_IN, Unusual.CASH_OUT, Unusual.CASH_DROP, Unusual.NO_SALE, Unusual.OVER_SHORT),
    (Unusual.APPROVAL, Unusual.APPROVAL_REFUSED, Unusual.STAFF, Unusual.EPOCH, Unusual.LATE),
)
"""What one key of the filter lets through; the first all."""
GROUP_NAMES = ("", "price", "void", "refund", "payment", "cash", "other")


class UnusualBoard(View):
    """Filters above, the list at the left, what stands behind a row at the right."""

    has_numbers = False

    def __init__(self, books: Books) -> None:
        super().__init__()
        self.setObjectName("unusual_board")
        self._books, self._day, self._cashier = books, date.min, ""
        self._found: tuple[Happening, ...] = ()
        self._sheet = Sheet("", (), ())
        self._group = Choice("unusual_group", (
            self.tr("全部"), self.tr("价格"), self.tr("作废"), self.tr("退款"), self.tr("支付"), self.tr("现金"),
            self.tr("其他"),
        ))  # fmt: skip
        self._span = Choice("unusual_span", (self.tr("一天"), self.tr("7 天"), self.tr("28 天")))
        self.whose = button("unusual_whose", self.tr("只看这个人"), role="choice")
        self.whose.setCheckable(True)
        self.whose.clicked.connect(self._on_whose)
        for choice in (self._group, self._span):
            choice.chosen.connect(lambda _place: self.show_day(self._day))
        self._count = label("unusual_count", "", role="title")
        self.table = SheetTable("unusual_table", self.tr("异常"))
        self.table.setTextElideMode(Qt.TextElideMode.ElideLeft)
        self.table.clicked.connect(lambda index: self.open_row(index.row()))
        self.table.selectionModel().currentRowChanged.connect(self._on_row)
        self._origin = label("unusual_origin", "", role="body")
        self._origin.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._receipt = SlipView("unusual_receipt")
        self._paper = named(
            QScrollArea(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), "unusual_paper"
        )
        self._paper.setWidget(self._receipt)
        self._lay_out()

    def show_day(self, day: date) -> None:
        """Read what was unusual in the days up to one."""
        self._day = day
        since = self.since(day)
        self._found = self._books.happenings(since, day, GROUPS[self._group.place], self._cashier)
        self._sheet = self._make_sheet(self._found)
        self.table.show_sheet(self._sheet, wide=5)
        self._count.setText(self._count_words())
        self.table.clearSelection()
        self._clear_origin()

    def since(self, day: date) -> date:
        """Return the first day of the span."""
        return day - timedelta(days=SPANS[self._span.place] - 1)

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the list."""
        return (self._sheet,)

    def tables(self) -> tuple[FigureTable, ...]:
        """Return all that the filter lets through."""
        return (happenings_table(self._all()),)

    def whole_sheets(self) -> tuple[Sheet, ...]:
        """Return all that the filter lets through, as it is read."""
        return (self._make_sheet(self._all()),)

    @property
    def choice(self) -> str:
        """What the filter lets through, and whose."""
        return file_name(GROUP_NAMES[self._group.place], self._cashier)

    def _all(self) -> tuple[Happening, ...]:
        kinds = GROUPS[self._group.place]
        return self._books.happenings(self.since(self._day), self._day, kinds, self._cashier, limit=-1)

    def open_row(self, row: int) -> None:
        """Show where a row stands."""
        self.table.selectRow(row)
        happening = self._found[row]
        self.whose.setEnabled(bool(happening.cashier) or bool(self._cashier))
        found = self._books.origin(happening)
        self._origin.setText(self._origin_words(happening, found))
        self._paper.setVisible(found is not None)
        if found is not None:
            self._receipt.show_slip(*self._slip(found))

    def _on_row(self, now: QModelIndex, was: QModelIndex) -> None:
        """Show what stands behind the row that the arrows came to; a list that is only begun opens none."""
        if was.isValid() and 0 <= now.row() < len(self._found):
            self.open_row(now.row())

    def _clear_origin(self) -> None:
        self._paper.hide()
        self._origin.setText(self.tr("点一行，看它的单据") if self._found else "")
        self.whose.setEnabled(bool(self._cashier))

    def _slip(self, found: Origin) -> tuple[Slip, int]:
        """Return the receipt, or of an entry without one what it says."""
        if found.sale is not None:
            return self._books.receipt(found.sale)
        return fact_rows(found.entry.facts), WIDE

    def _origin_words(self, of: Happening, found: Origin | None) -> str:
        who = self.tr("%s 做，%s 同意") % (of.cashier, of.approver) if of.approver else of.cashier
        when = f"{of.business_day:%m-%d} {shop_time(of.at)}  {who}"
        words = [f"{happening_name(of)}  {of.amount or ''}", when, of.words]
        if found is not None:
            entry = self.tr("第 %d 条，%s") % (found.entry.seq, found.entry.hash[:12])
            words.append(entry)
        return "\n".join(each for each in words if each.strip())

    def _count_words(self) -> str:
        count = len(self._found)
        if not count:
            return self.tr("✓ 没有这样的事")
        return self.tr("最近 %d 件，还有更早的") % count if count == SHOWN_MAX else self.tr("%d 件") % count

    def _make_sheet(self, found: tuple[Happening, ...]) -> Sheet:
        heads = (self.tr("日期"), self.tr("时间"), self.tr("类型"), self.tr("收银员"), self.tr("金额"),
                 self.tr("单号"))  # fmt: skip
        names, shifts = self._books.names(), self._books.shifts_of(found)
        rows = (
            (each.business_day, each.at, happening_name(each), names.get(each.cashier, each.cashier), each.amount,
             self._about(each, shifts, names))
            for each in found
        )  # fmt: skip
        return Sheet(self.tr("异常"), heads, tuple(rows))

    def _about(self, of: Happening, shifts: Mapping[str, Shift], names: Mapping[str, str]) -> str:
        """Return what a row is about, and why; a shift by who opened it and when, as nobody knows its id."""
        about, shift = of.about, shifts.get(of.about)
        if shift:
            about = self.tr("%s %s 开的班") % (names.get(shift.cashier, shift.cashier), shop_time(shift.opened_at))
        return f"{about}  {of.words}" if of.words else about

    def _on_whose(self) -> None:
        row = self.table.currentIndex().row()
        is_someone = self.whose.isChecked() and 0 <= row < len(self._found)
        self._cashier = self._found[row].cashier if is_someone else ""
        self.whose.setChecked(bool(self._cashier))
        self.show_day(self._day)

    def _lay_out(self) -> None:
        top, second = QHBoxLayout(), QHBoxLayout()
        top.addWidget(self._group)
        top.addStretch()
        second.addWidget(self._span)
        second.addWidget(self.whose)
        second.addWidget(self._count, 1)
        right = QVBoxLayout()
        right.addWidget(self._origin)
        right.addWidget(self._paper, 1)
        right.addStretch()
        below = QHBoxLayout()
        below.setSpacing(theme.px(8))
        below.addWidget(self.table, 4)
        below.addLayout(right, 3)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        for row in (top, second):
            layout.addLayout(row)
        layout.addLayout(below, 1)
