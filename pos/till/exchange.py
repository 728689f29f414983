"""Exchange: goods that come back pay for a cart; the return and the sale are written in one transaction, or neither."""

from dataclasses import dataclass, replace

from pos.domain.cart import Cart
from pos.domain.errors import (
    CardNotExchanged,
    CartSold,
    ExchangeDone,
    ExchangeGone,
    MoreThanWasSold,
    NothingToReturn,
    SaleIsBeingPaid,
)
from pos.domain.exchange import Exchange, exchange_facts, exchange_from
from pos.domain.money import Money
from pos.domain.returns import Payback, Plan, exchange, exchange_tenders
from pos.domain.sale import Tender, TenderKind
from pos.domain.shift import Shift
from pos.domain.staff import Act, By
from pos.storage import drafts, payments, sales
from pos.till import allowed
from pos.till.return_entries import head, of_sale, plan, record, with_ours
from pos.till.till import Till

_SLOT = "exchange:"


@dataclass(frozen=True, slots=True)
class Settled:
    """How an exchange pays for its cart.

    Attributes:
        rounding: of the sale, where cash goes back; zero or less.
    """

    exchange: Exchange
    planned: Plan
    paybacks: tuple[Payback, ...]
    rounding: Money

    @property
    def tenders(self) -> tuple[Tender, ...]:
        """What the goods that come back pay."""
        return exchange_tenders(self.paybacks)


def begin(till: Till, cart: Cart, wish: Exchange, *, by: By) -> Money:
    """Let goods of a sale pay for a cart, and return how much they pay; it is on disk, and nothing has happened yet.

    Raises:
        NeedsManager, SamePerson: who does it may not alone.
        NothingToReturn, MoreThanWasSold, NoWayBack, CardNotExchanged: they cannot come back.
        SaleIsBeingPaid: money for the cart is here, or asked for; ExchangeDone: other goods pay for it already;
            CartSold: it is sold.
    """
    with till.transaction():
        if cart.credit:
            raise ExchangeDone
        if sold := sales.find_sale(till.db, cart.sale_id):
            raise CartSold(receipt_no=sold.receipt_no)
        if live := payments.parts_of(till.db, cart.sale_id).live:
            raise SaleIsBeingPaid(out_trade_no=live[-1].out_trade_no)
        planned = _planned(till, wish)
        allowed.require(till, Act.REFUND, by, planned.total)
        kept = replace(wish, cashier=by.actor.number, approver=by.approver_number)
        drafts.save_draft(till.db, _SLOT + cart.sale_id, exchange_facts(kept), till.clock.now())
    return planned.total


def settle(till: Till, cart: Cart) -> Settled | None:
    """Return how goods pay for a cart that is being sold; None for most. In the caller's transaction.

    Raises:
        ExchangeGone: they came back otherwise meanwhile, or this is not where it was begun.
    """
    if not cart.credit:
        return None
    kept = drafts.find_draft(till.db, _SLOT + cart.sale_id)
    if kept is None:
        raise ExchangeGone
    wish = exchange_from(kept)
    try:
        planned = _planned(till, wish)
    except (MoreThanWasSold, NothingToReturn, CardNotExchanged) as reason:
        raise ExchangeGone from reason
    if planned.total != cart.credit:
        raise ExchangeGone
    paybacks, rounding = exchange(planned.paybacks, cart.total, till.settings.till.cash_rounding_fen)
    return Settled(wish, planned, paybacks, rounding)


def _planned(till: Till, wish: Exchange) -> Plan:
    planned = plan(till, with_ours(till, wish.of), wish.wanted)
    # Of goods that paid nobody could tell later that a card had: it would go back as cash.
    if any(each.kind is TenderKind.BANK_CARD for each in planned.paybacks):
        raise CardNotExchanged
    return planned


def write(till: Till, settled: Settled, sale_id: str, shift: Shift) -> None:
    """Write the return of a sale that is being written; in the same transaction."""
    wish, now = settled.exchange, till.clock.now()
    made = head(till, till.ids.new(now), shift, wish.reason, (wish.cashier, wish.approver))
    made = replace(of_sale(made, wish.of, settled.planned), exchange_sale_id=sale_id)
    record(till, made, settled.paybacks)
    drafts.drop_slot(till.db, _SLOT + sale_id)
