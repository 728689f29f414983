"""Stare: the places where bars may lie that nobody read at a glance, and what is tried there, frame after frame.

A place is asked for its likely number in every frame, for in the next it may be elsewhere. When that gives nothing, the
libraries vote on its straightened region; in the next frame the second library looks at it as it lies, which is all
that helps where a label lies on others and the region is theirs too; then the lower and the upper bands are asked for
the likely number. And so on in turn. What works is kept up; where nothing ever works is a pattern, which rests.

What moves is tried before what lies there, but for every sixth look, and has the other ways only while there is time.
Dim places are looked for, too, as labels are that are swiped past; and where labels lie that are read, nothing, so that
what is out of focus beside them is not too dim for the sieves.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import TypeAlias

from pos.scan.decode import Decoder
from pos.scan.frame import Gray
from pos.scan.guess import Effort
from pos.scan.likely import GLANCE, GLANCE_HIGH, GLANCE_LOW, likely_seen, read_strip
from pos.scan.region import ALIKE, FINE, MEDIUM, Region, Strip, find_regions, region_at, straighten, variants
from pos.scan.seen import AGREED_VOTES, Kinds, Seen

AGREEMENT, RIVAL_FACTOR = 2, 3
"""Readings of one region that must agree, and how many times those of any other text."""
REGIONS = 12
"""Places known of in one frame."""
FAILS_BEFORE_REST = 6
REST_S = 0.5
"""After so many tries in vain a place is tried again this often only."""
CHANGED = 1.3
"""Where the strength of a place changes so many times, something was laid there or taken away: it is tried anew."""
MOVED, STILL_LOOKS = 8.0, 3
"""Pixels by which a place that moved since the last look is being brought; looks from which on it lies there."""
LYING_EVERY = 6
"""Looks of which one tries what lies there before what moves."""
DONE_EVERY_S = 0.3
"""What has counted already is tried this often before the others, so as to know that it is there; else after them."""
LIES_SPANS = 0.15
"""A label that was read lies where it did if it moved by less of its span; libraries place it by some of its rows."""
FORGET_S = 1.0
"""A place not found again for so long is a new one."""
STRIP_HEIGHT = 120
"""Pixels; rows are averaged anyway, more would only take longer."""


_Way: TypeAlias = Callable[[Decoder, Gray, Region], list[Seen]]


@dataclass(slots=True)
class _Place:
    middle: tuple[float, float]
    reach: float
    strength: float
    fails: int = 0
    tried_at: float = -REST_S
    found_at: float = -math.inf
    way: int = 0
    still: int = 0
    read: Seen | None = None

    @property
    def is_lying(self) -> bool:
        """Whether it has not moved for some looks."""
        return self.still >= STILL_LOOKS

    def is_due(self, at: float) -> bool:
        """Whether to try it: what moves always, what lies there and gave nothing only now and then."""
        return not self.is_lying or self.fails < FAILS_BEFORE_REST or at - self.tried_at >= REST_S

    def is_at(self, region: Region) -> bool:
        """Whether a region is this place."""
        across, down = region.middle
        is_alike = ALIKE > region.length / 2 / self.reach > 1 / ALIKE
        return is_alike and abs(self.middle[0] - across) + abs(self.middle[1] - down) < self.reach

    def note(self, texts: Sequence[Seen], at: float) -> None:
        """Take what came of a try: what was agreed on makes it good; a lone voice needs another way."""
        self.tried_at = at
        self.read = texts[0] if _is_agreed(texts) else None
        self.fails = 0 if self.read else self.fails + 1
        self.way += not texts or _needs_a_second(texts)

    def next_way(self, region: Region) -> "_Way":
        """Return how else to read it."""
        ways = _WAYS if region.is_like_bars else _WAYS_OF_OTHERS
        return ways[self.way % len(ways)]


class Stare:
    """The memory of places between frames. The time is handed in, in seconds of a clock that never jumps.

    Attributes:
        is_something_brought: something like bars moved in the last look.
        has_more: that look had no time for all places that may hold something new.
    """

    def __init__(self, has_counted: Callable[[Seen], bool] = lambda _: False) -> None:
        """Start with none.

        Args:
            has_counted: whether what is read somewhere is known already.
        """
        self._places: list[_Place] = []
        self._read: list[tuple[Seen, Region]] = []
        self._looks, self._has_counted = 0, has_counted
        self.is_something_brought = False
        self.has_more = False

    def second(self, decoder: Decoder, gray: Gray, lone: Sequence[Seen]) -> list[Seen]:
        """Return what else is read where one library alone saw bars."""
        found: list[Seen] = []
        for one in lone:
            region = region_at(one.corners)
            found += (_likely(decoder, gray, region) if one.symbology.is_retail else []) or _vote(decoder, gray, region)
        return found

    def look(
        self, decoder: Decoder, gray: Gray, seen: Sequence[Seen], at: float, has_time: Callable[[], bool]
    ) -> list[Seen]:
        """Return what is read at places nobody read yet: the strongest first, but for those tried often.

        Args:
            has_time: asked after each place; one is always tried.
        """
        self._looks += 1
        read = [one for one in seen if not one.symbology.is_weak]
        self._read = [(was, region) for was, region in self._read if any(_lies_where(was, one) for one in read)]
        there = find_regions(gray, FINE, MEDIUM, most=REGIONS, but=[region for _, region in self._read])
        self._read += [(one, region) for region in there for one in read if _is_of(one, region)]
        regions = [region for region in there if not any(one.covers(region.middle) for one in read)]
        due = [(place, region) for region in regions if (place := self._place(region, at)).is_due(at)]
        self._places = [place for place in self._places if at - place.found_at < FORGET_S]
        self.is_something_brought = any(region.is_like_bars and not place.is_lying for place, region in due)
        found: list[Seen] = []
        todo = self._in_order(due, at)
        while todo:
            place, region = todo.pop(0)
            texts = _likely(decoder, gray, region)
            if not _is_agreed(texts) and (place.is_lying or has_time()):
                texts += place.next_way(region)(decoder, gray, region)
            place.note(texts, at)
            found += texts
            if not has_time():
                break
        self.has_more = any(place.fails < FAILS_BEFORE_REST and not self._is_done(place) for place, _ in todo)
        return found

    def _in_order(self, due: list[tuple[_Place, Region]], at: float) -> list[tuple[_Place, Region]]:
        """Return what to try first: the unknown, of that what moves, but for every sixth look, then the strongest."""
        is_for_lying = self._looks % LYING_EVERY == 0

        def order(each: tuple[_Place, Region]) -> tuple[bool, bool, float]:
            """Sort key of a place: the first to try is the smallest."""
            place, region = each
            is_known = self._is_done(place) and at - place.tried_at < DONE_EVERY_S
            return is_known, place.is_lying is not is_for_lying, -_promise(place, region)

        return sorted(due, key=order)

    def _is_done(self, place: _Place) -> bool:
        return place.is_lying and place.read is not None and self._has_counted(place.read)

    def _place(self, region: Region, at: float) -> _Place:
        """Return the nearest place that no other region of this look has taken, or a new one."""
        known = [place for place in self._places if place.found_at < at and place.is_at(region)]
        if known:
            place = min(known, key=lambda each: math.dist(each.middle, region.middle))
        else:
            place = _Place(region.middle, max(region.length / 2, 1.0), region.strength)
            self._places.append(place)
        if not place.strength / CHANGED < region.strength < place.strength * CHANGED:
            place.strength, place.fails = region.strength, 0
        place.still = place.still + 1 if math.dist(place.middle, region.middle) < MOVED else 0
        place.middle, place.found_at = region.middle, at
        return place


def _is_of(read: Seen, region: Region) -> bool:
    """Whether a place is that of a label that was read, and of nothing else."""
    return read.covers(region.middle) and region.length < ALIKE * read.span


def _lies_where(was: Seen, read: Seen) -> bool:
    return math.dist(was.middle, read.middle) < LIES_SPANS * read.span


def _promise(place: _Place, region: Region) -> float:
    """How early to try a place: the strongest, unless it failed often; one without the outline of bars comes later.

    What is being brought may fail in frame after frame until it is in focus.
    """
    fails = place.fails if place.is_lying else min(place.fails, 1)
    return region.strength * (1.0 if region.is_like_bars else 0.3) / (1 + fails) ** 2


def _strip(gray: Gray, region: Region) -> Strip:
    return straighten(gray, region, height_max=STRIP_HEIGHT)


def _as_it_lies(decoder: Decoder, gray: Gray, region: Region) -> list[Seen]:
    return decoder.read_at(gray, region.corners)


def _likely(_decoder: Decoder, gray: Gray, region: Region, effort: Effort = GLANCE) -> list[Seen]:
    return likely_seen(read_strip(_strip(gray, region), effort), region)


def _likely_low(decoder: Decoder, gray: Gray, region: Region) -> list[Seen]:
    return _likely(decoder, gray, region, GLANCE_LOW)


def _likely_high(decoder: Decoder, gray: Gray, region: Region) -> list[Seen]:
    return _likely(decoder, gray, region, GLANCE_HIGH)


def _vote(decoder: Decoder, gray: Gray, region: Region) -> list[Seen]:
    """Return what the libraries read of versions of a region: what they agree on, else each text with one vote."""
    strip = _strip(gray, region)
    counted: dict[str, int] = {}
    latest: dict[tuple[str, str], Seen] = {}
    for pixels, library in product(variants(strip), decoder.voters):
        for one in library.read(pixels, Kinds.BARS, is_level=True):
            counted[one.text] = counted.get(one.text, 0) + 1
            latest[one.text, one.library] = replace(one, corners=strip.on_frame(one.corners))
        if len(counted) == 1 and _agreed(counted):
            break
    agreed = _agreed(counted)
    behind = [one for one in latest.values() if one.text == agreed]
    return [replace(one, votes=AGREED_VOTES // len(behind)) for one in behind] if agreed else list(latest.values())


_WAYS = (_vote, _as_it_lies, _likely_low, _likely_high)
_WAYS_OF_OTHERS = (_as_it_lies,)
"""Of places without the outline of bars."""


def _is_agreed(texts: Sequence[Seen]) -> bool:
    return len({one.text for one in texts}) == 1 and sum(one.votes for one in texts) >= AGREED_VOTES


def _needs_a_second(texts: Sequence[Seen]) -> bool:
    libraries = {one.library for one in texts}
    is_sure = libraries == {"likely"} and _is_agreed(texts)
    return len(libraries) == 1 and not is_sure and texts[0].symbology.is_retail


def _agreed(counted: dict[str, int]) -> str | None:
    best, *others = sorted(counted, key=lambda text: -counted[text]) or [""]
    votes = counted.get(best, 0)
    return best if votes >= AGREEMENT and all(votes >= RIVAL_FACTOR * counted[other] for other in others) else None
