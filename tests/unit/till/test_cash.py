"""The quick amounts are what people hand over; and what moves in the drawer is what should be in it."""

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.cart import Cart
from pos.domain.cash import CashKind
from pos.domain.errors import AmountOutOfRange, NeedsManager, PosError, ReasonMissing, ShiftNotOpen
from pos.domain.money import ZERO, Money
from pos.domain.payment import PaymentAttempt
from pos.domain.sale import TenderKind
from pos.domain.shift import Shift
from pos.domain.staff import By, Cashier, Role
from pos.storage import staff
from pos.till import cash, corrections, parts, pay, report, resolve, sell, shifts
from pos.till.cash import likely_amounts
from pos.till.till import Till
from tests.audit import check_books
from tests.fakes import BY_MEI, LIN, MEI, TEA, WATER, World, fail_next_commit, quick_folder

CartOf = Callable[..., Cart]


@pytest.mark.parametrize(
    ("due", "amounts"),
    [
        (650, [650, 1000, 2000, 10_000]),
        (1000, [1000, 2000, 5000, 10_000]),
        (1001, [1001, 2000, 5000, 10_000]),
        (2012, [2012, 3000, 5000, 10_000]),
        (4550, [4550, 5000, 6000, 10_000]),
        (10_000, [10_000]),
        (12_340, [12_340, 13_000, 15_000, 20_000]),
        (0, [0]),
    ],
)
def test_the_exact_amount_comes_first_then_what_notes_make_of_it(due: int, amounts: list[int]) -> None:
    assert likely_amounts(Money(due)) == [Money(each) for each in amounts]


