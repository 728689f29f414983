"""Bills: which days have one, and addresses that work for half a minute."""

import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pos.clock import BEIJING, shop_day
from pos.sandbox.gateway_answers import Node, refused
from pos.sandbox.gateway_bill_file import MERCHANT_ID, Period, bill_file, bill_lines
from pos.sandbox.gateway_books import Books
from pos.sandbox.gateway_fields import BILL_FIELDS, Content, check_fields

BILL_PATH = "/downloadBillFile.resource"
"""Where a bill's address leads to, on the simulator's own host; the path is Alipay's."""
TOKEN_LIFE = timedelta(seconds=30)

_OTHER_TYPES = frozenset({"signcustomer", "merchant_act", "trade_zft_merchant", "zft_acc", "settlementMerge"})
"""Bills that Alipay has and the simulator has not."""


@dataclass(frozen=True, slots=True)
class _Ticket:
    period: Period
    dies_at: datetime


class Bills:
    """Gives out addresses of bills, and the bills."""

    def __init__(self, books: Books, chance: random.Random) -> None:
        self._books, self._chance = books, chance
        self._tickets: dict[str, _Ticket] = {}

    def address(self, content: Content, origin: str) -> Node:
        """Answer alipay.data.dataservice.bill.downloadurl.query."""
        period = None if check_fields(BILL_FIELDS, content) else period_of(str(content["bill_date"]))
        if period is None:
            return refused("INVAILID_ARGUMENTS", family="")
        if content["bill_type"] != "trade":
            is_known = content["bill_type"] in _OTHER_TYPES
            return refused("TYPE_NOT_SUPPORTED" if is_known else "INVAILID_ARGUMENTS", family="")
        if self._books.now() < self._ready_at(period):
            return refused("BILL_NOT_EXIST", family="")
        if not bill_lines(period, self._books.trades()):
            return refused("NO_BILL_DATA", family="")
        return {"code": "10000", "msg": "Success", "bill_download_url": origin + self._ticket(period)}

    def file(self, token: str) -> bytes | None:
        """Return the bill a token stands for; nothing once it is too old."""
        ticket = self._tickets.get(token)
        if ticket is None or self._books.now() >= ticket.dies_at:
            return None
        return bill_file(ticket.period, self._books.trades(), self._books.now())

    def _ready_at(self, period: Period) -> datetime:
        # A month's bill is made on the third of the next month.
        grace = timedelta(days=2) if period.is_month else timedelta(0)
        return period.ends_at + grace + timedelta(seconds=self._books.settings.bill_ready_s)

    def _ticket(self, period: Period) -> str:
        now, token = self._books.now(), f"{self._chance.randrange(16**32):032x}"
        self._tickets = {key: each for key, each in self._tickets.items() if now < each.dies_at}
        self._tickets[token] = _Ticket(period, now + TOKEN_LIFE)
        day = period.name.replace("-", "")
        return (
            f"{BILL_PATH}?bizType=trade&userId={MERCHANT_ID}&fileType=csv.zip&bizDates={day}"
            f"&downloadFileName={MERCHANT_ID}_{day}.csv.zip&timestamp={int(now.timestamp() * 1000)}&token={token}"
        )


def period_of(text: str) -> Period | None:
    """Return the day (``2026-11-23``) or month (``2026-11``) of a text; nothing when there is no such."""
    is_month = len(text) == len("2026-11")
    try:
        first = date.fromisoformat(f"{text}-01" if is_month else text)
        after = (
            shop_day(_midnight(first) + timedelta(days=32)).replace(day=1) if is_month else first + timedelta(days=1)
        )
        return Period(text, _midnight(first), _midnight(after), is_month=is_month)
    except (ValueError, OverflowError):
        return None


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=BEIJING)
