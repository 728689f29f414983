"""Stand-ins for the world: a clock, ids, an Alipay in this process, and a shelf of goods."""

import itertools
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Literal, TypeVar, cast

import pysqlite3.dbapi2 as sqlite
from argon2 import PasswordHasher
from sqlite_utils import Database

from pos.clock import uuid7
from pos.domain.entry import Json
from pos.domain.gateway import (
    Cancelled,
    CancelReply,
    Charge,
    Closed,
    Declined,
    InProcess,
    NotFound,
    Paid,
    PayReply,
    QueryReply,
    Unknown,
)
from pos.domain.money import ZERO, Money
from pos.domain.staff import Cashier, Role
from pos.settings import Settings, TillSettings
from pos.storage import catalogue
from pos.till import shifts
from pos.till.till import Till, open_till

Reply = TypeVar("Reply", Paid | InProcess | Declined, Paid | InProcess | Closed)

MORNING = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
"""Ten in the morning of 23 November 2026 in the shop."""
CODE_LIVES_S = 60
"""How long a payment code can be charged (Alipay: refreshed every minute)."""
REQUEST_WANDERS_S = 60
"""How long a request that is lost may still arrive."""

CHEAP_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
"""Argon2id that costs nothing; a hash says itself how it was made, so the till needs not know."""
LIN = Cashier("1001", "林小雨", Role.CASHIER)

WATER, NOODLES, APPLES, TEA = "6901234567892", "6909876543212", "600103", "96385074"
"""Texts that can be scanned: two EAN-13, the number of a weighed product, an EAN-8."""


class FakeClock:
    """A clock that stands still until it is told to go on."""

    def __init__(self, start: datetime = MORNING) -> None:
        self._now, self._monotonic = start, 1000.0

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def advance(self, seconds: float) -> None:
        """Let this much time pass."""
        self._now += timedelta(seconds=seconds)
        self._monotonic += seconds

    def set(self, at: datetime) -> None:
        """Jump to a moment, as a clock does that is set by hand."""
        self._now = at


class CountingIds:
    """UUIDv7 whose random part counts up, so that a run can be repeated; threads may share it."""

    def __init__(self) -> None:
        self._count = itertools.count(1)

    def new(self, at: datetime) -> str:
        return uuid7(at, next(self._count).to_bytes(10, "big"))


@dataclass(slots=True)
class Code:
    """A code on a customer's phone."""

    customer: str
    shown_at: datetime
    must_confirm: bool
    sub_code: str
    is_used: bool = False
    is_refused_once: bool = False


@dataclass(frozen=True, slots=True)
class Trade:
    """A trade as Alipay keeps it."""

    charge: Charge
    customer: str
    trade_no: str
    state: Literal["waiting", "paid", "closed"]
    undone: Cancelled = field(default_factory=Cancelled)


@dataclass(slots=True)
class _Fault:
    """What befalls the next call: its request or its reply is lost, it has a twin, or its caller dies."""

    where: Literal["request", "reply", "twin"]
    arrives_after_s: float | None = None
    dying: BaseException | None = None


