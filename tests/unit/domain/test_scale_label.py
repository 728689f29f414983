"""A scale's label is read by the store's own rule, and what it says is held against the price of today.

Layouts with a source: 2+5+5 with an amount of two decimals (zuosheng.com, Article 1001), 7+5 with a weight of three
(syxxfm.com/html/912.html), 26+PLU+amount+weight (enjoyit.com.cn forum). Those pages print any check digit; here it is
the right one, made by trying all ten.
"""

from dataclasses import replace

import pytest
from biip.checksums import gs1_price_weight_check_digit
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadStoreRule, LabelUnusable, QuantityOutOfRange
from pos.domain.money import Money
from pos.domain.product import Product, TaxCategory
from pos.domain.quantity import Quantity, Unit
from pos.domain.scale_label import (
    Mismatch,
    ScaleRule,
    Weighed,
    read_scale_label,
    read_scale_rules,
    scale_rule_facts,
    verifier,
    weigh,
)

AMOUNT_13 = ScaleRule("amount", "PPWWWWWAAAAAC", ("21",))
WEIGHT_13 = ScaleRule("weight", "PPWWWWWGGGGGC", ("20",))
BOTH_18 = ScaleRule("both", "PPWWWWWAAAAAGGGGGC", ("26",))
APPLES = Product("00301", "苹果", "Apples", Money(838), Unit.GRAM, TaxCategory("9", 90))
BUNS = Product("00302", "包子", "Buns", Money(150), Unit.PIECE, TaxCategory("9", 90))


def complete(body: str) -> str:
    """Try all ten check digits; of thirteen or eighteen, from the right, exactly one is right."""
    [whole] = [
        body + last
        for last in "0123456789"
        if sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate((body + last)[::-1])) % 10 == 0
    ]
    return whole


def test_a_label_with_an_amount_gives_the_weight_by_the_price() -> None:
    label = read_scale_label(complete("210030101936"), [WEIGHT_13, AMOUNT_13])
    assert label is not None
    assert (label.item, label.amount, label.weight_g) == ("00301", Money(1936), None)
    # 19.36 / 8.38 = 2.3103 kg
    assert weigh(label, APPLES) == Weighed(Quantity(2310, Unit.GRAM), Money(1936), None)


def test_a_label_with_a_weight_leaves_the_amount_to_the_price() -> None:
    label = read_scale_label(complete("200030102310"), [WEIGHT_13, AMOUNT_13])
    assert label is not None
    assert (label.item, label.amount, label.weight_g) == ("00301", None, 2310)
    assert weigh(label, APPLES) == Weighed(Quantity(2310, Unit.GRAM), None, None)


def test_a_label_with_both_is_believed_when_they_agree() -> None:
    # 8.38 x 2.310 = 19.3578
    for fen in ("01936", "01935"):
        label = read_scale_label(complete("2600301" + fen + "02310"), [BOTH_18])
        assert label is not None
        assert weigh(label, APPLES) == Weighed(Quantity(2310, Unit.GRAM), Money(int(fen)), None), "rounded or cut"


def test_a_scale_with_an_old_price_is_told_by_both_amounts() -> None:
    # at 7.98: 18.4338
    label = read_scale_label(complete("26003010184302310"), [BOTH_18])
    assert label is not None
    told = weigh(label, APPLES)
    assert told.mismatch == Mismatch(on_label=Money(1843), by_price=Money(1936))
    assert told.amount == Money(1843), "the label is what the customer was promised"


@given(
    price=st.integers(1, 99_999),
    grams=st.integers(1, 99_999),
    is_cut=st.booleans(),
    amount_decimals=st.integers(0, 2),
    weight_decimals=st.integers(1, 3),
)
def test_what_a_scale_rounds_is_never_called_an_old_price(
    *, price: int, grams: int, is_cut: bool, amount_decimals: int, weight_decimals: int
) -> None:
    rule = replace(BOTH_18, amount_decimals=amount_decimals, weight_decimals=weight_decimals)
    fen_step, gram_step = 10 ** (2 - amount_decimals), 10 ** (3 - weight_decimals)
    amount = (price * grams + (0 if is_cut else 500 * fen_step)) // (1000 * fen_step)
    shown = (2 * grams + gram_step) // (2 * gram_step)
    if not 0 < shown <= 99_999 or amount > 99_999:
        return
    label = read_scale_label(complete(f"2600301{amount:05d}{shown:05d}"), [rule])
    assert label is not None
    assert weigh(label, replace(APPLES, price=Money(price))).mismatch is None


def test_goods_by_the_piece_are_counted() -> None:
    three = read_scale_label(complete("210030200450"), [AMOUNT_13])
    odd = read_scale_label(complete("210030200500"), [AMOUNT_13])
    counted = read_scale_label(complete("26003020045003000"), [BOTH_18])
    assert three is not None
    assert odd is not None
    assert counted is not None
    assert weigh(three, BUNS) == Weighed(Quantity(3), Money(450), None)
    assert weigh(counted, BUNS) == Weighed(Quantity(3), Money(450), None)
    assert weigh(odd, BUNS) == Weighed(Quantity(3), Money(500), Mismatch(Money(500), Money(450)))


@pytest.mark.parametrize(("body", "price"), [("210030100000", 838), ("210030101936", 0)])
def test_a_label_that_sells_nothing_is_refused(body: str, price: int) -> None:
    label = read_scale_label(complete(body), [AMOUNT_13])
    assert label is not None
    with pytest.raises(LabelUnusable):
        weigh(label, replace(APPLES, price=Money(price)))


