"""Show: what is read of files, folders, videos and cameras, a line of JSON for each."""

import json
import os
import queue
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from time import monotonic, process_time, thread_time
from typing import Any, TextIO

from pos.domain.errors import CameraLost, DeviceError
from pos.scan.camera import PICTURES, CameraSource, Source, VideoSource
from pos.scan.chain import prepare
from pos.scan.decode import Decoder
from pos.scan.eye import Eye
from pos.scan.film import frames_of, played
from pos.scan.frame import Shot
from pos.scan.packed import Picture
from pos.scan.picture import read_gray
from pos.scan.report import State
from pos.scan.scanner import Scanner
from pos.scan.seen import Corners, Reading, Seen
from pos.scan.still import read_still

FILMS = {".avi", ".mkv", ".mov", ".mp4", ".webm"}
"""What is played of a folder; a file that is named is played whatever it is called."""


def show(names: Sequence[str], tell: Callable[[str], object] = lambda _: None) -> Iterator[str]:
    """Give a line of JSON for each picture, and one for each reading of a video or camera, which goes on until stopped.

    ``ms`` is the CPU time a picture took; of a video the time in it, where a look takes as long as the processor was
    busy with it; of a camera the time since it was opened.

    Args:
        names: files, folders, or the numbers of cameras.
        tell: hears which reading library is missing, while another reads on.

    Raises:
        DecoderMissing: neither reading library is on this machine.
    """
    decoder = Decoder()
    for missing in decoder.missing:
        tell(str(missing))
    for name in names:
        found = _listed(Path(name)) if name else []
        if not name:
            yield _line(name, error="a name is empty")
        elif not found:
            yield _line(name, error="no pictures and no films in it")
        for path in found:
            if _is_picture(path):
                yield _picture_line(decoder, path)
            elif path.exists() or not name.isdigit():
                yield from _film_lines(VideoSource(path), str(path))
            else:
                yield from _camera_lines(CameraSource(int(name)), str(path))


def write_until_enough(lines: Iterable[str], out: TextIO) -> None:
    """Write lines as they come; whoever reads them may have enough and go, as ``head`` does."""
    try:
        for line in lines:
            out.write(f"{line}\n")
            out.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # for what Python writes at its end


def _listed(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.rglob("*") if each.suffix.lower() in PICTURES | FILMS)


def _is_picture(path: Path) -> bool:
    """Whether a file is one picture; what its name does not tell is tried."""
    suffix = path.suffix.lower()
    return suffix in PICTURES or (suffix not in FILMS and path.is_file() and read_gray(path) is not None)


def _picture_line(decoder: Decoder, path: Path) -> str:
    began = process_time()
    opened = read_gray(path)
    if opened is None:
        return _line(str(path), error="cannot be read as a picture")
    gray, times = opened
    seen = [one.scaled(times) for one in read_still(decoder, gray)]
    return _line(str(path), seen, ms=round((process_time() - began) * 1000, 1))


def _film_lines(source: Source, name: str) -> Iterator[str]:
    """Give what counts of a film in its own time, then how it ended."""
    eye, is_empty, until = Eye(), True, 0.0
    eye.wake()
    prepare()

    def read(frame: Picture, at: float) -> list[Reading]:
        """Look at one frame of the film."""
        _, readings = eye.look(Shot(frame, at), thread_time)
        return readings

    try:
        source.open()
        for look in played(read, frames_of(source), source.fps):
            until, is_empty = look.until, is_empty and not look.what
            for reading in look.what:
                yield _line(name, [reading], ms=round(until * 1000))
    except CameraLost as lost:
        yield _line(name, error=str(lost))
    else:
        if is_empty:
            yield _line(name, ms=round(until * 1000))
    finally:
        source.close()


def _camera_lines(source: Source, name: str) -> Iterator[str]:
    """Give what counts of a camera until it is lost."""
    heard: queue.SimpleQueue[Reading | DeviceError] = queue.SimpleQueue()

    def on_state(state: State) -> None:
        """Pass on what went wrong, which ends the lines."""
        if state.error is not None:
            heard.put(state.error)

    scanner = Scanner(source, on_code=heard.put, on_state=on_state)
    began = monotonic()
    scanner.start()
    try:
        while isinstance(what := heard.get(), Reading):
            yield _line(name, [what], ms=round((monotonic() - began) * 1000))
        yield _line(name, error=str(what))
    finally:
        scanner.stop()


def _line(name: str, seen: Sequence[Seen | Reading] = (), **more: Any) -> str:  # noqa: ANN401  (what JSON can hold)
    corners: list[Corners] = [one.corners for one in seen]
    facts = {
        "file": name,
        "texts": [one.text for one in seen],
        "symbologies": [one.symbology.value for one in seen],
        "corners": corners,
        **more,
    }
    return json.dumps(facts, ensure_ascii=False)
