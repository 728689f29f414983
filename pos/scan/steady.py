"""When a text counts: seen in several looks, unrivalled, and once until it has left the picture.

A look is one frame given to the libraries. One look of one library proves nothing: on
real photographs both read wrong numbers with a right check digit, on about 2 % of them each.
Nor do many looks of one library: a grille is the same number to it in frame after frame.
"""

import hashlib
import math
import os
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from pos.domain.code import MAX_TEXT, CodeKind, read_code
from pos.scan.gs1 import article_key
from pos.scan.patch import Patch, are_alike
from pos.scan.seen import AGREED_VOTES, CERTAIN_VOTES, Corners, Reading, Seen, Symbology

View = Callable[[Corners], Patch | None]
"""Tells how a place in the frame looks."""

WINDOW_S = 0.5
"""Evidence older than this is forgotten."""
ABSENT_S = 0.75
"""How long a label must be missed, and its place look otherwise, before the same text may count again. Counter scanners
wait for half a second (Zebra DS4308, "timeout between decodes, same symbol"); a camera has to be surer."""
COVERED_S = 3.0
"""A place that looks as it did again within that has only been covered, by a hand or a sleeve."""
PAYMENT_KEPT_S = 120.0
"""A payment code is not handed over again until it has been out of sight this long; Alipay's live for 60 s."""
MAX_TEXTS = 64
"""Texts watched at one time; the one seen longest ago gives way."""
MAX_PAYMENTS = 256
"""Payment codes remembered, as digests, at one time."""
COPIES_LOOKS = 3
"""Looks in which as many labels of one text must lie side by side before each counts."""
STILL_PX = 8.0
"""A label that was seen nearer to where it was than that lies there."""
RIVAL_FACTOR = 2
"""A text must have this many times the votes of any other read off the same label."""


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
class _Vote:
    at: float
    look: int
    seen: Seen


@dataclass(slots=True, eq=False)
class _Item:
    """A label that counted.

    Attributes:
        seen: as it was seen last; None where only its text is known.
        patch: how its place looked then.
        missed_since: when it was first not found, in seconds; None while it is there.
    """

    seen: Seen | None
    patch: Patch | None = None
    missed_since: float | None = None

    def missed_for(self, at: float) -> float:
        """How many seconds nobody has found it; 0 while it is there."""
        return 0.0 if self.missed_since is None else at - self.missed_since

    def looks_again(self, votes: Iterable[_Vote]) -> int:
        """How many looks read it right where it was, all or a part of it; 0 where one read it near there instead."""
        if self.seen is None:
            return 0
        near = [vote for vote in votes if not vote.seen.is_apart_from(self.seen)]
        here = {vote.look for vote in near if vote.seen.lies_within(self.seen)}
        return len(here) if all(vote.look in here for vote in near) else 0

    def is_followed_by(self, others: Iterable["_Item"]) -> bool:
        """Whether another that counted is where it was."""
        return any(self.seen and each.seen and not each.seen.is_apart_from(self.seen) for each in others)

    def distance(self, other: Seen) -> float:
        """How far from where it was a label lies, in pixels."""
        return math.dist(self.seen.middle, other.middle) if self.seen else 0.0


@dataclass(slots=True)
class _Watched:
    """What is known of one text.

    Attributes:
        items: its labels that have counted and are there.
        left: those that have left lately, or are only covered.
    """

    first_at: float
    votes: deque[_Vote] = field(default_factory=deque)
    items: list[_Item] = field(default_factory=list)
    left: list[_Item] = field(default_factory=list)
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
        counted = sorted((_side_by_side(self.votes, look) for look in self.looks), key=len, reverse=True)
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


