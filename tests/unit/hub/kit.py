"""Journals, a hub on loopback and a private PostgreSQL, for every test that needs a head office."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Self

import httpx
import psycopg
import uvicorn
from sqlalchemy import Engine, Table, select
from starlette.types import ASGIApp

from pos.clock import uuid7
from pos.domain.entry import GENESIS, JournalEntry, utc_text
from pos.hub.app import listen_on
from pos.hub.database import reading
from tests.unit.hub.devices import put_hub_key, trust_at

NOON = datetime(2026, 11, 23, 4, 0, tzinfo=UTC)  # twelve o'clock in the shop
NOW = utc_text(NOON)
TILL = "0017-03"
COLA = {
    "line_no": 1, "sku": "100001", "barcode": "6901234567892", "name": "可口可乐 330ml", "quantity": 2, "unit": "piece",
    "price_fen": 350, "amount_fen": 700, "tax_code": "13", "tax_permille": 130,
}  # fmt: skip
APPLES = {
    "line_no": 2, "sku": "200001", "barcode": "", "name": "红富士苹果", "quantity": 1250, "unit": "gram",
    "price_fen": 1200, "amount_fen": 1500, "tax_code": "9", "tax_permille": 90,
}  # fmt: skip


class StoppedClock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.at = NOON
        self.seconds = 1000.0

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.seconds

    def move(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.seconds += seconds


def cash(amount_fen: int, handed_over_fen: int) -> dict[str, Any]:
    """A cash tender."""
    numbers = {"attempt_id": "", "out_trade_no": "", "trade_no": ""}
    return {"kind": "cash", "amount_fen": amount_fen, "handed_over_fen": handed_over_fen} | numbers


def sale_body(number: int, **changes: object) -> dict[str, Any]:
    """A sale of two colas and 1.25 kg of apples for 22.00 yuan: 7.00 in cash out of 10.00, 15.00 by Alipay."""
    return {
        "sale_id": f"sale-{number}",
        "receipt_no": f"0017-03-20261123-{number:04d}",
        "counter": number,
        "business_day": "2026-11-23",
        "shift_id": "shift-1",
        "cashier": "1001",
        "completed_at": NOW,
        "total_fen": 2200,
        "lines": [COLA, APPLES],
        "tenders": [
            cash(700, 1000),
            {"kind": "alipay", "amount_fen": 1500, "handed_over_fen": 1500, "attempt_id": f"attempt-{number}",
             "out_trade_no": f"G{number}", "trade_no": f"2026{number}"},
        ],
        "taxes": [
            {"code": "13", "permille": 130, "gross_fen": 700, "tax_fen": 81},
            {"code": "9", "permille": 90, "gross_fen": 1500, "tax_fen": 124},
        ],
    } | changes  # fmt: skip


def reduced_sale_body(number: int, **changes: object) -> dict[str, Any]:
    """The same as version 2 tells it, with the second cola at half price: 20.25 yuan, 20.20 of them paid in cash."""
    half = {"rule": "cola-half", "kind": "nth_piece", "name": "第二件半价", "amount_fen": 175}
    plain = {"tare_g": 0, "lot": "", "expires_on": ""}
    return sale_body(number) | {
        "total_fen": 2020, "rounding_fen": -5, "rules_version": "v7", "member": "8001", "member_level": "gold",
        "coupons": ["券1"],
        "lines": [
            COLA | plain | {"amount_fen": 525, "list_price_fen": 350, "gross_fen": 700, "reductions": [half]},
            APPLES | plain | {"list_price_fen": 1380, "gross_fen": 1500, "reductions": [], "tare_g": 15},
        ],
        "tenders": [cash(2020, 2020)],
        "taxes": [
            {"code": "13", "permille": 130, "gross_fen": 525, "tax_fen": 60},
            {"code": "9", "permille": 90, "gross_fen": 1500, "tax_fen": 124},
        ],
    } | changes  # fmt: skip


def refund_body(number: int, **changes: object) -> dict[str, Any]:
    """A refund of 5.00 yuan of the sale with the same number."""
    return {
        "refund_id": f"refund-{number}", "sale_id": f"sale-{number}", "receipt_no": f"0017-03-20261123-{number:04d}",
        "out_trade_no": f"G{number}", "request_no": f"GR{number}", "amount_fen": 500, "state": "done",
        "business_day": "2026-11-23", "shift_id": "shift-1", "cashier": "1001", "reason": "", "started_at": NOW,
        "changed_at": NOW, "refusal": "",
    } | changes  # fmt: skip


Fact = tuple[str, Mapping[str, Any]]


def chain(
    facts: Sequence[Fact], *, till: str = TILL, epoch: int = 1, after: JournalEntry | None = None
) -> list[JournalEntry]:
    """Make a journal, or go on with one, of these kinds and bodies; ``kind@2`` is version 2."""
    made: list[JournalEntry] = []
    seq, prev = (after.seq, after.hash) if after else (0, GENESIS)
    for kind, body in facts:
        seq += 1
        name, _, version = kind.partition("@")
        at = NOON + timedelta(seconds=seq)
        entry = JournalEntry.make(
            till=till, epoch=epoch, seq=seq, id=uuid7(at, seq.to_bytes(10, "big")), at=at, kind=name,
            version=int(version or 1), body=body, prev=prev,
        )  # fmt: skip
        made.append(entry)
        prev = entry.hash
    return made


def sales(count: int, *, till: str = TILL, epoch: int = 1, first: int = 1) -> list[JournalEntry]:
    """Make a journal of so many sales, numbered from ``first``."""
    return chain([("sale.completed", sale_body(first + number)) for number in range(count)], till=till, epoch=epoch)


def on_the_wire(entry: JournalEntry) -> dict[str, Any]:
    """An entry as docs/protocol.md says it is sent."""
    return {
        "epoch": entry.epoch, "seq": entry.seq, "id": entry.id, "at": entry.at, "kind": entry.kind,
        "version": entry.version, "body": entry.body.decode(), "prev": entry.prev, "hash": entry.hash,
    }  # fmt: skip


def post(hub: httpx.Client, entries: Sequence[JournalEntry], till: str = TILL) -> httpx.Response:
    """Send a batch by hand."""
    return hub.post(f"/v1/tills/{till}/entries", json={"entries": [on_the_wire(entry) for entry in entries]})


def dump(
    engine: Engine, *tables: Table, without: Sequence[str] = ("received_at", "parked_at")
) -> list[list[tuple[Any, ...]]]:
    """Return all rows of tables, in order, without what may differ between two ways to the same state."""
    with reading(engine) as connection:
        return [
            sorted(
                tuple(value for name, value in row._mapping.items() if name not in without)
                for row in connection.execute(select(table))
            )
            for table in tables
        ]


@contextmanager
def served(app: ASGIApp, http: Any = "auto") -> Iterator[str]:  # noqa: ANN401
    """Serve an application on loopback from a thread, by a protocol of ``uvicorn``'s kind, and give its address."""
    with listen_on("127.0.0.1", 0) as listener:
        server = uvicorn.Server(uvicorn.Config(app, http=http, log_level="warning", access_log=False, lifespan="off"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join()


class Cluster:
    """A PostgreSQL of our own, on a Unix socket, whose data goes with it."""

    def __init__(self, *, fsync: str = "off") -> None:
        """Make ready; ``fsync`` is ``on`` where it matters how long a commit takes."""
        self._fsync = fsync
        self._bin = newest_postgres()
        self._user = "postgres" if os.name == "posix" and os.geteuid() == 0 else None
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        if self._user:  # PostgreSQL refuses to run as root
            shutil.chown(self._folder, self._user)

    def start(self) -> None:
        self._run(
            "initdb",
            "-D",
            str(self._folder / "data"),
            "-A",
            "trust",
            "-U",
            "postgres",
            "-E",
            "UTF8",
            "--locale=C",
            "-N",
        )
        options = f"-c listen_addresses='' -k {self._folder} -c fsync={self._fsync} -c max_connections=60"
        log = str(self._folder / "log")
        self._run("pg_ctl", "start", "-w", "-D", str(self._folder / "data"), "-l", log, "-o", options)

    def stop(self) -> None:
        self._run("pg_ctl", "stop", "-m", "immediate", "-D", str(self._folder / "data"))
        shutil.rmtree(self._folder)

    @property
    def pid(self) -> int:
        """The first of its processes, which started the others."""
        return int((self._folder / "data" / "postmaster.pid").read_text().splitlines()[0])

    def new_database(self) -> str:
        """Empty the one database we use, which is quicker than making another, and return its URL."""
        with psycopg.connect(f"host={self._folder} user=postgres dbname=postgres", autocommit=True) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
                " WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()"
            )
            connection.execute("DROP SCHEMA public CASCADE")
            connection.execute("CREATE SCHEMA public")
        return f"postgresql+psycopg://postgres@/postgres?host={self._folder}"

    def _run(self, program: str, *arguments: str) -> None:
        result = subprocess.run(
            [str(self._bin / program), *arguments], user=self._user, cwd=self._folder, stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
        )  # fmt: skip
        assert result.returncode == 0, (program, result.stderr)


def newest_postgres() -> Path:
    """Return the folder of PostgreSQL's programs; without it the tests fail, they are never skipped."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    assert found, "PostgreSQL is missing: apt-get install postgresql"
    return found[-1]


class HubProcess:
    """The head office as the program a shop runs, which can be killed and started again where it was."""

    def __init__(self, database_url: str, devices: Sequence[str] = ("office", "0017-01", "0017-02", "0017-03")) -> None:
        """Make ready.

        Args:
            devices: who is known there from the beginning, by ``tests.unit.hub.devices.device_of``.
        """
        self._database_url, self._devices = database_url, devices
        self._folder = tempfile.TemporaryDirectory(prefix="hub-key-")
        self._key = Path(self._folder.name) / "hub.key"
        put_hub_key(self._key)
        self._port = 0
        self._process: subprocess.Popen[str] | None = None
        self.url = ""

    @property
    def pid(self) -> int:
        assert self._process
        return self._process.pid

    def start(self) -> None:
        trust_at(self._database_url, *self._devices)
        command = [
            sys.executable, "-m", "pos", "hub", "--database", self._database_url, "--port", str(self._port),
            "--key", str(self._key),
        ]  # fmt: skip
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3])
        assert self._process.stdout
        told = self._process.stdout.readline()
        assert told, "the hub ended before it listened"
        self.url = json.loads(told)["listening"]
        self._port = int(self.url.rpartition(":")[2])

    def kill(self) -> None:
        """End it as a power cut would (SIGKILL)."""
        assert self._process
        assert self._process.stdout
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()
        self._process = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process:
            self.kill()
        self._folder.cleanup()
