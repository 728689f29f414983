"""A disk that fails at one operation, for every operation of every verb; a process of its own, as ``record`` is.

``python -m tests.power.faults PART OF [full]`` tries every ``OF``-th operation from ``PART`` on, and prints what came
of it as JSON; ``full`` adds faults that last, and reads that are too short. After each fault the power goes, too: what
is left must be what the verb said. Then the disk is mended, the verb is done again, and the till's books must be whole,
in it and on the disk.
"""

from tests.power import driver

driver.install()

import json  # noqa: E402  (the driver comes before anything that would load another)
import sys  # noqa: E402
import traceback  # noqa: E402
from collections import Counter as Count  # noqa: E402
from collections.abc import Iterator  # noqa: E402
from contextlib import closing, contextmanager  # noqa: E402
from dataclasses import dataclass, field  # noqa: E402
from pathlib import Path  # noqa: E402
from random import Random  # noqa: E402

import apsw  # noqa: E402

from pos.domain.errors import CommitUnknown, DatabaseDamaged, PosError  # noqa: E402
from pos.storage import catalogue, journal  # noqa: E402
from pos.storage.database import open_database, told_as_ours  # noqa: E402
from pos.storage.migrations import TILL_FILE, till_steps  # noqa: E402
from pos.till.till import catalogue_file, open_till, till_file  # noqa: E402
from tests.audit import check_books  # noqa: E402
from tests.fakes import World, fake_settings, quick_folder  # noqa: E402
from tests.power.content import digest_of  # noqa: E402
from tests.power.disk import SHORT_READ, Recorder  # noqa: E402
from tests.power.judge import write_files  # noqa: E402
from tests.power.scenes import prepare  # noqa: E402
from tests.power.tape import Disk, Files, Op  # noqa: E402
from tests.power.verbs import VERBS, Counter, Verb  # noqa: E402

FAULTS = {
    "read": (apsw.SQLITE_IOERR_READ, SHORT_READ),
    "write": (apsw.SQLITE_IOERR_WRITE, apsw.SQLITE_FULL),
    "sync": (apsw.SQLITE_IOERR_FSYNC,),
    "truncate": (apsw.SQLITE_IOERR_TRUNCATE,),
    "delete": (apsw.SQLITE_IOERR_DELETE,),
}
"""What may befall each kind of operation."""
MODES = ("none", "all", "some")


class Bench:
    """Runs verbs on a disk that fails when it is told to."""

    def __init__(self, folder: Path) -> None:
        self.disk, self.folder = Recorder(), folder
        for name in ("image", "till"):
            (folder / name).mkdir()
        self.settings = fake_settings(folder / "image")
        prepare(World(folder / "base"), Random(1))
        self.base = {path.name: path.read_bytes() for path in (folder / "base").iterdir()}
        self.runs = self.images = 0
        self.said: Count[str] = Count()
        self.named = self.unnoticed = 0
        self.operations: dict[str, int] = {}
        self.failed: list[str] = []

    def try_all(self, verb: Verb, part: int, of: int, *, is_full: bool) -> None:
        """Let each operation of a verb fail in each way."""
        clean, counter = self.run(verb)
        counter.till.close()
        assert clean.said == "done", clean.said
        self.operations[verb.name] = len(clean.kinds)
        for number, kind in enumerate(clean.kinds, 1):
            for fault in _faults(number, kind, is_full=is_full) if number % of == part else ():
                try:
                    self._try(verb, fault, clean)
                except Exception:  # noqa: BLE001  (whatever it is, it is this fault's)
                    self.failed.append(f"{verb.name}, {kind}: {fault}\n{traceback.format_exc()}")

    def run(self, verb: Verb, fault: "Fault | None" = None) -> "tuple[Tried, Counter]":
        """Make a till ready on a disk that is well, then do the verb with the fault."""
        write_files(self.base, self.folder / "till")
        world = World(self.folder / "till")
        world.clock.advance(3600)
        counter = Counter(world, world.open())
        verb.ready(counter)
        files = {path.name: path.read_bytes() for path in world.folder.iterdir() if not path.name.endswith("-shm")}
        tried = Tried(files)
        if not verb.opens:
            tried.states.append(digest_of(counter.db(verb.database).conn))
        self.disk.ops = tried.ops
        with self._watched(tried, verb, fault):
            tried.said = _do(verb, counter)
        self.disk.ops = []
        if verb.opens and not fault:
            tried.states.append(digest_of(counter.till.db.conn))
        return tried, counter

    @contextmanager
    def _watched(self, tried: "Tried", verb: Verb, fault: "Fault | None") -> Iterator[None]:
        def ask(number: int, kind: str) -> int:
            tried.kinds.append(kind)
            return fault.code if fault and fault.hits(number, kind) else 0

        def committed(connection: driver.Connection) -> None:
            if Path(connection.apsw.filename).name == verb.database:
                self.disk.fault = None  # to look is no operation of the verb's
                tried.states.append(digest_of(connection))
                self.disk.fault = ask

        self.disk.count, self.disk.fault, driver.Connection.committed = 0, ask, committed
        try:
            yield
        finally:
            self.disk.fault = driver.Connection.committed = None

    def _try(self, verb: Verb, fault: "Fault", clean: "Tried") -> None:
        self.runs += 1
        try:
            self._try_once(verb, fault, clean)
        except Exception as reason:
            # SQLite takes what a short read leaves out for zeros, and may write them back. A system gives one at the
            # end of a file only, so this is a file that was cut: it is named, or an error stops the verb or the next
            # one. Prices are in no journal: there it may pass unnoticed.
            if fault.code != SHORT_READ or (isinstance(reason, AssertionError) and verb.database == "till.db"):
                raise
            self.unnoticed += isinstance(reason, AssertionError)
            self.named += not isinstance(reason, AssertionError)

    def _try_once(self, verb: Verb, fault: "Fault", clean: "Tried") -> None:
        tried, counter = self.run(verb, fault)
        with closing(counter.till):
            self.said[tried.said] += 1
            for mode in MODES[-1:] if verb.opens else MODES:
                self._judge(verb, tried, mode, _allowed(verb, tried, clean))
            self._mend(verb, counter, tried)

    def _judge(self, verb: Verb, tried: "Tried", mode: str, allowed: list[str]) -> None:
        """Cut the power now, and look at what is left."""
        chance = Random(f"{verb.name} {tried.said} {mode} {len(tried.ops)}")
        disk = Disk(tried.base)
        disk.play(tried.ops, chance)
        self.images += 1
        write_files(disk.image(chance, mode), self.folder / "image")
        found = self._found(verb)
        assert found in allowed, f"{tried.said!r} was said, and after a power cut ({mode}) it is not so"

    def _found(self, verb: Verb) -> str:
        """Open what is left as the till does, and return what is in it."""
        if verb.opens:
            with closing(open_till(self.settings)) as till:
                return digest_of(till.db.conn)
        if verb.database == "catalogue.db":
            with closing(catalogue.open_catalogue(catalogue_file(self.settings)).conn) as connection:
                return digest_of(connection)
        db = open_database(till_file(self.settings), till_steps, application_id=TILL_FILE)
        with closing(db.conn):
            identity = journal.find_identity(db)
            assert identity
            journal.verify(db, identity)
            return digest_of(db.conn)

    def _mend(self, verb: Verb, counter: Counter, tried: "Tried") -> None:
        """Do the verb again on a disk that is well: the till goes on, and what it then holds is safe."""
        self.disk.ops = tried.ops
        try:
            said = _do(verb, counter)
            if said == DatabaseDamaged.__name__:
                raise DatabaseDamaged(path=counter.world.folder, reason="still")
            assert said in MAY_BE_SAID_AGAIN, said
            check_books(counter.till)
            state = digest_of(counter.db(verb.database).conn)
        finally:
            self.disk.ops = []
        self._judge(verb, tried, "none", [state])


