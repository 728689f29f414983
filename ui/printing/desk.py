"""Print desk: what is sold goes to paper on a lane of its own; what does not come out is told, and holds up nobody."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from pos.device.printer import Printer
from pos.domain.errors import DeviceError, NoPrinter, PosError
from pos.domain.figures_slip import FiguresPage
from pos.domain.paper import KEPT_AS, Paper, read_address
from pos.domain.print_job import Printing, PrintJob, trouble_of
from pos.domain.refund import Refund
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.shift import ShiftReport
from pos.domain.slip import Slip
from pos.domain.staff import By, Cashier
from pos.till import preferences, printing, slips
from pos.till.figures.paper import ask_figures
from pos.till.printing import Standing
from pos.till.returns import of_exchange
from pos.till.till import Till
from ui.lane import Lane
from ui.timers import timer

LOOK_EVERY_MS = 5_000
"""How often a printer that could not print is tried again."""

Jobs = list[PrintJob]
Failed = Callable[[PosError], None]
OnPaper = tuple[Slip, int]
"""A slip, and the columns of the paper it is for."""


class PrintDesk(QObject):
    """A till to read, a lane that prints, and the printer that the store has set.

    Signals: ``changed`` carries the Standing whenever it may be another; ``said`` a PosError that somebody asked for.

    Args:
        open_printer: makes a printer of its address; for tests.
    """

    changed = Signal(object)
    said = Signal(object)

    def __init__(self, till: Till, lane: Lane[Till], open_printer: Callable[[str], Printing] | None = None) -> None:
        super().__init__()
        self._till, self._lane = till, lane
        self._open_printer = open_printer or (lambda address: Printer(read_address(address)))
        self._printer: tuple[str, Printing] | None = None
        self._is_looking = False
        self.notice, self.is_printing = "", False
        self.standing = Standing()
        self._timer = timer(self, LOOK_EVERY_MS, self.look)

    @property
    def paper(self) -> Paper:
        """What the store has set."""
        return slips.paper_of(self._till)

    def receipt(self, sale: Sale) -> OnPaper:
        """Return a sale's receipt as it is printed first, and the columns of the paper."""
        return slips.receipt_of(self._till, sale, notice=self.notice), self.paper.columns

    def return_slip(self, made: Return) -> OnPaper:
        """Return the slip of goods that came back as it is printed first, and the columns of the paper."""
        return slips.return_slip_of(self._till, made, notice=self.notice), self.paper.columns

    def report(self, report: ShiftReport, *, is_blind: bool = False) -> OnPaper:
        """Return a shift's report as it is printed first, and the columns of the paper."""
        made = slips.shift_slip_of(self._till, report, is_blind=is_blind, notice=self.notice)
        return made, self.paper.columns

    def exchanged(self, sale: Sale) -> OnPaper | None:
        """Return the slip of the goods that paid for a sale; None for most."""
        made = of_exchange(self._till, sale)
        return self.return_slip(made) if made else None

    def page_address(self, sale: Sale) -> str:
        """Return where the customer finds the receipt once it has come up to the hub; empty where none is wanted."""
        return printing.page_address(self._till, sale)

    def jobs(self) -> Jobs:
        """Return the last jobs, those that wait first."""
        return printing.list_jobs(self._till)

    def start(self) -> None:
        """Find out what was left and how the printer is, and try again from time to time."""
        self._run(self._begin)
        self._timer.start()

    def print_sale(self, sale: Sale) -> None:
        """Print a receipt and open the drawer for cash; nothing where no printer is set up."""
        self._ask_quietly(lambda till: printing.ask_sale(till, sale, notice=self.notice))

    def print_return(self, made: Return) -> None:
        """Print the slip of goods that came back and open the drawer for cash; nothing where no printer is set up."""
        self._ask_quietly(lambda till: printing.ask_return(till, made, notice=self.notice))

    def print_refund(self, made: Refund) -> None:
        """Print the slip of money that went back with no goods; nothing where no printer is set up."""
        self._ask_quietly(lambda till: printing.ask_refund(till, made, notice=self.notice))

    def print_closed(self, report: ShiftReport) -> None:
        """Print the report of a shift that was just closed; nothing where no printer is set up."""
        self._ask_quietly(lambda till: printing.ask_report(till, report, notice=self.notice))

    def reprint_last(self) -> None:
        """Print the last receipt or return's slip again; it says which copy it is."""
        self._run(lambda till: self._ask(till, lambda: printing.reprint_last(till, notice=self.notice)), self.said.emit)

    def print_report(self, report: ShiftReport, *, is_blind: bool = False) -> None:
        """Print a shift's report, the first time or again."""

        def ask(till: Till) -> PrintJob:
            return printing.ask_report(till, report, is_blind=is_blind, notice=self.notice)

        self._run(lambda till: self._ask(till, lambda: ask(till)), self.said.emit)

    def print_figures(self, page: FiguresPage, by: By, then: Callable[[Standing], None], failed: Failed) -> None:
        """Print a manager's view; ``then`` gets how printing stands."""

        def ask(till: Till) -> PrintJob:
            return ask_figures(till, page, by=by, notice=self.notice)

        self._run(lambda till: self._ask(till, lambda: ask(till)), failed, then)

    def open_drawer(self) -> None:
        """Open the drawer, for a reason that is written down already; nothing where no printer is set up."""
        self._run(self._kick, self.said.emit)

    def release(self, number: int) -> None:
        """Let a job that was held be printed."""
        self._run(lambda till: self._ask(till, lambda: printing.release(till, number)))

    def drop(self, number: int) -> None:
        """Let a job be."""
        self._run(lambda till: self._ask(till, lambda: printing.drop(till, number)))

    def look(self) -> None:
        """Try again what could not be printed."""
        if (self.standing.waiting or self.standing.trouble) and not self._is_looking:
            self._is_looking = True
            self._run(self._begin if self.standing.trouble and not self.standing.waiting else self._work)

    def try_out(self, paper: Paper, slip: Slip, then: Callable[[None], None], failed: Failed) -> None:
        """Print something at once as a store would have it that has set this."""

        def print_it(_till: Till) -> None:
            if not paper.printer:
                raise NoPrinter
            self._open_printer(paper.printer).print(slip, paper.columns)

        self._lane.run(print_it, then, failed)

    def keep(self, paper: Paper, actor: Cashier, then: Callable[[Paper], None], failed: Failed) -> None:
        """Set what a manager has chosen."""

        def keep_it(till: Till) -> Paper:
            if paper.printer:
                read_address(paper.printer)
            preferences.keep_preference(till, KEPT_AS, paper.as_json(), by=By(actor))
            return paper

        def kept(paper: Paper) -> None:
            self._run(self._begin)
            then(paper)

        self._lane.run(keep_it, kept, failed)

    # On the lane

    def _ask_quietly(self, ask: Callable[[Till], PrintJob]) -> None:
        def ask_if_there(till: Till) -> Standing:
            return self._ask(till, lambda: ask(till)) if slips.paper_of(till).printer else Standing()

        self.is_printing = True
        self._run(ask_if_there)

    def _ask(self, till: Till, ask: Callable[[], object]) -> Standing:
        ask()
        return self._work(till)

    def _work(self, till: Till) -> Standing:
        printer = self._printer_of(till)
        return printing.work(till, printer) if printer else printing.standing(till)

    def _begin(self, till: Till) -> Standing:
        printing.begin(till)
        stands, printer = self._work(till), self._printer_of(till)
        if printer is None or stands.trouble:
            return stands
        try:
            return replace(stands, trouble=trouble_of(printer.state(), slips.paper_of(till).printer))
        except DeviceError as reason:
            return replace(stands, trouble=reason)

    def _kick(self, till: Till) -> Standing:
        printer = self._printer_of(till)
        if printer:
            printing.open_drawer(till, printer)
        return self._work(till)

    def _printer_of(self, till: Till) -> Printing | None:
        address = slips.paper_of(till).printer
        if not address:
            self._printer = None
        elif self._printer is None or self._printer[0] != address:
            self._printer = (address, self._open_printer(address))
        return self._printer[1] if self._printer else None

    # On the screen's thread

    def _run(
        self, task: Callable[[Till], Standing], failed: Failed | None = None,
        then: Callable[[Standing], None] | None = None,
    ) -> None:  # fmt: skip
        def told(stands: Standing) -> None:
            self._is_looking = self.is_printing = False
            self.standing = stands
            self.changed.emit(stands)
            if then:
                then(stands)

        def complain(error: PosError) -> None:
            self._is_looking = self.is_printing = False
            (failed or self.said.emit)(error)

        self._lane.run(task, told, complain)
