"""When a text counts: seen in several looks, unrivalled, and once until it has left the picture.

A look is one frame given to the libraries. One look of one library proves nothing: on
real photographs both read wrong numbers with a right check digit, on about 2 % of them each.
Nor do many looks of one library: a grille is the same number to it in frame after frame.
"""

import hashlib
import os
from collections import deque
from collections.abc import Callable, Sequence

from pos.domain.code import MAX_TEXT, CodeKind, read_code
from pos.scan.gs1 import article_key
from pos.scan.patch import Patch, are_alike
from pos.scan.seen import Corners, Reading, Seen
from pos.scan.watched import WINDOW_S, Item, Vote, Watched, are_rivals, is_undecided, need_of, pairs, side_by_side

View = Callable[[Corners], Patch | None]
"""Tells how a place in the frame looks."""

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
RIVAL_FACTOR = 2
"""A text must have this many times the votes of any other read off the same label."""


class Steady:
    """The memory between looks. The time is handed in; it is never read here."""

    def __init__(self) -> None:
        """Start with an empty counter."""
        self._look = 0
        self._view: View = lambda _: None
        self._watched: dict[str, Watched] = {}
        self._payments: dict[str, float] = {}
        self._goods: dict[str, None] = {}
        self._told: deque[str] = deque(maxlen=MAX_PAYMENTS)
        self._salt = os.urandom(16)

    def is_undecided(self, at: float) -> bool:
        """Whether something came into view within the last half second that does not count yet: look again soon."""
        return any(is_undecided(text, at) for text in self._watched.values())

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
        return key not in self._payments and (text is None or is_undecided(text, at))

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
                self._watched[self._key(text)] = Watched(at, items=[Item(None)])

    def _vote(self, seen: Seen, at: float) -> None:
        key = self._key(seen.text, is_gs1=seen.is_gs1)
        if key in self._payments:
            self._payments[key] = at
            return
        # Taken out and put back, so that the dictionary runs from the longest unseen to the latest.
        text = self._watched.pop(key, None) or Watched(at)
        self._watched[key] = text
        text.missed_since = None
        if text.left and not (text.items or text.votes):
            text.first_at = at  # another one may be coming
        text.votes.append(Vote(at, self._look, seen))
        if len(self._watched) > MAX_TEXTS:
            del self._watched[next(iter(self._watched))]

    def _key(self, text: str, *, is_gs1: bool = False) -> str:
        """The same for all codes of one article; a payment code's tells nothing of it."""
        if read_code(text).kind is not CodeKind.PAYMENT or (digest := self._digest(text)) in self._goods:
            return article_key(text, is_gs1=is_gs1)
        return digest

    def _digest(self, text: str) -> str:
        return "payment " + hashlib.blake2b(text.encode(), key=self._salt, digest_size=16).hexdigest()

    def _follow(self, text: Watched, seen: Sequence[Seen], at: float) -> None:
        """See where the labels are that counted; one whose place looks otherwise and is not read has left."""
        self._take_back_uncovered(text, seen)
        here = side_by_side(text.votes, self._look)
        read = pairs(text.items, here)
        for item, one in read:
            item.seen, item.patch = one, self._view(one.corners)
        found = {id(item) for item, _ in read}
        for item in text.items:
            if id(item) in found or self._lies_there(item, seen):
                item.missed_since = None
            elif item.missed_since is None and (item.patch is not None or not here):
                item.missed_since = at  # from the first look that missed it: a camera that was away saw nothing leave
        known = text.items + text.left
        text.items = [each for each in known if each.missed_for(at) < ABSENT_S]
        text.left = [each for each in known if ABSENT_S <= each.missed_for(at) < COVERED_S and each.patch is not None]

    def _take_back_uncovered(self, text: Watched, seen: Sequence[Seen]) -> None:
        """A label whose place looks as it did again, or that is read where it was, had not left."""
        for item in [each for each in text.left if not each.is_followed_by(text.items)]:
            item.uncovered = item.uncovered + 1 if self._lies_there(item, seen) else 0
            if item.is_back(text.votes):
                text.left.remove(item)
                item.missed_since = None
                text.items.append(item)

    def _lies_there(self, item: Item, seen: Sequence[Seen]) -> bool:
        """Whether a label that nobody read in this look still lies where it was."""
        if item.seen is None or item.patch is None:
            return False
        middle = item.seen.middle
        is_taken = any(one.text != item.seen.text and one.covers(middle) for one in seen)
        return not is_taken and not self._looks_otherwise(item)

    def _looks_otherwise(self, item: Item) -> bool:
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

    def _is_in_view(self, text: Watched) -> bool:
        return bool(text.votes) and text.votes[-1].look == self._look

    def _counts(self, key: str) -> bool:
        text = self._watched[key]
        if not self._is_in_view(text) or not text.has(need_of(text.latest.symbology)):
            return False
        if len(text.copies) <= len(text.items) or any(each.may_be_back(text.votes) for each in text.left):
            return False
        others = (other for other in self._watched.values() if other is not text and other.votes)
        rivals = (other for other in others if are_rivals(text, other) and not self._made_room(other, text))
        return all(text.weight >= RIVAL_FACTOR * other.weight for other in rivals)

    def _made_room(self, other: Watched, text: Watched) -> bool:
        """Whether another text has counted and gone, so that this one, if nobody can doubt it, lies there instead."""
        has_gone = bool(other.items) and not self._is_in_view(other) and all(map(self._looks_otherwise, other.items))
        return has_gone and text.is_undoubted

    def _hand_over(self, key: str, at: float) -> list[Reading]:
        """Return what counts from now on: once for each label of it that was not handed over yet."""
        text = self._watched[key]
        known = [one for _, one in pairs(text.items, text.copies)]
        fresh = [one for one in text.copies if one not in known]
        text.items += [Item(one, self._view(one.corners)) for one in fresh]
        if key.startswith("payment "):
            del self._watched[key]
            self._payments[key] = at
            if len(self._payments) > MAX_PAYMENTS:
                del self._payments[min(self._payments, key=lambda each: self._payments[each])]
            fresh = fresh[:1]
        return [Reading(each.text[:MAX_TEXT], each.symbology, each.corners, each.is_gs1) for each in fresh]
