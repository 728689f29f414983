"""Single bits flipped at random in a real till's file: each is found before it reaches a receipt or the hub.

A flip is *named* when the till refuses to start with it. One that is not is looked at closely: it *means nothing* when
every row of every table, every index and the shape are as before; the rest is counted by what it
touched. ``unseen`` must be empty.
"""

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from typing import Any

import pysqlite3.dbapi2 as sqlite

from pos.domain import facts
from pos.domain.errors import PosError
from pos.storage import daybook, drafts, projections
from pos.storage.database import transaction
from pos.storage.self_check import check_recent
from pos.till import sell
from pos.till.audit import audit
from pos.till.sign_in import put_staff
from pos.till.till import open_till, till_file
from tests.audit import check_books
from tests.fakes import CHEAP_HASHER, LIN, World, fake_settings, quick_folder
from tests.power.scenes import Stage, prepare

SALES = 40
"""In the file, over and above a day under way."""
SOLD_ON_AFTER = 4
"""Of the flips that mean nothing, one in so many is sold on with and audited."""
PINS = "staff"
"""Names, roles and PINs: in no journal, so a flip there shows only when somebody signs in."""


@dataclass(slots=True)
class Tally:
    """What flips came to.

    Attributes:
        named: refused at the start, by the error's code.
        unused: in a draft, which is thrown away for it.
        nothing: changed no row, index or shape; free space for the most part. Not detected, and without effect.
        staff: changed a name, a role or a PIN; not covered.
        figures: changed a row of the day book, which goes on no receipt and to no hub; the audit names it, and a
            rebuild makes it what it was. Not detected at the start.
        notes: changed the note of when a step of the file's shape was taken, which nobody reads; not detected.
        unseen: changed something else, and the till started: a broken promise.
    """

    flips: int = 0
    file_bytes: int = 0
    named: Counter[str] = field(default_factory=Counter)
    unused: int = 0
    nothing: int = 0
    staff: int = 0
    notes: int = 0
    figures: int = 0
    unseen: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        return (
            f"{self.flips} flips in {self.file_bytes} bytes: {self.named.total()} named at the start"
            f" ({dict(self.named)}), {self.unused} in a draft that is then not used, {self.nothing} that change no row,"
            f" index or shape (free space; not detected), {self.staff} in staff (not covered),"
            f" {self.notes} in the date of a migration (not detected), {self.figures} in the day book, found by the"
            f" audit and mended, {len(self.unseen)} unseen"
        )


def flip_many(flips: int, seed: int, seconds: float | None = None) -> Tally:
    """Flip one bit at a time in copies of a till's file."""
    chance, tally = Random(seed), Tally()
    until = None if seconds is None else time.monotonic() + seconds
    with quick_folder() as folder:
        whole = _make(folder / "till", seed)
        before = _content(folder / "till" / "till.db")
        tally.file_bytes = len(whole)
        while tally.flips < flips if until is None else time.monotonic() < until:
            at, bit = chance.randrange(len(whole)), chance.randrange(8)
            flipped = bytearray(whole)
            flipped[at] ^= 1 << bit
            _write(folder / "till", bytes(flipped))
            tally.flips += 1
            _look(folder / "till", before, tally, f"seed {seed}, byte {at}, bit {bit}")
    return tally


def _make(folder: Path, seed: int) -> bytes:
    world = World(folder)
    prepare(world, Random(seed))
    world.clock.advance(3600)
    with closing(world.open()) as till:
        put_staff(till, LIN, "274916", hasher=CHEAP_HASHER)
        stage = Stage(world, Random(seed))
        for number in range(SALES):
            if number % 2:
                stage.sell_cash(till)
            else:
                stage.sell_alipay(till)
        sell.keep_draft(till, facts.cart_facts(stage.fill(till)))
    return till_file(fake_settings(folder)).read_bytes()


def _write(folder: Path, data: bytes) -> None:
    for path in folder.glob("till.db*"):
        path.unlink()
    (folder / "till.db").write_bytes(data)


def _look(folder: Path, before: dict[str, Any], tally: Tally, what: str) -> None:
    try:
        with closing(open_till(fake_settings(folder))) as till:
            check_recent(till.db, till.identity)
            draft = drafts.find_draft(till.db, drafts.COUNTER)
    except PosError as named:
        tally.named[named.code] += 1
        return
    after = _content(folder / "till.db")
    touched = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if not touched:
        tally.nothing += 1
        if tally.nothing % SOLD_ON_AFTER == 0:
            _sell_on(folder)
    elif touched == {"drafts"} and draft is None:
        tally.unused += 1
    elif touched == {"_sqlite_migrations"} and _steps(before) == _steps(after):
        tally.notes += 1
    elif touched == {PINS}:
        tally.staff += 1
    elif touched <= {*daybook.TABLES} and _is_found_and_mended(folder, before):
        tally.figures += 1
    else:
        tally.unseen.append(f"{what}: {sorted(touched)}")


def _is_found_and_mended(folder: Path, before: dict[str, Any]) -> bool:
    with closing(open_till(fake_settings(folder))) as till:
        is_found = bool(audit(till))
        with transaction(till.db):
            projections.rebuild(till.db, till.identity)
    after = _content(folder / "till.db")
    return is_found and all(sorted(after[table]) == sorted(before[table]) for table in daybook.TABLES)


def _steps(content: dict[str, Any]) -> list[Any]:
    """Return the steps that were taken, without when."""
    return [row[:-1] for row in content["_sqlite_migrations"]]


def _content(path: Path) -> dict[str, Any]:
    """Return every row by table, in its place, and the shape; what an index says differently is in ``indices``."""
    with _connected(path) as connection:
        tables = connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY rowid").fetchall()
        found: dict[str, Any] = {"shape": tables}
        for kind, name, _, _ in tables:
            if kind == "table":
                found[name] = connection.execute(f"SELECT * FROM {name} NOT INDEXED").fetchall()
        found["indices"] = connection.execute("PRAGMA integrity_check(1)").fetchall()
        found["marks"] = [
            connection.execute(f"PRAGMA {each}").fetchone() for each in ("user_version", "application_id")
        ]
        return found


@contextmanager
def _connected(path: Path) -> Iterator[Any]:
    with closing(sqlite.connect(path.as_posix(), isolation_level=None)) as connection:
        connection.text_factory = lambda raw: raw.decode(errors="replace")
        yield connection


def _sell_on(folder: Path) -> None:
    """Make two sales with a flip that is said to mean nothing, and have all books audited."""
    world = World(folder)
    world.clock.advance(7200)
    with closing(world.open()) as till:
        stage = Stage(world, Random(1))
        stage.sell_cash(till)
        stage.sell_alipay(till)
        check_books(till)
        check_recent(till.db, till.identity)
