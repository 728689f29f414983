"""A year of history made in bulk is what a till would have written: chain, tables and figures agree."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pos.settings import Settings, TillSettings
from pos.storage import journal
from pos.till import audit
from pos.till.figures.day_close import closed_day
from pos.till.till import Till, open_till
from tests.audit import check_books
from tests.bench.history import make_history
from tests.fakes import BY_MEI, hire, quick_folder

LAST = date(2026, 11, 28)


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with quick_folder() as folder:
        assert 300 < make_history(folder, 600, LAST, days=3) < 900
        yield folder


@pytest.fixture
def till(folder: Path) -> Iterator[Till]:
    settings = Settings(data_dir=folder, till=TillSettings(store="0017", till="03", camera="none"))
    till = open_till(settings)
    hire(till)
    yield till
    till.close()


def test_chain_tables_and_totals_say_one_thing(till: Till) -> None:
    assert journal.verify(till.db, till.identity) == journal.head(till.db, 1)[0] > 200
    check_books(till)
    assert not audit.audit(till)


def test_a_day_was_closed_with_the_figures_it_has(till: Till) -> None:
    """The refunds of the evening, which came after the close, are its late entries."""
    closed = closed_day(till, LAST, by=BY_MEI)
    assert closed
    assert closed.closed == replace(closed.now, backs=closed.closed.backs, back=closed.closed.back)
    assert closed.day_no == 3


def test_the_same_seed_makes_the_same_year(folder: Path, till: Till) -> None:
    with quick_folder() as other:
        make_history(other, 600, LAST, days=3)
        again = open_till(replace(till.settings, data_dir=other))
        assert journal.head(again.db, 1) == journal.head(till.db, 1)
        again.close()
    assert folder.exists()
