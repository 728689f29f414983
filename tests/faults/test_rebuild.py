"""A till's database is destroyed with sales unsent, made again by one command, and sells on: nothing is lost."""

import contextlib
import itertools
import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pysqlite3.dbapi2 as sqlite
import pytest

from pos.custody import refuse_if_known
from pos.domain.errors import BackupInPlace, DatabaseDamaged, JournalRolledBack
from pos.storage import journal
from pos.till import resolve
from pos.till.till import open_till
from tests.audit import check_money
from tests.faults.audit_all import books_of_all_epochs
from tests.faults.shop import Shop
from tests.unit.hub.devices import Signing


def destroy(shop: Shop) -> None:
    """Overwrite the whole file with noise, and lose its log."""
    shop.file.write_bytes(b"\xa5" * shop.file.stat().st_size)
    for suffix in ("-wal", "-shm"):
        shop.file.with_name(shop.file.name + suffix).unlink(missing_ok=True)


def numbers(shop: Shop) -> list[str]:
    return [number for number, _, _ in shop.receipts]


def assert_all_agree(shop: Shop) -> None:
    """What customers hold, the till's tables and the hub's totals are the same, and every copy says so."""
    shop.push()
    count, sold_fen, back_fen = shop.till_totals()
    assert (count, sold_fen) == (len(shop.receipts), sum(fen for _, _, fen in shop.receipts))
    day = shop.hub_totals()
    assert (day["sales"], day["total_fen"], day["refunded_fen"], day["parked"]) == (count, sold_fen, back_fen, 0)
    assert len(set(numbers(shop))) == len(numbers(shop))
    with shop.till() as till:
        books = books_of_all_epochs(till)
    check_money(books, shop.alipay)
    status, said = shop.command("journal", "verify")
    assert (status, "BAD" in said) == (0, False), said


def test_a_destroyed_till_comes_back_whole_from_hub_and_second_copy_and_sells_on(shop: Shop) -> None:
    unsent = shop.sell(9)
    with shop.till() as till:
        number = shop.leave_open(till)
    before = shop.tables()
    destroy(shop)
    with pytest.raises(DatabaseDamaged):
        open_till(shop.settings)

    status, said = shop.command("rebuild")

    assert status == 0, said
    assert "add the staff again" in said  # a PIN is in no journal
    assert shop.tables() == before
    shop.clock.advance(600)
    with shop.till() as till:
        assert till.identity.epoch == 2
        resolve.resolve(till)
        state = till.db.execute("SELECT state FROM attempts WHERE out_trade_no = ?", [number]).fetchone()[0]
        assert state in {"paid", "dead"}  # settled by looking it up, on the first start
        shop.clock.advance(900)
        resolve.resolve(till)
    first = shop.sell(3)[0]
    assert first.receipt_no == f"{shop.name}-20261123-2-0001"
    assert numbers(shop)[-4] == unsent[-1].receipt_no
    assert [number.rsplit("-", 1)[1] for number in numbers(shop)[-3:]] == ["0001", "0002", "0003"]
    assert_all_agree(shop)


def test_without_a_second_copy_the_hub_gives_back_what_it_has_and_the_rest_is_named(lonely_shop: Shop) -> None:
    shop = lonely_shop
    shop.open_day()
    shop.sell(8)
    kept = shop.push()
    lost = shop.sell(4)
    destroy(shop)

    status, said = shop.command("rebuild")

    assert status == 0
    assert f"{kept} entries recovered" in said
    assert "not sent before the damage is in nobody's hands" in said
    shop.receipts = shop.receipts[: -len(lost)]
    new = shop.sell(3)
    assert not {sale.receipt_no for sale in lost} & {sale.receipt_no for sale in new}
    shop.push()
    assert shop.hub_totals()["sales"] == 8 + 3


def test_without_a_hub_the_second_copy_alone_gives_all_of_it_back(shop: Shop) -> None:
    shop.sell(5)
    before = shop.tables()
    destroy(shop)
    status, said = shop.command("rebuild", "--without-hub")
    assert status == 0, said
    assert shop.tables() == before
    shop.sell(2)
    assert_all_agree(shop)


