"""Mischief against a real hub, by strangers and by whoever stole a till's key, while a good till sells."""

import gzip
import itertools
import socket
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from random import Random

import httpx

from pos.clock import SystemClock
from pos.hub.database import open_engine
from pos.hub.wire import PLAIN_MAX_BYTES, RAW_MAX_BYTES
from tests.fakes import quick_folder
from tests.faults.herd import audit
from tests.faults.herd_tills import Till
from tests.faults.soak_proof import resident_kb
from tests.unit.hub.devices import Signing, key_of, signed
from tests.unit.hub.kit import HubProcess

GOOD, THIEF = "0017-01", "0017-02"
ENTRIES, ENROL = f"/v1/tills/{THIEF}/entries", "/v1/enrolments"
JSON = {"content-type": "application/json"}
HUGE = 100_000_000
PATIENCE_S = 30
"""How long somebody slow goes on before he has won."""
IDLE = 600
GROWS_AT_MOST_KB = 64 * 1024
"""Less than any one of the long bodies, were it ever held whole."""
CUT = "cut"
"""What an answer is called that never came because the hub had hung up."""


class Mischief:
    """Ways to wear out a hub; each returns the status it was answered with, or ``CUT``."""

    def __init__(self, url: str) -> None:
        self._url, self._address = url, (httpx.URL(url).host, httpx.URL(url).port or 80)

    def bomb(self) -> str:
        """A body of one part in a thousand of what it unpacks to."""
        return self._post(ENTRIES, gzip.compress(bytes(64 * PLAIN_MAX_BYTES), 9), {"content-encoding": "gzip"})

    def endless_bomb(self) -> str:
        """A stranger's bomb, where only strangers come."""
        return self._post(
            ENROL, gzip.compress(bytes(64 * PLAIN_MAX_BYTES), 9), {"content-encoding": "gzip"}, thief=False
        )

    def long_body(self) -> str:
        """A hundred million bytes that say so."""
        return self._post(ENTRIES, _zeros(), {"content-length": str(HUGE)})

    def long_body_untold(self) -> str:
        """A hundred million bytes in chunks, from a stranger."""
        return self._post(ENROL, _zeros(), {}, thief=False)

    def nested(self) -> str:
        """A list in a list in a list."""
        return self._post(ENTRIES, b'{"entries":' + b"[" * 400_000, {})

    def huge_row(self) -> str:
        """An entry with a body that no till would make."""
        entry = b'{"epoch":1,"seq":1,"id":"x","at":"x","kind":"x","version":1,"prev":"x","hash":"x","body":"%s"}'
        return self._post(ENTRIES, b'{"entries":[' + entry % (b"9" * (RAW_MAX_BYTES - 1_000)) + b"]}", {})

    def unsigned(self) -> str:
        """Somebody without a key."""
        return self._post(ENTRIES, b"{}", {}, thief=False)

    def slow_head(self) -> str:
        """A head that comes byte by byte."""
        return self._dribble(f"GET /v1/totals?day={'2' * 9_000}")

    def slow_body(self) -> str:
        """A body that comes byte by byte."""
        asked = self._signed(ENTRIES, b"")
        lines = [f"{name}: {value}" for name, value in asked.headers.items() if name != "content-length"]
        return self._dribble(
            "{" + " " * 9_000, "\r\n".join([f"POST {ENTRIES} HTTP/1.1", *lines, "content-length: 9001", "", ""])
        )

    def deaf(self) -> str:
        """Thousands of questions by somebody who reads no answer."""
        with socket.create_connection(self._address, timeout=2) as line:
            question = b"GET /health HTTP/1.1\r\nhost: hub\r\n\r\n" * 100
            try:
                for _ in range(2_000):
                    line.sendall(question)
            except OSError:
                return CUT
            return "all taken"

    def crowd(self) -> str:
        """Many who say nothing; all are sent home in time."""
        with ExitStack() as lines:
            crowd = [lines.enter_context(socket.create_connection(self._address, timeout=30)) for _ in range(IDLE)]
            until = time.monotonic() + PATIENCE_S
            return CUT if all(_is_cut(each, until) for each in crowd) else "held"

    def _post(self, path: str, body: bytes | Iterator[bytes], headers: dict[str, str], *, thief: bool = True) -> str:
        try:
            with httpx.Client(base_url=self._url, timeout=30, trust_env=False) as client:
                if isinstance(body, bytes):
                    auth = Signing(THIEF) if thief else httpx.Auth()
                    return str(client.post(path, content=body, headers=JSON | headers, auth=auth).status_code)
                asked = client.build_request("POST", path, content=body, headers=JSON | headers)
                if thief:  # what is told of a body need not be true
                    asked.headers.update(
                        {k: v for k, v in self._signed(path, b"").headers.items() if "ign" in k or "dig" in k}
                    )
                return str(client.send(asked).status_code)
        except (httpx.NetworkError, httpx.RemoteProtocolError):
            return CUT

    def _signed(self, path: str, body: bytes) -> httpx.Request:
        asked = httpx.Request("POST", self._url + path, content=body, headers=JSON)
        return signed(asked, key_of(THIEF), SystemClock().now())

    def _dribble(self, text: str, first: str = "") -> str:
        with socket.create_connection(self._address, timeout=0.25) as line:
            line.sendall(first.encode())
            until = time.monotonic() + PATIENCE_S
            for letter in itertools.takewhile(lambda _: time.monotonic() < until, text):
                try:
                    line.sendall(letter.encode())
                    told = line.recv(4_096)
                except TimeoutError:
                    continue
                except OSError:
                    return CUT
                return told.split()[1].decode() if told else CUT
        return "held"


