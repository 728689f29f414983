"""A world: tills, customers, Alipay and a hub under one seed; broken for a while, then mended, and audited."""

import hashlib
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from pathlib import Path
from random import Random
from tempfile import mkdtemp

from sqlalchemy import select

from pos.domain.money import Money
from pos.hub.database import open_engine, reading
from pos.hub.schema import entries, forks, parked
from pos.hub.schema import sales as hub_sales
from pos.sandbox.gateway_values import Trade
from pos.storage import catalogue, journal, payments
from pos.till import shifts
from pos.till.till import open_till
from tests.audit import Books
from tests.fake_time import CountingIds
from tests.fakes import LIN, SHELF, fake_settings, hire
from tests.simulation.alipay import Call, Line
from tests.simulation.chance import Options
from tests.simulation.counter import Around, Counter, stands_on_disk
from tests.simulation.disk import Disk, Killed
from tests.simulation.hub import SimHub
from tests.simulation.times import TrueTime

MENDED_WITHIN = timedelta(minutes=45)
"""How soon everything must have come to its end once nothing is broken any more: the cashier's ten minutes for money
without a sale, a code's life, and half an hour (invariant I24)."""


@dataclass(slots=True)
class Story:
    """What happened under a seed.

    Attributes:
        faults: how many of each kind were injected.
        checks: how often all books of a till were audited.
        digest: of everything that happened, in order; the same seed has the same.
    """

    seed: int
    options: Options
    faults: dict[str, int] = field(default_factory=dict)
    events: int = 0
    sales: int = 0
    kills: int = 0
    checks: int = 0
    trace: list[str] = field(default_factory=list)

    @property
    def digest(self) -> str:
        return hashlib.sha256("\n".join(self.trace).encode()).hexdigest()[:16]


