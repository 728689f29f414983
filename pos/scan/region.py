"""Regions: where bars lie in a frame, laid straight and made large enough to be read.

Libraries look for bars line by line in the picture as it is. A region is found first, by the direction in which the
brightness changes; then it is turned level, and its rows are averaged: noise goes, small and tilted codes stay.
"""

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pos.scan.frame import Gray
from pos.scan.opencv import load
from pos.scan.seen import Corners

WORKING_WIDTH = 480
"""Pixels of the frame's longer side while regions are looked for."""
REGIONS_MAX = 3
"""Regions looked into in one frame, strongest first; a basket has more codes, but a frame follows a frame."""
COHERENCE_MIN = 0.55
"""How much of the change of brightness must lie in one direction; print and texture have less."""
AREA_MIN = 120
"""Working pixels; what is smaller is no code."""
FILL_MIN = 0.85
ASPECT_MIN = 0.5
"""Of what is like bars: measured 0.96 to 1.08 and 1.3 to 3.4 on labels, 0.4 to 0.8 on most else."""
TARGET_WIDTH = 700
"""Pixels a straightened region should have: seven and more for each module of an EAN-13."""
SCALE_MAX = 4.0
APART_MIN = 0.05
"""Radians by which bars must lie askew to be those of two things."""
ALIKE = 1.4
"""Lengths of one place are at most so many times each other."""
WIPED_PX = 24
"""Working pixels by which a place that is left out is made larger."""
_TURNS = 6
_QUIET = 1.30
"""A region is taken this much wider than its bars, for the white at both ends."""


@dataclass(frozen=True, slots=True)
class Sieve:
    """How regions are told from the rest of the picture.

    Attributes:
        smooth: working pixels over which changes of brightness are gathered.
        energy: how much must change there.
        share: the same, as a share of the strongest in the frame.
        shrunk: how many times smaller than the working size it is asked; what is smoothed so much loses nothing.
    """

    smooth: int
    energy: float
    share: float
    shrunk: int = 1

    def odd(self, size: int) -> int:
        """Return how many of its pixels a size at working size takes, one that has a middle."""
        return size // self.shrunk | 1

    @property
    def area_min(self) -> float:
        """Its pixels that a code takes at least."""
        return AREA_MIN / self.shrunk**2

    def shrink(self, planes: "_Planes") -> "_Planes":
        """Return planes at the size it is asked at; a line of them stays one."""
        if self.shrunk == 1 or min(planes[0].shape) == 1:
            return planes
        cv2, share = load(), 1 / self.shrunk
        across, down, both = (
            cv2.resize(each, None, fx=share, fy=share, interpolation=cv2.INTER_AREA) for each in planes
        )
        return across, down, both


FINE = Sieve(smooth=13, energy=60.0, share=0.22)
"""Finds labels that are small in the frame."""
MEDIUM = Sieve(smooth=25, energy=20.0, share=0.12, shrunk=2)
"""Finds labels that are out of focus in a small picture, whole and without the print above them."""
COARSE = Sieve(smooth=41, energy=12.0, share=0.08)
"""Finds labels that fill the frame, or are too dim or blurred for the other."""

_Plane = NDArray[np.float32]
_Planes = tuple[_Plane, _Plane, _Plane]


@dataclass(frozen=True, slots=True)
class Region:
    """A place with bars.

    Attributes:
        strength: how much changes there; for putting regions in order.
        angle: direction across the bars, in radians.
        middle: in pixels of the frame.
        length, height: size across the bars and along them, in pixels.
        fill: the share of that box with changes in its direction; bars fill theirs, patterns and prints hardly do.
    """

    strength: float
    angle: float
    middle: tuple[float, float]
    length: float
    height: float
    fill: float

    @property
    def is_like_bars(self) -> bool:
        """Whether it has the outline of a label's bars."""
        return self.fill >= FILL_MIN and self.length >= ASPECT_MIN * self.height

    def is_same(self, other: "Region") -> bool:
        """Whether it is nearly where another is, and nearly as long."""
        is_near = math.dist(self.middle, other.middle) < 0.3 * self.length
        return is_near and ALIKE > self.length / max(other.length, 1) > 1 / ALIKE

    @property
    def corners(self) -> Corners:
        """The four corners in pixels of the frame."""
        cos, sin = math.cos(self.angle), math.sin(self.angle)
        x, y = self.middle
        halves = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)]
        sizes = [(u * self.length, v * self.height) for u, v in halves]
        return tuple((int(x + u * cos - v * sin), int(y + u * sin + v * cos)) for u, v in sizes)


@dataclass(frozen=True, slots=True)
class Strip:
    """A region laid level.

    Attributes:
        pixels: at most ``TARGET_WIDTH`` and its scale wide, bars upright.
        bars: how many pixels of its width the bars take.
        back: 2 x 3, takes its pixels to those of the frame.
    """

    pixels: Gray
    bars: float
    back: NDArray[np.float64]

    def on_frame(self, corners: Corners) -> Corners:
        """Return points of the strip as points of the frame."""
        placed = [self.back @ (x, y, 1) for x, y in corners]
        return tuple((int(x), int(y)) for x, y in placed)


