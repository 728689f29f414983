"""Product: what the catalogue knows of a thing on sale."""

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

    def __post_init__(self) -> None:
        if self.price.fen < 0:
            raise AmountOutOfRange(limit_fen=LIMIT_FEN)

    @property
    def is_open_price(self) -> bool:
        """Whether its price is set at the counter each time."""
        return not self.price
