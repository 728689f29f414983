"""Labels: what this store's numbers look like, by the rules of head office and by what a manager found out here."""

from collections.abc import Sequence
from typing import cast

from pos.domain import label_doctor
from pos.domain.entry import Json
from pos.domain.label_doctor import Proposal
from pos.domain.product import Product, the_only
from pos.domain.scale_label import ItemAs, ScaleLabel, ScaleRule, read_scale_rules, scale_rule_facts
from pos.domain.staff import By
from pos.domain.store_codes import StoreCodes, read_store_codes
from pos.storage import catalogue
from pos.till import preferences
from pos.till.rules import rules_of
from pos.till.till import Till

KEPT_AS = "scale_labels"
"""The preference that holds the rules found at this till."""


def store_codes(till: Till) -> StoreCodes:
    """Return what the store's numbers look like; a rule found here goes before one of head office for the same labels.

    Raises:
        BadStoreRule: the rules cannot be used.
    """
    codes = read_store_codes(rules_of(till).document)
    here = rules_found_here(till)
    others = tuple(rule for rule in codes.scale_rules if not any(rule.overlaps(each) for each in here))
    return StoreCodes(codes.members, codes.coupons, here + others)


def rules_found_here(till: Till) -> tuple[ScaleRule, ...]:
    """Return the rules that a manager took at this till."""
    return read_scale_rules(preferences.preference(till, KEPT_AS) or [])


def keep_rule(till: Till, rule: ScaleRule, *, by: By) -> tuple[ScaleRule, ...]:
    """Take a rule in place of those that read the same labels, and return the rules found here.

    Raises:
        NeedsManager: neither the actor nor an approver may change the store.
    """
    others = tuple(each for each in rules_found_here(till) if each.id != rule.id and not each.overlaps(rule))
    return _keep(till, (*others, rule), by)


def drop_rule(till: Till, rule_id: str, *, by: By) -> tuple[ScaleRule, ...]:
    """Take a rule of this till away, and return the others.

    Raises:
        NeedsManager: neither the actor nor an approver may change the store.
    """
    return _keep(till, tuple(each for each in rules_found_here(till) if each.id != rule_id), by)


def _keep(till: Till, rules: Sequence[ScaleRule], by: By) -> tuple[ScaleRule, ...]:
    kept = preferences.keep_preference(till, KEPT_AS, cast("Json", [scale_rule_facts(rule) for rule in rules]), by=by)
    return read_scale_rules(kept)


def propose(till: Till, texts: Sequence[str]) -> tuple[Proposal, ...]:
    """Return the rules that may be behind the labels of a scale, the likeliest first.

    Raises:
        TooFewLabels, NotAScaleLabel, LabelsDiffer, NoRuleFits: there is none, and why.
    """
    return label_doctor.propose(texts, lambda number, item_as: find_item(till, number, item_as))


def find_item(till: Till, number: str, item_as: ItemAs) -> Product | None:
    """Return the product with this number: the store's own, or one that is kept as its barcode."""
    if item_as == "sku":
        return catalogue.find_by_sku(till.prices, number)
    pack = the_only(catalogue.find_by_barcode(till.prices, (number,)))
    return pack.product if pack and pack.is_plain else None


def labelled(till: Till, label: ScaleLabel) -> Product | None:
    """Return the product a scale label is of; None when it is not on sale here."""
    found = (find_item(till, number, label.rule.item_as) for number in label.item_keys)
    return next((product for product in found if product), None)
