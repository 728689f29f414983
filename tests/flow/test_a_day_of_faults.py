"""Any day: customers come and go, messages get lost, commits fail, the till dies; the books always agree.

After each step the figures the till keeps are compared with its journal by an auditor of its own. At the end the
line is mended and an hour goes by; then every customer has paid exactly for what was sold to them.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from pos.domain import facts
from pos.domain.errors import PosError
from pos.domain.money import ZERO, Money
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.storage import payments, sales
from pos.till import pay, resolve, sell, shifts
from tests.audit import check_books, check_money
from tests.fakes import LIN, NOODLES, TEA, WATER, FakeAlipay, World, fail_next_commit, quick_folder


class Died(BaseException):
    """The plug was pulled."""


def lose_two_replies(alipay: FakeAlipay) -> None:
    alipay.lose_next_reply()
    alipay.lose_next_reply()


LINE_FAULTS: dict[str, Callable[[FakeAlipay], object]] = {
    "none": lambda _alipay: None,
    "reply lost": lambda alipay: alipay.lose_next_reply(),
    "two replies lost": lose_two_replies,
    "request lost": lambda alipay: alipay.lose_next_request(),
    "request late": lambda alipay: alipay.lose_next_request(arrives_after_s=25),
    "request very late": lambda alipay: alipay.lose_next_request(arrives_after_s=60),
    "amount misstated": lambda alipay: alipay.misstate_next_amount(Money(1)),
    "dies before": lambda alipay: alipay.lose_next_request(dying=Died()),
    "dies after": lambda alipay: alipay.lose_next_reply(dying=Died()),
    "dies before a late arrival": lambda alipay: alipay.lose_next_request(arrives_after_s=40, dying=Died()),
}
FAULTS = st.sampled_from(["none", "none", *LINE_FAULTS])
"""A fault of the line, or none."""


class Day(RuleBasedStateMachine):
    """One counter, one customer after another."""

    @initialize()
    def open(self) -> None:
        self.open_things = ExitStack()
        self.world = World(self.open_things.enter_context(quick_folder()) / "till")
        self.till = self.world.open_selling()
        self.cart = sell.new_cart(self.till)
        self.customers = [self.cart.sale_id]

    # What the screen knows of this cart

    @property
    def live(self) -> PaymentAttempt | None:
        return resolve.live_attempt(self.till, self.cart.sale_id)

    @property
    def is_free(self) -> bool:
        """Whether goods may be added: no attempt of this cart is open or paid."""
        return self.live is None

    @property
    def is_payable(self) -> bool:
        return bool(self.cart.lines) and self.is_free

    @property
    def is_asked(self) -> bool:
        return self.live is not None and self.live.state is AttemptState.SENT

    @property
    def is_unclaimed(self) -> bool:
        return self.live is not None and self.live.state is AttemptState.PAID

    @contextmanager
    def whatever_happens(self) -> Iterator[None]:
        """Our own errors are told to the cashier; after a death the till is opened from what the disk has."""
        try:
            yield
        except PosError:
            pass
        except Died:
            self.till = self.world.open_anew()
            self.cart = sell.restore_cart(self.till) or sell.new_cart(self.till)
            self.customers.append(self.cart.sale_id)
        self._next_customer_if_sold()

    def _next_customer_if_sold(self) -> None:
        if sales.find_sale(self.till.db, self.cart.sale_id):
            self._next_customer()

    def _next_customer(self) -> None:
        self.cart = sell.new_cart(self.till)
        self.customers.append(self.cart.sale_id)

    # At the counter

    @rule(texts=st.lists(st.sampled_from([WATER, NOODLES, TEA, "600103"]), min_size=1, max_size=4))
    @precondition(lambda self: self.is_free)
    def scan(self, texts: list[str]) -> None:
        with self.whatever_happens():
            for text in texts:
                sell.scan(self.till, self.cart, text)
                sell.keep_draft(self.till, facts.cart_facts(self.cart))

    @rule()
    @precondition(lambda self: self.is_payable)
    def pay_cash(self) -> None:
        with self.whatever_happens():
            sell.pay_cash(self.till, self.cart, self.cart.total + Money(77))

    @rule(fault=FAULTS, kind=st.sampled_from(["good", "must confirm", "no money", "stale"]))
    @precondition(lambda self: self.is_payable)
    def charge(self, fault: str, kind: str) -> None:
        alipay = self.world.alipay
        sub_code = "ACQ.BUYER_BALANCE_NOT_ENOUGH" if kind == "no money" else ""
        code = alipay.show_code(self.cart.sale_id, must_confirm=kind == "must confirm", sub_code=sub_code)
        if kind == "stale":
            self.world.clock.advance(61)
        LINE_FAULTS[fault](alipay)
        with self.whatever_happens():
            pay.charge(self.till, self.cart, code)

    @rule(fault=FAULTS)
    @precondition(lambda self: self.is_asked)
    def check(self, fault: str) -> None:
        LINE_FAULTS[fault](self.world.alipay)
        with self.whatever_happens():
            assert self.live
            pay.check(self.till, self.cart, self.live)

    @rule(fault=FAULTS, reason=st.sampled_from(["stopped", "timeout"]))
    @precondition(lambda self: self.is_asked)
    def stop(self, fault: str, reason: str) -> None:
        LINE_FAULTS[fault](self.world.alipay)
        with self.whatever_happens():
            assert self.live
            pay.stop(self.till, self.cart, self.live, reason)

    @rule()
    @precondition(lambda self: self.is_unclaimed)
    def finish(self) -> None:
        with self.whatever_happens():
            assert self.live
            pay.finish_paid(self.till, self.cart, self.live)

    @rule(fault=FAULTS)
    @precondition(lambda self: self.is_unclaimed)
    def give_back(self, fault: str) -> None:
        LINE_FAULTS[fault](self.world.alipay)
        with self.whatever_happens():
            assert self.live
            resolve.give_back(self.till, self.live)

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

    @rule(who=st.integers(0, 3))
    def confirm(self, who: int) -> None:
        self.world.alipay.confirm(self.customers[-1 - min(who, len(self.customers) - 1)])

    @rule()
    def walk_away(self) -> None:
        self.world.alipay.walk_away(self.customers[-1])

    @rule(fault=FAULTS)
    def look_after(self, fault: str) -> None:
        LINE_FAULTS[fault](self.world.alipay)
        with self.whatever_happens():
            resolve.resolve(self.till)

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
        for customer in self.customers:
            assert alipay.kept_from(customer) == books.alipay_tender(customer)
        self.open_things.close()


Day.TestCase.settings = settings(max_examples=40, stateful_step_count=40, deadline=None)
TestADayOfFaults = Day.TestCase
