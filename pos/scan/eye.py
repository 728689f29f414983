"""Eye: what outlives a change of source: the libraries, and the memory of what was seen.

A look is spread over frames by a budget, so that each takes about as long as a frame: at every frame a glance at QR and
bars; one more thing in the time that is left.
"""

from collections.abc import Callable
from functools import partial

from pos.domain.errors import DecoderMissing
from pos.scan.decode import Decoder
from pos.scan.frame import Shot
from pos.scan.gs1 import load_biip
from pos.scan.packed import gray_of
from pos.scan.patch import patch_at
from pos.scan.seen import Kinds, Reading, Seen
from pos.scan.stare import Stare
from pos.scan.steady import Steady

BUDGET_S = 0.02
"""What a look may take before nothing more is begun; the longest single thing takes about 50 ms."""
ROUND = (Kinds.QR, Kinds.RARE, Kinds.QR, Kinds.MATRIX, Kinds.QR, Kinds.BARS)
"""What every second look, third while something is brought, searches the whole frame for, in turn; 5 to 35 ms each."""
SEARCHED_ON = 6
"""Looks for which what was found so is searched for at each."""


class Eye:
    """Looks at frames, and says what counts."""

    def __init__(self) -> None:
        """Import nothing yet: that takes time and belongs on the reading thread."""
        self.steady = Steady()
        self._decoder: Decoder | None = None
        self._stare = Stare(self.steady.has_counted)
        self._turn = 0
        self._searching: dict[Kinds, int] = {}

    def wake(self, on_finding: Callable[[DecoderMissing], None] = lambda _: None) -> bool:
        """Import the libraries once, and tell which is missing; whether there is one to read with."""
        if self._decoder is None:
            try:
                self._decoder = Decoder()
            except DecoderMissing as nothing_there:
                on_finding(nothing_there)
                return False
            for missing in self._decoder.missing:
                on_finding(missing)
            load_biip()
        return True

    def look(self, shot: Shot, monotonic: Callable[[], float]) -> tuple[list[Seen], list[Reading]]:
        """Look at one frame, and return what was seen and what now counts.

        Args:
            monotonic: tells how much of the budget is left.
        """
        assert self._decoder is not None
        gray = gray_of(shot.frame)
        if gray is None:
            return [], []
        until = monotonic() + BUDGET_S
        self._turn += 1
        seen = self._decoder.glance(gray)
        new = [one for one in seen if not one.symbology.is_weak and self.steady.is_new(one, shot.at)]
        seen += self._stare.second(self._decoder, gray, [one for one in new if not _is_seconded(one, seen)])
        if new and (self._turn % 2 or all(_is_seconded(one, seen) for one in new)):
            return seen, self.steady.note(seen, shot.at, partial(patch_at, gray))
        searched = set() if new else self._to_search(shot.at)
        found = [one for kinds in sorted(searched) for one in self._decoder.find(gray, kinds)]
        self._searching = {kinds: left - 1 for kinds, left in self._searching.items() if left > 1}
        self._searching |= {one.symbology.kinds: SEARCHED_ON for one in found}
        seen = _united(seen, found)
        if not searched or monotonic() < until:
            settled = [one for one in seen if self.steady.has_counted(one) or _is_seconded(one, seen)]
            seen += self._stare.look(self._decoder, gray, settled, shot.at, lambda: monotonic() < until)
        return seen, self.steady.note(seen, shot.at, partial(patch_at, gray))

    def is_undecided(self, at: float) -> bool:
        """Whether to look at the next frame, too: something does not count yet, or there was no time for all."""
        return self.steady.is_undecided(at) or self._stare.has_more

    def _to_search(self, at: float) -> set[Kinds]:
        """Return what to search the whole frame for; what is undecided comes before anything new."""
        every = 3 if self._stare.is_something_brought else 2
        in_turn = ROUND[self._turn // every % len(ROUND)]
        is_its_turn = self._turn % every == 0 and not self.steady.is_undecided(at)
        return {*self._searching, in_turn} if is_its_turn else set(self._searching)


def _is_seconded(one: Seen, seen: list[Seen]) -> bool:
    """Whether another library says the same; squares need none."""
    return one.symbology.is_square or any(other.text == one.text and other.library != one.library for other in seen)


def _united(seen: list[Seen], found: list[Seen]) -> list[Seen]:
    """Return what was seen, and what was found besides."""
    known = {(one.library, one.text) for one in seen}
    return seen + [one for one in found if (one.library, one.text) not in known]
