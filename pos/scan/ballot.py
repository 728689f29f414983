"""Ballot: what several looks at one picture say together, and which texts are then believed.

A look is one library reading one version of the picture. On real photographs each library returns wrong numbers with a
right check digit, so a text counts by how many looks agree on it, how many libraries, and what else was read there.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from pos.scan.seen import Seen, Symbology

RIVAL_FACTOR = 3
"""A text must have this many times the votes of any other read off the same label."""
LIKELY_VOTES = 3
"""What a number counts that ``likely`` read: it has compared bands of the label itself."""
TOGETHER, ALONE = 2, 3
"""Looks needed when two libraries agree, and when it is one library's word."""
WEAK_TOGETHER, WEAK_ALONE = 4, 6
"""The same for what parts of other codes are often taken for."""
SQUARE = 2
"""Looks needed of a code that corrects its own errors."""

_BASE_39 = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%")
_EXTENDED_39 = {
    **{chr(code): f"${chr(code + 64)}" for code in range(1, 27)},
    **{letter.lower(): f"+{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ"},
    **{chr(ord("!") + place): f"/{chr(ord('A') + place)}" for place in range(12)},
    ":": "/Z",
    ";": "%F",
    "<": "%G",
    "=": "%H",
    ">": "%I",
    "?": "%J",
    "@": "%V",
    "[": "%K",
    "\\": "%L",
    "]": "%M",
    "^": "%N",
    "_": "%O",
    "`": "%W",
    "{": "%P",
    "|": "%Q",
    "}": "%R",
    "~": "%S",
}
"""Code 39 full ASCII: the pairs that stand for a character (ISO/IEC 16388, annex A)."""


@dataclass(slots=True)
class _Candidate:
    """One text at one place."""

    seen: Seen
    libraries: set[str] = field(default_factory=set)
    votes: int = 0

    def add(self, seen: Seen) -> None:
        self.votes += LIKELY_VOTES if seen.library == "likely" else 1
        self.libraries.add(seen.library)
        if seen.library == "zxing" and self.seen.library != "zxing":
            self.seen = seen

    def outranks(self, other: "_Candidate") -> bool:
        """Whether the other's word is nothing against this: OpenCV invents numbers where ``likely`` weighs them all."""
        return "likely" in self.libraries and other.libraries == {"opencv"}

    @property
    def has_enough(self) -> bool:
        if self.seen.symbology.is_square or self.seen.symbology.is_databar:
            return self.votes >= SQUARE
        if self.libraries == {"opencv"}:
            return False
        if "likely" in self.libraries and not self.seen.symbology.is_weak:
            return True
        together, alone = (WEAK_TOGETHER, WEAK_ALONE) if self.seen.symbology.is_weak else (TOGETHER, ALONE)
        return self.votes >= (together if len(self.libraries) > 1 else alone)


class Ballot:
    """The votes of all looks at one picture."""

    def __init__(self) -> None:
        """Start with no votes."""
        self._candidates: list[_Candidate] = []

    def cast(self, seen: Iterable[Seen]) -> None:
        """Count what one look saw."""
        for one in seen:
            self._candidate(one).add(one)

    def believed(self) -> list[Seen]:
        """Return what counts, in reading order."""
        counted = [one.seen for one in self._candidates if self._counts(one)]
        return sorted(counted, key=lambda seen: (int(seen.middle[1]) // 100, seen.middle[0]))

    def doubted(self) -> list[Seen]:
        """Return what was seen but does not count, nor lies on the label of what does."""
        counted = [one for one in self._candidates if self._counts(one)]
        others = [one for one in self._candidates if one not in counted]
        return [one.seen for one in others if not any(_share_label(one.seen, each.seen) for each in counted)]

    def _candidate(self, seen: Seen) -> _Candidate:
        for candidate in self._candidates:
            if _plain(candidate.seen) == _plain(seen) and _share_label(candidate.seen, seen):
                return candidate
        self._candidates.append(_Candidate(seen))
        return self._candidates[-1]

    def _counts(self, one: _Candidate) -> bool:
        if not one.has_enough:
            return False
        others = (other for other in self._candidates if other is not one and not one.outranks(other))
        rivals = (other for other in others if _share_label(one.seen, other.seen))
        return all(one.votes >= RIVAL_FACTOR * rival.votes for rival in rivals)


def _share_label(one: Seen, other: Seen) -> bool:
    return one.symbology.is_square is other.symbology.is_square and not one.is_apart_from(other)


def _plain(seen: Seen) -> str:
    """Return the text as a library reads it that does not know the extended alphabets of Code 128 and Code 39."""
    if seen.symbology is Symbology.CODE128:
        return "".join(chr(ord(letter) & 0x7F) if ord(letter) < 0x100 else letter for letter in seen.text)
    if seen.symbology is Symbology.CODE39 and not _BASE_39.issuperset(seen.text):
        return "".join(_EXTENDED_39.get(letter, letter) for letter in seen.text)
    return seen.text