def _zeros() -> Iterator[bytes]:
    part = bytes(1_000_000)
    for _ in range(HUGE // len(part)):
        yield part


def _is_cut(line: socket.socket, until: float) -> bool:
    line.settimeout(max(0.1, until - time.monotonic()))
    try:
        return not line.recv(1)
    except TimeoutError:
        return False
    except OSError:
        return True


KINDS: tuple[Callable[[Mischief], str], ...] = (
    Mischief.slow_body, Mischief.slow_head, Mischief.crowd, Mischief.bomb, Mischief.endless_bomb, Mischief.long_body,
    Mischief.long_body_untold, Mischief.nested, Mischief.huge_row, Mischief.unsigned, Mischief.deaf,
)  # fmt: skip


def besiege(seed: int, rounds: int = 1) -> tuple[Counter[str], dict[str, int]]:
    """Do all mischief at once, so many rounds, while a good till sells; return the answers and the figures.

    Answers are counted by kind and status, such as ``bomb 413``.

    Raises:
        AssertionError: the hub lost or doubled an entry of the good till, or ended.
    """
    answers: Counter[str] = Counter()
    with quick_folder() as folder:
        url = f"sqlite:///{folder / 'hub.db'}"
        with HubProcess(url, [GOOD, THIEF]) as hub, closing(Till(hub.url, GOOD, seed)) as till:
            _sell(till)
            assert hub._process
            watch = _Watch(hub._process.pid)
            with watch, ThreadPoolExecutor(len(KINDS)) as pool:
                chance = Random(seed)
                kinds = [kind for _ in range(rounds) for kind in chance.sample(KINDS, len(KINDS))]
                jobs = [(kind.__name__, pool.submit(kind, Mischief(hub.url))) for kind in kinds]
                while not all(job.done() for _, job in jobs):
                    _sell(till)
            assert hub._process.poll() is None, "the hub ended"
            for name, job in jobs:
                answers[f"{name} {job.result()}"] += 1
        engine = open_engine(url)
        entries = till.journal.entries
        kept = audit(engine, {GOOD: entries[-1].hash})
        engine.dispose()
    waits = sorted(acked - sold for sold, acked in zip(till.journal.sold_at, till.journal.acked_at, strict=True))
    figures = {
        "sales of the good till": len(entries),
        "kept once each": kept,
        "slowest ms": round(waits[-1] * 1000),
        "median ms": round(waits[len(waits) // 2] * 1000),
        "KB before": watch.before,
        "KB at most": watch.most,
    }
    return answers, figures


def _sell(till: Till) -> None:
    till.journal.sell()
    till.drain(time.monotonic() + 60)
    time.sleep(0.05)


class _Watch:
    """Looks at a process's memory ten times a second."""

    def __init__(self, process: int) -> None:
        self._process, self._is_over = process, threading.Event()
        self.before = self.most = resident_kb(process)
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(0.1):
            self.most = max(self.most, resident_kb(self._process))


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Besiege hubs for so long, one at least.

    Raises:
        AssertionError: an entry of the good till is lost or doubled, memory grew beyond bounds, or mischief was let in.
    """
    began, answers, figures = time.monotonic(), Counter[str](), dict[str, int]()
    while not figures or time.monotonic() - began < seconds:
        found, now = besiege(seed, rounds=2)
        answers, seed = answers + found, seed + 1
        check(found, now)
        figures = {name: max(value, figures.get(name, 0)) for name, value in now.items()}
    return {**dict(sorted(answers.items())), **{f"{name}, at most": value for name, value in figures.items()}}


TAKEN = {
    "bomb": {"413"}, "endless_bomb": {"413"}, "long_body": {"413", CUT}, "long_body_untold": {"413", CUT},
    "nested": {"400", "422"}, "huge_row": {"413", "422"}, "unsigned": {"401"}, "slow_head": {"408"},
    "slow_body": {"408"}, "deaf": {CUT}, "crowd": {CUT},
}  # fmt: skip
"""How each may end; 503 is always right."""


def check(answers: Counter[str], figures: dict[str, int]) -> None:
    """See that all mischief ended as it should, and memory stayed.

    Raises:
        AssertionError: it did not.
    """
    for each in answers:
        name, answer = each.split(maxsplit=1)
        assert answer in TAKEN[name] | {"503"}, f"{each}: {sorted(TAKEN[name])} is right"
    assert figures["sales of the good till"] == figures["kept once each"] > 20
    assert figures["KB at most"] < figures["KB before"] + GROWS_AT_MOST_KB, figures
