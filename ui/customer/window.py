"""The customer's window: what is being bought, the code to scan, what became of the payment; one customer's, ever."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from pos.domain.money import ZERO
from pos.domain.sale import Sale, TenderKind
from pos.till.pay import Refused
from ui import language, theme
from ui.counter import Counter
from ui.customer.idle import IdlePage
from ui.customer.words import code_words, lines_table
from ui.messages import customer_words
from ui.parts import dress, label
from ui.stage import Stage
from ui.timers import timer
from ui.widgets.qr_picture import QrPicture

THANKS_MS = 12_000
"""How long the change can be read before the window greets the next customer."""
PAGE_MS = 30_000
"""How long a code for the receipt's page stays: a phone must be found first."""
QR_SIDE = 320
LINE_HEIGHT = 46
"""Of a line of goods, at base."""

_AWAY = {Stage.SIGN_IN, Stage.OPEN_SHIFT, Stage.SHIFT_CLOSED}
"""Stages in which nobody stands at the counter, whatever its draft holds."""


class CustomerWindow(QWidget):
    """Turned to the customer on a screen of its own, broad or high.

    Args:
        notice: what must be said of the whole program, such as that the money is play money.
        message: the store's own words while nothing is sold.
        page_of: the address of a sale's page, which is shown as a code after it; empty for none.
    """

    @language.to_customer
    def __init__(self, counter: Counter, store_name: str, notice: str = "", *, message: str = "",
                 page_of: Callable[[Sale], str] = lambda _sale: "") -> None:  # fmt: skip
        super().__init__()
        self._page_of = page_of
        self.setObjectName("customer_window")
        self.setWindowTitle(self.tr("顾客屏"))
        self._counter, self._scale = counter, 0.0
        self._idle = IdlePage(store_name, message)
        self._title = label("customer_title", store_name, role="big")
        self._lines = label("customer_lines", "", role="customer_lines")
        self._amount = label("customer_amount", "", role="huge")
        self._saved = label("customer_saved", "", role="customer_saved")
        self._change = label("customer_change", "", role="customer_done")
        self._words = label("customer_words", "", role="big")
        self._left = label("customer_left", "", role="emphasis")
        self.picture = QrPicture("customer_qr", QR_SIDE)
        self._over = timer(self, THANKS_MS, self._greet, once=True)
        self._lay_out(notice)
        counter.stage_changed.connect(self.show_counter)
        counter.basket.cart_changed.connect(self.show_counter)
        counter.seconds_left.connect(self._show_left)
        counter.refused.connect(self._show_refused)
        self.show_counter()

    def _lay_out(self, notice: str) -> None:
        self._lines.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._lines.setMargin(theme.px(16))
        self._goods = QStackedWidget()
        for each in (self._lines, self.picture):
            self._goods.addWidget(each)
        told = QVBoxLayout()
        told.addStretch()
        for text in (self._title, self._amount, self._saved, self._change, self._words, self._left):
            text.setAlignment(Qt.AlignmentFlag.AlignCenter)
            told.addWidget(text)
        told.addStretch()
        sale = QWidget()
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, sale)
        self._halves.addWidget(self._goods, 3)
        self._halves.addLayout(told, 2)
        self._pages = QStackedWidget()
        for page in (self._idle, sale):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.addWidget(self._pages, 1)
        if notice:
            layout.addWidget(label("customer_notice", notice, role="advice"))

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802  (Qt's name)
        """Fit the screen it is on, which is not the cashier's: its own sizes, side by side or one below the other."""
        super().resizeEvent(event)
        is_broad = self.width() >= self.height()
        direction = QBoxLayout.Direction.LeftToRight if is_broad else QBoxLayout.Direction.BottomToTop
        self._halves.setDirection(direction)
        scale = theme.scale_for(self.size())
        if scale != self._scale:
            self._scale = scale
            self.setStyleSheet(theme.style_sheet(scale))
            side = theme.Sizes(scale).px(QR_SIDE)
            self.picture.setMinimumSize(side, side)
        self._show_lines()

    @property
    def is_idle(self) -> bool:
        """Whether the store's message is shown."""
        return self._pages.currentWidget() is self._idle

    @language.to_customer
    def show_counter(self, _stage: Stage | None = None) -> None:
        """Show what the customer may know of the sale on the counter, and nothing of any other."""
        counter, stage = self._counter, self._counter.stage
        page = self._page_of(counter.sale) if stage is Stage.PAID and counter.sale else ""
        self.picture.show_text(page or (counter.qr if stage is Stage.QR and not counter.is_scanned else ""))
        self._goods.setCurrentWidget(self.picture if page or stage is Stage.QR else self._lines)
        self._goods.setVisible(bool(page) or stage is not Stage.PAID)
        self._left.setVisible(stage is Stage.QR)
        self._show_lines()
        self._show_sums()
        self._words.setText(self.tr("✓ 收款成功，扫码看电子小票") if page else self._stage_words(stage))
        self._pages.setCurrentIndex(1 if self._has_goods() or stage is Stage.PAID else 0)
        if stage is Stage.PAID:
            self._over.start(PAGE_MS if page else THANKS_MS)
        else:
            self._over.stop()

    def _has_goods(self) -> bool:
        """Whether the cart is that of somebody who stands here and has not paid."""
        return bool(self._counter.cart.lines) and self._counter.stage not in _AWAY | {Stage.PAID}

    def _show_lines(self) -> None:
        cart = self._counter.cart if self._has_goods() else None
        room = self._lines.height() // theme.Sizes(self._scale or 1.0).px(LINE_HEIGHT) - 1
        self._lines.setText(lines_table(cart, max(4, room)) if cart else "")
        dress(self._lines, "role", "customer_lines" if cart else "body")

    def _show_sums(self) -> None:
        sale = self._counter.sale if self._counter.stage is Stage.PAID else None
        due = self._counter.next_amount if self._counter.stage.is_paying else self._counter.due
        amount = str(due) if self._has_goods() else ""
        self._amount.setText(str(sale.total) if sale else amount)
        in_cash = bool(sale) and any(each.kind is TenderKind.CASH for each in sale.tenders) if sale else False
        back = self._counter.cash_back if sale else ZERO
        self._change.setText(self.tr("找零 %s") % sale.change if sale and in_cash else "")
        if back:
            self._change.setText(self.tr("退您现金 %s") % back)
        self._change.setVisible(in_cash or bool(back))
        saved = sale.savings if sale else self._counter.cart.savings
        self._saved.setText(self.tr("已优惠 %s") % saved)
        self._saved.setVisible(saved > ZERO and (sale is not None or self._has_goods()))

    def _stage_words(self, stage: Stage) -> str:
        if stage is Stage.QR:
            return code_words(is_scanned=self._counter.is_scanned)
        return {
            Stage.PAY: self.tr("请出示支付宝付款码，或付现金"),
            Stage.ASKING: self.tr("正在收款，请稍候"),
            Stage.WAITING: self.tr("请在手机上确认付款"),
            Stage.UNKNOWN: self.tr("正在查询付款结果，请先不要再付"),
            Stage.STOPPING: self.tr("正在停止收款"),
            Stage.MONEY_HERE: self.tr("款项已收到，请稍候"),
            Stage.PAID: self.tr("✓ 收款成功，谢谢惠顾"),
        }.get(stage, self.tr("应付金额"))

    def _greet(self) -> None:
        """Take the last customer's amounts away, however long the cashier waits for the next."""
        self._pages.setCurrentWidget(self._idle)

    @language.to_customer
    def _show_refused(self, refused: Refused) -> None:
        """Say to the customer what to do now; the cashier's own screen has the cashier's words."""
        self._words.setText(customer_words(refused))

    @language.to_customer
    def _show_left(self, seconds: int) -> None:
        self._left.setText(self.tr("还有 %d 秒") % seconds)
