"""Somebody else says yes in place; and what attackers try who would say it for themselves."""

import hashlib
import hmac
import json
from collections.abc import Callable
from dataclasses import replace

import pytest

from pos.domain.approval import Asked, ByBadge, ByPhone, ByPin, Proof, Told, approval_from
from pos.domain.cart import Cart
from pos.domain.cart_line import Discount
from pos.domain.errors import (
    NeedsManager,
    NoPhoneKey,
    PhoneCodeGone,
    PinPaused,
    PosError,
    SamePerson,
    UnknownBadge,
    WrongPhoneCode,
    WrongPin,
)
from pos.domain.money import Money
from pos.domain.payment import PaymentAttempt
from pos.domain.sale import TenderKind
from pos.domain.staff import Act, By, Cashier, Role
from pos.storage import journal, payments, sales
from pos.till import approvals, pay, proofs, sell, sign_in
from pos.till.till import Till
from tests.fake_alipay import FakeAlipay
from tests.fakes import CHEAP_HASHER, LIN, MEI, NOODLES, TEA, World

CartOf = Callable[..., Cart]
PINS = {LIN.number: "704815", MEI.number: "905147", "1005": "813702"}
SUN = Cashier("1005", "孙红", Role.SENIOR)
KEY = bytes(range(20))
REFUND = Asked(Act.REFUND, LIN, Money(1_250), "sale-1", "瓶子漏了")


@pytest.fixture(autouse=True)
def _people(till: Till) -> None:
    for each in (MEI, LIN, SUN):
        sign_in.put_staff(till, each, PINS[each.number], by=By(MEI) if each is not MEI else None, hasher=CHEAP_HASHER)
    proofs.give_phone_key(till, MEI.number, KEY, by=By(MEI))


def told(till: Till) -> list[tuple[str, dict[str, object]]]:
    """What the journal says of approvals, in order."""
    entries = journal.entries(till.db, till.identity.name, 1)
    return [(each.kind, dict(each.facts)) for each in entries if each.kind.startswith("approval.")]


def answer_by_hand(challenge: str, *, act: str, fen: int, till: str = "0017-03", key: bytes = KEY) -> str:
    """What the approver's device shows, written out from docs/protocol.md with nothing of ours."""
    text = f'{{"act":"{act}","amount_fen":{fen},"challenge":"{challenge}","till":"{till}"}}'
    mac = hmac.new(key, b"guitai yes\0" + text.encode(), hashlib.sha256).digest()
    return str(int.from_bytes(mac[:8], "big") % 1_000_000).zfill(6)


def by_phone(till: Till, asked: Asked) -> ByPhone:
    """The right answer to a fresh challenge."""
    digits = approvals.challenge(till, asked).digits
    return ByPhone(MEI.number, digits, answer_by_hand(digits, act=asked.act.value, fen=asked.amount.fen))


def test_a_pin_on_the_same_screen_lets_it_be_done(till: Till) -> None:
    assert approvals.is_needed(till, REFUND)
    assert approvals.approve(till, REFUND, ByPin(MEI.number, PINS[MEI.number])) == By(LIN, MEI)
    (tried, yes) = told(till)
    assert (tried[0], yes[0]) == ("approval.tried", "approval.given")
    kept = {"act": "refund", "sale_id": "sale-1", "amount_fen": 1250, "actor": "1001", "approver": "9001",
            "way": "pin", "reason": "瓶子漏了"}  # fmt: skip
    assert kept.items() <= yes[1].items()
    assert PINS[MEI.number] not in json.dumps(told(till))


def test_a_badge_lets_it_be_done_and_the_one_before_is_nobodys(till: Till) -> None:
    old, new = (proofs.give_badge(till, MEI.number, by=By(MEI)) for _ in range(2))
    assert approvals.approve(till, REFUND, ByBadge(new)) == By(LIN, MEI)
    with pytest.raises(UnknownBadge):
        approvals.approve(till, REFUND, ByBadge(old))
    assert [kind for kind, _ in told(till)][-2:] == ["approval.tried", "approval.refused"]
    assert old not in json.dumps(told(till))


