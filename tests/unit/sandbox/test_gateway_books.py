"""Any order of calls, against books kept by hand: money is never made and never lost."""

from dataclasses import dataclass, field

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from pos.sandbox.gateway_values import WALLET_FEN, Trade
from tests.unit.sandbox.gateway_kit import Shop, told

FRESH = ("40004", "PAYMENT_AUTH_CODE_INVALID")
BUYERS = ("alice", "bob")
NUMBERS = st.sampled_from([f"GT{number}" for number in range(2)])
AMOUNTS = st.sampled_from([100, 150, 250])
REQUESTS = st.sampled_from(["R1", "R2"])
EACH_HAS = 200
"""Fen: enough for some payments, and not for others."""
KINDS = st.sampled_from(["normal", "password", "never", "cancel", "decline_balance"])


@dataclass
class ByHand:
    """What a book-keeper knows who sees answers only."""

    refunds: dict[tuple[str, str], int] = field(default_factory=dict)

    def refunded(self, number: str) -> int:
        return sum(fen for (trade, _), fen in self.refunds.items() if trade == number)


class Books(RuleBasedStateMachine):
    """Any order of calls, each perhaps delivered twice."""

    codes = Bundle("codes")
    pictures = Bundle("pictures")

    def __init__(self) -> None:
        super().__init__()
        self.shop, self.by_hand = Shop(), ByHand()
        for buyer in BUYERS:
            self.shop.acquirer.set_balance(buyer, EACH_HAS)

    def found(self, number: str) -> Trade | None:
        return next((trade for trade in self.shop.acquirer.trades() if trade.out_trade_no == number), None)

    @rule(target=codes, kind=KINDS, buyer=st.sampled_from(BUYERS))
    def show(self, kind: str, buyer: str) -> str:
        return self.shop.code(kind, buyer)

    @rule(number=NUMBERS, code=consumes(codes), fen=AMOUNTS, times=st.integers(1, 2))
    def pay(self, number: str, code: str, fen: int, times: int) -> None:
        for _ in range(times):
            node = self.shop.pay(number, code, amount=f"{fen / 100:.2f}")
            assert node["code"] in {"10000", "10003", "40004"}
        assert told(self.shop.pay("GT9", code)) == FRESH, "a code that was shown once is used up"

    @rule(number=NUMBERS, fen=AMOUNTS, buyer=st.sampled_from(BUYERS))
    def sell(self, number: str, fen: int, buyer: str) -> None:
        before, has = self.found(number), self.shop.acquirer.wallet_fen(buyer)
        is_paid = told(self.shop.pay(number, self.shop.code("normal", buyer), f"{fen / 100:.2f}"))[0] == "10000"
        assert is_paid == (before is None and has >= fen)

    @rule(target=pictures, number=NUMBERS, fen=AMOUNTS, life=st.sampled_from(["1m", "2h"]))
    def precreate(self, number: str, fen: int, life: str) -> str:
        node = self.shop.precreate(number, f"{fen / 100:.2f}", qr_code_timeout_express=life)
        assert (told(node)[0] == "10000") == ("qr_code" in node)
        return str(node.get("qr_code", "none"))

    @rule(picture=pictures, kind=KINDS, buyer=st.sampled_from(BUYERS), times=st.integers(1, 2))
    def scan(self, picture: str, kind: str, buyer: str, times: int) -> None:
        before = self.shop.acquirer.totals().trades
        seen = [self.shop.acquirer.scan(picture, buyer, kind) for _ in range(times)]
        assert self.shop.acquirer.totals().trades <= before + 1
        if picture == "none":
            assert {each.trade for each in seen} == {None}

    @rule(number=NUMBERS, accept=st.booleans())
    def answer(self, number: str, *, accept: bool) -> None:
        self.shop.acquirer.confirm(number, accept=accept)

    @rule(number=NUMBERS)
    def cancel(self, number: str) -> None:
        before = self.found(number)
        node = self.shop.cancel(number)
        if before is None:
            assert (node["code"], "action" in node) == ("10000", False)
        elif node["code"] == "10000":
            assert self.shop.status(number) == "TRADE_CLOSED"
            back = before.kept.fen if node["action"] == "refund" else 0
            if back:
                self.by_hand.refunds[number, number] = back
        else:
            assert told(node)[1] == "CANCEL_NOT_ALLOWED"
            assert 0 < before.refunded_fen < before.amount_fen

    @rule(number=NUMBERS)
    def close(self, number: str) -> None:
        before = self.shop.status(number)
        is_closed = told(self.shop.close(number))[0] == "10000"
        assert is_closed == (before == "WAIT_BUYER_PAY")
        assert self.shop.status(number) == ("TRADE_CLOSED" if is_closed else before)

    @rule(number=NUMBERS, request=REQUESTS, fen=st.sampled_from([60, 100, 250]), times=st.integers(1, 2))
    def refund(self, number: str, request: str, fen: int, times: int) -> None:
        for _ in range(times):
            self._refund(number, request, fen)

    @rule(number=NUMBERS, fen=st.sampled_from([60, 100]))
    def refund_in_parts(self, number: str, fen: int) -> None:
        for request in ("R1", "R2"):
            self._refund(number, request, fen)

    def _refund(self, number: str, request: str, fen: int) -> None:
        before, earlier = self.found(number), self.by_hand.refunds.get((number, request))
        node = self.shop.refund(number, f"{fen / 100:.2f}", request)
        if earlier is not None:
            same = node.get("fund_change") == "N" and node["code"] == "10000"
            assert same == (earlier == fen), node
        elif before is not None and before.kept.fen >= fen:
            assert node["fund_change"] == "Y", node
            self.by_hand.refunds[number, request] = fen
        else:
            assert node["code"] == "40004", node
        if node["code"] == "10000":
            assert node["refund_fee"] == f"{self.by_hand.refunded(number) / 100:.2f}"

    @rule(number=NUMBERS, request=REQUESTS)
    def look_for_refund(self, number: str, request: str) -> None:
        self.shop.clock.move(seconds=10)
        node = self.shop.refund_query(number, request)
        assert ("refund_status" in node) == ((number, request) in self.by_hand.refunds)

    @rule(seconds=st.sampled_from([1, 5, 30, 61, 2000]))
    def wait(self, seconds: int) -> None:
        self.shop.clock.move(seconds=seconds)

    @rule()
    def restart(self) -> None:
        before = self.shop.acquirer.trades(), self.shop.acquirer.wallets(), self.shop.acquirer.merchant_fen
        self.shop.restart()
        assert (self.shop.acquirer.trades(), self.shop.acquirer.wallets(), self.shop.acquirer.merchant_fen) == before

    @invariant()
    def no_money_is_made_or_lost(self) -> None:
        assert self.shop.all_money == len(BUYERS) * EACH_HAS
        assert min(self.shop.acquirer.wallets().values()) >= 0

    @invariant()
    def money_is_where_the_trades_say(self) -> None:
        paid, refunded, kept = self.shop.money
        trades = self.shop.acquirer.trades()
        in_shop = sum(trade.amount_fen - trade.refunded_fen for trade in trades if trade.status == "TRADE_SUCCESS")
        assert kept == paid - refunded == in_shop == self.shop.acquirer.merchant_fen
        assert refunded == sum(self.by_hand.refunds.values())
        assert all(sum(each.amount_fen for each in trade.refunds) == trade.refunded_fen for trade in trades)

    @invariant()
    def no_code_made_two_trades(self) -> None:
        codes = [trade.code for trade in self.shop.acquirer.trades()]
        assert len(codes) == len(set(codes))


TestBooks = Books.TestCase
TestBooks.settings = settings(max_examples=250, stateful_step_count=40, deadline=None)


def test_somebody_unheard_of_has_a_million() -> None:
    assert Shop().acquirer.wallet_fen("carol") == WALLET_FEN == 100_000_000
