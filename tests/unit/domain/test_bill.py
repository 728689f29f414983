"""A day's bill is held against till and hub: what agrees is counted, what does not is named."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.bill import BillDay, BillKind, BillRow, Claim, Difference, match
from pos.domain.money import ZERO, Money

DAY = BillDay(date(2026, 11, 23), datetime(2026, 11, 22, 16, tzinfo=UTC), datetime(2026, 11, 23, 16, tzinfo=UTC))
"""23 November 2026 in the shop, as UTC."""
NOON = datetime(2026, 11, 23, 4, tzinfo=UTC)


def claim(number: str, fen: int, *, request_no: str = "", at: datetime = NOON) -> Claim:
    return Claim(number, request_no, Money(fen), f"R-{number}", at)


def row(number: str, fen: int, *, request_no: str = "", at: datetime = NOON) -> BillRow:
    kind = BillKind.REFUND if fen < 0 else BillKind.TRADE
    fee = Money(-fen // 200)
    return BillRow(kind, f"2026{number}", number, request_no, Money(fen), fee, at, "0017", "03", "1001")


def test_a_day_that_agrees_has_nothing_to_show() -> None:
    ours = [claim("A", 1250), claim("A", -250, request_no="GR1"), claim("B", 800)]
    bill = [row("A", 1250), row("A", -250, request_no="GR1"), row("B", 800)]
    found = match(DAY, ours, bill, ours)
    assert (found.agreed, found.returned, found.mismatches) == (3, 0, ())
    assert (found.till, found.alipay, found.hub) == (Money(1800), Money(1800), Money(1800))


@pytest.mark.parametrize(
    ("ours", "bill", "hub", "difference", "amounts"),
    [
        ([claim("A", 1250)], [row("A", 1205)], [claim("A", 1250)], Difference.AMOUNT_DIFFERS, (1250, 1205, 1250)),
        ([claim("A", 1250)], [row("A", 1250)], [claim("A", 1)], Difference.AMOUNT_DIFFERS, (1250, 1250, 1)),
        ([], [row("A", 1250)], [], Difference.ONLY_AT_ALIPAY, (None, 1250, None)),
        ([claim("A", 1250)], [], [claim("A", 1250)], Difference.ONLY_AT_TILL, (1250, None, 1250)),
        ([claim("A", 1250)], [row("A", 1250)], [], Difference.NOT_AT_HUB, (1250, 1250, None)),
        ([], [row("A", 1250)], [claim("A", 1250)], Difference.ONLY_AT_HUB, (None, 1250, 1250)),
        ([], [], [claim("A", 1250)], Difference.ONLY_AT_HUB, (None, None, 1250)),
    ],
)
def test_each_difference_has_its_name(
    ours: list[Claim], bill: list[BillRow], hub: list[Claim], difference: Difference, amounts: tuple[int | None, ...]
) -> None:
    (found,) = match(DAY, ours, bill, hub).mismatches
    assert found.difference is difference
    assert tuple(each and each.fen for each in (found.till, found.alipay, found.hub)) == amounts


def test_without_the_hub_its_silence_is_no_difference() -> None:
    found = match(DAY, [claim("A", 1250)], [row("A", 1250)], None)
    assert (found.agreed, found.mismatches, found.hub) == (1, (), None)


def test_a_cancelled_payment_that_came_and_went_is_counted_not_listed() -> None:
    """Alipay's bill has both; the till claims neither, because no sale stands on it."""
    found = match(DAY, [], [row("A", 1250), row("A", -1250, request_no="C1")], [])
    assert (found.returned, found.agreed, found.mismatches, found.alipay) == (1, 0, (), ZERO)


def test_a_sale_paid_back_whole_is_claimed_both_ways() -> None:
    ours = [claim("A", 1250), claim("A", -1250, request_no="GR1")]
    found = match(DAY, ours, [row("A", 1250), row("A", -1250, request_no="GR1")], ours)
    assert (found.agreed, found.returned, found.mismatches) == (2, 0, ())


@pytest.mark.parametrize("seconds", [5, -5])
def test_around_midnight_the_day_is_named_not_the_money(seconds: int) -> None:
    """Alipay finished it before midnight, the till after; or the other way round, and it is on tomorrow's bill."""
    late = claim("A", 1250, at=DAY.until + timedelta(seconds=seconds))
    bill = [row("A", 1250, at=DAY.until - timedelta(seconds=5))] if seconds > 0 else []
    (found,) = match(DAY, [late], bill, [late]).mismatches
    assert found.difference is Difference.OTHER_DAY


def test_what_belongs_to_the_neighbouring_days_is_not_asked_for_today() -> None:
    yesterday = claim("A", 1250, at=NOON - timedelta(days=1))
    found = match(DAY, [yesterday], [], [yesterday])
    assert (found.agreed, found.mismatches, found.till) == (0, (), ZERO)


amounts = st.dictionaries(st.sampled_from("ABCDEFGH"), st.integers(1, 10_000), min_size=1)


@given(amounts, st.sets(st.sampled_from("ABCDEFGH")), st.sets(st.sampled_from("ABCDEFGH")))
def test_totals_differ_only_by_what_is_listed(taken: dict[str, int], lost: set[str], unsent: set[str]) -> None:
    ours = [claim(number, fen) for number, fen in taken.items()]
    bill = [row(number, fen) for number, fen in taken.items() if number not in lost]
    hub = [each for each in ours if each.out_trade_no not in unsent]
    found = match(DAY, ours, bill, hub)
    listed = {each.out_trade_no: each for each in found.mismatches}
    assert set(listed) == set(taken) & (lost | unsent)
    assert found.agreed == len(taken) - len(listed)
    missing = sum((each.till or ZERO for each in listed.values() if each.alipay is None), ZERO)
    assert found.till - found.alipay == missing


def test_rows_are_listed_as_they_happened() -> None:
    bill = [row("A", 1, at=NOON), row("B", 2, at=NOON - timedelta(hours=1))]
    assert [each.out_trade_no for each in match(DAY, [], bill, None).mismatches] == ["B", "A"]


def test_a_payment_is_matched_whatever_number_the_bill_gives_its_request() -> None:
    assert replace(row("A", 1), request_no="X").key == ("A", "")
