"""Whatever copies there are, the journal made of them is whole, keeps the hub's branch, and forgets nothing true."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.chain import is_true, merge
from pos.domain.entry import GENESIS, JournalEntry
from tests.unit.hub.kit import chain, sale_body

TRUNK = chain([("sale.completed", sale_body(number)) for number in range(1, 9)])
OTHER = chain([("sale.completed", sale_body(number)) for number in range(91, 97)], after=TRUNK[3])
LATER = chain([("sale.completed", sale_body(number)) for number in range(51, 54)], epoch=2)
ALL = [*TRUNK, *OTHER, *LATER]


def seqs(entries: list[JournalEntry]) -> list[int]:
    return [entry.seq for entry in entries]


@given(hub=st.sets(st.sampled_from(range(len(ALL)))), others=st.sets(st.sampled_from(range(len(ALL)))))
def test_chains_are_whole_and_nothing_true_is_forgotten(hub: set[int], others: set[int]) -> None:
    merged = merge([ALL[each] for each in hub], [ALL[each] for each in others])
    for entries in merged.epochs.values():
        assert seqs(list(entries)) == list(range(1, len(entries) + 1))
        for prev, entry in zip([GENESIS, *(each.hash for each in entries)], entries, strict=False):
            assert entry.follows(prev)
    told = [*merged.entries, *merged.loose]
    assert len({each.hash for each in told}) == len(told) == len(hub | others)


def test_of_a_fork_the_hubs_branch_goes_on_and_else_the_longer_one() -> None:
    assert merge(TRUNK[:5], ALL).epochs[1] == TRUNK
    assert merge(OTHER[:1], ALL).epochs[1] == [*TRUNK[:4], *OTHER]
    assert merge([], ALL).epochs[1] == [*TRUNK[:4], *OTHER]  # ten entries against eight
    assert merge(TRUNK[:5], ALL).loose == OTHER


def test_behind_a_hole_entries_are_loose() -> None:
    merged = merge([], [*TRUNK[:2], *TRUNK[4:]])
    assert (merged.epochs[1], merged.loose) == (TRUNK[:2], TRUNK[4:])


def test_what_is_not_true_by_its_own_hash_is_no_entry() -> None:
    edited = replace(TRUNK[1], body=b"{}")
    beyond = replace(TRUNK[1], seq=2**60)
    assert not is_true(edited)
    assert not is_true(beyond)
    assert merge([edited, beyond], [TRUNK[0]]).entries == [TRUNK[0]]
