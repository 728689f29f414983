"""The second copy: whole frames, torn tails, bad frames; and a volume that is full, slow or gone stops no sale."""

import errno
import os
import threading
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.entry import JournalEntry
from pos.domain.errors import JournalRolledBack, SecondCopyBehind
from pos.storage import follower, journal, spool
from pos.storage.database import Database, open_reader
from pos.storage.follower import CopyStatus, SecondCopy
from pos.storage.migrations import TILL_FILE, till_steps
from pos.storage.spool import BadFrame
from pos.till import sell
from pos.till.till import Till, till_file
from tests.fakes import WATER, World, quick_folder
from tests.unit.hub.kit import TILL
from tests.unit.hub.kit import sales as journal_of

ENTRIES = journal_of(5)


@pytest.fixture
def stick() -> Iterator[Path]:
    with quick_folder() as folder:
        yield folder


def kept(stick: Path, till: str = TILL) -> list[JournalEntry | BadFrame]:
    return list(spool.read(stick, till))


def test_a_frame_is_length_checksum_chain_hash_and_the_entry_in_canonical_json(stick: Path) -> None:
    spool.append(stick, ENTRIES[:1])
    file = stick / "0017-03.1.0000000001.spool"
    length, crc, digest, content = file.read_bytes()[:-1].split(b" ", 3)
    assert (int(length, 16), int(crc, 16)) == (len(content), zlib.crc32(digest + content))
    assert digest.decode() == ENTRIES[0].hash
    assert content.startswith(b'{"at":"2026-11-23T04:00:01.000Z","body":"{\\"business_day\\"')
    assert kept(stick) == ENTRIES[:1]


def test_what_is_appended_is_read_back_and_files_begin_anew_each_ten_thousand(stick: Path) -> None:
    far = [JournalEntry(e.till, 2, e.seq + 9_997, e.id, e.at, e.kind, e.version, e.body, e.prev, "").sealed()
           for e in ENTRIES]  # fmt: skip
    spool.append(stick, ENTRIES)
    spool.append(stick, far)
    assert kept(stick) == [*ENTRIES, *far]
    assert [path.name for path in spool.files(stick, TILL)] == [
        "0017-03.1.0000000001.spool", "0017-03.2.0000000001.spool", "0017-03.2.0000010001.spool",
    ]  # fmt: skip
    assert kept(stick, "0017-0") == []


@pytest.mark.parametrize("keep", [0.1, 0.5, 0.99])
def test_a_torn_tail_is_passed_over_and_cut_off_by_the_next_frame(stick: Path, keep: float) -> None:
    spool.append(stick, ENTRIES[:2])
    file = spool.files(stick, TILL)[0]
    content = file.read_bytes()
    second = content.index(b"\n") + 1
    file.write_bytes(content[: second + int((len(content) - second) * keep)])
    assert kept(stick) == ENTRIES[:1]
    spool.append(stick, ENTRIES[1:3])
    assert kept(stick) == ENTRIES[:3]


@given(at=st.integers(0, 10**6), bit=st.integers(0, 7))
def test_a_flipped_bit_is_detected_and_hides_no_other_frame(at: int, bit: int) -> None:
    with quick_folder() as stick:
        spool.append(stick, ENTRIES)
        file = spool.files(stick, TILL)[0]
        content = bytearray(file.read_bytes())
        content[at % len(content)] ^= 1 << bit
        file.write_bytes(content)
        found = kept(stick)
    true = [each for each in found if isinstance(each, JournalEntry)]
    assert all(each in ENTRIES for each in true)
    assert len(ENTRIES) - 2 <= len(true) < len(ENTRIES)  # a line feed between two frames is of both
    is_last_line_feed = at % len(content) == len(content) - 1  # which makes a torn tail
    assert is_last_line_feed or any(isinstance(each, BadFrame) for each in found)


# A till with a second copy


def open_journal(till: Till) -> Callable[[], Database]:
    return lambda: open_reader(till_file(till.settings), till_steps, application_id=TILL_FILE)


@contextmanager
def copying(till: Till, stick: Path, heard: list[CopyStatus] | None = None) -> Iterator[SecondCopy]:
    """Give a till a second copy that is level."""
    level = threading.Event()

    def hear(status: CopyStatus) -> None:
        if heard is not None:
            heard.append(status)
        if status.is_level or status.trouble:
            level.set()

    copy = SecondCopy(stick, till.identity, open_journal(till), hear)
    copy.start()
    till.second_copy = copy
    try:
        assert level.wait(10)
        yield copy
    finally:
        assert copy.stop()
        till.second_copy = None


