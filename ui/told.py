"""Told: what the counter says of a member's number, a coupon, a shift gone on in, and money that waits."""

from pos.clock import BEIJING
from pos.domain.cart import Cart
from pos.domain.code import Code, CodeKind
from pos.domain.coupon import Lacks, coupon_waiting
from pos.domain.money import ZERO, Money
from pos.domain.shift import Shift
from pos.domain.staff import Cashier
from pos.till import sign_in
from pos.till.till import Till
from ui.stage import Said, Word

_WORDS = {Lacks.RULE: Word.COUPON_STRANGE, Lacks.GOODS: Word.COUPON_GOODS, Lacks.SPEND: Word.COUPON_SPEND,
          Lacks.FREE: Word.COUPON_FREE,
          Lacks.ELSE: Word.COUPON_WAITS}  # fmt: skip


def member_word(cart: Cart) -> Said | None:
    """Return what a member's price took off, or why it took nothing."""
    if cart.member is None:
        return None
    here = [rule for rule in cart.book.rules if not rule.stores or cart.store in rule.stores]
    for_members = {rule.id for rule in here if rule.members}
    saved = _saved(cart, for_members)
    number = Code(cart.member.number, CodeKind.MEMBER).masked
    if for_members and not cart.member.level:
        return Said(Word.MEMBER_STRANGE, reason=number)
    return Said(Word.MEMBER_HERE if saved else Word.MEMBER_LATER, saved, number)


def coupon_word(cart: Cart, code: str) -> Said:
    """Return what a coupon took off, or what it waits for."""
    waiting = coupon_waiting(cart, code)
    if waiting is None:
        saved = _saved(cart, {rule.id for rule in cart.book.rules if rule.coupon == code})
        return Said(Word.COUPON_USED, saved, code)
    names = (waiting.rule.name, waiting.rule.name_en) if waiting.rule else (code, "")
    return Said(_WORDS[waiting.lacks], waiting.missing, *names)


def shift_word(till: Till, shift: Shift, cashier: Cashier, cart: Cart) -> Said | None:
    """Return whose drawer somebody who has signed in goes on with, and whose cart lies there."""
    if shift.cashier == cashier.number:
        return Said(Word.CART_RESTORED) if cart.lines else None
    name = sign_in.name_of(till, shift.cashier)
    return Said(Word.OTHERS_CART, cart.total, name) if cart.lines else Said(Word.OTHERS_SHIFT, reason=name)


def not_yet_word(till: Till) -> Said:
    """Return that Alipay was just asked, and when: asked again, it is another time."""
    return Said(Word.NOT_YET, reason=f"{till.clock.now().astimezone(BEIJING):%H:%M:%S}")


def _saved(cart: Cart, rules: set[str]) -> Money:
    return sum((each.amount for each in cart.priced.reductions if each.rule in rules), ZERO)
