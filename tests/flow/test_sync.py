"""Tills and a head office as real programs: killed, restored and cut off, nothing is lost and nothing counts twice."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import select

from pos.clock import SystemClock
from pos.domain.errors import HubUnreachable
from pos.hub import schema
from pos.hub.admission import Pace
from pos.hub.app import create_app
from pos.hub.database import open_engine, reading
from pos.hub.signatures import Gatekeeper
from pos.hub.totals import day_totals
from pos.storage import journal
from pos.sync import exchange
from pos.sync.client import HubClient
from pos.sync.exchange import push_once
from pos.sync.runner import Sync
from tests.unit.hub.devices import HUB_KEY, Signing, trust
from tests.unit.hub.fixtures import cluster, database_url, quick
from tests.unit.hub.kit import HubProcess, served
from tests.unit.sync.kit import TillDisk, drained

__all__ = ["cluster", "database_url", "quick"]

SALES = 120
TILLS = ("01", "02", "03")
SALE_FEN, CASH_FEN, ALIPAY_FEN = 2200, 700, 1500  # of each sale the kit makes

Row = tuple[int, bytes, str]


def open_till(tmp_path: Path, name: str) -> TillDisk:
    return TillDisk(tmp_path / name, till=name)


def sell(tmp_path: Path, name: str, count: int) -> None:
    disk = open_till(tmp_path, name)
    disk.sell(count)
    disk.close()


def made_by(tmp_path: Path, name: str) -> tuple[int, list[Row]]:
    """What a till believes is acknowledged, and its journal."""
    disk = open_till(tmp_path, name)
    rows = [(entry.seq, entry.body, entry.hash) for entry in journal.entries(disk.db, disk.identity.name, 1)]
    acked = disk.acked
    disk.close()
    return acked, rows


def kept_by(database_url: str, name: str) -> list[Row]:
    """What the hub keeps of a till's journal."""
    engine = open_engine(database_url)
    with reading(engine) as connection:
        columns = (schema.entries.c.seq, schema.entries.c.body, schema.entries.c.hash)
        query = select(*columns).filter_by(store="0017", till=name).order_by(schema.entries.c.seq)
        rows = [(seq, body, digest) for seq, body, digest in connection.execute(query)]
    engine.dispose()
    return rows


class Uploading(threading.Thread):
    """A till that sends its whole journal, however often the hub goes away."""

    def __init__(self, url: str, folder: Path, name: str) -> None:
        super().__init__()
        self._url, self._folder, self._name = url, folder, name
        self.steps = threading.Semaphore(0)
        self.is_done = False
        self.problems: set[str] = set()

    def run(self) -> None:
        never = threading.Event()
        disk = open_till(self._folder, self._name)
        with closing(disk), HubClient(self._url, disk.device, timeout_s=5) as client:
            sync = Sync(client, disk.outbox, disk.sink, SystemClock(), random=lambda: 0.05)
            for _ in range(5_000):
                pause_s = sync.step()
                self.steps.release()
                status = sync.status()
                self.problems.add(status.problem)
                if not status.unsent:
                    self.is_done = True
                    return
                never.wait(min(pause_s, 0.05))


def test_a_hub_killed_in_the_middle_of_a_storm_loses_and_doubles_nothing(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "BATCH_MAX", 4)
    for name in TILLS:
        sell(tmp_path, name, SALES)
    with HubProcess(database_url) as hub:
        tills = [Uploading(hub.url, tmp_path, name) for name in TILLS]
        for till in tills:
            till.start()
        for steps in (3, 8, 8):
            for till in tills * steps:
                assert till.steps.acquire(timeout=60)
            hub.kill()
            hub.start()
        for till in tills:
            till.join(timeout=120)
            assert till.is_done
        day = httpx.get(f"{hub.url}/v1/totals?day=2026-11-23", trust_env=False, auth=Signing("office")).json()
    assert [(each["till"], each["sales"], each["total_fen"]) for each in day["tills"]] == [
        (f"0017-{name}", SALES, SALES * SALE_FEN) for name in TILLS
    ]
    count = SALES * len(TILLS)
    assert day["tenders"] == {"alipay": count * ALIPAY_FEN, "cash": count * CASH_FEN}
    assert (day["parked"], day["forks"]) == (0, 0)
    for name in TILLS:
        assert made_by(tmp_path, name) == (SALES, kept_by(database_url, name))


