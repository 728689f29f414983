"""Eye: what outlives a change of source: the libraries, and the memory of what was seen.

A look is spread over frames by a budget, so that each takes about as long as a frame: at every frame a glance at QR and
bars; one more thing in the time that is left.
"""

from collections.abc import Callable, Sequence

from pos.domain.errors import DecoderMissing
from pos.scan.decode import Decoder
from pos.scan.opencv import load
from pos.scan.report import Hooks
from pos.scan.seen import Kinds, Reading, Seen, Shot
from pos.scan.stare import Stare
from pos.scan.steady import Steady

BUDGET_S = 0.03
"""What a look may take before nothing more is begun; the longest single thing takes about 60 ms."""
RARE_EVERY = 4
"""Every so many looks is for what shops have less of, which costs 5 to 25 ms; and every look while one is in view."""


class Eye:
    """Looks at frames, and says what counts."""

    def __init__(self) -> None:
        """Import nothing yet: that takes time and belongs on the reading thread."""
        self.steady = Steady()
        self._decoder: Decoder | None = None
        self._stare = Stare()
        self._turn = 0
        self._rare: set[Kinds] = set()

    def wake(self, hooks: Hooks) -> bool:
        """Import the libraries once; whether there is one to read with."""
        if self._decoder is None:
            try:
                self._decoder = Decoder()
            except DecoderMissing as nothing_there:
                hooks.on_finding(nothing_there)
                return False
            for missing in self._decoder.missing:
                hooks.on_finding(missing)
        return True

    def look(self, shot: Shot, monotonic: Callable[[], float]) -> tuple[list[Seen], list[Reading]]:
        """Look at one frame, and return what was seen and what now counts.

        Args:
            monotonic: tells how much of the budget is left.
        """
        assert self._decoder is not None
        cv2 = load()
        gray = cv2.cvtColor(shot.frame, cv2.COLOR_BGR2GRAY)
        until = monotonic() + BUDGET_S
        self._turn += 1
        seen = self._decoder.glance(gray)
        if rare := self._rare_now():
            found = [one for kinds in rare for one in self._decoder.find(gray, kinds)]
            self._rare = {kinds for kinds in rare if any(one.symbology.kinds is kinds for one in found)}
            seen += found
        if monotonic() < until:
            seen += self._stare.look(self._decoder, gray, seen, shot.at, lambda: monotonic() < until)
        return seen, self.steady.note(seen, shot.at)

    def _rare_now(self) -> Sequence[Kinds]:
        if self._turn % RARE_EVERY == 0:
            return (Kinds.RARE, Kinds.MATRIX)
        return tuple(self._rare)
