"""The journal is proven on demand, and an auditor proves it again with nothing of ours."""

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.domain.cart import Cart
from pos.domain.entry import GENESIS, JournalEntry, Json
from pos.domain.errors import ExportNotWritten, JournalBroken
from pos.domain.money import Money
from pos.keyfile import keep_device
from pos.till import sell
from pos.till.figures.proof import JOURNAL, README, VERIFIER, _line, export_journal, verify_journal
from pos.till.till import Till
from tests.fake_time import MORNING
from tests.fakes import BY_MEI, World, fake_settings
from tests.unit.hub.devices import device_of


@pytest.fixture
def till(world: World) -> Iterator[Till]:
    """A till with a key, so that each entry is signed."""
    keep_device(fake_settings(world.folder).device_file, device_of("0017-03"))
    till = world.open_selling()
    yield till
    till.close()


@pytest.fixture
def folder(till: Till, cart_of: Callable[..., Cart], tmp_path: Path) -> Path:
    for _ in range(3):
        sell.pay_cash(till, cart_of(), Money(1000))
    assert export_journal(till, tmp_path / "audit", by=BY_MEI) == 4
    return tmp_path / "audit"


def audited(folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the lines of the README as an auditor would: alone in the folder, with nothing of ours to import."""
    lines = re.search(r"```python\n(.*?)```", (folder / README).read_text("utf-8"), re.DOTALL)
    assert lines
    assert lines[1] == VERIFIER
    return subprocess.run(
        [sys.executable, "-I", "-c", lines[1]], cwd=folder, capture_output=True, text=True, check=False
    )  # fmt: skip


def test_a_whole_journal_is_proven_with_its_head(till: Till, folder: Path) -> None:
    assert folder.exists()
    (found,) = verify_journal(till, by=BY_MEI)
    assert (found.epoch, found.last, found.signed) == (1, 4, 4)
    assert audited(folder).stdout == f"chain intact, epoch 1, entries 1..4, head {found.head}, 4 signed\n"


def test_the_auditors_program_has_no_more_than_twenty_lines() -> None:
    assert len([line for line in VERIFIER.splitlines() if line]) <= 20


def change_amount(entry: dict[str, object]) -> None:
    entry["body"] = str(entry["body"]).replace('"total_fen":200', '"total_fen":100')


def change_moment(entry: dict[str, object]) -> None:
    entry["at"] = "2026-11-23T03:00:00.000Z"


def change_signature(entry: dict[str, object]) -> None:
    name, _, mark = str(entry["signature"]).partition(".")
    entry["signature"] = f"{name}.{'A' if mark[0] != 'A' else 'B'}{mark[1:]}"


@pytest.mark.parametrize("change", [change_amount, change_moment, change_signature])
def test_an_auditor_sees_any_change(folder: Path, change: Callable[[dict[str, object]], None]) -> None:
    lines = (folder / JOURNAL).read_text("utf-8").splitlines()
    entry = json.loads(lines[2])
    change(entry)
    lines[2] = json.dumps(entry, ensure_ascii=False)
    (folder / JOURNAL).write_text("\n".join(lines) + "\n", "utf-8")
    assert audited(folder).returncode != 0


def test_an_auditor_sees_what_is_missing(folder: Path) -> None:
    lines = (folder / JOURNAL).read_text("utf-8").splitlines()
    (folder / JOURNAL).write_text("\n".join(lines[:1] + lines[2:]) + "\n", "utf-8")
    ended = audited(folder)
    assert "entry 1/2 is missing or changed" in ended.stderr


def test_a_journal_that_somebody_changed_is_not_proven(till: Till, folder: Path) -> None:
    assert folder.exists()
    till.db.conn.set_authorizer(None)
    till.db.execute("DROP TRIGGER journal_keeps_words")
    till.db.execute("UPDATE journal SET kind = 'x' WHERE seq = 2")
    with pytest.raises(JournalBroken) as broken:
        verify_journal(till, by=BY_MEI)
    assert broken.value.facts["seq"] == 2


def test_nothing_is_written_over(till: Till, folder: Path) -> None:
    with pytest.raises(ExportNotWritten):
        export_journal(till, folder, by=BY_MEI)


def test_an_auditor_sees_an_epoch_that_is_gone_or_cut_short(folder: Path) -> None:
    lines = (folder / JOURNAL).read_text("utf-8").splitlines()
    last = json.loads(lines[-1])
    body: dict[str, Json] = {"epochs": [{"epoch": 1, "seq": 4, "hash": last["hash"]}]}
    begun = JournalEntry.make(
        till="0017-03", epoch=2, seq=1, id="begun", at=MORNING, kind="epoch.begun", version=1, body=body, prev=GENESIS
    )
    lines.append(_line(begun))
    for kept, is_whole in ((lines, True), (lines[4:], False), (lines[:2] + lines[4:], False)):
        (folder / JOURNAL).write_text("\n".join(kept) + "\n", "utf-8")
        found = audited(folder)
        assert (found.returncode == 0) is is_whole, found
        assert is_whole or "cut short" in found.stderr
