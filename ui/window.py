"""Window: the pages, the strip that is always visible, and the keys."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QVBoxLayout, QWidget

from ui.bill.page import BillPage
from ui.checkout.page import CounterPage
from ui.counter import Counter
from ui.customer.qr_page import QrPage
from ui.desk import Desk
from ui.leave import LeaveBox
from ui.manager.today_page import TodayPage
from ui.refund.page import RefundPage
from ui.review.page import ReviewPage
from ui.shift.pages import AmountPage, CloseShiftPage, OpenShiftPage, ShiftClosedPage
from ui.sign_in.page import SignInPage
from ui.stage import Stage
from ui.timers import timer
from ui.widgets.status_strip import StatusStrip

LOOK_EVERY_MS = 1_000
"""How often the lamp looks at the disk on its own: other threads write entries, too."""


class KeepShortcuts(QObject):
    """Keeps a box from taking the keys that are ours: ``*``, ``+``, and Delete while the box is empty."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Stop the box from claiming such a key; the window's shortcut then gets it."""
        if event.type() is not QEvent.Type.ShortcutOverride:
            return False
        assert isinstance(event, QKeyEvent)
        assert isinstance(watched, QLineEdit)
        is_ours = event.text() in {"*", "+"} or (event.key() == Qt.Key.Key_Delete and not watched.text())
        if is_ours:
            event.ignore()
        return is_ours