class Steady:
    """The memory between looks. The time is handed in; it is never read here."""

    def __init__(self) -> None:
        """Start with an empty counter."""
        self._look = 0
        self._view: View = lambda _: None
        self._watched: dict[str, _Watched] = {}
        self._payments: dict[str, float] = {}
        self._goods: dict[str, None] = {}
        self._told: deque[str] = deque(maxlen=MAX_PAYMENTS)
        self._salt = os.urandom(16)

    def is_undecided(self, at: float) -> bool:
        """Whether something came into view within the last half second that does not count yet: look again soon."""
        return any(_is_undecided(text, at) for text in self._watched.values())

    def note(self, seen: Sequence[Seen], at: float, view: View = lambda _: None) -> list[Reading]:
        """Take what one look gave and return what counts from now on, in reading order.

        Args:
            seen: everything the libraries saw in one frame, nothing left out.
            at: when the frame was taken, in seconds of a clock that never jumps.
            view: tells how places in it look; without it what is not read is not there.
        """
        self._look += 1
        self._view = view
        self._take_what_was_told(at)
        for one in seen:
            self._vote(one, at)
        for text in self._watched.values():
            self._follow(text, seen, at)
        self._forget(at)
        ready = [key for key in self._watched if self._counts(key)]
        ready.sort(key=lambda key: self._watched[key].reading_order)
        return [reading for key in ready for reading in self._hand_over(key, at)]

    def has_counted(self, seen: Seen) -> bool:
        """Whether what is in view has been handed over."""
        key = self._key(seen.text, is_gs1=seen.is_gs1)
        return key in self._payments or (key in self._watched and self._watched[key].is_handed_over)

    def is_new(self, seen: Seen, at: float) -> bool:
        """Whether it came into view within the last half second and has not counted yet."""
        key = self._key(seen.text, is_gs1=seen.is_gs1)
        text = self._watched.get(key)
        return key not in self._payments and (text is None or _is_undecided(text, at))

    def was_goods(self, text: str) -> None:
        """Hear that a text was a scale's label though it looks like a payment code; may be called from any thread.

        The next label with the same digits counts as soon as this one has left the view, as all goods do.
        """
        self._told.append(text)

    def new_picture(self) -> None:
        """Forget what is in view: the next frame is another camera's. Payment codes stay remembered."""
        self._watched.clear()

    def _take_what_was_told(self, at: float) -> None:
        while self._told:
            text = self._told.popleft()
            digest = self._digest(text)
            self._goods[digest] = None
            if len(self._goods) > MAX_PAYMENTS:
                del self._goods[next(iter(self._goods))]
            if self._payments.pop(digest, None) is not None:
                # It still lies there and has counted.
                self._watched[self._key(text)] = _Watched(at, items=[_Item(None)])

    def _vote(self, seen: Seen, at: float) -> None:
        key = self._key(seen.text, is_gs1=seen.is_gs1)
        if key in self._payments:
            self._payments[key] = at
            return
        # Taken out and put back, so that the dictionary runs from the longest unseen to the latest.
        text = self._watched.pop(key, None) or _Watched(at)
        self._watched[key] = text
        text.missed_since = None
        if text.left and not (text.items or text.votes):
            text.first_at = at  # another one may be coming
        text.votes.append(_Vote(at, self._look, seen))
        if len(self._watched) > MAX_TEXTS:
            del self._watched[next(iter(self._watched))]

    def _key(self, text: str, *, is_gs1: bool = False) -> str:
        """The same for all codes of one article; a payment code's tells nothing of it."""
        if read_code(text).kind is not CodeKind.PAYMENT or (digest := self._digest(text)) in self._goods:
            return article_key(text, is_gs1=is_gs1)
        return digest

    def _digest(self, text: str) -> str:
        return "payment " + hashlib.blake2b(text.encode(), key=self._salt, digest_size=16).hexdigest()

    def _follow(self, text: _Watched, seen: Sequence[Seen], at: float) -> None:
        """See where the labels are that counted; one whose place looks otherwise and is not read has left."""
        self._take_back_uncovered(text, seen)
        here = _side_by_side(text.votes, self._look)
        pairs = _pairs(text.items, here)
        for item, one in pairs:
            item.seen, item.patch = one, self._view(one.corners)
        found = {id(item) for item, _ in pairs}
        for item in text.items:
            if id(item) in found or self._lies_there(item, seen):
                item.missed_since = None
            elif item.missed_since is None and (item.patch is not None or not here):
                item.missed_since = at  # from the first look that missed it: a camera that was away saw nothing leave
        known = text.items + text.left
        text.items = [each for each in known if each.missed_for(at) < ABSENT_S]
        text.left = [each for each in known if ABSENT_S <= each.missed_for(at) < COVERED_S and each.patch is not None]

    def _take_back_uncovered(self, text: _Watched, seen: Sequence[Seen]) -> None:
        """A label whose place looks as it did again, or that is read twice where it was, had not left."""
        for item in [each for each in text.left if not each.is_followed_by(text.items)]:
            if item.looks_again(text.votes) > 1 or self._lies_there(item, seen):
                text.left.remove(item)
                item.missed_since = None
                text.items.append(item)

    def _lies_there(self, item: _Item, seen: Sequence[Seen]) -> bool:
        """Whether a label that nobody read in this look still lies where it was."""
        if item.seen is None or item.patch is None:
            return False
        middle = item.seen.middle
        is_taken = any(one.text != item.seen.text and one.covers(middle) for one in seen)
        return not is_taken and not self._looks_otherwise(item)

    def _looks_otherwise(self, item: _Item) -> bool:
        """Whether its place shows that a label that counted is there no more."""
        if item.seen is None or item.patch is None:
            return False
        return not are_alike(item.patch, self._view(item.seen.corners))

    def _forget(self, at: float) -> None:
        for key, text in list(self._watched.items()):
            while text.votes and text.votes[0].at < at - WINDOW_S:
                text.votes.popleft()
            if self._is_in_view(text) or text.items or text.left:
                continue
            text.missed_since = at if text.missed_since is None else text.missed_since
            if at - text.missed_since >= ABSENT_S:
                del self._watched[key]
        self._payments = {key: last for key, last in self._payments.items() if at - last < PAYMENT_KEPT_S}

    def _is_in_view(self, text: _Watched) -> bool:
        return bool(text.votes) and text.votes[-1].look == self._look

    def _counts(self, key: str) -> bool:
        text = self._watched[key]
        if not self._is_in_view(text) or not text.has(_need(text.latest.symbology)):
            return False
        if len(text.copies) <= len(text.items) or any(each.looks_again(text.votes) for each in text.left):
            return False
        others = (other for other in self._watched.values() if other is not text and other.votes)
        rivals = (other for other in others if _are_rivals(text, other) and not self._made_room(other, text))
        return all(text.weight >= RIVAL_FACTOR * other.weight for other in rivals)

    def _made_room(self, other: _Watched, text: _Watched) -> bool:
        """Whether another text has counted and gone, so that this one, if nobody can doubt it, lies there instead."""
        has_gone = bool(other.items) and not self._is_in_view(other) and all(map(self._looks_otherwise, other.items))
        return has_gone and text.is_undoubted

    def _hand_over(self, key: str, at: float) -> list[Reading]:
        """Return what counts from now on: once for each label of it that was not handed over yet."""
        text = self._watched[key]
        known = [one for _, one in _pairs(text.items, text.copies)]
        fresh = [one for one in text.copies if one not in known]
        text.items += [_Item(one, self._view(one.corners)) for one in fresh]
        if key.startswith("payment "):
            del self._watched[key]
            self._payments[key] = at
            if len(self._payments) > MAX_PAYMENTS:
                del self._payments[min(self._payments, key=lambda each: self._payments[each])]
            fresh = fresh[:1]
        return [Reading(each.text[:MAX_TEXT], each.symbology, each.corners, each.is_gs1) for each in fresh]


