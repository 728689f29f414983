"""Schemathesis on the description that a real hub process gives of itself."""

import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import httpx

from tests.fuzz.install import environment
from tests.unit.hub.devices import Signing
from tests.unit.hub.kit import HubProcess, on_the_wire, sales

CHECKS = ("not_a_server_error", "status_code_conformance", "content_type_conformance", "response_schema_conformance")
"""What any answer must keep to. Whether untrue data is turned away, the hub's own tests ask: here most is put right."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What Schemathesis did and what the hub said.

    Attributes:
        calls: how often each was asked.
        statuses: how often each was answered.
    """

    status: int
    calls: Counter[str]
    statuses: Counter[str]
    said: str


def ask(seconds: int, seed: int, folder: Path) -> Asked:
    """Ask a hub of its own for so many seconds, with a till whose first sale it keeps."""
    folder.mkdir(parents=True, exist_ok=True)
    told = folder / "told"
    told.touch()
    with HubProcess(f"sqlite:///{folder / 'hub.db'}") as hub:
        with httpx.Client(base_url=hub.url, auth=Signing("0017-03"), trust_env=False) as till:
            body = {"entries": [on_the_wire(entry) for entry in sales(3)]}
            till.post("/v1/tills/0017-03/entries", json=body).raise_for_status()
        done = subprocess.run(
            _command(hub.url, seconds, seed), capture_output=True, text=True, check=False,
            env=environment() | {"SCHEMATHESIS_HOOKS": "tests.fuzz.hub_hooks", "GUITAI_FUZZ_TOLD": str(told)},
        )  # fmt: skip
    answers = [line.rpartition(" ") for line in told.read_text("utf-8").splitlines()]
    return Asked(
        done.returncode, Counter(call for call, _, _ in answers), Counter(status for _, _, status in answers),
        done.stdout + done.stderr,
    )  # fmt: skip


def _command(url: str, seconds: int, seed: int) -> list[str]:
    return [
        sys.executable, "-m", "schemathesis.cli", "run", f"{url}/openapi.json", "--max-time", str(seconds),
        "--seed", str(seed), "--checks", ",".join(CHECKS), "--phases", "fuzzing", "--continue-on-failure",
        "--suppress-health-check", "all", "--generation-database", "none", "--no-color", "--warnings", "off",

    ]  # fmt: skip
