"""Till: who it is, where its facts are, and whom it asks for money."""

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from pos.clock import Clock, Ids, RandomIds, SystemClock
from pos.domain.device import Device
from pos.domain.entry import JournalEntry, Json
from pos.domain.errors import (
    BallastFreed,
    CommitUnknown,
    DiskFull,
    KeyUnreadable,
    PaymentUnavailable,
    StorageError,
    WrongTill,
)
from pos.domain.facts import VERSIONS
from pos.domain.gateway import PaymentGateway
from pos.domain.promotion import EMPTY_BOOK, PromotionBook
from pos.domain.sale import TenderKind
from pos.domain.tender import AlipayTender, CashTender, TenderType
from pos.keyfile import find_device
from pos.settings import Settings
from pos.storage import catalogue, daybook, journal, projections, signatures
from pos.storage.ballast import Ballast
from pos.storage.database import Database, closed_if_it_fails, open_database, open_reader, told_as_ours, transaction
from pos.storage.follower import SecondCopy
from pos.storage.journal import Fact, Identity
from pos.storage.migrations import TILL_FILE, till_steps

_log = logging.getLogger(__name__)

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
        device: signs each entry; None while the till is not enrolled or its key cannot be read, which stops no sale.
        first_seen: when this program first had to do with something that is open (monotonic seconds, by its id): no
            wall clock that somebody sets makes a request look too old to arrive, or anything wait for ever.
        second_copy: the journal's copy on another volume; None while none is set up.
        more_tenders: ways to take money beside cash and Alipay, such as prepaid cards.
        kept_rules: the store's rule document as it was read last, behind its version; asked by ``rules_of``.
        kept_book: the promotions in it; asked by ``book_of``.
        is_doubtful: a commit raised, and the sales could not be opened anew yet; what ``db`` shows is no proof.
    """

    settings: Settings
    identity: Identity
    db: Database
    prices: Database
    gateway: PaymentGateway | None
    clock: Clock
    ids: Ids
    device: Device | None = None
    first_seen: dict[str, float] = field(default_factory=dict)
    second_copy: SecondCopy | None = None
    more_tenders: dict[TenderKind, TenderType] = field(default_factory=dict)
    kept_rules: tuple[str, dict[str, Json]] = field(default_factory=lambda: ("", {}), init=False)
    kept_book: PromotionBook = field(default=EMPTY_BOOK, init=False)
    _recorded: JournalEntry | None = field(default=None, init=False)
    is_doubtful: bool = False

    @property
    def ballast(self) -> Ballast:
        """The room kept free beside the sales."""
        return Ballast(self.settings.data_dir, self.settings.till.ballast_mb << 20)

    @property
    def tenders(self) -> dict[TenderKind, TenderType]:
        """Every way to take money at this till."""
        alipay: dict[TenderKind, TenderType] = {TenderKind.ALIPAY: AlipayTender(self.gateway)} if self.gateway else {}
        return {TenderKind.CASH: CashTender(), **alipay, **self.more_tenders}

    def tender(self, kind: TenderKind) -> TenderType:
        """Return the way to take money of a kind, or raise PaymentUnavailable."""
        found = self.tenders.get(kind)
        if found is None:
            raise PaymentUnavailable
        return found

    def watched_for(self, open_id: str) -> timedelta:
        """Return how long this program has had to do with something that is open; it begins when first asked."""
        seen = self.first_seen.setdefault(open_id, self.clock.monotonic())
        return timedelta(seconds=self.clock.monotonic() - seen)

    def has_waited(self, open_id: str, since: datetime, span: timedelta) -> bool:
        """Whether a span has gone by since a moment, by the wall's clock or by the seconds this program counted."""
        return self.watched_for(open_id) >= span or self.clock.now() - since >= span

    def record(self, kind: str, body: Mapping[str, Json]) -> JournalEntry:
        """Put a fact into the journal and the tables; only inside a transaction."""
        now = self.clock.now()
        fact = Fact(kind, self.ids.new(now), now, body, VERSIONS.get(kind, 1))
        self._recorded = entry = projections.record(self.db, self.identity, fact)
        if self.device:
            signatures.keep(self.db, entry, self.device)
        return entry

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do all of it or nothing; after a commit that raised, the sales are opened anew before anybody looks.

        What was recorded is on the second copy too before this ends, unless that would keep a customer waiting.
        When they cannot be opened, nothing more is written until they are.

        Raises:
            StorageError: nothing was written; BallastFreed: the same, and there is room now.
            CommitUnknown: nobody knows.
        """
        self._recorded = None
        if self.is_doubtful:
            self.reopen()
        self.ballast.free_when_low()
        try:
            with transaction(self.db):
                yield
        except CommitUnknown:
            self.is_doubtful = True
            with suppress(StorageError):
                self.reopen()
            raise
        except DiskFull as full:
            if self.ballast.free():
                raise BallastFreed(**full.facts) from full
            raise
        self._copy_recorded()

    def _copy_recorded(self) -> None:
        if self.second_copy and self._recorded:
            self.second_copy.keep_up(self._recorded.epoch, self._recorded.seq)

    def reopen(self) -> None:
        """Open the sales again and let go of the old connection."""
        doubtful = self.db
        self.db = open_database(till_file(self.settings), till_steps, application_id=TILL_FILE)
        self.is_doubtful = False
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
    is_checked: bool = False,
) -> Till:
    """Open a till for the thread that writes, and check the end of its journal.

    Args:
        is_checked: this program has opened it before, on another thread; the pages are not looked at again.

    Raises:
        StorageError: the files cannot be used; nothing was changed.
        WrongTill: the files are another till's.
    """
    db = open_database(till_file(settings), till_steps, application_id=TILL_FILE, is_checked=is_checked)
    with closed_if_it_fails(db), told_as_ours(till_file(settings)):
        identity = _identity(db, settings)
        journal.verify(db, identity, last=CHAIN_CHECKED_AT_START)
        _fold_figures(db, identity, till_file(settings))
        prices = catalogue.open_catalogue(catalogue_file(settings), is_checked=is_checked)
    device = usable_device(settings)
    till = Till(settings, identity, db, prices, gateway, clock or SystemClock(), ids or RandomIds(), device)
    till.second_copy = second_copy
    return till


def _fold_figures(db: Database, identity: Identity, path: Path) -> None:
    """Fill what managers look at, once after each change of how it is made; where it cannot be, the till sells on."""
    if daybook.is_caught_up(db):
        return
    try:
        with told_as_ours(path), transaction(db):
            daybook.catch_up(db, identity.name)
    except StorageError as reason:
        _log.warning("figures: not made anew: %s", reason)


def usable_device(settings: Settings) -> Device | None:
    """Return the till's device; None, and a line in the log, when there is no key that can be used.

    A sale is never refused for want of a key: what is not signed now is signed before it is sent.
    """
    try:
        found = find_device(settings.device_file)
    except KeyUnreadable as reason:
        _log.warning("the till signs nothing and sends nothing: %s", reason)
        return None
    if found and found.name != f"{settings.till.store}-{settings.till.till}":
        _log.warning("the till signs nothing and sends nothing: its key is of %s", found.name)
        return None
    return found


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
