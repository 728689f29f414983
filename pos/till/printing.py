"""Printing: what is to be put on paper, one after the other; a printer that is dead holds up nothing but paper.

A job is on disk before it is sent. It is never printed twice without somebody's word, and one that has become old, or
of which nobody knows whether it came out, waits for that word.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import itemgetter

from pos.domain.errors import DeviceError, NeedsManager, NoPrinter, NothingToReprint, PosError, PrintDoubtful
from pos.domain.money import ZERO
from pos.domain.paper import Paper
from pos.domain.print_job import JobKind, JobState, PrinterState, Printing, PrintJob
from pos.domain.receipt_page import PATH, page_token
from pos.domain.refund import Refund
from pos.domain.returns import Return
from pos.domain.sale import Sale, TenderKind
from pos.domain.shift import ShiftReport, z_text
from pos.domain.shop_time import shop_time
from pos.domain.slip import Slip
from pos.domain.staff import Act
from pos.storage import print_jobs, refunds, returns, sales
from pos.till.report import shop_today
from pos.till.returns import of_exchange
from pos.till.slips import paper_of, receipt_of, refund_slip_of, return_slip_of, shift_slip_of
from pos.till.till import Till

LISTED = 50
"""Jobs on the page that shows them."""
OLD, CRASHED = "old", "crashed"
"""Reasons of our own why a job is held."""


@dataclass(frozen=True, slots=True)
class Standing:
    """How printing stands: what waits by itself, what waits for somebody's word, and why nothing comes out."""

    waiting: int = 0
    held: int = 0
    trouble: PosError | None = None
    is_paper_low: bool = False


def page_address(till: Till, sale: Sale) -> str:
    """Return the address of a sale's page at the hub; empty where the store wants none, or nothing goes up."""
    hub = till.settings.hub.url
    if not (hub and sale.entry_hash and paper_of(till).has_page) or till.settings.is_training:
        return ""
    return hub.rstrip("/") + PATH + page_token(sale.receipt_no, sale.entry_hash)


def ask_receipt(till: Till, sale: Sale, *, notice: str = "") -> PrintJob:
    """Ask for a receipt; for the cash that ended the sale the drawer is opened as well, the first time.

    For a part in cash it was opened when the part was taken.

    Raises:
        NoPrinter: none is set up.
    """
    has_cash = bool(sale.tenders) and sale.tenders[-1].kind is TenderKind.CASH
    return _ask(till, JobKind.RECEIPT, sale.id, lambda copy: receipt_of(till, sale, notice=notice, copy=copy),
                has_cash=has_cash)  # fmt: skip


def ask_return(till: Till, made: Return, *, notice: str = "") -> PrintJob:
    """Ask for the slip of goods that came back; for cash the drawer is opened as well, the first time.

    Raises:
        NoPrinter: none is set up.
    """
    return _ask(till, JobKind.SLIP, made.return_no, lambda copy: return_slip_of(till, made, notice=notice, copy=copy),
                has_cash=made.in_cash > ZERO)  # fmt: skip


def ask_refund(till: Till, made: Refund, *, notice: str = "") -> PrintJob:
    """Ask for the slip of money that went back with no goods beside it.

    Raises:
        NoPrinter: none is set up.
    """
    return _ask(till, JobKind.SLIP, made.request_no, lambda copy: refund_slip_of(till, made, notice=notice, copy=copy))


def ask_sale(till: Till, sale: Sale, *, notice: str = "") -> PrintJob:
    """Ask for a receipt, and for the slip of the goods that paid for it, where some did.

    Raises:
        NoPrinter: none is set up.
    """
    job = ask_receipt(till, sale, notice=notice)
    if swapped := of_exchange(till, sale):
        ask_return(till, swapped, notice=notice)
    return job


def reprint_last(till: Till, *, notice: str = "") -> PrintJob:
    """Ask once more for what a customer got last: a sale's receipt, a return's or a refund's slip, as a numbered copy.

    Raises:
        NoPrinter: none is set up.
        NothingToReprint: nothing has been sold.
    """
    found: list[tuple[datetime, Callable[[], PrintJob]]] = []
    made = next(iter(returns.last_returns(till.db, 1)), None)
    if made and not made.exchange_sale_id:
        found.append((made.completed_at, lambda: ask_return(till, made, notice=notice)))
    if paid_back := refunds.last_alone(till.db):
        found.append((paid_back.started_at, lambda: ask_refund(till, paid_back, notice=notice)))
    if sale := sales.last_sale(till.db):
        found.append((sale.completed_at, lambda: ask_sale(till, sale, notice=notice)))
    if not found:
        raise NothingToReprint
    return max(found, key=itemgetter(0))[1]()


def ask_report(till: Till, report: ShiftReport, *, is_blind: bool = False, notice: str = "") -> PrintJob:
    """Ask for a shift's report; of a closed one each paper after the first is a numbered copy.

    What tells how much should be in a drawer that is still to be counted is among the figures that managers see.

    Raises:
        NoPrinter: none is set up.
    """
    shift = report.shift
    about = f"X {shop_time(till.clock.now())}" if shift.is_open else z_text(till.identity.name, shift)

    def make(copy: int) -> Slip:
        return shift_slip_of(till, report, is_blind=is_blind, notice=notice, copy=copy)

    return ask_slip(till, make, about, kind=JobKind.FIGURES if shift.is_open and not is_blind else JobKind.SLIP)