def test_nothing_is_rebuilt_behind_the_back_of_a_hub_or_a_volume_that_is_set_up(shop: Shop) -> None:
    destroy(shop)
    noise = shop.file.read_bytes()
    shop.hub_url = "http://127.0.0.1:1"  # nobody listens there
    shop.write_settings()
    status, said = shop.command("rebuild")
    assert (status, "--without-hub goes on without it" in said) == (2, True)
    shop.stick.rename(shop.stick.with_name("drawer"))
    assert shop.command("rebuild", "--without-hub")[0] == 2
    assert (
        shop.command("rebuild", "--without-hub", "--without-second-copy")[0] == 2
    )  # then nothing is left to do it from
    assert shop.file.read_bytes() == noise


def test_a_file_damaged_in_the_middle_gives_the_rest_and_the_staff(folder: Path) -> None:
    shop = Shop(folder, has_second_copy=False)
    shop.open_day()
    shop.sell(40)
    with closing(open_till(shop.settings)) as till:
        till.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        entries = journal.head(till.db, 1)[0]
    shop.vandalise('UPDATE journal SET body = CAST(\'{"sale_id":"none"}\' AS BLOB) WHERE seq = 11')
    status, said = shop.command("rebuild")
    assert status == 1
    assert "BAD entry 1/11: " in said
    assert f"10 entries recovered, {entries - 11} told again" in said
    assert "add the staff" not in said
    status, said = shop.command("journal", "verify")
    assert status == 0, said


