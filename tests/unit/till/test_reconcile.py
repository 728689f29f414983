"""What a till claims of a day comes from its journal; other tills' rows of the bill are left alone."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime

from pos.domain.bill import BillKind, BillRow, Claim, Difference
from pos.domain.cart import Cart
from pos.domain.money import Money
from pos.till import pay, reconcile, refund, sell
from pos.till.till import Till
from tests.fake_alipay import FakeAlipay
from tests.fake_time import MORNING
from tests.fakes import BY_MEI

CartOf = Callable[..., Cart]
DAY = date(2026, 11, 23)


class Copies:
    """A hub that keeps what it was given, and the span it was asked for."""

    def __init__(self, kept: Sequence[Claim]) -> None:
        self.kept, self.asked = kept, ("", MORNING, MORNING)

    def payments(self, till: str, since: datetime, until: datetime) -> Sequence[Claim]:
        self.asked = (till, since, until)
        return [each for each in self.kept if since <= each.at < until]


def bill_of(alipay: FakeAlipay, *, till: str = "03") -> list[BillRow]:
    """Return the bill as Alipay's own books would give it."""
    rows = []
    for trade in alipay.trades.values():
        number, at = trade.charge.out_trade_no, trade.made_at
        if trade.state == "waiting" or (trade.state == "closed" and not trade.backs and not trade.undone.refunded):
            continue
        rows.append(
            BillRow(BillKind.TRADE, trade.trade_no, number, "", trade.charge.amount, Money(-1), at, "0017", till, "1")
        )
        backs = dict(trade.backs) or ({"C" + number: trade.charge.amount} if trade.undone.refunded else {})
        for request_no, amount in backs.items():
            rows.append(
                BillRow(BillKind.REFUND, trade.trade_no, number, request_no, -amount, Money(0), at, "0017", till, "1")
            )
    return rows


def pay_one(till: Till, alipay: FakeAlipay, cart: Cart) -> str:
    outcome = pay.charge(till, cart, alipay.show_code())
    assert isinstance(outcome, pay.Settled)
    return outcome.sale.receipt_no


def test_a_day_of_payments_refunds_and_a_late_success_agrees_with_alipays_books(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    receipts = [pay_one(till, alipay, cart_of()) for _ in range(3)]
    sell.pay_cash(till, cart_of(), Money(500))
    refund.give_refund(till, refund.find_refundable(till, receipts[0]), Money(50), "", by=BY_MEI)
    cart = cart_of()
    waiting = pay.charge(till, cart, alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)

    def pays_before_the_cancel(name: str, _number: str) -> None:
        if name == "cancel":
            alipay.confirm()

    alipay.on_call = pays_before_the_cancel
    pay.stop(till, cart, waiting.attempt, "stopped")  # the customer is quicker than the cancel
    alipay.on_call = lambda _name, _number: None
    ours = reconcile.claims(till, datetime(2026, 11, 22, tzinfo=UTC), datetime(2026, 11, 25, tzinfo=UTC))
    copies = Copies(ours)
    found = reconcile.match_day(till, DAY, bill_of(alipay), copies, by=BY_MEI)
    assert (found.agreed, found.returned, found.mismatches) == (4, 1, ())
    assert (found.till, found.alipay, found.hub) == (Money(550), Money(550), Money(550))
    assert copies.asked == ("0017-03", datetime(2026, 11, 21, 16, tzinfo=UTC), datetime(2026, 11, 24, 16, tzinfo=UTC))


def test_another_tills_rows_are_not_ours_to_explain(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    pay_one(till, alipay, cart_of())
    theirs = [
        BillRow(BillKind.TRADE, "2026", "GTtheirs", "", Money(900), Money(-1), MORNING, "0017", other, "1")
        for other in ("04", "")
    ]
    found = reconcile.match_day(till, DAY, bill_of(alipay) + theirs, None, by=BY_MEI)
    assert (found.agreed, found.mismatches, found.alipay) == (1, (), Money(200))


def test_money_at_alipay_that_this_till_asked_for_and_lost_is_listed(
    till: Till, alipay: FakeAlipay, cart_of: CartOf
) -> None:
    pay_one(till, alipay, cart_of())
    lost = BillRow(BillKind.TRADE, "2026", "GTlost", "", Money(900), Money(-1), MORNING, "0017", "03", "1")
    (only,) = reconcile.match_day(till, DAY, [*bill_of(alipay), lost], None, by=BY_MEI).mismatches
    assert (only.difference, only.alipay) == (Difference.ONLY_AT_ALIPAY, Money(900))


def test_a_refund_of_another_tills_sale_is_ours_in_the_bill(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    """Alipay writes the selling till on both rows; what we gave back is known by its number."""
    receipt_no = pay_one(till, alipay, cart_of())
    refund.give_refund(till, refund.find_refundable(till, receipt_no), Money(50), "", by=BY_MEI)
    found = reconcile.match_day(till, DAY, bill_of(alipay, till="04"), None, by=BY_MEI)
    assert (found.agreed, found.mismatches) == (2, ())
