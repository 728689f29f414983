"""Report: the day so far, from the till's own disk."""

from dataclasses import dataclass
from datetime import date

from pos.clock import shop_day
from pos.domain.money import Money, divide_half_up
from pos.domain.payment import PaymentAttempt
from pos.domain.sale import TenderKind
from pos.domain.suspended import SuspendedCart
from pos.storage import journal, payments, refunds, sales, suspended, totals
from pos.storage.journal import Unsent
from pos.storage.totals import NOTHING, Total
from pos.till.till import Till


@dataclass(frozen=True, slots=True)
class Today:
    """A business day in figures.

    Attributes:
        sold: what the goods came to, tax included.
        refunds: what went back, and how often.
        net: sold less refunds.
        average: sold by sale; zero while there is none.
        tax: the tax inside sold.
        tenders: how sold was paid; cash and Alipay always, others when they came.
        unsent: what the hub does not have yet.
        open_attempts: payments nobody knows the end of.
        suspended: carts laid aside at this till, of whichever day.
    """

    business_day: date
    sales: int
    sold: Money
    refunds: Total
    net: Money
    average: Money
    tax: Money
    tenders: dict[TenderKind, Total]
    unsent: Unsent
    open_attempts: tuple[PaymentAttempt, ...]
    suspended: tuple[SuspendedCart, ...]


_ALWAYS = {TenderKind.CASH, TenderKind.ALIPAY}


def shop_today(till: Till) -> date:
    """Return today's date in the shop."""
    return shop_day(till.clock.now())


def today(till: Till, business_day: date) -> Today:
    """Return a business day's figures."""
    found = totals.totals_of_day(till.db, business_day)
    sold, back = found.get("sale", NOTHING), found.get("refund", NOTHING)
    return Today(
        business_day=business_day,
        sales=sold.count,
        sold=sold.amount,
        refunds=back,
        net=sold.amount - back.amount,
        average=Money(divide_half_up(sold.amount.fen, sold.count)) if sold.count else sold.amount,
        tax=found.get("tax", NOTHING).amount,
        tenders={kind: found.get(kind.value, NOTHING) for kind in TenderKind if kind in _ALWAYS | found.keys()},
        unsent=journal.unsent(till.db, till.identity.epoch),
        open_attempts=tuple(payments.list_open(till.db)),
        suspended=tuple(suspended.list_all(till.db)),
    )


def journal_marks(till: Till) -> tuple[int, int]:
    """Return how many entries the journal has, and how many of them the hub has acknowledged."""
    seq, _ = journal.head(till.db, till.identity.epoch)
    return seq, journal.acknowledged_seq(till.db, till.identity.epoch)


@dataclass(frozen=True, slots=True)
class Standing:
    """What stands between the till and being switched off, from its own disk.

    Attributes:
        goes_up: whether there is a head office that should have the entries.
        unsent: entries the head office does not have; 0 when there is none.
        has_open: whether a payment or a refund is not at its end.
    """

    goes_up: bool
    unsent: int
    has_open: bool


def standing(till: Till) -> Standing:
    """Look, in well under a millisecond, however many sales there are."""
    goes_up = bool(till.settings.hub.url)
    unsent = journal.unsent(till.db, till.identity.epoch).count if goes_up else 0
    return Standing(goes_up, unsent, payments.has_open(till.db) or refunds.has_open(till.db))


def sold_fen(till: Till) -> int:
    """Return what all sales add up to line by line, independent of the totals."""
    return sales.sum_of_lines(till.db).fen
