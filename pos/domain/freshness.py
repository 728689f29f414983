"""Freshness: whether this lot of a product may be sold today, and for less because its end is near."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from pos.domain.errors import BadStoreRule, CheckoutError, GoodsExpired, GoodsRecalled
from pos.domain.product import Product


@dataclass(frozen=True, slots=True)
class Recall:
    """Goods that are called back; every lot when ``lots`` is empty. ``words`` tell the cashier why."""

    id: str
    sku: str
    lots: tuple[str, ...]
    words: str
    words_en: str


@dataclass(frozen=True, slots=True)
class Markdown:
    """``percent`` off from ``days`` before the last day on; of some products, of some categories, or of all."""

    id: str
    name: str
    name_en: str
    days: int
    percent: int
    skus: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()

    def covers(self, product: Product) -> bool:
        """Whether it is about this product."""
        if not (self.skus or self.categories):
            return True
        return product.sku in self.skus or product.category in self.categories


@dataclass(frozen=True, slots=True)
class FreshnessRules:
    """What is called back, and what gets cheaper towards its end."""

    recalls: tuple[Recall, ...] = ()
    markdowns: tuple[Markdown, ...] = ()


class Why(StrEnum):
    """Why something may not be sold."""

    EXPIRED = "expired"
    RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Sellable:
    """It may be sold; ``look_for`` is a recall of single lots, when nobody knows which lot this is."""

    look_for: Recall | None = None


@dataclass(frozen=True, slots=True)
class MarkedDown:
    """It may be sold, for ``percent`` less; ``look_for`` as with ``Sellable``."""

    percent: int
    markdown: Markdown
    look_for: Recall | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """It may not be sold."""

    why: Why
    product: Product
    expires_on: date | None = None
    recall: Recall | None = None

    def as_error(self) -> CheckoutError:
        """Return it as the verb raises it."""
        product, recall = self.product, self.recall
        if recall:
            return GoodsRecalled(name=product.name, name_en=product.name_en, words=recall.words,
                                 words_en=recall.words_en, sku=product.sku)  # fmt: skip
        return GoodsExpired(name=product.name, name_en=product.name_en, expires_on=self.expires_on, sku=product.sku)


def judge(
    product: Product, lot: str, expires_on: date | None, today: date, rules: FreshnessRules
) -> Sellable | MarkedDown | Refused:
    """Say whether this lot of a product may be sold today.

    Args:
        lot: empty when the label does not tell.
        expires_on: the last day it may be sold; None when the label does not tell.
    """
    recalls = [each for each in rules.recalls if each.sku == product.sku]
    for recall in recalls:
        if not recall.lots or lot in recall.lots:
            return Refused(Why.RECALLED, product, expires_on, recall)
    if expires_on is not None and expires_on < today:
        return Refused(Why.EXPIRED, product, expires_on)
    look_for = recalls[0] if recalls and not lot else None
    days_left = (expires_on - today).days if expires_on else None
    near = [
        each for each in rules.markdowns if days_left is not None and days_left <= each.days and each.covers(product)
    ]
    if not near:
        return Sellable(look_for)
    best = min(near, key=lambda each: (-each.percent, each.id))
    return MarkedDown(best.percent, best, look_for)


def read_freshness(document: Mapping[str, Any]) -> FreshnessRules:
    """Read the parts ``recalls`` and ``markdowns`` of a store's rule document.

    Raises:
        BadStoreRule: one of them cannot be used; none is taken then.
    """
    return FreshnessRules(
        tuple(_recall(each) for each in _rules(document, "recalls")),
        tuple(_markdown(each) for each in _rules(document, "markdowns")),
    )


_TEXTS = {"recalls": {"id", "sku", "words", "words_en"}, "markdowns": {"id", "name", "name_en"}}
_LISTS = {"recalls": {"lots"}, "markdowns": {"skus", "categories"}}
_NEEDED = {"recalls": {"id", "sku", "words"}, "markdowns": {"id", "name", "days", "percent"}}
_RANGES = {"days": range(366), "percent": range(1, 100)}


def _rules(document: Mapping[str, Any], part: str) -> list[dict[str, Any]]:
    found = document.get(part, [])
    if not isinstance(found, list):
        raise BadStoreRule(part=part, rule="", field="", reason="list")
    for place, raw in enumerate(found, 1):
        _check(part, place, raw)
    return found


def _check(part: str, place: int, raw: object) -> None:
    if not isinstance(raw, dict):
        raise BadStoreRule(part=part, rule=str(place), field="", reason="object")
    name = str(raw.get("id", place))
    for key, value in raw.items():
        if not _is_right(part, key, value):
            raise BadStoreRule(part=part, rule=name, field=key, reason=value)
    for key in sorted(_NEEDED[part]):
        if key not in raw:
            raise BadStoreRule(part=part, rule=name, field=key, reason="missing")


def _is_right(part: str, key: str, value: object) -> bool:
    if key in _TEXTS[part]:
        return isinstance(value, str) and bool(value)
    if key in _LISTS[part]:
        return isinstance(value, list) and bool(value) and all(isinstance(each, str) and each for each in value)
    return part == "markdowns" and key in _RANGES and type(value) is int and value in _RANGES[key]


def _recall(raw: dict[str, Any]) -> Recall:
    return Recall(raw["id"], raw["sku"], tuple(raw.get("lots", [])), raw["words"], raw.get("words_en", raw["words"]))


def _markdown(raw: dict[str, Any]) -> Markdown:
    return Markdown(
        raw["id"], raw["name"], raw.get("name_en", raw["name"]), raw["days"], raw["percent"],
        tuple(raw.get("skus", [])), tuple(raw.get("categories", [])),
    )  # fmt: skip
