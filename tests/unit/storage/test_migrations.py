"""A step is taken once, whole or not at all."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pos.domain.errors import SchemaTooNew
from pos.storage import migrations, staff
from pos.storage.database import open_database
from pos.storage.migrations import TILL_FILE, statements, till_steps

TOYS = 7
Step = Callable[[Database], None]


def make_shelf(db: Database) -> None:
    """A first step."""
    db.execute("CREATE TABLE shelf (toy TEXT) STRICT")


def put_the_bear(db: Database) -> None:
    """A second one."""
    db.execute("INSERT INTO shelf VALUES ('bear')")


def stumble(db: Database) -> None:
    """A step that fails halfway."""
    db.execute("CREATE TABLE half (a TEXT) STRICT")
    db.execute("INSERT INTO shelf VALUES ('half')")
    raise LookupError


def open_toys(path: Path, *steps: Step) -> list[str]:
    """Open a file by these steps and return the toys in it."""
    known = Migrations("toys")
    for step in steps:
        known()(step)
    with closing(open_database(path, known, application_id=TOYS).conn) as connection:
        return [row[0] for row in connection.execute("SELECT toy FROM shelf")]


def user_version(path: Path) -> int:
    """The version in a file's head."""
    return int.from_bytes(path.read_bytes()[60:64], "big")


def test_each_step_is_taken_once(tmp_path: Path) -> None:
    path = tmp_path / "toys.db"
    assert open_toys(path, make_shelf) == []
    assert user_version(path) == 1
    assert open_toys(path, make_shelf, put_the_bear) == ["bear"]
    assert open_toys(path, make_shelf, put_the_bear) == ["bear"]
    assert user_version(path) == 2


def test_an_older_program_refuses_the_file_a_newer_one_took_further(tmp_path: Path) -> None:
    path = tmp_path / "toys.db"
    open_toys(path, make_shelf, put_the_bear)
    before = path.read_bytes()
    with pytest.raises(SchemaTooNew):
        open_toys(path, make_shelf)
    assert path.read_bytes() == before


@pytest.mark.parametrize("steps", [(put_the_bear, stumble), (stumble,)])
def test_a_step_that_fails_takes_back_all_that_came_with_it(tmp_path: Path, steps: tuple[Step, ...]) -> None:
    path = tmp_path / "toys.db"
    open_toys(path, make_shelf)
    with pytest.raises(LookupError):
        open_toys(path, make_shelf, *steps)
    assert user_version(path) == 1
    assert open_toys(path, make_shelf) == []
    assert open_toys(path, make_shelf, put_the_bear) == ["bear"]


def test_a_first_step_that_fails_leaves_a_file_that_can_begin_again(tmp_path: Path) -> None:
    path = tmp_path / "toys.db"
    with pytest.raises(LookupError):
        open_toys(path, make_shelf, stumble)
    assert open_toys(path, make_shelf) == []


def test_a_script_is_cut_into_its_statements_and_triggers_stay_whole() -> None:
    script = """
CREATE TABLE a (
    b TEXT
) STRICT;
CREATE TRIGGER c BEFORE DELETE ON a
BEGIN SELECT RAISE(ABORT, 'no; never'); END;
CREATE TRIGGER d BEFORE UPDATE ON a
BEGIN
    SELECT 1;
END;
CREATE INDEX e ON a (b);
"""
    assert [each.split()[1:3] for each in statements(script)] == [
        ["TABLE", "a"],
        ["TRIGGER", "c"],
        ["TRIGGER", "d"],
        ["INDEX", "e"],
    ]


def test_the_tills_own_script_loses_nothing_when_it_is_cut() -> None:
    script = migrations._JOURNAL + migrations._PROJECTIONS + migrations._COUNTER
    assert script.count("CREATE ") == len(statements(script))


