"""Chain: many copies of one till's entries made into one journal again, and what did not fit into it.

An entry is known by its hash, so copies of the same entry are one. From the first entry of an epoch the chain goes on
with what names the last one as the entry before; where two do, a fork, the hub's goes on, because others have seen it.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pos.domain.entry import GENESIS, JournalEntry


@dataclass(frozen=True, slots=True)
class HubCopy:
    """What the hub says of one till.

    Attributes:
        heads: how far each epoch is kept: its last seq and that entry's hash.
        entries: all of them, as the hub gave them; none is believed before it was checked.
        forks: epoch and seq of what the hub keeps beside the journal because it contradicts it.
    """

    heads: Mapping[int, tuple[int, str]] = field(default_factory=dict)
    entries: Sequence[JournalEntry] = ()
    forks: Sequence[tuple[int, int]] = ()

    @property
    def latest_epoch(self) -> int:
        """The last epoch anything is kept of; 0 when there is nothing."""
        return max((epoch for epoch, (seq, _) in self.heads.items() if seq), default=0)


@dataclass(frozen=True, slots=True)
class Merged:
    """One journal out of many copies.

    Attributes:
        epochs: of each epoch the whole entries from seq 1 on, without a hole.
        loose: whole entries that are no part of those: behind a hole, or of the other branch of a fork.
    """

    epochs: Mapping[int, Sequence[JournalEntry]]
    loose: Sequence[JournalEntry]

    @property
    def entries(self) -> list[JournalEntry]:
        """All entries on the chains, in order."""
        return [entry for epoch in sorted(self.epochs) for entry in self.epochs[epoch]]


def is_true(entry: JournalEntry) -> bool:
    """Whether an entry's hash is its content's; what no journal ever held is not true either."""
    try:
        return entry.hash == entry.content_hash()
    except (ValueError, TypeError):
        return False


def merge(hub: Iterable[JournalEntry], others: Iterable[JournalEntry]) -> Merged:
    """Make one journal of every true entry; of a fork the hub's branch goes on, else the longer one."""
    preferred = {entry.hash: entry for entry in hub if is_true(entry)}
    known = {entry.hash: entry for entry in others if is_true(entry)} | preferred
    after: dict[tuple[int, int, str], list[JournalEntry]] = defaultdict(list)
    for entry in known.values():
        after[entry.epoch, entry.seq, entry.prev].append(entry)
    lengths = _lengths(known.values(), after)

    def rank(entry: JournalEntry) -> tuple[bool, int, str]:
        return entry.hash in preferred, lengths[entry.hash], entry.hash

    epochs = {}
    for epoch in sorted({entry.epoch for entry in known.values()}):
        chain: list[JournalEntry] = []
        while next_ones := after.get((epoch, len(chain) + 1, chain[-1].hash if chain else GENESIS)):
            chain.append(max(next_ones, key=rank))
        epochs[epoch] = chain
    on_chain = {entry.hash for chain in epochs.values() for entry in chain}
    loose = sorted((each for each in known.values() if each.hash not in on_chain), key=_order)
    return Merged(epochs, loose)


def _order(entry: JournalEntry) -> tuple[int, int, str]:
    return entry.epoch, entry.seq, entry.hash


def _lengths(
    entries: Iterable[JournalEntry], after: Mapping[tuple[int, int, str], Sequence[JournalEntry]]
) -> dict[str, int]:
    """Return for each entry how many follow it on its longest way, itself included."""
    lengths: dict[str, int] = {}
    for entry in sorted(entries, key=_order, reverse=True):
        followers = after.get((entry.epoch, entry.seq + 1, entry.hash), ())
        lengths[entry.hash] = 1 + max((lengths[each.hash] for each in followers), default=0)
    return lengths
