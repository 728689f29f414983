"""A till opens what is its own and whole, and opens it anew when a commit leaves it in doubt."""

from collections.abc import Callable
from contextlib import closing, nullcontext
from dataclasses import replace
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.domain.cart import Cart
from pos.domain.errors import (
    CommitUnknown,
    DatabaseDamaged,
    JournalBroken,
    SchemaTooNew,
    StorageError,
    WrongTill,
)
from pos.domain.money import Money
from pos.settings import Settings
from pos.storage import catalogue, journal
from pos.till import report, sell, shifts
from pos.till.till import Till, catalogue_file, open_reading_till, open_till, till_file
from tests.fakes import SHELF, WATER, World, fail_next_commit, fake_settings

CartOf = Callable[..., Cart]


def with_a_tool(settings: Settings, *statements: str) -> None:
    """Change a till's file as somebody with a database tool would."""
    with closing(sqlite.connect(str(till_file(settings)), isolation_level=None)) as tool:
        for statement in statements:
            tool.execute(statement)


def test_a_new_till_is_who_the_settings_say(world: World) -> None:
    till = world.open()
    assert (till.identity.name, till.identity.epoch) == ("0017-03", 1)
    assert {each.name for each in world.folder.iterdir()} >= {"till.db", "catalogue.db"}
    till.close()


def test_a_till_comes_back_as_it_was(world: World, till: Till, cart_of: CartOf) -> None:
    sale = sell.pay_cash(till, cart_of(), Money(200))
    till.close()
    again = world.open()
    assert journal.verify(again.db, again.identity) == 2
    assert sell.commit_sale(again, sale.id, lambda: sell.write_sale(again, Cart(sale.id), [])) == sale
    assert shifts.current_shift(again)
    again.close()


def test_another_tills_files_are_refused(world: World, till: Till) -> None:
    till.close()
    with pytest.raises(WrongTill, match="0017-03"):
        open_till(fake_settings(world.folder, till="04"))
    with pytest.raises(WrongTill, match="0017-03"):
        open_reading_till(fake_settings(world.folder, till="04"))
    world.open().close()


def test_a_broken_chain_stops_the_till_and_names_the_place(world: World, till: Till, cart_of: CartOf) -> None:
    for _ in range(3):
        sell.pay_cash(till, cart_of(), Money(200))
    till.close()
    with_a_tool(
        till.settings,
        "DROP TRIGGER journal_keeps_words",
        "UPDATE journal SET body = CAST(replace(body, '200', '100') AS BLOB) WHERE seq = 3",
    )
    with pytest.raises(JournalBroken) as raised:
        world.open()
    assert raised.value.facts["seq"] == 3


def test_damage_the_page_check_cannot_see_is_told_in_words(world: World, till: Till) -> None:
    """A byte that makes a text no UTF-8: the driver raises, not SQLite."""
    till.close()
    with_a_tool(till.settings, "DROP TRIGGER journal_keeps_words", "UPDATE journal SET kind = CAST(x'ff41' AS TEXT)")
    with pytest.raises(DatabaseDamaged):
        world.open()


def test_a_till_that_will_not_open_leaves_the_folder_as_it_was(world: World) -> None:
    world.folder.mkdir()
    till_file(fake_settings(world.folder)).write_bytes(b"my shopping list")
    with pytest.raises(DatabaseDamaged):
        world.open()
    assert [each.name for each in world.folder.iterdir()] == ["till.db"]


def test_a_damaged_catalogue_does_not_stop_the_till(world: World, till: Till) -> None:
    till.close()
    catalogue_file(till.settings).write_bytes(b"rubbish")
    again = world.open()
    assert sell.search(again, "牛肉") == []
    catalogue.apply_feed(again.prices, SHELF, [], "1")
    assert [each.sku for each in sell.search(again, "牛肉")] == ["600102"]
    again.close()


# Reading


def test_a_reading_till_sees_every_commit_and_writes_nothing(till: Till, cart_of: CartOf) -> None:
    with closing(open_reading_till(till.settings, till.clock)) as reading:
        sell.pay_cash(till, cart_of(), Money(200))
        assert report.sold_fen(reading) == 200
        assert sell.search(reading, WATER)
        with pytest.raises(StorageError):
            shifts.close_shift(reading, Money(0))
        assert shifts.current_shift(reading)


@pytest.mark.parametrize("name", ["till.db", "catalogue.db"])
@pytest.mark.parametrize("content", [None, b"rubbish", "newer"])
def test_a_reading_till_says_in_words_what_is_wrong(till: Till, name: str, content: bytes | str | None) -> None:
    till.close()
    path = till.settings.data_dir / name
    whole = path.read_bytes()
    path.unlink()
    if content == "newer":
        path.write_bytes(whole[:60] + (99).to_bytes(4, "big") + whole[64:])
    elif isinstance(content, bytes):
        path.write_bytes(content)
    expected = {None: StorageError, b"rubbish": DatabaseDamaged, "newer": SchemaTooNew}[content]
    with pytest.raises(expected):
        open_reading_till(till.settings)


# Doubt


@pytest.mark.parametrize("on_disk", [False, True])
def test_after_a_doubtful_commit_the_file_is_opened_anew(till: Till, *, on_disk: bool) -> None:
    before = till.db
    fail_next_commit(till.db, on_disk=on_disk)
    with nullcontext() if on_disk else pytest.raises(CommitUnknown):  # what is found there is no doubt any more
        shifts.close_shift(till, Money(0))
    assert till.db is not before
    assert (shifts.current_shift(till) is None) is on_disk
    if not on_disk:
        shifts.close_shift(till, Money(0))
    assert shifts.current_shift(till) is None
    assert journal.verify(till.db, till.identity) == 2


def test_when_it_cannot_be_opened_anew_the_till_says_so_and_tries_again(
    till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The disk is gone for a while: nothing is sold, nothing is lost, and when it is back the till goes on."""
    whole = till.settings
    fail_next_commit(till.db, on_disk=False)
    with monkeypatch.context() as patch:
        patch.setattr(till, "settings", replace(whole, data_dir=Path("/proc/nowhere")))
        with pytest.raises(CommitUnknown):  # that no file can be opened makes the commit no better known
            shifts.close_shift(till, Money(0))
        with pytest.raises(StorageError):  # and nothing more is written on the doubtful connection
            shifts.close_shift(till, Money(0))
        assert till.is_doubtful
    assert shifts.current_shift(till)
    assert shifts.close_shift(till, Money(0)).closed_at
