"""Show: what is read of files, folders, videos and cameras, a line of JSON for each."""

import json
import queue
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, process_time
from typing import Any

from pos.domain.errors import DeviceError
from pos.scan.camera import PICTURES, CameraSource, Source, VideoSource
from pos.scan.decode import Decoder
from pos.scan.picture import read_gray
from pos.scan.report import Stage, State
from pos.scan.scanner import Scanner
from pos.scan.seen import Corners, Reading, Seen
from pos.scan.still import read_still


@dataclass(frozen=True, slots=True)
class _End:
    error: DeviceError | None


def show(names: Sequence[str]) -> Iterator[str]:
    """Give a line of JSON for each picture, and one for each reading of a video or camera, which goes on until stopped.

    ``ms`` is the CPU time a picture took, and of a video or camera the time since it was opened.

    Args:
        names: files, folders, or the numbers of cameras.

    Raises:
        DecoderMissing: neither reading library is on this machine.
    """
    decoder = Decoder()
    for name in names:
        for path in _listed(Path(name)):
            if path.suffix.lower() in PICTURES:
                yield _picture_line(decoder, path)
            else:
                source: Source = VideoSource(path) if path.exists() or not name.isdigit() else CameraSource(int(name))
                yield from _readings(source, str(path))


def _listed(path: Path) -> list[Path]:
    if not path.is_dir():
        return [path]
    return sorted(each for each in path.rglob("*") if each.suffix.lower() in PICTURES)


def _picture_line(decoder: Decoder, path: Path) -> str:
    began = process_time()
    gray = read_gray(path)
    if gray is None:
        return _line(str(path), error="cannot be read as a picture")
    seen = read_still(decoder, gray)
    return _line(str(path), seen, ms=round((process_time() - began) * 1000, 1))


def _readings(source: Source, name: str) -> Iterator[str]:
    """Give what counts of a source as it plays, then how it ended."""
    heard: queue.SimpleQueue[Reading | _End] = queue.SimpleQueue()

    def on_state(state: State) -> None:
        if state.stage in {Stage.LOST, Stage.ENDED}:
            heard.put(_End(state.error))

    scanner = Scanner(source, on_code=heard.put, on_state=on_state)
    began, is_empty = monotonic(), True
    scanner.start()
    try:
        while isinstance(what := heard.get(), Reading):
            is_empty = False
            yield _line(name, [what], ms=round((monotonic() - began) * 1000))
        if what.error is not None:
            yield _line(name, error=str(what.error))
        elif is_empty:
            yield _line(name, ms=round((monotonic() - began) * 1000))
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
