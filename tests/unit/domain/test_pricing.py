"""Pricing, by examples worked out by hand from what flyers promise."""

from datetime import datetime
from typing import Any

import pytest

from pos.domain.cart import tax_totals
from pos.domain.money import Money
from pos.domain.pricing import EMPTY_BOOK, Good, Occasion, Priced, price, read_book
from pos.domain.product import TaxCategory
from pos.domain.quantity import Quantity, Unit

SATURDAY_EVENING = datetime.fromisoformat("2026-11-28T20:00")
NOBODY = Occasion(SATURDAY_EVENING, "0017")
COLA = {"skus": ["cola"]}
DRINKS = {"categories": ["drinks"]}
ALL = {"all": 1}


def good(number: int, sku: str, fen: int, pieces: int = 1, shelf: str = "drinks") -> Good:
    """A thing sold by the piece."""
    return Good(number, sku, shelf, Quantity(pieces), Money(fen), Money(fen * pieces))


def weighed(number: int, sku: str, fen: int, grams: int) -> Good:
    """A thing sold by weight."""
    quantity = Quantity(grams, Unit.GRAM)
    return Good(number, sku, "fruit", quantity, Money(fen), quantity.cost(Money(fen)))


def rule(name: str, kind: str, **fields: Any) -> dict[str, Any]:  # noqa: ANN401  (as written in the document)
    """A rule as it is written."""
    return {"id": name, "kind": kind, "name": f"{name}优惠", "name_en": name, **fields}


def priced(goods: list[Good], *rules: dict[str, Any], occasion: Occasion = NOBODY) -> Priced:
    """What the rules make of goods."""
    return price(goods, read_book({"promotions": list(rules)}, "7"), occasion)


def off(goods: list[Good], *rules: dict[str, Any], occasion: Occasion = NOBODY) -> dict[tuple[int, str], int]:
    """What is taken off, in fen, by line and rule."""
    found = priced(goods, *rules, occasion=occasion)
    return {(each.line_no, each.rule): each.amount.fen for each in found.reductions}


def saved(goods: list[Good], *rules: dict[str, Any], occasion: Occasion = NOBODY) -> int:
    """What is saved in all, in fen."""
    return sum(off(goods, *rules, occasion=occasion).values())


def test_an_empty_book_takes_nothing_off() -> None:
    assert price([good(1, "cola", 350)], EMPTY_BOOK, NOBODY) == Priced()
    assert price([], read_book({}, ""), NOBODY) == Priced()


def test_a_reduction_names_its_rule() -> None:
    [found] = priced([good(1, "cola", 350)], rule("a", "percent", scope=COLA, percent_off=15)).reductions
    assert (found.rule, found.kind, found.name, found.name_en) == ("a", "percent", "a优惠", "a")
    assert found.amount == Money(53)  # 52.5


def test_a_percentage_of_a_weighed_line_is_of_its_amount() -> None:
    apples = weighed(1, "apples", 1198, 1250)  # 14.975
    assert apples.amount == Money(1498)
    assert saved([apples], rule("a", "percent", scope=ALL, percent_off=15)) == 225  # 224.7


def test_a_special_price_is_for_a_kilogram_where_goods_are_weighed() -> None:
    special = rule("a", "special", scope={"skus": ["apples"]}, price_fen=998)
    assert saved([weighed(1, "apples", 1198, 1250)], special) == 1498 - 1248  # 12.475
    assert saved([weighed(1, "apples", 900, 1250)], special) == 0


def test_an_amount_off_never_goes_below_nothing() -> None:
    assert saved([good(1, "cola", 350, 2)], rule("a", "amount", scope=COLA, off_fen=100)) == 200
    assert saved([good(1, "cola", 350, 2)], rule("a", "amount", scope=COLA, off_fen=400)) == 700
    assert saved([weighed(1, "pork", 3596, 500)], rule("a", "amount", scope=ALL, off_fen=400)) == 200


@pytest.mark.parametrize(("pieces", "fen"), [(1, 0), (2, 250), (3, 250), (4, 500)])
def test_every_second_piece_is_at_half_price(pieces: int, fen: int) -> None:
    assert saved([good(1, "tea", 500, pieces)], rule("a", "nth_piece", scope=ALL, percent_off=50)) == fen


