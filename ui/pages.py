"""Pages: every page of the till's window, and which belongs to what is going on."""

from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.approval.answer_page import AnswerPage
from ui.bill.page import BillPage
from ui.cash.drawer_page import DrawerPage
from ui.cash.move_page import CashMovePage
from ui.cash.tenders_page import TendersPage
from ui.checkout.page import CounterPage
from ui.checkout.tiles_page import TilesPage
from ui.counter import Counter
from ui.customer.qr_page import QrPage
from ui.desk import Desk
from ui.keys.page import KeyPage
from ui.labels.page import LabelPage
from ui.manager.page import ManagerPage
from ui.printing.page import PrintPage
from ui.refund.page import RefundPage
from ui.returns.page import ReturnPage
from ui.review.page import ReviewPage
from ui.shift.figures_page import FiguresPage
from ui.shift.pages import AmountPage, CloseShiftPage, OpenShiftPage, ShiftClosedPage
from ui.sign_in.page import SignInPage
from ui.stage import Stage
from ui.store.page import StorePage
from ui.store.paper_page import PaperPage
from ui.store.room import Room
from ui.suspended.page import SuspendedPage

Page = (
    AmountPage | ManagerPage | ReviewPage | ReturnPage | RefundPage | BillPage | KeyPage | SuspendedPage | StorePage
    | LabelPage | TilesPage | PaperPage | PrintPage | DrawerPage | CashMovePage | TendersPage | FiguresPage
    | AnswerPage
)  # fmt: skip
ENTER_PAGES = (ReviewPage, ReturnPage, RefundPage, SuspendedPage, LabelPage, CloseShiftPage, CashMovePage, TendersPage,
               AnswerPage)  # fmt: skip
"""Pages that know by themselves what Enter does next."""


class Pages(QWidget):
    """A window of pages; see ``Window`` for what they are made of."""

    def __init__(self, counter: Counter, desk: Desk, room: Room, store_name: str, hint: str) -> None:
        super().__init__()
        self._counter, self._desk, self._room = counter, desk, room
        self._store_name, self._hint = store_name, hint

    def _make_pages(self) -> None:
        """Make every page, in the language of now."""
        counter, desk, printing = self._counter, self._desk, self._room.printing
        self.sign_in = SignInPage(counter, self._store_name, self._hint)
        self.open_shift, self.close_shift = OpenShiftPage(counter), CloseShiftPage(counter, printing)
        self.shift_closed = ShiftClosedPage(counter, printing)
        self.counter, self.qr = CounterPage(counter, self._room), QrPage(counter)
        self.today = ManagerPage(counter, self._room.books, self._room.errands, printing)
        self.review, self.refund = ReviewPage(counter, desk), RefundPage(counter, desk, printing)
        self.returns = ReturnPage(counter, desk.returns, printing)
        self.bill, self.keys = BillPage(counter, desk), KeyPage(counter, desk)
        self.suspended, self.store = SuspendedPage(counter, self._room.aside), StorePage(counter)
        self.labels = LabelPage(self._room.labels, lambda: counter.cashier)
        self.tiles = TilesPage(self._room.shelves)
        self.drawer, self.cash_move = DrawerPage(counter), CashMovePage(counter)
        self.tenders, self.figures = TendersPage(counter), FiguresPage(counter, printing)
        self.paper, self.printing = PaperPage(counter, printing, self._store_name), PrintPage(printing)
        self.answer = AnswerPage(counter)
        self._pages = QStackedWidget()
        for page in (self.sign_in, self.open_shift, self.counter, self.qr, self.close_shift, self.shift_closed,
                     self.today, self.review, self.returns, self.refund, self.bill, self.keys, self.suspended,
                     self.store, self.labels, self.tiles, self.drawer, self.cash_move, self.tenders,
                     self.figures, self.paper, self.printing, self.answer):  # fmt: skip
            self._pages.addWidget(page)

    def _page_of(self, stage: Stage) -> Page | None:
        pages: dict[Stage, Page] = {
            Stage.OPEN_SHIFT: self.open_shift,
            Stage.CLOSE_SHIFT: self.close_shift,
            Stage.TODAY: self.today,
            Stage.REVIEW: self.review,
            Stage.RETURN: self.returns,
            Stage.REFUND: self.refund,
            Stage.BILL: self.bill,
            Stage.KEYS: self.keys,
            Stage.SUSPENDED: self.suspended,
            Stage.STORE: self.store,
            Stage.LABELS: self.labels,
            Stage.TILES: self.tiles,
            Stage.PAPER: self.paper,
            Stage.PRINTING: self.printing,
            Stage.DRAWER: self.drawer,
            Stage.CASH_MOVE: self.cash_move,
            Stage.TENDERS: self.tenders,
            Stage.FIGURES: self.figures,
            Stage.ANSWER: self.answer,
        }
        return pages.get(stage)
