"""Arranged: the pages of tiles as the sell panel asks for them."""

from collections.abc import Callable
from dataclasses import dataclass

from pos.domain.product import Product
from pos.domain.tiles import Arrangement, TilePage


def _nothing(_page: TilePage) -> list[Product]:
    return []


@dataclass(frozen=True, slots=True)
class Arranged:
    """Two questions to the till; unless told otherwise, nobody arranged anything."""

    pages: Callable[[], Arrangement] = tuple
    products: Callable[[TilePage], list[Product]] = _nothing
