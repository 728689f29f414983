"""Three labels of a scale nobody described: the rule behind them is proposed, or it is said why there is none."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pos.domain.errors import LabelsDiffer, NoRuleFits, NotAScaleLabel, TooFewLabels
from pos.domain.label_doctor import Proposal, Reason, propose
from pos.domain.money import Money
from pos.domain.product import Product, TaxCategory
from pos.domain.quantity import Quantity, Unit
from pos.domain.scale_label import ItemAs, Mismatch
from tests.unit.domain.test_scale_label import complete

TAX = TaxCategory("9", 90)
BEEF = Product("00103", "牛腱", "Beef shank", Money(8980), Unit.GRAM, TAX)
SHRIMP = Product("00104", "基围虾", "Shrimp", Money(6990), Unit.GRAM, TAX)
PORK = Product("00105", "五花肉", "Pork belly", Money(3960), Unit.GRAM, TAX)
SHELF = {each.sku: each for each in (BEEF, SHRIMP, PORK)}
GRAMS = {BEEF: 512, SHRIMP: 348, PORK: 1207}


def find(number: str, item_as: ItemAs) -> Product | None:
    return SHELF.get(number) if item_as == "sku" else None


def cost(what: Product, grams: int) -> int:
    return int(Fraction(what.price.fen * grams, 1000) + Fraction(1, 2))


def labels(prefix: str, layout: str) -> list[str]:
    """Labels of a scale with this layout, one of each product; ``{a}`` amount, ``{g}`` grams."""
    return [complete(prefix + what.sku + layout.format(a=cost(what, grams), g=grams)) for what, grams in GRAMS.items()]


def figures(proposal: Proposal) -> list[tuple[str, int, int | None]]:
    return [
        (each.product.sku, each.weighed.quantity.amount, each.weighed.amount.fen if each.weighed.amount else None)
        for each in proposal.readings
    ]


def test_eighteen_digits_prove_their_own_layout() -> None:
    for layout, letters in (("{a:05d}{g:05d}", "AAAAAGGGGG"), ("{g:05d}{a:05d}", "GGGGGAAAAA")):
        best, *others = propose(labels("26", layout), find)
        assert best.rule.layout == f"PPWWWWW{letters}C"
        assert best.reasons[0] is Reason.ADDS_UP
        assert figures(best) == [("00103", 512, 4598), ("00104", 348, 2433), ("00105", 1207, 4780)]
        assert all(other.points < best.points for other in others)


def test_amounts_are_known_by_being_prices_of_whole_grams() -> None:
    best = propose(labels("22", "{a:05d}"), find)[0]
    assert best.rule.layout == "PPWWWWWAAAAAC"
    assert best.rule.prefixes == ("22",)
    assert Reason.WHOLE_GRAMS in best.reasons
    assert figures(best) == [("00103", 512, 4598), ("00104", 348, 2433), ("00105", 1207, 4780)]


def test_weights_are_known_by_being_no_such_amounts() -> None:
    best, *others = propose(labels("22", "{g:05d}"), find)
    assert best.rule.layout == "PPWWWWWGGGGGC"
    assert figures(best) == [("00103", 512, None), ("00104", 348, None), ("00105", 1207, None)]
    [amount] = [other for other in others if other.rule.layout == "PPWWWWWAAAAAC"]
    assert Reason.NOT_WHOLE_GRAMS in amount.reasons, "the other reading is offered, with what speaks against it"


def test_a_verifier_digit_that_is_always_right_is_no_accident() -> None:
    # GS1, 7.9: of 4598: 8+9+7+6=30, x3, 0; of 2433: 4+8+9+4=25, x3, 5; of 4780: 8+3+4+0=15, x3, 5
    made = [
        complete(f"22{what}{value}") for what, value in (("00103", "04598"), ("00104", "52433"), ("00105", "54780"))
    ]
    best = propose(made, find)[0]
    assert best.rule.layout == "PPWWWWWVAAAAC"
    assert Reason.VERIFIED in best.reasons
    assert [value for _, _, value in figures(best)] == [4598, 2433, 4780]


def test_a_verifier_digit_of_one_weight_three_times_proves_nothing() -> None:
    # weights 2-, 2-, 3, 5- of 1335: 2+6+9+3=20, times three 60, so 0: it could be a verifier digit (GS1, 7.9)
    same = [complete(f"22{sku}01335") for sku in SHELF]
    found = propose(same, find)
    assert {"PPWWWWWVGGGGC", "PPWWWWWGGGGGC"} <= {each.rule.layout for each in found}
    assert not [each for each in found if Reason.VERIFIED in each.reasons]


def test_one_label_with_an_old_price_is_told_and_two_are_too_many() -> None:
    made = labels("26", "{a:05d}{g:05d}")
    old = complete("2600103" + "04086" + "00512")  # at 79.80: 40.8576
    best = propose([old, *made[1:]], find)[0]
    assert Reason.ONE_OLD_PRICE in best.reasons
    assert best.readings[0].weighed.mismatch == Mismatch(Money(4086), Money(4598))
    older = complete("2600104" + "01943" + "00348")
    with pytest.raises((NoRuleFits, LabelsDiffer)):
        propose([old, older, made[2]], find)


def test_a_number_the_store_writes_longer_is_found_and_said_to_be_guessed() -> None:
    longer = {f"6{sku}": what for sku, what in SHELF.items()}
    best = propose(labels("22", "{a:05d}{g:05d}"), lambda number, way: longer.get(number) if way == "sku" else None)[0]
    assert best.rule.item_prefix == "6"
    assert Reason.PREFIX_GUESSED in best.reasons
    kept_as_barcode = propose(labels("22", "{a:05d}"), lambda number, way: SHELF.get(number) if way == "plu" else None)
    assert kept_as_barcode[0].rule.item_as == "plu"


def test_of_rules_that_read_the_same_the_one_for_fewer_labels_is_proposed() -> None:
    longer = {f"6{sku}": what for sku, what in SHELF.items()}
    found = propose(labels("26", "{a:05d}{g:05d}"), lambda number, way: longer.get(number) if way == "sku" else None)
    assert found[0].rule.prefixes == ("26",), "2 and six digits would do as well, and swallow all that begins with 2"
    assert len({each.figures for each in found}) == len(found)


def test_a_scale_that_counts_its_check_from_the_left_is_understood() -> None:
    def left(body: str) -> str:
        return body + str(-sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(body)) % 10)

    made = [left(label[:-1]) for label in labels("26", "{a:05d}{g:05d}")]
    assert propose(made, find)[0].rule.check_by == "left"
    any_digit = [label[:-1] + last for label, last in zip(made, "000", strict=True)]
    best = propose(any_digit, find)[0]
    assert best.rule.check_by == "none"
    assert Reason.NO_CHECK in best.reasons


@pytest.mark.parametrize("count", [0, 1, 2])
def test_fewer_than_three_labels_are_too_few(count: int) -> None:
    made = labels("22", "{a:05d}")[:count]
    with pytest.raises(TooFewLabels) as refused:
        propose(made * 2, find)
    assert refused.value.facts == {"needed": 3, "count": count}


@pytest.mark.parametrize(
    "text", ["", "hello", "6901234567892", "2200103045981", "280123456789", "2" * 14, "fp" + "a" * 33]
)
def test_what_no_scale_prints_is_refused_by_its_text(text: str) -> None:
    with pytest.raises(NotAScaleLabel) as refused:
        propose([*labels("22", "{a:05d}"), text], find)
    assert refused.value.facts["text"] == text


def test_labels_of_two_kinds_contradict() -> None:
    with pytest.raises(LabelsDiffer):
        propose([*labels("22", "{a:05d}")[:2], labels("26", "{a:05d}{g:05d}")[2]], find)


def test_the_label_that_contradicts_the_others_is_named() -> None:
    made = labels("26", "{a:05d}{g:05d}")
    stranger = complete("2699999" + "04598" + "00512")
    with pytest.raises(LabelsDiffer) as refused:
        propose([made[0], stranger, made[2]], find)
    assert refused.value.facts["text"] == stranger


def test_labels_of_another_store_fit_no_rule() -> None:
    with pytest.raises(NoRuleFits) as refused:
        propose(labels("22", "{a:05d}"), lambda _number, _way: None)
    assert refused.value.facts == {"count": 3}


def test_goods_by_the_piece_prove_nothing() -> None:
    pieces = {sku: Product(sku, "x", "x", Money(100), Unit.PIECE, TAX) for sku in SHELF}
    with pytest.raises(NoRuleFits):
        propose(labels("22", "{a:05d}"), lambda number, _way: pieces.get(number))


@given(st.lists(st.integers(20, 9_999), min_size=3, max_size=3), st.sampled_from(["20", "22", "25", "29"]))
def test_the_true_layout_is_always_among_the_proposals(grams: list[int], prefix: str) -> None:
    bought = list(zip(SHELF.values(), grams, strict=True))
    assume(all(cost(what, each) <= 99_999 for what, each in bought))
    by_amount = [complete(f"{prefix}{what.sku}{cost(what, each):05d}") for what, each in bought]
    by_weight = [complete(f"{prefix}{what.sku}{each:05d}") for what, each in bought]
    by_both = [complete(f"{prefix}{what.sku}{cost(what, each):05d}{each:05d}") for what, each in bought]
    amounts = {each.rule.layout: each for each in propose(by_amount, find)}
    assert "PPWWWWWAAAAAC" in amounts
    assert Reason.NOT_WHOLE_GRAMS not in amounts["PPWWWWWAAAAAC"].reasons
    assert [each.weighed.amount for each in amounts["PPWWWWWAAAAAC"].readings] == [
        Money(cost(what, each)) for what, each in bought
    ]
    assert "PPWWWWWGGGGGC" in {each.rule.layout for each in propose(by_weight, find)}
    best = propose(by_both, find)[0]
    assert best.rule.layout == "PPWWWWWAAAAAGGGGGC"
    assert [each.weighed.quantity for each in best.readings] == [Quantity(each, Unit.GRAM) for _, each in bought]
