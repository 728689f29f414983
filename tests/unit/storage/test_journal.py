"""The journal keeps every word in its order, and says where somebody changed one."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlite_utils import Database

from pos.domain.entry import GENESIS, JournalEntry
from pos.domain.errors import JournalBroken
from pos.storage import journal
from pos.storage.database import database_path, transaction
from pos.storage.journal import Fact, Identity
from tests.fake_time import MORNING, CountingIds

TILL = Identity("0017", "03")
IDS = CountingIds()
COPY = "INSERT INTO journal SELECT epoch, ?, 'new', at, kind, version, body, prev, hash FROM journal WHERE seq = ?"


def write(db: Database, count: int = 1, *, identity: Identity = TILL) -> list[JournalEntry]:
    """Append this many facts in one transaction."""
    facts = [
        Fact("test.said", IDS.new(MORNING), MORNING, {"number": number, "words": "你好"}) for number in range(count)
    ]
    with transaction(db):
        return [journal.append(db, identity, fact) for fact in facts]


@pytest.fixture
def ten(db: Database) -> list[JournalEntry]:
    return write(db, 10)


@pytest.fixture
def tamper(db: Database) -> Iterator[Callable[..., None]]:
    """Change the file as somebody with a database tool would, the triggers thrown away."""
    connection = sqlite.connect(database_path(db), isolation_level=None)
    connection.execute("DROP TRIGGER journal_keeps_rows")
    connection.execute("DROP TRIGGER journal_keeps_words")
    yield connection.execute
    connection.close()


def broken_at(db: Database, *, last: int | None = None) -> int:
    with pytest.raises(JournalBroken) as raised:
        journal.verify(db, TILL, last=last)
    seq = raised.value.facts["seq"]
    assert isinstance(seq, int)
    return seq


# Append and read


def test_entries_are_numbered_densely_and_each_names_the_one_before(db: Database, ten: list[JournalEntry]) -> None:
    assert [entry.seq for entry in ten] == list(range(1, 11))
    assert [entry.prev for entry in ten] == [GENESIS, *(entry.hash for entry in ten[:-1])]
    assert list(journal.entries(db, TILL.name, 1)) == ten
    assert journal.head(db, 1) == (10, ten[-1].hash)


def test_an_empty_journal_begins_at_genesis(db: Database) -> None:
    assert journal.head(db, 1) == (0, GENESIS)
    assert journal.verify(db, TILL) == 0


def test_a_part_of_the_journal_can_be_read(db: Database, ten: list[JournalEntry]) -> None:
    assert list(journal.entries(db, TILL.name, 1, after=4, limit=3)) == ten[4:7]
    assert journal.hash_at(db, 1, 5) == ten[4].hash
    assert journal.hash_at(db, 1, 11) is None


def test_a_fact_that_is_rolled_back_leaves_no_gap(db: Database) -> None:
    def think_again() -> None:
        with transaction(db):
            journal.append(db, TILL, Fact("test.said", "x", MORNING, {}))
            raise LookupError

    write(db, 2)
    with pytest.raises(LookupError):
        think_again()
    assert [entry.seq for entry in write(db, 2)] == [3, 4]
    assert journal.verify(db, TILL) == 4


def test_appending_outside_a_transaction_is_a_bug(db: Database) -> None:
    with pytest.raises(AssertionError):
        journal.append(db, TILL, Fact("test.said", "x", MORNING, {}))


def test_a_float_never_gets_into_the_journal(db: Database) -> None:
    with pytest.raises(TypeError), transaction(db):
        journal.append(db, TILL, Fact("test.said", "x", MORNING, {"price": 1.5}))  # type: ignore[dict-item]
    assert journal.head(db, 1) == (0, GENESIS)


def test_a_new_epoch_is_a_chain_of_its_own(db: Database, ten: list[JournalEntry]) -> None:
    second = Identity("0017", "03", epoch=2)
    (first,) = write(db, identity=second)
    assert (first.seq, first.prev) == (1, GENESIS)
    assert (journal.verify(db, TILL), journal.verify(db, second)) == (10, 1)
    assert len(ten) == 10


# Append-only


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE journal SET kind = 'other' WHERE seq = 3",
        "DELETE FROM journal WHERE seq = 3",
        "DELETE FROM journal",
        "INSERT OR REPLACE INTO journal SELECT * FROM journal WHERE seq = 3",
        "REPLACE INTO journal SELECT epoch, 99, id, at, kind, version, body, prev, hash FROM journal WHERE seq = 3",
        "UPDATE OR REPLACE journal SET seq = 4 WHERE seq = 3",
        "INSERT INTO journal SELECT * FROM journal WHERE seq = 3 ON CONFLICT DO UPDATE SET kind = 'other'",
    ],
)
def test_nobody_changes_or_takes_away_an_entry(db: Database, ten: list[JournalEntry], statement: str) -> None:
    with pytest.raises(sqlite.IntegrityError, match="append-only"), transaction(db):
        db.execute(statement)
    assert list(journal.entries(db, TILL.name, 1)) == ten


@pytest.mark.parametrize("seq", [0, -1])
def test_entries_count_from_one(db: Database, ten: list[JournalEntry], seq: int) -> None:
    with pytest.raises(sqlite.IntegrityError, match="CHECK"), transaction(db):
        db.execute(COPY, [seq, 3])
    assert journal.verify(db, TILL) == len(ten)


# Verify


@pytest.mark.usefixtures("ten")
@pytest.mark.parametrize(
    ("change", "seq"),
    [
        ("UPDATE journal SET body = CAST(replace(body, '3', '4') AS BLOB) WHERE seq = 4", 4),
        ("UPDATE journal SET at = '2020-01-01T00:00:00.000Z' WHERE seq = 1", 1),
        ("UPDATE journal SET kind = 'test.sung' WHERE seq = 7", 7),
        ("UPDATE journal SET id = 'other' WHERE seq = 7", 7),
        ("UPDATE journal SET version = 9007199254740993 WHERE seq = 7", 7),
        ("UPDATE journal SET hash = prev WHERE seq = 10", 10),
        ("UPDATE journal SET prev = hash WHERE seq = 2", 2),
        ("DELETE FROM journal WHERE seq = 1", 1),
        ("DELETE FROM journal WHERE seq = 5", 5),
        ("DELETE FROM journal WHERE seq BETWEEN 4 AND 8", 4),
        ("DELETE FROM journal WHERE seq < 10", 1),
        ("UPDATE journal SET seq = 11 WHERE seq = 10", 10),
    ],
)
def test_the_first_entry_that_was_tampered_with_is_named(
    db: Database, tamper: Callable[..., None], change: str, seq: int
) -> None:
    tamper(change)
    assert broken_at(db) == seq


@pytest.mark.usefixtures("ten")
def test_two_entries_that_changed_places_are_noticed(db: Database, tamper: Callable[..., None]) -> None:
    tamper("UPDATE journal SET seq = 100 WHERE seq = 6")
    tamper("UPDATE journal SET seq = 6 WHERE seq = 7")
    tamper("UPDATE journal SET seq = 7 WHERE seq = 100")
    assert broken_at(db) == 6


@pytest.mark.usefixtures("ten")
def test_an_entry_that_was_made_anew_breaks_the_next(db: Database, tamper: Callable[..., None]) -> None:
    """The forger knows how a hash is made, but the entry after still names the old one."""
    old = next(journal.entries(db, TILL.name, 1, after=3, limit=1))
    forged = JournalEntry.make(
        till=old.till,
        epoch=1,
        seq=4,
        id=old.id,
        at=MORNING,
        kind=old.kind,
        version=1,
        body={"number": 999},
        prev=old.prev,
    )
    tamper("UPDATE journal SET body = ?, hash = ? WHERE seq = 4", [forged.body, forged.hash])
    assert broken_at(db) == 5


@pytest.mark.usefixtures("ten")
def test_an_entry_put_in_again_is_noticed(db: Database, tamper: Callable[..., None]) -> None:
    tamper(
        "INSERT INTO journal SELECT epoch, 11, 'new', at, kind, version, body, prev, hash FROM journal WHERE seq = 5"
    )
    assert broken_at(db) == 11


def test_another_tills_journal_does_not_verify_as_ours(db: Database, ten: list[JournalEntry]) -> None:
    assert len(ten) == 10
    with pytest.raises(JournalBroken):
        journal.verify(db, Identity("0017", "04"))


@pytest.mark.usefixtures("ten")
@pytest.mark.parametrize("last", [0, 1, 9, 10, 11, 5000])
def test_the_end_alone_can_be_checked(db: Database, last: int) -> None:
    assert journal.verify(db, TILL, last=last) == min(last, 10)


@pytest.mark.usefixtures("ten")
def test_checking_the_end_sees_the_end_only(db: Database, tamper: Callable[..., None]) -> None:
    tamper("UPDATE journal SET kind = 'test.sung' WHERE seq = 3")
    assert journal.verify(db, TILL, last=6) == 6
    assert broken_at(db, last=8) == 3


@pytest.mark.usefixtures("ten")
def test_checking_the_end_names_the_entry_it_would_start_from(db: Database, tamper: Callable[..., None]) -> None:
    tamper("DELETE FROM journal WHERE seq = 4")
    assert broken_at(db, last=6) == 4
    assert broken_at(db, last=7) == 4


# Whose it is


def test_a_journal_is_somebodys_once(db: Database) -> None:
    assert journal.find_identity(db) is None
    for identity in (TILL, Identity("0018", "01")):
        with transaction(db):
            journal.keep_identity(db, identity)
    assert journal.find_identity(db) == TILL
    assert TILL.name == "0017-03"


# What the hub has


def test_nothing_is_acknowledged_at_first(db: Database, ten: list[JournalEntry]) -> None:
    assert journal.acknowledged_seq(db, 1) == 0
    unsent = journal.unsent(db, 1)
    assert (unsent.count, unsent.oldest_at, unsent.last_acknowledged_at) == (len(ten), "2026-11-23T02:00:00.000Z", "")


@pytest.mark.usefixtures("ten")
def test_what_is_acknowledged_is_no_longer_unsent(db: Database) -> None:
    with transaction(db):
        journal.acknowledge(db, 1, 7, MORNING)
    assert journal.acknowledged_seq(db, 1) == 7
    assert journal.unsent(db, 1).count == 3
    with transaction(db):
        journal.acknowledge(db, 1, 10, MORNING)
    unsent = journal.unsent(db, 1)
    assert (unsent.count, unsent.oldest_at, unsent.last_acknowledged_at) == (0, "", "2026-11-23T02:00:00.000Z")


@pytest.mark.usefixtures("ten")
def test_a_hub_that_lost_some_gets_them_again(db: Database) -> None:
    with transaction(db):
        journal.acknowledge(db, 1, 9, MORNING)
    with transaction(db):
        journal.forget_acknowledged(db, 1, 4)
    assert journal.acknowledged_seq(db, 1) == 3
    with transaction(db):
        journal.forget_acknowledged(db, 1, 8)  # it has been forgotten already: nothing comes back by that
    assert journal.acknowledged_seq(db, 1) == 3
    assert journal.unsent(db, 1).count == 7


def test_a_hub_that_lost_everything_gets_it_again(db: Database, ten: list[JournalEntry]) -> None:
    with transaction(db):
        journal.acknowledge(db, 1, 10, MORNING)
        journal.forget_acknowledged(db, 1, 1)
    assert journal.unsent(db, 1).count == len(ten)


def test_the_file_of_the_journal_is_where_it_was_opened(db: Database, tmp_path: Path) -> None:
    assert Path(database_path(db)) == tmp_path / "till.db"
