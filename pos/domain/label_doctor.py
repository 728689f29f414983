"""Label doctor: from labels of a scale nobody has described, propose how they are laid out.

Every usual layout is tried on all labels. One stays when each label then names weighed goods of this store and a
weight and an amount that can be; what speaks for it and against it is told with it, so that a person decides.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import product as combinations

from pos.domain.code import is_checked, plain
from pos.domain.errors import CheckoutError, LabelsDiffer, NoRuleFits, NotAScaleLabel, TooFewLabels
from pos.domain.money import divide_half_up
from pos.domain.product import Product
from pos.domain.quantity import Unit
from pos.domain.scale_label import CheckBy, ItemAs, ScaleLabel, ScaleRule, Weighed, has_check, read_scale_label, weigh

LABELS_NEEDED = 3
"""Of two labels, a wrong layout fits too often."""
USUAL_DECIMALS = (2, 3)
"""Of amount and weight; ten times as much for ten times the weight adds up just as well."""
LIKELY_GRAMS = range(5, 50_001)
"""What counter scales weigh."""

FindItem = Callable[[str, ItemAs], Product | None]
"""Looks a number up as the store's own or as one kept as a barcode."""


class Reason(StrEnum):
    """What speaks for a layout, or against it."""

    ADDS_UP = "adds_up"
    VERIFIED = "verified"
    WHOLE_GRAMS = "whole_grams"
    STEPS = "steps"
    ONE_OLD_PRICE = "one_old_price"
    NO_CHECK = "no_check"
    PREFIX_GUESSED = "prefix_guessed"
    WIDE_PREFIX = "wide_prefix"
    UNUSUAL_DECIMALS = "unusual_decimals"
    NOT_WHOLE_GRAMS = "not_whole_grams"


_POINTS = {
    Reason.ADDS_UP: 6,
    Reason.VERIFIED: 6,
    Reason.WHOLE_GRAMS: 3,
    Reason.STEPS: 1,
    Reason.ONE_OLD_PRICE: 2,
    Reason.NO_CHECK: -1,
    Reason.PREFIX_GUESSED: -1,
    Reason.WIDE_PREFIX: -2,
    Reason.UNUSUAL_DECIMALS: -2,
    Reason.NOT_WHOLE_GRAMS: -3,
}


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the labels as the proposed rule reads it."""

    text: str
    label: ScaleLabel
    product: Product
    weighed: Weighed


@dataclass(frozen=True, slots=True)
class Proposal:
    """A rule that may be the scale's, and what it makes of each label."""

    rule: ScaleRule
    readings: tuple[Reading, ...]
    reasons: tuple[Reason, ...]

    @property
    def figures(self) -> tuple[bool, tuple[tuple[str, Weighed], ...]]:
        """What the labels sell by it, and whether a digit verifies that: such a rule refuses what another reads."""
        return "V" in self.rule.layout, tuple((reading.product.sku, reading.weighed) for reading in self.readings)

    @property
    def points(self) -> int:
        """How much speaks for it."""
        return sum(_POINTS[reason] for reason in self.reasons)


def check_label(text: str) -> str:
    """Return a label's digits, for one that may be of a scale.

    Raises:
        NotAScaleLabel: it cannot be.
    """
    digits = plain(text)
    if not re.fullmatch(r"(?:2|02)[0-9]+", digits) or len(digits) not in {13, 18}:
        raise NotAScaleLabel(text=digits)
    if len(digits) == 13 and not is_checked(digits):
        raise NotAScaleLabel(text=digits)
    return digits


def propose(texts: Sequence[str], find: FindItem) -> tuple[Proposal, ...]:
    """Return the rules that make sense of all labels, the likeliest first; never none.

    Raises:
        TooFewLabels: fewer than three different ones.
        NotAScaleLabel, LabelsDiffer, NoRuleFits: no one rule can be behind them, and why.
    """
    labels = tuple(dict.fromkeys(check_label(text) for text in texts))
    if len(labels) < LABELS_NEEDED:
        raise TooFewLabels(needed=LABELS_NEEDED, count=len(labels))
    for other in labels[1:]:
        if (len(other), other[0]) != (len(labels[0]), labels[0][0]):
            raise LabelsDiffer(text=labels[0], other=other)
    found = _proposals(labels, find)
    if not found:
        raise _refusal(labels, find)
    return found


def _refusal(labels: Sequence[str], find: FindItem) -> CheckoutError:
    """Name the one label without which the others agree, if there is one."""
    for odd in labels:
        others = [label for label in labels if label != odd]
        if any(proposal.points >= _POINTS[Reason.WHOLE_GRAMS] for proposal in _proposals(others, find)):
            return LabelsDiffer(text=odd, other=others[0])
    return NoRuleFits(count=len(labels))


def _proposals(labels: Sequence[str], find: FindItem) -> tuple[Proposal, ...]:
    """Return what can be, the likeliest first, and of those that read the same only that."""
    made = [proposal for rule in _rules(labels, find) if (proposal := _try(rule, labels, find))]
    made.sort(key=lambda proposal: -proposal.points)
    return tuple({proposal.figures: proposal for proposal in reversed(made)}.values())[::-1]


