"""A file that cannot be trusted is refused, and stays as it is to the byte."""

import random
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlite_utils import Database

from pos.domain.errors import DatabaseDamaged, SchemaTooNew, StorageError
from pos.storage.database import database_path, only_one, told_as_ours, transaction
from tests.unit.storage.files import open_till_file, put_one, read_till_file


def refused(path: Path, content: bytes) -> StorageError:
    """Return why a file is refused, having seen that it stays as it is for the writer and for the reader."""
    path.write_bytes(content)
    with pytest.raises(StorageError) as writer:
        open_till_file(path)
    assert path.read_bytes() == content
    with pytest.raises(StorageError):
        open_till_file(path)  # and again: the first try left nothing that changes the answer
    assert path.read_bytes() == content
    return writer.value


def test_a_newer_file_is_refused(tmp_path: Path, sold: bytes) -> None:
    known = int.from_bytes(sold[60:64], "big")
    newer = sold[:60] + (known + 1).to_bytes(4, "big") + sold[64:]
    error = refused(tmp_path / "till.db", newer)
    assert isinstance(error, SchemaTooNew)
    assert (error.facts["found"], error.facts["known"]) == (known + 1, known)
    with pytest.raises(SchemaTooNew):
        read_till_file(tmp_path / "till.db")


@pytest.mark.parametrize(
    "content",
    [b"x", b"a shopping list\n" * 100, b"\0" * 8192, "柜台".encode() * 3000, b"SQLite format 3\0"],
    ids=["one byte", "a text", "zeros", "chinese", "only the first words"],
)
def test_what_is_no_database_is_refused(tmp_path: Path, content: bytes) -> None:
    assert isinstance(refused(tmp_path / "till.db", content), DatabaseDamaged)


@pytest.mark.parametrize("mode", ["delete", "wal"])
@pytest.mark.parametrize("application_id", [0, 0x47544331])
def test_somebody_elses_database_is_refused(tmp_path: Path, mode: str, application_id: int) -> None:
    theirs = sqlite.connect(str(tmp_path / "theirs.db"), isolation_level=None)
    theirs.execute(f"PRAGMA journal_mode={mode}")
    theirs.execute(f"PRAGMA application_id={application_id}")
    theirs.execute("CREATE TABLE contacts (name)")
    theirs.close()
    error = refused(tmp_path / "till.db", (tmp_path / "theirs.db").read_bytes())
    assert isinstance(error, DatabaseDamaged)
    with pytest.raises(DatabaseDamaged):
        read_till_file(tmp_path / "till.db")


def test_somebody_elses_database_keeps_its_log_too(tmp_path: Path) -> None:
    theirs = sqlite.connect(str(tmp_path / "theirs.db"), isolation_level=None)
    theirs.execute("PRAGMA journal_mode=wal")
    theirs.execute("CREATE TABLE contacts (name)")
    file, log = (tmp_path / "theirs.db").read_bytes(), (tmp_path / "theirs.db-wal").read_bytes()
    theirs.close()
    (tmp_path / "till.db-wal").write_bytes(log)
    assert isinstance(refused(tmp_path / "till.db", file), DatabaseDamaged)
    assert (tmp_path / "till.db-wal").read_bytes() == log


@pytest.mark.parametrize("kept", [0.99, 0.5, 0.1, 4096, 4095, 100])
def test_a_file_that_was_cut_off_is_refused(tmp_path: Path, sold: bytes, kept: float) -> None:
    length = int(len(sold) * kept) if kept < 1 else int(kept)
    assert isinstance(refused(tmp_path / "till.db", sold[:length]), DatabaseDamaged)


def test_a_log_without_its_file_is_damage_and_stays(tmp_path: Path) -> None:
    """SQLite would take the empty file for a new one and drop the log, and with it the day's sales."""
    db = open_till_file(tmp_path / "till.db")
    with transaction(db):
        put_one(db)
    log = (tmp_path / "till.db-wal").read_bytes()
    db.conn.close()
    for content in (None, b""):
        (tmp_path / "till.db").unlink(missing_ok=True)
        (tmp_path / "till.db-wal").write_bytes(log)
        if content is not None:
            (tmp_path / "till.db").write_bytes(content)
        with pytest.raises(DatabaseDamaged, match="log"):
            open_till_file(tmp_path / "till.db")
        assert (tmp_path / "till.db-wal").read_bytes() == log


def test_a_page_of_flipped_bytes_is_refused(tmp_path: Path, sold: bytes) -> None:
    page_size = int.from_bytes(sold[16:18], "big")
    refusals = 0
    for start in range(page_size, len(sold), page_size):
        flipped = bytes(255 - each for each in sold[start : start + page_size])
        error = refused(tmp_path / "till.db", sold[:start] + flipped + sold[start + page_size :])
        assert isinstance(error, DatabaseDamaged)
        refusals += 1
    assert refusals > 20


def test_a_flipped_bit_is_told_in_words_or_harmless_and_a_refused_file_unchanged(tmp_path: Path, sold: bytes) -> None:
    """All bits of the header, and some of the rest; never anything but one of our errors."""
    path = tmp_path / "till.db"
    chance = random.Random(20261123)
    header = [(byte, bit) for byte in range(100) for bit in range(0, 8, 3)]
    body = [(chance.randrange(100, len(sold)), chance.randrange(8)) for _ in range(150)]
    for byte, bit in header + body:
        broken = bytearray(sold)
        broken[byte] ^= 1 << bit
        path.write_bytes(broken)
        try:
            open_till_file(path).conn.close()
        except (DatabaseDamaged, SchemaTooNew):
            assert path.read_bytes() == broken, (byte, bit)


def test_a_maker_that_died_halfway_is_made_good(tmp_path: Path) -> None:
    """The first page goes in by a rollback journal: a plug pulled then leaves both, and no till yet."""
    made = sqlite.connect(str(tmp_path / "made.db"), isolation_level=None)
    made.execute("PRAGMA cache_size=1")
    made.execute("BEGIN")
    made.execute("CREATE TABLE half (a)")
    made.executemany("INSERT INTO half VALUES (?)", [["x" * 5000]] * 50)
    (tmp_path / "till.db").write_bytes((tmp_path / "made.db").read_bytes())
    (tmp_path / "till.db-journal").write_bytes((tmp_path / "made.db-journal").read_bytes())
    made.close()
    assert (tmp_path / "till.db").stat().st_size > 0
    with closing(open_till_file(tmp_path / "till.db").conn) as connection:
        assert connection.execute("SELECT count(*) FROM journal").fetchone() == (0,)


def test_a_text_that_is_no_utf8_is_damage(db: Database) -> None:
    with pytest.raises(DatabaseDamaged), told_as_ours(Path(database_path(db))):
        db.conn.execute("SELECT CAST(x'ff41' AS TEXT)").fetchall()


def test_a_folder_that_cannot_be_made_is_told_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageError):
        open_till_file(tmp_path / "file" / "till.db")
    with pytest.raises(StorageError), only_one(tmp_path / "file"):
        pytest.fail("no folder, no lock")
