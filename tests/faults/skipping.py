"""Time that can be skipped at tills and at the gateway simulator together, and the phones of its customers."""

import time
from datetime import datetime, timedelta

import httpx

from pos.clock import SystemClock


class Phones:
    """The simulator's own door, by which nothing gets lost.

    Args:
        address: such as ``http://127.0.0.1:8700``.
    """

    def __init__(self, address: str) -> None:
        self._http = httpx.Client(base_url=address, timeout=60, trust_env=False, verify=False)

    def show_code(self, kind: str = "normal") -> str:
        """Return a fresh code of a customer, 60 seconds good."""
        told = self._http.post("/sandbox/codes", json={"buyer": "c", "kind": kind}).raise_for_status()
        return str(told.json()["code"])

    def travel(self, ahead_s: float) -> None:
        """Let the simulator's business be so far ahead of the machine's clock."""
        self._http.post("/sandbox/settings", json={"travel_s": ahead_s}).raise_for_status()

    def close(self) -> None:
        """Hang up."""
        self._http.close()


class SkippingClock:
    """The machine's clock run ahead by what was skipped; the simulator hears first, so no till is ahead of it."""

    def __init__(self, phones: Phones) -> None:
        self._phones, self._ahead_s = phones, 0.0

    def now(self) -> datetime:
        return SystemClock().now() + timedelta(seconds=self._ahead_s)

    def monotonic(self) -> float:
        return time.monotonic() + self._ahead_s

    def skip(self, seconds: float) -> None:
        """Let this much time be over."""
        self._phones.travel(self._ahead_s + seconds)
        self._ahead_s += seconds
