"""The customer's window: what is being bought, the code to scan, what became of the payment; one customer's, ever."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from pos.domain.sale import TenderKind
from pos.till.pay import Refused
from ui import language
from ui.counter import Counter
from ui.customer.words import code_words
from ui.display import product_name, quantity_text
from ui.messages import customer_words
from ui.parts import dress, label
from ui.stage import Stage
from ui.widgets.qr_picture import QrPicture

LINES_SHOWN = 8


class CustomerWindow(QWidget):
    """Turned to the customer on a screen of its own."""

    @language.to_customer
    def __init__(self, counter: Counter, store_name: str, notice: str = "") -> None:
        super().__init__()
        self.setObjectName("customer_window")
        self.setWindowTitle(self.tr("顾客屏"))
        self._counter, self._store_name = counter, store_name
        self._title = label("customer_title", store_name, role="big")
        self._lines = label("customer_lines", "", role="customer_lines")
        self._amount = label("customer_amount", "", role="huge")
        self._words = label("customer_words", "", role="big")
        self._left = label("customer_left", "", role="emphasis")
        self.picture = QrPicture("customer_qr", 360)
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._middle = QStackedWidget()
        self._middle.addWidget(self._lines)
        self._middle.addWidget(self.picture)
        layout = QVBoxLayout(self)
        for each in (self._title, self._amount, self._words, self._left):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for each in (self._title, self._amount, self._words):
            layout.addWidget(each)
        layout.addWidget(self._middle, 1)
        layout.addWidget(self._left)
        if notice:
            layout.addWidget(label("customer_notice", notice, role="advice"))
        counter.stage_changed.connect(self.show_counter)
        counter.basket.cart_changed.connect(self.show_counter)
        counter.seconds_left.connect(self._show_left)
        counter.refused.connect(self._show_refused)
        self.show_counter()

    @language.to_customer
    def show_counter(self, _stage: Stage | None = None) -> None:
        """Show what the customer may know of the sale on the counter, and nothing of any other."""
        counter, stage = self._counter, self._counter.stage
        is_code = stage is Stage.QR
        self.picture.show_text(counter.qr if is_code and not counter.is_scanned else "")
        self._middle.setCurrentWidget(self.picture if is_code else self._lines)
        self._left.setVisible(is_code)
        words = self._cart_words() if stage in {Stage.SELL, Stage.PAY} or stage.is_paying else ""
        self._lines.setText(words)
        dress(self._lines, "role", "customer_lines" if words else "body")
        self._amount.setText(self._amount_words(stage))
        self._words.setText(self._stage_words(stage))

    def _cart_words(self) -> str:
        cart = self._counter.cart
        shown = [
            f"{product_name(each.product)}   {quantity_text(each.quantity)} × {each.price}   "
            f"{cart.amount_of(each.line_no)}"
            for each in cart.lines
            if each.product
        ][-LINES_SHOWN:]
        return "\n".join(shown)

    def _amount_words(self, stage: Stage) -> str:
        if stage is Stage.PAID and self._counter.sale:
            return str(self._counter.sale.total)
        has_goods = stage in {Stage.SELL, Stage.PAY} or stage.is_paying
        return str(self._counter.cart.total) if has_goods and self._counter.cart.lines else ""

    def _stage_words(self, stage: Stage) -> str:
        sale = self._counter.sale
        if stage is Stage.QR:
            return code_words(is_scanned=self._counter.is_scanned)
        if stage is Stage.PAID and sale:
            change = self.tr("找零 %s") % sale.change if sale.tenders[0].kind is TenderKind.CASH else ""
            return "\n".join(filter(None, [self.tr("✓ 收款成功，谢谢惠顾"), change]))
        return {
            Stage.PAY: self.tr("请出示支付宝付款码，或付现金"),
            Stage.ASKING: self.tr("正在收款，请稍候"),
            Stage.WAITING: self.tr("请在手机上确认付款"),
            Stage.UNKNOWN: self.tr("正在查询付款结果，请先不要再付"),
            Stage.STOPPING: self.tr("正在停止收款"),
            Stage.MONEY_HERE: self.tr("款项已收到，请稍候"),
        }.get(stage, "" if self._counter.cart.lines else self.tr("欢迎光临"))

    @language.to_customer
    def _show_refused(self, refused: Refused) -> None:
        """Say to the customer what to do now; the cashier's own screen has the cashier's words."""
        self._words.setText(customer_words(refused.reason, is_returned=refused.is_returned))

    @language.to_customer
    def _show_left(self, seconds: int) -> None:
        self._left.setText(self.tr("还有 %d 秒") % seconds)