def _rules(labels: Sequence[str], find: FindItem) -> Iterator[ScaleRule]:
    """Give every layout that puts weighed goods of this store where the item's number would be."""
    check_by = _check_by(labels)
    for prefix_size, item_size in combinations((2, 1), (5, 6, 4)):
        prefixes = {label[:prefix_size] for label in labels}
        items = [label[prefix_size : prefix_size + item_size] for label in labels]
        if len(prefixes) > 1 or (known_as := _known_as(items, min(prefixes), find)) is None:
            continue
        head = "P" * prefix_size + "W" * item_size
        for tail, amount_decimals, weight_decimals in _tails(len(labels[0]) - len(head) - 1):
            yield ScaleRule(
                id=f"{len(labels[0])}-{min(prefixes)}",
                layout=f"{head}{tail}C",
                prefixes=tuple(prefixes),
                amount_decimals=amount_decimals,
                weight_decimals=weight_decimals,
                item_prefix=known_as[0],
                item_as=known_as[1],
                check_by=check_by,
            )


def _check_by(labels: Sequence[str]) -> CheckBy:
    ways: tuple[CheckBy, ...] = ("right", "left", "none")
    return next(way for way in ways if all(has_check(label, way) for label in labels))


def _known_as(items: Sequence[str], prefix: str, find: FindItem) -> tuple[str, ItemAs] | None:
    """Return what stands before the items' numbers in the store's own, and which number that is."""
    ways: tuple[ItemAs, ...] = ("sku", "plu")
    for before, way in combinations(("", prefix, *"0123456789"), ways):
        if all(_is_weighed(_find(before, item, way, find)) for item in items):
            return before, way
    return None


def _find(before: str, item: str, way: ItemAs, find: FindItem) -> Product | None:
    return find(before + item, way) or find(before + (item.lstrip("0") or "0"), way)


def _is_weighed(found: Product | None) -> bool:
    return found is not None and found.unit is Unit.GRAM


def _tails(size: int) -> Iterator[tuple[str, int, int]]:
    """Give what can stand between the item's number and the check digit, with the decimals of amount and weight."""
    if 4 <= size <= 6:
        yield from (("A" * size, 2, 3), ("G" * size, 2, 3))
    if 5 <= size <= 6:
        yield from (("V" + "A" * (size - 1), 2, 3), ("V" + "G" * (size - 1), 2, 3))
    for first in range(4, 7):
        if 4 <= size - first <= 6:
            for letters, decimals in combinations(("AG", "GA"), ((2, 3), (1, 3), (2, 2), (1, 2))):
                yield (letters[0] * first + letters[1] * (size - first), *decimals)


def _try(rule: ScaleRule, labels: Sequence[str], find: FindItem) -> Proposal | None:
    readings = [reading for label in labels if (reading := _read(rule, label, find))]
    if len(readings) < len(labels):
        return None
    old_prices = sum(reading.weighed.mismatch is not None for reading in readings)
    if old_prices > 1 or (old_prices and len(readings) < LABELS_NEEDED):
        return None
    return Proposal(rule, tuple(readings), tuple(_reasons(rule, readings)))


def _read(rule: ScaleRule, text: str, find: FindItem) -> Reading | None:
    label = read_scale_label(text, [rule])
    product = _find(rule.item_prefix, label.item, rule.item_as, find) if label else None
    if label is None or product is None:
        return None
    try:
        weighed = weigh(label, product)
    except CheckoutError:
        return None
    if weighed.quantity.amount not in LIKELY_GRAMS or (weighed.amount or product.price).fen == 0:
        return None
    return Reading(text, label, product, weighed)


def _reasons(rule: ScaleRule, readings: Sequence[Reading]) -> Iterator[Reason]:
    has_amount, has_weight = "A" in rule.layout, "G" in rule.layout
    if has_amount and has_weight:
        is_old = any(reading.weighed.mismatch for reading in readings)
        yield Reason.ONE_OLD_PRICE if is_old else Reason.ADDS_UP
    elif has_amount and not all(_is_whole_grams(reading) for reading in readings):
        yield Reason.NOT_WHOLE_GRAMS
    elif has_amount and _chance_of_whole_grams(readings) <= Fraction(1, 4):
        yield Reason.WHOLE_GRAMS
    if "V" in rule.layout and len({(each.label.amount, each.label.weight_g) for each in readings}) == len(readings):
        yield Reason.VERIFIED
    if has_weight and _is_in_fives([reading.weighed.quantity.amount for reading in readings]):
        yield Reason.STEPS
    if rule.check_by == "none":
        yield Reason.NO_CHECK
    if rule.item_prefix and rule.item_prefix not in rule.prefixes:
        yield Reason.PREFIX_GUESSED
    if rule.layout.count("P") == 1:
        yield Reason.WIDE_PREFIX
    if (rule.amount_decimals, rule.weight_decimals) != USUAL_DECIMALS:
        yield Reason.UNUSUAL_DECIMALS


def _is_whole_grams(reading: Reading) -> bool:
    """Whether some whole number of grams costs just this, by a scale that rounds or cuts."""
    price, amount = reading.product.price.fen, reading.label.amount
    assert amount is not None
    about = amount.fen * 1000 // price
    costs = [price * grams for grams in range(about - 1, about + 2)]
    return any(amount.fen in {divide_half_up(cost, 1000), cost // 1000} for cost in costs)


def _chance_of_whole_grams(readings: Sequence[Reading]) -> Fraction:
    """How likely numbers that are no amounts would all be prices of whole grams."""
    chance = Fraction(1)
    for reading in readings:
        chance *= min(Fraction(1), Fraction(2000, reading.product.price.fen))
    return chance


def _is_in_fives(grams: Sequence[int]) -> bool:
    """Whether the scale seems to show steps of five grams; all in tens would fit rounded amounts as well."""
    return all(each % 5 == 0 for each in grams) and any(each % 10 for each in grams)
