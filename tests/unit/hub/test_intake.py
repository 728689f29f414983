"""Each true entry exactly once, on SQLite and on PostgreSQL."""

import threading
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, delete, select

from pos.domain.entry import GENESIS
from pos.hub import schema
from pos.hub.database import reading, writing
from pos.hub.intake import Fork, Gap, Kept, TillName, first_out_of_order, first_untrue, head_of, take
from tests.unit.hub.kit import NOW, TILL, chain, dump, sale_body, sales

EVERYTHING = [schema.till_heads, schema.entries, schema.forks, *schema.PROJECTED]


def heads(engine: Engine, till: str = TILL, epoch: int | None = None) -> Kept:
    with reading(engine) as connection:
        return head_of(connection, TillName.parse(till), epoch)


def kept_seqs(engine: Engine, till: str = TILL, epoch: int = 1) -> list[int]:
    with reading(engine) as connection:
        query = select(schema.entries.c.seq).filter_by(**TillName.parse(till).key, epoch=epoch)
        return list(connection.scalars(query.order_by(schema.entries.c.seq)))


def forked(engine: Engine) -> list[tuple[int, str]]:
    with reading(engine) as connection:
        return list(connection.execute(select(schema.forks.c.seq, schema.forks.c.hash).order_by(schema.forks.c.seq)))


def test_a_till_never_heard_of_has_nothing(engine: Engine) -> None:
    assert heads(engine) == Kept(1, 0, GENESIS)
    assert heads(engine, epoch=4) == Kept(4, 0, GENESIS)


def test_a_batch_is_kept_to_the_byte(engine: Engine) -> None:
    journal = chain([("sale.completed", sale_body(1)), ("note.written", {"text": "“引号” \\ \n \u0000 🛒"})])
    assert take(engine, journal, NOW) == Kept(1, 2, journal[1].hash)
    with reading(engine) as connection:
        rows = connection.execute(select(schema.entries).order_by(schema.entries.c.seq)).mappings().all()
    assert [row["body"] for row in rows] == [entry.body for entry in journal]
    assert [(row["store"], row["till"], row["at"], row["hash"]) for row in rows] == [
        ("0017", "03", entry.at, entry.hash) for entry in journal
    ]
    assert heads(engine) == Kept(1, 2, journal[1].hash)


def test_the_same_batch_again_changes_nothing(engine: Engine) -> None:
    journal = sales(5)
    first = take(engine, journal, NOW)
    before = dump(engine, *EVERYTHING, without=())
    assert take(engine, journal, "2031-01-01T00:00:00.000Z") == first
    assert dump(engine, *EVERYTHING, without=()) == before


def test_an_old_batch_again_is_answered_with_the_latest_head(engine: Engine) -> None:
    journal = sales(6)
    take(engine, journal, NOW)
    assert take(engine, journal[:2], NOW) == Kept(1, 6, journal[5].hash)


def test_a_batch_that_overlaps_adds_only_what_is_new(engine: Engine) -> None:
    journal = sales(6)
    take(engine, journal[:4], NOW)
    assert take(engine, journal[2:], NOW) == Kept(1, 6, journal[5].hash)
    assert kept_seqs(engine) == [1, 2, 3, 4, 5, 6]


def test_a_gap_takes_nothing_and_says_where_to_go_on(engine: Engine) -> None:
    journal = sales(8)
    assert take(engine, journal[3:], NOW) == Gap(1, 1)
    take(engine, journal[:2], NOW)
    assert take(engine, journal[4:], NOW) == Gap(1, 3)
    assert kept_seqs(engine) == [1, 2]


def test_another_entry_under_a_kept_number_is_a_fork_and_both_stay(engine: Engine) -> None:
    journal = sales(3)
    take(engine, journal, NOW)
    other = chain([("sale.completed", sale_body(77)), ("sale.completed", sale_body(78))], after=journal[1])
    assert take(engine, other, NOW) == Fork(1, 3)
    assert kept_seqs(engine) == [1, 2, 3]
    assert forked(engine) == [(3, other[0].hash), (4, other[1].hash)]
    assert heads(engine) == Kept(1, 3, journal[2].hash)


def test_a_fork_told_twice_is_kept_once(engine: Engine) -> None:
    take(engine, sales(2), NOW)
    other = sales(2, first=50)
    assert [take(engine, other, NOW) for _ in range(2)] == [Fork(1, 1)] * 2
    assert len(forked(engine)) == 2


def test_an_entry_on_another_chain_is_a_fork(engine: Engine) -> None:
    take(engine, sales(2), NOW)
    stray = sales(3, first=50)[2:]
    assert take(engine, stray, NOW) == Fork(1, 3)
    assert kept_seqs(engine) == [1, 2]
    assert forked(engine) == [(3, stray[0].hash)]


def test_what_is_true_before_a_fork_is_kept(engine: Engine) -> None:
    journal = sales(4)
    stray = sales(5, first=50)[4]
    assert take(engine, [*journal, stray], NOW) == Fork(1, 5)
    assert heads(engine) == Kept(1, 4, journal[3].hash)
    assert forked(engine) == [(5, stray.hash)]


