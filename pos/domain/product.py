"""Product: what the catalogue knows of a thing on sale, and what each of its barcodes sells."""

from collections.abc import Sequence
from dataclasses import dataclass

from pos.domain.errors import AmountOutOfRange
from pos.domain.money import LIMIT_FEN, Money
from pos.domain.quantity import Unit


@dataclass(frozen=True, slots=True)
class TaxCategory:
    """A kind of goods for value-added tax.

    Attributes:
        code: the category's name in the books, such as ``13`` or ``exempt``.
        rate_permille: 130 is 13 %; 0..1000.
    """

    code: str
    rate_permille: int

    def __post_init__(self) -> None:
        assert 0 <= self.rate_permille <= 1000, self.rate_permille


@dataclass(frozen=True, slots=True)
class Product:
    """A thing on sale, as priced now.

    Attributes:
        sku: the store's own number; identity.
        price: for one piece, or for one kilogram when ``unit`` is gram; tax included. Zero is an open price:
            the cashier sets one each time.
        pinyin: initials of the Chinese name, lower case, for searching.
        category: the shelf, for tiles.
        barcode: the one printed on it, empty for goods without.
        cost: what one piece or kilogram costs the store, tax included; None when nobody knows.
    """

    sku: str
    name: str
    name_en: str
    price: Money
    unit: Unit
    tax: TaxCategory
    pinyin: str = ""
    category: str = ""
    barcode: str = ""
    cost: Money | None = None

    def __post_init__(self) -> None:
        if self.price.fen < 0:
            raise AmountOutOfRange(limit_fen=LIMIT_FEN)

    @property
    def is_open_price(self) -> bool:
        """Whether its price is set at the counter each time."""
        return not self.price


PACK_MAX = 9_999
"""Pieces in the largest pack."""


@dataclass(frozen=True, slots=True)
class Pack:
    """What one barcode sells of a product: a piece, or so many of them at once.

    Attributes:
        quantity: pieces; 1 for what is sold by weight.
        own_price: for the whole pack; None when it costs what its pieces cost.
        words: what the pack is called, such as ``箱``; empty for a plain piece.
    """

    product: Product
    barcode: str
    quantity: int = 1
    own_price: Money | None = None
    words: str = ""
    words_en: str = ""

    def __post_init__(self) -> None:
        assert 1 <= self.quantity <= PACK_MAX, self.quantity

    @property
    def price(self) -> Money:
        """What the whole pack costs; per kilogram for what is weighed."""
        return self.own_price if self.own_price is not None else Money(self.product.price.fen * self.quantity)

    @property
    def is_plain(self) -> bool:
        """Whether it is one piece at the product's own price, as if the product had been picked by hand."""
        return self.quantity == 1 and self.own_price is None


def the_only(candidates: Sequence[Pack]) -> Pack | None:
    """Return what a barcode means when it means one thing; None when it is unknown or somebody has to pick."""
    return candidates[0] if len(candidates) == 1 else None