class World:
    """Runs one seed; use it once.

    Args:
        folder: for real files; a folder in memory makes it quick.
    """

    def __init__(self, seed: int, folder: Path) -> None:
        self.chance = Random(seed)
        self.options = Options.draw(self.chance)
        self.story = Story(seed, self.options)
        self.time = TrueTime()
        self.line = Line.lay(self.options, self.chance, self.time, self.story.faults)
        self._depth = 0
        template = _template()
        shutil.copy(template / "hub.db", folder / "hub.db")
        self.hub = SimHub(folder / "hub.db", self.options, self.chance, self.time, self.story.faults)
        ids = CountingIds()
        around = Around(self.time, self.line, self.hub, self.chance, ids, self._on_wait)
        self.counters: list[Counter] = []
        for number in ("01", "02")[: self.options.tills]:
            shutil.copytree(template / number, folder / number)
            disk = Disk(number, folder / number, self.options, self.chance, self.story.faults)
            self.counters.append(Counter(number, disk, around))

    def run(self) -> Story:
        """Let everything happen, mend the world, and check what is left.

        Raises:
            AssertionError: a promise is broken.
        """
        try:
            for _ in range(self.options.steps):
                self._happen()
            self._mend()
            self._check_end()
        finally:
            for counter in self.counters:
                counter.close()
            self.hub.engine.dispose()
        return self.story

    # While it is broken

    def _happen(self) -> None:
        self.story.events += 1
        self.time.advance(self.chance.choice((0.2, 1, 3, 3, 10, 30)))
        if self.chance.random() < 0.01:
            self.time.advance(self.chance.choice((600, 3600, 26 * 3600)))
        if self.chance.random() < 0.3:
            self._let_customers_act()
        elif self.chance.random() < 0.06:
            self._let_the_world_act()
        else:
            self._let_a_till_act(self.chance.choice(self.counters))

    def _let_a_till_act(self, counter: Counter) -> None:
        actions = _WAITING if counter.attempt else _SELLING if counter.cart.lines else _EMPTY
        name = "change_shift" if counter.is_closed else self.chance.choice(actions)
        self._guard(counter, name, getattr(counter, name))

    def _guard(self, counter: Counter, name: str, action: Callable[[], None]) -> None:
        """Take an action of a till; when that kills its process, start it again and audit it."""
        try:
            said = counter.run(action)
        except Killed as killed:
            if killed.till != counter.number:
                raise
            self._restart(counter, killed)
            if self.chance.random() < 0.7:
                self._guard(counter, "resolve", counter.resolve_before_anybody_signs_in)
            said = "killed"
        self._note(f"{counter.number} {name} {said}")

    def _restart(self, counter: Counter, killed: Killed) -> None:
        self.story.kills += 1
        folder: Path | None = killed.folder
        while folder is not None:  # it may be killed again while it starts
            try:
                counter.restart(folder)
                folder = None
            except Killed as again:
                folder = again.folder
        self.story.checks += 1

    def _let_customers_act(self) -> None:
        acquirer, chance = self.line.acquirer, self.chance
        waiting = [trade for trade in acquirer.trades() if trade.status.value == "WAIT_BUYER_PAY"]
        photos = [photo for counter in self.counters for photo in counter.photos]
        if photos and chance.random() < 0.6:
            kind = chance.choice(("normal", "normal", "password", "never", "decline_balance"))
            acquirer.scan(chance.choice(photos[-3:]), f"c{chance.randrange(3)}", kind)
        elif waiting:
            acquirer.confirm(chance.choice(waiting).out_trade_no, accept=chance.random() < 0.7)
        self._note("customers")

    def _let_the_world_act(self) -> None:
        counter = self.chance.choice(self.counters)
        jump, back = self.chance.random(), self.chance.random()
        offset = timedelta(seconds=self.chance.choice((-3.15e8, -86_400, -300, 0, 90, 400, 86_400, 3.15e8)))
        if jump < self.options.clock_jumps * 8:
            counter.clock.offset = offset
            self.story.faults["clock_jumps"] = self.story.faults.get("clock_jumps", 0) + 1
        elif back < self.options.hub_restored * 8:
            self.hub.restore()
        else:
            self.hub.back_up()
        self._note(f"world {jump < self.options.clock_jumps * 8}")

    def _on_wait(self, counter: Counter, call: Call, where: str) -> None:
        """While a till waits for Alipay it may be killed, and other things happen."""
        assert not counter.payments.db.conn.in_transaction, "asked inside a transaction"
        if where == "before":
            assert stands_on_disk(counter.lane, call), f"{call.method} is not on disk"
        dies, meanwhile = self.chance.random(), self.chance.random()
        if self.line.is_mended:
            return
        if dies < self.options.dies_asking:
            self.story.faults["dies_asking"] = self.story.faults.get("dies_asking", 0) + 1
            raise counter.disk.die()
        if self._depth == 0 and meanwhile < self.options.meanwhile:
            self._depth = 1
            try:
                self._meanwhile(counter)
            finally:
                self._depth = 0

    def _meanwhile(self, asking: Counter) -> None:
        """Let somebody else do something: customers, another till, or the other lane of the same one."""
        self.time.advance(self.chance.choice((0.5, 3, 20)))
        if self.chance.random() < 0.3:
            self._let_customers_act()
            return
        counter = self.chance.choice(self.counters)
        name = self.chance.choice(_OTHER_LANE if counter is asking else _SELLING)
        if counter is not asking:
            self._guard(counter, name, getattr(counter, name))
        else:
            said = self._aside(counter, name)
            self._note(f"{counter.number} {name} {said} meanwhile")

    def _aside(self, counter: Counter, name: str) -> str:
        """Let the other lane of an asking till act; where the cart stands is the asking lane's business."""
        cart, attempt, customer = counter.cart, counter.attempt, counter.customer
        counter.is_asking = True
        said = counter.run(getattr(counter, name))
        counter.cart, counter.attempt, counter.customer, counter.is_asking = cart, attempt, customer, False
        return said

    def _note(self, what: str) -> None:
        self.story.trace.append(f"{self.time.now():%H%M%S%f} {what}")

    # When it is mended

    def _mend(self) -> None:
        """Mend everything, and let the tills run until nothing is open; then the hub may forget once more."""
        self.line.is_mended = self.hub.is_mended = True
        for counter in self.counters:
            counter.disk.is_mended, counter.clock.offset = True, timedelta()
        self._settle()
        if self.chance.random() < self.options.hub_restored * 8:
            self.hub.restore()
            self._settle()
        self.time.advance(3600)
        self.line.deliver()

    def _settle(self) -> None:
        until = self.time.now() + MENDED_WITHIN
        is_first = True  # the hub may have forgotten what nobody has to send
        while is_first or not self._is_quiet():
            is_first = False
            assert self.time.now() < until, f"still open: {self._what_is_open()}"
            self.time.advance(30)
            self.line.deliver()
            for counter in self.counters:
                for name in ("look", "resolve", "settle_up", "push", "push", "push"):
                    said = counter.run(getattr(counter, name))
                    self._note(f"{counter.number} {name} {said} mended")

    def _is_quiet(self) -> bool:
        return all(counter.is_quiet and counter.attempt is None for counter in self.counters)

    def _what_is_open(self) -> list[object]:
        return [
            [*payments.list_open(counter.lane.db), *payments.list_paid_without_sale(counter.lane.db)]
            for counter in self.counters
        ]

    def _check_end(self) -> None:
        books = {counter.number: counter.audit() for counter in self.counters}
        self.story.checks += len(books)
        self.story.sales = sum(len(each.sales) for each in books.values())
        _check_money(list(books.values()), self.line.acquirer.trades())
        with reading(self.hub.engine) as connection:
            assert not connection.execute(select(parked)).all()
            assert not connection.execute(select(forks)).all()
            for counter in self.counters:
                ours = [entry.hash for entry in journal.entries(counter.lane.db, f"0017-{counter.number}", 1)]
                query = select(entries.c.hash).filter_by(store="0017", till=counter.number).order_by(entries.c.seq)
                assert list(connection.scalars(query)) == ours, "hub and till differ"
            told = dict(connection.execute(select(hub_sales.c.sale_id, hub_sales.c.total_fen)).all())
        sold = {sale_id: sale["total_fen"] for each in books.values() for sale_id, sale in each.sales.items()}
        assert told == sold, "hub and till add up differently"


