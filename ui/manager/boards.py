"""Boards: the views of the managers' room, each made when it is first turned to, or ahead of it in a quiet moment."""

from functools import cached_property
from typing import TypeVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from ui.ahead import make_one
from ui.counter import Counter
from ui.manager.books import Books
from ui.manager.calendar_view import CalendarBoard
from ui.manager.cash_view import CashBoard
from ui.manager.errands import Errands
from ui.manager.goods_view import GoodsBoard
from ui.manager.journal_view import JournalBoard
from ui.manager.payments_view import PaymentsBoard
from ui.manager.people_view import PeopleBoard
from ui.manager.staff_view import StaffBoard
from ui.manager.tills_view import TillsBoard
from ui.manager.today_view import TodayBoard
from ui.manager.unusual_view import UnusualBoard
from ui.manager.view import View
from ui.printing.desk import PrintDesk
from ui.stage import Stage

V = TypeVar("V", bound=View)
NAMES = ("today", "cash", "goods", "people", "unusual", "payments", "calendar", "tills", "journal", "staff")
"""The views, as the keys of the rail have them; behind the last key the staff are come to."""


class Boards(QStackedWidget):
    """The views, of which one is seen.

    Signals: ``made`` carries a view that was made, ``day_wanted`` the date that somebody touched on one;
    ``sheets_changed`` says that what one shows is another list, ``staff_wanted`` that the staff are.

    Attributes:
        place: of the one that is seen, in ``NAMES``.
    """

    made = Signal(QWidget)
    day_wanted = Signal(object)
    sheets_changed = Signal()
    staff_wanted = Signal()

    def __init__(self, counter: Counter, books: Books, errands: Errands, printing: PrintDesk) -> None:
        super().__init__()
        self._counter, self._books, self._errands, self._printing = counter, books, errands, printing
        self.place = 0

    @property
    def view(self) -> View:
        """The one that is seen."""
        view: View = getattr(self, NAMES[self.place])
        return view

    def turn_to(self, place: int) -> None:
        """Show another."""
        self.place = place
        self.setCurrentWidget(self.view)

    def make_next(self) -> bool:
        """Make one of the views that are not there yet; False when all are."""
        return make_one(self, NAMES)

    @cached_property
    def today(self) -> TodayBoard:
        """What the day has come to."""
        return self._added(TodayBoard(self._books))

    @cached_property
    def cash(self) -> CashBoard:
        """The drawers."""
        return self._added(CashBoard(self._books))

    @cached_property
    def goods(self) -> GoodsBoard:
        """What sold most."""
        return self._added(GoodsBoard(self._books))

    @cached_property
    def people(self) -> PeopleBoard:
        """Who sold how much."""
        return self._added(PeopleBoard(self._books))

    @cached_property
    def unusual(self) -> UnusualBoard:
        """What a manager should look at."""
        return self._added(UnusualBoard(self._books))

    @cached_property
    def payments(self) -> PaymentsBoard:
        """What was paid how, and what is asked about."""
        made, counter = self._added(PaymentsBoard(self._books)), self._counter
        made.review.clicked.connect(lambda: counter.show(Stage.REVIEW))
        made.refund.clicked.connect(lambda: counter.show(Stage.RETURN))
        made.bill.clicked.connect(lambda: counter.show(Stage.BILL))
        return made

    @cached_property
    def calendar(self) -> CalendarBoard:
        """The month."""
        return self._added(CalendarBoard(self._books))

    @cached_property
    def tills(self) -> TillsBoard:
        """All tills of the store."""
        return self._added(TillsBoard(self._books, self._errands))

    @cached_property
    def journal(self) -> JournalBoard:
        """The books themselves."""
        made, counter = self._added(JournalBoard(self._books, self._errands)), self._counter
        made.settings.clicked.connect(lambda: counter.show(Stage.STORE))
        made.staff.clicked.connect(self.staff_wanted)
        return made

    @cached_property
    def staff(self) -> StaffBoard:
        """Who works here."""
        return self._added(StaffBoard(self._books, self._printing))

    def _added(self, view: V) -> V:
        self.addWidget(view)
        view.day_wanted.connect(self.day_wanted)
        view.sheets_changed.connect(self.sheets_changed)
        self.made.emit(view)
        return view
