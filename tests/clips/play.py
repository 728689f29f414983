"""Play: a film in the camera's time before one reader, and what came of it."""

import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Protocol

from pos.scan.bare import Codes, bare_readers
from pos.scan.camera import VideoSource
from pos.scan.decode import Decoder
from pos.scan.eye import Eye
from pos.scan.film import played
from pos.scan.frame import Frame, Gray, Shot
from pos.scan.measure import canonical
from pos.scan.packed import gray_of
from pos.scan.seen import Kinds
from pos.scan.stare import Stare
from tests.clips.films import FPS, LEAD, Film

VOTES = 2
"""Frames in which a library alone must see a text: what an honest till would ask for."""

Code = str
"""Family and text, as ``canonical`` gives it."""


class Reader(Protocol):
    """Looks at one frame after another and says what counts."""

    def look(self, frame: Frame, at: float) -> list[Code]:
        """Return what counts from this frame on; ``at`` in seconds."""


class OurReader:
    """The till's eye, with its own budget."""

    def __init__(self) -> None:
        """Wake it, so that the first look pays for no import."""
        self._eye = Eye()
        assert self._eye.wake()

    def look(self, frame: Frame, at: float) -> list[Code]:
        """Return what counts."""
        _, readings = self._eye.look(Shot(frame, at), time.thread_time)
        return [canonical(reading.symbology, reading.text) for reading in readings]


class BareReader:
    """A library as it comes; what it saw in two frames counts."""

    def __init__(self, read: Callable[[Gray], Codes]) -> None:
        """Take how it reads."""
        self._read = read
        self._votes: Counter[Code] = Counter()

    def look(self, frame: Frame, at: float) -> list[Code]:
        """Return what counts."""
        del at
        gray = gray_of(frame)
        assert gray is not None
        codes = {canonical(*code) for code in self._read(gray)}
        self._votes.update(codes)
        return [code for code in codes if self._votes[code] == VOTES]


def readers() -> dict[str, Callable[[], Reader]]:
    """Return whom to play to, by name: ours first."""
    bare = bare_readers()
    return {
        "guitai": OurReader,
        "pyzbar": lambda: BareReader(bare["pyzbar"]),
        "zxing": lambda: BareReader(bare["zxing"]),
    }


@dataclass(frozen=True, slots=True)
class Played:
    """What one reader made of one film.

    Attributes:
        read_at: seconds into the film at which the right text counted; None for never.
        wrong: every other text that counted.
        times: how often the right one counted.
        look_ms: of each look.
    """

    film: str
    reader: str
    read_at: float | None
    wrong: list[Code] = field(default_factory=list)
    times: int = 0
    look_ms: list[float] = field(default_factory=list)


def play(film: Film, shots: Sequence[Frame], name: str, reader: Reader) -> Played:
    """Play a film to a reader."""
    right, looks = truth(film), list(played(reader.look, enumerate(shots), FPS))
    counted = [(look.until, code) for look in looks for code in look.what]
    read = [at for at, code in counted if code == right]
    wrong = [code for _, code in counted if code != right]
    look_ms = [look.took_s * 1000 for look in looks]
    return Played(film.name, name, read[0] if read else None, wrong, len(read), look_ms)


def truth(film: Film) -> Code:
    """Return the one text that is right."""
    return canonical(film.symbol.symbology, film.symbol.text)


def readable_from(film: Film, shots: Sequence[Frame]) -> int | None:
    """Return the first frame of which any reader, alone and with all the time it wants, gets the right text."""
    decoder, bare, right = Decoder(), bare_readers(), truth(film)
    for number, frame in enumerate(shots[LEAD:], LEAD):  # nothing lies there before
        gray = gray_of(frame)
        assert gray is not None
        codes = {*bare["zxing"](gray), *bare["pyzbar"](gray), *_all_stages(decoder, gray)}
        if right in {canonical(*code) for code in codes}:
            return number
    return None


def _all_stages(decoder: Decoder, gray: Gray) -> list[tuple[str, str]]:
    """Return everything our reader can see in one frame: each place is tried in every way."""
    seen = decoder.glance(gray)
    for kinds in Kinds:
        seen += decoder.find(gray, kinds)
    stare = Stare()
    for turn in range(5):
        seen += stare.look(decoder, gray, [], float(turn), lambda: True)
    return [(one.symbology.value, one.text) for one in seen]


def filmed(path: Path) -> list[Frame]:
    """Return the frames of a film on disk, as the till's own source gives them."""
    source = VideoSource(path)
    source.open()
    try:
        return list(_until_the_end(source))
    finally:
        source.close()


def _until_the_end(source: VideoSource) -> Iterator[Frame]:
    while True:
        try:
            picture = source.read()
        except EOFError:
            return
        if picture is not None:
            yield picture


def middle_ms(seconds: Sequence[float]) -> float:
    """Return the median in milliseconds; nan of nothing."""
    return 1000 * median(seconds) if seconds else float("nan")
