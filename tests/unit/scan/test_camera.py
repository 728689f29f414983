"""Where frames come from, with real files and real OpenCV."""

import logging
import math
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import numpy as np
import pytest

from pos.domain.errors import CameraLost
from pos.scan import camera, devices
from pos.scan.camera import CameraSource, FolderSource, FramesSource, Source, VideoSource, as_frame, find_source
from pos.scan.devices import Device, find_camera, list_cameras
from pos.scan.frame import Frame
from pos.scan.opencv import load
from pos.settings import CameraSettings


def plain(level: int, width: int = 160, height: int = 120) -> Frame:
    """A frame of one gray."""
    return np.full((height, width, 3), level, np.uint8)


def write_film(path: Path, levels: list[int], fps: float = 25) -> Path:
    """Write a film of plain frames, one for each level."""
    cv2 = load()
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter.fourcc(*"MJPG"), fps, (160, 120))
    for level in levels:
        writer.write(plain(level))
    writer.release()
    return path


def play(source: Source, seen: list[int], count: int = 1000) -> None:
    """Note the gray of each frame, rounded to tens: JPEG moves it a little."""
    source.open()
    try:
        while len(seen) < count:
            frame = source.read()
            if frame is not None:
                assert isinstance(frame, np.ndarray)
                seen.append(round(float(frame.mean()) / 10) * 10)
    finally:
        source.close()


def levels_of(source: Source, count: int = 1000) -> list[int]:
    """The gray of each frame until the end."""
    seen: list[int] = []
    with suppress(EOFError):
        play(source, seen, count)
    return seen


