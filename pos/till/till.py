"""Till: who it is, where its facts are, and whom it asks for money."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from pos.clock import Clock, Ids, RandomIds, SystemClock
from pos.domain.entry import JournalEntry, Json
from pos.domain.errors import CommitUnknown, WrongTill
from pos.domain.gateway import PaymentGateway
from pos.settings import Settings
from pos.storage import catalogue, journal, projections
from pos.storage.database import Database, closed_if_it_fails, open_database, open_reader, told_as_ours, transaction
from pos.storage.follower import SecondCopy
from pos.storage.journal import Fact, Identity
from pos.storage.migrations import TILL_FILE, till_steps

CHAIN_CHECKED_AT_START = 5_000
"""Entries whose chain is checked when the till opens: 40 ms."""


def till_file(settings: Settings) -> Path:
    """Return where the till's sales are."""
    return settings.data_dir / "till.db"


def catalogue_file(settings: Settings) -> Path:
    """Return where the till's prices are."""
    return settings.data_dir / "catalogue.db"


@dataclass(slots=True)
class Till:
    """One till, on one thread: a connection to its sales and one to its prices, and the world's ports.

    Attributes:
        gateway: None while no Alipay account is set up.
        first_seen: when this program first had to do with an open attempt (monotonic seconds, by attempt id): a
            wall clock that is set forward must not make a request that is still under way look too old to arrive.
        second_copy: the journal's copy on another volume; None while none is set up.
    """

    settings: Settings
    identity: Identity
    db: Database
    prices: Database
    gateway: PaymentGateway | None
    clock: Clock
    ids: Ids
    first_seen: dict[str, float] = field(default_factory=dict)
    second_copy: SecondCopy | None = None
    _recorded: JournalEntry | None = field(default=None, init=False)

    def record(self, kind: str, body: Mapping[str, Json]) -> JournalEntry:
        """Put a fact into the journal and the tables; only inside a transaction."""
        now = self.clock.now()
        self._recorded = projections.record(self.db, self.identity, Fact(kind, self.ids.new(now), now, body))
        return self._recorded

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of it or nothing; after a commit that raised, the sales are opened anew before anybody looks.

        What was recorded is on the second copy too before this ends, unless that would keep a customer waiting.

        Raises:
            StorageError: nothing was written; CommitUnknown: nobody knows.
        """
        self._recorded = None
        try:
            with transaction(self.db):
                yield
        except CommitUnknown:
            self.reopen()
            raise
        self._copy_recorded()

    def _copy_recorded(self) -> None:
        if self.second_copy and self._recorded:
            self.second_copy.keep_up(self._recorded.epoch, self._recorded.seq)

    def reopen(self) -> None:
        """Open the sales again and let go of the old connection."""
        doubtful = self.db
        self.db = open_database(till_file(self.settings), till_steps, application_id=TILL_FILE)
        doubtful.conn.close()

    def close(self) -> None:
        """Let go of the files."""
        self.db.conn.close()
        self.prices.conn.close()


def open_till(
    settings: Settings,
    gateway: PaymentGateway | None = None,
    clock: Clock | None = None,
    ids: Ids | None = None,
    *,
    second_copy: SecondCopy | None = None,
) -> Till:
    """Open a till for the thread that writes, and check the end of its journal.

    Raises:
        StorageError: the files cannot be used; nothing was changed.
        WrongTill: the files are another till's.
    """
    db = open_database(till_file(settings), till_steps, application_id=TILL_FILE)
    with closed_if_it_fails(db), told_as_ours(till_file(settings)):
        identity = _identity(db, settings)
        journal.verify(db, identity, last=CHAIN_CHECKED_AT_START)
        prices = catalogue.open_catalogue(catalogue_file(settings))
    till = Till(settings, identity, db, prices, gateway, clock or SystemClock(), ids or RandomIds())
    till.second_copy = second_copy
    return till


def open_reading_till(settings: Settings, clock: Clock | None = None, ids: Ids | None = None) -> Till:
    """Open a till that only reads, after ``open_till`` has opened it once; for the screen's thread.

    Raises:
        StorageError, WrongTill: as ``open_till``.
    """
    db = open_reader(till_file(settings), till_steps, application_id=TILL_FILE)
    with closed_if_it_fails(db), told_as_ours(till_file(settings)):
        identity = _identity(db, settings)
        prices = catalogue.open_catalogue_to_read(catalogue_file(settings))
    return Till(settings, identity, db, prices, None, clock or SystemClock(), ids or RandomIds())


def _identity(db: Database, settings: Settings) -> Identity:
    found = journal.find_identity(db)
    if found is None:
        with transaction(db):
            journal.keep_identity(db, Identity(settings.till.store, settings.till.till))
        found = journal.find_identity(db)
        assert found is not None
    if (found.store, found.till) != (settings.till.store, settings.till.till):
        raise WrongTill(path=till_file(settings), found=found.name)
    return found