def test_of_two_products_the_cheaper_is_at_half_price_and_both_share_it() -> None:
    half = rule("a", "nth_piece", scope=ALL, percent_off=50)
    assert off([good(1, "juice", 300), good(2, "tea", 500)], half) == {(1, "a"): 56, (2, "a"): 94}  # 150 as 3 to 5


def test_pairs_are_made_of_the_dearest_first() -> None:
    half = rule("a", "nth_piece", scope=ALL, percent_off=50)
    cart = [good(1, "a", 900), good(2, "b", 100), good(3, "c", 800), good(4, "d", 200)]
    assert saved(cart, half) == 400 + 50


def test_a_pair_of_one_product_may_be_asked_for() -> None:
    same = rule("a", "nth_piece", scope=ALL, percent_off=50, same=1)
    assert off([good(1, "tea", 500), good(2, "juice", 300), good(3, "juice", 300)], same) == {
        (2, "a"): 75,
        (3, "a"): 75,
    }


def test_the_third_piece_is_free() -> None:
    third = rule("a", "nth_piece", scope=ALL, percent_off=100, nth=3)
    assert saved([good(1, "tea", 500, 2), good(2, "juice", 300, 1)], third) == 300
    assert saved([good(1, "tea", 500, 2)], third) == 0


@pytest.mark.parametrize(("pieces", "fen"), [(2, 0), (3, 150), (5, 150), (6, 300)])
def test_three_cost_nine_yuan(pieces: int, fen: int) -> None:
    assert saved([good(1, "cola", 350, pieces)], rule("a", "n_for", scope=ALL, count=3, price_fen=900)) == fen


def test_nothing_is_bound_together_that_would_cost_more_so() -> None:
    assert saved([good(1, "water", 200, 3)], rule("a", "n_for", scope=ALL, count=3, price_fen=900)) == 0


@pytest.mark.parametrize(("pieces", "fen"), [(5, 0), (6, 320), (11, 320), (12, 640)])
def test_five_are_bought_and_the_sixth_is_free(pieces: int, fen: int) -> None:
    assert saved([good(1, "milk", 320, pieces)], rule("a", "buy_get", scope=ALL, buy=5, get=1)) == fen


def test_other_goods_come_cheaper_with_those_bought() -> None:
    swap = rule(
        "a", "buy_get", scope={"skus": ["noodles"]}, buy=2, get_scope={"skus": ["sausage"]}, get=1, price_fen=100
    )
    assert saved([good(1, "noodles", 550, 2), good(2, "sausage", 250, 2)], swap) == 150
    assert saved([good(1, "noodles", 550, 1), good(2, "sausage", 250, 2)], swap) == 0


def test_a_breakfast_of_two_parts_has_one_price() -> None:
    breakfast = rule(
        "a", "mix", price_fen=700, parts=[{"scope": {"skus": ["bun", "tart"]}}, {"scope": {"skus": ["milk"]}}]
    )
    assert off([good(1, "bun", 600), good(2, "milk", 400), good(3, "tart", 300)], breakfast) == {
        (1, "a"): 180, (2, "a"): 120,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("fen", "less"), [(9_999, 0), (10_000, 2_000), (19_999, 2_000), (20_000, 5_000), (99_999, 5_000)]
)
def test_the_highest_step_that_is_reached_counts(fen: int, less: int) -> None:
    steps = [{"at_fen": 10_000, "off_fen": 2_000}, {"at_fen": 20_000, "off_fen": 5_000}]
    assert saved([good(1, "tea", fen)], rule("a", "spend", scope=ALL, steps=steps)) == less


@pytest.mark.parametrize(("fen", "less"), [(4_999, 0), (14_999, 1_600), (15_000, 2_400)])
def test_eight_yuan_off_each_fifty(fen: int, less: int) -> None:
    each = rule("a", "spend", scope=ALL, steps=[{"at_fen": 5_000, "off_fen": 800}], repeats=1)
    assert saved([good(1, "soap", fen)], each) == less


def test_a_spend_is_spread_over_its_lines_by_what_they_cost() -> None:
    spend = rule("a", "spend", scope=DRINKS, steps=[{"at_fen": 900, "off_fen": 100}])
    cart = [good(1, "cola", 300), good(2, "tea", 600), good(3, "soap", 999, shelf="home")]
    assert off(cart, spend) == {(1, "a"): 33, (2, "a"): 67}


