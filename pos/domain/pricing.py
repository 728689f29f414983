"""Pricing: what a store's rules take off a cart, worked out from scratch at each change. docs/pricing.md tells how."""

from collections.abc import Sequence

from pos.domain.priced import Good, Occasion, Priced, Reduction
from pos.domain.pricing_choice import choose
from pos.domain.pricing_explained import explained
from pos.domain.pricing_piles import Pile, piles_of
from pos.domain.promotion import EMPTY_BOOK, PromotionBook, read_book
from pos.domain.promotion_rule import Rule

__all__ = ["EMPTY_BOOK", "Good", "Occasion", "Priced", "PromotionBook", "Reduction", "price", "read_book"]


def price(goods: Sequence[Good], book: PromotionBook, occasion: Occasion) -> Priced:
    """Return what the best legal choice of rules takes off these goods."""
    piles = piles_of(goods)
    by_rule = _rules_in_force(piles, book, occasion)
    if not by_rule:
        return Priced()
    return explained(piles, choose(piles, by_rule), occasion)


def _rules_in_force(piles: Sequence[Pile], book: PromotionBook, occasion: Occasion) -> list[tuple[Rule, list[int]]]:
    """Return the rules that hold now and the piles each may look at, in the order of their ranks."""
    found: dict[int, list[int]] = {}
    out: set[int] = set()
    for number, pile in enumerate(piles):
        for place in book.touching(pile.sku, pile.category):
            if place in found:
                if found[place][-1] != number:
                    found[place].append(number)
            elif place not in out and book.rules[place].holds(occasion):
                found[place] = [number]
            else:
                out.add(place)
    return [(book.rules[place], found[place]) for place in sorted(found)]
