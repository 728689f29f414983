"""Whether the files that a power cut left are a till's: everything it was promised is there, and nothing is half."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from pos.storage import catalogue, journal, projections
from pos.storage.database import Database, open_database, transaction
from pos.storage.migrations import TILL_FILE, till_steps
from pos.till.till import Till, catalogue_file, open_till, till_file
from tests.audit import check_books
from tests.fakes import fake_settings
from tests.power.content import digest_of, rows
from tests.power.tape import Files, Op, Recording

Said = Sequence[Mapping[str, Any]]


class Judge:
    """Judges images in a folder of its own.

    What is in the files is compared whole on every image with what was there after one of the recorded commits. The
    fold and the audit say the same of the same rows: they are done when rows are seen first, and on every
    ``AGAIN_AFTER``-th image.
    """

    AGAIN_AFTER = 100

    def __init__(self, folder: Path) -> None:
        self.folder, self.settings = folder, fake_settings(folder)
        self.images = self.audits = 0
        self._audited: set[str] = set()

    def judge(self, recording: Recording, played: Sequence[Op], files: Files) -> None:
        """Open the files by the till's own code, and check what is in them.

        Args:
            played: the ops up to the cut.

        Raises:
            AssertionError: a promise is broken; PosError: the till refuses to open.
        """
        self.images += 1
        write_files(files, self.folder)
        commits = sum(op.kind == "commit" for op in played)
        said = [op.fact for op in played if op.kind == "said"]
        found = self._plain(recording, said)
        _check_state(recording, found, max(commits, min(recording.opened, 1)))
        if found not in self._audited or self.images % self.AGAIN_AFTER == 0:
            self._audited.add(found)
            _check_state(recording, self._whole(recording, said), max(commits, recording.opened))

    def _plain(self, recording: Recording, said: Said) -> str:
        if recording.database == "catalogue.db":
            prices = catalogue.open_catalogue(catalogue_file(self.settings))
            with closing(prices.conn):
                return _look(prices, said, _check_feed)
        db = open_database(till_file(self.settings), till_steps, application_id=TILL_FILE)
        with closing(db.conn):
            identity = journal.find_identity(db)
            assert identity or recording.opened
            if identity:
                journal.verify(db, identity)
            return _look(db, said, _check_receipts)

    def _whole(self, recording: Recording, said: Said) -> str:
        with closing(open_till(self.settings)) as till:
            self.audits += 1
            check_whole(till)
            if recording.database == "catalogue.db":
                return _look(till.prices, said, _check_feed)
            return _look(till.db, said, _check_receipts)


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Make a folder hold these files and no others."""
    for path in folder.iterdir():
        path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def _check_state(recording: Recording, found: str, at_least: int) -> None:
    assert found in recording.states[at_least : at_least + 2], f"neither after commit {at_least} nor the one after"


def check_whole(till: Till) -> None:
    """Check a till's books: the chain, and the tables by the project's own fold and by an auditor who reads alone."""
    check_books(till)
    kept = rows(till.db.conn)
    with transaction(till.db):
        projections.rebuild(till.db, till.identity)
        assert rows(till.db.conn) == kept, "the tables are not the fold of the journal"


def _look(db: Database, said: Said, check: Callable[[Database, Said], None]) -> str:
    assert db.conn.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    check(db, said)
    return digest_of(db.conn)


def _check_receipts(db: Database, said: Said) -> None:
    told = {(fact["receipt_no"], fact["sale_id"], fact["total_fen"]) for fact in said}
    assert told <= set(db.conn.execute("SELECT receipt_no, id, total_fen FROM sales").fetchall())


def _check_feed(db: Database, said: Said) -> None:
    assert not said or catalogue.feed_cursor(db) >= said[-1]["cursor"]
    orphans = "SELECT count(*) FROM barcodes WHERE sku NOT IN (SELECT sku FROM products)"
    assert db.conn.execute(orphans).fetchone() == (0,)