@dataclass(slots=True)
class FakeAlipay:
    """Alipay by its own rules, in this process, with a line that can be bad.

    A code is good for 60 s and for one trade; the same ``out_trade_no`` is the same trade, or refused when
    anything else differs; a trade that is closed never comes alive; cancel closes what is unpaid, pays back
    what is paid, and knows nothing of what has not arrived, which it does not remember.

    Attributes:
        trades: by ``out_trade_no``.
        calls: the name and ``out_trade_no`` of every call, also of those that were lost.
        on_call: is told of each call before anything else happens.
        is_down: nothing gets through, nothing arrives later.
    """

    clock: FakeClock
    trades: dict[str, Trade] = field(default_factory=dict)
    calls: list[tuple[str, str]] = field(default_factory=list)
    on_call: Callable[[str, str], None] = lambda _name, _out_trade_no: None
    is_down: bool = False
    _codes: dict[str, Code] = field(default_factory=dict)
    _faults: list[_Fault] = field(default_factory=list)
    _wandering: list[tuple[datetime, Charge]] = field(default_factory=list)
    _wrong_amount: Money | None = None

    # Customers

    def show_code(
        self, customer: str = "王女士", *, must_confirm: bool = False, sub_code: str = "", once: bool = False
    ) -> str:
        """Return a fresh code of a customer, 18 digits.

        Args:
            must_confirm: the customer has to type a password: the trade waits for ``confirm``.
            sub_code: why Alipay will refuse it.
            once: it is refused once; by the second request the customer has topped up.
        """
        text = f"28{len(self._codes) + 1:016d}"
        self._codes[text] = Code(customer, self.clock.now(), must_confirm, sub_code, is_refused_once=once)
        return text

    def confirm(self, customer: str = "王女士") -> int:
        """Let a customer type the password for every trade that waits, and return how many did."""
        self.deliver()
        waiting = [each for each in self.trades.values() if each.customer == customer and each.state == "waiting"]
        for trade in waiting:
            self._put(replace(trade, state="paid"))
        return len(waiting)

    def walk_away(self, customer: str = "王女士") -> None:
        """Let the trades a customer never confirmed run out."""
        self.deliver()
        for trade in [*self.trades.values()]:
            if trade.customer == customer and trade.state == "waiting":
                self._put(replace(trade, state="closed"))

    @property
    def kept(self) -> Money:
        """The money of all customers that is with us."""
        self.deliver()
        return sum((each.charge.amount for each in self.trades.values() if each.state == "paid"), ZERO)

    def kept_from(self, customer: str) -> Money:
        """The money of one customer that is with us."""
        self.deliver()
        paid = [each for each in self.trades.values() if each.state == "paid" and each.customer == customer]
        return sum((each.charge.amount for each in paid), ZERO)

    # The line

    def lose_next_reply(self, *, dying: BaseException | None = None) -> None:
        """Let the next call happen, and its answer get lost; or let its caller die instead of hearing it."""
        self._faults.append(_Fault("reply", dying=dying))

    def lose_next_request(self, *, arrives_after_s: float | None = None, dying: BaseException | None = None) -> None:
        """Let the next call get lost on its way; a ``pay`` may arrive later, when nobody waits for it any more."""
        self._faults.append(_Fault("request", arrives_after_s, dying))

    def double_next_request(self, *, arrives_after_s: float) -> None:
        """Let the next ``pay`` happen, and a copy of its request arrive later."""
        self._faults.append(_Fault("twin", arrives_after_s))

    def misstate_next_amount(self, amount: Money) -> None:
        """Let the next answer that says paid say another amount."""
        self._wrong_amount = amount

    def forget_faults(self) -> None:
        """Mend the line; what wanders still arrives."""
        self._faults.clear()
        self.is_down = False

    def deliver(self) -> None:
        """Let every request arrive whose time has come; what wanders too long is gone."""
        due = sorted((each for each in self._wandering if each[0] <= self.clock.now()), key=lambda each: each[0])
        self._wandering = [each for each in self._wandering if each[0] > self.clock.now()]
        for at, charge in due:
            self._take(charge, at)

    # The port

    def pay(self, charge: Charge) -> PayReply:
        fault = self._begin("pay", charge.out_trade_no)
        if fault and fault.arrives_after_s is not None and fault.arrives_after_s <= REQUEST_WANDERS_S:
            self._wandering.append((self.clock.now() + timedelta(seconds=fault.arrives_after_s), charge))
        if fault and fault.where == "request":
            return self._lost(fault)
        reply = self._take(charge, self.clock.now())
        return self._lost(fault) if fault and fault.where == "reply" else self._told(reply)

    def query(self, out_trade_no: str) -> QueryReply:
        fault = self._begin("query", out_trade_no)
        if fault and fault.where != "twin":
            return self._lost(fault)
        trade = self.trades.get(out_trade_no)
        return self._told(_as_reply(trade)) if trade else NotFound()

    def cancel(self, out_trade_no: str) -> CancelReply:
        fault = self._begin("cancel", out_trade_no)
        if fault and fault.where == "request":
            return self._lost(fault)
        reply = self._undo(out_trade_no)
        return self._lost(fault) if fault and fault.where == "reply" else reply

    # Inside

    def _begin(self, name: str, out_trade_no: str) -> _Fault | None:
        self.calls.append((name, out_trade_no))
        self.on_call(name, out_trade_no)
        self.deliver()
        if self.is_down:
            return _Fault("request")
        return self._faults.pop(0) if self._faults else None

    def _lost(self, fault: _Fault) -> Unknown:
        if fault.dying:
            raise fault.dying
        return Unknown(f"{fault.where} lost")

    def _told(self, reply: Reply) -> Reply | Paid:
        wrong = self._wrong_amount
        if not isinstance(reply, Paid) or wrong is None:
            return reply
        self._wrong_amount = None
        return Paid(reply.trade_no, wrong)

    def _take(self, charge: Charge, at: datetime) -> Paid | InProcess | Declined:
        known = self.trades.get(charge.out_trade_no)
        if known is None:
            return self._take_new(charge, at)
        if known.charge != charge:
            return Declined("ACQ.CONTEXT_INCONSISTENT")
        reply = _as_reply(known)
        return Declined("ACQ.TRADE_HAS_CLOSE") if isinstance(reply, Closed) else reply

    def _take_new(self, charge: Charge, at: datetime) -> Paid | InProcess | Declined:
        code = self._codes.get(charge.auth_code)
        if code is None or code.is_used or at - code.shown_at > timedelta(seconds=CODE_LIVES_S):
            return Declined("ACQ.PAYMENT_AUTH_CODE_INVALID")
        if code.sub_code:
            sub_code, code.sub_code = code.sub_code, "" if code.is_refused_once else code.sub_code
            return Declined(sub_code)
        code.is_used = True
        trade_no = f"{at:%Y%m%d}22001{len(self.trades) + 1:015d}"
        trade = Trade(charge, code.customer, trade_no, "waiting" if code.must_confirm else "paid")
        self._put(trade)
        return InProcess() if code.must_confirm else Paid(trade_no, charge.amount)

    def _undo(self, out_trade_no: str) -> Cancelled:
        trade = self.trades.get(out_trade_no)
        if trade is None:
            return Cancelled()
        if trade.state != "closed":
            undone = Cancelled(refunded=True) if trade.state == "paid" else Cancelled(closed=True)
            trade = replace(trade, state="closed", undone=undone)
            self._put(trade)
        return trade.undone

    def _put(self, trade: Trade) -> None:
        self.trades[trade.charge.out_trade_no] = trade


