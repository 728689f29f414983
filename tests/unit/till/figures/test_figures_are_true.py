"""Random days: every figure on every view is what the journal says, counted once more in the plainest way."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pos.domain.cart import Cart
from pos.domain.cart_line import Discount
from pos.domain.cash import CashKind
from pos.domain.daybook import DayFigures, Tally
from pos.domain.entry import utc_text
from pos.domain.errors import PosError
from pos.domain.exchange import Exchange
from pos.domain.gateway import Reach
from pos.domain.member import Member
from pos.domain.money import Money
from pos.domain.quantity import Unit
from pos.domain.refund import RefundState
from pos.domain.sale import BY_WORD, TenderKind
from pos.domain.unusual import Unusual
from pos.hub import intake, totals
from pos.hub.database import open_engine
from pos.storage import journal, payments, sales
from pos.storage.catalogue import apply_feed
from pos.till import audit, cash, corrections, exchange, pay, refund, resolve, returns, sell, shifts, voids
from pos.till.figures import (
    best_sellers,
    calendar,
    day_close,
    drawers,
    happenings,
    hours,
    payments_of_day,
    people,
    tender_mix,
    today,
)
from pos.till.till import Till
from tests.audit import check_books
from tests.fake_time import MORNING
from tests.fakes import BY_MEI, LIN, MEI, NOODLES, SHELF, TEA, WATER, World, quick_folder
from tests.naive_figures import NaiveFigures, back_of, day_before

GOODS = (WATER, NOODLES, "600103", TEA)
FIRST = date(2026, 11, 23)
BATCH = 50


def fill(till: Till, number: int) -> Cart:
    """A cart that is another one for each number: goods, quantities, prices by hand, discounts, a member."""
    cart = sell.new_cart(till)
    for place in range(1 + number % 3):
        sell.scan(till, cart, GOODS[(number + place) % len(GOODS)])
    for line in cart.lines:
        if line.product and line.product.unit is Unit.GRAM:
            cart.set_quantity(line.line_no, 100 + number % 900)
    first = cart.lines[0].line_no
    if number % 4 == 1:
        cart.set_quantity(first, 2 + number % 5)
    if number % 5 == 2:
        cart.set_price(first, Money(137))
    if number % 7 == 3:
        cart.set_price(cart.lines[-1].line_no, Money(30_003))
    if number % 3 == 1:
        cart.set_discount(first, Discount(percent=7))
    if number % 6 == 5:
        cart.set_order_discount(Discount(amount=Money(33)))
    if number % 2:
        cart.set_member(Member("8001", "王*", "gold"))
    return cart


def sell_cash(_world: World, till: Till, number: int) -> None:
    """Sell something for cash."""
    sell.pay_cash(till, fill(till, number), Money(1_000_000))


def sell_alipay(world: World, till: Till, number: int) -> None:
    """Sell something by Alipay."""
    pay.charge(till, fill(till, number), world.alipay.show_code())


def sell_in_parts(world: World, till: Till, number: int) -> None:
    """Sell something for some cash and the rest by Alipay."""
    cart = fill(till, number)
    pay.take(till, cart, TenderKind.CASH, Money(100))
    pay.charge(till, cart, world.alipay.show_code())


def lose(world: World, till: Till, number: int) -> None:
    """Sell by Alipay while two of its answers are lost."""
    world.alipay.lose_next_reply()
    world.alipay.lose_next_reply()
    sell_alipay(world, till, number)


def pay_back(world: World, till: Till, number: int) -> None:
    """Of the last Alipay sale; every other time nobody knows whether it went, until somebody looks."""
    row = till.db.execute(
        "SELECT receipt_no FROM sales JOIN tenders ON sale_id = id WHERE kind = 'alipay' ORDER BY sales.rowid DESC"
    ).fetchone()
    if row:
        of = refund.find_refundable(till, row[0])
        if number % 2:
            world.alipay.lose_next_request()
        refund.give_refund(till, of, Money(1 + number % of.left.fen), "破损", by=BY_MEI) if of.left else None


def take_back(_world: World, till: Till, number: int) -> None:
    """Of any sale the first line, whole or one of it; now and then a second time, as far as there is any left."""
    rows = till.db.execute("SELECT receipt_no FROM sales ORDER BY rowid").fetchall()
    if rows:
        of = returns.find_returnable(till, rows[number % len(rows)][0])
        line = of.sale.lines[0]
        wanted = line.quantity.amount if number % 2 else 1
        returns.give_back(till, of, {line.line_no: wanted}, "不要了", by=BY_MEI)


def hand_out(world: World, till: Till, number: int) -> None:
    """What Alipay refuses for good of goods that came back, the drawer gives."""
    world.alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
    take_back(world, till, number)
    for made in returns.last_returns(till, 3):
        for owed in returns.owed(till, made.receipt_no):
            returns.give_owed(till, owed, by=BY_MEI)


def swap(_world: World, till: Till, number: int) -> None:
    """Goods of an earlier sale pay for others, the rest is cash."""
    rows = till.db.execute("SELECT receipt_no FROM sales ORDER BY rowid").fetchall()
    if rows:
        of = returns.find_returnable(till, rows[number % len(rows)][0])
        cart = fill(till, number + 1)
        wish = Exchange(of, {of.sale.lines[0].line_no: of.sale.lines[0].quantity.amount}, "换", "", "")
        cart.credit = exchange.begin(till, cart, wish, by=BY_MEI)
        sell.pay_cash(till, cart, Money(1_000_000))


def correct(_world: World, till: Till, number: int) -> None:
    """Of any sale, of whichever shift and day, a tender that stands on a word was the other kind."""
    rows = till.db.execute("SELECT id FROM sales ORDER BY rowid").fetchall()
    sale = sales.find_sale(till.db, rows[number % len(rows)][0]) if rows else None
    for place, tender in enumerate(sale.tenders if sale else (), 1):
        if sale and tender.kind in BY_WORD:
            (other,) = BY_WORD - {tender.kind}
            corrections.correct_tender(till, sale.id, place, other, "按错", by=BY_MEI)
            return


def sell_over_two_shifts(world: World, till: Till, number: int) -> None:
    """The first drawer takes a part, the next the rest."""
    cart = fill(till, number)
    pay.take(till, cart, TenderKind.CASH, Money(100))
    change_shift(world, till, number)
    pay.take(till, cart, TenderKind.CASH)


def move(_world: World, till: Till, number: int) -> None:
    """Move cash, or open the drawer for nothing."""
    kind = list(CashKind)[number % len(CashKind)]
    cash.move_cash(till, kind, Money(0 if kind is CashKind.OPENED else 1 + number), "零钱", by=BY_MEI)


def void(_world: World, till: Till, number: int) -> None:
    """Take a line out before it is paid."""
    voids.note_void(till, "a cart", 1, Money(number), LIN)


def change_shift(world: World, till: Till, number: int) -> None:
    """The next is another's; every third time on the next day."""
    shifts.close_shift(till, Money(12_345 + number))
    world.clock.advance(8 * 3600 if number % 3 else 60)
    shifts.open_shift(till, (LIN, MEI)[number % 2], Money(5_000))


