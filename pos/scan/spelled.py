"""Spelled: Code 128 and UPC-E that no library reads, character by character, as ``likely`` reads EAN-13.

A text counts only when start, check and stop came out right by themselves, the next sequence of characters is far
beyond what is left unexplained, and two halves of the label's bands say the same. A UPC-E is a second's word only.
"""

import numpy as np

from pos.scan.alphabet import CODE128, UPC_E, Alphabet
from pos.scan.characters import Line, moved, read_row, seen_as, wave
from pos.scan.likely import BAND_WORSE, BANDS_MIN, COST_MAX, averaged, bands_of
from pos.scan.region import Region, Strip
from pos.scan.row import Row
from pos.scan.seen import Seen, Symbology

SURENESS_MIN = {Symbology.CODE128: 1.0, Symbology.UPCE: 3.0}
"""How many times a character's cost the next sequence must cost more, whatever its check."""

_STEPS = (0.4, 0.2, 0.1)


def spelled_seen(strip: Strip, region: Region) -> list[Seen]:
    """Return what is spelled in a straightened region; nothing where it is not beyond doubt."""
    row = averaged(strip.pixels, 0)
    found = []
    for alphabet in (CODE128, UPC_E):
        line = read_row(row, strip.bars, alphabet)
        read = line and alphabet.text(line.values)
        if line and read and is_sure(together(bands_of(strip.pixels), line, alphabet), alphabet):
            text, is_gs1 = read
            found.append(Seen(text, alphabet.symbology, region.corners, "likely", is_gs1))
    return found


def is_sure(line: Line | None, alphabet: Alphabet) -> bool:
    """Whether a line is near enough and alone."""
    return line is not None and line.cost < COST_MAX and line.sureness > SURENESS_MIN[alphabet.symbology]


def together(bands: list[Row], known: Line, alphabet: Alphabet) -> Line | None:
    """Return what the bands of a label look like together; None where they or halves of them say something else."""
    lain = [line for band in bands if (line := _laid(band, known, alphabet))]
    rests = [float(((line.look - wave(line.values, line.blur, alphabet)) ** 2).mean()) for line in lain]
    lain = [line for line, rest in zip(lain, rests, strict=True) if rest <= BAND_WORSE * min(rests)]
    if len(lain) < BANDS_MIN:
        return None
    joined = [_joined(part, alphabet) for part in (lain, lain[::2], lain[1::2])]
    return joined[0] if all(line.values == known.values for line in joined) else None


def _laid(band: Row, known: Line, alphabet: Alphabet) -> Line | None:
    line: Line | None = known
    for step in _STEPS:
        line = moved(band, line, step, alphabet) if line else None
    return line


def _joined(lain: list[Line], alphabet: Alphabet) -> Line:
    blur = int(np.median([line.blur for line in lain]))
    return seen_as(np.mean([line.look for line in lain], 0), lain[0]._replace(blur=blur), alphabet)