def _pairs(items: Iterable[_Item], labels: Iterable[Seen]) -> list[tuple[_Item, Seen]]:
    """Return which label is which item, the nearest first; what is over stays without."""
    items, labels = list(items), list(labels)
    found: list[tuple[_Item, Seen]] = []
    while items and labels:
        place, which = min(
            ((place, which) for place in range(len(items)) for which in range(len(labels))),
            key=lambda each: items[each[0]].distance(labels[each[1]]),
        )
        found.append((items.pop(place), labels.pop(which)))
    return found


def _side_by_side(votes: Iterable[_Vote], look: int) -> list[Seen]:
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


def _is_undecided(text: _Watched, at: float) -> bool:
    return not text.is_handed_over and at - text.first_at < WINDOW_S


def _need(symbology: Symbology) -> Need:
    if symbology.is_square or symbology.is_databar:
        return NEED_SQUARE
    if symbology.is_retail:
        return NEED_RETAIL
    return NEED_WEAK if symbology.is_weak else NEED_CODE128


def _are_rivals(one: _Watched, other: _Watched) -> bool:
    """Whether two texts may be readings of the same label: never seen on two labels of one frame, nor apart lying."""
    if one.latest.symbology.is_square is not other.latest.symbology.is_square:
        return False
    places = {vote.look: vote.seen for vote in one.votes}
    together = [(places[vote.look], vote.seen) for vote in other.votes if vote.look in places]
    if not together and (one.is_lying or other.is_lying):
        together = [(one.latest, other.latest)]
    return not together or not all(mine.is_apart_from(theirs) for mine, theirs in together)
