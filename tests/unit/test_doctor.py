"""A machine that lacks something is told so, with what to do."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from pos.doctor import machine, store
from pos.sandbox.gateway_keys import ALIPAY_PUBLIC, APP_PRIVATE, open_keys
from pos.settings import AlipaySettings

EXAMINE = """
import json, sys
from dataclasses import asdict
from pathlib import Path
from pos import doctor
from pos.settings import Settings
print(json.dumps([asdict(each) for each in doctor.examine(Settings(data_dir=Path(sys.argv[1])))]))
"""


def examine(folder: Path, preamble: str = "") -> list[dict[str, str | bool]]:
    """What the doctor finds in a process of its own: this one holds whatever other tests have loaded."""
    command = [sys.executable, "-c", preamble + EXAMINE, str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    findings: list[dict[str, str | bool]] = json.loads(told.stdout)
    return findings


def test_this_machine_is_well_in_both_languages(tmp_path: Path) -> None:
    findings = examine(tmp_path / "not" / "made" / "yet")
    assert [each["name"] for each in findings] == [
        "python", "zbar", "opencv", "sqlite", "font", "disk", "ballast", "database", "pepper", "camera",
        "printer", "scale", "hub", "gateway", "clock",
    ]  # fmt: skip
    assert [each for each in findings if not each["is_good"] or each["code"]] == []
    assert all(each["words_zh"] and str(each["words_en"]).isascii() for each in findings)


def test_the_standard_librarys_sqlite_beside_ours_is_seen(tmp_path: Path) -> None:
    findings = examine(tmp_path, "import sqlite3")
    assert [each["code"] for each in findings if not each["is_good"]] == ["P-504"]


@pytest.mark.parametrize(
    ("pyside", "python", "code"),
    [
        ("6.12.0", (3, 11, 2), "P-605"),
        ("6.13.1", (3, 10), "P-605"),
        ("", (3, 13, 0), "P-606"),
        ("6.11.3", (3, 11, 2), ""),
        ("6.12.0", (3, 12, 0), ""),
    ],
)
def test_the_pair_that_aborts_is_found(pyside: str, python: tuple[int, ...], code: str) -> None:
    finding = machine.check_pair(pyside, python)
    assert (finding.code, finding.is_good) == (code, not code)


@pytest.mark.parametrize(
    ("found", "libraries", "is_good"),
    [
        ((3, 51, 2), ["a.so"], False),
        ((3, 40, 1), ["a.so"], False),
        ((3, 51, 3), ["a.so"], True),
        ((3, 100, 0), ["a.so"], True),
        ((3, 53, 0), ["a.so", "libsqlite3.so.0"], False),
    ],
)
def test_an_old_or_a_second_sqlite_is_found(found: tuple[int, ...], libraries: list[str], *, is_good: bool) -> None:
    finding = machine.check_sqlite(found, (3, 51, 3), libraries)
    assert finding.is_good is is_good
    assert finding.code == ("" if is_good else "P-504")


def test_a_missing_zbar_is_a_sentence_with_its_remedy() -> None:
    finding = machine.check_zbar("no_such_binding")
    assert finding.code == "P-606"
    assert "apt-get install libzbar0" in finding.words_en


def test_no_chinese_font_is_a_sentence_with_its_remedy() -> None:
    assert "fonts-wqy-microhei" in machine.check_font([]).words_en


def test_a_full_disk_is_found() -> None:
    assert machine.check_disk(Path("/data"), (1 << 30) - 1).code == "P-501"
    assert machine.check_disk(Path("/data"), 1 << 30).is_good


def test_opencv_leaves_the_variables_of_qt_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    script = "import os; from pos.doctor import machine; print(machine.check_opencv().is_good, *sorted(os.environ))"
    monkeypatch.delenv("QT_QPA_FONTDIR", raising=False)
    told = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert told[0] == "True"
    assert not {"QT_QPA_FONTDIR", "QT_QPA_PLATFORM_PLUGIN_PATH"} & set(told)


def test_the_doctor_loads_no_qt() -> None:
    script = "import sys; from pos import doctor; doctor.examine(); print('PySide6' in sys.modules)"
    assert (
        subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "False\n"
    )


def test_keys_that_cannot_be_used_are_said_to_be(tmp_path: Path) -> None:
    open_keys(tmp_path)
    keys = AlipaySettings(
        "http://127.0.0.1:1/gateway.do", "SANDBOX-0001", str(tmp_path / APP_PRIVATE), str(tmp_path / ALIPAY_PUBLIC)
    )
    assert store.check_alipay(keys).is_good
    (tmp_path / APP_PRIVATE).chmod(0o644)
    finding = store.check_alipay(keys)
    assert (finding.is_good, finding.code) == (False, "P-604")
    assert "chmod 600" in finding.words_zh
    assert not store.check_alipay(replace(keys, gateway="http://shop.example/gateway.do")).is_good
