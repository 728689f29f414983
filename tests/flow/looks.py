"""What counts when each frame is a look, on a clock of our own."""

from collections.abc import Iterable, Iterator

from pos.scan.decode import Decoder
from pos.scan.opencv import load
from pos.scan.seen import Frame
from pos.scan.steady import Steady


def looked_at(shots: Iterable[Frame], every_s: float) -> Iterator[str]:
    """What counts when each frame is a look, on a clock of our own."""
    decoder, steady = Decoder(), Steady()
    for number, shot in enumerate(shots):
        gray = load().cvtColor(shot, load().COLOR_BGR2GRAY)
        yield from (reading.text for reading in steady.note(decoder.read(gray), number * every_s))
