"""One transaction each, for a disk that fails at one of its operations: how a till is made ready, and what it does."""

import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.money import Money
from pos.domain.payment import PaymentAttempt
from pos.domain.refund import Refundable
from pos.storage import catalogue, journal
from pos.storage.database import Database, checkpoint
from pos.till import pay, refund, sell, shifts
from pos.till.till import Till
from tests.fakes import BY_MEI, LIN, WATER, World, goods
from tests.power.scenes import Stage, make_old


@dataclass(slots=True)
class Counter:
    """A till that stands ready for one verb, and what the verb is about."""

    world: World
    till: Till
    chance: Random = field(default_factory=lambda: Random(1))
    cart: Cart | None = None
    attempt: PaymentAttempt | None = None
    of: Refundable | None = None

    def open(self) -> None:
        self.till = self.world.open()

    def db(self, name: str) -> Database:
        return self.till.prices if name == "catalogue.db" else self.till.db

    def ring_up(self) -> Cart:
        self.cart = Stage(self.world, self.chance).fill(self.till)
        return self.cart


@dataclass(frozen=True, slots=True)
class Verb:
    """A transaction, or two.

    Attributes:
        ready: done before, on a disk that is well; a till that is opened by ``act`` is closed by it.
        act: done while it fails; again when it is mended.
    """

    name: str
    ready: Callable[[Counter], Any]
    act: Callable[[Counter], Any]
    database: str = "till.db"

    @property
    def opens(self) -> bool:
        """Whether the verb is to open the till."""
        return self.act is Counter.open


def _wait_for_alipay(counter: Counter) -> None:
    waiting = pay.charge(counter.till, counter.ring_up(), counter.world.alipay.show_code(must_confirm=True))
    assert isinstance(waiting, pay.Waiting)
    counter.attempt = waiting.attempt


def _confirmed(counter: Counter) -> None:
    _wait_for_alipay(counter)
    counter.world.alipay.confirm()


def _sold_by_alipay(counter: Counter) -> None:
    outcome = pay.charge(counter.till, counter.ring_up(), counter.world.alipay.show_code())
    assert isinstance(outcome, pay.Settled)
    counter.of = refund.find_refundable(counter.till, outcome.sale.receipt_no)


def _pay_cash(counter: Counter) -> object:
    assert counter.cart
    return sell.pay_cash(counter.till, counter.cart, counter.cart.total)


def _keep_draft(counter: Counter) -> None:
    assert counter.cart
    sell.keep_draft(counter.till, facts.cart_facts(counter.cart))


def _charge(counter: Counter) -> object:
    assert counter.cart
    return pay.charge(counter.till, counter.cart, counter.world.alipay.show_code())


def _check(counter: Counter) -> object:
    assert counter.cart
    assert counter.attempt
    return pay.check(counter.till, counter.cart, counter.attempt)


def _stop(counter: Counter) -> object:
    assert counter.cart
    assert counter.attempt
    return pay.stop(counter.till, counter.cart, counter.attempt, "stopped")


def _give_refund(counter: Counter) -> object:
    assert counter.of
    return refund.give_refund(counter.till, counter.of, Money(1), "破损", by=BY_MEI)


def _acknowledge(counter: Counter) -> None:
    till = counter.till
    with till.transaction():
        journal.acknowledge(till.db, 1, journal.head(till.db, 1)[0], till.clock.now())


def _checkpoint(counter: Counter) -> None:
    checkpoint(counter.till.db)


def _take_feed(counter: Counter) -> None:
    changed = [goods(f"70{number:04d}", "新品", 100 + number, f"69{number:011d}") for number in range(20)]
    catalogue.apply_feed(counter.till.prices, [*changed, goods("600101", "农夫山泉", 201, WATER)], ["600102"], "2")


def _sell_one(counter: Counter) -> None:
    counter.ring_up()
    _pay_cash(counter)


def _leave_a_log(counter: Counter) -> None:
    """Let the till die, so that what opens its files has a log to read."""
    _sell_one(counter)
    killed, counter.world.folder = counter.world.folder, counter.world.folder.with_name("left")
    shutil.rmtree(counter.world.folder, ignore_errors=True)
    shutil.copytree(killed, counter.world.folder, ignore=shutil.ignore_patterns("*-shm"))
    counter.till.close()


def _forget_all(counter: Counter) -> None:
    counter.till.close()
    for path in counter.world.folder.iterdir():
        path.unlink()


def _make_old(counter: Counter) -> None:
    counter.till.close()
    make_old(counter.world.folder)


VERBS = (
    Verb("cash sale", Counter.ring_up, _pay_cash),
    Verb("draft", Counter.ring_up, _keep_draft),
    Verb("Alipay sale", Counter.ring_up, _charge),
    Verb("Alipay confirmed", _confirmed, _check),
    Verb("Alipay stopped", _wait_for_alipay, _stop),
    Verb("refund", _sold_by_alipay, _give_refund),
    Verb("shift closed", lambda _: None, lambda counter: shifts.close_shift(counter.till, Money(1))),
    Verb("shift opened", lambda counter: shifts.close_shift(counter.till, Money(1)),
         lambda counter: shifts.open_shift(counter.till, LIN, Money(1))),
    Verb("acknowledged", lambda _: None, _acknowledge),
    Verb("checkpoint", _sell_one, _checkpoint),
    Verb("catalogue page", lambda _: None, _take_feed, "catalogue.db"),
    Verb("opening", _leave_a_log, Counter.open),
    Verb("new till", _forget_all, Counter.open),
    Verb("migration", _make_old, Counter.open),
)  # fmt: skip
