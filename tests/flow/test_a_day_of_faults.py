"""Any day: customers come and go, messages get lost, commits fail, the till dies; the books always agree.

After each step the figures the till keeps are compared with its journal by an auditor of its own. At the end the
line is mended and an hour goes by; then every customer has paid exactly for what was sold to them.

Nobody here is polite: codes are charged while another may be under way, cash is taken for what is being paid,
and what a lane saw long ago it still acts upon.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.entry import Json
from pos.domain.errors import PosError
from pos.domain.money import ZERO, Money
from pos.domain.payment import PaymentAttempt
from pos.storage import payments, sales
from pos.till import pay, resolve, sell, shifts
from pos.till.till import Till
from tests.audit import check_books, check_money
from tests.fake_alipay import FakeAlipay
from tests.fakes import LIN, NOODLES, TEA, WATER, World, fail_next_commit, quick_folder, scan_and_weigh


class Died(BaseException):
    """The plug was pulled."""


def lose_two_replies(alipay: FakeAlipay) -> None:
    alipay.lose_next_reply()
    alipay.lose_next_reply()


LINE_FAULTS: dict[str, Callable[[FakeAlipay], None]] = {
    "none": lambda _alipay: None,
    "reply lost": lambda alipay: alipay.lose_next_reply(),
    "two replies lost": lose_two_replies,
    "request lost": lambda alipay: alipay.lose_next_request(),
    "request late": lambda alipay: alipay.lose_next_request(arrives_after_s=25),
    "request very late": lambda alipay: alipay.lose_next_request(arrives_after_s=60),
    "twin late": lambda alipay: alipay.double_next_request(arrives_after_s=25),
    "amount misstated": lambda alipay: alipay.misstate_next_amount(Money(1)),
    "dies before": lambda alipay: alipay.lose_next_request(dying=Died()),
    "dies after": lambda alipay: alipay.lose_next_reply(dying=Died()),
    "dies before a late arrival": lambda alipay: alipay.lose_next_request(arrives_after_s=40, dying=Died()),
}
VERBS: dict[str, Callable[[Till, Cart, PaymentAttempt], object]] = {
    "check": pay.check,
    "stop": partial(pay.stop, reason="stopped"),
    "finish": pay.finish_paid,
    "give back": lambda till, _cart, attempt: resolve.give_back(till, attempt),
}
FAULTS = st.sampled_from([*["none"] * 4, *LINE_FAULTS])
GOODS = st.lists(st.sampled_from([WATER, NOODLES, TEA, "600103"]), min_size=1, max_size=3)
KINDS = st.sampled_from(["good", "must confirm", "no money", "no money at first", "stale"])
AFTERWARDS = st.sampled_from(["wait", "stop", "stop later", "cash", "another code", "next customer"])


class Day(RuleBasedStateMachine):
    """One counter, one customer after another; a customer is known by the sale they are to have."""

    @initialize()
    def open(self) -> None:
        self.open_things = ExitStack()
        self.world = World(self.open_things.enter_context(quick_folder()) / "till")
        self.till = self.world.open_selling()
        self.carts: dict[str, Cart] = {}
        self.seen: list[PaymentAttempt] = []
        self.drafts_under_way: list[dict[str, Json]] = []
        self._next_customer()

    # At the counter

    @rule(texts=GOODS)
    def scan(self, texts: list[str]) -> None:
        """Goods join the cart, unless it is being paid; the drafts are left to the other lane."""
        if resolve.live_attempt(self.till, self.cart.sale_id):
            return
        with self.whatever_happens():
            for text in texts:
                scan_and_weigh(self.till, self.cart, text)
                self.drafts_under_way.append(facts.cart_facts(self.cart))

    @rule(texts=GOODS, kind=KINDS, fault=FAULTS, afterwards=AFTERWARDS)
    def serve(self, texts: list[str], kind: str, fault: str, afterwards: str) -> None:
        """Scan, charge a code, and do something about it at once."""
        self.scan(texts)
        cart = self.cart
        self.charge(kind, fault)
        if cart is not self.cart:
            return
        if afterwards == "stop later":
            self.world.clock.advance(7)
        if afterwards.startswith("stop") and self.seen:
            self.do("stop", len(self.seen) - 1, "none")
        elif afterwards == "cash":
            self.pay_cash()
        elif afterwards == "another code":
            self.charge("good", "none")
        elif afterwards == "next customer":
            self._next_customer()

    @rule(kind=KINDS, fault=FAULTS)
    def charge(self, kind: str, fault: str) -> None:
        alipay = self.world.alipay
        sub_code = "ACQ.BUYER_BALANCE_NOT_ENOUGH" if kind.startswith("no money") else ""
        code = alipay.show_code(
            self.cart.sale_id, must_confirm=kind == "must confirm", sub_code=sub_code, once=kind == "no money at first"
        )
        if kind == "stale":
            self.world.clock.advance(61)
        LINE_FAULTS[fault](alipay)
        with self.whatever_happens():
            self._remember(pay.charge(self.till, self.cart, code))

    @rule()
    def pay_cash(self) -> None:
        with self.whatever_happens():
            sell.pay_cash(self.till, self.cart, self.cart.total + Money(77))

    @rule(which=st.integers(0, 9))
    def pay_an_old_cart_in_cash(self, which: int) -> None:
        cart = [*self.carts.values()][-1 - which % len(self.carts)]
        with self.whatever_happens():
            sell.pay_cash(self.till, cart, cart.total)

    @rule(verb=st.sampled_from([*VERBS]), which=st.integers(0, 9), fault=FAULTS)
    def do(self, verb: str, which: int, fault: str) -> None:
        """Act on an attempt as it was when somebody saw it, now or long ago."""
        if self.seen:
            attempt = self.seen[which % len(self.seen)]
            LINE_FAULTS[fault](self.world.alipay)
            with self.whatever_happens():
                self._remember(VERBS[verb](self.till, self.carts[attempt.sale_id], attempt))

    @rule()
    def send_the_customer_away(self) -> None:
        self._next_customer()

    @rule(hours=st.sampled_from([0, 15]))
    def change_shift(self, hours: int) -> None:
        with self.whatever_happens():
            shifts.close_shift(self.till, ZERO)
        self.world.clock.advance(hours * 3600)
        with self.whatever_happens():
            shifts.open_shift(self.till, LIN, ZERO)

    # Around it

    @rule(count=st.integers(1, 3))
    def the_other_lane_keeps_drafts(self, count: int) -> None:
        late, self.drafts_under_way = self.drafts_under_way[:count], self.drafts_under_way[count:]
        for draft in late:
            with self.whatever_happens():
                sell.keep_draft(self.till, draft)

    @rule(which=st.integers(0, 3))
    def confirm(self, which: int) -> None:
        self.world.alipay.confirm([*self.carts][-1 - which % len(self.carts)])

    @rule()
    def walk_away(self) -> None:
        self.world.alipay.walk_away(self.cart.sale_id)

    @rule(fault=FAULTS)
    def look_after(self, fault: str) -> None:
        LINE_FAULTS[fault](self.world.alipay)
        with self.whatever_happens():
            found = resolve.resolve(self.till)
            self.seen += [each for each in found.open + found.unclaimed if each.sale_id in self.carts]

    @rule(seconds=st.sampled_from([1, 30, 61, 181, 601]))
    def time_passes(self, seconds: int) -> None:
        self.world.clock.advance(seconds)

    @rule(is_down=st.booleans())
    def line(self, *, is_down: bool) -> None:
        self.world.alipay.is_down = is_down

    @rule(on_disk=st.booleans(), dies=st.booleans())
    def next_commit_fails(self, *, on_disk: bool, dies: bool) -> None:
        fail_next_commit(self.till.db, on_disk=on_disk, dying=Died() if dies else None)

    @rule()
    def pull_the_plug(self) -> None:
        with self.whatever_happens():
            raise Died

    # What must be so

    @invariant()
    def the_books_agree(self) -> None:
        books = check_books(self.till)
        # I1, at every moment: money that is here is for a sale, or for an attempt that has not come to its end.
        unsettled = {each.out_trade_no for each in payments.list_open(self.till.db)}
        unsettled |= {each.out_trade_no for each in payments.list_paid_without_sale(self.till.db)}
        tenders = {each["out_trade_no"] for sale in books.sales.values() for each in sale["tenders"]}
        paid = {number for number, trade in self.world.alipay.trades.items() if trade.state == "paid"}
        assert paid <= tenders | unsettled
        assert tenders - {""} <= paid

    @invariant()
    def the_draft_is_worth_what_is_being_paid(self) -> None:
        draft = sell.restore_cart(self.till)
        if draft:
            assert sales.find_sale(self.till.db, draft.sale_id) is None
            live = resolve.live_attempt(self.till, draft.sale_id)
            assert live is None or live.amount == draft.total

    def teardown(self) -> None:
        alipay = self.world.alipay
        alipay.forget_faults()
        self.till.close()
        self.till = self.world.open()  # on a disk that is good
        rounds = 0
        while rounds < 60 and resolve.resolve(self.till) != resolve.Resolved((), (), ()):
            self.world.clock.advance(60)
            rounds += 1
        assert rounds < 60, "an attempt never came to its end"
        books = check_books(self.till)
        check_money(books, alipay)
        for customer in self.carts:
            assert alipay.kept_from(customer) == books.alipay_tender(customer)
        self.till.close()
        self.open_things.close()

    # Inside

    @contextmanager
    def whatever_happens(self) -> Iterator[None]:
        """Our own errors are told to the cashier; after a death the till is opened from what the disk has."""
        try:
            yield
        except PosError:
            pass
        except Died:
            self.till = self.world.open_anew()
            self.drafts_under_way.clear()
            self._take(sell.restore_cart(self.till) or sell.new_cart(self.till))
        if sales.find_sale(self.till.db, self.cart.sale_id):
            self._next_customer()

    def _next_customer(self) -> None:
        self._take(sell.new_cart(self.till))

    def _take(self, cart: Cart) -> None:
        self.cart = self.carts[cart.sale_id] = cart
        live = resolve.live_attempt(self.till, cart.sale_id)
        if live:
            self.seen.append(live)

    def _remember(self, outcome: object) -> None:
        if isinstance(outcome, (pay.Waiting, pay.Refused)):
            self.seen.append(outcome.attempt)


Day.TestCase.settings = settings(max_examples=40, stateful_step_count=30, deadline=None)
TestADayOfFaults = Day.TestCase
