"""When there is no room on the disk, the ballast is given up and the sale in hand is made."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from pos.domain.cart import Cart
from pos.domain.errors import BallastFreed, DiskFull
from pos.domain.money import Money
from pos.storage.ballast import Ballast
from pos.till import sell, shifts
from pos.till.till import Till
from tests.audit import check_books

CartOf = Callable[..., Cart]


@pytest.fixture
def till(till: Till) -> Iterator[Till]:
    till.settings = replace(till.settings, till=replace(till.settings.till, ballast_mb=1))
    assert till.ballast.keep()
    return till


def pages(till: Till) -> int:
    count: int = till.db.conn.execute("PRAGMA page_count").fetchone()[0]
    return count


def fill_up(till: Till, *, helps: bool) -> None:
    """Let the file not grow any more; when the ballast goes, that is over if it ``helps``."""
    till.db.conn.execute(f"PRAGMA max_page_count={pages(till)}")
    real = till.ballast.free

    def free(ballast: Ballast) -> bool:
        if helps:
            till.db.conn.execute("PRAGMA max_page_count=100000")
        return real()

    Ballast.free = free  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_ballast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Ballast, "free", Ballast.free)


def sell_on(till: Till, cart_of: CartOf) -> None:
    for _ in range(100):
        sell.pay_cash(till, cart_of(), Money(200))


def test_a_sale_in_hand_is_made_in_the_room_of_the_ballast(till: Till, cart_of: CartOf) -> None:
    fill_up(till, helps=True)
    sell_on(till, cart_of)
    assert len(check_books(till).sales) == 100
    assert till.ballast.is_missing


def test_when_the_ballast_does_not_help_the_sale_is_refused_and_nothing_is_written(till: Till, cart_of: CartOf) -> None:
    fill_up(till, helps=False)
    with pytest.raises(DiskFull) as refused:
        sell_on(till, cart_of)
    assert type(refused.value) is DiskFull
    assert till.ballast.is_missing
    check_books(till)


def test_any_other_transaction_says_that_it_may_be_done_again(till: Till) -> None:
    def draft() -> None:
        with till.transaction():
            till.db.execute("INSERT INTO drafts VALUES ('counter', ?, '')", ["x" * 100_000])

    fill_up(till, helps=True)
    with pytest.raises(BallastFreed):
        draft()
    draft()
    assert shifts.close_shift(till, Money(0)).closed_at


def test_the_ballast_is_made_when_there_is_room_and_given_up_before_there_is_none(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    ballast = till.ballast
    assert ballast.path.stat().st_size == 1 << 20
    assert ballast.path.stat().st_blocks * 512 >= 1 << 20
    assert not ballast.free_when_low()
    assert ballast.free()
    assert not ballast.free()
    monkeypatch.setattr("pos.storage.ballast.LOW_BYTES", 1 << 60)  # as if the disk had that much too little
    assert not ballast.keep()
    assert ballast.is_missing
    monkeypatch.undo()
    assert ballast.keep()
    monkeypatch.setattr("pos.storage.ballast.LOW_BYTES", 1 << 60)
    assert ballast.free_when_low()
    assert ballast.is_missing


def test_no_ballast_is_kept_where_none_is_wanted(till: Till) -> None:
    assert not Ballast(till.settings.data_dir / "none", 0).keep()