def _check_money(all_books: list[Books], trades: list[Trade]) -> None:
    """Check that Alipay keeps of each trade what is a tender less its refunds: nobody paid twice or for nothing."""
    claimed: dict[str, int] = {}
    for books in all_books:
        assert {each["state"] for each in books.attempts.values()} <= {"paid", "dead"}
        assert {each["state"] for each in books.refunds.values()} <= {"done", "refused"}
        for sale in books.sales.values():
            for tender in sale["tenders"]:
                if tender["kind"] == "alipay":
                    assert tender["out_trade_no"] not in claimed, "one payment, two sales"
                    claimed[tender["out_trade_no"]] = tender["amount_fen"]
    for books in all_books:
        for each in books.refunds.values():
            if each["state"] == "done":
                claimed[each["out_trade_no"]] -= each["amount_fen"]
    kept = {trade.out_trade_no: trade.kept.fen for trade in trades if trade.kept > Money(0)}
    assert {number: fen for number, fen in claimed.items() if fen} == kept, "Alipay and the tills differ"


_EMPTY = ("scan", "scan", "scan", "resolve", "push", "refund", "take_back", "look_up", "change_shift",
          "move_log")  # fmt: skip
_SELLING = (
    "scan", "pay_cash", "charge", "charge", "charge", "show_qr", "show_qr", "cash_part", "cash_part", "return_part",
    "hand_back", "resolve", "push", "leave",
)  # fmt: skip
_WAITING = (
    "look", "look", "look", "look", "stop", "pay_cash", "cash_part", "charge", "resolve", "push", "refund",
    "change_shift",
)  # fmt: skip
_OTHER_LANE = (
    "pay_cash", "cash_part", "return_part", "hand_back", "scan", "push", "change_shift", "move_log", "resolve", "look",
    "stop",
)  # fmt: skip


@cache
def _template() -> Path:
    """Make the files of a new hub and of two tills that have goods and an open shift, once a process."""
    memory = Path("/dev/shm")
    folder = Path(mkdtemp(dir=memory if memory.is_dir() else None, prefix="guitai-sim-"))
    time, ids = TrueTime(), CountingIds()
    for number in ("01", "02"):
        till = open_till(fake_settings(folder / number, till=number), None, time, ids)
        catalogue.apply_feed(till.prices, SHELF, [], "1")
        hire(till)
        shifts.open_shift(till, LIN, Money(10_000))
        till.close()
    open_engine(f"sqlite:///{folder / 'hub.db'}").dispose()
    return folder