def sell_water(till: Till) -> str:
    cart = sell.new_cart(till)
    sell.scan(till, cart, WATER)
    return sell.pay_cash(till, cart, cart.total).id


def copied(stick: Path) -> Sequence[str]:
    return [each.hash for each in kept(stick) if isinstance(each, JournalEntry)]


def made(till: Till) -> Sequence[str]:
    return [each.hash for each in journal.entries(till.db, TILL, 1)]


def test_a_sale_is_on_the_second_copy_when_its_verb_returns(till: Till, stick: Path) -> None:
    with copying(till, stick):
        for _ in range(20):
            sell_water(till)
            assert copied(stick) == made(till)


def test_what_was_sold_before_it_was_set_up_is_caught_up(till: Till, stick: Path) -> None:
    for _ in range(5):
        sell_water(till)
    with copying(till, stick):
        pass
    assert copied(stick) == made(till)
    lines = spool.files(stick, TILL)[0].read_bytes().splitlines(keepends=True)
    spool.files(stick, TILL)[0].write_bytes(b"".join([*lines[:2], b"x" + lines[2][1:], *lines[4:]]))
    with copying(till, stick):
        pass
    assert sorted(copied(stick)) == sorted(made(till))


def test_a_volume_that_is_gone_stops_no_sale_and_is_caught_up_when_it_is_back(
    till: Till, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "RETRY_S", 0.05)
    heard: list[CopyStatus] = []
    with copying(till, stick, heard) as copy:
        sell_water(till)
        away = stick.with_name(stick.name + "-away")
        stick.rename(away)
        took = [seconds(lambda: sell_water(till)) for _ in range(20)]
        assert sum(took) < 20 * follower.WAIT_S / 2  # at most the first of them waited
        assert isinstance(copy.status.trouble, SecondCopyBehind)
        away.rename(stick)
        until(lambda: copy.status.is_level)
    assert copied(stick) == made(till)
    assert [type(each.trouble) for each in heard].count(SecondCopyBehind) == 1  # said once, not at each try


def test_a_full_volume_stops_no_sale_and_tears_no_frame(
    till: Till, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(follower, "RETRY_S", 0.05)
    real = os.write

    def full(handle: int, content: bytes) -> int:
        real(handle, bytes(content)[:100])
        raise OSError(errno.ENOSPC, "No space left on device")

    with copying(till, stick) as copy:
        sell_water(till)
        monkeypatch.setattr(os, "write", full)
        for _ in range(5):
            sell_water(till)
        assert "No space left" in str(copy.status.trouble)
        monkeypatch.setattr(os, "write", real)
        until(lambda: copy.status.is_level)
    assert kept(stick) == list(journal.entries(till.db, TILL, 1))


def test_a_volume_that_hangs_keeps_one_sale_waiting_a_quarter_second_and_no_other(
    till: Till, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, goes_on = os.fsync, threading.Event()

    def hang(handle: int) -> None:
        goes_on.wait(20)
        real(handle)

    with copying(till, stick) as copy:
        monkeypatch.setattr(os, "fsync", hang)
        till.db.conn.execute("PRAGMA synchronous=0")  # the till's own disk is another one
        took = [seconds(lambda: sell_water(till)) for _ in range(10)]
        assert took[0] >= follower.WAIT_S
        assert sum(took[1:]) < follower.WAIT_S
        assert "slow" in str(copy.status.trouble)
        goes_on.set()
        until(lambda: copy.status.is_level)
        monkeypatch.setattr(os, "fsync", real)
    assert copied(stick) == made(till)


def test_a_journal_behind_its_second_copy_is_refused(world: World, till: Till, stick: Path) -> None:
    other = journal_of(till.db.execute("SELECT max(seq) FROM journal").fetchone()[0] + 2)
    spool.append(stick, other)
    copy = SecondCopy(stick, till.identity, open_journal(till))
    with pytest.raises(JournalRolledBack) as refused:
        copy.start()
    assert refused.value.facts["seq"] == other[-1].seq
    assert world.folder


def seconds(work: Callable[[], object]) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def until(is_so: Callable[[], bool]) -> None:
    """Wait for another thread, and fail when it takes too long."""
    for _ in range(1_000):
        if is_so():
            return
        threading.Event().wait(0.01)
    pytest.fail("it never came")


def test_closing_leaves_nothing_open(till: Till, stick: Path) -> None:
    with copying(till, stick):
        sell_water(till)
    with closing(open_reader(till_file(till.settings), till_steps, application_id=TILL_FILE)) as db:
        assert journal.head(db, 1)[0] == len(copied(stick))