def test_a_spend_is_spread_by_what_takes_left_of_each_line() -> None:
    spend = rule("s", "spend", scope=ALL, steps=[{"at_fen": 600, "off_fen": 60}])
    cola, tea = (
        rule("a", "special", scope=COLA, price_fen=200),
        rule("b", "special", scope={"skus": ["tea"]}, price_fen=400),
    )
    assert off([good(1, "cola", 350), good(2, "tea", 500)], cola, tea, spend) == {
        (1, "a"): 150, (2, "b"): 100, (1, "s"): 20, (2, "s"): 40,
    }  # fmt: skip


def test_a_step_is_reached_by_what_the_takes_left() -> None:
    cart = [good(1, "tea", 500, 20), good(2, "soap", 300, shelf="home")]
    spend = rule("s", "spend", scope=ALL, steps=[{"at_fen": 10_000, "off_fen": 500}])
    assert off(cart, spend, rule("a", "amount", scope={"skus": ["soap"]}, off_fen=300)) == {
        (1, "s"): 500, (2, "a"): 300,
    }  # fmt: skip


def test_a_small_discount_is_left_out_where_it_would_spoil_a_larger_step() -> None:
    spend = rule("s", "spend", scope=ALL, steps=[{"at_fen": 10_000, "off_fen": 2_000}])
    nine = rule("a", "percent", scope=ALL, percent_off=10)
    assert saved([good(1, "tea", 10_500)], nine, spend) == 2_000
    assert saved([good(1, "tea", 12_000)], nine, spend) == 1_200 + 2_000


def test_a_small_discount_is_left_out_of_a_long_cart_where_it_would_spoil_a_step() -> None:
    goods = [good(number, f"p{number}", 1000) for number in range(1, 101)]
    others = {"categories": ["drinks"], "except": ["p1"]}
    rules = [rule("a", "amount", scope=others, off_fen=700), rule("b", "amount", scope={"skus": ["p1"]}, off_fen=10),
             rule("s", "spend", scope=ALL, steps=[{"at_fen": 30_700, "off_fen": 300}])]  # fmt: skip
    assert saved(goods, *rules) == 99 * 700 + 300  # the takes alone leave 306.90


def test_a_member_gets_the_better_of_both_prices() -> None:
    promotion = rule("p", "special", scope={"skus": ["milk"]}, price_fen=1_500)
    member = rule("m", "member", scope=DRINKS, members=["gold"], percent_off=10)
    cart = [good(1, "milk", 1_680), good(2, "tea", 500)]
    gold = Occasion(SATURDAY_EVENING, "0017", "gold")
    assert off(cart, promotion, member, occasion=gold) == {(1, "p"): 180, (2, "m"): 50}
    assert off(cart, promotion, member) == {(1, "p"): 180}


def test_a_coupon_counts_when_it_was_scanned_and_is_then_used() -> None:
    coupon = rule("c", "coupon", scope=ALL, coupon="991", at_fen=6_800, off_fen=1_000)
    assert priced([good(1, "tea", 6_800)], coupon) == Priced()
    scanned = Occasion(SATURDAY_EVENING, "0017", "", ("990", "991"))
    assert priced([good(1, "tea", 6_800)], coupon, occasion=scanned).used_coupons == ("991",)
    assert priced([good(1, "tea", 6_799)], coupon, occasion=scanned) == Priced()


def test_a_coupon_that_gains_nothing_is_not_used_up() -> None:
    spend = rule("s", "spend", scope=ALL, steps=[{"at_fen": 5_000, "off_fen": 1_000}], group="one")
    coupon = rule("c", "coupon", scope=ALL, coupon="991", off_fen=1_000, group="one", priority=9)
    found = priced([good(1, "tea", 6_800)], spend, coupon, occasion=Occasion(SATURDAY_EVENING, "0017", "", ("991",)))
    assert [each.rule for each in found.reductions] == ["s"]
    assert found.used_coupons == ()


def test_a_percent_coupon_stops_at_its_most() -> None:
    coupon = rule("c", "coupon", scope=ALL, coupon="991", percent_off=10, most_fen=2_000)
    scanned = Occasion(SATURDAY_EVENING, "0017", "", ("991",))
    assert saved([good(1, "tea", 15_000)], coupon, occasion=scanned) == 1_500
    assert saved([good(1, "tea", 30_000)], coupon, occasion=scanned) == 2_000


