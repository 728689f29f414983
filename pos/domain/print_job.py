"""Print job: something for paper, numbered, and what became of it; and what prints it."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Protocol

from pos.domain.errors import CoverOpen, PaperOut, PosError, PrinterFault
from pos.domain.slip import Slip

FRESH_FOR = timedelta(minutes=30)
"""How long a job waits by itself; then, and on another day, it comes out only when somebody says so."""
KICK_WITHIN = timedelta(seconds=60)
"""How long after its sale a drawer is opened for it: nobody may stand before it later."""


class JobKind(StrEnum):
    """What a job is."""

    RECEIPT = "receipt"
    SLIP = "slip"
    FIGURES = "figures"
    """What only managers see: asked for by them, and by nobody else a second time."""


class JobState(StrEnum):
    """Where a job stands; ``HELD`` waits for a person's word, ``DONE`` and ``DROPPED`` are over."""

    WAITING = "waiting"
    PRINTING = "printing"
    HELD = "held"
    DONE = "done"
    DROPPED = "dropped"


OPEN = frozenset({JobState.WAITING, JobState.PRINTING, JobState.HELD})


@dataclass(frozen=True, slots=True)
class PrintJob:
    """One thing to print.

    Attributes:
        number: dense from 1 at this till; shown to people.
        about: the sale's id, or what the slip is called.
        copy: 0 for the first paper of it, then counted up.
        business_day: the shop's day on which it was asked for.
        kicks: whether the drawer is opened for it.
        reason: the code of what kept it from being printed; empty for nothing.
    """

    number: int
    kind: JobKind
    about: str
    copy: int
    slip: Slip
    business_day: date
    asked_at: datetime
    kicks: bool
    state: JobState
    reason: str = ""

    def is_old(self, now: datetime, today: date) -> bool:
        """Whether it has waited too long to come out by itself, or nobody knows how long: the clock was set back."""
        return self.business_day != today or abs(now - self.asked_at) > FRESH_FOR

    def kicks_now(self, now: datetime) -> bool:
        """Whether the drawer is to be opened."""
        return self.kicks and abs(now - self.asked_at) <= KICK_WITHIN


@dataclass(frozen=True, slots=True)
class PrinterState:
    """What a printer says of itself."""

    is_cover_open: bool = False
    is_paper_out: bool = False
    is_paper_low: bool = False
    is_faulty: bool = False


class Printing(Protocol):
    """Whoever puts slips on paper."""

    def print(self, slip: Slip, width: int) -> PrinterState | None:
        """Print, and return how the printer is; None when it does not say.

        Raises:
            PrinterLost, PaperOut, CoverOpen, PrinterFault: nothing was printed.
            PrintDoubtful: nobody knows how much of it was.
        """

    def open_drawer(self) -> None:
        """Open the drawer, paper or not.

        Raises:
            PrinterLost: the printer is not there.
        """

    def state(self) -> PrinterState | None:
        """Return how the printer is; None when it does not say.

        Raises:
            PrinterLost: it is not there.
        """


def trouble_of(state: PrinterState | None, address: str) -> PosError | None:
    """Return what keeps a printer from printing; None for nothing."""
    if state is None:
        return None
    for is_so, error in (
        (state.is_cover_open, CoverOpen),
        (state.is_paper_out, PaperOut),
        (state.is_faulty, PrinterFault),
    ):
        if is_so:
            return error(address=address)
    return None