def find_regions(gray: Gray, *sieves: Sieve, most: int = REGIONS_MAX, but: Iterable[Region] = ()) -> list[Region]:
    """Return the places where bars may lie, strongest first.

    Args:
        sieves: FINE where none is named; a place that one of them found is not given a second time.
        most: places given of each sieve.
        but: places left out; what is dim beside them is found as well.
    """
    scale = min(1.0, WORKING_WIDTH / max(gray.shape))
    planes = _changes(gray, scale)
    _wipe(planes, scale, but)
    found: list[Region] = []
    for sieve in sieves or (FINE,):
        fresh = (each for each in _sieved(planes, scale, sieve) if not any(each.is_same(other) for other in found))
        found += sorted(fresh, key=lambda each: -each.strength)[:most]
    return sorted(found, key=lambda each: -each.strength)


def region_at(corners: Corners) -> Region:
    """Return the place of bars that a library saw; it is taken to be longer than high."""
    cv2 = load()
    (x, y), size, turned = cv2.minAreaRect(np.array(corners, np.float32))
    angle = math.radians(turned if size[0] >= size[1] else turned - 90)
    return Region(strength=0.0, angle=angle, middle=(x, y), length=max(size), height=min(size), fill=1.0)


def straighten(gray: Gray, region: Region, *, height_max: int = 240) -> Strip:
    """Return a region laid level and enlarged, with the white at its ends."""
    cv2 = load()
    wide = region.length * _QUIET + 24
    scale = max(1.0, min(SCALE_MAX, TARGET_WIDTH / wide))
    width, height = int(wide * scale), int(min(max(region.height * 0.8, 8) * scale, height_max))
    cos, sin = math.cos(region.angle) / scale, math.sin(region.angle) / scale
    x, y = region.middle
    back = np.array([
        [cos, -sin, x - width / 2 * cos + height / 2 * sin],
        [sin, cos, y - width / 2 * sin - height / 2 * cos],
    ])  # fmt: skip
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    pixels = cv2.warpAffine(gray, back, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return Strip(pixels, region.length * scale, back)


def variants(strip: Strip) -> list[Gray]:
    """Return a strip as it is, with its rows averaged, and that sharpened twice: four looks at the same bars."""
    cv2 = load()
    rows = max(3, strip.pixels.shape[0] // 3)
    even = _stretched(cv2.blur(strip.pixels, (1, rows), borderType=cv2.BORDER_REPLICATE))
    return [strip.pixels, even, _sharpened(even, 3, 2.0), _sharpened(even, 5, 4.0)]


def _changes(gray: Gray, scale: float) -> _Planes:
    """Return how brightness changes across, down and in both at once, at working size.

    It is measured at twice the working size, so that thin bars still show.
    """
    cv2 = load()
    height, width = gray.shape
    size = max(1, round(width * scale)), max(1, round(height * scale))
    fine = min(1.0, 2 * scale)
    finer = cv2.resize(gray, None, fx=fine, fy=fine, interpolation=cv2.INTER_AREA) if fine < 1 else gray
    across = cv2.Scharr(finer, cv2.CV_32F, 1, 0, scale=1 / 16)
    down = cv2.Scharr(finer, cv2.CV_32F, 0, 1, scale=1 / 16)
    planes = (cv2.multiply(across, across), cv2.multiply(down, down), cv2.multiply(across, down))
    small = [cv2.resize(plane, size, interpolation=cv2.INTER_AREA) for plane in planes]
    return small[0], small[1], small[2]


def _wipe(planes: _Planes, scale: float, places: Iterable[Region]) -> None:
    """Have nothing change at some places, and a little beyond."""
    for place in places:
        wider = replace(place, length=place.length + WIPED_PX / scale, height=place.height + WIPED_PX / scale)
        corners = np.array(wider.corners) * scale
        for plane in planes:
            load().fillConvexPoly(plane, corners.astype(np.int32), 0.0)


def _sieved(planes: _Planes, scale: float, sieve: Sieve) -> list[Region]:
    cv2, smooth = load(), sieve.odd(sieve.smooth)
    across, down, both = (cv2.blur(plane, (smooth, smooth)) for plane in sieve.shrink(planes))
    scale /= round(planes[0].shape[1] / across.shape[1])
    strength = across + down
    directed = cv2.sqrt((across - down) ** 2 + 4 * both * both)
    energy = strength * (directed > COHERENCE_MIN * strength)
    threshold = max(sieve.energy, sieve.share * float(np.percentile(energy[::2, ::2], 99.8)))
    mask = (energy > threshold).astype(np.uint8)
    kernel = np.ones((sieve.odd(5),) * 2, np.uint8)
    mask = cv2.morphologyEx(cv2.morphologyEx(mask, cv2.MORPH_CLOSE, kernel), cv2.MORPH_OPEN, kernel)
    labels, stats = _pieces(mask)
    big = [label for label in range(1, len(stats)) if stats[label, cv2.CC_STAT_AREA] >= sieve.area_min]
    whole = _Patch((0, 0), mask > 0, (across, down, both), scale, sieve)
    patches = [_cut(whole, labels, stats, label) for label in big]
    found = [(patch, patch.region()) for patch in patches]
    parts = [part.region() for patch, place in found if not place.is_like_bars for part in _parts(patch, place.angle)]
    return [place for _, place in found] + parts


@dataclass(frozen=True, slots=True)
class _Patch:
    """Working pixels that lie together.

    Attributes:
        corner: of its box in the picture.
        inside: which pixels of the box are its own.
        planes: how brightness changes in the box.
        scale: pixels of the picture for each of the frame.
    """

    corner: tuple[int, int]
    inside: NDArray[np.bool_]
    planes: _Planes
    scale: float
    sieve: Sieve

    def region(self) -> Region:
        """Return the place it takes in the frame."""
        cv2 = load()
        mask = self.inside.view(np.uint8)
        across, down, both = (cv2.mean(plane, mask)[0] for plane in self.planes)
        angle = 0.5 * math.atan2(2 * both, across - down)
        cos, sin = math.cos(angle), math.sin(angle)
        places = (cv2.findNonZero(mask).reshape(-1, 2) + self.corner) / self.scale
        left, right = _between(places @ (cos, sin), 0.01)
        top, bottom = _between(places @ (-sin, cos), 0.03)
        along, beside = (left + right) / 2, (top + bottom) / 2
        length, height, area = right - left, bottom - top, len(places) / self.scale**2
        return Region(
            strength=area * (across + down),
            angle=angle,
            middle=(along * cos - beside * sin, along * sin + beside * cos),
            length=length,
            height=height,
            fill=area / max(length * height, 1.0),
        )


def _pieces(mask: NDArray[np.uint8]) -> tuple[NDArray[np.uint16], NDArray[np.int32]]:
    """Return a mask with its pieces numbered from 1, and the box and area of each; 16 bits take a third of the time."""
    cv2 = load()
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8, ltype=cv2.CV_16U)
    return labels, stats


def _cut(whole: _Patch, labels: NDArray[np.uint16], stats: NDArray[np.int32], label: int) -> _Patch:
    """Return the pixels of one label, in their box."""
    x, y, wide, high = (int(each) for each in stats[label, :4])
    box = np.s_[y : y + high, x : x + wide]
    across, down, both = whole.planes
    return replace(whole, corner=(x, y), inside=labels[box] == label, planes=(across[box], down[box], both[box]))


def _between(values: NDArray[np.floating[Any]], share: float) -> tuple[float, float]:
    """Return what a share of some values lies below, and another above; quicker than percentiles."""
    last = len(values) - 1
    low, high = round(share * last), round((1 - share) * last)
    parted = np.partition(values, (low, high))
    return float(parted[low]), float(parted[high])


def _parts(patch: _Patch, angle: float) -> Iterator[_Patch]:
    """Give the two parts of a patch whose bars lie in different directions: a label on other bars."""
    across, down, both = patch.planes
    angles = 0.5 * np.arctan2(2 * both, across - down) - angle
    angles = (angles + np.pi / 2) % np.pi - np.pi / 2
    parted = _two_middles(angles[patch.inside])
    if parted is None:
        return
    low, high = parted
    if high - low < APART_MIN:
        return
    is_high = angles > (low + high) / 2
    for side in (~is_high, is_high):
        inside = _largest(patch.inside & side, patch.sieve.odd(7))
        if inside.sum() >= patch.sieve.area_min:
            yield replace(patch, inside=inside)


def _two_middles(values: NDArray[np.floating[Any]]) -> tuple[float, float] | None:
    """Return round which two values some values lie; None where it is one."""
    low, high = _between(values, 0.1)
    for _ in range(_TURNS):
        is_high = values > (low + high) / 2
        if not is_high.any() or is_high.all():
            return None
        low, high = float(values[~is_high].mean()), float(values[is_high].mean())
    return low, high


def _largest(mask: NDArray[np.bool_], thread: int) -> NDArray[np.bool_]:
    """Return the largest of the pieces of a mask, without its threads."""
    cv2 = load()
    opened = cv2.morphologyEx(mask.astype(np.uint8), cv2.MORPH_OPEN, np.ones((thread, thread), np.uint8))
    labels, stats = _pieces(opened)
    largest: NDArray[np.bool_] = (
        labels == int(stats[1:, cv2.CC_STAT_AREA].argmax()) + 1 if len(stats) > 1 else opened > 0
    )
    return largest


def _stretched(gray: Gray) -> Gray:
    low, high = np.percentile(gray, [2, 98])
    wide = (gray.astype(np.float32) - low) * 255 / max(high - low, 1)
    return np.asarray(np.clip(wide, 0, 255), dtype=np.uint8)


def _sharpened(gray: Gray, sigma: float, amount: float) -> Gray:
    cv2 = load()
    fine = gray.astype(np.float32)
    soft = cv2.GaussianBlur(fine, (0, 0), sigma, sigmaY=0.01)
    return np.asarray(np.clip(fine + (fine - soft) * amount, 0, 255), dtype=np.uint8)
