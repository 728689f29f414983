"""One run of all fuzzers for all tests here, so that two of them share the cores at any time."""

import sys
import time
from pathlib import Path

import pytest

from tests.fuzz.run import Found, fuzz_all

SECONDS = 60.0


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let a run take longer: ``./till test tests/fuzz --fuzz-seconds 3600 --fuzz-seed 7``."""
    parser.addoption("--fuzz-seconds", type=float, default=SECONDS, help="for each fuzzer; two run at a time")
    parser.addoption("--fuzz-seed", type=int, default=25)


@pytest.fixture(scope="session")
def found(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Found]:
    """What every fuzzer came to."""
    seconds = pytestconfig.getoption("--fuzz-seconds", SECONDS)
    folder: Path = tmp_path_factory.mktemp("fuzz")
    began = time.monotonic()
    told = fuzz_all(seconds, pytestconfig.getoption("--fuzz-seed", 25), folder)
    lines = [f"{seconds:.0f} s each, {time.monotonic() - began:.0f} s in all", *map(str, told.values())]
    sys.__stdout__.write("\n" + "\n".join(lines) + "\n")  # type: ignore[union-attr]
    return told