@dataclass(frozen=True, slots=True)
class Fault:
    """What fails: one operation, or also all that follow and can fail in the same way."""

    number: int
    code: int
    lasts: bool

    def hits(self, number: int, kind: str) -> bool:
        is_time = number >= self.number if self.lasts else number == self.number
        return is_time and self.code in FAULTS[kind]


@dataclass(slots=True)
class Tried:
    """One run of a verb.

    Attributes:
        base: the files before it.
        kinds: what was asked of the disk, in order.
        states: what the database held before, and after each commit that returned.
        said: what the verb said: ``done``, or the name of its error.
    """

    base: Files
    kinds: list[str] = field(default_factory=list)
    states: list[str] = field(default_factory=list)
    ops: list[Op] = field(default_factory=list)
    said: str = ""


def _faults(number: int, kind: str, *, is_full: bool) -> list[Fault]:
    once = [Fault(number, code, lasts=False) for code in FAULTS[kind] if is_full or code != SHORT_READ]
    return once + ([Fault(number, code, lasts=True) for code in FAULTS[kind]] if is_full else [])


MAY_BE_SAID_AGAIN = {"done", "SaleIsBeingPaid", "ShiftNotOpen", "ShiftAlreadyOpen", "IllegalMove"}
"""When a verb is done again after it stopped half-way: the rest is done, or its first half is seen to be there."""


def _allowed(verb: Verb, tried: Tried, clean: Tried) -> list[str]:
    """Return what may be found after a power cut, by what the verb said."""
    if tried.said == "done" or verb.opens:  # what was not brought up to date when the power went is so now
        return clean.states[-1:]
    commits = len(tried.states)
    assert tried.states == clean.states[:commits]
    if tried.said == CommitUnknown.__name__:
        return clean.states[commits - 1 : commits + 1]
    return clean.states[commits - 1 : commits]


def _do(verb: Verb, counter: Counter) -> str:
    """Do the verb as a lane does, and return what it said; anything that is no PosError is a bug, and raises."""
    try:
        with told_as_ours(counter.world.folder):
            verb.act(counter)
    except PosError as error:
        return type(error).__name__
    return "done"


def main(part: int, of: int, *, is_full: bool) -> None:
    """Try, and print."""
    with quick_folder() as folder:
        bench = Bench(folder)
        for verb in VERBS:
            bench.try_all(verb, part, of, is_full=is_full)
        told = {"runs": bench.runs, "images": bench.images, "said": bench.said, "failed": bench.failed,
                "named": bench.named, "unnoticed": bench.unnoticed, "operations": bench.operations}  # fmt: skip
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), is_full="full" in sys.argv)
