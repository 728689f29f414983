"""What lay off the chains is told again in the new epoch: each once, however often a till is made again."""

from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest

from pos.clock import RandomIds
from pos.domain.chain import HubCopy, merge
from pos.domain.entry import JournalEntry
from pos.domain.errors import RebuildImpossible
from pos.storage import daybook, journal, projections
from pos.storage.database import open_database, open_reader, transaction
from pos.storage.journal import Identity
from pos.storage.migrations import TILL_FILE, till_steps
from pos.storage.remake import Remade, Remains, remake
from pos.storage.self_check import check_all, check_recent
from tests.unit.hub.kit import NOON, NOW, TILL, chain, refund_body, sale_body
from tests.unit.hub.test_returns import return_body

LATER = "2026-11-23T05:00:00.000Z"
TRUNK = chain([("sale.completed", sale_body(1)), ("sale.completed", sale_body(2))])
AGAIN = chain([("sale.completed", sale_body(2, completed_at=LATER))], after=TRUNK[0])
"""A cart that was restored with an old image, and sold a second time under the same ids and numbers."""

VOIDED = {"business_day": "2026-11-23", "cashier": "1001", "sale_id": "c", "lines": 1, "total_fen": 500}

Row = tuple[str, str, int]


def made(path: Path, epoch: int, hub: Sequence[JournalEntry], others: Sequence[JournalEntry]) -> Remade:
    """Make a file again of what the hub and others hold."""
    remains = Remains(merge(hub, others), HubCopy({1: (len(hub), hub[-1].hash)}) if hub else None, {})
    return remake(path, Identity("0017", "03", epoch), remains, NOON, RandomIds())


def read(path: Path) -> tuple[list[JournalEntry], list[Row]]:
    """The entries and the sales of a file."""
    with closing(open_reader(path, till_steps, application_id=TILL_FILE)) as db:
        entries = [each for epoch in journal.epochs(db) for each in journal.entries(db, TILL, epoch)]
        rows = db.execute("SELECT receipt_no, completed_at, epoch FROM sales ORDER BY rowid").fetchall()
    return entries, rows


def test_a_cart_sold_on_both_branches_is_two_sales_and_stays_two(tmp_path: Path) -> None:
    assert made(tmp_path / "2.db", 2, TRUNK, AGAIN).adopted == 1
    entries, rows = read(tmp_path / "2.db")
    assert [row[0] for row in rows] == ["0017-03-20261123-0001", "0017-03-20261123-0002", "0017-03-20261123-2-0001"]
    assert rows[2][1:] == (LATER, 2)
    assert entries[-1].facts["printed_receipt_no"] == "0017-03-20261123-0002"
    assert entries[-1].facts["adopted"] == AGAIN[0].hash
    assert entries[-1].facts["sale_id"] != "sale-2"

    assert made(tmp_path / "3.db", 3, entries, AGAIN).adopted == 0
    assert read(tmp_path / "3.db")[1] == rows


def test_the_same_sale_on_both_branches_is_one(tmp_path: Path) -> None:
    edited = chain([("sale.completed", sale_body(2, cashier="1002"))], after=TRUNK[0])
    assert made(tmp_path / "2.db", 2, TRUNK, edited).adopted == 0
    assert len(read(tmp_path / "2.db")[1]) == 2


def test_a_step_that_is_no_further_on_is_not_told_again(tmp_path: Path) -> None:
    done = chain([("refund.started", refund_body(1, state="sent")), ("refund.done", refund_body(1))])
    behind_a_hole = chain([("sale.completed", sale_body(9)), ("refund.started", refund_body(1, state="sent")),
                           ("refund.done", refund_body(2))], after=done[1])[1:]  # fmt: skip
    assert made(tmp_path / "2.db", 2, done, behind_a_hole).adopted == 1
    with closing(open_reader(tmp_path / "2.db", till_steps, application_id=TILL_FILE)) as db:
        assert db.execute("SELECT id, state FROM refunds ORDER BY id").fetchall() == [
            ("refund-1", "done"),
            ("refund-2", "done"),
        ]
        assert db.execute("SELECT count FROM totals WHERE kind = 'refund'").fetchall() == [(2,)]


