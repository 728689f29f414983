"""One push and one pull: what is sent, what is believed, and what is written down. No threads, no waiting."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from pos.clock import Clock
from pos.domain.entry import GENESIS, JournalEntry
from pos.domain.errors import HubRefused, JournalFork, PosError, RulesRefused, StorageError
from pos.sync.client import Gap, HubClient, Kept
from pos.sync.ports import CatalogueSink, Outbox

BATCH_MAX = 100
"""Entries in one request."""
BATCH_MAX_BYTES = 256 * 1024
"""Of bodies in one request; a single larger body goes alone."""
PAGE_MAX = 500
"""Products in one page of the catalogue."""


def push_once(client: HubClient, outbox: Outbox, clock: Clock) -> bool:
    """Send one batch, or ask for the hub's head when nothing is unsent; return whether there is more to send.

    Raises:
        HubUnreachable, HubRefused: nothing was believed; try again later.
        JournalFork: the hub and this till disagree about what happened; only people can mend it.
    """
    batch = _cut(outbox.unsent(BATCH_MAX))
    if not batch:
        _compare(_head(client, outbox), outbox, clock)
    else:
        answer = _send(client, batch)
        if isinstance(answer, Gap):
            _step_back(answer, batch, outbox)
        else:
            _believe(answer, batch, outbox, clock)
    return bool(outbox.unsent(1))


def pull_once(client: HubClient, sink: CatalogueSink) -> bool:
    """Take one page of the catalogue; return whether there is more to take.

    A cursor that the hub does not know, because it was restored from an older copy, is dropped and the feed is read
    from its beginning; what is on sale here stays on sale meanwhile.
    """
    cursor = sink.cursor()
    try:
        page = client.catalogue(cursor, PAGE_MAX)
    except HubRefused as refused:
        if not cursor or refused.facts["code"] != "cursor_lost":
            raise
        page = client.catalogue("", PAGE_MAX)
    else:
        # A hub that forgot says so; one that hands out older prices without a word is not to be followed.
        if _version(page.next) < _version(cursor):
            raise HubRefused(status=200, code="older_feed", text=page.next[:40], seq=0, retry_after_s=0)
    if page.next != cursor:
        sink.apply(page.changed, page.removed, page.next)
    return page.has_more


Check = Callable[[str, Mapping[str, Any]], None]
"""Raises a PosError over a rule document, given with its version, that cannot be used."""


def pull_rules(client: HubClient, sink: CatalogueSink, store: str, check: Check) -> None:
    """Take the store's rule document when it is another one; a hub from before there were any has none.

    Raises:
        RulesRefused: it cannot be used, or cannot be kept; the one before stays.
    """
    try:
        told = client.rules(store, sink.rules_version())
    except HubRefused as refused:
        if refused.facts["code"] == "no_such_call":
            return
        raise
    if told.document is None:
        return
    try:
        check(told.version, told.document)
        sink.keep_rules(told.version, told.document)
    except (PosError, TypeError, ValueError) as reason:
        if isinstance(reason, StorageError):
            raise
        raise RulesRefused(version=told.version, reason=reason) from reason


def _version(cursor: str) -> int:
    """Return the number a cursor begins with, which only grows; 0 when it has none."""
    number = cursor.partition("-")[0]
    return int(number) if number.isascii() and number.isdigit() else 0


def _head(client: HubClient, outbox: Outbox) -> Kept:
    """Ask for the latest epoch: one beyond ours was begun by another machine under our name."""
    kept = client.latest_head(outbox.till)
    if kept.epoch > outbox.epoch:
        raise JournalFork(seq=kept.seq)
    return kept if kept.epoch == outbox.epoch else client.head(outbox.till, outbox.epoch)


def _cut(entries: Sequence[JournalEntry]) -> Sequence[JournalEntry]:
    total = 0
    for index, entry in enumerate(entries):
        total += len(entry.body)
        if index and total > BATCH_MAX_BYTES:
            return entries[:index]
    return entries


def _send(client: HubClient, batch: Sequence[JournalEntry]) -> Kept | Gap:
    try:
        return client.send(batch)
    except HubRefused as refused:
        # An entry damaged on this disk must not hold back the true ones before it.
        damaged = refused.facts["seq"]
        assert isinstance(damaged, int)
        true = [entry for entry in batch if entry.seq < damaged]
        if refused.facts["code"] != "bad_hash" or not true:
            raise
        return client.send(true)


def _step_back(gap: Gap, batch: Sequence[JournalEntry], outbox: Outbox) -> None:
    if not 1 <= gap.send_from < batch[0].seq:
        raise HubRefused(status=409, code="gap", text=f"send from {gap.send_from}", seq=gap.send_from, retry_after_s=0)
    outbox.rewind(gap.epoch, gap.send_from)


def _believe(kept: Kept, batch: Sequence[JournalEntry], outbox: Outbox, clock: Clock) -> None:
    last = batch[-1]
    if kept.epoch != last.epoch or kept.seq < batch[0].seq:
        raise HubRefused(status=200, code="no_such_ack", text=str(kept), seq=kept.seq, retry_after_s=0)
    own = outbox.entry_hash(kept.epoch, kept.seq)
    if own is None and kept.epoch < outbox.epoch:
        # This till was restored from a copy that ends here; the hub has compared all of it and has more.
        outbox.acknowledge(last.epoch, last.seq, clock.now())
    elif own != kept.hash:
        raise JournalFork(seq=kept.seq)
    else:
        outbox.acknowledge(kept.epoch, kept.seq, clock.now())


def _compare(kept: Kept, outbox: Outbox, clock: Clock) -> None:
    if kept.epoch != outbox.epoch:
        raise HubRefused(status=200, code="no_such_ack", text=str(kept), seq=kept.seq, retry_after_s=0)
    own = GENESIS if kept.seq == 0 else outbox.entry_hash(kept.epoch, kept.seq)
    if own != kept.hash:
        raise JournalFork(seq=kept.seq)
    if kept.seq < outbox.acknowledged(kept.epoch):
        outbox.rewind(kept.epoch, kept.seq + 1)
    elif kept.seq > outbox.acknowledged(kept.epoch):
        outbox.acknowledge(kept.epoch, kept.seq, clock.now())
