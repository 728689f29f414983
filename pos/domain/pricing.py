"""Pricing: what a store's rules take off a cart, worked out from scratch at each change. docs/pricing.md tells how.

The best legal choice of takes and spends is looked for with labels, whole numbers that tell all that spends can ask.
"""

from collections.abc import Sequence

from pos.domain.priced import Good, Occasion, Priced, Reduction
from pos.domain.pricing_clusters import Bond, Cluster, clusters_of
from pos.domain.pricing_explained import Choice, explained
from pos.domain.pricing_piles import Pile, piles_of
from pos.domain.pricing_search import Joined, Keeping, menu_of
from pos.domain.pricing_spends import Spends
from pos.domain.pricing_takes import Labels, Takes
from pos.domain.promotion import EMPTY_BOOK, PromotionBook, read_book
from pos.domain.promotion_rule import Each, Rule, Spend, Together

__all__ = ["EMPTY_BOOK", "Good", "Occasion", "Priced", "PromotionBook", "Reduction", "price", "read_book"]

WORK = 20_000
"""Labels that are added up for one cart, roughly at most, when spends make more than the best label interesting."""


def price(goods: Sequence[Good], book: PromotionBook, occasion: Occasion) -> Priced:
    """Return what the best legal choice of rules takes off these goods."""
    piles = piles_of(goods)
    by_rule = _rules_in_force(piles, book, occasion)
    if not by_rule:
        return Priced()
    return explained(piles, _best(piles, by_rule), occasion)


def _rules_in_force(piles: Sequence[Pile], book: PromotionBook, occasion: Occasion) -> list[tuple[Rule, list[int]]]:
    """Return the rules that hold now and the piles each may look at, in the order of their ranks."""
    found: dict[int, list[int]] = {}
    out: set[int] = set()
    for number, pile in enumerate(piles):
        for place in book.touching(pile.sku, pile.category):
            if place in found:
                found[place].append(number)
            elif place not in out and book.rules[place].holds(occasion):
                found[place] = [number]
            else:
                out.add(place)
    return [(book.rules[place], found[place]) for place in sorted(found)]


def _best(piles: Sequence[Pile], by_rule: Sequence[tuple[Rule, list[int]]]) -> Choice:
    """Return the best choice: of takes alone first, and if spends could gain more by taking less, of both together."""
    spends = Spends(_spend_rules(piles, by_rule), piles)
    labels = Labels(piles, spends.zones, spends.sums)
    takes = Takes(piles, labels)
    clusters = _clusters(piles, takes, by_rule)
    menus = [menu_of(each, piles, takes, Keeping(labels)) for each in clusters]
    label = sum(max(menu.labels) for menu in menus)
    off, offs = spends.best(labels.pots(label))
    if spends.is_settled(off):
        return Choice([part for menu in menus for part in menu.plan(max(menu.labels))], offs, spends.zones)
    most = max(8, WORK // (1 + sum(each.effort for each in clusters)))
    keeping = Keeping(labels, spends.most - off, most)
    joined = Joined([menu_of(each, piles, takes, keeping) for each in clusters], keeping)
    best = -1
    for each in sorted(joined.labels, reverse=True):
        if labels.saving(each) + spends.most <= best:
            break
        its_off, its_offs = spends.best(labels.pots(each))
        if labels.saving(each) + its_off > best:
            best, label, offs = labels.saving(each) + its_off, each, its_offs
    return Choice(joined.plan(label), offs, spends.zones)


def _spend_rules(
    piles: Sequence[Pile], by_rule: Sequence[tuple[Rule, list[int]]]
) -> list[tuple[Rule, Spend, list[int]]]:
    return [
        (rule, rule.does, [place for place in places if rule.does.scope.holds(piles[place].sku, piles[place].category)])
        for rule, places in by_rule
        if isinstance(rule.does, Spend)
    ]


def _clusters(piles: Sequence[Pile], takes: Takes, by_rule: Sequence[tuple[Rule, list[int]]]) -> list[Cluster]:
    for_each: list[list[Rule]] = [[] for _ in piles]
    bonds: list[Bond] = []
    for rule, places in by_rule:
        if isinstance(rule.does, Each):
            for place in places:
                for_each[place].append(rule)
        elif isinstance(rule.does, Together):
            bonds += [Bond(rule, rule.does, way) for way in takes.ways(rule.does, places)]
    return clusters_of(piles, [takes.of_one(place, rules) for place, rules in enumerate(for_each)], bonds)
