"""Words the tests of payment share."""

from contextlib import closing

import pysqlite3.dbapi2 as sqlite

from pos.domain.cart import Cart
from pos.domain.gateway import InProcess, Paid, PayReply, Unknown
from pos.domain.money import Money
from pos.domain.payment import AttemptState, PaymentAttempt
from pos.till import pay
from pos.till.till import Till, till_file
from tests.fake_alipay import ScriptedGateway

CODE = "280000000000000001"
DUE = Money(200)
PAID, SHORT = Paid("2026112322001", DUE), Paid("2026112322001", Money(199))
SENT, PAID_STATE, CANCELLING, DEAD = AttemptState.SENT, AttemptState.PAID, AttemptState.CANCELLING, AttemptState.DEAD


def state_on_disk(till: Till, attempt_id: str) -> AttemptState:
    """Read an attempt by a connection that shares nothing with the till's."""
    with closing(sqlite.connect(str(till_file(till.settings)))) as other:
        return AttemptState(other.execute("SELECT state FROM attempts WHERE id = ?", [attempt_id]).fetchone()[0])


def states_on_disk(till: Till) -> dict[str, str]:
    with closing(sqlite.connect(str(till_file(till.settings)))) as other:
        return dict(other.execute("SELECT out_trade_no, state FROM attempts").fetchall())


def begin(till: Till, cart: Cart, reply: PayReply | None = None) -> PaymentAttempt:
    """Charge by a gateway that leaves the attempt open, and return it."""
    gateway, till.gateway = till.gateway, ScriptedGateway(pays=[reply or InProcess()], queries=[Unknown("")])
    waiting = pay.charge(till, cart, CODE)
    till.gateway = gateway
    assert isinstance(waiting, pay.Waiting)
    return waiting.attempt


def in_words(outcome: pay.Outcome) -> str:
    if isinstance(outcome, pay.Settled):
        return "Settled"
    if isinstance(outcome, pay.Waiting):
        return "Waiting unknown" if outcome.is_unknown else "Waiting"
    if isinstance(outcome, pay.PartPaid):
        return f"PartPaid {outcome.due}"
    words = ["Refused", outcome.reason, "certain" * outcome.is_certain, "returned" * outcome.is_returned]
    return " ".join(filter(None, words))
