"""Whatever is handed in is read, or passed over in words; nothing crashes."""

import json
from pathlib import Path

import numpy as np
import pytest
import zxingcpp

from pos.scan.frame import Frame
from pos.scan.opencv import load
from pos.scan.show import show

TEA = "6901234567892"


def label(width: int = 640, height: int = 480, module_px: int = 2) -> Frame:
    """A label of a real product."""
    drawn = zxingcpp.create_barcode(TEA, zxingcpp.BarcodeFormat.EAN13).to_image(scale=module_px)
    bars = np.asarray(drawn).reshape(*np.asarray(drawn).shape[:2], -1)[..., :1]
    picture = np.full((height, width, 3), 200, np.uint8)
    top, left = height // 4, width // 4
    picture[top : top + bars.shape[0], left : left + bars.shape[1]] = bars
    return picture


def told_of(path: Path) -> dict[str, object]:
    """What the scan command tells of one file."""
    told: dict[str, object] = json.loads(next(iter(show([str(path)]))))
    return told


@pytest.mark.parametrize(
    ("name", "picture"),
    [
        ("gray.png", label()[..., 0]),
        ("deep.png", label().astype(np.uint16) * 257),
        ("deep-gray.tif", label()[..., 0].astype(np.uint16) * 257),
        ("clear.png", np.dstack([label(), np.full((480, 640), 255, np.uint8)])),
        ("huge.jpg", label(8000, 6000, 12)),
    ],
    ids=["gray", "16 bits", "16 bits of gray", "4 channels", "8000 x 6000"],
)
def test_a_picture_of_any_kind_is_read(tmp_path: Path, name: str, picture: Frame) -> None:
    path = tmp_path / name
    assert load().imwrite(str(path), picture)
    assert told_of(path)["texts"] == [TEA]


def test_corners_are_those_of_the_picture_itself_however_large_it_is(tmp_path: Path) -> None:
    path = tmp_path / "huge.png"
    load().imwrite(str(path), label(8000, 6000, 12))
    ((left, top), *_, (_, bottom)) = json.loads(next(iter(show([str(path)]))))["corners"][0]
    assert 2000 < left < 2200, "it lies from a quarter of the width on, after white of some modules"
    assert 1500 <= top < bottom < 2600


def test_a_picture_whose_name_does_not_say_so_is_one(tmp_path: Path) -> None:
    load().imwrite(str(tmp_path / "a.png"), label())
    assert told_of((tmp_path / "a.png").rename(tmp_path / "scanned"))["texts"] == [TEA]


def test_an_empty_folder_is_told_so(tmp_path: Path) -> None:
    assert told_of(tmp_path)["error"] == "no pictures and no films in it"


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0" + b"\0" * 400], ids=len)
def test_a_file_that_is_no_picture_is_told_so(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "label.jpg"
    path.write_bytes(content)
    assert (told_of(path)["texts"], told_of(path)["error"]) == ([], "cannot be read as a picture")


def test_half_a_photograph_is_read_as_far_as_it_goes_or_told_so(tmp_path: Path) -> None:
    path = tmp_path / "label.jpg"
    load().imwrite(str(path), label())
    path.write_bytes(path.read_bytes()[:-2000])
    assert told_of(path)["texts"] in ([], [TEA])


def test_of_a_folder_pictures_and_films_are_read_and_nothing_else(tmp_path: Path) -> None:
    load().imwrite(str(tmp_path / "茶 1#.png"), label())
    (tmp_path / "notes.txt").write_text(TEA)
    writer = load().VideoWriter(str(tmp_path / "film.avi"), load().VideoWriter.fourcc(*"MJPG"), 30, (640, 480))
    for _ in range(6):
        writer.write(label())
    writer.release()
    told = [json.loads(line) for line in show([str(tmp_path)])]
    assert [(Path(line["file"]).name, line["texts"]) for line in told] == [("film.avi", [TEA]), ("茶 1#.png", [TEA])]


def test_a_torn_video_gives_what_is_in_it_and_says_where_it_is_torn(tmp_path: Path) -> None:
    path = tmp_path / "film.avi"
    writer = load().VideoWriter(str(path), load().VideoWriter.fourcc(*"MJPG"), 30, (640, 480))
    for shift in range(60):
        writer.write(np.roll(label(), shift % 5, axis=1))
    writer.release()
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    *read, end = [json.loads(line) for line in show([str(path)])]
    assert [line["texts"] for line in read] == [[TEA]]
    assert "torn after" in end["error"]