def _as_reply(trade: Trade) -> Paid | InProcess | Closed:
    if trade.state == "paid":
        return Paid(trade.trade_no, trade.charge.amount)
    return InProcess() if trade.state == "waiting" else Closed()


# A disk


class _FailingCommit:
    """A connection whose next COMMIT raises, before or after the disk has it."""

    def __init__(self, connection: Any, failure: BaseException, *, on_disk: bool) -> None:  # noqa: ANN401  (untyped)
        self._connection, self._failure, self._on_disk, self._is_armed = connection, failure, on_disk, True

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._connection, name)

    def execute(self, statement: str, *values: object) -> Any:  # noqa: ANN401
        if statement != "COMMIT" or not self._is_armed:
            return self._connection.execute(statement, *values)
        self._is_armed = False
        if self._on_disk:
            self._connection.execute(statement)
        raise self._failure


def fail_next_commit(db: Database, *, on_disk: bool, dying: BaseException | None = None) -> None:
    """Let the next COMMIT raise as a failing sync does, or kill; whether it is on disk then, only the disk knows."""
    failure = sqlite.OperationalError("disk I/O error")
    failure.sqlite_errorcode = 1034  # SQLITE_IOERR_FSYNC (sqlite.org/rescode.html)
    db.conn = cast("Any", _FailingCommit(db.conn, dying or failure, on_disk=on_disk))