def test_a_weight_no_line_can_hold_is_refused() -> None:
    label = read_scale_label(complete("210030199999"), [AMOUNT_13])
    assert label is not None
    with pytest.raises(QuantityOutOfRange):
        weigh(label, replace(APPLES, price=Money(1)))


@pytest.mark.parametrize(
    "text",
    ["", "2100301019360", complete("220030101936"), complete("21003010193"), "２" + complete("210030101936")[1:],
     complete("690123456789"), complete("21003010193601234")],
)  # fmt: skip
def test_what_the_rule_does_not_describe_is_no_label(text: str) -> None:
    assert read_scale_label(text, [AMOUNT_13]) is None


def test_eighteen_digits_are_checked_from_the_end_the_scale_counts_from() -> None:
    body = "26003010193602310"
    # weights 1, 3, 1, … from the left: 2+18+0+0+3+0+1+0+1+27+3+18+0+6+3+3+0 = 85, so 5; from the right 63, so 7
    left = body + "5"
    assert read_scale_label(left, [BOTH_18]) is None
    assert read_scale_label(left, [replace(BOTH_18, check_by="left")]) is not None
    assert read_scale_label(complete(body), [replace(BOTH_18, check_by="left")]) is None
    for last in "0123456789":
        assert read_scale_label(body + last, [replace(BOTH_18, check_by="none")]) is not None


@given(st.text("0123456789", min_size=4, max_size=5))
def test_the_verifier_digit_is_the_one_of_gs1(digits: str) -> None:
    assert verifier(digits) == str(gs1_price_weight_check_digit(digits))


def test_a_wrong_verifier_digit_is_no_label() -> None:
    rule = ScaleRule("v", "PPWWWWWVAAAAC", ("22",))
    # weights 2-, 2-, 3, 5- of 2875: 4 + 5 + 1 + 3 = 13, three times 39, so 9 (GS1, 7.9)
    assert read_scale_label(complete("220030192875"), [rule]) is not None
    assert read_scale_label(complete("220030182875"), [rule]) is None


def test_an_item_is_looked_up_as_printed_and_without_its_filling() -> None:
    label = read_scale_label(complete("210030101936"), [AMOUNT_13])
    assert label is not None
    assert label.item_keys == ("00301", "301")
    longer = read_scale_label(complete("210030101936"), [replace(AMOUNT_13, item_prefix="6")])
    assert longer is not None
    assert longer.item_keys[0] == "600301"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"layout": "PPWWWWWEEEEEC"}, "layout"), ({"layout": "PPWWWWWAAAAC"}, "layout"),
        ({"layout": "PPAAAAAGGGGGC"}, "layout"), ({"layout": "PPWWWWWWWWWWC"}, "layout"),
        ({"layout": "PPWWWAAAAWWWC"}, "layout"), ({"layout": "CPWWWWWAAAAAP"}, "layout"),
        ({"layout": "PPWWWVAAAAAAC"}, "layout"), ({"layout": "PPVWWWWWAAAAC"}, "layout"),
        ({"prefixes": ("69",)}, "prefixes"), ({"prefixes": ("2",)}, "prefixes"), ({"prefixes": ()}, "prefixes"),
        ({"prefixes": ("21", "21")}, "prefixes"), ({"prefixes": ("２1",)}, "prefixes"),
        ({"amount_decimals": 3}, "amount_decimals"), ({"weight_decimals": 4}, "weight_decimals"),
        ({"item_as": "name"}, "item_as"), ({"check_by": "left"}, "check_by"),
    ],
)  # fmt: skip
def test_a_rule_that_cannot_be_used_is_refused_by_its_field(change: dict[str, object], field: str) -> None:
    with pytest.raises(BadStoreRule) as refused:
        replace(AMOUNT_13, **change)  # type: ignore[arg-type]
    assert (refused.value.facts["rule"], refused.value.facts["field"]) == ("amount", field)


def test_rules_are_written_and_read_the_same() -> None:
    rules = (AMOUNT_13, WEIGHT_13, replace(BOTH_18, check_by="none", item_prefix="6", item_as="plu"))
    assert read_scale_rules([scale_rule_facts(rule) for rule in rules]) == rules
    assert read_scale_rules([{"id": "a", "layout": "PPWWWWWAAAAAC", "prefixes": ["21"]}])[0] == replace(
        AMOUNT_13, id="a"
    )


PLAIN = {"id": "a", "layout": "PPWWWWWAAAAAC", "prefixes": ["21"]}


@pytest.mark.parametrize(
    "document",
    [{}, [1], [{}], [PLAIN | {"colour": "red"}], [PLAIN | {"prefixes": "21"}], [PLAIN | {"amount_decimals": True}],
     [PLAIN | {"layout": ""}], [PLAIN, PLAIN | {"id": "b"}], [PLAIN, PLAIN | {"prefixes": ["22"]}],
     [PLAIN, PLAIN | {"id": "b", "layout": "PWWWWWWAAAAAC", "prefixes": ["2"]}]],
)  # fmt: skip
def test_a_list_of_rules_is_taken_whole_or_not_at_all(document: object) -> None:
    with pytest.raises(BadStoreRule):
        read_scale_rules(document)
