"""Cash: the amounts a customer is likely to hand over."""

from pos.domain.money import Money

_NOTES_FEN = (1_000, 2_000, 5_000, 10_000)
"""The notes that people round up to: 10, 20, 50 and 100 yuan."""


def likely_amounts(due: Money, *, limit: int = 4) -> list[Money]:
    """Return the exact amount, then what it rounds up to with one kind of note, smallest first."""
    rounded = {-(-due.fen // note) * note for note in _NOTES_FEN}
    return [due, *(Money(fen) for fen in sorted(rounded - {due.fen}))][:limit]