def test_a_badge_of_somebody_whose_row_was_edited_is_nobodys(till: Till) -> None:
    badge = proofs.give_badge(till, LIN.number, by=By(MEI))
    till.db.execute("UPDATE staff SET role = 'manager' WHERE number = '1001'")
    with pytest.raises(UnknownBadge):
        proofs.whose_badge(till, badge)


def test_six_digits_over_the_telephone_let_it_be_done(till: Till) -> None:
    assert approvals.approve(till, REFUND, by_phone(till, REFUND)) == By(LIN, MEI)
    assert told(till)[-1][1]["way"] == "phone"


def test_a_senior_goes_as_far_as_a_senior_may(till: Till) -> None:
    """A senior gives back up to 200.00 alone and lets others do so; one fen more needs a manager."""
    enough, too_much = Asked(Act.REFUND, LIN, Money(20_000)), Asked(Act.REFUND, LIN, Money(20_001))
    sun = ByPin(SUN.number, PINS[SUN.number])
    assert approvals.approve(till, enough, sun) == By(LIN, SUN)
    with pytest.raises(NeedsManager):
        approvals.approve(till, too_much, sun)
    assert told(till)[-1][1]["why"] == "P-116"


# Attacks: each is refused, and in the journal


def refused(till: Till, asked: Asked, proof: Proof, error: type[PosError]) -> None:
    """See that it is refused for this reason, and that the journal has the try and how it ended."""
    before = len(told(till))
    with pytest.raises(error):
        approvals.approve(till, asked, proof)
    tried, ended = told(till)[before:]
    assert (tried[0], ended[0], ended[1]["why"]) == ("approval.tried", "approval.refused", error.code)
    assert (ended[1]["act"], ended[1]["amount_fen"]) == (asked.act.value, asked.amount.fen)


def test_a_phone_code_is_good_once(till: Till) -> None:
    proof = by_phone(till, REFUND)
    approvals.approve(till, REFUND, proof)
    refused(till, REFUND, proof, PhoneCodeGone)


@pytest.mark.parametrize(
    "other",
    [
        Asked(Act.REFUND, LIN, Money(12_500), "sale-1", "瓶子漏了"),
        Asked(Act.REFUND, LIN, Money(1_250), "sale-2", "瓶子漏了"),
        Asked(Act.DISCOUNT, LIN, Money(1_250), "sale-1", "瓶子漏了"),
        Asked(Act.REFUND, Cashier("1003", "赵雪", Role.CASHIER), Money(1_250), "sale-1"),
    ],
    ids=["another amount", "another sale", "another act", "another cashier"],
)
def test_a_phone_code_is_good_for_nothing_else(till: Till, other: Asked) -> None:
    refused(till, other, by_phone(till, REFUND), PhoneCodeGone)


def test_what_was_told_over_the_telephone_must_be_what_the_till_asks(till: Till) -> None:
    """The cashier says 12.50 and has the till ask 1250.00: the device reckons with 12.50, and that fits nothing."""
    much = Asked(Act.REFUND, LIN, Money(125_000), "sale-1")
    digits = approvals.challenge(till, much).digits
    refused(till, much, ByPhone(MEI.number, digits, answer_by_hand(digits, act="refund", fen=1250)), WrongPhoneCode)


def test_after_a_minute_a_phone_code_is_worth_nothing(world: World, till: Till) -> None:
    proof = by_phone(till, REFUND)
    world.clock.advance(60.5)
    refused(till, REFUND, proof, PhoneCodeGone)


def test_within_the_minute_it_is_still_good(world: World, till: Till) -> None:
    proof = by_phone(till, REFUND)
    world.clock.advance(59.5)
    assert approvals.approve(till, REFUND, proof)


def test_setting_the_clock_back_lengthens_no_minute(world: World, till: Till) -> None:
    proof, began = by_phone(till, REFUND), world.clock.now()
    world.clock.advance(61)
    world.clock.set(began)
    refused(till, REFUND, proof, PhoneCodeGone)


def test_a_new_challenge_ends_the_one_before(till: Till) -> None:
    proof = by_phone(till, REFUND)
    approvals.challenge(till, REFUND)
    refused(till, REFUND, proof, PhoneCodeGone)


