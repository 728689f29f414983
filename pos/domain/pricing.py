"""Pricing: what a store's rules take off a cart, worked out from scratch at each change. docs/pricing.md tells how."""

from collections.abc import Sequence

from pos.domain.priced import Good, Occasion, Priced, Reduction
from pos.domain.pricing_choice import choose
from pos.domain.pricing_explained import explained
from pos.domain.pricing_piles import piles_of
from pos.domain.promotion import EMPTY_BOOK, PromotionBook, read_book

__all__ = ["EMPTY_BOOK", "Good", "Occasion", "Priced", "PromotionBook", "Reduction", "price", "read_book"]


def price(goods: Sequence[Good], book: PromotionBook, occasion: Occasion) -> Priced:
    """Return what the best legal choice of rules takes off these goods."""
    piles = piles_of(goods)
    if not piles or not book.rules:
        return Priced()
    return explained(piles, choose(piles, book.in_force(occasion)), book.rules, occasion)