class Window(QWidget):
    """The till's one window.

    Args:
        desk: for payments that are already made.
        store_name: shown at sign-in and on the receipt.
        hint: what the sign-in page tells about the demo's staff; empty in a real store.
        notice: what the receipt must say of itself, such as that the money is play money.
    """

    def __init__(self, counter: Counter, desk: Desk, store_name: str, *, hint: str = "", notice: str = "") -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle(self.tr("柜台 Guitai"))
        self._counter = counter
        self.strip = StatusStrip(is_simulator=bool(notice))
        self.sign_in = SignInPage(counter, store_name, hint)
        self.open_shift, self.close_shift = OpenShiftPage(counter), CloseShiftPage(counter)
        self.counter = CounterPage(counter, store_name, notice)
        self.qr = QrPage(counter)
        self.has_customer_screen = False
        self.shift_closed, self.today = ShiftClosedPage(counter), TodayPage(counter)
        self.review, self.refund, self.bill = (
            ReviewPage(counter, desk),
            RefundPage(counter, desk),
            BillPage(counter, desk),
        )
        self._pages = QStackedWidget()
        for page in (
            self.sign_in,
            self.open_shift,
            self.counter,
            self.qr,
            self.close_shift,
            self.shift_closed,
            self.today,
            self.review,
            self.refund,
            self.bill,
        ):
            self._pages.addWidget(page)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.strip)
        layout.addWidget(self._pages, 1)
        self._make_keys()
        self.strip.today.clicked.connect(lambda: self._go(Stage.TODAY))
        self.strip.close_shift.clicked.connect(lambda: self._go(Stage.CLOSE_SHIFT))
        self.strip.lock.clicked.connect(counter.sign_out)
        self.strip.review.clicked.connect(lambda: self._go(Stage.REVIEW))
        self.today.refund.clicked.connect(lambda: counter.show(Stage.REFUND))
        self.today.bill.clicked.connect(lambda: counter.show(Stage.BILL))
        counter.stage_changed.connect(self._show_stage)
        self._open: int | None = None
        self._may_close = False
        counter.open_changed.connect(self._note_open)
        counter.figures_changed.connect(self.look_whether_off)
        self.looking = timer(self, LOOK_EVERY_MS, self.look_whether_off)
        self.looking.start()
        self._show_stage(counter.stage)

    def _make_keys(self) -> None:
        """Every key the window knows; each is written on its button."""
        page = self.counter
        keys: dict[str, Callable[[], None]] = {
            "F4": page.change_quantity,
            "*": page.change_quantity,
            "F5": self._counter.query_now,
            "F6": self._counter.show_qr,
            "F9": page.take_exact,
            "F7": lambda: self._go(Stage.CLOSE_SHIFT),
            "F8": lambda: self._go(Stage.TODAY),
            "F10": lambda: self._go(Stage.REVIEW),
            "F11": self._counter.sign_out,
            "F12": page.press_go,
            "+": page.press_go,
            "Return": self._press_enter,
            "Enter": self._press_enter,
            "Escape": self._press_escape,
            "Delete": page.remove_line,
        }
        self._keep = KeepShortcuts(self)
        for box in self.findChildren(QLineEdit):
            box.installEventFilter(self._keep)
        for key, press in keys.items():
            QShortcut(QKeySequence(key), self, press, context=Qt.ShortcutContext.WindowShortcut)

    def follow_second_screen(self, is_there: bool) -> None:  # noqa: FBT001  (a signal's slot)
        """Turn our own screen to the customer only while they have none."""
        self.has_customer_screen = is_there
        self._show_stage(self._counter.stage)

    def look_whether_off(self) -> None:
        """Light the lamp by what the disk says now; a payment under way may have nothing on disk for a moment."""
        standing = self._counter.standing()
        is_idle = not self._counter.stage.is_paying and self._open == 0
        self.strip.show_standing(standing, may_leave=is_idle and not standing.unsent and not standing.has_open)

    def _note_open(self, count: int) -> None:
        """Note what the last round found open; before the first, nobody knows."""
        self._open = count
        self.look_whether_off()

    def _go(self, stage: Stage) -> None:
        if self._counter.stage in {Stage.SELL, Stage.PAY, Stage.PAID}:
            self._counter.show(stage)

    def _press_enter(self) -> None:
        page = self._pages.currentWidget()
        if page is self.sign_in:
            self.sign_in.press_enter()
        elif page is self.counter:
            self.counter.press_enter()
        elif isinstance(page, (OpenShiftPage, CloseShiftPage)):
            page.confirm.click()
        elif isinstance(page, (ReviewPage, RefundPage)):
            page.press_enter()
        elif page is self.bill:
            self.bill.fetch.click()
        elif page is self.shift_closed:
            self._counter.sign_out()

    def _press_escape(self) -> None:
        page = self._pages.currentWidget()
        if page in {self.counter, self.qr}:
            self.counter.press_escape()
        elif isinstance(page, (OpenShiftPage, CloseShiftPage)):
            page.back.click()
        elif page in {self.today, self.review, self.refund, self.bill}:
            self._counter.show(Stage.SELL)

    def _show_stage(self, stage: Stage) -> None:
        self.look_whether_off()
        self.strip.show_person(self._counter.cashier, self._counter.shift)
        if stage is Stage.SIGN_IN:
            self.sign_in.open()
            self._pages.setCurrentWidget(self.sign_in)
        elif stage is Stage.SHIFT_CLOSED and self._counter.shift:
            self.shift_closed.open(self._counter.shift)
            self._pages.setCurrentWidget(self.shift_closed)
        elif stage is Stage.QR and not self.has_customer_screen:
            self._pages.setCurrentWidget(self.qr)
        elif (page := self._page_of(stage)) is not None:
            page.open()
            self._pages.setCurrentWidget(page)
        else:
            self._pages.setCurrentWidget(self.counter)

    def _page_of(self, stage: Stage) -> AmountPage | TodayPage | ReviewPage | RefundPage | BillPage | None:
        pages: dict[Stage, AmountPage | TodayPage | ReviewPage | RefundPage | BillPage] = {
            Stage.OPEN_SHIFT: self.open_shift,
            Stage.CLOSE_SHIFT: self.close_shift,
            Stage.TODAY: self.today,
            Stage.REVIEW: self.review,
            Stage.REFUND: self.refund,
            Stage.BILL: self.bill,
        }
        return pages.get(stage)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt's name)
        """Stay open while money is on its way; ask while something is unsent or unknown, though the disk has it."""
        if self._counter.stage.is_paying and self._counter.stage not in {Stage.UNKNOWN, Stage.MONEY_HERE}:
            event.ignore()
            return
        standing = self._counter.standing()
        if self._may_close or not (standing.unsent or standing.has_open):
            event.accept()
            return
        event.ignore()
        box = LeaveBox(self, standing)
        box.accepted.connect(self._leave)
        box.open()

    def _leave(self) -> None:
        self._may_close = True
        self.close()