def test_a_code_of_another_till_or_another_key_is_worth_nothing(till: Till) -> None:
    digits = approvals.challenge(till, REFUND).digits
    for wrong in (
        answer_by_hand(digits, act="refund", fen=1250, till="0017-04"),
        answer_by_hand(digits, act="refund", fen=1250, key=bytes(20)),
    ):
        refused(till, REFUND, ByPhone(MEI.number, digits, wrong), WrongPhoneCode)


def test_guessing_six_digits_is_held_to_the_tries_of_a_pin(till: Till) -> None:
    proof = by_phone(till, REFUND)
    wrong = ByPhone(MEI.number, proof.challenge, "000000" if proof.answer != "000000" else "000001")
    for _ in range(5):
        refused(till, REFUND, wrong, WrongPhoneCode)
    refused(till, REFUND, proof, PinPaused)


def test_nobody_approves_what_they_do_themselves(till: Till) -> None:
    own = Asked(Act.REFUND, MEI, Money(1_250), "sale-1")
    refused(till, own, ByPin(MEI.number, PINS[MEI.number]), SamePerson)
    refused(till, own, ByBadge(proofs.give_badge(till, MEI.number, by=By(MEI))), SamePerson)
    refused(till, own, by_phone(till, own), SamePerson)


def test_a_cashier_cannot_let_a_cashier(till: Till) -> None:
    refused(till, Asked(Act.NO_SALE, SUN), ByPin(LIN.number, PINS[LIN.number]), NeedsManager)