def test_a_first_entry_that_names_one_before_it_is_a_fork(engine: Engine) -> None:
    odd = replace(sales(1)[0], prev="ab" * 32).sealed()
    assert take(engine, [odd], NOW) == Fork(1, 1)
    assert kept_seqs(engine) == []


def test_a_new_epoch_starts_at_one_and_leaves_the_old_one_alone(engine: Engine) -> None:
    old, new = sales(3), sales(2, epoch=2, first=10)
    take(engine, old, NOW)
    assert take(engine, new[1:], NOW) == Gap(2, 1)
    assert take(engine, new, NOW) == Kept(2, 2, new[1].hash)
    assert heads(engine) == Kept(2, 2, new[1].hash)
    assert heads(engine, epoch=1) == Kept(1, 3, old[2].hash)
    assert take(engine, old, NOW) == Kept(1, 3, old[2].hash)


def test_two_tills_do_not_see_each_other(engine: Engine) -> None:
    take(engine, sales(3, till="0017-03"), NOW)
    take(engine, sales(2, till="0017-04"), NOW)
    take(engine, sales(1, till="0018-03"), NOW)
    assert [heads(engine, till).seq for till in ("0017-03", "0017-04", "0018-03")] == [3, 2, 1]


def test_a_row_removed_behind_our_back_is_noticed(engine: Engine) -> None:
    journal = sales(4)
    take(engine, journal, NOW)
    with writing(engine) as connection:
        connection.execute(delete(schema.entries).where(schema.entries.c.seq == 2))
    assert take(engine, journal, NOW) == Fork(1, 2)


def test_two_clients_with_one_batch_at_the_same_moment_count_once(engine: Engine) -> None:
    journal = sales(40)
    start = threading.Barrier(4)
    outcomes: list[Kept | Gap | Fork] = []

    def send() -> None:
        start.wait()
        for first in range(0, 40, 10):
            outcomes.append(take(engine, journal[first : first + 10], NOW))  # noqa: PERF401  (one at a time)

    threads = [threading.Thread(target=send) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == 16
    assert all(isinstance(outcome, Kept) for outcome in outcomes)
    assert kept_seqs(engine) == list(range(1, 41))
    assert len(dump(engine, schema.sales)[0]) == 40


def test_the_first_entry_that_is_not_true_is_named() -> None:
    journal = sales(3)
    assert first_untrue(journal) is None
    assert first_untrue([journal[0], replace(journal[1], body=b"{}"), replace(journal[2], at="x")]) == 2
    assert first_untrue([replace(entry, till="0017-04") for entry in journal]) == 1


def test_the_first_entry_out_of_order_is_named() -> None:
    journal = sales(4)
    assert first_out_of_order(journal) is None
    assert first_out_of_order([journal[0], journal[2]]) == 3
    assert first_out_of_order([journal[1], journal[0]]) == 1
    assert first_out_of_order([journal[0], replace(journal[1], epoch=2)]) == 2


MIXED = chain(
    [("shift.opened", {"shift_id": "s"})]
    + [("sale.completed", sale_body(number)) for number in range(1, 9)]
    + [("sale.completed", sale_body(9, total_fen=1)), ("sale.completed", sale_body(3)), ("drone.flown", {"x": 1})]
)
Pieces = Sequence[tuple[int, int]]


def deliver(engine: Engine, pieces: Pieces) -> None:
    """Send pieces of the journal in this order, and then what is still wanted, as a till would."""
    for first, last in pieces:
        take(engine, MIXED[first:last], NOW)
    outcome = take(engine, MIXED[-1:], NOW)
    while isinstance(outcome, Gap):
        take(engine, MIXED[outcome.send_from - 1 :][:3], NOW)
        outcome = take(engine, MIXED[-1:], NOW)


def empty(engine: Engine) -> None:
    with writing(engine) as connection:
        for table in EVERYTHING:
            connection.execute(delete(table))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    pieces=st.lists(
        st.tuples(st.integers(0, len(MIXED) - 1), st.integers(1, 6)).map(lambda cut: (cut[0], cut[0] + cut[1])),
        max_size=12,
    )
)
def test_any_cutting_order_and_repetition_gives_one_hub(engine: Engine, pieces: Pieces) -> None:
    empty(engine)
    take(engine, MIXED, NOW)
    whole = dump(engine, *EVERYTHING)
    empty(engine)
    deliver(engine, pieces)
    assert dump(engine, *EVERYTHING) == whole
    # Nine sales were sent twice or wrong: eight add up, three entries are parked, none is lost.
    assert [len(rows) for rows in whole[:5]] == [1, 12, 0, 3, 8]


@pytest.mark.parametrize("name", ["0017-03", "A-9", "0123456789abcdef-XYZ"])
def test_a_till_name_reads_back(name: str) -> None:
    assert str(TillName.parse(name)) == name
