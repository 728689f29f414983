"""Paid: the change due, huge, or that the money came; the next scan starts the next sale."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.domain.money import ZERO, Money
from pos.domain.sale import Sale, TenderKind
from pos.till.printing import Standing
from ui.keys.keymap import Press
from ui.paper.view import SlipView, show_end
from ui.parts import button, dress, label, named
from ui.printing.desk import PrintDesk
from ui.printing.words import paper_words


class PaidPanel(QWidget):
    """What was taken, what to give back, and the receipt as it prints."""

    def __init__(self, desk: PrintDesk) -> None:
        super().__init__()
        self.setObjectName("paid_panel")
        self._desk = desk
        self._title = label("paid_title", "", role="done")
        self._change = label("paid_change", "", role="change")
        self._receipt, self._swapped = SlipView("receipt"), SlipView("receipt_exchanged")
        self._printed = label("paid_printed", "", role="trust")
        self._again = button("paid_again", self.tr("重打小票"), role="quiet", press=Press.REPRINT)
        self._again.clicked.connect(desk.reprint_last)
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addWidget(self._change)
        layout.addWidget(self._make_paper(), 1)
        below = QHBoxLayout()
        below.addWidget(self._printed, 1)
        below.addWidget(self._again)
        layout.addLayout(below)
        layout.addWidget(label("paid_advice", self.tr("扫下一位顾客的商品，就开始下一笔"), role="advice"))
        desk.changed.connect(self._show_printed)

    def _make_paper(self) -> QScrollArea:
        """The receipt, and below it the slip of the goods that paid for it."""
        both = QWidget()
        column = QVBoxLayout(both)
        column.setContentsMargins(0, 0, 0, 0)
        for each in (self._receipt, self._swapped):
            column.addWidget(each)
        column.addStretch()
        paper = named(QScrollArea(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), "receipt_paper")
        paper.setWidgetResizable(True)
        paper.setWidget(both)
        show_end(paper)
        both.setAutoFillBackground(False)  # the ground is the paper's frame
        return paper

    def open(self, sale: Sale, back: Money = ZERO) -> None:
        """Show a sale that is on disk.

        Args:
            back: cash to give for goods that came back and were worth more.
        """
        kinds = {tender.kind for tender in sale.tenders}
        self._title.setText(self._title_words(sale))
        has_drawer = sale.change or kinds == {TenderKind.CASH}
        change = self.tr("找零 %s") % sale.change if has_drawer else self.tr("不用找零")
        self._change.setText(self.tr("请给顾客现金 %s") % back if back else change)
        self._receipt.show_slip(*self._desk.receipt(sale))
        swapped = self._desk.exchanged(sale)
        self._swapped.setVisible(swapped is not None)
        if swapped:
            self._swapped.show_slip(*swapped)
        has_printer = bool(self._desk.paper.printer)
        self._again.setVisible(has_printer)
        self._printed.setVisible(has_printer)
        if self._desk.is_printing:
            self._printed.setText(self.tr("… 正在打印小票"))
            dress(self._printed, "kind", "")
        else:
            self._show_printed(self._desk.standing)

    def _title_words(self, sale: Sale) -> str:
        """Return what was taken, as the total bar has it."""
        exchanged = sum((each.amount for each in sale.tenders if each.kind is TenderKind.EXCHANGE), ZERO)
        taken = sale.total - exchanged
        if exchanged:
            return self.tr("✓ 已收 %s · 换货抵 %s") % (taken, exchanged) if taken else self.tr("✓ 换货完成")
        words = {
            frozenset({TenderKind.ALIPAY}): self.tr("✓ 支付宝收款成功 %s"),
            frozenset({TenderKind.CASH}): self.tr("✓ 现金收款完成 %s"),
        }.get(frozenset(each.kind for each in sale.tenders), self.tr("✓ 收款完成 %s"))
        return words % sale.total

    def _show_printed(self, stands: Standing) -> None:
        self._printed.setText(paper_words(stands))
        dress(self._printed, "kind", "look" if stands.trouble else "")
