"""A receipt printer that other people wrote draws our receipts: Chinese intact, both widths, codes that can be read."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from PySide6.QtWidgets import QApplication

from pos.device import printer
from pos.device.printer import Printer
from pos.domain.errors import CoverOpen, PaperOut
from pos.domain.paper import OnNetwork, Paper
from pos.domain.print_job import PrinterState
from pos.domain.return_slip import return_slip
from pos.domain.shift_slip import shift_slip
from pos.domain.slip import NARROW, WIDE, Logo, Look, Slip, Text, as_text, columns
from pos.scan.decode import Decoder
from pos.scan.frame import Gray
from pos.scan.opencv import load
from pos.scan.seen import Kinds
from tests.unit.domain.test_return_slip import HEADING as RETURN_HEADING
from tests.unit.domain.test_return_slip import MADE, NAMES
from tests.unit.domain.test_shift_slip import HEADING as SHIFT_HEADING
from tests.unit.domain.test_shift_slip import REPORT, TOLD
from ui.paper.pdf import write_pdf
from ui.paper.sample import sample_receipt

HERE = Path(__file__).parents[1] / "foreign"
PACKAGES = Path(sys.prefix) / "foreign" / "python"
NUMBER = "0000-00-20260101-0001"
LOGO = Logo(64, 16, b"\xff\x00\xff\x00\xff\x00\xff\x00" * 16)
RARE = "䶮㑇"
"""Of four bytes; a printer's ROM and a machine's fonts may have them or not."""
DOTS = {WIDE: 576, NARROW: 384}


@dataclass
class Foreign:
    """The printer as a process of its own, and what it says."""

    process: subprocess.Popen[str]
    columns: int
    port: int = 0

    def hear(self, what: str) -> dict[str, Any]:
        """The next line that has this in it; what it tells before is no surprise."""
        assert self.process.stdout
        for line in self.process.stdout:
            told: dict[str, Any] = json.loads(line)
            assert told.get("event") != "printer.command.unknown", told
            if what in told or told.get("event") == what:
                return told
        raise AssertionError("it ended")

    def be(self, fault: str, *, is_active: bool) -> None:
        """Have a fault, or have it no more."""
        assert self.process.stdin
        self.process.stdin.write(json.dumps({"fault": fault, "is_active": is_active}) + "\n")
        self.process.stdin.flush()
        self.hear("done")


@pytest.fixture(scope="module")
def font() -> str:
    """A font that has the first character of our name; whoever drew without one would draw boxes."""
    found = subprocess.run(["fc-list", ":charset=67dc", "file"], capture_output=True, text=True, check=True)
    return found.stdout.splitlines()[0].strip().rstrip(":")


@pytest.fixture(params=[WIDE, NARROW], ids=["80mm", "58mm"])
def foreign(request: pytest.FixtureRequest, tmp_path: Path, font: str) -> Iterator[Foreign]:
    """A printer that is not ours, in a process of its own."""
    command = [sys.executable, str(HERE / "printer.py"), str(DOTS[request.param]), str(tmp_path), font]
    settings, pipe = os.environ | {"PYTHONPATH": str(PACKAGES)}, subprocess.PIPE
    with subprocess.Popen(command, env=settings, stdin=pipe, stdout=pipe, text=True) as process:
        made = Foreign(process, request.param)
        made.port = made.hear("port")["port"]
        yield made
        process.kill()


@pytest.fixture(autouse=True)
def _patience(monkeypatch: pytest.MonkeyPatch) -> None:
    """A process that has just been started on a busy machine answers later than any printer."""
    monkeypatch.setattr(printer, "ANSWER_S", 20.0)


def slip() -> Slip:
    """A receipt with a logo, a code and a rare sign."""
    paper = Paper(head="人民路 1 号 · 电话 021-1234", foot="谢谢惠顾，欢迎再来\n七日内凭票退换", logo=LOGO)
    return (*sample_receipt("柜台便利店", paper, ""), Text(f"生僻字：{RARE}", Look.BOLD))


def printer_of(foreign: Foreign) -> Printer:
    """Our printer, on its address."""
    return Printer(OnNetwork("127.0.0.1", foreign.port))


def read_by_ours(picture: Gray) -> list[str]:
    """QR codes our reader finds."""
    return [each.text for each in Decoder().find(picture, Kinds.QR)]


def read_by_opencv(picture: Gray) -> str:
    """The QR code OpenCV finds."""
    text, _corners, _straight = cv2.QRCodeDetector().detectAndDecode(picture)
    return text


def gray(path: Path) -> Gray:
    """A picture with white around it, as paper lies on a counter."""
    found = load().imread(str(path), cv2.IMREAD_GRAYSCALE)
    return np.pad(found, 24, constant_values=255)


def test_it_draws_every_row_as_it_was_laid_out(foreign: Foreign, tmp_path: Path) -> None:
    assert printer_of(foreign).print(slip(), foreign.columns) == PrinterState()
    told = foreign.hear("png")
    expected = [f"[qr {NUMBER}]" if row == f"[{NUMBER}]" else row for row in as_text(slip(), foreign.columns)]
    assert told["text"].rstrip("\n").split("\n") == [f"[image {LOGO.width}x{LOGO.height}]", *expected]
    assert "�" not in told["text"]
    assert set(told["boxes"]) <= set(RARE)
    picture = gray(Path(told["png"]))
    assert picture.shape[1] == DOTS[foreign.columns] + 48
    assert read_by_ours(picture) == [NUMBER]
    assert read_by_opencv(picture) == NUMBER
    keep(Path(told["png"]), f"receipt-{foreign.columns}.png")
    assert tmp_path in Path(told["png"]).parents


OTHERS: dict[str, Slip] = {
    "return": return_slip(MADE, RETURN_HEADING, NAMES, copy=1),
    "closing": shift_slip(REPORT, SHIFT_HEADING, TOLD),
}


@pytest.mark.parametrize("what", OTHERS)
def test_it_draws_what_came_back_and_a_closed_shift_as_they_were_laid_out(foreign: Foreign, what: str) -> None:
    assert printer_of(foreign).print(OTHERS[what], foreign.columns) == PrinterState()
    told = foreign.hear("png")
    assert told["text"].rstrip("\n").split("\n") == as_text(OTHERS[what], foreign.columns)
    assert ("�" in told["text"], told["boxes"]) == (False, [])
    keep(Path(told["png"]), f"{what}-{foreign.columns}.png")


@pytest.mark.parametrize("what", OTHERS)
@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_another_reader_of_pdf_reads_them_as_well(what: str, width: int, tmp_path: Path, qapp: QApplication) -> None:
    assert qapp
    write_pdf(OTHERS[what], width, tmp_path / "slip.pdf")
    done = subprocess.run(["pdftotext", "-layout", "slip.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    said = "".join(done.stdout.decode().split())
    rows = ["".join(row.split()) for row in as_text(OTHERS[what], width)]
    assert [row for row in rows if row not in said and not set(row) <= {"-", "_"}] == []


def keep(picture: Path, name: str) -> None:
    """Keep the picture where a person asked for it."""
    if folder := os.environ.get("GUITAI_KEEP_RECEIPTS"):
        Path(folder, name).write_bytes(picture.read_bytes())


def test_no_row_is_broken_by_the_printer(foreign: Foreign) -> None:
    full: Slip = (Text("柜" * (foreign.columns // 2)), Text("8" * foreign.columns), Text("大" * 12, Look.BIG))
    printer_of(foreign).print(full, foreign.columns)
    rows = foreign.hear("png")["text"].rstrip("\n").split("\n")
    assert rows == as_text(full, foreign.columns)
    assert max(map(columns, rows)) == foreign.columns


def test_its_status_is_understood(foreign: Foreign) -> None:
    ours = printer_of(foreign)
    foreign.be("paper-near-end", is_active=True)
    assert ours.state() == PrinterState(is_paper_low=True)
    for fault, error in (("paper-out", PaperOut), ("cover-open", CoverOpen)):
        foreign.be(fault, is_active=True)
        with pytest.raises(error):
            ours.print(slip(), foreign.columns)
        foreign.be(fault, is_active=False)
    assert ours.print(slip(), foreign.columns) == PrinterState(is_paper_low=True)
    foreign.hear("png")


@pytest.mark.parametrize("fault", ["", "paper-out"])
def test_its_drawer_opens(foreign: Foreign, fault: str) -> None:
    if fault:
        foreign.be(fault, is_active=True)
    printer_of(foreign).open_drawer()
    foreign.hear("drawer.opened")


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_another_reader_of_pdf_sees_the_same(width: int, tmp_path: Path, qapp: QApplication) -> None:
    assert qapp
    write_pdf(slip(), width, tmp_path / "slip.pdf")
    draw = ["pdftoppm", "-r", "203", "-gray", "-png", "-singlefile", "slip.pdf", "slip"]
    subprocess.run(draw, cwd=tmp_path, check=True)
    picture = gray(tmp_path / "slip.png")
    # 203 dpi: a millimetre is eight dots, the paper is as wide as its columns and 4 mm more at each side.
    assert abs(picture.shape[1] - 48 - DOTS[width] - 64) <= 2
    assert read_by_ours(picture) == [NUMBER]
    assert read_by_opencv(picture) == NUMBER
    done = subprocess.run(["pdftotext", "-layout", "slip.pdf", "-"], cwd=tmp_path, capture_output=True, check=True)
    said = "".join(done.stdout.decode().split())
    for words in ("柜台便利店", "红富士苹果", "第二件半价", "￥63.10", "谢谢惠顾，欢迎再来"):
        assert words in said
    keep(tmp_path / "slip.png", f"pdf-{width}.png")