def ask_slip(
    till: Till, make: Callable[[int], Slip], about: str, *, kind: JobKind = JobKind.SLIP
) -> PrintJob:  # fmt: skip
    """Ask for any other slip.

    Args:
        make: makes it, told which copy it is.
        about: what people call it.

    Raises:
        NoPrinter: none is set up.
    """
    return _ask(till, kind, about, make)


def release(till: Till, number: int) -> None:
    """Let a held job be printed after all: the word that it waited for.

    Raises:
        NeedsManager: it is a manager's figures, which whoever may see them asks for anew.
    """
    found = print_jobs.find_job(till.db, number)
    if found and found.kind is JobKind.FIGURES:
        raise NeedsManager(act=Act.SEE_FIGURES.value)
    with till.transaction():
        print_jobs.renew_job(till.db, number, shop_today(till), till.clock.now())


def drop(till: Till, number: int) -> None:
    """Let a job be: it never comes out."""
    with till.transaction():
        print_jobs.move_job(till.db, number, JobState.DROPPED, till.clock.now())


def begin(till: Till) -> None:
    """Look after what was left when the program ended: nobody knows of a job that was being printed."""
    with till.transaction():
        for job in print_jobs.list_open(till.db):
            if job.state is JobState.PRINTING:
                print_jobs.move_job(till.db, job.number, JobState.HELD, till.clock.now(), CRASHED)
        print_jobs.forget_old(till.db)
    hold_old(till)


def hold_old(till: Till) -> None:
    """Hold what has waited too long to come out by itself."""
    now, today = till.clock.now(), shop_today(till)
    old = [each for each in print_jobs.list_open(till.db) if each.state is JobState.WAITING and each.is_old(now, today)]
    if old:
        with till.transaction():
            for job in old:
                print_jobs.move_job(till.db, job.number, JobState.HELD, now, OLD)


def work(till: Till, printing: Printing) -> Standing:
    """Print everything that waits, in its order, up to the first that cannot be; and say how printing stands."""
    hold_old(till)
    trouble, state = None, None
    waiting = [each for each in print_jobs.list_open(till.db) if each.state is JobState.WAITING]
    try:
        _kick(till, printing, waiting)
    except DeviceError as reason:
        return replace(standing(till), trouble=reason)
    for job in waiting:
        try:
            state = _print(till, printing, job)
        except PrintDoubtful as reason:
            _move(till, job, JobState.HELD, reason.code)
        except DeviceError as reason:
            _move(till, job, JobState.WAITING, reason.code)
            trouble = reason
            break
        else:
            _move(till, job, JobState.DONE)
    return replace(standing(till), trouble=trouble, is_paper_low=bool(state and state.is_paper_low))


def standing(till: Till) -> Standing:
    """Return how many jobs wait."""
    found = print_jobs.list_open(till.db)
    held = sum(each.state is JobState.HELD for each in found)
    return Standing(len(found) - held, held)


def list_jobs(till: Till) -> list[PrintJob]:
    """Return the last jobs, those that are not over first; of a manager's figures only that they were asked for."""
    found = print_jobs.list_open(till.db)
    numbers = {each.number for each in found}
    listed = found + [each for each in print_jobs.list_last(till.db, LISTED) if each.number not in numbers]
    return [replace(each, slip=()) if each.kind is JobKind.FIGURES else each for each in listed]


def open_drawer(till: Till, printing: Printing) -> None:
    """Open the drawer, for a reason that the caller has written down; never where somebody practises.

    Raises:
        PrinterLost: the printer that it hangs on is not there.
    """
    if paper_of(till).has_drawer and not till.settings.is_training:
        printing.open_drawer()


def _kick(till: Till, printing: Printing, waiting: Sequence[PrintJob]) -> None:
    """Open the drawer for whoever has just paid in cash, whatever paper still waits before theirs."""
    for job in waiting:
        if job.kicks_now(till.clock.now()):
            printing.open_drawer()
            with till.transaction():
                print_jobs.forget_kick(till.db, job.number)


def _print(till: Till, printing: Printing, job: PrintJob) -> PrinterState | None:
    _move(till, job, JobState.PRINTING)
    return printing.print(job.slip, paper_of(till).columns)


def _move(till: Till, job: PrintJob, state: JobState, reason: str = "") -> None:
    with till.transaction():
        print_jobs.move_job(till.db, job.number, state, till.clock.now(), reason)


def _require(paper: Paper) -> None:
    if not paper.printer:
        raise NoPrinter


def _ask(
    till: Till, kind: JobKind, about: str, make: Callable[[int], Slip], *, has_cash: bool = False
) -> PrintJob:  # fmt: skip
    paper = paper_of(till)
    _require(paper)
    with till.transaction():
        copy = print_jobs.next_copy(till.db, kind, about)
        kicks = has_cash and paper.has_drawer and not copy and not till.settings.is_training
        return _add(till, PrintJob(0, kind, about, copy, make(copy), shop_today(till), till.clock.now(), kicks,
                                   JobState.WAITING))  # fmt: skip


def _add(till: Till, job: PrintJob) -> PrintJob:
    numbered = replace(job, number=print_jobs.next_number(till.db))
    print_jobs.add_job(till.db, numbered)
    return numbered
