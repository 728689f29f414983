"""Measuring the reader on pictures with known texts, and showing what is read."""

import json
import os
import re
import sys
from pathlib import Path
from subprocess import PIPE, run

import numpy as np
import pytest

from pos.__main__ import main
from pos.domain.errors import ManifestUnreadable
from pos.scan.measure import SCREEN, canonical, measure, read_manifest
from pos.scan.opencv import load
from pos.scan.picture import read_gray
from tests.unit.scan.drawn import KINDS, drawn, laid

NUMBER = "6901234567892"


def write(path: Path, pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]]) -> Path:
    """Write a picture to a file."""
    assert load().imwrite(str(path), pixels)
    return path


@pytest.fixture
def manifest(tmp_path: Path) -> Path:
    """A manifest of some pictures, as other people write one."""
    write(tmp_path / "tea.png", laid(drawn(KINDS.EAN13, NUMBER)))
    write(tmp_path / "other.png", laid(drawn(KINDS.EAN13, "4006381333931")))
    write(tmp_path / "empty.png", np.full((200, 300), 200, np.uint8))
    path = tmp_path / "manifest.csv"
    rows = [
        f"tea.png,EAN13,{NUMBER},exact",
        f"other.png,EAN13,{NUMBER},exact",
        "empty.png,NEG,,none",
        "gone.png,QR,x,exact",
    ]
    path.write_text("\n".join(["file,symbology,expected,truth", *rows]), encoding="utf-8")
    return path


