"""Pages: every page of the till's window, and which belongs to what is going on.

What a cashier begins with is made at once; the others when they are opened, or ahead of it while nobody needs the till.
"""

from functools import cached_property
from typing import TYPE_CHECKING, Protocol, TypeVar, runtime_checkable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from pos.domain.cash import CashKind
from ui.ahead import make_one
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
from ui.printing.page import PrintPage
from ui.refund.page import RefundPage
from ui.returns.page import ReturnPage
from ui.review.page import ReviewPage
from ui.shift.figures_page import FiguresPage
from ui.shift.pages import CloseShiftPage, OpenShiftPage, ShiftClosedPage
from ui.sign_in.page import SignInPage
from ui.stage import Stage
from ui.store.camera_page import CameraPage
from ui.store.page import StorePage
from ui.store.paper_page import PaperPage
from ui.store.room import Room
from ui.suspended.laying import take_up
from ui.suspended.page import SuspendedPage

if TYPE_CHECKING:
    from ui.manager.page import ManagerPage

P = TypeVar("P", bound=QWidget)
FIRST = {Stage.SIGN_IN: "sign_in", Stage.OPEN_SHIFT: "open_shift"}
LATE = {
    Stage.CLOSE_SHIFT: "close_shift",
    Stage.SHIFT_CLOSED: "shift_closed",
    Stage.RETURN: "returns",
    Stage.REFUND: "refund",
    Stage.SUSPENDED: "suspended",
    Stage.DRAWER: "drawer",
    Stage.CASH_MOVE: "cash_move",
    Stage.TENDERS: "tenders",
    Stage.FIGURES: "figures",
    Stage.REVIEW: "review",
    Stage.TODAY: "today",
    Stage.BILL: "bill",
    Stage.STORE: "store",
    Stage.ANSWER: "answer",
    Stage.LABELS: "labels",
    Stage.TILES: "tiles",
    Stage.PAPER: "paper",
    Stage.CAMERA: "camera",
    Stage.PRINTING: "printing",
    Stage.KEYS: "keys",
}
"""The pages made when they are first needed, in the order in which that is likely to be."""
BACK = (
    dict.fromkeys((Stage.LABELS, Stage.TILES, Stage.PAPER, Stage.CAMERA, Stage.ANSWER), Stage.STORE)
    | dict.fromkeys((Stage.CASH_MOVE, Stage.TENDERS, Stage.FIGURES), Stage.DRAWER)
    | dict.fromkeys((Stage.REVIEW, Stage.RETURN, Stage.BILL, Stage.KEYS, Stage.SUSPENDED, Stage.STORE, Stage.DRAWER,
                     Stage.PRINTING), Stage.SELL)
    | {Stage.REFUND: Stage.RETURN}
)  # fmt: skip
"""Where Esc leads to from a page that has no more to say about it."""


@runtime_checkable
class TakesEnter(Protocol):
    """A page that knows by itself what Enter does next."""

    def press_enter(self) -> None:
        """Do it."""


