"""What is known of each text in view: who read it in which looks, and which of its labels have counted."""

import math
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field

from pos.scan.patch import Patch
from pos.scan.seen import AGREED_VOTES, CERTAIN_VOTES, Seen, Symbology

WINDOW_S = 0.5
"""Evidence older than this is forgotten."""
COPIES_LOOKS = 3
"""Looks in which as many labels of one text must lie side by side before each counts."""
STILL_PX = 8.0
"""A label that was seen nearer to where it was than that lies there."""


@dataclass(frozen=True, slots=True)
class Need:
    """How much must be seen before a text counts.

    Attributes:
        looks: different frames.
        votes: one for each library in each look.
        libraries: different ones; ``likely`` needs no other where it is sure, it has compared bands of the label.
    """

    looks: int
    votes: int
    libraries: int = 1


NEED_RETAIL = Need(looks=2, votes=4, libraries=2)
"""EAN-13, UPC-A: two must have read it, each in its own way."""
NEED_CODE128 = Need(looks=2, votes=4)
"""Its checksum lets one misread of a hundred pass: both libraries in two frames, or one library in four."""
NEED_SQUARE = Need(looks=2, votes=2)
"""QR corrects its own errors; only one of the libraries reads it from a screen."""
NEED_WEAK = Need(looks=4, votes=6, libraries=2)
"""EAN-8, UPC-E, ITF, Code 39: parts of an EAN-13 are taken for them, by one library for as long as it lies there."""


@dataclass(frozen=True, slots=True)
class Vote:
    """One text that one library saw in one look."""

    at: float
    look: int
    seen: Seen


@dataclass(slots=True, eq=False)
class Item:
    """A label that counted.

    Attributes:
        seen: as it was seen last; None where only its text is known.
        patch: how its place looked then.
        missed_since: when it was first not found, in seconds; None while it is there.
        uncovered: in how many looks running its place has looked as it did, after it was thought to have left.
    """

    seen: Seen | None
    patch: Patch | None = None
    missed_since: float | None = None
    uncovered: int = 0

    def missed_for(self, at: float) -> float:
        """How many seconds nobody has found it; 0 while it is there."""
        return 0.0 if self.missed_since is None else at - self.missed_since

    def may_be_back(self, votes: Iterable[Vote]) -> bool:
        """Whether one look showed it where it was."""
        return self.uncovered > 0 or self._looks_again(votes) > 0

    def is_back(self, votes: Iterable[Vote]) -> bool:
        """Whether two looks did; in one an equal thing may be there that is on its way past."""
        return max(self.uncovered, self._looks_again(votes)) > 1

    def _looks_again(self, votes: Iterable[Vote]) -> int:
        """How many looks read it right where it was, all or a part of it; 0 where one read it near there instead."""
        if self.seen is None:
            return 0
        near = [vote for vote in votes if not vote.seen.is_apart_from(self.seen)]
        here = {vote.look for vote in near if vote.seen.lies_within(self.seen)}
        return len(here) if all(vote.look in here for vote in near) else 0

    def is_followed_by(self, others: Iterable["Item"]) -> bool:
        """Whether another that counted is where it was."""
        return any(self.seen and each.seen and not each.seen.is_apart_from(self.seen) for each in others)

    def distance(self, other: Seen) -> float:
        """How far from where it was a label lies, in pixels."""
        return math.dist(self.seen.middle, other.middle) if self.seen else 0.0