def test_a_rebuild_cut_off_at_any_step_is_taken_up_again(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    shop.sell(3)
    before = shop.tables()
    real = Path.replace
    for step in range(2):  # the mark in the old file's place, then the new file
        steps = itertools.count()

        def die_there(path: Path, target: Path, at: int = step, steps: Iterator[int] = steps) -> Path:
            if next(steps) == at:
                raise KeyboardInterrupt
            return real(path, target)

        with monkeypatch.context() as power:
            power.setattr(Path, "replace", die_there)
            with pytest.raises(KeyboardInterrupt):
                shop.command("rebuild")
        # A till cut off in its rebuild opens as it was, or says that it cannot; it never begins at nothing.
        with contextlib.suppress(DatabaseDamaged), closing(open_till(shop.settings)) as till:
            assert journal.head(till.db, 1)[0] > 12
    assert shop.command("rebuild")[0] == 0
    assert shop.tables() == before
    shop.sell(1)
    assert_all_agree(shop)


def test_an_old_image_that_sold_on_is_two_branches_and_both_count(shop: Shop) -> None:
    image = shop.folder / "image.db"
    assert shop.command("backup", image)[0] == 0
    shop.sell(6)
    shop.push()
    put_back_by_hand(shop, image)
    shutil.rmtree(shop.stick)
    shop.stick.mkdir()  # nor does the stick remember
    again = shop.sell(4)  # in the same epoch: these numbers are given out a second time
    shop.receipts = [*shop.receipts[:-4]]
    status, said = shop.command("journal", "verify")
    assert status == 1
    assert "is not the one that the hub has" in said

    status, said = shop.command("rebuild")

    assert status == 0, said
    assert "told again" in said
    with closing(open_till(shop.settings)) as till:
        renamed = till.db.execute("SELECT receipt_no FROM sales WHERE epoch = 2 ORDER BY counter").fetchall()
    assert len(renamed) == len(again)
    shop.receipts += [(number, "", sale.total.fen) for (number,), sale in zip(renamed, again, strict=True)]
    shop.sell(2)
    assert_all_agree(shop)
    shop.command("rebuild")  # once more tells nothing twice
    assert_all_agree(shop)


def put_back_by_hand(shop: Shop, image: Path) -> None:
    """Put a backup in the till's place as somebody would who does not know the command, and force it open."""
    for suffix in ("-wal", "-shm"):
        shop.file.with_name(shop.file.name + suffix).unlink(missing_ok=True)
    shutil.copyfile(image, shop.file)
    with pytest.raises(BackupInPlace):
        open_till(shop.settings)
    with closing(sqlite.connect(shop.file.as_posix(), isolation_level=None)) as file:
        file.execute("PRAGMA application_id=0x47545431")


def test_a_backup_put_back_by_the_command_reaches_the_head_of_the_copies(shop: Shop) -> None:
    image = shop.folder / "image.db"
    status, said = shop.command("backup", image)
    assert (status, "checked" in said) == (0, True)
    assert shop.command("backup", image)[0] == 2  # never over another one
    shop.sell(5)
    before = shop.tables()
    shop.file.unlink()
    status, said = shop.command("rebuild", "--from", image)
    assert status == 0, said
    assert "add the staff" not in said  # they were in the backup
    assert shop.tables() == before
    shop.sell(2)
    assert_all_agree(shop)


def test_a_backup_alone_begins_an_epoch_so_no_number_is_given_out_twice(folder: Path) -> None:
    shop = Shop(folder, has_second_copy=False)
    shop.open_day()
    shop.sell(3)
    image = folder / "image.db"
    shop.command("backup", image)
    gone = shop.sell(2)
    shop.file.unlink()
    assert shop.command("rebuild", "--from", image)[0] == 0
    new = shop.sell(2)
    assert not {sale.receipt_no for sale in gone} & {sale.receipt_no for sale in new}


def test_a_till_behind_its_second_copy_does_not_open_to_sell(shop: Shop) -> None:
    old = shop.file.read_bytes()
    with closing(open_till(shop.settings)) as till:
        till.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
    old = shop.file.read_bytes()
    shop.sell(2)
    shop.file.write_bytes(old)
    for suffix in ("-wal", "-shm"):
        shop.file.with_name(shop.file.name + suffix).unlink(missing_ok=True)
    with pytest.raises(JournalRolledBack), shop.till():
        pass
    assert shop.command("rebuild")[0] == 0
    shop.sell(1)
    assert_all_agree(shop)


def test_a_log_of_the_old_file_is_never_taken_for_one_of_the_new(shop: Shop) -> None:
    log = shop.file.with_name(shop.file.name + "-wal")
    with shop.till() as till:
        shop.sell_one(till)
        left = log.read_bytes()
    before = shop.tables()
    destroy(shop)
    log.write_bytes(left)
    status, said = shop.command("rebuild")
    assert status == 0, said
    assert shop.tables() == before
    with shop.till() as till:
        assert till.identity.epoch == 2
    assert not list(shop.file.parent.glob("till.db*-wal"))
    assert not list(shop.file.parent.glob("till.db.*"))


def test_a_till_without_a_file_whose_sales_the_hub_has_does_not_begin_at_one(shop: Shop) -> None:
    refuse_if_known(shop.settings)
    shop.file.unlink()
    with pytest.raises(JournalRolledBack):
        refuse_if_known(shop.settings)
    shop.hub_url = "http://127.0.0.1:1"  # a hub that does not answer stops nobody
    shop.write_settings()
    refuse_if_known(shop.settings)


def test_a_till_leaves_only_when_the_hub_has_all_of_it(shop: Shop) -> None:
    shop.sell(1)
    status, said = shop.command("retire")
    assert (status, "P-511" in said, shop.file.exists()) == (2, True, True)
    shop.push()
    with shop.till() as till:
        shop.leave_open(till)
    shop.push()
    assert "not at their end" in shop.command("retire")[1]
    with shop.till() as till:
        for _ in range(2):
            shop.clock.advance(900)
            resolve.resolve(till)
    shop.push()
    status, said = shop.command("retire")
    assert (status, shop.file.exists()) == (0, False), said
    assert list(shop.file.parent.glob("retired-*.db"))


def test_the_hub_gives_a_journal_back_page_by_page(shop: Shop) -> None:
    with closing(open_till(shop.settings)) as till:
        own = [(entry.seq, entry.hash) for entry in journal.entries(till.db, shop.name, 1)]
    given: list[tuple[int, str]] = []
    more = 1
    while more:
        after = f"&after_seq={given[-1][0]}" if given else ""
        asked = f"{shop.hub_url}/v1/tills/{shop.name}/entries?epoch=1&limit=7{after}"
        page = httpx.get(asked, trust_env=False, auth=Signing(shop.name)).json()
        more = page["more"]
        given += [(each["seq"], each["hash"]) for each in page["entries"]]
    assert given == own