@dataclass(slots=True)
class ScriptedGateway:
    """A gateway that answers what it is told, in order, and keeps the calls it got."""

    pays: list[PayReply] = field(default_factory=list)
    queries: list[QueryReply] = field(default_factory=list)
    cancels: list[CancelReply] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)

    def pay(self, charge: Charge) -> PayReply:
        assert charge.out_trade_no
        self.calls.append("pay")
        return self.pays.pop(0)

    def query(self, out_trade_no: str) -> QueryReply:
        assert out_trade_no
        self.calls.append("query")
        return self.queries.pop(0)

    def cancel(self, out_trade_no: str) -> CancelReply:
        assert out_trade_no
        self.calls.append("cancel")
        return self.cancels.pop(0)


# A till


def fake_settings(folder: Path, *, till: str = "03") -> Settings:
    """Return the settings of a till of store 0017 whose files are in a folder."""
    return Settings(data_dir=folder, till=TillSettings(store="0017", till=till, camera="none"))


def goods(sku: str, name: str, price_fen: int, *barcodes: str, **other: Json) -> dict[str, Any]:
    """Return a product as the hub's feed writes it."""
    plain = {"name_en": "", "unit": "piece", "tax_code": "13", "tax_permille": 130, "pinyin": "", "category": "食品"}
    return {"sku": sku, "name": name, "price_fen": price_fen, "barcodes": list(barcodes)} | plain | other


SHELF = [
    goods("600101", "农夫山泉 550ml", 200, WATER, name_en="Spring water", pinyin="nfsq", category="饮料"),
    goods("600102", "红烧牛肉面", 450, NOODLES, name_en="Beef noodles", pinyin="hsnrm"),
    goods("600103", "红富士苹果", 1198, name_en="Fuji apples", unit="gram", pinyin="hfspg", tax_code="9",
          tax_permille=90, category="水果"),
    goods("600104", "龙井茶", 19_999, TEA, name_en="Longjing tea", pinyin="ljc", category="饮料"),
]  # fmt: skip
"""Water ¥2.00, noodles ¥4.50, apples ¥11.98 a kilogram, tea ¥199.99."""


@dataclass(slots=True)
class World:
    """A till, what it stands in, and the way to open it again."""

    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    ids: CountingIds = field(default_factory=CountingIds)
    alipay: FakeAlipay = field(init=False)

    def __post_init__(self) -> None:
        self.alipay = FakeAlipay(self.clock)

    def open(self) -> Till:
        """Open the till, or another lane of it."""
        return open_till(fake_settings(self.folder), self.alipay, self.clock, self.ids)

    def open_anew(self) -> Till:
        """Open the till after a crash: from a copy of the files as they are now, whoever still holds the old ones."""
        crashed, self.folder = self.folder, self.folder.with_name(self.folder.name + "+")
        shutil.copytree(crashed, self.folder, ignore=shutil.ignore_patterns("*-shm"))
        return self.open()

    def open_selling(self) -> Till:
        """Open the till with goods on the shelf and Lin's shift open, ¥100 in the drawer."""
        till = self.open()
        catalogue.apply_feed(till.prices, SHELF, [], "1")
        shifts.open_shift(till, LIN, Money(10_000))
        return till


@contextmanager
def quick_folder() -> Iterator[Path]:
    """Give a folder of real files in memory where there is one, for tests that commit thousands of times."""
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if memory.is_dir() else None, prefix="guitai-") as folder:
        yield Path(folder)