def test_sales_made_before_epochs_had_receipts_of_their_own_stay_as_they_were(tmp_path: Path) -> None:
    path, older = tmp_path / "till.db", Migrations("till")
    for step in (migrations.journal_sales_and_counter, migrations.ways_to_pay_and_refunds):
        older()(step)
    with closing(open_database(path, older, application_id=migrations.TILL_FILE).conn) as db:
        for number in (2, 1):  # the order they were rung up in is not that of their ids
            db.execute(
                "INSERT INTO sales VALUES (?,?,?,?,?,?,?,?)",
                [f"s{number}", f"0017-03-20261123-000{number}", number, "2026-11-23", "h", "1001", "t", 250],
            )
            db.execute("INSERT INTO sale_lines VALUES (?,1,'sku','','水',1,'piece',250,250,'13',130)", [f"s{number}"])
            db.execute("INSERT INTO tenders VALUES (?,1,'cash',250,300,'','','')", [f"s{number}"])
            db.execute(
                "INSERT INTO journal VALUES (1,?,?,'t','sale.completed',1,?,'p',?)",
                [number, f"i{number}", f'{{"sale_id":"s{number}"}}'.encode(), f"hash-{number}"],
            )
    with closing(open_database(path, migrations.till_steps, application_id=migrations.TILL_FILE).conn) as db:
        assert db.execute("SELECT id, epoch, counter, entry_hash FROM sales ORDER BY rowid").fetchall() == [
            ("s2", 1, 2, "hash-2"),
            ("s1", 1, 1, "hash-1"),
        ]
        for table in ("sale_lines", "tenders"):
            assert {row[0] for row in db.execute(f"SELECT sale_id FROM {table}")} == {"s1", "s2"}
        assert db.execute("PRAGMA foreign_key_check").fetchall() == []
        with pytest.raises(sqlite.IntegrityError):  # the children still hang on their sale
            db.execute("DELETE FROM sales")


def test_wrong_pins_that_were_counted_before_are_still_counted_and_people_still_known(tmp_path: Path) -> None:
    """A file of version 3: Lin was one wrong PIN from a pause, Wang in a pause of half an hour."""
    path = tmp_path / "till.db"
    known = Migrations("till")
    for step in (migrations.journal_sales_and_counter, migrations.ways_to_pay_and_refunds,
                 migrations.signatures_of_entries):  # fmt: skip
        known()(step)
    with closing(open_database(path, known, application_id=TILL_FILE).conn) as old:
        old.execute("INSERT INTO staff VALUES ('1001', '林', 'cashier', '$argon2id$lin', 4, '')")
        old.execute(
            "INSERT INTO staff VALUES ('1002', '王', 'manager', '$argon2id$wang', 10, '2026-11-23T02:30:00.000Z')"
        )
        old.execute("INSERT INTO staff VALUES ('1003', '赵', 'cashier', '$argon2id$zhao', 0, '')")
    db = open_database(path, till_steps, application_id=TILL_FILE)
    with closing(db.conn):
        assert [row.cashier.number for row in staff.list_staff(db)] == ["1001", "1002", "1003"]
        left = [staff.find_tries(db, number).at(5_000).left(5) for number in ("1001", "1002", "1003")]
        assert left == [1, 0, 5]


def test_what_was_sold_by_day_before_there_were_weeks_is_added_up_by_week(tmp_path: Path) -> None:
    """22 November 2026 is a Sunday."""
    path, older = tmp_path / "till.db", Migrations("till")
    for step in (
        each.fn for each in till_steps.pending(Database(sqlite.connect(":memory:"))) if each.name != "weeks_of_goods"
    ):
        older()(step)
    with closing(open_database(path, older, application_id=TILL_FILE).conn) as db:
        for day, sku, quantity, fen in (
            ("2026-11-16", "water", 1, 250), ("2026-11-22", "water", 2, 500), ("2026-11-23", "water", 4, 1000),
            ("2026-11-23", "tea", -1, -300),
        ):  # fmt: skip
            db.execute("INSERT INTO goods_days VALUES (?,?,?,?)", [day, sku, quantity, fen])
    with closing(open_database(path, till_steps, application_id=TILL_FILE).conn) as db:
        assert db.execute("SELECT * FROM goods_weeks ORDER BY monday, sku DESC").fetchall() == [
            ("2026-11-16", "water", 3, 750),
            ("2026-11-23", "water", 4, 1000),
            ("2026-11-23", "tea", -1, -300),
        ]
