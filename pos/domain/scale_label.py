"""Scale label: the bar code a counter scale prints, read by the store's own rules.

Each store chooses the layout (GB/T 18283 leaves prefixes 20 to 24 to it), so a layout is data: ``PPWWWWWAAAAAC`` is a
prefix, the item's number, an amount and a check digit. Verifier digits: GS1 General Specifications, section 7.9.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from pos.domain.code import check_digit
from pos.domain.errors import BadStoreRule, LabelUnusable
from pos.domain.money import Money, divide_half_up
from pos.domain.product import Product
from pos.domain.quantity import Quantity, Unit

ItemAs = Literal["sku", "plu"]
CheckBy = Literal["right", "left", "none"]

_LAYOUT = re.compile(r"(?=.{13}$|.{18}$)(?=.*[AG])P+(?:W{3,7}|A{4,6}|G{4,6}|V)+C")
_FIELDS = re.compile(r"(.)\1*")
_IN_STORE = re.compile(r"2|02")
"""What GS1 leaves to the store; no rule may swallow the numbers of bought goods."""


@dataclass(frozen=True, slots=True)
class ScaleRule:
    """How one kind of label is laid out.

    Attributes:
        id: the rule's name within the store.
        layout: a letter a digit: P prefix, W the item's number, A amount, G weight, V verifier of the number behind
            it, C check digit; 13 or 18 of them.
        prefixes: what such labels begin with.
        amount_decimals: of A, in yuan; 0 to 2.
        weight_decimals: of G, in kilograms (pieces, for goods sold by the piece); 0 to 3.
        item_prefix: stands before the label's number in the store's own number, such as ``6`` of ``600103``.
        item_as: whether that is the store's number (``sku``) or one that is kept as a barcode (``plu``).
        check_by: how C is made. EAN-13 weights the digits 1, 3, 1, … from the left, which is 3, 1, 3, … from the right;
            of 18 digits some scales count from the ``right``, some from the ``left``, and some print any digit
            (``none``).

    Raises:
        BadStoreRule: the rule cannot be used.
    """

    id: str
    layout: str
    prefixes: tuple[str, ...]
    amount_decimals: int = 2
    weight_decimals: int = 3
    item_prefix: str = ""
    item_as: ItemAs = "sku"
    check_by: CheckBy = "right"

    def __post_init__(self) -> None:
        letters = [found[1] for found in _FIELDS.finditer(self.layout)]
        if not _LAYOUT.fullmatch(self.layout) or len(letters) != len(set(letters)) or "W" not in letters:
            raise self._bad("layout", self.layout)
        if "V" in letters and not re.search(r"V(?:A{4,5}(?!A)|G{4,5}(?!G))", self.layout):
            raise self._bad("layout", self.layout)
        self._check_prefixes()
        self._check_rest()

    def _check_rest(self) -> None:
        if not 0 <= self.amount_decimals <= 2:
            raise self._bad("amount_decimals", self.amount_decimals)
        if not 0 <= self.weight_decimals <= 3:
            raise self._bad("weight_decimals", self.weight_decimals)
        if self.item_as not in get_args(ItemAs):
            raise self._bad("item_as", self.item_as)
        if self.check_by not in get_args(CheckBy) or (len(self.layout) == 13 and self.check_by != "right"):
            raise self._bad("check_by", self.check_by)

    def _check_prefixes(self) -> None:
        size = self.layout.count("P")
        for prefix in self.prefixes:
            if not (prefix.isascii() and prefix.isdigit() and len(prefix) == size and _IN_STORE.match(prefix)):
                raise self._bad("prefixes", prefix)
        if not self.prefixes or len(set(self.prefixes)) != len(self.prefixes):
            raise self._bad("prefixes", ",".join(self.prefixes))

    def _bad(self, name: str, reason: object) -> BadStoreRule:
        return BadStoreRule(part="scale_labels", rule=self.id, field=name, reason=reason)

    def overlaps(self, other: "ScaleRule") -> bool:
        """Whether one label could be read by both."""
        return len(self.layout) == len(other.layout) and any(
            mine.startswith(theirs) or theirs.startswith(mine) for mine in self.prefixes for theirs in other.prefixes
        )


@dataclass(frozen=True, slots=True)
class ScaleLabel:
    """What a label says.

    Attributes:
        item: the item's number, as printed.
        amount: what it costs; None when the label does not say.
        weight_g: grams, or thousandths of a piece; None when the label does not say.
    """

    rule: ScaleRule
    item: str
    amount: Money | None
    weight_g: int | None

    @property
    def item_keys(self) -> tuple[str, ...]:
        """The numbers to look the item up by: as printed, then without the zeros that only fill."""
        whole = self.rule.item_prefix + self.item
        return tuple(dict.fromkeys((whole, self.rule.item_prefix + (self.item.lstrip("0") or "0"))))


@dataclass(frozen=True, slots=True)
class Mismatch:
    """The amount on a label is not price times weight: the scale still has another price."""

    on_label: Money
    by_price: Money


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much a label sells of a product, and for what.

    Attributes:
        amount: what the label fixes; None when price times quantity decides.
    """

    quantity: Quantity
    amount: Money | None
    mismatch: Mismatch | None


def read_scale_label(text: str, rules: Sequence[ScaleRule]) -> ScaleLabel | None:
    """Return what a label says by the first rule that fits; None when it is no label of these."""
    for rule in rules:
        if label := _read(text, rule):
            return label
    return None


