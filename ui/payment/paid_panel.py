"""Paid: the change due, huge, or that the money came; the next scan starts the next sale."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QScrollArea, QVBoxLayout, QWidget

from pos.device.receipt import receipt_rows
from pos.domain.money import ZERO, Money
from pos.domain.sale import Sale, TenderKind
from ui.parts import label, named


class PaidPanel(QWidget):
    """What was taken, what to give back, and the receipt as it prints."""

    def __init__(self, store_name: str, notice: str) -> None:
        super().__init__()
        self.setObjectName("paid_panel")
        self._store_name, self._notice = store_name, notice
        self._title = label("paid_title", "", role="done")
        self._change = label("paid_change", "", role="change")
        self._receipt = named(QLabel(), "receipt")
        self._receipt.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        paper = named(QScrollArea(widgetResizable=True), "receipt_paper")
        paper.setWidget(self._receipt)
        layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addWidget(self._change)
        layout.addWidget(paper, 1)
        layout.addWidget(label("paid_advice", self.tr("扫下一位顾客的商品，就开始下一笔"), role="advice"))

    def open(self, sale: Sale, cashier_name: str, back: Money = ZERO) -> None:
        """Show a sale that is on disk.

        Args:
            back: cash to give for goods that came back and were worth more.
        """
        kinds = {tender.kind for tender in sale.tenders}
        words = {
            frozenset({TenderKind.ALIPAY}): self.tr("✓ 支付宝收款成功 %s"),
            frozenset({TenderKind.CASH}): self.tr("✓ 现金收款完成 %s"),
        }.get(frozenset(kinds), self.tr("✓ 收款完成 %s"))
        self._title.setText(words % sale.total)
        has_drawer = sale.change or kinds == {TenderKind.CASH}
        change = self.tr("找零 %s") % sale.change if has_drawer else self.tr("不用找零")
        self._change.setText(self.tr("请给顾客现金 %s") % back if back else change)
        rows = receipt_rows(sale, self._store_name, cashier_name, notice=self._notice)
        self._receipt.setText("\n".join(rows))