def test_what_was_told_again_and_is_found_on_a_chain_later_happened_once(tmp_path: Path) -> None:
    """The second copy had a hole, and the hub could not be asked: at the second rebuild it can."""
    whole = chain([("sale.completed", sale_body(number)) for number in (1, 2, 3)])
    assert made(tmp_path / "2.db", 2, [], [whole[0], whole[2]]).adopted == 1
    entries, rows = read(tmp_path / "2.db")
    assert [row[0][-4:] for row in rows] == ["0001", "0003"]

    assert made(tmp_path / "3.db", 3, whole, entries).adopted == 0
    both, rows = read(tmp_path / "3.db")
    assert [row[0][-4:] for row in rows] == ["0001", "0002", "0003"]
    assert {each.hash for each in (*whole, *entries)} <= {each.hash for each in both}
    fresh = open_database(tmp_path / "fresh.db", till_steps, application_id=TILL_FILE)
    with closing(fresh), closing(open_reader(tmp_path / "3.db", till_steps, application_id=TILL_FILE)) as db:
        assert list(projections.differences(db, TILL, fresh)) == []


def test_what_the_hub_has_is_noted_as_sent(tmp_path: Path) -> None:
    made(tmp_path / "2.db", 2, TRUNK[:1], TRUNK)
    with closing(open_reader(tmp_path / "2.db", till_steps, application_id=TILL_FILE)) as db:
        assert journal.acknowledgements(db) == [(1, 1, TRUNK[0].hash)]
        assert journal.unsent(db, 2).count == 2  # the second sale, and that an epoch was begun


def test_entries_that_contradict_each_other_are_named(tmp_path: Path) -> None:
    twice = chain([("sale.completed", sale_body(1)), ("sale.completed", sale_body(1))])
    with pytest.raises(RebuildImpossible) as refused:
        made(tmp_path / "2.db", 2, twice, [])
    assert "entry 1/2 (sale.completed)" in str(refused.value)


def test_goods_that_came_back_on_both_branches_under_one_number_came_back_twice(tmp_path: Path) -> None:
    trunk = chain([("sale.completed", sale_body(1)), ("return.completed", return_body(1))])
    again = chain([("return.completed", return_body(1, return_id="return-other"))], after=trunk[0])
    assert made(tmp_path / "2.db", 2, trunk, again).adopted == 1
    entries, _ = read(tmp_path / "2.db")
    told = entries[-1].facts
    assert (told["return_no"], told["printed_return_no"]) == ("0017-03-20261123-2-R0001", "0017-04-20261123-R0001")
    assert made(tmp_path / "3.db", 3, entries, again).adopted == 0
    assert made(tmp_path / "4.db", 2, trunk, chain([("return.completed", return_body(1))], after=trunk[0])).adopted == 0


def sold(path: Path) -> list[tuple[str, int, int]]:
    """Return (kind, count, fen) of the totals, and hold the file against its own journal in every way there is."""
    with closing(open_database(path, till_steps, application_id=TILL_FILE)) as db:
        identity = journal.find_identity(db)
        assert identity
        check_recent(db, identity)
        check_all(db, identity)
        fresh = open_database(path.with_name(f"fold-of-{path.name}"), till_steps, application_id=TILL_FILE)
        with closing(fresh):
            assert list(projections.differences(db, TILL, fresh)) == []
        rows = db.execute("SELECT kind, count, amount_fen FROM totals WHERE kind = 'sale'").fetchall()
        with transaction(db):
            db.execute("UPDATE daybook_fold SET fold = 0")
            daybook.catch_up(db, TILL)
            projections.rebuild(db, identity)
        book = db.execute("SELECT kind, count(*), sum(total_fen) FROM daybook GROUP BY kind").fetchall()
        assert book == rows
        return rows


