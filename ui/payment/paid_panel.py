"""Paid: the change due, huge, or that the money came; the next scan starts the next sale."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from pos.domain.paper import Paper
from pos.domain.receipt import Heading, receipt_slip
from pos.domain.sale import Sale, TenderKind
from ui.paper.view import SlipView
from ui.parts import label, named


class PaidPanel(QWidget):
    """What was taken, what to give back, and the receipt as it prints."""

    def __init__(self, store_name: str, notice: str) -> None:
        super().__init__()
        self.setObjectName("paid_panel")
        self._heading = Heading(store_name, Paper(), notice)
        self._title = label("paid_title", "", role="done")
        self._change = label("paid_change", "", role="change")
        self._receipt = SlipView("receipt")
        paper = named(QScrollArea(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), "receipt_paper")
        paper.setWidget(self._receipt)
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addWidget(self._change)
        layout.addWidget(paper, 1)
        layout.addWidget(label("paid_advice", self.tr("扫下一位顾客的商品，就开始下一笔"), role="advice"))

    def open(self, sale: Sale, cashier_name: str) -> None:
        """Show a sale that is on disk."""
        kinds = {tender.kind for tender in sale.tenders}
        words = {
            frozenset({TenderKind.ALIPAY}): self.tr("✓ 支付宝收款成功 %s"),
            frozenset({TenderKind.CASH}): self.tr("✓ 现金收款完成 %s"),
        }.get(frozenset(kinds), self.tr("✓ 收款完成 %s"))
        self._title.setText(words % sale.total)
        has_drawer = sale.change or kinds == {TenderKind.CASH}
        self._change.setText(self.tr("找零 %s") % sale.change if has_drawer else self.tr("不用找零"))
        self._receipt.show_slip(receipt_slip(sale, self._heading, cashier_name), self._heading.paper.columns)
