"""Bill: what Alipay says moved on a day, held against what the till and the hub say, payment by payment."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from pos.domain.money import ZERO, Money

NEAR_MIDNIGHT = timedelta(minutes=10)
"""A payment this close to midnight may stand in the neighbouring day's bill."""


class BillKind(StrEnum):
    """Which way a row's money went."""

    TRADE = "trade"
    REFUND = "refund"


@dataclass(frozen=True, slots=True)
class BillRow:
    """One row of a day's bill.

    Attributes:
        request_no: of a refund; empty for a payment.
        amount: what the customer paid; negative for a refund.
        fee: what Alipay keeps of it, as the bill writes it (negative, or positive when given back).
        finished_at: UTC.
        store, till, operator: as they were sent with the payment (门店编号, 终端号, 操作员).
    """

    kind: BillKind
    trade_no: str
    out_trade_no: str
    request_no: str
    amount: Money
    fee: Money
    finished_at: datetime
    store: str
    till: str
    operator: str

    @property
    def key(self) -> "Key":
        """What the row is matched by; a payment has no request number of its own."""
        return (self.out_trade_no, self.request_no if self.kind is BillKind.REFUND else "")


@dataclass(frozen=True, slots=True)
class Claim:
    """Money that the till or the hub says was taken (positive) or given back (negative).

    Attributes:
        request_no: of a refund; empty for a payment.
        at: UTC.
    """

    out_trade_no: str
    request_no: str
    amount: Money
    receipt_no: str
    at: datetime

    @property
    def key(self) -> "Key":
        """What the claim is matched by."""
        return (self.out_trade_no, self.request_no)


Key = tuple[str, str]


class Difference(StrEnum):
    """What is wrong with one payment or refund."""

    AMOUNT_DIFFERS = "amount_differs"
    ONLY_AT_ALIPAY = "only_at_alipay"
    """Alipay has the money, and the till knows no sale for it."""
    ONLY_AT_TILL = "only_at_till"
    """The till counted money that the bill does not have."""
    OTHER_DAY = "other_day"
    """It happened around midnight: it stands in the neighbouring day's bill or shift."""
    NOT_AT_HUB = "not_at_hub"
    """The hub does not have it yet."""
    ONLY_AT_HUB = "only_at_hub"
    """The hub has it, and this till does not: the till's file was replaced or put back."""


@dataclass(frozen=True, slots=True)
class Mismatch:
    """One payment or refund on which the three do not agree; an amount is None where it is missing."""

    difference: Difference
    out_trade_no: str
    request_no: str
    receipt_no: str
    at: datetime
    till: Money | None
    alipay: Money | None
    hub: Money | None


@dataclass(frozen=True, slots=True)
class BillDay:
    """A day of the shop as a span of UTC, the end not included."""

    day: date
    since: datetime
    until: datetime

    def has(self, at: datetime) -> bool:
        """Whether a moment lies on the day."""
        return self.since <= at < self.until

    def is_at_its_edge(self, at: datetime) -> bool:
        """Whether Alipay may count a moment to the neighbouring day."""
        return min(abs(at - self.since), abs(at - self.until)) <= NEAR_MIDNIGHT


@dataclass(frozen=True, slots=True)
class Match:
    """A day, matched.

    Attributes:
        agreed: payments and refunds on which all who were asked agree.
        returned: payments that were cancelled after they came: paid and paid back, without a sale.
        till, alipay, hub: what each says came in, less what went back; hub is None when it was not asked.
        fees: what Alipay keeps.
        mismatches: earliest first.
    """

    day: date
    agreed: int
    returned: int
    till: Money
    alipay: Money
    hub: Money | None
    fees: Money
    mismatches: tuple[Mismatch, ...]


def match(day: BillDay, ours: Sequence[Claim], bill: Sequence[BillRow], hub: Sequence[Claim] | None) -> Match:
    """Hold a day's bill against the till's claims and, when it could be asked, the hub's.

    Args:
        ours, hub: claims of the day and of its neighbours, so that midnight hides nothing.
        bill: the day's rows of this till.
    """
    returned = _returned(bill, {each.out_trade_no for each in (*ours, *(hub or ()))})
    rows = {row.key: row for row in bill if row.out_trade_no not in returned}
    mine, theirs = {each.key: each for each in ours}, {each.key: each for each in hub or ()}
    today = [each.key for each in (*ours, *(hub or ())) if day.has(each.at)]
    keys = dict.fromkeys([*rows, *today])
    found = [_compare(day, mine.get(key), rows.get(key), theirs.get(key), was_asked=hub is not None) for key in keys]
    mismatches = sorted((each for each in found if each), key=lambda each: (each.at, each.out_trade_no))
    return Match(
        day=day.day,
        agreed=len(found) - len(mismatches),
        returned=len(returned),
        till=_sum(mine, day),
        alipay=sum((row.amount for row in bill), ZERO),
        hub=_sum(theirs, day) if hub is not None else None,
        fees=sum((row.fee for row in bill), ZERO),
        mismatches=tuple(mismatches),
    )


def _returned(bill: Iterable[BillRow], claimed: set[str]) -> set[str]:
    """Return the numbers whose money came and went back on this bill without anybody claiming it."""
    sums: dict[str, Money] = {}
    for row in bill:
        sums[row.out_trade_no] = sums.get(row.out_trade_no, ZERO) + row.amount
    return {number for number, amount in sums.items() if not amount and number not in claimed}


def _sum(claims: Mapping[Key, Claim], day: BillDay) -> Money:
    return sum((each.amount for each in claims.values() if day.has(each.at)), ZERO)


def _compare(
    day: BillDay, mine: Claim | None, row: BillRow | None, theirs: Claim | None, *, was_asked: bool
) -> Mismatch | None:
    difference = _difference(day, mine, row, theirs, was_asked=was_asked)
    if difference is None:
        return None
    claim = mine or theirs
    key = claim.key if claim else row.key if row else ("", "")
    at = claim.at if claim else row.finished_at if row else None
    assert at is not None, key
    return Mismatch(
        difference, *key, claim.receipt_no if claim else "", at,
        mine.amount if mine else None, row.amount if row else None, theirs.amount if theirs else None,
    )  # fmt: skip


def _difference(
    day: BillDay, mine: Claim | None, row: BillRow | None, theirs: Claim | None, *, was_asked: bool
) -> Difference | None:
    """Return the worst thing that is wrong: money first, then the day, then the hub's copy."""
    amounts = {each.amount for each in (mine, row, theirs) if each}
    if len(amounts) > 1:
        return Difference.AMOUNT_DIFFERS
    if mine is None:
        return Difference.ONLY_AT_HUB if theirs else Difference.ONLY_AT_ALIPAY
    if row is None:
        return Difference.OTHER_DAY if day.is_at_its_edge(mine.at) else Difference.ONLY_AT_TILL
    if not day.has(mine.at):
        return Difference.OTHER_DAY
    return Difference.NOT_AT_HUB if was_asked and theirs is None else None