def test_what_was_told_again_and_is_found_on_a_chain_after_all_is_added_up_once(tmp_path: Path) -> None:
    whole = chain([("sale.completed", sale_body(number)) for number in range(1, 6)])
    holed = [*whole[:2], *whole[3:]]
    assert made(tmp_path / "2.db", 2, [], holed).adopted == 2
    assert sold(tmp_path / "2.db") == [("sale", 4, 4 * 2200)]
    entries, _ = read(tmp_path / "2.db")
    assert made(tmp_path / "3.db", 3, whole, entries).adopted == 0
    assert len(read(tmp_path / "3.db")[0]) == len(entries) + 4  # all of it, and that another epoch began
    assert sold(tmp_path / "3.db") == [("sale", 5, 5 * 2200)]
    assert [row[0][-4:] for row in read(tmp_path / "3.db")[1]] == ["0001", "0002", "0003", "0004", "0005"]


def test_what_was_told_again_twice_is_added_up_once(tmp_path: Path) -> None:
    voided = chain([("sale.completed", sale_body(1)), ("cart.voided", VOIDED)])[1:]
    made(tmp_path / "2.db", 2, [], voided)
    second, _ = read(tmp_path / "2.db")
    assert made(tmp_path / "3.db", 3, [], second[1:]).adopted == 1  # its own copy lies behind a hole now
    third, _ = read(tmp_path / "3.db")
    assert {each.facts["adopted"] for each in third if each.kind == "cart.voided"} == {voided[0].hash}
    made(tmp_path / "4.db", 4, second, third)
    assert sold(tmp_path / "4.db") == []
    with closing(open_reader(tmp_path / "4.db", till_steps, application_id=TILL_FILE)) as db:
        assert db.execute("SELECT count, amount FROM tallies WHERE tally = 'void'").fetchall() == [(1, 500)]
        assert db.execute("SELECT count(*) FROM journal WHERE kind = 'cart.voided'").fetchall() == [(2,)]


def test_a_copy_of_a_copy_is_not_told_beside_the_first(tmp_path: Path) -> None:
    voided = chain([("sale.completed", sale_body(1)), ("cart.voided", VOIDED)])[1:]
    made(tmp_path / "2.db", 2, [], voided)
    second, _ = read(tmp_path / "2.db")
    assert made(tmp_path / "3.db", 3, [], [*voided, *second[1:]]).adopted == 1


def day_closed(day: str, number: int) -> tuple[str, dict[str, object]]:
    """A business day that was closed."""
    return "day.closed", {"business_day": day, "day_no": number, "closed_at": NOW, "cashier": "9001", "approver": "",
                          "figures": {}, "tenders": {}, "expected_fen": 0, "counted_fen": 0, "shifts": []}  # fmt: skip


def test_a_day_that_was_closed_on_the_other_branch_gets_the_next_number(tmp_path: Path) -> None:
    trunk = chain([("sale.completed", sale_body(1)), day_closed("2026-11-23", 1)])
    other = chain([day_closed("2026-11-23", 1), day_closed("2026-11-24", 2), day_closed("2026-11-25", 3)],
                  after=trunk[0])  # fmt: skip
    made(tmp_path / "2.db", 2, trunk, other[1:])
    with closing(open_reader(tmp_path / "2.db", till_steps, application_id=TILL_FILE)) as db:
        assert db.execute("SELECT business_day, day_no FROM day_closes ORDER BY 1").fetchall() == [
            ("2026-11-23", 1), ("2026-11-24", 2), ("2026-11-25", 3)]  # fmt: skip
    longer = chain([day_closed("2026-11-23", 1), day_closed("2026-11-22", 2)], after=trunk[0])
    made(tmp_path / "3.db", 2, longer, [*trunk, *other])
    with closing(open_reader(tmp_path / "3.db", till_steps, application_id=TILL_FILE)) as db:
        assert db.execute("SELECT business_day, day_no FROM day_closes ORDER BY day_no").fetchall() == [
            ("2026-11-23", 1), ("2026-11-22", 2), ("2026-11-24", 3), ("2026-11-25", 4)]  # fmt: skip
    assert [each.facts.get("printed_day_no") for each in read(tmp_path / "3.db")[0]][-2:] == [2, 3]
