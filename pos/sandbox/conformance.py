"""Conformance: does the gateway simulator speak Alipay's v2 protocol? Fifteen rules, and clients other people wrote."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pos.domain.errors import SandboxUnreachable
from pos.sandbox import conformance_door as door
from pos.sandbox import conformance_faults as faults
from pos.sandbox import conformance_fields as fields
from pos.sandbox import conformance_refunds as refunds
from pos.sandbox import conformance_trades as trades
from pos.sandbox.conformance_exam import Exam, Row, examine
from pos.sandbox.conformance_foreign import foreign_rows
from pos.sandbox.conformance_wire import Wire, open_wire

RULES: tuple[Callable[[Exam], None], ...] = (
    door.rule_1, door.rule_2, door.rule_3, door.rule_4,
    fields.rule_5, fields.rule_6,
    trades.rule_7, trades.rule_8, trades.rule_9, trades.rule_10, trades.rule_11,
    refunds.rule_12, refunds.rule_13, refunds.rule_14,
    faults.rule_15,
)  # fmt: skip
"""In the order of their numbers; what a rule says is its docstring."""
_ROOT = Path(__file__).parents[2]


def examine_all() -> Iterator[Row]:
    """Start a simulator of its own and yield a row for each rule and each foreign client, as they come.

    Raises:
        SandboxUnreachable: the simulator did not start.
    """
    with tempfile.TemporaryDirectory(prefix="guitai-conformance-") as name, started(Path(name)) as address:
        wire = open_wire(address, Path(name))
        try:
            yield from rule_rows(wire)
            yield from foreign_rows(wire, Path(name))
        finally:
            wire.close()


def rule_rows(wire: Wire) -> Iterator[Row]:
    """Yield a row for each rule, shown to the simulator at the other end."""
    for number, rule in enumerate(RULES, 1):
        yield examine(name_of(number, rule), rule, wire)


def name_of(number: int, rule: Callable[[Exam], None]) -> str:
    """Return what a rule's row is called."""
    return f"{number:2} {(rule.__doc__ or '').splitlines()[0].rstrip('.')}"


@contextmanager
def started(folder: Path) -> Iterator[str]:
    """Run a simulator as a process of its own on a free port of loopback, and give its address.

    Raises:
        SandboxUnreachable: it did not start.
    """
    command = [sys.executable, "-m", "pos", "sandbox", "--dir", str(folder), "--port", "0", "--with-parent"]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT)}
    with subprocess.Popen(  # noqa: S603  (our own program)
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        try:
            first = process.stdout.readline()
            if not first:
                raise SandboxUnreachable(address="127.0.0.1", reason="it did not start")
            yield str(json.loads(first)["listening"])
        finally:
            process.kill()
