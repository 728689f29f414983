"""Returns: goods come back and the money for them goes to where it came from; both are on disk before any of it moves.

A return is one entry with all that follows from it: cash is handed out once it is written, and each part that goes back
through a gateway is a refund under a number of its own, written with it, asked for until it is at its end.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.errors import GatewayDown, IllegalMove, MoreThanReceipt, NothingToReturn, SaleNotFound, SyncError
from pos.domain.money import ZERO, Money
from pos.domain.receipt_code import ReceiptCode, read_receipt_code, write_receipt_code
from pos.domain.refund import Refund, RefundState
from pos.domain.returns import (
    Basis,
    Payback,
    Return,
    Returnable,
    ReturnLine,
    SaleCopy,
    taxes_of,
)
from pos.domain.sale import Sale, TenderKind, due_in_cash, sale_lines
from pos.domain.staff import Act, By
from pos.storage import refunds, returns, sales
from pos.till import allowed, refund, sell
from pos.till.return_entries import goes_by_gateway, head, of_sale, plan, record, with_ours
from pos.till.rules import receipt_keys
from pos.till.till import Till


class SaleCopies(Protocol):
    """Where copies of other tills' sales are: the hub."""

    def find_copy(self, receipt_no: str) -> SaleCopy | None:
        """Return a sale; None when the hub knows no such receipt.

        Raises:
            HubUnreachable, HubRefused: nobody could be asked.
        """

    def find_returns(self, receipt_no: str) -> Sequence[Return]:
        """Return what came back of a receipt, though its sale may not be known there yet; raises as above."""


@dataclass(frozen=True, slots=True)
class Given:
    """A return that is on disk, and how far the refunds it needs have come."""

    made: Return
    refunds: tuple[Refund, ...] = ()


def code_of(till: Till, sale: Sale) -> str:
    """Return what the QR of a sale's receipt holds."""
    return write_receipt_code(sale.receipt_no, sale.total, receipt_keys(till))


def read_receipt(till: Till, text: str) -> ReceiptCode:
    """Read what was scanned or typed for a receipt.

    Raises:
        ReceiptForged: it claims to be signed by the group.
    """
    return read_receipt_code(refund.whole_number(till, text), receipt_keys(till))


def find_returnable(till: Till, receipt_no: str, copies: SaleCopies | None = None) -> Returnable:
    """Return a sale and what of it may still come back; another till's by the hub's copy.

    Raises:
        SaleNotFound: neither this till nor the hub knows the receipt.
        HubUnreachable, HubRefused: it is not our sale, and the hub could not be asked.
    """
    sale = sales.find_by_receipt(till.db, receipt_no)
    try:
        copy = copies.find_copy(receipt_no) if copies else None
        # A sale of ours that waits to be sent: other tills may have taken its goods back by its code.
        ahead = copies.find_returns(receipt_no) if copies and sale and not copy else ()
    except SyncError:
        if sale is None:
            raise
        return with_ours(till, Returnable(sale, till.identity.name, knows_others=False))
    if copy is None and sale is None:
        raise SaleNotFound(receipt_no=receipt_no)
    found = Returnable(sale, till.identity.name, tuple(ahead)) if sale else None
    if found is None:
        assert copy is not None
        found = Returnable(copy.sale, copy.sold_by)
    return with_ours(till, found, copy)


def give_back(till: Till, of: Returnable, wanted: Mapping[int, int], reason: str, *, by: By) -> Given:
    """Take goods of a sale back and give the money for them back.

    Args:
        wanted: pieces or grams, by the number of the line.

    Raises:
        NeedsManager, SamePerson: who does it may not alone; nothing happened.
        NothingToReturn, MoreThanWasSold, NoWayBack, ShiftNotOpen, GatewayDown, PaymentUnavailable: nothing happened.
    """

    def write(return_id: str) -> Return:
        planned = plan(till, with_ours(till, of), wanted)
        allowed.require(till, Act.REFUND, by, sum((each.amount for each in planned.paybacks), ZERO))
        _check_gateway(till, planned.paybacks)
        made = head(till, return_id, sell.require_shift(till), reason, by.numbers)
        return record(till, of_sale(made, of, planned), planned.paybacks)

    return _given(till, write)