def test_a_video_gives_its_frames_in_order_and_ends(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.avi", [20, 60, 100, 140])
    assert levels_of(VideoSource(film)) == [20, 60, 100, 140]


def test_a_video_may_loop(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.avi", [20, 60, 100])
    assert levels_of(VideoSource(film, loops=True), 7) == [20, 60, 100, 20, 60, 100, 20]


def test_a_video_is_played_at_the_speed_written_in_it(tmp_path: Path) -> None:
    source = VideoSource(write_film(tmp_path / "film.avi", [20, 60], fps=12.5))
    source.open()
    assert source.fps == pytest.approx(12.5)
    source.close()


@pytest.mark.parametrize("told", [math.nan, math.inf, 0.0, -3.0, 90000.0])
def test_a_video_that_tells_nonsense_about_its_speed_plays_at_thirty(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, told: float
) -> None:
    source = VideoSource(write_film(tmp_path / "film.avi", [20, 60]))
    real = camera._open_capture

    class Lying:
        def __init__(self, *given: object) -> None:
            self._capture = real(*given)  # type: ignore[arg-type]

        def get(self, _: int) -> float:
            return told

        def release(self) -> None:
            self._capture.release()

    monkeypatch.setattr(camera, "_open_capture", Lying)
    source.open()
    assert source.fps == 30
    source.close()


def tear(film: Path) -> Path:
    """Cut a film's file in the middle."""
    whole = film.read_bytes()
    film.write_bytes(whole[: len(whole) // 2])
    return film


def test_a_video_torn_in_the_middle_is_read_to_where_it_is_torn_and_says_so(tmp_path: Path) -> None:
    source = VideoSource(tear(write_film(tmp_path / "film.avi", [20, 60, 100, 140] * 10)))
    seen: list[int] = []
    with pytest.raises(CameraLost, match=r"film\.avi.*torn after \d+ of 40 pictures"):
        play(source, seen)
    assert seen[:4] == [20, 60, 100, 140]
    assert len(seen) < 40


def test_a_torn_video_that_loops_goes_on_from_its_start(tmp_path: Path) -> None:
    film = tear(write_film(tmp_path / "film.avi", [20] * 40))
    assert levels_of(VideoSource(film, loops=True), 60) == [20] * 60


@pytest.mark.parametrize("content", [b"", b"\0" * 5000, b"RIFF\xff\xff\xff\xffAVI LIST", b"not a film at all" * 400])
def test_a_file_that_is_no_video_is_lost_and_not_a_crash(tmp_path: Path, content: bytes) -> None:
    film = tmp_path / "film.avi"
    film.write_bytes(content)
    with pytest.raises(CameraLost, match=r"film\.avi"):
        levels_of(VideoSource(film))


def test_a_video_with_no_pictures_is_lost_even_when_it_loops(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.avi", [])
    with pytest.raises(CameraLost):
        levels_of(VideoSource(film, loops=True))


def test_a_missing_file_and_a_folder_in_its_place_are_lost(tmp_path: Path) -> None:
    for path in (tmp_path / "none.avi", tmp_path):
        with pytest.raises(CameraLost, match="no such file"):
            VideoSource(path).open()


def test_a_video_with_a_chinese_name_opens(tmp_path: Path) -> None:
    film = write_film(tmp_path / "film.avi", [20, 60]).rename(tmp_path / "柜台 影片.avi")
    assert levels_of(VideoSource(film)) == [20, 60]


def test_a_folder_shows_each_picture_for_a_second_in_the_order_of_names(tmp_path: Path) -> None:
    for name, level in (("b.png", 60), ("a.jpg", 20), ("c.WEBP", 100)):
        load().imwrite(str(tmp_path / name.lower()), plain(level))
    assert levels_of(FolderSource(tmp_path)) == [20] * 10 + [60] * 10 + [100] * 10


def test_a_folder_passes_over_what_is_no_picture(tmp_path: Path) -> None:
    load().imwrite(str(tmp_path / "b.png"), plain(60))
    (tmp_path / "a.jpg").write_bytes(b"")
    (tmp_path / "c.png").write_bytes(b"torn")
    (tmp_path / "note.txt").write_text("no picture", "utf-8")
    assert set(levels_of(FolderSource(tmp_path))) == {60}


def test_a_folder_without_pictures_is_lost(tmp_path: Path) -> None:
    for loops in (False, True):
        with pytest.raises(CameraLost):
            levels_of(FolderSource(tmp_path, loops=loops))
    (tmp_path / "a.jpg").write_bytes(b"torn")
    for loops in (False, True):
        with pytest.raises(CameraLost):
            levels_of(FolderSource(tmp_path, loops=loops))


def test_frames_made_by_ourselves_start_anew_each_time() -> None:
    def make() -> Iterator[Frame]:
        yield from (plain(20), plain(60))

    source = FramesSource("drawn", make)
    assert levels_of(source) == [20, 60]
    assert levels_of(source) == [20, 60]


@pytest.mark.parametrize(
    "raw",
    [
        np.full((120, 160), 90, np.uint8),
        np.full((120, 160, 1), 90, np.uint8),
        np.full((120, 160, 4), 90, np.uint8),
        np.full((120, 160, 3), 90 * 256, np.uint16),
        np.full((120, 160), 90 * 256 + 255, np.uint16),
        np.full((160, 240, 3), 90, np.uint8)[20:140, 40:200],
        np.full((120, 160, 3), 90, np.uint8)[::-1, ::-1],
    ],
)
def test_any_kind_of_picture_becomes_a_frame(raw: object) -> None:
    frame = as_frame(raw)
    assert frame is not None
    assert (frame.shape, frame.dtype.name, frame.flags.c_contiguous) == ((120, 160, 3), "uint8", True)
    assert np.all(frame == 90)


@pytest.mark.parametrize(
    "raw",
    [
        None,
        "frame",
        np.zeros((0, 0, 3), np.uint8),
        np.zeros((120, 0), np.uint8),
        np.zeros((120, 160, 2), np.uint8),
        np.zeros((120, 160, 3), np.float64),
        np.zeros((2, 120, 160, 3), np.uint8),
        np.zeros(7, np.uint8),
    ],
)
def test_what_is_no_picture_is_passed_over(raw: object) -> None:
    assert as_frame(raw) is None


def test_a_huge_picture_is_reduced() -> None:
    frame = as_frame(np.zeros((6000, 8000), np.uint8))
    assert frame is not None
    assert frame.shape == (1440, 1920, 3)


def test_a_sliver_of_a_picture_stays_a_picture() -> None:
    frame = as_frame(np.zeros((1, 50000, 3), np.uint8))
    assert frame is not None
    assert frame.shape == (1, 1920, 3)


def test_a_camera_that_is_not_there_is_lost_without_a_word_on_the_terminal(capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(CameraLost, match="camera 93"):
        CameraSource(93).open()
    assert capfd.readouterr() == ("", "")


class Plug:
    """The folders in which Linux lists cameras."""

    def __init__(self, folder: Path) -> None:
        self.nodes, self.told = folder / "dev", folder / "class"
        self.nodes.mkdir()

    def __call__(self, index: int, name: str = "", place: int = 0) -> None:
        (self.nodes / f"video{index}").touch()
        if name:
            told = self.told / f"video{index}"
            told.mkdir(parents=True)
            (told / "name").write_text(f"{name}\n", "utf-8")
            (told / "index").write_text(f"{place}\n", "utf-8")

    def pull(self, index: int) -> None:
        """Pull a camera's plug."""
        (self.nodes / f"video{index}").unlink()


@pytest.fixture
def plug(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Plug:
    """A system to plug cameras into, in place of the machine's."""
    plug = Plug(tmp_path_factory.mktemp("system"))
    monkeypatch.setattr(devices, "NODES", plug.nodes)
    monkeypatch.setattr(devices, "CLASS", plug.told)
    return plug


class Cable:
    """A capture as OpenCV gives it, whose plug can be pulled."""

    def __init__(self) -> None:
        self.is_in = True
        self.refuses: set[int] = set()
        self.set_to: dict[int, float] = {}
        self.is_released = False

    def set(self, wish: int, value: float) -> bool:
        """Take a wish, and say whether the driver grants it."""
        self.set_to[wish] = value
        return wish not in self.refuses

    def read(self) -> tuple[bool, Frame | None]:
        """A plain frame while the cable is in."""
        return self.is_in, plain(70) if self.is_in else None

    def release(self) -> None:
        """Note that it was let go."""
        self.is_released = True


@pytest.fixture
def cable(monkeypatch: pytest.MonkeyPatch, plug: Plug) -> Cable:
    """The one camera of the system, on a cable that can be pulled."""
    cable = Cable()
    plug(0, "USB Camera")
    monkeypatch.setattr(camera, "_open_capture", lambda *_: cable)
    return cable


def test_a_camera_is_asked_for_full_hd_in_jpeg_at_thirty(cable: Cable) -> None:
    CameraSource(0).open()
    cv2 = load()
    assert cable.set_to[cv2.CAP_PROP_FOURCC] == int.from_bytes(b"MJPG", "little")
    assert (cable.set_to[cv2.CAP_PROP_FRAME_WIDTH], cable.set_to[cv2.CAP_PROP_FRAME_HEIGHT]) == (1920, 1080)
    assert (cable.set_to[cv2.CAP_PROP_FPS], cable.set_to[cv2.CAP_PROP_BUFFERSIZE]) == (30, 1)


def test_a_camera_may_miss_a_few_frames_and_is_lost_after_five(cable: Cable) -> None:
    source = CameraSource(0)
    source.open()
    for _ in range(10):
        cable.is_in = False
        assert [source.read() for _ in range(4)] == [None] * 4
        cable.is_in = True
        assert source.read() is not None
    cable.is_in = False
    with pytest.raises(CameraLost, match="gives no frames"):
        [source.read() for _ in range(5)]
    source.close()
    source.close()
    assert cable.is_released


def test_focus_and_exposure_are_the_cameras_own_unless_the_settings_lock_them(cable: Cable) -> None:
    cv2 = load()
    CameraSource(0).open()
    assert (cable.set_to[cv2.CAP_PROP_AUTOFOCUS], cable.set_to[cv2.CAP_PROP_AUTO_EXPOSURE]) == (1, 3)
    assert cv2.CAP_PROP_FOCUS not in cable.set_to
    assert cv2.CAP_PROP_EXPOSURE not in cable.set_to
    CameraSource(0, CameraSettings(focus="120", exposure="20")).open()
    assert (cable.set_to[cv2.CAP_PROP_AUTOFOCUS], cable.set_to[cv2.CAP_PROP_FOCUS]) == (0, 120)
    assert (cable.set_to[cv2.CAP_PROP_AUTO_EXPOSURE], cable.set_to[cv2.CAP_PROP_EXPOSURE]) == (1, 20)


def test_a_camera_without_a_lock_goes_on_without_it(cable: Cable, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    cable.refuses = {load().CAP_PROP_FOCUS}
    source = CameraSource(0, CameraSettings(focus="120"))
    source.open()
    assert source.read() is not None
    assert caplog.messages == ["USB Camera does not set FOCUS to 120"]


def test_a_camera_that_comes_back_under_another_number_is_found_by_its_name(cable: Cable, plug: Plug) -> None:
    source = CameraSource("usb cam")
    source.open()
    source.close()
    plug.pull(0)
    with pytest.raises(CameraLost, match="no such device"):
        source.open()
    plug(4, "USB Camera")
    source.open()
    assert source.name == "USB Camera"
    assert cable.is_in


def test_a_setting_names_a_source(tmp_path: Path) -> None:
    (tmp_path / "film").write_bytes(b"")
    named = {
        "2": CameraSource,
        "HD Pro Webcam C920": CameraSource,
        "USB 2.0 Camera": CameraSource,
        str(tmp_path): FolderSource,
        str(tmp_path / "film.avi"): VideoSource,
        str(tmp_path / "film"): VideoSource,
        "film.MP4": VideoSource,
    }
    assert {setting: type(find_source(setting)) for setting in named} == named
    assert find_source("none") is None
    assert find_source("synthetic") is None


def test_the_first_camera_is_taken_when_none_is_named(cable: Cable, plug: Plug) -> None:
    source = find_source("auto")
    assert source is not None
    source.open()
    assert source.name == "USB Camera"
    assert cable.is_in
    plug.pull(0)
    assert find_source("auto") is None


def test_a_camera_is_named_as_its_maker_named_it(plug: Plug) -> None:
    plug(0, "Integrated Camera: Integrated C")
    plug(1, "Integrated Camera: Integrated C", place=1)
    plug(10, "HD Pro Webcam C920")
    plug(2)
    assert list_cameras() == [
        Device(0, "Integrated Camera: Integrated C"),
        Device(2, "camera 2"),
        Device(10, "HD Pro Webcam C920"),
    ]
    found = [find_camera(wanted) for wanted in ("", "10", "c920", "1", "C922")]
    assert [device.index if device else None for device in found] == [0, 10, 10, None, None]


def test_where_the_system_lists_no_cameras_the_first_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    assert list_cameras() == [Device(0, "camera 0")]
    assert find_camera("") == Device(0, "camera 0")
    assert find_camera("3") == Device(3, "camera 3")
