"""The gateway faults G1 to G12, each at a customer's code, at a code of ours, at a refund and at goods that come back.

A real till on real files, the real client, and the gateway simulator over HTTP, on one clock that is moved by hand.
``python -m tests.flow.fault_table`` plays them all and writes the table into docs/alipay.md.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from itertools import product
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from pos.alipay.gateway import AlipayGateway
from pos.domain.cart import Cart
from pos.domain.errors import GatewayDown, PosError
from pos.domain.money import ZERO, Money
from pos.domain.payment import Orphan, PaymentAttempt
from pos.domain.refund import Refund
from pos.domain.sale import TenderKind
from pos.sandbox.gateway import fresh_codes
from pos.storage import journal, payments, refunds
from pos.till import orphans, parts, pay, refund, resolve, returns, sell
from pos.till.till import Till
from tests.fakes import BY_MEI, NOODLES
from tests.flow.fault_shop import Shop, TillDied, opened_shop
from ui.charging import refused_word
from ui.messages import notice_for
from ui.stage import Said, Word

PAY, PRECREATE, QUERY = "alipay.trade.pay", "alipay.trade.precreate", "alipay.trade.query"
CANCEL, REFUND = "alipay.trade.cancel", "alipay.trade.refund"
CODE, QR, BACK, GOODS, SECOND = "customer code", "merchant QR", "refund", "return", "second part"
WAYS = {CODE: PAY, QR: PRECREATE, BACK: REFUND, GOODS: REFUND}
BACKS = {BACK, GOODS}
PRICE, PART = Money(450), Money(100)
FIRST = Money(200)
"""What is in cash already when the second part is asked for."""


def cart_of(till: Till) -> Cart:
    """Put a bowl of noodles on the counter."""
    cart = sell.new_cart(till)
    sell.scan(till, cart, NOODLES)
    return cart


@dataclass
class Customer:
    """Somebody who pays, and what may happen around it.

    Attributes:
        kind: how the account behaves (``gateway_values.KINDS``).
        scans_after_s: when a code of ours is scanned; never when negative.
        gives_up_after_s: when the cashier presses stop; never when negative.
    """

    kind: str = "normal"
    scans_after_s: float = 6
    gives_up_after_s: float = -1
    qr: str = ""


def take_money(
    shop: Shop, till: Till, way: str, customer: Customer, cart: Cart | None = None
) -> pay.Outcome | None:  # fmt: skip
    """Do what the counter does from Pay to the end; None when nothing could be begun."""
    cart, began = cart or cart_of(till), shop.clock.now()
    try:
        outcome = _ask(shop, till, cart, way, customer)
        while isinstance(outcome, pay.Waiting):
            _show(shop, outcome)
            shop.clock.advance(3)
            waited = (shop.clock.now() - began).total_seconds()
            if customer.qr and 0 <= customer.scans_after_s <= waited < customer.scans_after_s + 3:
                shop.scan(customer.qr, customer.kind)
            gives_up = 0 <= customer.gives_up_after_s <= waited
            if gives_up or shop.clock.now() >= outcome.attempt.confirm_until:
                outcome = pay.stop(till, cart, outcome.attempt, "stopped" if gives_up else "timeout")
            else:
                outcome = pay.check(till, cart, outcome.attempt)
    except PosError as error:
        shop.saw(notice_for(error).words)
        return None
    _show(shop, outcome)
    return outcome


def _ask(shop: Shop, till: Till, cart: Cart, way: str, customer: Customer) -> pay.Outcome:
    if way == CODE:
        return pay.charge(till, cart, fresh_codes(shop.address, kind=customer.kind)[0])
    outcome = pay.show_qr(till, cart)
    customer.qr = outcome.qr if isinstance(outcome, pay.Waiting) else ""
    return outcome


def _show(shop: Shop, outcome: pay.Outcome) -> None:
    """Note what the screen says of an outcome, in the words the counter has for it."""
    if isinstance(outcome, pay.Settled):
        shop.saw("支付宝收款成功")
    elif isinstance(outcome, pay.PartPaid):
        shop.saw(notice_for(Said(Word.PART_TAKEN, outcome.attempt.amount, str(outcome.due))).words)
    elif isinstance(outcome, pay.Refused):
        shop.saw(notice_for(Said(refused_word(outcome), outcome.attempt.amount, outcome.reason)).words)
    elif outcome.is_unknown:
        shop.saw("结果还不知道，不要让顾客再付")
    else:
        shop.saw("等顾客确认" if outcome.is_scanned else "等顾客扫码")


def give_back(shop: Shop, till: Till, way: str, *, before: Callable[[], None]) -> Refund | None:
    """Sell by a customer's code without trouble, then, after ``before``, pay a part back, or take the goods back."""
    sold = pay.charge(till, cart_of(till), fresh_codes(shop.address)[0])
    assert isinstance(sold, pay.Settled)
    before()
    try:
        made = pay_back(till, sold.sale.receipt_no, way)
    except PosError as error:
        shop.saw(notice_for(error).words)
        return None
    shop.saw({"done": "已退回", "sent": "正在退回，会自动办完", "refused": "退不了"}[made.state.value])
    return made