# The rules of the measuring set: UPC-A is the EAN-13 with 0 in front, UPC-E stands for a UPC-A, DataBar comes with or
# without (01), brackets and separators are dropped.
@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("UPCA", "012345678905"), ("EAN-13", "0012345678905")),
        (("UPCE", "01234565"), ("UPC-A", "012345000065")),
        (("DATABAR", "06901234567892"), ("DataBarOmni", "0106901234567892")),
        (("CODE128", "(01)06901234567892"), ("Code 128", "0106901234567892")),
        (("DM", "0106901234567892\x1d10A"), ("Data Matrix", "010690123456789210A")),
        (("QR", "a\r\nb"), ("QRCode", "a\nb")),
    ],
)
def test_one_code_is_one_however_a_reader_puts_it(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert canonical(*one) == canonical(*other)


def test_the_same_digits_in_another_kind_of_code_are_another_text() -> None:
    assert canonical("EAN8", "96385074") != canonical("CODE128", "96385074")


def test_what_a_screen_shows_has_a_row_of_its_own_and_counts_among_the_others_too(tmp_path: Path) -> None:
    write(tmp_path / "tea.png", laid(drawn(KINDS.QRCode, "tea")))
    manifest = tmp_path / "manifest.csv"
    rows = ["file,set,symbology,expected,truth", "tea.png,boofcv/monitor,QR,,consensus", "tea.png,boofcv/glare,QR,tea,"]
    manifest.write_text("\n".join(rows), encoding="utf-8")
    read = {kind: row["guitai"].read for kind, row in measure(manifest, tmp_path).tallies.items()}
    assert read == {"QR": 2, SCREEN: 1}


def test_reads_wrong_reads_and_missing_pictures_are_counted(manifest: Path) -> None:
    figures = measure(manifest, manifest.parent).as_json()
    ours = figures["symbologies"]["EAN13"]["guitai"]
    assert (ours["pictures"], ours["read"], ours["read_percent"], ours["wrong"]) == (2, 1, 50.0, 1)
    assert figures["wrong"] == [{"file": "other.png", "text": "4006381333931"}]
    assert figures["missing"] == ["gone.png"]
    assert figures["symbologies"]["NEG"]["guitai"]["wrong"] == 0
    assert set(figures["symbologies"]["QR"]) == {"guitai", "pyzbar", "zxing", "opencv"}
    assert figures["symbologies"]["EAN13"]["pyzbar"]["read"] == 1


def test_the_command_prints_a_table_or_json(manifest: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", "--manifest", str(manifest)]) == 0
    assert "guitai" in capsys.readouterr().out
    assert main(["scan", "--manifest", str(manifest), "--root", str(manifest.parent), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["symbologies"]["EAN13"]["guitai"]["read"] == 1


@pytest.mark.parametrize("text", ["", "file,symbology\na.png,QR\n", "file,symbology,expected\n"])
def test_a_list_that_is_none_is_told(tmp_path: Path, text: str) -> None:
    (tmp_path / "list.csv").write_text(text)
    with pytest.raises(ManifestUnreadable):
        list(read_manifest(tmp_path / "list.csv"))
    assert main(["scan", "--manifest", str(tmp_path / "list.csv")]) == 2


def test_each_picture_gives_a_line_of_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path / "tea.png", laid(drawn(KINDS.EAN13, NUMBER)))
    (tmp_path / "torn.jpg").write_bytes(b"\xff\xd8\xff")
    assert main(["scan", str(tmp_path)]) == 0
    tea, torn = (json.loads(line) for line in capsys.readouterr().out.splitlines())
    assert (tea["texts"], tea["symbologies"], len(tea["corners"][0])) == ([NUMBER], ["EAN-13"], 4)
    assert tea["ms"] > 0
    assert torn["error"] == "cannot be read as a picture"


def test_a_video_gives_a_line_for_each_reading(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2 = load()
    film = cv2.VideoWriter(str(tmp_path / "tea.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 30, (1280, 720))
    frame = cv2.cvtColor(laid(drawn(KINDS.EAN13, NUMBER)), cv2.COLOR_GRAY2BGR)
    for _ in range(30):
        film.write(frame)
    film.release()
    assert main(["scan", str(tmp_path / "tea.avi")]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [line["texts"] for line in lines] == [[NUMBER]]


def test_what_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["scan", str(tmp_path / "gone.mp4")]) == 0
    assert "P-301" in json.loads(capsys.readouterr().out)["error"]
    assert main(["scan"]) == 2


def test_an_empty_name_is_told_and_reads_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    write(tmp_path / "tea.png", laid(drawn(KINDS.EAN13, NUMBER)))
    monkeypatch.chdir(tmp_path)
    assert main(["scan", ""]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["error"] == "a name is empty"


def test_a_reader_who_has_enough_ends_it_without_a_word(tmp_path: Path) -> None:
    write(tmp_path / "tea.png", laid(drawn(KINDS.EAN13, NUMBER)))
    read, written = os.pipe()
    os.close(read)
    with os.fdopen(written, "w") as gone:
        ended = run(
            [sys.executable, "-m", "pos", "scan", str(tmp_path)], stdout=gone, stderr=PIPE, text=True, check=False
        )
    assert (ended.stderr, ended.returncode) == ("", 0)


def test_what_is_transparent_in_a_picture_is_paper(tmp_path: Path) -> None:
    label = laid(drawn(KINDS.EAN13, NUMBER))
    black = np.zeros((*label.shape, 4), np.uint8)
    black[..., 3] = 255 - label
    opened = read_gray(write(tmp_path / "cut.png", black))
    assert opened is not None
    gray, _ = opened
    assert np.abs(gray.astype(int) - label).max() <= 1


def test_a_huge_picture_is_read_reduced(tmp_path: Path) -> None:
    opened = read_gray(write(tmp_path / "huge.png", np.full((6000, 8000), 255, np.uint8)))
    assert opened is not None
    gray, times = opened
    assert max(gray.shape) == 1920
    assert times == pytest.approx(8000 / 1920)


@pytest.mark.parametrize("row", ["a.png", "a.png,EAN13", ",EAN13,6901234567892", "a.png,,6901234567892"])
def test_a_manifest_with_a_row_that_lacks_something_is_refused_with_that_row(tmp_path: Path, row: str) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(f"file,symbology,expected\n{row}\n")
    with pytest.raises(ManifestUnreadable, match=re.escape(row)):
        list(read_manifest(listed))


def test_a_name_that_no_file_can_have_is_a_missing_picture(tmp_path: Path) -> None:
    assert read_gray(tmp_path / "a\0b.png") is None
