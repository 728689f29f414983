"""The hub opens what is its own and refuses the rest in words."""

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, text, update

from pos.domain.errors import HubDatabaseUnusable, SchemaTooNew
from pos.hub import schema
from pos.hub.database import insert_new, open_engine, reading, writing


def test_opening_twice_keeps_what_is_there(database_url: str) -> None:
    for _ in range(2):
        engine = open_engine(database_url)
        with writing(engine) as connection:
            insert_new(connection, schema.imports, [{"last_cursor": 1, "token": "t", "imported_at": "x"}])
        engine.dispose()
    engine = open_engine(database_url)
    with reading(engine) as connection:
        assert connection.execute(select(schema.imports)).all() == [(1, "t", "x")]
        assert connection.scalar(select(schema.hub.c.version)) == schema.VERSION
    engine.dispose()


def test_a_database_of_a_newer_hub_is_refused(database_url: str) -> None:
    engine = open_engine(database_url)
    with writing(engine) as connection:
        connection.execute(update(schema.hub).values(version=schema.VERSION + 1))
    engine.dispose()
    with pytest.raises(SchemaTooNew) as found:
        open_engine(database_url)
    assert found.value.facts["found"] == schema.VERSION + 1


@pytest.mark.parametrize(
    "url",
    ["", "nonsense", "sqlite://", "mysql://root@localhost/x", "sqlite:////no/such/folder/hub.db", "postgresql://localhost/x",
     "postgresql+psycopg://u:secret@127.0.0.1:1/x"],
)  # fmt: skip
def test_a_url_that_leads_nowhere_is_told_without_its_password(url: str) -> None:
    with pytest.raises(HubDatabaseUnusable) as found:
        open_engine(url)
    assert "secret" not in str(found.value)


def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "hub.db").write_text("not a database at all, but long enough to be looked at\n" * 200)
    with pytest.raises(HubDatabaseUnusable):
        open_engine(f"sqlite:///{tmp_path / 'hub.db'}")


def test_an_acknowledged_commit_is_on_the_disk(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"


def test_a_writer_that_fails_leaves_nothing(engine: Engine) -> None:
    row = {"last_cursor": 1, "token": "t", "imported_at": "x"}

    def fail_halfway() -> None:
        with writing(engine) as connection:
            insert_new(connection, schema.imports, [row])
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_halfway()
    with reading(engine) as connection:
        assert connection.execute(select(schema.imports)).all() == []


def test_a_reader_sees_one_state(engine: Engine) -> None:
    with reading(engine) as connection:
        before = connection.execute(select(schema.imports)).all()
        with writing(engine) as other:
            insert_new(other, schema.imports, [{"last_cursor": 1, "token": "t", "imported_at": "x"}])
        assert connection.execute(select(schema.imports)).all() == before == []


def test_columns_keep_their_kind_on_sqlite(sqlite_engine: Engine) -> None:
    with sqlite_engine.connect() as connection:
        kinds = connection.execute(text("SELECT name, strict FROM pragma_table_list WHERE schema = 'main'")).all()
    ours = {name: strict for name, strict in kinds if not name.startswith("sqlite_")}
    assert ours == dict.fromkeys(schema.metadata.tables, 1)


def test_what_belongs_to_a_till_starts_with_its_store_and_till() -> None:
    shared = {"hub", "products", "barcodes", "imports", "devices", "enrolments", "packs"}
    of_a_store = {"suspended", "rules"}  # any till of the store may take them
    for name, table in schema.metadata.tables.items():
        if name not in shared | of_a_store:
            assert [column.name for column in table.primary_key.columns][:2] == ["store", "till"], name


def test_only_one_sqlite_library_is_loaded() -> None:
    program = "import sys, pos.hub.app; print([name for name in sys.modules if name in ('sqlite3', '_sqlite3')])"
    found = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3]
    )
    assert found.stdout == "[]\n"