@pytest.mark.parametrize("limit", [2, 3, 4])
def test_there_are_as_many_as_asked_for_none_too_small_and_the_next_hundred_is_one(limit: int) -> None:
    for fen in range(1, 30_000, 37):
        found = likely_amounts(Money(fen), limit=limit)
        assert found == sorted(set(found))
        assert len(found) <= limit
        assert found[0] == Money(fen)
        assert found[-1] == Money(-(-fen // 10_000) * 10_000)


# The drawer


def shift_of(till: Till) -> Shift:
    """The shift that is open."""
    found = shifts.current_shift(till)
    assert found
    return found


def test_what_moves_besides_sales_is_in_the_journal_and_in_what_is_expected(till: Till, cart_of: CartOf) -> None:
    """By hand: 100.00 float + 2.00 sold + 50.00 in - 12.30 out - 100.00 into the safe = 39.70."""
    sell.pay_cash(till, cart_of(), Money(500))
    cash.move_cash(till, CashKind.IN, Money(5_000), "换来的零钱", by=By(LIN))
    cash.move_cash(till, CashKind.OUT, Money(1_230), "买胶带", by=By(LIN, MEI))
    cash.move_cash(till, CashKind.DROP, Money(10_000), "大钞入柜", by=By(LIN))
    cash.move_cash(till, CashKind.OPENED, ZERO, "给顾客换钱", by=By(MEI))
    assert shifts.expected_cash(till, shift_of(till)) == Money(3_970)
    moved = [(each.kind, each.amount.fen, each.cashier, each.approver, each.reason) for each in
             cash.moves_of(till, shift_of(till).id)]  # fmt: skip
    assert moved == [
        (CashKind.IN, 5_000, "1001", "", "换来的零钱"),
        (CashKind.OUT, 1_230, "1001", "9001", "买胶带"),
        (CashKind.DROP, 10_000, "1001", "", "大钞入柜"),
        (CashKind.OPENED, 0, "9001", "", "给顾客换钱"),
    ]
    figures = {kind: (each.count, each.amount.fen) for kind, each in shifts.read_x(till).figures.items()}
    expected = {"cash_in": (1, 5_000), "cash_out": (1, 1_230), "cash_drop": (1, 10_000), "no_sale": (1, 0)}
    assert expected.items() <= figures.items()
    check_books(till)


@pytest.mark.parametrize(
    ("kind", "fen", "reason", "error"),
    [
        (CashKind.IN, 100, "  ", ReasonMissing),
        (CashKind.OPENED, 0, "", ReasonMissing),
        (CashKind.IN, 0, "零钱", AmountOutOfRange),
        (CashKind.OUT, -1, "零钱", AmountOutOfRange),
        (CashKind.OPENED, 1, "零钱", AmountOutOfRange),
    ],
)
def test_nothing_moves_without_an_amount_and_a_reason(
    till: Till, kind: CashKind, fen: int, reason: str, error: type[PosError]
) -> None:
    before = report.journal_marks(till)
    with pytest.raises(error):
        cash.move_cash(till, kind, Money(fen), reason, by=By(MEI))
    assert report.journal_marks(till) == before


def test_a_senior_pays_out_up_to_two_hundred_alone(till: Till) -> None:
    sun = Cashier("1005", "孙红", Role.SENIOR)
    with till.transaction():
        staff.put_staff(till.db, sun, "")
    assert cash.move_cash(till, CashKind.OUT, Money(20_000), "付运费", by=By(sun))
    with pytest.raises(NeedsManager):
        cash.move_cash(till, CashKind.OUT, Money(20_001), "付运费", by=By(sun))
    assert cash.move_cash(till, CashKind.OUT, Money(20_001), "付运费", by=By(sun, MEI))


def test_without_a_shift_there_is_no_drawer(till: Till) -> None:
    shifts.close_shift(till, ZERO)
    with pytest.raises(ShiftNotOpen):
        cash.move_cash(till, CashKind.IN, Money(1), "零钱", by=By(MEI))


MOVES = st.one_of(
    st.tuples(st.sampled_from(["in", "out", "drop"]), st.integers(1, 50_000)),
    st.tuples(st.sampled_from(["sell", "part", "finish", "back", "card", "opened", "next"]), st.just(0)),
)


@settings(max_examples=60, deadline=None)
@given(moves=st.lists(MOVES, max_size=14), first=st.integers(0, 50_000))
def test_the_drawer_always_holds_float_and_in_less_out_and_what_was_kept(
    moves: list[tuple[str, int]], first: int
) -> None:
    """Reckoned beside the till note by note, as somebody would who stands at the drawer."""
    with quick_folder() as folder:
        world = World(folder)
        till = world.open_selling()
        shifts.close_shift(till, ZERO)
        shifts.open_shift(till, LIN, Money(first))
        by_hand = Hand(till, first)
        for name, fen in moves:
            by_hand.do(name, fen)
            assert shifts.expected_cash(till, shift_of(till)).fen == by_hand.drawer
        closed = shifts.close_shift(till, Money(by_hand.drawer))
        assert closed.difference == ZERO
        check_books(till)
        till.close()


@dataclass
class Hand:
    """Somebody at the drawer who notes what goes in and out."""

    till: Till
    drawer: int
    carts: list[tuple[Cart, PaymentAttempt]] = field(default_factory=list)

    def do(self, name: str, fen: int) -> None:
        """Do what a name says; fen only where money moves besides sales."""
        kinds = {"in": CashKind.IN, "out": CashKind.OUT, "drop": CashKind.DROP}
        if name in kinds:
            cash.move_cash(self.till, kinds[name], Money(fen), "零钱", by=By(MEI))
            self.drawer += fen if name == "in" else -fen
        else:
            getattr(self, name)()

    def opened(self) -> None:
        """The drawer is opened for nothing."""
        cash.move_cash(self.till, CashKind.OPENED, ZERO, "换钱", by=By(MEI))

    def sell(self) -> None:
        """Water at 2.00, paid with five yuan."""
        sell.pay_cash(self.till, self._cart(WATER), Money(500))
        self.drawer += 200

    def card(self) -> None:
        """Water rung up as cash that was a card."""
        sale = sell.pay_cash(self.till, self._cart(WATER), Money(200))
        corrections.correct_tender(self.till, sale.id, 1, TenderKind.BANK_CARD, "按错了", by=By(MEI))

    def part(self) -> None:
        """Tea of which 50.00 are paid."""
        cart = self._cart(TEA)
        taken = parts.take_cash(self.till, cart, Money(5_000))
        assert isinstance(taken, pay.PartPaid)
        self.carts.append((cart, taken.attempt))
        self.drawer += 5_000

    def finish(self) -> None:
        """Tea at 199.99 of which 50.00 are there."""
        if self.carts:
            sell.pay_cash(self.till, self.carts.pop()[0], Money(20_000))
            self.drawer += 14_999

    def back(self) -> None:
        """What was paid of the last tea goes back."""
        if self.carts:
            parts.handed_back(self.till, resolve.give_back(self.till, self.carts.pop()[1]))
            self.drawer -= 5_000

    def next(self) -> None:
        """Another cashier takes over the drawer as it is."""
        shifts.close_shift(self.till, Money(self.drawer))
        self.drawer = max(self.drawer, 0)
        shifts.open_shift(self.till, LIN, Money(self.drawer))

    def _cart(self, text: str) -> Cart:
        cart = sell.new_cart(self.till)
        sell.scan(self.till, cart, text)
        return cart


def test_a_move_that_raised_and_is_on_disk_all_the_same_happened_once(till: Till) -> None:
    fail_next_commit(till.db, on_disk=True)
    move = cash.move_cash(till, CashKind.OUT, Money(1000), "买胶带", by=BY_MEI)
    shift = shifts.current_shift(till)
    assert shift
    assert cash.moves_of(till, shift.id) == [move]
    assert shifts.expected_cash(till, shift) == Money(9_000)
