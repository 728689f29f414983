"""Paper comes out once, in order, today; a printer that is dead holds up nothing but paper."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from pos.domain.cash import CashCount
from pos.domain.errors import CoverOpen, NeedsManager, NoPrinter, NothingToReprint, PosError, PrintDoubtful, PrinterLost
from pos.domain.exchange import Exchange
from pos.domain.money import Money
from pos.domain.paper import KEPT_AS, Paper
from pos.domain.print_job import JobState, PrinterState
from pos.domain.receipt_page import page_token
from pos.domain.returns import Return
from pos.domain.sale import Sale
from pos.domain.slip import NARROW, WIDE, Slip, Text, as_text
from pos.till import exchange, parts, pay, preferences, printing, refund, returns, sell, shifts, slips
from pos.till.printing import Standing
from pos.till.till import Till
from tests.fakes import BY_MEI, NOODLES, WATER, World, quick_folder


@dataclass
class Roll:
    """A printer that does as it is told: what it printed, and what it says next."""

    printed: list[tuple[str, int]] = field(default_factory=list)
    kicks: int = 0
    says: list[PosError | PrinterState | None] = field(default_factory=list)
    is_lost: bool = False

    def print(self, slip: Slip, width: int) -> PrinterState | None:
        """Print, or say why not."""
        said = self.says.pop(0) if self.says else None
        if isinstance(said, PosError):
            raise said
        self.printed.append(("\n".join(as_text(slip, width)), width))
        return said

    def open_drawer(self) -> None:
        """Open the drawer."""
        if self.is_lost:
            raise PrinterLost(address="roll", reason="off")
        self.kicks += 1

    def state(self) -> PrinterState | None:
        """How the printer is."""
        return None


@pytest.fixture
def world() -> Iterator[World]:
    """Everything around a till."""
    with quick_folder() as folder:
        yield World(folder)


@pytest.fixture
def till(world: World) -> Iterator[Till]:
    """A till that sells and has a printer."""
    till = world.open_selling()
    set_paper(till, Paper(printer="/dev/usb/lp0"))
    yield till
    till.close()


def set_paper(till: Till, paper: Paper) -> None:
    """Set what the store wants of paper."""
    preferences.keep_preference(till, KEPT_AS, paper.as_json(), by=BY_MEI)


def sold(till: Till, text: str = WATER) -> Sale:
    """Sell for cash."""
    cart = sell.new_cart(till)
    sell.scan(till, cart, text)
    return sell.pay_cash(till, cart, cart.total)


def sold_by_alipay(till: Till, world: World) -> Sale:
    """Sell a bottle of water for a payment by Alipay."""
    cart = sell.new_cart(till)
    sell.scan(till, cart, WATER)
    settled = pay.charge(till, cart, world.alipay.show_code())
    assert isinstance(settled, pay.Settled)
    return settled.sale


def states(till: Till) -> list[JobState]:
    """How the jobs stand."""
    return [each.state for each in sorted(printing.list_jobs(till), key=lambda job: job.number)]


def test_a_receipt_comes_out_once_and_opens_the_drawer(till: Till) -> None:
    roll, sale = Roll(), sold(till)
    job = printing.ask_receipt(till, sale)
    assert (job.number, job.copy, job.kicks) == (1, 0, True)
    assert printing.work(till, roll) == Standing()
    assert printing.work(till, roll) == Standing()
    [(text, width)] = roll.printed
    assert sale.receipt_no in text
    assert "林小雨" in text
    assert "副本" not in text
    assert (width, roll.kicks) == (WIDE, 1)
    assert states(till) == [JobState.DONE]


def test_receipts_come_out_in_order_and_their_copies_are_counted(till: Till) -> None:
    roll, sales = Roll(), [sold(till), sold(till, NOODLES)]
    for sale in sales:
        printing.ask_receipt(till, sale)
    assert printing.reprint_last(till).copy == 1
    assert printing.reprint_last(till).copy == 2
    printing.work(till, roll)
    found = [(sale.receipt_no in text, f"副本 {copy}" in text) for (text, _), sale, copy in
             zip(roll.printed, [*sales, sales[1], sales[1]], [9, 9, 1, 2], strict=True)]  # fmt: skip
    assert found == [(True, False), (True, False), (True, True), (True, True)]
    assert roll.kicks == 2
    assert [each.number for each in printing.list_jobs(till)] == [4, 3, 2, 1]


def test_a_dead_printer_undoes_no_sale_and_its_paper_comes_when_it_is_back(till: Till) -> None:
    roll, lost = Roll(), PrinterLost(address="roll", reason="off")
    first = sold(till)
    printing.ask_receipt(till, first)
    printing.ask_receipt(till, sold(till, NOODLES))
    roll.says = [lost]
    stands = printing.work(till, roll)
    assert (stands.waiting, stands.held, stands.trouble) == (2, 0, lost)
    assert roll.printed == []
    assert printing.list_jobs(till)[0].reason == "P-331"
    assert printing.work(till, roll) == Standing()
    assert first.receipt_no in roll.printed[0][0]
    assert len(roll.printed) == 2


def test_the_first_that_cannot_come_out_keeps_the_order(till: Till) -> None:
    roll = Roll(says=[None, CoverOpen(address="roll")])
    for _ in range(3):
        printing.ask_slip(till, lambda _copy: (Text("x"),), "z")
    assert printing.work(till, roll).waiting == 2
    assert states(till) == [JobState.DONE, JobState.WAITING, JobState.WAITING]


def test_what_may_have_come_out_waits_for_a_word_and_the_rest_goes_on(till: Till) -> None:
    roll = Roll(says=[PrintDoubtful(address="roll", reason="")])
    printing.ask_receipt(till, sold(till))
    printing.ask_receipt(till, sold(till, NOODLES))
    stands = printing.work(till, roll)
    assert (stands.waiting, stands.held, len(roll.printed)) == (0, 1, 1)
    assert printing.work(till, roll).held == 1
    printing.release(till, 1)
    assert printing.work(till, roll) == Standing()
    assert len(roll.printed) == 2


@pytest.mark.parametrize("later_s", [31 * 60, 14 * 3600])
def test_what_is_old_never_comes_out_by_itself(till: Till, world: World, later_s: int) -> None:
    roll = Roll(is_lost=True)
    printing.ask_receipt(till, sold(till))
    assert printing.work(till, roll).waiting == 1
    world.clock.advance(later_s)
    roll.is_lost = False
    assert printing.work(till, roll) == Standing(held=1)
    assert (roll.printed, roll.kicks) == ([], 0)
    assert printing.list_jobs(till)[0].reason == printing.OLD
    printing.drop(till, 1)
    assert printing.work(till, roll) == Standing()
    assert roll.printed == []


def test_a_word_lets_old_paper_out_but_opens_no_drawer(till: Till, world: World) -> None:
    roll = Roll()
    printing.ask_receipt(till, sold(till))
    world.clock.advance(3600)
    printing.work(till, roll)
    printing.release(till, 1)
    printing.work(till, roll)
    assert (len(roll.printed), roll.kicks) == (1, 0)


def test_midnight_makes_paper_old(till: Till, world: World) -> None:
    world.clock.advance(14 * 3600 - 60)  # one minute to midnight in the shop
    printing.ask_receipt(till, sold(till))
    world.clock.advance(120)
    assert printing.work(till, Roll()) == Standing(held=1)


def test_a_drawer_is_opened_for_its_own_customer_only(till: Till, world: World) -> None:
    roll = Roll(is_lost=True)
    printing.ask_receipt(till, sold(till))
    printing.work(till, roll)
    world.clock.advance(61)
    roll.is_lost = False
    printing.work(till, roll)
    assert (len(roll.printed), roll.kicks) == (1, 0)


def test_a_drawer_opens_for_the_next_customer_too_while_paper_waits(till: Till) -> None:
    roll = Roll(says=[CoverOpen(address="roll"), CoverOpen(address="roll")])
    for count in (1, 2):
        printing.ask_receipt(till, sold(till))
        assert printing.work(till, roll).waiting == count
        assert roll.kicks == count


def test_a_drawer_that_was_opened_is_not_opened_again_for_the_same_paper(till: Till) -> None:
    roll = Roll(says=[CoverOpen(address="roll")])
    printing.ask_receipt(till, sold(till))
    printing.work(till, roll)
    printing.work(till, roll)
    assert (len(roll.printed), roll.kicks) == (1, 1)


def test_after_a_power_cut_in_the_middle_somebody_is_asked(till: Till, world: World) -> None:
    class Cut(BaseException):
        """The power is gone."""

    class Dying(Roll):
        def print(self, slip: Slip, width: int) -> PrinterState | None:
            del slip, width
            raise Cut

    printing.ask_receipt(till, sold(till))
    with pytest.raises(Cut):
        printing.work(till, Dying())
    again = world.open_anew()
    printing.begin(again)
    roll = Roll()
    assert printing.work(again, roll) == Standing(held=1)
    assert printing.list_jobs(again)[0].reason == printing.CRASHED
    assert roll.printed == []
    again.close()


def test_where_nothing_is_set_up_nothing_is_asked_for(till: Till) -> None:
    set_paper(till, Paper())
    with pytest.raises(NoPrinter):
        printing.ask_receipt(till, sold(till))
    with pytest.raises(NoPrinter):
        printing.ask_slip(till, lambda _copy: (), "z")


def test_what_was_never_sold_is_not_printed_again(till: Till) -> None:
    with pytest.raises(NothingToReprint):
        printing.reprint_last(till)


def test_no_drawer_opens_without_cash_or_without_a_drawer(till: Till) -> None:
    set_paper(till, Paper(printer="x", has_drawer=False))
    assert not printing.ask_receipt(till, sold(till)).kicks
    roll = Roll()
    printing.open_drawer(till, roll)
    assert roll.kicks == 0
    set_paper(till, Paper(printer="x"))
    printing.open_drawer(till, roll)
    assert roll.kicks == 1


def test_paper_is_as_wide_as_the_store_says_when_it_comes_out(till: Till) -> None:
    set_paper(till, Paper(printer="x", columns=NARROW, head="人民路 1 号", foot="再见"))
    roll = Roll(says=[PrinterState(is_paper_low=True)])
    printing.ask_receipt(till, sold(till), notice="练习")
    assert printing.work(till, roll).is_paper_low
    text, width = roll.printed[0]
    assert width == NARROW
    assert [row.strip() for row in text.splitlines()][:3] == ["练习", "柜台示例店", "人民路 1 号"]
    assert "再见" in text


def test_the_count_of_copies_outlives_the_words_of_old_papers(till: Till) -> None:
    sale = sold(till)
    printing.ask_receipt(till, sale)
    printing.ask_slip(till, lambda _copy: (Text("x"),), "z")
    printing.work(till, Roll())
    with till.transaction():
        till.db.execute("UPDATE print_jobs SET number = 600 WHERE number = 2")
    printing.begin(till)
    assert [(each.number, len(each.slip)) for each in printing.list_jobs(till)] == [(600, 1), (1, 0)]
    assert printing.ask_receipt(till, sale).copy == 1


def test_a_page_is_offered_where_the_store_wants_it_and_sales_go_up(till: Till) -> None:
    sale = sold(till)
    assert printing.page_address(till, sale) == ""
    set_paper(till, Paper(has_page=True))
    assert printing.page_address(till, sale) == ""
    till.settings = replace(till.settings, hub=replace(till.settings.hub, url="https://hub.example/"))
    token = page_token(sale.receipt_no, sale.entry_hash)
    assert printing.page_address(till, sale) == f"https://hub.example/r/{token}"
    till.settings = replace(till.settings, is_training=True)
    assert printing.page_address(till, sale) == ""


def came_back(till: Till, sale: Sale) -> Return:
    """Take back one of the first line of a sale."""
    of = returns.find_returnable(till, sale.receipt_no)
    return returns.give_back(till, of, {1: 1}, "坏了", by=BY_MEI).made


def test_a_returns_slip_comes_out_opens_the_drawer_once_and_is_the_last_paper(till: Till, world: World) -> None:
    roll, made = Roll(), came_back(till, sold(till))
    job = printing.ask_return(till, made)
    assert (job.copy, job.kicks, job.about) == (0, True, made.return_no)
    assert printing.reprint_last(till).copy == 1
    printing.work(till, roll)
    assert roll.kicks == 1
    assert [made.return_no in text for text, _ in roll.printed] == [True, True]
    assert "退现金" in roll.printed[0][0]
    assert "梅店长" in roll.printed[0][0]
    assert ["副本 1" in text for text, _ in roll.printed] == [False, True]
    world.clock.advance(1)
    sale = sold(till, NOODLES)
    assert printing.reprint_last(till).about == sale.id


def test_money_that_goes_back_by_alipay_opens_no_drawer(till: Till, world: World) -> None:
    sale = sold_by_alipay(till, world)
    job = printing.ask_return(till, came_back(till, sale))
    assert not job.kicks
    assert "退支付宝" in "\n".join(as_text(job.slip, WIDE))


def test_money_that_goes_back_without_goods_has_a_slip_that_can_be_printed_again(till: Till, world: World) -> None:
    sale = sold_by_alipay(till, world)
    world.clock.advance(1)
    of = refund.find_refundable(till, sale.receipt_no)
    made = refund.give_refund(till, of, Money(150), "多收了", by=BY_MEI)
    job = printing.ask_refund(till, made)
    assert (job.copy, job.kicks, job.about) == (0, False, made.request_no)
    again = printing.reprint_last(till)
    assert (again.copy, again.about) == (1, made.request_no)
    paper = "\n".join(as_text(again.slip, WIDE))
    numbers = (sale.receipt_no, made.request_no, "￥1.50")
    for words in (*numbers, "退款单", "梅店长", "多收了", "已退回支付宝", "副本 1"):
        assert words in paper
    world.clock.advance(1)
    came = came_back(till, sold(till, NOODLES))
    assert printing.reprint_last(till).about == came.return_no


def test_a_refund_that_alipay_refused_is_not_the_last_paper(till: Till, world: World) -> None:
    sale = sold_by_alipay(till, world)
    world.clock.advance(1)
    world.alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
    refund.give_refund(till, refund.find_refundable(till, sale.receipt_no), Money(150), "多收了", by=BY_MEI)
    assert printing.reprint_last(till).about == sale.id


def test_an_exchange_has_two_papers_and_so_has_its_copy(till: Till) -> None:
    roll, cart = Roll(), sell.new_cart(till)
    sell.scan(till, cart, WATER)
    wish = Exchange(returns.find_returnable(till, sold(till, NOODLES).receipt_no), {1: 1}, "换货", "", "")
    cart.credit = exchange.begin(till, cart, wish, by=BY_MEI)
    sale = sell.pay_cash(till, cart, Money(0))
    made = returns.of_exchange(till, sale)
    assert made
    printing.ask_sale(till, sale)
    printing.reprint_last(till)
    printing.work(till, roll)
    texts = [text for text, _ in roll.printed]
    assert [("换货单" in text, "副本 1" in text) for text in texts] == [
        (False, False), (True, False), (False, True), (True, True),
    ]  # fmt: skip
    assert all(sale.receipt_no in text for text in texts)
    assert "退现金" in texts[1]
    assert "抵付新商品" in texts[1]
    assert roll.kicks == 1  # for the ¥2.50 that goes back


def test_a_closed_shift_is_printed_again_as_a_numbered_copy_and_an_open_one_never(till: Till, world: World) -> None:
    sold(till)
    for _ in range(2):
        assert printing.ask_report(till, shifts.read_x(till)).copy == 0
        world.clock.advance(60)
    closed = shifts.close_shift(till, CashCount({10_000: 1, 100: 2}))
    report = shifts.read_z(till, closed.id)
    jobs = [printing.ask_report(till, report) for _ in range(2)]
    assert [(job.about, job.copy, job.kicks) for job in jobs] == [
        ("0017-03-Z0001", 0, False),
        ("0017-03-Z0001", 1, False),
    ]
    first, again = ("\n".join(as_text(job.slip, NARROW)) for job in jobs)
    assert "副本 1" in again
    assert "林小雨 1001" in first
    assert "应有现金                ￥102.00" in first


def test_what_should_be_in_a_drawer_still_to_be_counted_is_read_from_no_list_of_paper(till: Till) -> None:
    sold(till)
    told, blind = (printing.ask_report(till, shifts.read_x(till), is_blind=is_blind) for is_blind in (False, True))
    listed = {job.number: "\n".join(as_text(job.slip, NARROW)) for job in printing.list_jobs(till)}
    assert listed[told.number] == ""
    assert "应有现金" not in listed[blind.number]
    with pytest.raises(NeedsManager):
        printing.release(till, told.number)


def test_without_a_printer_no_slip_is_asked_for(till: Till) -> None:
    made = came_back(till, sold(till))
    set_paper(till, Paper())
    with pytest.raises(NoPrinter):
        printing.ask_return(till, made)
    with pytest.raises(NoPrinter):
        printing.ask_report(till, shifts.read_x(till))


def test_a_slip_is_the_same_on_the_screen_as_on_paper(till: Till) -> None:
    sale = sold(till)
    made = came_back(till, sale)
    assert slips.receipt_of(till, sale) == printing.ask_receipt(till, sale).slip
    assert slips.return_slip_of(till, made) == printing.ask_return(till, made).slip
    assert slips.shift_slip_of(till, shifts.read_x(till)) == printing.ask_report(till, shifts.read_x(till)).slip


def test_a_part_in_cash_that_was_taken_before_opens_no_drawer_again(till: Till, world: World) -> None:
    cart = sell.new_cart(till)
    sell.scan(till, cart, NOODLES)
    parts.take_cash(till, cart, Money(200))
    settled = pay.charge(till, cart, world.alipay.show_code(), Money(250))
    assert isinstance(settled, pay.Settled)
    assert not printing.ask_receipt(till, settled.sale).kicks


def test_paper_of_before_the_clock_was_set_back_waits_for_a_word_and_opens_no_drawer(till: Till, world: World) -> None:
    roll = Roll(says=[PrinterLost(address="roll", reason="off")], is_lost=True)
    printing.ask_receipt(till, sold(till))
    printing.work(till, roll)
    world.clock.set(world.clock.now() - timedelta(minutes=31))
    roll.is_lost, roll.says = False, []
    printing.work(till, roll)
    assert (roll.kicks, roll.printed) == (0, [])
    assert printing.standing(till).held == 1
