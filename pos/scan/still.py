"""Still: read one picture as well as it can be, however long that takes; 10 ms to a second and a half.

A camera gives another frame in 33 ms; a picture is all there is, so several versions of it are looked at: the whole as
it is, in even light, sharpened, enlarged; then every place where bars may lie, straightened; at last the likely number,
and what is spelled there.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from pos.scan.ballot import Ballot
from pos.scan.decode import Decoder
from pos.scan.frame import Gray
from pos.scan.library import Library
from pos.scan.likely import THOROUGH, likely_seen, read_strip
from pos.scan.opencv import load
from pos.scan.region import COARSE, FINE, MEDIUM, Region, Strip, find_regions, region_at, straighten, variants
from pos.scan.seen import Kinds, Seen
from pos.scan.spelled import spelled_seen

REGIONS = 6
"""Places looked into with each sieve."""
ENLARGED_TO = 2600
"""Pixels; a picture that would be longer at twice its size is not enlarged."""
SMALLEST = 8
"""Pixels; nothing but the whole is tried on a picture smaller than this."""

_LIKELY_HEIGHT = 120


class _View(NamedTuple):
    """A version of a picture.

    Attributes:
        scale: pixels of it for each of the picture's.
        libraries: who looks at it.
    """

    pixels: Gray
    scale: float
    libraries: tuple[Library, ...]


def read_still(decoder: Decoder, gray: Gray) -> list[Seen]:
    """Return what is believed of one picture, in reading order; texts that only one look saw are left out."""
    ballot = Ballot()
    wanted = list(Kinds)
    for view in _views(decoder, gray):
        for kinds in wanted:
            for library in view.libraries:
                ballot.cast(seen.scaled(1 / view.scale) for seen in library.read(view.pixels, kinds))
        wanted = _undecided(ballot)
        if not wanted:
            break
    if min(gray.shape) >= SMALLEST:
        look_into_doubted(gray, ballot)
        _look_into_regions(decoder, gray, ballot)
    return ballot.believed()


def look_into_doubted(gray: Gray, ballot: Ballot) -> None:
    """Ask what the places of bars look most like about which a library said something that does not count."""
    for region in [region_at(seen.corners) for seen in ballot.doubted() if not seen.symbology.is_square]:
        _weigh(gray, region, ballot)


def _undecided(ballot: Ballot) -> list[Kinds]:
    """Return what to look for again: what is in doubt, or everything when nothing was found."""
    doubted = {seen.symbology.kinds for seen in ballot.doubted()}
    if doubted or ballot.believed():
        return [kinds for kinds in Kinds if kinds in doubted]
    return list(Kinds)


def _views(decoder: Decoder, gray: Gray) -> Iterator[_View]:
    """Give versions of a picture, the most telling first."""
    cv2 = load()
    voters = decoder.voters
    yield _View(gray, 1.0, (*voters, decoder.third))
    if min(gray.shape) < SMALLEST:
        return
    if decoder.even:
        yield _View(gray, 1.0, (decoder.even,))
    yield _View(_evenly_lit(gray), 1.0, (decoder.first,))
    yield _View(_sharpened(gray, 2, 1.5), 1.0, voters)
    yield _View(_sharpened(gray, 4, 2.0), 1.0, (decoder.first,))
    if 2 * max(gray.shape) <= ENLARGED_TO:
        larger = cv2.resize(gray, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
        yield _View(larger, 2.0, (*voters, decoder.third))
    yield _View(cv2.resize(gray, None, fx=0.7, fy=0.7, interpolation=cv2.INTER_AREA), 0.7, (decoder.first,))
    yield _View(cv2.resize(gray, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA), 0.5, voters)


def _look_into_regions(decoder: Decoder, gray: Gray, ballot: Ballot) -> None:
    """Straighten the places where bars may lie; all that can be tried is tried until one is read."""
    for sieve in (FINE, MEDIUM, COARSE):
        for region in find_regions(gray, sieve, most=REGIONS):
            if _is_read(ballot, region):
                continue
            strip = straighten(gray, region)
            if _sees_bars(decoder, strip) or not ballot.believed():
                _vote_on(decoder, strip, ballot)
            if not ballot.believed():
                _weigh(gray, region, ballot)
        if ballot.believed():
            return


def _weigh(gray: Gray, region: Region, ballot: Ballot) -> None:
    """Ask what a place looks most like."""
    strip = straighten(gray, region, height_max=_LIKELY_HEIGHT)
    ballot.cast(likely_seen(read_strip(strip, THOROUGH), region) or spelled_seen(strip, region))


def _sees_bars(decoder: Decoder, strip: Strip) -> bool:
    return bool(decoder.first.read(strip.pixels, Kinds.BARS, is_level=True))


def _is_read(ballot: Ballot, region: Region) -> bool:
    return any(seen.covers(region.middle) for seen in ballot.believed() if not seen.symbology.is_square)


def _vote_on(decoder: Decoder, strip: Strip, ballot: Ballot) -> None:
    for number, pixels in enumerate(variants(strip)):
        for library in (*decoder.voters, decoder.third) if number < 2 else decoder.voters:
            for kinds in (Kinds.BARS, Kinds.RARE):
                found = library.read(pixels, kinds, is_level=True)
                ballot.cast(replace(seen, corners=strip.on_frame(seen.corners)) for seen in found)


def _evenly_lit(gray: Gray) -> Gray:
    """Return a picture divided by the light round each of its points."""
    cv2 = load()
    reach = max(gray.shape) // 8 | 1
    light = np.maximum(cv2.blur(gray, (reach, reach)).astype(np.float32), 8)
    return np.asarray(np.clip(gray / light * 128, 0, 255), dtype=np.uint8)


def _sharpened(gray: Gray, sigma: float, amount: float) -> Gray:
    cv2 = load()
    soft = cv2.GaussianBlur(gray, (0, 0), sigma)
    return np.asarray(cv2.addWeighted(gray, 1 + amount, soft, -amount, 0), dtype=np.uint8)
