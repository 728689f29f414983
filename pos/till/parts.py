"""Parts: what is here of a sale's money before it is sold, and how it goes back, part by part or all of it."""

from pos.domain.cart import Cart
from pos.domain.errors import IllegalMove
from pos.domain.money import Money
from pos.domain.payment import AttemptState, Parts, PaymentAttempt
from pos.domain.sale import TenderKind
from pos.storage import payments, sales
from pos.till import pay, resolve
from pos.till.till import Till

NOTHING = Parts()


def standing(till: Till, sale_id: str) -> Parts:
    """Return the money of a sale to be that is here or asked for; nothing once it is sold."""
    return NOTHING if sales.find_sale(till.db, sale_id) else payments.parts_of(till.db, sale_id)


def take_cash(till: Till, cart: Cart, amount: Money) -> pay.Settled | pay.PartPaid:
    """Take a part in cash; raises what ``pay.take`` does."""
    outcome = pay.take(till, cart, TenderKind.CASH, amount)
    assert isinstance(outcome, (pay.Settled, pay.PartPaid)), outcome
    return outcome


def give_back_all(till: Till, sale_id: str) -> list[PaymentAttempt]:
    """Give back every part of a sale that will not be made, and return them as they then are.

    What is still being asked for is not touched: it has to be stopped first. What is CANCELLING afterwards goes on
    going back by itself, or, in cash, waits for ``handed_back``.
    """
    return [resolve.step(till, each, resolve.give_back) for each in standing(till, sale_id).paid]


def cash_to_hand_back(till: Till) -> list[PaymentAttempt]:
    """Return the parts in cash whose sale is not done, or that the customer is still to get back."""
    return payments.list_cash_of_no_sale(till.db)


def handed_back(till: Till, part: PaymentAttempt) -> PaymentAttempt:
    """Note that the customer has a part in cash back: the cashier's own word, for nobody else can know.

    Raises:
        IllegalMove: it is no cash, or it was not to go back, or it has been noted already.
    """
    if part.kind is not TenderKind.CASH or part.state is not AttemptState.CANCELLING:
        raise IllegalMove(state=part.state.value, to=AttemptState.DEAD.value)
    return pay.move(till, part, AttemptState.DEAD)