def close_day(_world: World, till: Till, _number: int) -> None:
    """Yesterday, or an earlier day that is still open: what comes for it later is late."""
    for day in days_of(till):
        try:
            day_close.close_day(till, day, by=BY_MEI)
        except PosError:
            continue


def go_home(world: World, till: Till, number: int) -> None:
    """The day is closed in the evening; the next day begins with its first shift."""
    shifts.close_shift(till, Money(number))
    close_day(world, till, number)
    world.clock.advance(13 * 3600)
    shifts.open_shift(till, LIN, Money(5_000))


def wait(world: World, _till: Till, number: int) -> None:
    """Let time go by."""
    world.clock.advance((7, 300, 301, 4000)[number % 4])


def look_after(world: World, till: Till, _number: int) -> None:
    """Find out what became of payments."""
    world.alipay.reach = Reach(MORNING)
    world.clock.advance(11)
    resolve.resolve(till)


STEPS = (
    sell_cash, sell_alipay, sell_in_parts, lose, pay_back, take_back, void, change_shift, close_day, go_home, wait,
    look_after, hand_out, swap, correct, sell_over_two_shifts, move,
)  # fmt: skip
Step = tuple[Callable[[World, Till, int], None], int]
A_LATE_REFUND: list[Step] = [
    (sell_alipay, 3), (pay_back, 1), (go_home, 5), (sell_cash, 2), (look_after, 0), (sell_cash, 9),
]  # fmt: skip
GOODS_BACK: list[Step] = [
    (sell_cash, 3), (sell_alipay, 5), (take_back, 0), (take_back, 1), (look_after, 0), (go_home, 1), (take_back, 2),
    (sell_in_parts, 8), (take_back, 5), (pay_back, 4), (sell_alipay, 9), (hand_out, 3),
]  # fmt: skip
TENDERS_CORRECTED: list[Step] = [
    (sell_cash, 3), (sell_cash, 5), (correct, 0), (change_shift, 1), (correct, 1), (move, 0), (sell_over_two_shifts, 4),
    (correct, 2), (swap, 1), (go_home, 2), (correct, 0), (correct, 2), (swap, 0), (move, 1), (move, 2), (move, 3),
]  # fmt: skip
A_WEEK: list[Step] = [each for day in range(9) for each in ((sell_cash, day), (sell_alipay, day + 3), (go_home, 1))]