def _read(text: str, rule: ScaleRule) -> ScaleLabel | None:
    if len(text) != len(rule.layout) or not text.startswith(rule.prefixes):
        return None
    if not (text.isascii() and text.isdigit() and has_check(text, rule.check_by)):
        return None
    parts = {found[1]: text[found.start() : found.end()] for found in _FIELDS.finditer(rule.layout)}
    if "V" in parts and verifier(parts[rule.layout[rule.layout.index("V") + 1]]) != parts["V"]:
        return None
    amount = Money(int(parts["A"]) * amount_step(rule)) if "A" in parts else None
    weight_g = int(parts["G"]) * weight_step(rule) if "G" in parts else None
    return ScaleLabel(rule, parts["W"], amount, weight_g)


def has_check(text: str, check_by: CheckBy) -> bool:
    """Whether the last digit checks the others."""
    body = text[:-1] if check_by == "right" or len(text) % 2 else text[:-1] + "0"  # one place on: 1 and 3 change sides
    return check_by == "none" or check_digit(body) == text[-1]


def amount_step(rule: ScaleRule) -> int:
    """Return what one in the last place of the amount is worth, in fen."""
    return int(10 ** (2 - rule.amount_decimals))


def weight_step(rule: ScaleRule) -> int:
    """Return what one in the last place of the weight weighs, in grams."""
    return int(10 ** (3 - rule.weight_decimals))


def weigh(label: ScaleLabel, product: Product) -> Weighed:
    """Say how much of a product a label sells; an amount without a weight gives the weight by the product's price.

    Raises:
        LabelUnusable: it says nothing that could be sold; QuantityOutOfRange: more than a line holds.
    """
    thousandths = label.weight_g
    if thousandths is None:
        assert label.amount is not None, label
        if not product.price:
            raise LabelUnusable(name=product.name, reason="price")
        thousandths = divide_half_up(label.amount.fen * 1000, product.price.fen)
    quantity = _quantity(thousandths, product)
    return Weighed(quantity, label.amount, _mismatch(label, product.price, quantity))


def _quantity(thousandths: int, product: Product) -> Quantity:
    amount = thousandths if product.unit is Unit.GRAM else divide_half_up(thousandths, 1000)
    if amount < 1:
        raise LabelUnusable(name=product.name, reason="empty")
    return Quantity(amount, product.unit)


def _mismatch(label: ScaleLabel, price: Money, quantity: Quantity) -> Mismatch | None:
    """Compare exactly; a scale may cut its amount or round it, and shows its weight rounded by half a step."""
    if label.amount is None or (label.weight_g is None and quantity.unit is Unit.GRAM):
        return None
    thousandths = quantity.amount if quantity.unit is Unit.GRAM else quantity.amount * 1000
    apart = abs(label.amount.fen * 1000 - price.fen * thousandths)
    blur = 2 * 1000 * amount_step(label.rule)
    if quantity.unit is Unit.GRAM:
        blur += price.fen * weight_step(label.rule)
    return Mismatch(label.amount, quantity.cost(price)) if 2 * apart >= blur else None


_TWO_MINUS, _THREE = "0246891357", "0369258147"
_FIVE_PLUS, _FIVE_MINUS = "0516273849", "0594837261"
_WEIGHTS = {
    4: (_TWO_MINUS, _TWO_MINUS, _THREE, _FIVE_MINUS),
    5: (_FIVE_PLUS, _TWO_MINUS, _FIVE_MINUS, _FIVE_PLUS, _TWO_MINUS),
}


def verifier(digits: str) -> str:
    """Return the verifier digit of an amount or weight of four or five digits."""
    total = sum(int(weights[int(digit)]) for weights, digit in zip(_WEIGHTS[len(digits)], digits, strict=True))
    if len(digits) == 4:
        return str(total * 3 % 10)
    return str(_FIVE_MINUS.index(str(-total % 10)))


def read_scale_rules(document: object) -> tuple[ScaleRule, ...]:
    """Read the list of rules a store has.

    Raises:
        BadStoreRule: one of them cannot be used, or two could read the same label; none is taken then.
    """
    if not isinstance(document, list):
        raise BadStoreRule(part="scale_labels", rule="", field="", reason="list")
    rules = tuple(_rule(place, each) for place, each in enumerate(document, 1))
    for place, rule in enumerate(rules):
        for other in rules[:place]:
            if rule.overlaps(other) or rule.id == other.id:
                raise BadStoreRule(part="scale_labels", rule=rule.id, field="prefixes", reason=other.id)
    return rules


_KINDS = {"prefixes": list, "amount_decimals": int, "weight_decimals": int}


def _rule(place: int, raw: object) -> ScaleRule:
    if not isinstance(raw, dict):
        raise BadStoreRule(part="scale_labels", rule=str(place), field="", reason="object")
    name = str(raw.get("id", place))
    known = {each.name for each in fields(ScaleRule)}
    for key, value in raw.items():
        if key not in known or type(value) is not _KINDS.get(key, str):
            raise BadStoreRule(part="scale_labels", rule=name, field=key, reason=value)
    for key in ("id", "layout", "prefixes"):
        if not raw.get(key):
            raise BadStoreRule(part="scale_labels", rule=name, field=key, reason="missing")
    return ScaleRule(**raw | {"prefixes": tuple(map(str, raw["prefixes"]))})


def scale_rule_facts(rule: ScaleRule) -> dict[str, Any]:
    """Return a rule as ``read_scale_rules`` takes it."""
    facts: Mapping[str, Any] = {each.name: getattr(rule, each.name) for each in fields(ScaleRule)}
    return {**facts, "prefixes": list(rule.prefixes)}