def test_a_pin_guessed_with_the_plug_pulled_is_counted_and_in_the_journal(
    world: World, till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each time the plug goes while the PIN is looked at; five guesses are all there are, the sixth waits."""

    def plug(*_: object, **__: object) -> bool:
        raise KeyboardInterrupt

    with monkeypatch.context() as pulled:
        pulled.setattr("pos.till.pins.fits", plug)
        for guess in range(5):
            with pytest.raises(KeyboardInterrupt):
                approvals.approve(till, REFUND, ByPin(MEI.number, f"90514{guess}"))
            till = world.open_anew()
    refused(till, REFUND, ByPin(MEI.number, PINS[MEI.number]), PinPaused)
    assert [kind for kind, _ in told(till)].count("approval.tried") == 6


def test_a_code_waits_for_nobody_over_a_restart_of_the_machine(world: World, till: Till) -> None:
    proof = by_phone(till, REFUND)
    till = world.open_anew()
    world.clock._monotonic = 0
    refused(till, REFUND, proof, PhoneCodeGone)


def test_a_wrong_pin_is_refused_as_at_sign_in(till: Till) -> None:
    refused(till, REFUND, ByPin(MEI.number, "111222"), WrongPin)


def test_another_till_answers_what_a_device_would_have_answered(till: Till) -> None:
    asked = Told("0017-04", Act.REFUND, Money(1_250), "12345678")
    said = approvals.answer(till, asked, MEI.number, PINS[MEI.number])
    assert said == answer_by_hand("12345678", act="refund", fen=1_250, till="0017-04")
    assert told(till) == []


def test_the_answer_fits_only_what_was_told(till: Till) -> None:
    shown = approvals.challenge(till, REFUND)
    less = Told(till.identity.name, Act.REFUND, Money(125), shown.digits)
    wrong = ByPhone(MEI.number, shown.digits, approvals.answer(till, less, MEI.number, PINS[MEI.number]))
    refused(till, REFUND, wrong, WrongPhoneCode)
    right = replace(less, amount=REFUND.amount)
    proof = ByPhone(MEI.number, shown.digits, approvals.answer(till, right, MEI.number, PINS[MEI.number]))
    assert approvals.approve(till, REFUND, proof) == By(LIN, MEI)


@pytest.mark.parametrize(
    ("number", "pin", "fen", "error"),
    [(MEI.number, "111222", 1_250, WrongPin), (LIN.number, PINS[LIN.number], 1_250, NeedsManager),
     (SUN.number, PINS["1005"], 20_001, NeedsManager), (SUN.number, PINS["1005"], 20_000, NoPhoneKey)],
)  # fmt: skip
def test_nobody_answers_further_than_they_may_say_yes(
    till: Till, number: str, pin: str, fen: int, error: type[PosError]
) -> None:
    with pytest.raises(error):
        approvals.answer(till, Told("0017-04", Act.REFUND, Money(fen), "12345678"), number, pin)


def test_without_a_key_nobody_answers_the_telephone(till: Till) -> None:
    digits = approvals.challenge(till, REFUND).digits
    refused(till, REFUND, ByPhone(SUN.number, digits, "123456"), NoPhoneKey)


def test_a_locked_key_is_of_no_use_without_the_key_of_pins(till: Till) -> None:
    """What the database has of it is not it, and its row fits no other role."""
    row = till.db.execute("SELECT phone_key FROM staff WHERE number = '9001'").fetchone()[0]
    assert KEY.hex() not in row
    till.db.execute("UPDATE staff SET role = 'senior' WHERE number = '9001'")
    digits = approvals.challenge(till, REFUND).digits
    refused(till, REFUND, ByPhone(MEI.number, digits, answer_by_hand(digits, act="refund", fen=1250)), NoPhoneKey)


# Prices and discounts by hand


def test_a_discount_within_the_limit_needs_nobody(till: Till, cart_of: CartOf) -> None:
    cart = cart_of(TEA)
    cart.set_discount(1, Discount(percent=25))
    assert approvals.lacking(till, cart, LIN) is None


def test_a_discount_beyond_the_limit_is_not_sold_before_somebody_says_yes(till: Till, cart_of: CartOf) -> None:
    """Half of 4.50 is 2.25: within the amount, but more than 30 percent."""
    cart = cart_of(NOODLES)
    cart.set_discount(1, Discount(percent=50))
    asked = approvals.lacking(till, cart, LIN)
    assert asked == Asked(Act.DISCOUNT, LIN, Money(225), cart.sale_id, percent=50)
    approvals.approve(till, asked, ByPin(MEI.number, PINS[MEI.number]))
    assert approvals.lacking(till, cart, LIN) is None
    cart.set_discount(1, Discount(percent=60))
    assert approvals.lacking(till, cart, LIN), "a yes to 2.25 is none to 2.70"
    assert approvals.lacking(till, cart, MEI) is None


def test_a_yes_to_a_small_part_of_something_dear_is_none_to_nearly_all_of_something_cheap(
    till: Till, cart_of: CartOf
) -> None:
    """By hand: 31 percent of 199.99 is 62.00; 80 percent of 4.50 is 3.60, far less money and far more of the line."""
    cart = cart_of(TEA, NOODLES)
    cart.set_discount(1, Discount(percent=31))
    asked = approvals.lacking(till, cart, LIN)
    assert asked == Asked(Act.DISCOUNT, LIN, Money(6_200), cart.sale_id, percent=31)
    approvals.approve(till, asked, ByPin(MEI.number, PINS[MEI.number]))
    assert approvals.lacking(till, cart, LIN) is None
    cart.set_discount(1, None)
    cart.set_discount(2, Discount(percent=80))
    assert approvals.lacking(till, cart, LIN) == Asked(Act.DISCOUNT, LIN, Money(360), cart.sale_id, percent=80)
    with pytest.raises(NeedsManager):
        sell.pay_cash(till, cart, Money(100_000))


def test_a_yes_from_before_there_were_percentages_goes_as_far_as_its_amount() -> None:
    """What was paid for meanwhile must not go back to the customer because the till was updated."""
    told = {
        "approval_id": "a", "act": "discount", "sale_id": "s", "amount_fen": 225, "actor": "1001", "approver": "9001",
        "way": "pin", "reason": "", "given_at": "2026-11-23T02:00:00.000Z",
    }  # fmt: skip
    assert approval_from(told).percent == 100
    assert approval_from(told | {"percent": 50}).percent == 50


def test_digits_that_were_asked_for_one_percentage_are_good_for_no_other(till: Till) -> None:
    asked = Asked(Act.DISCOUNT, LIN, Money(360), "sale-1", percent=31)
    shown = approvals.challenge(till, asked).digits
    proof = ByPhone(MEI.number, shown, answer_by_hand(shown, act="discount", fen=360))
    with pytest.raises(PhoneCodeGone):
        approvals.approve(till, replace(asked, percent=80), proof)
    assert approvals.approve(till, asked, proof)


def test_money_that_is_here_sells_no_cart_that_was_made_cheaper_since(till: Till, cart_of: CartOf) -> None:
    """Attack: 1.00 of 4.50 is paid, and the rest is taken off by hand before the sale is finished."""
    cart = cart_of(NOODLES)
    part = pay.take(till, cart, TenderKind.CASH, Money(100))
    assert isinstance(part, pay.PartPaid)
    attempt = part.attempt
    cart.set_discount(1, Discount(amount=Money(350)))
    with pytest.raises(NeedsManager):
        pay.finish_paid(till, cart, attempt)
    asked = approvals.lacking(till, cart, LIN)
    assert asked
    approvals.approve(till, asked, ByPin(MEI.number, PINS[MEI.number]))
    assert pay.finish_paid(till, cart, attempt).total == Money(100)


@pytest.mark.parametrize("look", [pay.check, lambda till, cart, attempt: pay.stop(till, cart, attempt, "stopped")])
def test_looking_whether_money_came_sells_no_cart_that_was_made_cheaper_since(
    till: Till, cart_of: CartOf, alipay: FakeAlipay, look: Callable[[Till, Cart, PaymentAttempt], pay.Outcome]
) -> None:
    """Attack: 1.00 of 4.50 is being paid, and the rest is taken off meanwhile; the money is kept and the yes asked."""
    cart = cart_of(NOODLES)
    alipay.lose_next_reply()
    alipay.lose_next_reply()
    waiting = pay.charge(till, cart, alipay.show_code(), Money(100))
    assert isinstance(waiting, pay.Waiting)
    cart.set_discount(1, Discount(amount=Money(350)))
    with pytest.raises(NeedsManager):
        look(till, cart, waiting.attempt)
    assert sales.find_sale(till.db, cart.sale_id) is None
    (paid,) = payments.list_paid_without_sale(till.db)
    assert (paid.amount, alipay.kept) == (Money(100), Money(100))
    asked = approvals.lacking(till, cart, LIN)
    assert asked
    approvals.approve(till, asked, ByPin(MEI.number, PINS[MEI.number]))
    assert pay.finish_paid(till, cart, paid).total == Money(100)


def test_a_yes_to_one_sale_is_none_to_another(till: Till, cart_of: CartOf) -> None:
    one, other = cart_of(NOODLES), cart_of(NOODLES)
    for cart in (one, other):
        cart.set_price(1, Money(100))
    asked = approvals.lacking(till, one, LIN)
    assert asked
    assert (asked.act, asked.amount) == (Act.PRICE, Money(350))
    approvals.approve(till, asked, ByPin(MEI.number, PINS[MEI.number]))
    assert approvals.lacking(till, one, LIN) is None
    assert approvals.lacking(till, other, LIN)


def test_the_verb_itself_refuses_what_nobody_approved(till: Till, alipay: FakeAlipay, cart_of: CartOf) -> None:
    cart = cart_of(NOODLES)
    cart.set_discount(1, Discount(percent=50))
    for ask in (
        lambda: sell.pay_cash(till, cart, Money(1000)),
        lambda: pay.charge(till, cart, alipay.show_code()),
        lambda: pay.show_qr(till, cart),
        lambda: pay.take(till, cart, TenderKind.CASH, Money(100)),
    ):
        with pytest.raises(NeedsManager):
            ask()
    assert alipay.calls == []
    asked = approvals.lacking(till, cart, LIN)
    assert asked
    approvals.approve(till, asked, ByPin(MEI.number, PINS[MEI.number]))
    assert sell.pay_cash(till, cart, Money(1000)).total == Money(225)


def test_whoever_sells_is_held_to_their_own_limit_in_anybodys_shift(till: Till, cart_of: CartOf) -> None:
    """Lin's shift, Mei at the till: half off is Mei's to give, and the sale is Mei's."""
    cart = cart_of(NOODLES)
    cart.set_discount(1, Discount(percent=50))
    assert sell.pay_cash(till, replace(cart, cashier=MEI.number), Money(1000)).cashier == MEI.number
