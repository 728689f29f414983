"""In force: the rules that hold on one occasion, by product; worked out once for each product that is scanned."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pos.domain.promotion_rule import ONE_PIECE, Each, Rule, Spend, Together
from pos.domain.quantity import Quantity

Saving = tuple[int, int]
"""The fen that a rule takes off one piece, and the rule's place in the book."""


@dataclass(frozen=True, slots=True)
class Touching:
    """The rules that may touch one product.

    Attributes:
        alone: those on single pieces, and their places in the book, in that order.
        together: places in the book of those that bind it with others.
        spends: places of those that look at what it costs.
    """

    alone: tuple[tuple[int, Each], ...]
    together: tuple[int, ...]
    spends: tuple[int, ...]
    _on_piece: dict[int, tuple[Saving, ...]] = field(default_factory=dict)

    def on_piece(self, price: int) -> tuple[Saving, ...]:
        """Return what each of the rules on single pieces takes off one, the best first, like ones once."""
        known = self._on_piece.get(price)
        if known is None:
            known = self._on_piece[price] = self.on(price, ONE_PIECE)
        return known

    def on(self, price: int, one: Quantity) -> tuple[Saving, ...]:
        """Return the same for anything that costs ``price``, such as a weighed line."""
        found: dict[int, int] = {}
        for place, does in self.alone:
            found.setdefault(does.cut.saving(price, one), place)
        return tuple([(fen, found[fen]) for fen in sorted(found, reverse=True) if fen])


class InForce:
    """The rules of a book that hold, and which of them touch what."""

    def __init__(self, rules: Sequence[Rule], places: Mapping[str, tuple[int, ...]], holding: frozenset[int]) -> None:
        self.rules = rules
        self._places = places
        self._holding = holding
        self._touching: dict[tuple[str, str], Touching] = {}

    def touching(self, products: Iterable[tuple[str, str]]) -> list[Touching]:
        """Return the rules that may touch each of these products on their shelves."""
        known = self._touching
        return [known.get(product) or known.setdefault(product, self._found(*product)) for product in products]

    def _found(self, sku: str, category: str) -> Touching:
        by_key = self._places
        looked_at = {*by_key.get(f"s{sku}", ()), *by_key.get(f"c{category}", ()), *by_key.get("", ())}
        excepting = [place for place in by_key.get(f"x{sku}", ())
                     if not any(scope.holds(sku, category) for scope in self.rules[place].scopes)]  # fmt: skip
        places = sorted((looked_at & self._holding).difference(excepting))
        does = [(place, self.rules[place].does) for place in places]
        return Touching(tuple([(place, its) for place, its in does if isinstance(its, Each)]),
                        tuple([place for place, its in does if isinstance(its, Together)]),
                        tuple([place for place, its in does if isinstance(its, Spend)]))  # fmt: skip
