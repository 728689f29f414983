"""Likely: read an EAN-13 or UPC-A that no library reads, by asking which number would look most like it.

Libraries first decide what is black and what is white; where a code is small, out of focus or moving, that is where
they lose it. Here nothing is decided before the end. ``fits`` lays the pattern of 95 modules over an averaged row,
``guess`` asks which number it looks most like and in what light, ``chain`` which other number could. Then the bands of
the label are laid over each other, each where that number lies best in it: what they have in common stays, noise and
glare go. The number counts only when its check digit is right by itself, the next best is far beyond what is left
unexplained, and two halves of the bands say the same.
"""

from dataclasses import replace

import numpy as np

from pos.scan.chain import wave
from pos.scan.frame import Gray
from pos.scan.guess import Effort, Guess, guess_row, laid, seen_as
from pos.scan.opencv import load
from pos.scan.pattern import BLURS, SMEARED
from pos.scan.region import Region, Strip
from pos.scan.row import Row, row_of
from pos.scan.seen import AGREED_VOTES, CERTAIN_VOTES, Seen, Symbology

GLANCE = Effort(rows=(0,), taken=2, kept=1, first_max=0.05, asked_max=0.02)
"""For a frame: another follows."""
GLANCE_LOW, GLANCE_HIGH = replace(GLANCE, rows=(6,)), replace(GLANCE, rows=(3,))
"""For the next ones, where the whole gave nothing: the label may lie on something else, or under a lamp."""
THOROUGH = Effort(rows=(0, 3, 6), taken=6, kept=2)
"""For a picture, which is all there is."""

COST_MAX = 0.027
"""Mean squared difference a digit may have, of bars from 0 to 1; what is wrong fails by margin or check digit first."""
SURENESS_MIN, SURENESS_BLURRED_MIN = 3.0, 4.5
"""How many times a digit's cost the next best number must cost more; its check digit keeps two digits apart. Where bars
flow together all numbers become alike, so that something else is explained as well: there it must be more."""
CERTAIN, CERTAIN_COST_MAX = 4.0, 0.002
"""So many times as sure as that, and so near, a number needs no second look. Two digits printed over each other came to
2.9 and 0.0106."""
DOUBTFUL, DOUBTFUL_COST_MIN = 2.5, 0.005
"""Less sure than so many times and not so near, a number needs a library that says the same. Of 4,900 labels drawn with
damage four were another number with a right check digit: 1.3 to 2.1 times as sure as it must be, at 0.007 and more. Of
318 right ones that no library read, blurred, sharpened or folded, 18 are so."""
FLOWING = frozenset(range(5, len(BLURS))) - {SMEARED}
"""The blurs in which that is so: of 1.3 modules and more, and smears but the least, which is like a blur of 0.8."""
HOPE = 0.5
"""The same of one row, below which its bands are not looked at: most places hold no EAN."""
BANDS, BANDS_MIN = 8, 3
BAND_WORSE = 2.5
"""Times the best band's rest, above which a band is left out: there is glare on it, or it is beside the bars."""
_TURNS = 3


def read_strip(strip: Strip, effort: Effort = GLANCE) -> Guess | None:
    """Return the number of a straightened region, or None when it is not beyond doubt."""
    best, at = None, 0
    for place in effort.rows:
        guess = guess_row(averaged(strip.pixels, place), strip.bars, effort, SURENESS_BLURRED_MIN)
        if guess and (best is None or guess.rank < best.rank):
            best, at = guess, place - 1 if place else BANDS // 2
        if best and best.sureness > SURENESS_BLURRED_MIN:
            break
    if not best or best.sureness < HOPE:
        return None
    joint = together(bands_of(strip.pixels), best, at)
    return joint if joint and is_sure(joint) else None


def is_sure(guess: Guess) -> bool:
    """Whether a number is near enough, alone, and has the right check digit without having been made to.

    Stripes of one width, all alike, are 0555555555555 and no number.
    """
    are_stripes = len(set(guess.number.digits[1:])) == 1
    return guess.number.cost < COST_MAX and _times_sure(guess) > 1 and not are_stripes


def is_certain(guess: Guess) -> bool:
    """Whether nothing else can be meant at all."""
    return is_sure(guess) and _times_sure(guess) > CERTAIN and guess.number.cost < CERTAIN_COST_MAX


def is_doubtful(guess: Guess) -> bool:
    """Whether something on the label may have made another number of it."""
    return _times_sure(guess) < DOUBTFUL and guess.number.cost > DOUBTFUL_COST_MIN


def _times_sure(guess: Guess) -> float:
    return guess.sureness / (SURENESS_BLURRED_MIN if guess.blur in FLOWING else SURENESS_MIN)


def likely_seen(guess: Guess | None, region: Region) -> list[Seen]:
    """Return what ``likely`` read of a region; nothing when it read nothing."""
    if guess is None:
        return []
    digits = guess.number.digits
    text, symbology = (digits[1:], Symbology.UPCA) if digits[0] == "0" else (digits, Symbology.EAN13)
    votes = CERTAIN_VOTES if is_certain(guess) else 1 if is_doubtful(guess) else AGREED_VOTES
    return [Seen(text, symbology, region.corners, "likely", votes=votes)]


def together(bands: list[Row], known: Guess, at: int) -> Guess | None:
    """Return what the bands of a label look like together; None when halves of them differ.

    Args:
        at: the band where the known guess was seen.
    """
    guess = known
    for _ in range(_TURNS):
        lain = _laid_bands(bands, replace(known, number=guess.number, blur=guess.blur), at)
        if len(lain) < BANDS_MIN:
            return None
        again = _joined(lain)
        is_still = again.number.digits == guess.number.digits
        guess = again
        if is_still:
            break
    halves = [_joined(lain[which::2]) for which in (0, 1)]
    return guess if all(half.number.digits == guess.number.digits for half in halves) else None


def _laid_bands(bands: list[Row], known: Guess, at: int) -> list[Guess]:
    """Return how a number lies in each band, from the one where it was seen outward; a slanting label wanders."""
    found: dict[int, Guess] = {}
    for way in (range(at, len(bands)), range(at - 1, -1, -1)):
        last = found.get(at, known)
        for place in way:
            lain = laid(bands[place], last, (0.4, 0.2, 0.1))
            if lain is None:
                break
            last = found[place] = lain
    rests = {place: float(((one.look - wave(one.number.digits, one.blur)) ** 2).mean()) for place, one in found.items()}
    most = BAND_WORSE * min(rests.values(), default=0.0)
    return [found[place] for place in sorted(found) if rests[place] <= most]


def _joined(lain: list[Guess]) -> Guess:
    blur = int(np.median([one.blur for one in lain]))
    return seen_as(np.mean([one.look for one in lain], 0), replace(lain[0], blur=blur))


def averaged(pixels: Gray, which: int) -> Row:
    """Return the averaged rows of a strip, dark high: 0 of the whole, from 1 on of its ``BANDS`` bands."""
    cv2, height = load(), pixels.shape[0]
    if which:
        top, bottom = (int(height * (0.05 + 0.9 * edge / BANDS)) for edge in (which - 1, which))
    else:
        top, bottom = height // 6, height - height // 6 + 1
    profile = cv2.reduce(pixels[top : max(bottom, top + 1)], 0, cv2.REDUCE_AVG, dtype=cv2.CV_32F)
    return row_of(cv2.GaussianBlur(255 - profile, (0, 0), 0.8))


def bands_of(pixels: Gray) -> list[Row]:
    """Return the averaged rows of each band of a strip."""
    return [averaged(pixels, band) for band in range(1, BANDS + 1)]
