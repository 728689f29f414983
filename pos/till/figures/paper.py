"""Paper: a view on the receipt printer, by the queue that all paper comes through."""

from pos.domain.figures_slip import FiguresPage
from pos.domain.print_job import JobKind, PrintJob
from pos.domain.shop_time import shop_time
from pos.domain.staff import Act, By
from pos.till import allowed, printing
from pos.till.slips import figures_slip_of
from pos.till.till import Till


def ask_figures(till: Till, page: FiguresPage, *, by: By, notice: str = "") -> PrintJob:
    """Ask for a view on paper.

    Raises:
        NeedsManager: by somebody who may not see figures.
        NoPrinter: none is set up.
    """
    allowed.require(till, Act.SEE_FIGURES, by)
    about = f"{page.title} {page.days} ({shop_time(till.clock.now())})"
    return printing.ask_slip(
        till, lambda copy: figures_slip_of(till, page, notice=notice, copy=copy), about, kind=JobKind.FIGURES
    )
