"""Return desk: what the page of returns asks for: read on the screen's thread, done on the payment lane."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from pos.domain.cart import Cart
from pos.domain.errors import HubUnreachable, PosError, ReceiptForged, SaleElsewhere, SaleNotFound, SyncError
from pos.domain.exchange import Exchange
from pos.domain.money import ZERO, Money
from pos.domain.receipt_code import ReceiptCode
from pos.domain.refund import Refund
from pos.domain.returns import Plan, Return, Returnable
from pos.domain.sale import Sale
from pos.domain.staff import By
from pos.till import exchange, goods, return_entries, returns, sell
from pos.till.returns import Given
from pos.till.till import Till
from ui.lane import Lane

Failed = Callable[[PosError], None]


@dataclass(frozen=True, slots=True)
class Found:
    """What a receipt leads to: the sale, or, when nobody has it, what its signed code proves.

    Attributes:
        left: how much the code still proves; nothing where the sale is known.
        told: what came back by the code at other tills, as far as head office could say.
        owed: what a gateway refused to give back of it for good.
    """

    receipt: ReceiptCode
    of: Returnable | None = None
    left: Money = ZERO
    owed: tuple[Refund, ...] = ()
    told: tuple[Return, ...] = ()


@dataclass(frozen=True, slots=True)
class Signed:
    """Who does something, and why."""

    by: By
    reason: str


class ReturnDesk:
    """A till to read, the payment lane to ask, and the hub's copies (None without a hub)."""

    def __init__(self, till: Till, payments: Lane[Till], copies: returns.SaleCopies | None) -> None:
        self._till, self._payments, self._copies = till, payments, copies

    def last_sales(self, limit: int) -> list[Sale]:
        """Return this till's last sales, latest first."""
        return returns.last_sales(self._till, limit)

    def find(self, text: str, then: Callable[[Found], None], failed: Failed) -> None:
        """Say what a receipt leads to."""
        self._payments.run(lambda till: find_receipt(till, text, self._copies), then, failed)

    def plan(self, of: Returnable, wanted: Mapping[int, int]) -> Plan:
        """Return what a return would be; raises as ``plan_return``."""
        return return_entries.plan(self._till, of, wanted)

    def goods(self, text: str) -> goods.OnSale | None:
        """Return what was scanned if it is goods of this store."""
        found = goods.look(self._till, text)
        return found if isinstance(found, goods.OnSale) else None

    def new_goods(self) -> Cart:
        """Return an empty list of goods, priced by today's rules."""
        return sell.new_cart(self._till)

    def put(self, cart: Cart, text: str) -> None:
        """Add goods to a list."""
        sell.scan(self._till, cart, text)

    def in_cash(self, cart: Cart) -> Money:
        """Return what goods of no sale give in the coins there are."""
        return sell.cash_due(self._till, cart)

    def give_back(
        self, of: Returnable, wanted: Mapping[int, int], by: Signed, then: Callable[[Given], None], failed: Failed
    ) -> None:  # fmt: skip
        """Take goods of a sale back."""
        self._payments.run(
            lambda till: returns.give_back(till, of, wanted, by.reason, by=by.by), then, failed
        )  # fmt: skip

    def give_back_unproven(
        self, cart: Cart, found: Found | None, by: Signed, then: Callable[[Given], None], failed: Failed
    ) -> None:  # fmt: skip
        """Take goods back of which nobody has the sale; ``found`` is what a signed code proves."""
        loose, receipt, told = cart.snapshot(), found.receipt if found else None, found.told if found else ()
        self._payments.run(
            lambda till: returns.give_back_unproven(till, loose, by.reason, by=by.by, receipt=receipt, told=told),
            then, failed,
        )  # fmt: skip

    def give_owed(self, of: Refund, by: Signed, then: Callable[[Refund], None], failed: Failed) -> None:
        """Give in cash what a gateway refused for good."""
        self._payments.run(lambda till: returns.give_owed(till, of, by=by.by), then, failed)

    def exchange(
        self, cart: Cart, wish: Exchange, by: Signed, then: Callable[[Money], None], failed: Failed
    ) -> None:  # fmt: skip
        """Let goods of a sale pay for a cart."""
        kept = cart.snapshot()
        self._payments.run(lambda till: exchange.begin(till, kept, wish, by=by.by), then, failed)


def find_receipt(till: Till, text: str, copies: returns.SaleCopies | None) -> Found:
    """Return what a receipt leads to.

    Raises:
        ReceiptForged, SaleElsewhere, SaleNotFound: nothing that goods could come back by.
    """
    receipt = returns.read_receipt(till, text)
    try:
        of = returns.find_returnable(till, receipt.receipt_no, copies)
    except (SyncError, SaleNotFound) as reason:
        if receipt.total is None and isinstance(reason, SyncError):
            raise SaleElsewhere(receipt_no=receipt.receipt_no) from reason
        if receipt.total is None:
            raise
        told = () if isinstance(reason, HubUnreachable) else tuple(_find_returns(receipt.receipt_no, copies))
        return Found(receipt, left=returns.left_of_code(till, receipt, told), told=told)
    if receipt.total is not None and receipt.total != of.sale.total:
        raise ReceiptForged
    return Found(receipt, of, owed=tuple(returns.owed(till, receipt.receipt_no)))


def _find_returns(receipt_no: str, copies: returns.SaleCopies | None) -> Sequence[Return]:
    with suppress(SyncError):
        return copies.find_returns(receipt_no) if copies else ()
    return ()