@settings(max_examples=60, deadline=None)
@given(steps=st.lists(st.tuples(st.sampled_from(STEPS), st.integers(0, 5_000)), max_size=14))
@example(steps=A_LATE_REFUND)
@example(steps=GOODS_BACK)
@example(steps=TENDERS_CORRECTED)
@example(steps=A_WEEK)
def test_every_figure_is_what_the_journal_says(steps: list[Step]) -> None:
    with quick_folder() as folder:
        world = World(folder)
        till = world.open_selling()
        costed = [each | {"cost_fen": each["price_fen"] * 7 // 10} for each in SHELF[:3]]  # of the tea nobody knows
        apply_feed(till.prices, costed, [], "2")
        till.settings = replace(till.settings, till=replace(till.settings.till, cash_rounding_fen=10))
        for step, number in steps:
            with suppress(PosError):  # a shift with loose cash does not close, nobody sells without one
                step(world, till, number)
        check_every_view(till)
        check_head_office(world, till, folder)
        check_books(till)
        assert not audit.audit(till)
        till.close()


def days_of(till: Till) -> list[date]:
    """The business days there were."""
    found = till.db.execute("SELECT DISTINCT business_day FROM shifts ORDER BY 1").fetchall()
    return [date.fromisoformat(day) for (day,) in found]


def check_head_office(world: World, till: Till, folder: Path) -> None:
    """Give head office the journal, and hold each day there against this till's own, to the fen."""
    hub = open_engine(f"sqlite:///{folder / 'hub.db'}")
    written = list(journal.entries(till.db, till.identity.name, 1, after=0))
    for first in range(0, len(written), BATCH):
        intake.take(hub, written[first : first + BATCH], utc_text(world.clock.now()), {})
    for day in days_of(till):
        mine, mix = today.today(till, day, by=BY_MEI).now, tender_mix.tender_mix(till, day, by=BY_MEI)
        (theirs,) = totals.store_day(hub, "0017", str(day)).tills
        assert (theirs.sales, theirs.total_fen, theirs.backs, theirs.back_fen) == (
            mine.sales, mine.sold.fen, mine.backs, mine.back.fen,
        )  # fmt: skip
        paid = {each.kind.value: each.amount.fen for each in mix.tenders if each.amount}
        assert ({kind: fen for kind, fen in theirs.tenders.items() if fen}, theirs.parked) == (paid, 0)
    hub.dispose()


def check_every_view(till: Till) -> None:
    """Compare every view of every day with the journal."""
    naive = NaiveFigures(till.db.execute("SELECT seq, kind, at, body FROM journal ORDER BY seq").fetchall())
    days = days_of(till)
    for day in days:
        _check_today(till, naive, day)
        _check_hours(till, naive, day)
        _check_tenders(till, naive, day)
        _check_drawers(till, naive, day)
        _check_close(till, naive, day)
        _check_unusual(till, naive, day)
    for first in days:
        _check_goods(till, naive, first, days[-1])
        _check_people(till, naive, first, days[-1])
    _check_calendar(till, naive, days)
    _check_payments(till, naive, days)


def as_naive(of: DayFigures) -> dict[str, int]:
    """Figures as the naive ones are told."""
    amounts = {name: getattr(of, name).fen for name in ("sold", "back", "gross", "discount", "costed", "cost")}
    counts = {name: getattr(of, name) for name in ("sales", "backs", "units", "member_sales")}
    return {name: value for name, value in (amounts | counts).items() if value}


def nonzero(told: dict[str, int]) -> dict[str, int]:
    """What is not zero."""
    return {name: value for name, value in told.items() if value}


def _check_today(till: Till, naive: NaiveFigures, day: date) -> None:
    view = today.today(till, day, by=BY_MEI)
    assert as_naive(view.now) == nonzero(naive.day(str(day)))
    is_live = day == today.trading_day(till)
    until = utc_text(till.clock.now() - timedelta(days=7)) if is_live else "9"
    assert as_naive(view.before) == nonzero(naive.day(day_before(str(day), 7), until))
    acked = till.db.execute("SELECT count(*) FROM journal").fetchone()[0]
    assert view.trust.unsent == acked  # nobody ever sent anything here


def _check_hours(till: Till, naive: NaiveFigures, day: date) -> None:
    found = hours.hours(till, day, by=BY_MEI)
    told = naive.hours(str(day)), naive.hours(day_before(str(day), 7))
    for each in found:
        assert (each.sales, each.net.fen) == told[0].get(each.hour, (0, 0))
        assert (each.sales_before, each.net_before.fen) == told[1].get(each.hour, (0, 0))
    assert {*told[0], *told[1]} <= {each.hour for each in found}


def _check_tenders(till: Till, naive: NaiveFigures, day: date) -> None:
    mix = tender_mix.tender_mix(till, day, by=BY_MEI)
    told = naive.tenders(str(day))
    assert {each.kind.value: (each.count, each.amount.fen) for each in mix.tenders
            if each.count or each.amount} == told  # fmt: skip
    held = [expected for expected, counted in naive.drawers(str(day)).values() if counted is None]
    assert (None if mix.expected_cash is None else mix.expected_cash.fen) == (sum(held) if held else None)


def _check_drawers(till: Till, naive: NaiveFigures, day: date) -> None:
    cash = drawers.day_cash(till, day, by=BY_MEI)
    found = {each.shift.id: (each.expected.fen, each.counted.fen if each.counted is not None else None)
             for each in cash.drawers}  # fmt: skip
    assert found == naive.drawers(str(day))
    counted = [(expected, count) for expected, count in found.values() if count is not None]
    assert (cash.counted is None) == (not counted)
    if cash.difference is not None:
        assert cash.difference.fen == sum(count - expected for expected, count in counted)
    closed = drawers.over_short(till, day, day, by=BY_MEI)
    assert [each.shift.id for each in closed] == [key for key, (_, count) in found.items() if count is not None]


def _check_close(till: Till, naive: NaiveFigures, day: date) -> None:
    """What was closed is what was known then; what came since is named, and moves only the figures of now."""
    view, late = day_close.closed_day(till, day, by=BY_MEI), naive.late(str(day))
    if view is None:
        return
    assert [each.seq for each in view.late] == late
    assert as_naive(view.now) == nonzero(naive.day(str(day)))
    first = next(seq for seq, kind, _, body in naive.entries
                 if kind == "day.closed" and body["business_day"] == str(day))  # fmt: skip
    then = NaiveFigures([])
    then.entries = [each for each in naive.entries if each[0] < first]
    then.sold_of, then.by_return = naive.sold_of, naive.by_return
    assert as_naive(view.closed) == nonzero(then.day(str(day)))
    assert {kind: (total.count, total.amount.fen) for kind, total in view.tenders.items()
            if kind in set(TenderKind) and (total.count or total.amount)} == then.tenders(str(day))  # fmt: skip
    assert (view.closed == view.now) or view.is_restated


def _check_unusual(till: Till, naive: NaiveFigures, day: date) -> None:
    found = happenings.happenings(till, day, by=BY_MEI)
    told: list[tuple[int, str, int]] = []
    for seq, kind, _, body in naive.entries:
        if body.get("business_day") != str(day):
            continue
        if kind == "sale.completed":
            told += [(seq, what, fen) for what, fen in naive.by_hand(body)]
        if kind == "return.completed":
            told.append((seq, "return", body["total_fen"]))
        if kind in {"refund.done", "cart.voided"}:
            told.append((seq, kind.partition(".")[2].replace("done", "refund").replace("voided", "void"),
                         back_of(body)))  # fmt: skip
        if kind == "shift.closed" and body["counted_fen"] != body["expected_fen"]:
            told.append((seq, "over_short", body["counted_fen"] - body["expected_fen"]))
    wanted = {each[1] for each in told}
    assert sorted(
        (each.seq, each.kind.value, each.amount.fen) for each in found if each.kind.value in wanted
    ) == sorted(told)
    assert [each.seq for each in reversed(found) if each.kind is Unusual.LATE] == naive.late(str(day))
    assert all(origin and origin.entry.seq == each.seq for each in found[:3]
               if (origin := happenings.origin(till, each, by=BY_MEI)) or True)  # fmt: skip


def _check_goods(till: Till, naive: NaiveFigures, first: date, last: date) -> None:
    told = naive.goods(str(first), str(last))
    view = best_sellers.best_sellers(till, first, last, by=BY_MEI)
    assert {each.key: (each.quantity, each.amount.fen) for each in view.goods} == told
    assert [each.amount for each in view.goods] == sorted((each.amount for each in view.goods), reverse=True)
    shelf = {each["sku"]: each for each in SHELF}
    by_shelf: dict[str, int] = {}
    for sku, (_, fen) in told.items():
        by_shelf[shelf[sku]["category"]] = by_shelf.get(shelf[sku]["category"], 0) + fen
    assert {each.key: each.amount.fen for each in view.departments} == by_shelf
    pieces = best_sellers.best_sellers(till, first, last, by=BY_MEI, by_amount=False).goods
    counts = [each.quantity if each.unit == "piece" else 0 for each in pieces]
    assert counts == sorted(counts, reverse=True)


def _check_people(till: Till, naive: NaiveFigures, first: date, last: date) -> None:
    told = naive.people(str(first), str(last))
    view = people.people(till, first, last, by=BY_MEI)
    found = {(each.cashier, tally.value): (total.count, total.amount.fen)
             for each in view.persons for tally, total in each.tallies.items()}  # fmt: skip
    assert found == told
    for each in view.persons:
        sales = told.get((each.cashier, "sale"), (0, 0))[0]
        voided = told.get((each.cashier, "void"), (0, 0))[0]
        assert each.rates[Tally.VOID] == (None if not sales else round_half_up(voided * 1000, sales))
        units, seconds = told.get((each.cashier, "paced"), (0, 0))
        assert each.units_per_minute == (round_half_up(units * 6000, seconds) if seconds else None)


def round_half_up(dividend: int, divisor: int) -> int:
    """Divide, and round half up."""
    return (dividend * 2 + divisor) // (divisor * 2)


def _check_calendar(till: Till, naive: NaiveFigures, days: list[date]) -> None:
    for each in calendar.calendar(till, days[-1], 28, by=BY_MEI):
        told = naive.day(str(each.day))
        assert (each.sales, each.net.fen) == (told.get("sales", 0), told.get("sold", 0) - told.get("back", 0))
    closed = {body["business_day"] for _, kind, _, body in naive.entries if kind == "day.closed"}
    assert {str(each.day) for each in calendar.calendar(till, days[-1], 28, by=BY_MEI) if each.is_closed} == closed


def _check_payments(till: Till, naive: NaiveFigures, days: list[date]) -> None:
    """By the day of the calendar, as Alipay's bill is."""
    last = (till.clock.now() + timedelta(hours=8)).date()
    views = [payments_of_day.payments_of_day(till, FIRST + timedelta(days=place), by=BY_MEI)
             for place in range((last - FIRST).days + 1)]  # fmt: skip
    taken = sum(naive.tenders(str(day)).get("alipay", (0, 0))[1] for day in days)
    back = sum(body["amount_fen"] for _, kind, _, body in naive.entries if kind == "refund.done")
    assert sum(each.taken.fen for each in views) == taken
    assert sum(each.given_back.fen for each in views) == back
    still = {body["refund_id"]: body["state"] for _, kind, _, body in naive.entries if kind.startswith("refund.")}
    unsold = {each.id for each in payments.list_unsold(till.db)}
    assert unsold == {each.id for each in payments.list_paid_without_sale(till.db)}
    open_refunds = {each.id for each in views[-1].open if hasattr(each, "request_no")}
    assert open_refunds == {key for key, state in still.items() if state == RefundState.SENT}