@dataclass(slots=True)
class Watched:
    """What is known of one text.

    Attributes:
        items: its labels that have counted and are there.
        left: those that have left lately, or are only covered.
    """

    first_at: float
    votes: deque[Vote] = field(default_factory=deque)
    items: list[Item] = field(default_factory=list)
    left: list[Item] = field(default_factory=list)
    missed_since: float | None = None

    @property
    def is_handed_over(self) -> bool:
        """Whether it has counted."""
        return bool(self.items)

    @property
    def looks(self) -> set[int]:
        """The looks that saw it."""
        return {vote.look for vote in self.votes}

    @property
    def latest(self) -> Seen:
        """How it was seen last."""
        return self.votes[-1].seen

    @property
    def reading_order(self) -> tuple[int, float]:
        """Rows of labels from the top, each from the left."""
        across, down = self.latest.middle
        return int(down) // 100, across

    @property
    def weight(self) -> int:
        """All its votes."""
        return sum(vote.seen.votes for vote in self.votes)

    @property
    def copies(self) -> list[Seen]:
        """The labels of it that lie side by side, each once; more than one only after several looks at all of them."""
        counted = sorted((side_by_side(self.votes, look) for look in self.looks), key=len, reverse=True)
        steady = counted[COPIES_LOOKS - 1] if len(counted) >= COPIES_LOOKS else []
        return steady if len(steady) > 1 else [self.latest]

    @property
    def is_undoubted(self) -> bool:
        """Whether it is certain, or two libraries said it in two looks."""
        looks = {library: {vote.look for vote in self.votes if vote.seen.library == library}
                 for library in {vote.seen.library for vote in self.votes}}  # fmt: skip
        return self.latest.votes >= CERTAIN_VOTES or sum(len(seen) > 1 for seen in looks.values()) > 1

    @property
    def is_lying(self) -> bool:
        """Whether it was seen twice at one place."""
        where = {vote.look: vote.seen.middle for vote in self.votes}
        first = next(iter(where.values()))
        return len(where) > 1 and all(math.dist(first, each) < STILL_PX for each in where.values())

    def has(self, need: Need) -> bool:
        """Whether what was seen of it is enough."""
        if self.votes[-1].seen.votes >= CERTAIN_VOTES:
            return True
        libraries = {vote.seen.library for vote in self.votes}
        is_sure = any(vote.seen.library == "likely" and vote.seen.votes >= AGREED_VOTES for vote in self.votes)
        is_seconded = len(libraries) >= need.libraries or is_sure
        return self.weight >= need.votes and len(self.looks) >= need.looks and is_seconded


def pairs(items: Iterable[Item], labels: Iterable[Seen]) -> list[tuple[Item, Seen]]:
    """Return which label is which item, the nearest first; what is over stays without."""
    items, labels = list(items), list(labels)
    found: list[tuple[Item, Seen]] = []
    while items and labels:
        place, which = min(
            ((place, which) for place in range(len(items)) for which in range(len(labels))),
            key=lambda each: items[each[0]].distance(labels[each[1]]),
        )
        found.append((items.pop(place), labels.pop(which)))
    return found


def side_by_side(votes: Iterable[Vote], look: int) -> list[Seen]:
    """Return the labels one library saw apart from each other in one look, the most any of them saw.

    Bars and square of one article are two labels of one item, so they are counted apart.
    """
    here = [vote.seen for vote in votes if vote.look == look]
    most: list[Seen] = []
    for library, is_square in {(seen.library, seen.symbology.is_square) for seen in here}:
        apart: list[Seen] = []
        for seen in here:
            is_of_it = (seen.library, seen.symbology.is_square) == (library, is_square)
            if is_of_it and all(seen.is_apart_from(other) for other in apart):
                apart.append(seen)
        most = max(most, apart, key=len)
    return most


def is_undecided(text: Watched, at: float) -> bool:
    """Whether it came into view within the last half second and has not counted."""
    return not text.is_handed_over and at - text.first_at < WINDOW_S


def need_of(symbology: Symbology) -> Need:
    """Return how much must be seen of a kind of code."""
    if symbology.is_square or symbology.is_databar:
        return NEED_SQUARE
    if symbology.is_retail:
        return NEED_RETAIL
    return NEED_WEAK if symbology.is_weak else NEED_CODE128


def are_rivals(one: Watched, other: Watched) -> bool:
    """Whether two texts may be readings of the same label: never seen on two labels of one frame, nor apart lying."""
    if one.latest.symbology.is_square is not other.latest.symbology.is_square:
        return False
    places = {vote.look: vote.seen for vote in one.votes}
    together = [(places[vote.look], vote.seen) for vote in other.votes if vote.look in places]
    if not together and (one.is_lying or other.is_lying):
        together = [(one.latest, other.latest)]
    return not together or not all(mine.is_apart_from(theirs) for mine, theirs in together)