def pay_back(till: Till, receipt_no: str, way: str) -> Refund:
    """Pay a part of a sale back, or take its goods back."""
    if way == BACK:
        return refund.give_refund(till, refund.find_refundable(till, receipt_no), PART, "商品有问题", by=BY_MEI)
    found = returns.find_returnable(till, receipt_no)
    (made,) = returns.give_back(till, found, {1: 1}, "商品有问题", by=BY_MEI).refunds
    return made


def heal(shop: Shop, till: Till) -> None:
    """Mend the line and let the background look after everything for half an hour."""
    shop.mend()
    for _ in range(30):
        resolve.resolve(till)
        shop.clock.advance(60)
    assert payments.list_open(till.db) == []
    assert refunds.list_open(till.db) == []


def claimed(shop: Shop) -> Money:
    """Return what the tills say they took by Alipay less what they gave back, of a dead till's refunds too."""
    return sum((_claimed(shop.open(path.name)) for path in shop.folder.iterdir() if path.name in {"03", "04"}), ZERO)


def _claimed(till: Till) -> Money:
    query = (
        "SELECT (SELECT coalesce(sum(amount_fen), 0) FROM tenders WHERE kind = 'alipay')"
        " - (SELECT coalesce(sum(amount_fen), 0) FROM refunds WHERE state = 'done')"
    )
    fen = int(till.db.execute(query).fetchone()[0])
    orders = [each.facts for each in journal.entries(till.db, till.identity.name, 1) if each.kind == "orphan.cancelled"]
    till.close()
    given_back = {each["request_no"]: int(str(each["amount_fen"])) for each in orders if each["request_no"]}
    return Money(fen - sum(given_back.values()))


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    fault: str
    what: str
    way: str
    seen: tuple[str, ...]
    end: str
    kept: Money
    claimed: Money

    def cells(self) -> str:
        """Return it as a row of Markdown."""
        words = " → ".join(self.seen)
        return f"| {self.fault} | {self.way} | {self.what} | {words} | {self.end} | {self.kept} |"


Scenario = Callable[[Shop, Till, str], str]


def run(fault: str, way: str) -> Row:
    """Play one fault one way, heal, and return what came of it."""
    what, act = SECOND_FAULTS[fault] if way == SECOND else FAULTS[fault]
    with opened_shop() as shop:
        till = shop.open()
        end = act(shop, till, way)
        heal(shop, till)
        ended = end or _end(till)
        till.close()
        return Row(fault, what, way, tuple(shop.seen), ended, shop.kept, claimed(shop))


def _end(till: Till) -> str:
    attempts = [each[0] for each in till.db.execute("SELECT state FROM attempts ORDER BY started_at")]
    backs = [each[0] for each in till.db.execute("SELECT state FROM refunds ORDER BY started_at")]
    return " ".join([*attempts, *(f"refund {each}" for each in backs)]) or "nothing was begun"


def one_fault(name: str, *, seconds: float = 0, customer: Callable[[], Customer] = Customer) -> Scenario:
    """Return a scenario in which the first call of each way goes wrong."""

    def act(shop: Shop, till: Till, way: str) -> str:
        if way in BACKS:
            give_back(shop, till, way, before=lambda: shop.fault(name, REFUND, seconds=seconds))
        else:
            shop.fault(name, WAYS[way], seconds=seconds)
            take_money(shop, till, way, customer())
        return ""

    return act


def late_success(shop: Shop, till: Till, way: str) -> str:
    """The customer pays when nobody expects it any more: after the till has given up."""
    if way in BACKS:
        give_back(shop, till, way, before=lambda: shop.fault("late", REFUND, seconds=45))
        return ""
    customer = Customer(kind="never", gives_up_after_s=9)
    shop.fault("drop_before", CANCEL, count=2)
    outcome = take_money(shop, till, way, customer)
    assert isinstance(outcome, pay.Refused)
    accept = {"out_trade_no": outcome.attempt.out_trade_no, "accept": True}
    shop.http.post("/sandbox/confirm", json=accept).raise_for_status()
    return ""


