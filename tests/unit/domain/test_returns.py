"""Goods come back in any order of parts: never more money than was paid, to the tenders, and to the fen at the end."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.cart import tax_within
from pos.domain.errors import MoreThanWasSold, NothingToReturn, NoWayBack
from pos.domain.money import ZERO, Money
from pos.domain.product import TaxCategory
from pos.domain.quantity import Quantity, Unit
from pos.domain.refund import Back
from pos.domain.returns import (
    Basis,
    Payback,
    Plan,
    Return,
    Returnable,
    exchange,
    exchange_tenders,
    plan_return,
    return_number,
    with_returns,
)
from pos.domain.sale import Sale, SaleLine, Taken, Tender, TenderKind, receipt_epoch

DAY, AT = date(2026, 11, 28), datetime(2026, 11, 28, 4, tzinfo=UTC)
GENERAL, FOOD = TaxCategory("13", 130), TaxCategory("9", 90)
CASH, ALIPAY = TenderKind.CASH, TenderKind.ALIPAY


def line(number: int, amount: int, quantity: int = 1, *, off: Sequence[int] = (), unit: Unit = Unit.PIECE,
         tax: TaxCategory = GENERAL) -> SaleLine:  # fmt: skip
    taken = tuple(Taken(f"r{place}", "percent", "减", Money(fen)) for place, fen in enumerate(off))
    price = Money(amount)
    return SaleLine(number, f"s{number}", "", f"商品{number}", Quantity(quantity, unit), price, Money(amount), tax,
                    price, taken)  # fmt: skip


def paid(kind: TenderKind, fen: int, trade: str = "") -> Tender:
    return Tender(kind, Money(fen), Money(fen), "", trade, trade and f"A{trade}")


def sale(lines: Sequence[SaleLine], tenders: Sequence[Tender]) -> Sale:
    goods = sum(each.amount.fen for each in lines)
    rounding = Money(sum(each.amount.fen for each in tenders) - goods)
    return Sale(
        "sale-1", "0017-03-20261128-0001", 1, DAY, "shift-1", "1001", AT, tuple(lines), tuple(tenders), rounding
    )


def done(plan: Plan, number: int = 1) -> Return:
    return Return(
        f"return-{number}", return_number("0017", "03", DAY, number), number, "sale-1", "0017-03-20261128-0001",
        "0017-03", Basis.SALE, DAY, "shift-1", "1001", "", "", AT, plan.lines, plan.paybacks, plan.taxes,
    )  # fmt: skip


def after(of: Returnable, plan: Plan) -> Returnable:
    """Return what is left when a return is done and its refunds are asked for."""
    refunds = dict(of.refunds)
    paybacks = []
    for place, each in enumerate(plan.paybacks):
        number = f"{len(of.returns)}x{place}" if each.kind is ALIPAY and not each.is_exchange else ""
        paybacks.append(replace(each, refund_id=number))
        if number:
            refunds[each.out_trade_no] = (*refunds.get(each.out_trade_no, ()), Back(f"GR{number}", each.amount))
    made = replace(done(plan, len(of.returns) + 1), paybacks=tuple(paybacks))
    return replace(of, returns=(*of.returns, made), refunds=refunds)


def told(plan: Plan) -> list[tuple[TenderKind, int]]:
    return [(each.kind, each.amount.fen) for each in plan.paybacks]


# By hand


def test_half_of_a_line_at_second_half_price_gives_back_half_of_what_it_came_to() -> None:
    bought = Returnable(sale([line(1, 525, 2, off=[175])], [paid(CASH, 525)]), "0017-03")
    first = plan_return(bought, {1: 1}, 1)
    assert (first.lines[0].amount, first.lines[0].gross) == (Money(263), Money(351 - 1))
    second = plan_return(after(bought, first), {1: 1}, 1)
    assert (second.lines[0].amount, second.lines[0].gross) == (Money(262), Money(350))


def test_the_last_tender_taken_is_the_first_that_goes_back() -> None:
    bought = Returnable(sale([line(1, 700), line(2, 300)], [paid(ALIPAY, 600, "GT1"), paid(CASH, 400)]), "0017-03")
    first = plan_return(bought, {1: 1}, 1)
    assert told(first) == [(CASH, 400), (ALIPAY, 300)]
    assert first.paybacks[1].out_trade_no == "GT1"
    assert told(plan_return(after(bought, first), {2: 1}, 1)) == [(ALIPAY, 300)]


def test_cash_goes_back_in_coins_there_are_and_the_rounding_with_it() -> None:
    # ¥10.03 was paid ¥10.00. What is kept, ¥7.45, would have been paid ¥7.40.
    bought = Returnable(sale([line(1, 258), line(2, 745)], [paid(CASH, 1000)]), "0017-03")
    first = plan_return(bought, {1: 1}, 10)
    assert told(first) == [(CASH, 260)]
    assert done(first).rounding == Money(2)
    last = plan_return(after(bought, first), {2: 1}, 10)
    assert told(last) == [(CASH, 740)]
    assert done(last).rounding == Money(-5)


def test_cash_that_was_taken_where_coins_were_smaller_stays_whole_while_it_is_kept_whole() -> None:
    bought = Returnable(sale([line(1, 503), line(2, 500)], [paid(CASH, 503), paid(ALIPAY, 500, "GT1")]), "0017-03")
    first = plan_return(bought, {2: 1}, 10)
    assert told(first) == [(ALIPAY, 500)]
    assert told(plan_return(after(bought, first), {1: 1}, 10)) == [(CASH, 503)]


def test_the_tax_of_all_returns_is_the_tax_of_the_sale() -> None:
    # 13 % within ¥0.05 and again ¥0.05 rounds to 1 fen each, within ¥0.10 to 1 fen in all.
    bought = Returnable(sale([line(1, 5), line(2, 5)], [paid(CASH, 10)]), "0017-03")
    first = plan_return(bought, {1: 1}, 1)
    second = plan_return(after(bought, first), {2: 1}, 1)
    assert [each.tax.fen for plan in (first, second) for each in plan.taxes] == [0, 1]


def test_what_a_refund_without_goods_gave_is_not_given_again() -> None:
    bought = Returnable(
        sale([line(1, 1000)], [paid(ALIPAY, 1000, "GT1")]), "0017-03", refunds={"GT1": (Back("GR9", Money(300)),)}
    )
    assert told(plan_return(bought, {1: 1}, 1)) == [(ALIPAY, 700)]


def test_more_than_was_sold_does_not_come_back() -> None:
    bought = Returnable(sale([line(1, 1000, 2)], [paid(CASH, 1000)]), "0017-03")
    with pytest.raises(MoreThanWasSold):
        plan_return(bought, {1: 3}, 1)
    rest = after(bought, plan_return(bought, {1: 2}, 1))
    assert rest.left == ()
    with pytest.raises(MoreThanWasSold):
        plan_return(rest, {1: 1}, 1)
    with pytest.raises(NothingToReturn):
        plan_return(bought, {}, 1)


def test_a_card_that_takes_nothing_back_stops_the_return() -> None:
    bought = Returnable(sale([line(1, 1000)], [paid(TenderKind.PREPAID_CARD, 1000, "GT1")]), "0017-03")
    with pytest.raises(NoWayBack):
        plan_return(bought, {1: 1}, 1)


def test_a_returns_number_tells_its_epoch_and_is_no_receipts() -> None:
    assert return_number("0017", "03", DAY, 7) == "0017-03-20261128-R0007"
    assert return_number("0017", "03", DAY, 7, 2) == "0017-03-20261128-2-R0007"
    assert [receipt_epoch(each) for each in ("0017-03-20261128-R0007", "0017-03-20261128-2-R0007")] == [1, 2]


# Exchanges


def test_an_exchange_gives_back_what_is_over_first_from_the_last_tender() -> None:
    paybacks = (Payback(CASH, Money(500), 2), Payback(ALIPAY, Money(500), 1, "GT1"))
    split, rounding = exchange(paybacks, Money(700), 1)
    assert [(each.kind, each.amount.fen, each.is_exchange) for each in split] == [
        (CASH, 300, False), (CASH, 200, True), (ALIPAY, 500, True),
    ]  # fmt: skip
    assert rounding == ZERO
    assert [(each.amount.fen, each.out_trade_no) for each in exchange_tenders(split)] == [(200, ""), (500, "GT1")]


def test_an_exchange_for_dearer_goods_pays_with_all_of_it() -> None:
    split, rounding = exchange((Payback(CASH, Money(500), 1),), Money(900), 10)
    assert [(each.amount.fen, each.is_exchange) for each in split] == [(500, True)]
    assert rounding == ZERO


def test_what_an_exchange_gives_in_cash_is_rounded_for_the_customer() -> None:
    split, rounding = exchange((Payback(CASH, Money(1000), 1),), Money(697), 10)
    assert [(each.amount.fen, each.is_exchange) for each in split] == [(310, False), (690, True)]
    assert rounding == Money(-7)


def test_cash_that_goes_back_in_part_is_coins_behind_another_tender_too() -> None:
    paybacks = (Payback(ALIPAY, Money(9999), 2, "GT1"), Payback(CASH, Money(10_000), 1))
    split, rounding = exchange(paybacks, Money(1198), 10)  # 188.01 is over: 99.99 by Alipay, 88.02 in coins
    assert [(each.kind, each.amount.fen, each.is_exchange) for each in split] == [
        (ALIPAY, 9999, False), (CASH, 8810, False), (CASH, 1190, True),
    ]  # fmt: skip
    assert rounding == Money(-8)


def test_goods_that_were_exchanged_go_back_as_the_money_they_were_bought_with() -> None:
    tenders = [paid(TenderKind.EXCHANGE, 200), paid(TenderKind.EXCHANGE, 500, "GT1"), paid(CASH, 100)]
    bought = Returnable(sale([line(1, 800)], tenders), "0017-03")
    assert told(plan_return(bought, {1: 1}, 1)) == [(CASH, 100), (ALIPAY, 500), (CASH, 200)]


def test_what_was_exchanged_has_left_its_tender() -> None:
    bought = Returnable(sale([line(1, 600), line(2, 400)], [paid(ALIPAY, 1000, "GT1")]), "0017-03")
    first = plan_return(bought, {1: 1}, 1)
    split, _ = exchange(first.paybacks, Money(600), 1)
    rest = after(bought, replace(first, paybacks=split))
    assert rest.gone(1) == Money(600)
    assert told(plan_return(rest, {2: 1}, 1)) == [(ALIPAY, 400)]


def test_what_came_back_by_its_code_alone_is_held_against_the_lines_of_the_same_goods() -> None:
    bought = Returnable(sale([line(1, 600, 2), line(2, 400)], [paid(ALIPAY, 1000, "GT1")]), "0017-03")
    by_code = plan_return(bought, {1: 1}, 1)
    back = replace(by_code.lines[0], sale_line_no=0, amount=Money(280))
    made = replace(done(by_code), basis=Basis.CODE, lines=(back,), paybacks=(Payback(CASH, Money(280)),))
    rest = with_returns(bought, [made], 1)
    assert [(each.line_no, each.quantity.amount) for each in rest.left] == [(1, 1), (2, 1)]
    assert rest.gone(1) == Money(300)
    assert told(plan_return(rest, {1: 1, 2: 1}, 1)) == [(ALIPAY, 700)]


def test_cash_given_by_the_code_alone_has_left_the_tenders_whatever_it_was_given_for() -> None:
    tenders = [paid(CASH, 500), paid(ALIPAY, 500, "GT1")]
    bought = Returnable(sale([line(1, 600), line(2, 400)], tenders), "0017-03")
    plan = plan_return(bought, {1: 1}, 1)
    dearer = replace(plan.lines[0], sale_line_no=0, amount=Money(700))
    for back in (replace(dearer, sku="another"), dearer):
        made = replace(done(plan), basis=Basis.CODE, lines=(back,), paybacks=(Payback(CASH, Money(700)),))
        rest = with_returns(bought, [made], 1)
        assert (rest.gone(1), rest.gone(2)) == (Money(200), Money(500))
        wanted = {each.line_no: 1 for each in rest.left}
        assert plan_return(rest, wanted, 1).total == Money(300)


# Any sale, any order


@st.composite
def sales(draw: st.DrawFn) -> tuple[Sale, int]:
    step = draw(st.sampled_from([1, 10, 50, 100]))
    lines = [
        line(number, draw(st.integers(0, 3_000)), draw(st.integers(1, 6)), tax=draw(st.sampled_from([GENERAL, FOOD])),
             off=draw(st.lists(st.integers(0, 500), max_size=3)))
        for number in range(1, draw(st.integers(1, 4)) + 1)
    ]  # fmt: skip
    left = sum(each.amount.fen for each in lines)
    tenders = []
    for number in range(draw(st.integers(0, 3))):
        kind = draw(st.sampled_from([CASH, ALIPAY]))
        part = draw(st.integers(0, left))
        part -= part % step if kind is CASH else 0
        if part:
            tenders.append(paid(kind, part, f"GT{number}" if kind is ALIPAY else ""))
            left -= part
    if draw(st.booleans()):
        tenders.append(paid(CASH, left - left % step))
    elif left:
        tenders.append(paid(ALIPAY, left, "GT9"))
    return sale(lines, tenders), step


def parts(bought: Sale, random: st.DataObject) -> list[tuple[int, int]]:
    """Cut every line into pieces that come back one by one, in any order."""
    cut = []
    for each in bought.lines:
        left = each.quantity.amount
        while left:
            here = random.draw(st.integers(1, left))
            cut.append((each.line_no, here))
            left -= here
    return random.draw(st.permutations(cut))


@given(sales(), st.data())
def test_all_returns_of_a_sale_in_any_order_undo_it_to_the_fen(made: tuple[Sale, int], random: st.DataObject) -> None:
    bought, step = made
    of = Returnable(bought, "0017-03")
    for number, amount in parts(bought, random):
        of = after(of, plan_return(of, {number: amount}, step))
        for place, tender in enumerate(bought.tenders, 1):
            assert of.gone(place) <= tender.amount
    assert of.left == ()
    assert [of.gone(place) for place in range(1, len(bought.tenders) + 1)] == [each.amount for each in bought.tenders]
    assert sum((each.goods for each in of.returns), ZERO) == bought.goods
    assert sum((each.rounding for each in of.returns), ZERO) == bought.rounding
    for category in (GENERAL, FOOD):
        gross = sum(each.amount.fen for each in bought.lines if each.tax == category)
        back = [each for some in of.returns for each in some.taxes if each.category == category]
        assert sum(each.gross.fen for each in back) == gross
        assert sum(each.tax.fen for each in back) == tax_within(Money(gross), category.rate_permille).fen
    for each in bought.lines:
        back_lines = [one for some in of.returns for one in some.lines if one.sale_line_no == each.line_no]
        assert sum((one.gross for one in back_lines), ZERO) == each.gross
        assert all(one.amount >= ZERO for one in back_lines)


@given(sales(), st.data())
def test_what_is_kept_is_paid_the_same_in_whatever_order_the_rest_came_back(
    made: tuple[Sale, int], random: st.DataObject
) -> None:
    bought, step = made
    whole = {each.line_no: each.quantity.amount for each in bought.lines if random.draw(st.booleans())}
    if not whole:
        return
    of = once = Returnable(bought, "0017-03")
    for number, amount in random.draw(st.permutations(list(whole.items()))):
        of = after(of, plan_return(of, {number: amount}, step))
    once = after(once, plan_return(once, whole, step))
    places = range(1, len(bought.tenders) + 1)
    assert [of.gone(place) for place in places] == [once.gone(place) for place in places]


@given(sales(), st.integers(0, 5_000))
def test_an_exchange_loses_no_fen(made: tuple[Sale, int], due: int) -> None:
    bought, step = made
    paybacks = plan_return(Returnable(bought, ""), {each.line_no: each.quantity.amount for each in bought.lines}, step)
    split, rounding = exchange(paybacks.paybacks, Money(due), step)
    assert sum((each.amount for each in split), ZERO) == paybacks.total
    exchanged = sum((each.amount for each in split if each.is_exchange), ZERO)
    assert exchanged == min(paybacks.total, Money(due) + rounding)
    assert -step < rounding.fen <= 0
