"""A manager's view goes through the queue of all paper, and nobody else gets at it there."""

from datetime import date

import pytest

from pos.domain.errors import NeedsManager, NoPrinter, PrintDoubtful
from pos.domain.figures_slip import FiguresList, FiguresPage
from pos.domain.paper import KEPT_AS, Paper
from pos.domain.print_job import JobKind, PrinterState
from pos.domain.slip import NARROW, Slip, Text, as_text
from pos.till import preferences, printing
from pos.till.figures.paper import ask_figures
from pos.till.printing import Standing
from pos.till.till import Till
from tests.fakes import BY_MEI

PAGE = FiguresPage("商品", date(2026, 11, 23), date(2026, 11, 23),
                   (FiguresList("部门", ("部门", "金额"), (("食品", "4.50"),), frozenset({1})),))  # fmt: skip


class Torn:
    """A printer that is lost in the middle of the first slip."""

    def __init__(self) -> None:
        self.printed: list[str] = []

    def print(self, slip: Slip, width: int) -> PrinterState | None:
        """Take a slip; the first one is torn off half way."""
        self.printed.append("\n".join(as_text(slip, width)))
        if len(self.printed) == 1:
            raise PrintDoubtful(address="x", reason="reset")
        return None

    def open_drawer(self) -> None:
        """Do nothing."""
        raise AssertionError

    def state(self) -> PrinterState | None:
        """Say that all is well."""
        return None


def set_paper(till: Till, paper: Paper) -> None:
    """Set a store's paper."""
    preferences.keep_preference(till, KEPT_AS, paper.as_json(), by=BY_MEI)


def test_it_is_laid_out_for_the_paper_that_is_set(till: Till) -> None:
    set_paper(till, Paper(printer="192.0.2.7", columns=NARROW))
    job = ask_figures(till, PAGE, by=BY_MEI, notice="演示")
    rows = as_text(job.slip, NARROW)
    assert (job.kind, job.kicks, job.copy) == (JobKind.FIGURES, False, 0)
    assert "食品" + " " * 24 + "4.50" in rows
    assert rows.count("              演示") == 2


def test_without_a_printer_it_is_said(till: Till) -> None:
    set_paper(till, Paper())
    with pytest.raises(NoPrinter):
        ask_figures(till, PAGE, by=BY_MEI)


def test_what_was_torn_is_asked_for_anew_and_by_a_manager_only(till: Till) -> None:
    set_paper(till, Paper(printer="192.0.2.7", columns=NARROW))
    job, torn = ask_figures(till, PAGE, by=BY_MEI), Torn()
    other = printing.ask_slip(till, lambda _copy: (Text("别的"),), "别的")
    assert printing.work(till, torn) == Standing(held=1)
    with pytest.raises(NeedsManager):
        printing.release(till, job.number)
    assert len(torn.printed) == 2
    assert {each.number: bool(each.slip) for each in printing.list_jobs(till)} == {
        job.number: False, other.number: True,
    }  # fmt: skip
    printing.drop(till, job.number)
    assert printing.standing(till) == Standing()