class Pages(QWidget):
    """A window of pages; see ``Window`` for what they are made of.

    Signals: ``page_made`` carries a page, or a view of one, that was made after the others; ``keys_kept`` tells of
    another map of keys.
    """

    page_made = Signal(QWidget)
    keys_kept = Signal()

    def __init__(self, counter: Counter, desk: Desk, room: Room, store_name: str, hint: str) -> None:
        super().__init__()
        self._counter, self._desk, self._room = counter, desk, room
        self._store_name, self._hint = store_name, hint

    def make_next(self) -> bool:
        """Make one of the pages that are not there yet, or a view of the managers' room; False when all are."""
        return make_one(self, LATE.values()) or self.today.boards.make_next()

    def _make_pages(self) -> None:
        """Make what a cashier begins with, in the language of now, and let go of all pages made before."""
        for name in LATE.values():
            vars(self).pop(name, None)
        counter = self._counter
        self._pages = QStackedWidget()
        self.sign_in = SignInPage(counter, self._desk, self._store_name, self._hint)
        self.open_shift = OpenShiftPage(counter)
        self.counter, self.qr = CounterPage(counter, self._room), QrPage(counter)
        for page in (self.sign_in, self.open_shift, self.counter, self.qr):
            self._pages.addWidget(page)

    @cached_property
    def close_shift(self) -> CloseShiftPage:
        """What is in the drawer at the end."""
        return self._added(CloseShiftPage(self._counter, self._room.printing, self._room.aside))

    @cached_property
    def shift_closed(self) -> ShiftClosedPage:
        """What a shift came to."""
        return self._added(ShiftClosedPage(self._counter, self._room.printing))

    @cached_property
    def today(self) -> "ManagerPage":
        """The managers' room."""
        from ui.manager.page import ManagerPage  # noqa: PLC0415  (half of what all pages together take to import)

        room = self._room
        made = self._added(ManagerPage(self._counter, room.books, room.errands, room.printing))
        made.boards.made.connect(self.page_made)
        return made

    @cached_property
    def review(self) -> ReviewPage:
        """Payments that are asked about."""
        return self._added(ReviewPage(self._counter, self._desk))

    @cached_property
    def refund(self) -> RefundPage:
        """Money that goes back to a customer."""
        return self._added(RefundPage(self._counter, self._desk, self._room.printing))

    @cached_property
    def returns(self) -> ReturnPage:
        """Goods that come back."""
        made = self._added(ReturnPage(self._counter, self._desk.returns, self._room.printing))
        made.exchanged.connect(self._counter.take_exchange)
        return made

    @cached_property
    def bill(self) -> BillPage:
        """A day's bill."""
        return self._added(BillPage(self._counter, self._desk))

    @cached_property
    def keys(self) -> KeyPage:
        """Which key does what."""
        made = self._added(KeyPage(self._counter, self._desk))
        made.kept.connect(self.keys_kept)
        return made

    @cached_property
    def suspended(self) -> SuspendedPage:
        """Carts laid aside."""
        made = self._added(SuspendedPage(self._counter, self._room.aside))
        made.resumed.connect(lambda _cart: take_up(self._counter))
        made.left.connect(lambda: self._counter.show(Stage.SELL))
        return made

    @cached_property
    def store(self) -> StorePage:
        """What a store sets."""
        return self._added(StorePage(self._counter))

    @cached_property
    def labels(self) -> LabelPage:
        """Scale labels."""
        made = self._added(LabelPage(self._room.labels, lambda: self._counter.cashier))
        made.left.connect(lambda: self._counter.show(Stage.STORE))
        self._counter.number_seen.connect(made.take_scanned)
        return made

    @cached_property
    def tiles(self) -> TilesPage:
        """Tiles, arranged."""
        made = self._added(TilesPage(self._room.shelves))
        made.left.connect(lambda: self._counter.show(Stage.STORE))
        return made

    @cached_property
    def drawer(self) -> DrawerPage:
        """What can be done with the drawer."""
        made = self._added(DrawerPage(self._counter))
        made.wanted.connect(self._move_cash)
        return made

    @cached_property
    def cash_move(self) -> CashMovePage:
        """Cash that goes into the drawer or out of it."""
        return self._added(CashMovePage(self._counter))

    @cached_property
    def tenders(self) -> TendersPage:
        """A sale whose way to pay was written down wrongly."""
        return self._added(TendersPage(self._counter))

    @cached_property
    def figures(self) -> FiguresPage:
        """X and Z."""
        return self._added(FiguresPage(self._counter, self._room.printing))

    @cached_property
    def paper(self) -> PaperPage:
        """What stands on receipts."""
        made = self._added(PaperPage(self._counter, self._room.printing, self._store_name))
        made.left.connect(lambda: self._counter.show(Stage.STORE))
        return made

    @cached_property
    def camera(self) -> CameraPage:
        """What the camera sees and reads."""
        made = self._added(CameraPage(self._counter))
        self._counter.number_seen.connect(made.take_scanned)
        return made

    @cached_property
    def printing(self) -> PrintPage:
        """What waits for the printer."""
        made = self._added(PrintPage(self._room.printing))
        made.left.connect(lambda: self._counter.show(Stage.SELL))
        return made

    @cached_property
    def answer(self) -> AnswerPage:
        """The answer to a telephone call."""
        return self._added(AnswerPage(self._counter))

    def _has_made(self, stage: Stage) -> bool:
        return LATE[stage] in vars(self)

    def _added(self, page: P) -> P:
        self._pages.addWidget(page)
        self.page_made.emit(page)
        return page

    def _move_cash(self, kind: CashKind) -> None:
        self.cash_move.kind = kind
        self._counter.show(Stage.CASH_MOVE)

    def _open_page(self, stage: Stage) -> QWidget | None:
        """Let the page of a stage begin afresh and return it; None for a stage that is a panel of another page."""
        name = (FIRST | LATE).get(stage)
        if name is None:
            return None
        page = getattr(self, name)
        page.open()
        assert isinstance(page, QWidget)
        return page
