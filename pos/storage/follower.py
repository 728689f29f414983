"""SecondCopy: keeps the spool on another volume level with the journal, on a thread of its own."""

import logging
import threading
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlite_utils import Database

from pos.domain.entry import JournalEntry
from pos.domain.errors import JournalRolledBack, PosError, SecondCopyBehind
from pos.storage import journal, spool
from pos.storage.journal import Identity

WAIT_S = 0.25
"""The longest a sale waits for the second copy, once; then no sale waits until it is level again."""
RETRY_S = 5.0
"""Between two looks at a volume that could not be written."""
BATCH = 200
_log = logging.getLogger(__name__)

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class CopyStatus:
    """How the second copy stands; ``trouble`` is None while nothing is wrong."""

    is_level: bool = False
    trouble: PosError | None = None


class SecondCopy:
    """Writes every entry of a journal into the spool, in order, as soon as it is committed.

    Args:
        folder: on the other volume; it is never made here.
        open_reader: opens the journal for reading; called on the copying thread.
        on_status: called when it is level again or a trouble begins, on any thread.
    """

    def __init__(
        self,
        folder: Path,
        identity: Identity,
        open_reader: Callable[[], Database],
        on_status: Callable[[CopyStatus], None] = lambda _status: None,
    ) -> None:
        self._folder, self._identity = folder, identity
        self._open_reader, self._on_status = open_reader, on_status
        self._changed = threading.Condition()
        self._wanted: Place = (identity.epoch, 0)
        self._copied: Place = (0, 0)
        self._is_waited_for = False
        self._stopping = False
        self._looked = threading.Event()
        self._status = CopyStatus()
        self._thread = threading.Thread(target=self._run, name="second copy", daemon=True)

    @property
    def status(self) -> CopyStatus:
        """The latest status; from any thread."""
        return self._status

    def start(self, look_s: float = 2.0) -> None:
        """Begin, and find out whether the copy goes beyond the journal, unless the volume is slower than ``look_s``.

        Raises:
            JournalRolledBack: it does: this journal is an older one, and would give out numbers a second time.
        """
        self._thread.start()
        if self._looked.wait(look_s) and isinstance(self._status.trouble, JournalRolledBack):
            self.stop()
            raise self._status.trouble

    def keep_up(self, epoch: int, seq: int) -> None:
        """Say that an entry is committed, and wait until it is copied, a quarter of a second at most.

        Never raises, and never waits for a volume that is known to be slow, full or gone.
        """
        with self._changed:
            self._wanted = max(self._wanted, (epoch, seq))
            self._changed.notify_all()
            if not self._is_waited_for:
                return
            in_time = self._changed.wait_for(lambda: self._copied >= (epoch, seq) or not self._is_waited_for, WAIT_S)
            self._is_waited_for = self._is_waited_for and in_time
        if not in_time:
            self._tell(CopyStatus(trouble=SecondCopyBehind(path=self._folder, reason="slow")))

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End after what is being written, and return whether it ended in time."""
        with self._changed:
            self._stopping = True
            self._changed.notify_all()
        if self._thread.ident is not None:
            self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _run(self) -> None:
        while not self._stopping:
            try:
                with closing(self._open_reader()) as db:
                    self._follow(db)
            except (OSError, PosError) as reason:
                self._stand_back(reason)
            except Exception as reason:  # noqa: BLE001  (a bug here must not end copying for the day)
                _log.exception("second copy: a bug; again in %s s", RETRY_S)
                self._stand_back(reason)
            self._looked.set()
            with self._changed:
                self._changed.wait_for(lambda: self._stopping, 0 if self._stopping else RETRY_S)

    def _follow(self, db: Database) -> None:
        self._compare_tails(db)
        self._looked.set()
        self._catch_up(db)
        while True:
            is_last = self._stopping  # read first: what was committed before the stop is copied before the end
            self._copy_new(db)
            if is_last:
                return
            with self._changed:
                self._is_waited_for = True
            self._tell(CopyStatus(is_level=True))
            with self._changed:
                self._changed.wait_for(lambda: self._stopping or self._wanted > self._copied)

    def _compare_tails(self, db: Database) -> None:
        """Refuse to go on behind a copy that knows of more: somebody put an older file back."""
        last = spool.last_entry(self._folder, self._identity.name)
        if last is None or last.epoch < self._identity.epoch:
            return  # what was not taken over into this epoch is told by ``./till admin journal verify``
        if journal.hash_at(db, last.epoch, last.seq) != last.hash:
            raise JournalRolledBack(path=self._folder, epoch=last.epoch, seq=last.seq)

    def _catch_up(self, db: Database) -> None:
        """Copy what is missing anywhere, such as what was sold while the volume was gone."""
        for epoch in range(1, self._identity.epoch + 1):
            top, _ = journal.head(db, epoch)
            is_there = bytearray(top + 1)
            for found in spool.read(self._folder, self._identity.name, epoch):
                if not isinstance(found, JournalEntry) or found.seq > top:
                    continue
                if journal.hash_at(db, epoch, found.seq) == found.hash:  # it may be of the other branch of a fork
                    is_there[found.seq] = 1
            hole = is_there.find(0, 1)
            self._copied = (epoch, hole - 1 if hole > 0 else top)
            self._copy_new(db, is_there)

    def _copy_new(self, db: Database, is_there: bytearray | None = None) -> None:
        epoch, after = self._copied
        while found := list(journal.entries(db, self._identity.name, epoch, after=after, limit=BATCH)):
            after = found[-1].seq
            spool.append(self._folder, [each for each in found if not _has(is_there, each.seq)])
            with self._changed:
                self._copied = (epoch, after)
                self._changed.notify_all()

    def _stand_back(self, reason: Exception) -> None:
        trouble: PosError = SecondCopyBehind(path=self._folder, reason=reason)
        if isinstance(reason, JournalRolledBack):
            trouble = reason
        if str(trouble) != str(self._status.trouble):
            _log.warning("second copy: %s", trouble)
        self._tell(CopyStatus(trouble=trouble))
        with self._changed:
            self._is_waited_for = False
            self._changed.notify_all()

    def _tell(self, status: CopyStatus) -> None:
        is_news = (status.is_level, type(status.trouble)) != (self._status.is_level, type(self._status.trouble))
        self._status = status
        if is_news:  # a volume that fails in one way and then in another is still the same trouble
            self._on_status(status)


def _has(is_there: bytearray | None, seq: int) -> bool:
    return is_there is not None and seq < len(is_there) and bool(is_there[seq])
