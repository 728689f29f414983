"""What this till takes for a scale label: head office's rules, and before them what a manager found out here."""

from dataclasses import replace

import pytest

from pos.domain.entry import Json
from pos.domain.errors import BadStoreRule, NoRuleFits
from pos.domain.money import Money
from pos.domain.scale_label import ScaleRule, read_scale_label, weigh
from pos.storage import catalogue
from pos.till import labels, rules
from pos.till.till import Till
from tests.fakes import BY_MEI, World, goods
from tests.unit.domain.test_scale_label import complete

OFFICE: dict[str, Json] = {
    "scale_labels": [
        {"id": "13", "layout": "PPWWWWWAAAAAC", "prefixes": ["21", "22"]},
        {"id": "18", "layout": "PPWWWWWAAAAAGGGGGC", "prefixes": ["26"]},
    ],
    "codes": {"members": [{"prefixes": ["88"], "lengths": [8]}]},
}
FOUND = ScaleRule("13-22", "PPWWWWWGGGGGC", ("22",), item_prefix="6")
PEARS, PEARS_PRICE = "600105", 3960
SHELF = [
    goods(PEARS, "雪花梨", PEARS_PRICE, unit="gram"),
    goods("600106", "车厘子", 8980, unit="gram"),
    goods("600107", "草莓", 6990, "00777", unit="gram"),
]


@pytest.fixture
def stocked(till: Till) -> Till:
    """A till with more weighed goods."""
    catalogue.apply_feed(till.prices, SHELF, [], "2")
    return till


def keep_office_rules(till: Till) -> None:
    catalogue.keep_rules(till.prices, "7", OFFICE)


def test_a_till_without_rules_has_none(till: Till) -> None:
    codes = labels.store_codes(till)
    assert (codes.members, codes.coupons, codes.scale_rules) == ((), (), ())


def test_rules_of_head_office_hold_until_another_is_found_here(till: Till) -> None:
    keep_office_rules(till)
    assert [rule.id for rule in labels.store_codes(till).scale_rules] == ["13", "18"]
    assert labels.keep_rule(till, FOUND, by=BY_MEI) == (FOUND,)
    assert [rule.id for rule in labels.store_codes(till).scale_rules] == ["13-22", "18"]
    assert labels.store_codes(till).members[0].prefixes == ("88",)
    assert labels.drop_rule(till, FOUND.id, by=BY_MEI) == ()
    assert [rule.id for rule in labels.store_codes(till).scale_rules] == ["13", "18"]


def test_a_rule_takes_the_place_of_those_that_read_the_same_labels(till: Till) -> None:
    other = replace(FOUND, id="13-20", prefixes=("20",))
    labels.keep_rule(till, FOUND, by=BY_MEI)
    labels.keep_rule(till, other, by=BY_MEI)
    better = replace(FOUND, id="better", layout="PPWWWWWAAAAAC")
    assert labels.keep_rule(till, better, by=BY_MEI) == (other, better)


def test_a_rule_found_here_is_there_after_a_start(world: World, till: Till) -> None:
    labels.keep_rule(till, FOUND, by=BY_MEI)
    again = world.open()
    assert labels.rules_found_here(again) == (FOUND,)
    again.close()


def test_rules_that_cannot_be_used_are_told(till: Till) -> None:
    catalogue.keep_rules(till.prices, "8", {"scale_labels": [{"id": "x", "layout": "P", "prefixes": ["2"]}]})
    with pytest.raises(BadStoreRule):
        labels.store_codes(till)


@pytest.mark.parametrize("part", ["scale_labels", "recalls", "markdowns", "codes"])
def test_a_document_with_a_part_that_cannot_be_used_is_kept_out(part: str) -> None:
    rules.check("9", OFFICE)
    with pytest.raises(BadStoreRule) as refused:
        rules.check("9", {**OFFICE, part: [{"colour": "red"}]})
    assert refused.value.facts["part"] == part


def test_three_labels_make_a_rule_that_then_sells(stocked: Till) -> None:
    # 39.60 x 1.207 = 47.7972, 89.80 x 0.512 = 45.9776, 69.90 x 0.348 = 24.3252
    made = [complete("2200105" + "04780"), complete("2200106" + "04598"), complete("2200107" + "02433")]
    best = labels.propose(stocked, made)[0]
    assert best.rule.item_prefix == "6", "the scale prints five digits of six"
    labels.keep_rule(stocked, best.rule, by=BY_MEI)
    label = read_scale_label(made[0], labels.store_codes(stocked).scale_rules)
    assert label is not None
    product = labels.labelled(stocked, label)
    assert product is not None
    assert product.sku == PEARS
    told = weigh(label, product)
    assert (told.quantity.amount, told.amount) == (1207, Money(4780))


def test_an_item_may_be_known_by_a_number_kept_as_its_barcode(stocked: Till) -> None:
    found = labels.find_item(stocked, "00777", "plu")
    assert found is not None
    assert found.sku == "600107"
    assert labels.find_item(stocked, "00777", "sku") is None
    rule = replace(FOUND, item_prefix="", item_as="plu")
    label = read_scale_label(complete("220077700500"), [rule])
    assert label is not None
    assert labels.labelled(stocked, label) == found


def test_labels_of_another_store_are_refused(till: Till) -> None:
    with pytest.raises(NoRuleFits):
        labels.propose(till, [complete("229990100500"), complete("229990200600"), complete("229990300700")])
