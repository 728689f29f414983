"""Whether the files that a power cut left are a till's: everything it was promised is there, and nothing is half."""

from collections.abc import Callable, Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

from pos.storage import catalogue, projections
from pos.storage.database import transaction
from pos.till.till import Till, open_till
from tests.audit import check_books
from tests.fakes import fake_settings
from tests.power.content import digest_of, rows
from tests.power.tape import Files, Op, Recording


class _Undo(Exception):
    """Takes a transaction back."""


def write_files(files: Mapping[str, bytes], folder: Path) -> None:
    """Make a folder hold these files and no others."""
    for path in folder.iterdir():
        path.unlink()
    for name, data in files.items():
        (folder / name).write_bytes(data)


def judge(recording: Recording, before: list[Op], files: Files, folder: Path) -> None:
    """Open the files by the till's own code and check what is in them.

    Args:
        before: the ops up to the cut.

    Raises:
        AssertionError: a promise is broken; PosError: the till refuses to open.
    """
    write_files(files, folder)
    with closing(open_till(fake_settings(folder))) as till:
        check_whole(till)
        commits = sum(op.kind == "commit" for op in before)
        at_least = max(commits, recording.opened)
        db = till.prices if recording.database == "catalogue.db" else till.db
        found = digest_of(db.conn)
        assert found in recording.states[at_least : at_least + 2], f"neither after commit {at_least} nor the one after"
        _SAID[recording.database](till, [op.fact for op in before if op.kind == "said"])


def check_whole(till: Till) -> None:
    """Check a till's books: pages and indices, the chain, the tables by the project's fold and by the auditor's."""
    for db in (till.db, till.prices):
        assert db.conn.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
    check_books(till)
    kept = rows(till.db.conn)
    folded: dict[str, Any] = {}
    try:
        with transaction(till.db):
            projections.rebuild(till.db, till.identity)
            folded = rows(till.db.conn)
            raise _Undo
    except _Undo:
        pass
    assert folded == kept, "the tables are not the fold of the journal"


def _check_receipts(till: Till, said: list[dict[str, Any]]) -> None:
    told = {(fact["receipt_no"], fact["sale_id"], fact["total_fen"]) for fact in said}
    assert told <= set(till.db.execute("SELECT receipt_no, id, total_fen FROM sales").fetchall())


def _check_feed(till: Till, said: list[dict[str, Any]]) -> None:
    cursor = catalogue.feed_cursor(till.prices)
    assert not said or cursor >= said[-1]["cursor"]
    orphans = "SELECT count(*) FROM barcodes WHERE sku NOT IN (SELECT sku FROM products)"
    assert till.prices.execute(orphans).fetchone() == (0,)


_SAID: dict[str, Callable[[Till, list[dict[str, Any]]], None]] = {
    "till.db": _check_receipts,
    "catalogue.db": _check_feed,
}