def test_a_herd_of_tills_is_served_a_few_at_a_time(quick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "BATCH_MAX", 4)
    monkeypatch.setattr(Pace, "retry_after_s", lambda _pace: 0)
    names = [f"{number:02d}" for number in range(8)]
    for name in names:
        sell(quick, name, 20)
    engine = open_engine(f"sqlite:///{quick / 'hub.db'}")
    trust(engine, *[f"0017-{name}" for name in names])
    keeper = Gatekeeper(engine, SystemClock(), HUB_KEY)
    with served(create_app(engine, SystemClock(), in_flight_max=1, keeper=keeper)) as url:
        tills = [Uploading(url, quick, name) for name in names]
        for till in tills:
            till.start()
        for till in tills:
            till.join(timeout=120)
            assert till.is_done
    assert any("P-403" in till.problems for till in tills)  # some were told to come again
    assert day_totals(engine, "2026-11-23").sales == 8 * 20
    engine.dispose()


def test_a_hub_restored_from_an_older_copy_asks_for_the_rest(tmp_path: Path) -> None:
    disk, clock = open_till(tmp_path, "01"), SystemClock()
    disk.sell(SALES)
    path, copy = tmp_path / "hub.db", tmp_path / "copy.db"
    with HubProcess(f"sqlite:///{path}") as hub, HubClient(hub.url, disk.device) as client:
        push_once(client, disk.outbox, clock)
        with closing(sqlite.connect(path)) as live, closing(sqlite.connect(copy)) as backup:
            live.backup(backup)
        push_once(client, disk.outbox, clock)
        assert disk.acked == SALES
        hub.kill()
        for suffix in ("-wal", "-shm"):
            path.with_name(path.name + suffix).unlink(missing_ok=True)
        copy.replace(path)
        hub.start()
        assert client.head("0017-01", 1).seq == 100
        steps = drained(lambda: push_once(client, disk.outbox, clock))
    disk.close()
    assert steps == 2
    assert made_by(tmp_path, "01") == (SALES, kept_by(f"sqlite:///{path}", "01"))


class CutLine:
    """A way to the hub that breaks after so many bytes up or down, until it is made whole."""

    def __init__(self, hub_url: str) -> None:
        self._hub = httpx.URL(hub_url)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.up_bytes = self.down_bytes = WHOLE
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                till, _ = self._listener.accept()
            except OSError:
                return
            hub = socket.create_connection((self._hub.host, self._hub.port or 0))
            for ends, limit in (((till, hub), self.up_bytes), ((hub, till), self.down_bytes)):
                threading.Thread(target=_pour, args=(*ends, limit), daemon=True).start()


def _pour(source: socket.socket, target: socket.socket, limit: int) -> None:
    with contextlib.suppress(OSError):  # the other direction may have cut it already
        while limit > 0 and (part := source.recv(min(limit, 65_536))):
            target.sendall(part)
            limit -= len(part)
    for end in (source, target):
        with contextlib.suppress(OSError):
            end.shutdown(socket.SHUT_RDWR)
        end.close()


WHOLE = 1 << 40
CUTS = [(bytes_up, WHOLE) for bytes_up in (1, 40, 220, 300, 700, 1100)] + [
    (WHOLE, down) for down in (0, 1, 17, 120, 200)
]


@pytest.fixture(scope="module")
def standing_hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[HubProcess, str]]:
    database_url = f"sqlite:///{tmp_path_factory.mktemp('hub') / 'hub.db'}"
    names = [f"0017-{number:02d}" for number in range(len(CUTS))]
    with HubProcess(database_url, ["office", *names]) as hub:
        yield hub, database_url


@pytest.mark.parametrize("number", range(len(CUTS)))
def test_a_line_cut_at_any_byte_is_made_good(standing_hub: tuple[HubProcess, str], tmp_path: Path, number: int) -> None:
    hub, database_url = standing_hub
    name, clock = f"{number:02d}", SystemClock()
    disk = open_till(tmp_path, name)
    disk.sell(20)
    with closing(CutLine(hub.url)) as line, HubClient(line.url, disk.device, timeout_s=5) as client:
        line.up_bytes, line.down_bytes = CUTS[number]
        with pytest.raises(HubUnreachable):
            push_once(client, disk.outbox, clock)
        assert disk.acked == 0
        line.up_bytes = line.down_bytes = WHOLE
        disk.sell(1)
        assert drained(lambda: push_once(client, disk.outbox, clock)) == 1
    disk.close()
    assert made_by(tmp_path, name) == (21, kept_by(database_url, name))
    day = httpx.get(f"{hub.url}/v1/totals?day=2026-11-23", trust_env=False, auth=Signing("office")).json()
    assert [each["sales"] for each in day["tills"] if each["till"] == f"0017-{name}"] == [21]
