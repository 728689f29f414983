"""Promotions: the rules of a store's offers, as head office wrote them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class PromotionBook:
    """Every rule a till knows, and the version that is stamped on a sale."""

    version: str = ""


EMPTY_BOOK = PromotionBook()


def read_book(_document: Mapping[str, Any], version: str) -> PromotionBook:
    """Read the rules of a document."""
    return PromotionBook(version)
