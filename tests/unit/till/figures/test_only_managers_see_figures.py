"""A cashier reaches none of it: each verb asks the till's own disk who may, whatever a screen believes."""

import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from importlib import import_module
from pathlib import Path

import pytest

from pos.domain.errors import NeedsManager
from pos.domain.figures_slip import FiguresPage
from pos.domain.money import Money
from pos.domain.paper import KEPT_AS, Paper
from pos.domain.staff import By, Role
from pos.domain.store_day import TillDay
from pos.domain.unusual import Happening, Unusual
from pos.till import preferences, shifts
from pos.till.figures import (
    best_sellers,
    calendar,
    day_close,
    drawers,
    happenings,
    hours,
    paper,
    payments_of_day,
    people,
    poslog,
    proof,
    store_day,
    tender_mix,
    today,
)
from pos.till.till import Till
from tests.fake_time import MORNING
from tests.fakes import BY_MEI, LIN, MEI

DAY = date(2026, 11, 23)
ANY = Happening(1, 1, DAY, MORNING, Unusual.VOID, "1001", "", Money(1), "", "")


PAGE = FiguresPage("今日", DAY, DAY, ())


class Nobody:
    """A head office that knows no tills."""

    def tills_of(self, _store: str, _day: date) -> list[TillDay]:
        """None."""
        return []


VERBS: dict[str, Callable[[Till, By, Path], object]] = {
    "today": lambda till, by, _: today.today(till, DAY, by=by),
    "hours": lambda till, by, _: hours.hours(till, DAY, by=by),
    "tender mix": lambda till, by, _: tender_mix.tender_mix(till, DAY, by=by),
    "best sellers": lambda till, by, _: best_sellers.best_sellers(till, DAY, by=by),
    "calendar": lambda till, by, _: calendar.calendar(till, DAY, by=by),
    "drawers": lambda till, by, _: drawers.day_cash(till, DAY, by=by),
    "over and short": lambda till, by, _: drawers.over_short(till, DAY, DAY, by=by),
    "a closed day": lambda till, by, _: day_close.closed_day(till, DAY, by=by),
    "closing a day": lambda till, by, _: day_close.close_day(till, DAY, by=by),
    "names": lambda till, by, _: people.names(till, by=by),
    "people": lambda till, by, _: people.people(till, DAY, by=by),
    "happenings": lambda till, by, _: happenings.happenings(till, DAY, by=by),
    "kinds": lambda till, by, _: happenings.kinds_of(till, [ANY], by=by),
    "shifts": lambda till, by, _: happenings.shifts_of(till, [ANY], by=by),
    "an origin": lambda till, by, _: happenings.origin(till, ANY, by=by),
    "payments": lambda till, by, _: payments_of_day.payments_of_day(till, DAY, by=by),
    "the store": lambda till, by, _: store_day.store_day(till, DAY, Nobody(), by=by),
    "proof": lambda till, by, _: proof.verify_journal(till, by=by),
    "export": lambda till, by, folder: proof.export_journal(till, folder / "out", by=by),
    "paper": lambda till, by, _: paper.ask_figures(till, PAGE, by=by),
    "POSLog": lambda till, by, _: poslog.poslog(till, DAY, by=by),
}


FREE = {"trading_day", "trust", "cash_of", "journal_lines", "norms_of", "china", "figures_facts", "figures_from"}
"""Nobody's figures, or parts of the verbs above for whoever was allowed already."""


def test_every_verb_asks_who_asks() -> None:
    for path in Path(today.__file__).parent.glob("*.py"):
        module = import_module(f"pos.till.figures.{path.stem}") if path.stem != "__init__" else today
        for name, each in inspect.getmembers(module, inspect.isfunction):
            if each.__module__ == module.__name__ and not name.startswith("_") and path.stem != "tables":
                assert ("by" in inspect.signature(each).parameters) is (name not in FREE), name


@pytest.mark.parametrize("verb", VERBS)
def test_a_cashier_is_refused_and_a_manager_is_not(till: Till, tmp_path: Path, verb: str) -> None:
    shifts.close_shift(till, Money(10_000))
    preferences.keep_preference(till, KEPT_AS, Paper(printer="192.0.2.7").as_json(), by=BY_MEI)
    pretending = By(replace(LIN, role=Role.MANAGER))  # what a screen believes
    for by in (By(LIN), pretending, By(replace(MEI, number="9009"))):
        with pytest.raises(NeedsManager) as refused:
            VERBS[verb](till, by, tmp_path)
        assert refused.value.code == "P-116"
    VERBS[verb](till, BY_MEI, tmp_path)