def declined_then_again(shop: Shop, till: Till, way: str) -> str:
    """A refusal, whose request arrives twice; then the customer pays with a new number."""
    if way in BACKS:

        def empty_purse_twice() -> None:
            shop.http.post("/sandbox/wallets", json={"merchant_fen": 0}).raise_for_status()
            shop.fault("duplicate_last", REFUND)

        give_back(shop, till, way, before=empty_purse_twice)
        shop.http.post("/sandbox/wallets", json={"merchant_fen": 1_000_000}).raise_for_status()
        return ""
    shop.fault("duplicate_last", WAYS[way])
    take_money(shop, till, way, Customer(kind="decline_balance"))
    take_money(shop, till, way, Customer())
    return ""


def cancel_overtakes(shop: Shop, till: Till, way: str) -> str:
    """The cancel arrives before the payment it is for."""
    if way in BACKS:
        return one_fault("late", seconds=25)(shop, till, way)
    if way == CODE:
        shop.fault("late", PAY, seconds=20)
        take_money(shop, till, way, Customer(gives_up_after_s=9))
        return ""
    customer = Customer(scans_after_s=-1, gives_up_after_s=9)
    take_money(shop, till, way, customer)
    shop.clock.advance(30)
    shop.scan(customer.qr)  # a picture of the code, paid when it was off the screen
    return ""


def late_cancel(shop: Shop, till: Till, way: str) -> str:
    """The cancel wanders for half a minute while the customer pays."""
    if way in BACKS:
        return one_fault("late", seconds=30)(shop, till, way)
    shop.fault("late", CANCEL, seconds=30)
    shop.fault("drop_before", QUERY, count=1)
    take_money(shop, till, way, Customer(kind="password", gives_up_after_s=6 if way == CODE else 9))
    return ""


def wrong_answers(shop: Shop, till: Till, way: str) -> str:
    """Answers with a bad signature, a wrong amount and a wrong number, one after the other."""
    if way in BACKS:
        for name in ("bad_signature", "wrong_number"):
            give_back(shop, till, way, before=partial(shop.fault, name, REFUND))
        return ""
    shop.fault("bad_signature" if way == CODE else "wrong_amount", PAY if way == CODE else QUERY)
    for name in ("wrong_amount", "wrong_number", "unsigned_error"):
        shop.fault(name, QUERY)
    take_money(shop, till, way, Customer(scans_after_s=3))
    return ""


def way_back_lost(shop: Shop, till: Till, way: str) -> str:
    """The answer of what pays back is lost, twice."""
    if way in BACKS:
        give_back(shop, till, way, before=lambda: shop.fault("drop_after", REFUND))
        shop.fault("refund_lost", REFUND)
        return ""
    shop.fault("drop_after", QUERY, count=3)
    shop.fault("drop_after", CANCEL, count=2)
    take_money(shop, till, way, Customer(kind="never" if way == QR else "password", gives_up_after_s=9))
    return ""


def down_for_hours(shop: Shop, till: Till, way: str) -> str:
    """Nothing arrives for three hours; cash goes on."""
    if way in BACKS:
        give_back(shop, till, way, before=lambda: shop.fault("drop_before", "", count=100))
    else:
        shop.fault("drop_before", "", count=100)
        take_money(shop, till, way, Customer())
    while not shop.gateway.reach.is_down:
        shop.gateway.query(resolve.NEVER_USED)
    try:
        pay.charge(till, cart_of(till), fresh_codes(shop.address)[0])
    except GatewayDown as error:
        shop.saw(notice_for(error).words)
    sell.pay_cash(till, cart_of(till), PRICE)
    shop.clock.advance(3 * 3600)
    return ""


def dies_for_good(shop: Shop, till: Till, way: str) -> str:
    """The till burns with an open end; a manager at another till ends it by what the hub knows."""
    dead = shop.open("04")
    asked = _die_asking(shop, dead, way)
    shop.saw("（柜台坏了）")
    dead.close()
    shop.clock.advance(600)
    orphan = Orphan(
        "0017-04", asked.out_trade_no, asked.request_no if isinstance(asked, Refund) else "", asked.amount, "sent",
        asked.started_at,
    )  # fmt: skip
    orphans.give_back(till, orphan, by=BY_MEI)
    gone = orphans.give_back(till, orphan, by=BY_MEI)
    assert gone
    return "ended at another till"