def test_of_a_group_only_the_best_spend_applies() -> None:
    rules = [rule(name, "spend", scope=ALL, steps=[{"at_fen": 100, "off_fen": fen}], group="one")
             for name, fen in [("a", 20), ("b", 50), ("c", 30)]]  # fmt: skip
    assert off([good(1, "tea", 500)], *rules) == {(1, "b"): 50}


def test_spends_apply_in_turn_by_priority() -> None:
    scanned = Occasion(SATURDAY_EVENING, "0017", "", ("991",))
    spend = rule("s", "spend", scope=ALL, steps=[{"at_fen": 5_000, "off_fen": 1_000}])
    coupon = rule("c", "coupon", scope=ALL, coupon="991", percent_off=10)
    assert saved([good(1, "tea", 10_000)], spend, coupon, occasion=scanned) == 1_000 + 900
    assert saved([good(1, "tea", 10_000)], spend, coupon | {"priority": 1}, occasion=scanned) == 1_000 + 1_000


def test_a_spend_that_does_not_stack_passes_over_touched_goods() -> None:
    spend = rule("s", "spend", scope=ALL, steps=[{"at_fen": 500, "off_fen": 50}], stacks=0)
    special = rule("a", "special", scope=COLA, price_fen=200)
    cart = [good(1, "cola", 350), good(2, "tea", 500)]
    assert off(cart, spend, special) == {(1, "a"): 150, (2, "s"): 50}


def test_one_piece_pays_the_step_of_a_spend_and_all_others_are_touched() -> None:
    tenth = rule("a", "percent", scope=ALL, percent_off=10)
    rules = [tenth, rule("b", "percent", scope=ALL, percent_off=5), rule("c", "nth_piece", scope=ALL, percent_off=5)]
    spend = rule("s", "spend", scope=ALL, steps=[{"at_fen": 349, "off_fen": 199}], stacks=0)
    cart = [good(1, "cola", 350), good(2, "milk", 299, 2), good(3, "soap", 1_001, 2, "home")]
    # A tenth of all is 295. One cola alone reaches the step, which gains 199 for 35.
    assert off(cart, *rules, spend) == {(1, "s"): 199, (2, "a"): 30 + 30, (3, "a"): 100 + 100}


def test_no_choice_is_dropped_where_five_products_hang_together() -> None:
    rules = [rule("a", "percent", scope=ALL, percent_off=10), rule("b", "amount", scope=ALL, off_fen=1)]
    pairs = [rule(f"c{count}", "mix", parts=[{"scope": ALL, "count": 2}, {"scope": ALL, "count": count}],
                  price_fen=9_000) for count in (1, 2)]  # fmt: skip
    spend = rule("s", "spend", scope=ALL, steps=[{"at_fen": 720, "off_fen": 300}], stacks=0)
    cart = [good(number, f"p{number}", fen) for number, fen in enumerate([310, 350, 370, 401, 1_001], 1)]
    # Those that reach the step for the least: 350 and 370, for 35 + 37 of a tenth of all.
    assert saved(cart, *rules, *pairs, spend) == 31 + 40 + 100 + 300


def test_a_line_priced_by_hand_is_left_alone_and_counts_for_nothing() -> None:
    spend = rule("s", "spend", scope=ALL, steps=[{"at_fen": 500, "off_fen": 50}])
    by_hand = Good(1, "cola", "drinks", Quantity(2), Money(350), Money(700), is_fixed=True)
    assert off([by_hand], spend, rule("a", "percent", scope=ALL, percent_off=50)) == {}


def test_a_line_fixed_by_a_label_is_one_piece() -> None:
    labelled = Good(1, "tart", "bakery", Quantity(4), Money(300), Money(1_000))
    assert off([labelled], rule("a", "nth_piece", scope=ALL, percent_off=50)) == {}
    assert off([labelled], rule("a", "percent", scope=ALL, percent_off=50)) == {(1, "a"): 500}
    assert off([labelled], rule("a", "special", scope=ALL, price_fen=200)) == {(1, "a"): 200}


def test_weighed_lines_are_never_bound_together() -> None:
    assert off([weighed(1, "apples", 1198, 500), weighed(2, "apples", 1198, 500)],
               rule("a", "nth_piece", scope=ALL, percent_off=50), rule("b", "n_for", scope=ALL, count=2, price_fen=1),
               ) == {}  # fmt: skip


