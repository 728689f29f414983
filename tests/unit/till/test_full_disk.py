"""When there is no room on the disk, the ballast is given up and the sale in hand is made."""

from collections.abc import Callable
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


@pytest.fixture(autouse=True)
def _ballast(till: Till) -> None:
    till.settings = replace(till.settings, till=replace(till.settings.till, ballast_mb=1))
    assert till.ballast.keep()


@pytest.fixture
def fill_up(till: Till, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], None]:
    """Let the file grow no more, and by so many pages once the ballast is gone."""
    real = Ballast.free

    def fill(pages: int) -> None:
        now = till.db.conn.execute("PRAGMA page_count").fetchone()[0]
        till.db.conn.execute(f"PRAGMA max_page_count={now}")

        def free(ballast: Ballast) -> bool:
            till.db.conn.execute(f"PRAGMA max_page_count={now + pages}")
            return real(ballast)

        monkeypatch.setattr(Ballast, "free", free)

    return fill


def sell_on(till: Till, cart_of: CartOf) -> None:
    for _ in range(100):
        sell.pay_cash(till, cart_of(), Money(200))


def test_a_sale_in_hand_is_made_in_the_room_of_the_ballast(
    till: Till, cart_of: CartOf, fill_up: Callable[[int], None]
) -> None:
    fill_up(10_000)
    sell_on(till, cart_of)
    assert len(check_books(till).sales) == 100
    assert till.ballast.is_missing


def test_when_the_ballast_does_not_help_the_sale_is_refused_and_nothing_is_written(
    till: Till, cart_of: CartOf, fill_up: Callable[[int], None]
) -> None:
    fill_up(0)
    with pytest.raises(DiskFull) as refused:
        sell_on(till, cart_of)
    assert type(refused.value) is DiskFull
    assert till.ballast.is_missing
    check_books(till)


def test_any_other_transaction_says_that_it_may_be_done_again(till: Till, fill_up: Callable[[int], None]) -> None:
    def draft() -> None:
        with till.transaction():
            till.db.execute("INSERT INTO drafts VALUES ('counter', ?, '')", ["x" * 100_000])

    fill_up(10_000)
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