def _die_asking(shop: Shop, dead: Till, way: str) -> PaymentAttempt | Refund:
    class Dying:
        """The gateway of a till that dies when the answer comes."""

        def __init__(self, real: AlipayGateway) -> None:
            self._real = real

        def __getattr__(self, name: str) -> Any:  # noqa: ANN401  (whatever the real one has)
            def call(*given: object) -> None:
                getattr(self._real, name)(*given)
                raise TillDied

            found = getattr(self._real, name)
            return call if name in {"pay", "precreate", "refund"} and not self._is_resting else found

        _is_resting = False

    dying = Dying(shop.gateway)
    try:
        if way in BACKS:
            dying._is_resting = True
            dead.gateway = dying
            sold = pay.charge(dead, cart_of(dead), fresh_codes(shop.address)[0])
            assert isinstance(sold, pay.Settled)
            dying._is_resting = False
            pay_back(dead, sold.sale.receipt_no, way)
        else:
            dead.gateway = dying
            take_money(shop, dead, way, Customer())
    except TillDied:
        pass
    return refunds.list_open(dead.db)[0] if way in BACKS else payments.list_open(dead.db)[0]


FAULTS: dict[str, tuple[str, Scenario]] = {
    "G1": ("the request never leaves", one_fault("drop_before")),
    "G2": ("the answer never comes", one_fault("drop_after")),
    "G3": ("success comes late", late_success),
    "G4": ("SYSTEM_ERROR, though it was done", one_fault("system_error")),
    "G5": ("refused, and the request arrives twice", declined_then_again),
    "G6": ("the cancel overtakes the payment", cancel_overtakes),
    "G7": ("the cancel arrives late", late_cancel),
    "G8": ("the request arrives twice, the second answer comes", one_fault("duplicate_last")),
    "G9": ("bad signature, wrong amount, wrong number", wrong_answers),
    "G10": ("the way back gets lost", way_back_lost),
    "G11": ("nothing arrives for hours", down_for_hours),
    "G12": ("the till dies for good", dies_for_good),
}


def half_paid(shop: Shop, till: Till) -> Cart:
    """Return a cart of which some is paid in cash."""
    cart = cart_of(till)
    part = pay.take(till, cart, TenderKind.CASH, FIRST)
    _show(shop, part)
    return cart


def pay_the_rest(shop: Shop, till: Till, cart: Cart) -> None:
    """Take in cash what Alipay did not bring: the first part stands."""
    standing = parts.standing(till, cart.sale_id)
    assert standing.taken == FIRST
    sell.pay_cash(till, cart, standing.due(cart.total))
    shop.saw("现金收款完成")


def second_unknown(shop: Shop, till: Till, _way: str) -> str:
    """Nobody knows of the second part for a while; then it is there and completes the sale."""
    cart = half_paid(shop, till)
    shop.fault("drop_after", PAY)
    shop.fault("drop_before", QUERY, count=2)
    assert isinstance(take_money(shop, till, CODE, Customer(), cart), pay.Settled)
    return ""


def second_late(shop: Shop, till: Till, _way: str) -> str:
    """The second part is given up, cash completes the sale, and then the customer confirms."""
    cart = half_paid(shop, till)
    shop.fault("drop_before", CANCEL, count=2)
    outcome = take_money(shop, till, CODE, Customer(kind="never", gives_up_after_s=9), cart)
    assert isinstance(outcome, pay.Refused)
    pay_the_rest(shop, till, cart)
    accept = {"out_trade_no": outcome.attempt.out_trade_no, "accept": True}
    shop.http.post("/sandbox/confirm", json=accept).raise_for_status()
    return ""


def second_declined(shop: Shop, till: Till, _way: str) -> str:
    """The second part is refused, its request arrives twice, and another code of the customer pays it."""
    cart = half_paid(shop, till)
    shop.fault("duplicate_last", PAY)
    take_money(shop, till, CODE, Customer(kind="decline_balance"), cart)
    assert isinstance(take_money(shop, till, CODE, Customer(), cart), pay.Settled)
    return ""


SECOND_FAULTS: dict[str, tuple[str, Scenario]] = {
    "G2": ("the answer never comes", second_unknown),
    "G3": ("success comes late", second_late),
    "G5": ("refused, and the request arrives twice", second_declined),
}
ROWS = [*product(FAULTS, WAYS), *((fault, SECOND) for fault in SECOND_FAULTS)]

HEAD = "| | way | what happens | what the cashier reads | how it ends | the shop keeps |\n|---|---|---|---|---|---|"


PAGE = Path(__file__).parents[2] / "docs" / "alipay.md"
BEGIN, END = "<!-- fault table: python -m tests.flow.fault_table -->\n", "<!-- end of the fault table -->"


def main() -> None:
    """Write the table into the page."""
    _app = QCoreApplication([])
    table = "\n".join([HEAD, *(run(fault, way).cells() for fault, way in ROWS)])
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}{table}\n{END}{rest.split(END)[1]}", "utf-8")


if __name__ == "__main__":
    main()