def test_of_takes_that_save_alike_those_are_chosen_that_leave_a_coupon_more() -> None:
    pair = rule("a", "nth_piece", scope=ALL, percent_off=5)
    coupon = rule("c", "coupon", scope=COLA, coupon="991", percent_off=5)
    cart = [good(1, "cola", 350, 3), good(2, "milk", 299, 2)]
    # Colas together and milks together: 18 + 15, and 52 of the 1032 left. With a mixed pair only 51 of 1024.
    assert saved(cart, pair, coupon, occasion=Occasion(SATURDAY_EVENING, "0017", "", ("991",))) == 18 + 15 + 52


def test_one_product_on_two_lines_is_still_a_pair() -> None:
    half = rule("a", "nth_piece", scope=ALL, percent_off=50)
    assert off([good(1, "tea", 500), good(2, "soap", 100), good(3, "tea", 500)], half) == {(1, "a"): 125, (3, "a"): 125}


def test_the_dearer_use_of_a_piece_wins() -> None:
    three = rule("a", "n_for", scope=COLA, count=3, price_fen=900)
    half = rule("b", "nth_piece", scope=COLA, percent_off=50)
    # Three cost 9 (1.50 off), a pair takes 1.75 off; of five pieces two pairs are best, of three the pair.
    assert off([good(1, "cola", 350, 5)], three, half) == {(1, "b"): 350}
    assert off([good(1, "cola", 350, 3)], three, half) == {(1, "b"): 175}


def test_ten_thousand_bottles_are_priced_as_three() -> None:
    assert saved([good(1, "cola", 350, 9_999)], rule("a", "n_for", scope=COLA, count=3, price_fen=900)) == 3_333 * 150


EVENING = rule("a", "percent", scope=ALL, percent_off=10)


@pytest.mark.parametrize(
    ("fields", "at", "holds"),
    [
        ({"from": "2026-11-11", "until": "2026-11-28"}, "2026-11-28T23:59", True),
        ({"from": "2026-11-11", "until": "2026-11-28"}, "2026-11-29T00:00", False),
        ({"from": "2026-11-11"}, "2026-11-10T23:59", False),
        ({"weekdays": [6, 7]}, "2026-11-28T10:00", True),  # a Saturday
        ({"weekdays": [6, 7]}, "2026-11-27T10:00", False),
        ({"hours": [["17:00", "21:00"]]}, "2026-11-28T17:00", True),
        ({"hours": [["17:00", "21:00"]]}, "2026-11-28T21:00", False),
        ({"hours": [["07:00", "09:00"], ["22:00", "02:00"]]}, "2026-11-28T01:59", True),
        ({"hours": [["07:00", "09:00"], ["22:00", "02:00"]]}, "2026-11-28T02:00", False),
        ({"stores": ["0017", "0018"]}, "2026-11-28T10:00", True),
        ({"stores": ["0018"]}, "2026-11-28T10:00", False),
        ({"members": ["silver"]}, "2026-11-28T10:00", True),
        ({"members": ["gold"]}, "2026-11-28T10:00", False),
        ({"coupon": "991"}, "2026-11-28T10:00", True),
        ({"coupon": "992"}, "2026-11-28T10:00", False),
    ],
)
def test_a_rule_holds_when_and_where_it_says(fields: dict[str, Any], at: str, holds: bool) -> None:  # noqa: FBT001
    occasion = Occasion(datetime.fromisoformat(at), "0017", "silver", ("991",))
    assert saved([good(1, "tea", 500)], EVENING | fields, occasion=occasion) == (50 if holds else 0)


def test_excepted_products_are_not_meant() -> None:
    spared = rule("a", "percent", scope={"categories": ["drinks"], "except": ["tea"]}, percent_off=10)
    assert off([good(1, "tea", 500), good(2, "cola", 350)], spared) == {(2, "a"): 35}


def test_tax_is_inside_what_is_left_of_each_category() -> None:
    general, farm = TaxCategory("13", 130), TaxCategory("9", 90)
    cart = [good(1, "bun", 600), good(2, "milk", 400)]
    found = off(
        cart, rule("a", "mix", price_fen=700, parts=[{"scope": {"skus": ["bun"]}}, {"scope": {"skus": ["milk"]}}])
    )
    net = [Money(600 - found[1, "a"]), Money(400 - found[2, "a"])]
    taxes = tax_totals(zip([general, farm], net, strict=True))
    assert [(each.gross.fen, each.tax.fen) for each in taxes] == [(420, 48), (280, 23)]  # 48.3 and 23.1
    assert sum(each.gross.fen for each in taxes) == 700
