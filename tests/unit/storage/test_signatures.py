"""Signatures stand beside the journal, and nothing about the journal changes for them."""

from collections.abc import Iterator
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pos.domain.signing import sign_entry
from pos.storage import journal, migrations, signatures
from pos.storage.database import open_database, transaction
from pos.storage.journal import Fact, Identity
from tests.fake_time import MORNING
from tests.unit.hub.devices import device_of, key_of
from tests.unit.storage.files import open_till_file

TILL, DEVICE = Identity("0017", "03"), device_of("0017-03")


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    opened = open_till_file(tmp_path / "till.db")
    yield opened
    opened.conn.close()


def append(db: Database, count: int, *, is_signed: bool, epoch: int = 1) -> None:
    for _ in range(count):
        with transaction(db):
            number = db.execute("SELECT count(*) FROM journal").fetchone()[0]
            fact = Fact("test.said", f"fact-{number}", MORNING, {"n": number})
            entry = journal.append(db, Identity("0017", "03", epoch), fact)
            if is_signed:
                signatures.keep(db, entry, DEVICE)


def faults(db: Database, epoch: int = 1) -> dict[tuple[int, int], str]:
    return dict(signatures.verify_signatures(db, TILL.name, epoch, DEVICE.keys).faults)


def test_an_entry_carries_the_signature_it_was_given(db: Database) -> None:
    append(db, 2, is_signed=True)
    append(db, 1, is_signed=False)
    found = list(journal.entries(db, TILL.name, 1))
    assert [each.signature for each in found] == [DEVICE.sign(found[0].hash), DEVICE.sign(found[1].hash), ""]
    assert faults(db) == {(1, 3): "unsigned"}


def test_what_was_written_before_there_was_a_key_is_signed_afterwards(db: Database) -> None:
    append(db, 700, is_signed=False)
    append(db, 2, is_signed=True, epoch=2)
    append(db, 2, is_signed=False, epoch=2)
    before = db.execute("SELECT * FROM journal ORDER BY epoch, seq").fetchall()
    assert signatures.sign_unsigned(db, TILL.name, DEVICE) == 702
    assert signatures.sign_unsigned(db, TILL.name, DEVICE) == 0
    assert (faults(db), faults(db, 2)) == ({}, {})
    assert db.execute("SELECT * FROM journal ORDER BY epoch, seq").fetchall() == before


def test_a_file_of_the_version_before_signatures_is_taken_further_and_signed(tmp_path: Path) -> None:
    before = Migrations("till")
    for step in (migrations.journal_sales_and_counter, migrations.ways_to_pay_and_refunds):
        before()(step)
    old = open_database(tmp_path / "till.db", before, application_id=migrations.TILL_FILE)
    with transaction(old):
        first = journal.append(old, TILL, Fact("test.said", "fact-1", MORNING, {"n": 1}))
    old.conn.close()
    new = open_till_file(tmp_path / "till.db")
    assert list(journal.entries(new, TILL.name, 1)) == [first]
    assert signatures.sign_unsigned(new, TILL.name, DEVICE) == 1
    assert (faults(new), journal.verify(new, TILL)) == ({}, 1)
    new.conn.close()


def test_an_entry_that_was_changed_is_not_signed_afterwards(db: Database) -> None:
    append(db, 3, is_signed=False)
    db.conn.set_authorizer(None)
    db.execute("DROP TRIGGER journal_keeps_words")
    db.execute("UPDATE journal SET body = CAST('{\"n\":9}' AS BLOB) WHERE seq = 2")
    assert signatures.sign_unsigned(db, TILL.name, DEVICE) == 2
    assert faults(db) == {(1, 2): "unsigned"}


def test_a_changed_entry_whose_hash_was_made_again_is_wrongly_signed(db: Database) -> None:
    append(db, 3, is_signed=True)
    db.conn.set_authorizer(None)
    db.execute("DROP TRIGGER journal_keeps_words")
    db.execute("UPDATE journal SET body = CAST('{\"n\":9}' AS BLOB) WHERE seq = 2")
    forged = next(journal.entries(db, TILL.name, 1, after=1)).sealed()
    db.execute("UPDATE journal SET hash = ? WHERE seq = 2", [forged.hash])
    assert faults(db) == {(1, 2): "wrongly signed"}


def test_a_strangers_signature_is_named(db: Database) -> None:
    append(db, 1, is_signed=False)
    entry = next(journal.entries(db, TILL.name, 1))
    with transaction(db):
        db.execute("INSERT INTO signatures VALUES (1, 1, ?)", [sign_entry(key_of("thief"), entry.hash)])
    assert faults(db) == {(1, 1): "signed by no key of this till"}


@pytest.mark.parametrize("statement", ["DELETE FROM signatures", "UPDATE signatures SET signature = ''"])
def test_signatures_are_append_only(db: Database, statement: str) -> None:
    append(db, 1, is_signed=True)
    with pytest.raises(sqlite.IntegrityError, match="append-only"):
        db.execute(statement)