def give_back_unproven(
    till: Till, goods: Cart, reason: str, *, by: By, receipt: ReceiptCode | None = None, told: Sequence[Return] = ()
) -> Given:
    """Take goods back of which no sale is known, at what they cost today, for cash.

    Args:
        goods: priced by the rules of today.
        receipt: what a signed code proves, when nobody has its sale; then for no more than was paid.
        told: what came back by it elsewhere, as far as head office could say.

    Raises:
        NeedsManager, SamePerson, NothingToReturn, MoreThanReceipt, ShiftNotOpen: nothing happened.
    """

    def write(return_id: str) -> Return:
        lines = unproven_lines(goods)
        amount = due_in_cash(sum((each.amount for each in lines), ZERO), till.settings.till.cash_rounding_fen)
        allowed.require(till, Act.RETURN_WITHOUT_RECEIPT, by, amount)
        _check_receipt(receipt, amount, left_of_code(till, receipt, told) if receipt else ZERO)
        made = replace(
            head(till, return_id, sell.require_shift(till), reason, by.numbers), lines=lines, taxes=taxes_of(lines)
        )
        if receipt:
            made = replace(made, basis=Basis.CODE, receipt_no=receipt.receipt_no, sold_by=_seller(receipt))
        return record(till, made, [Payback(TenderKind.CASH, amount)] if amount else [])

    return _given(till, write)


def unproven_lines(goods: Cart) -> tuple[ReturnLine, ...]:
    """Return goods as they come back without a sale, at what the cart says.

    Raises:
        NothingToReturn: there are none.
        CartNotPayable, PriceMissing: of something nobody knows what it is or costs.
    """
    if not goods.lines:
        raise NothingToReturn(receipt_no="")
    return tuple(
        ReturnLine(0, each.sku, each.barcode, each.name, each.quantity, each.price, each.amount, each.tax,
                   each.reductions)
        for each in sale_lines(goods)
    )  # fmt: skip


def left_of_code(till: Till, receipt: ReceiptCode, told: Sequence[Return] = ()) -> Money:
    """Return what a signed receipt still proves, as far as this till knows, and was told of others."""
    known = {each.id: each.total for each in (*told, *returns.list_of_receipt(till.db, receipt.receipt_no))}
    back = sum(known.values(), ZERO)
    return max(ZERO, (receipt.total or ZERO) - back)


def last_sales(till: Till, limit: int = 10) -> list[Sale]:
    """Return this till's last sales, latest first."""
    return sales.last_sales(till.db, limit)


def of_exchange(till: Till, sale: Sale) -> Return | None:
    """Return the return whose goods paid for a sale; None for most."""
    is_paid_so = any(each.kind is TenderKind.EXCHANGE for each in sale.tenders)
    return returns.find_of_exchange(till.db, sale.id) if is_paid_so else None


def last_returns(till: Till, limit: int = 10) -> list[Return]:
    """Return this till's last returns, latest first."""
    return returns.last_returns(till.db, limit)


def owed(till: Till, receipt_no: str) -> list[Refund]:
    """Return the refunds of a sale's returns that the gateway refused for good: the customer has not got them."""
    of = {each.refund_id for made in returns.list_of_receipt(till.db, receipt_no) for each in made.paybacks}
    found = (refunds.find_refund(till.db, each) for each in sorted(of - {""}))
    return [each for each in found if each and each.state is RefundState.REFUSED]


def give_owed(till: Till, of: Refund, *, by: By) -> Refund:
    """Give in cash what a gateway refused for good.

    Raises:
        NeedsManager, SamePerson, ShiftNotOpen: nothing happened.
        IllegalMove: it is not owed any more.
    """

    def write() -> Refund:
        found = next((each for each in owed(till, of.receipt_no) if each.id == of.id), None)
        allowed.require(till, Act.REFUND, by, of.amount)
        if found is None:
            raise IllegalMove(state=of.state.value, to=RefundState.IN_CASH.value)
        given = found.hand_out(sell.require_shift(till), by.numbers, till.clock.now())
        till.record(facts.REFUND_IN_CASH, facts.refund_facts(given))
        return given

    def given_already() -> Refund | None:
        found = refunds.find_refund(till.db, of.id)
        return found if found and found.state is RefundState.IN_CASH else None

    return sell.commit(till, write, given_already)


def ask_refunds(till: Till, made: Return) -> tuple[Refund, ...]:
    """Ask for a return's refunds, each once; ``resolve`` carries on with what is not final."""
    found = (refunds.find_refund(till.db, each.refund_id) for each in made.paybacks if each.refund_id)
    return tuple(refund.ask(till, each, is_first=True) for each in found if each and not each.is_final)


def _given(till: Till, write: Callable[[str], Return]) -> Given:
    return_id = till.ids.new(till.clock.now())
    made = sell.commit(till, lambda: write(return_id), lambda: returns.find_return(till.db, return_id))
    return Given(made, ask_refunds(till, made))


def _check_gateway(till: Till, paybacks: Iterable[Payback]) -> None:
    """Begin nothing that nobody could be asked for."""
    for kind in {each.kind for each in paybacks if goes_by_gateway(each)}:
        if till.tender(kind).is_down:
            raise GatewayDown


def _check_receipt(receipt: ReceiptCode | None, amount: Money, left: Money) -> None:
    if receipt and amount > left:
        raise MoreThanReceipt(amount=amount, left=left)


def _seller(receipt: ReceiptCode) -> str:
    return "-".join(receipt.receipt_no.split("-")[:2])
