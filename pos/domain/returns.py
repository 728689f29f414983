"""Return: goods of a sale that come back, and the money that goes back for them, to the fen, in any order of parts.

The customer ends with having paid what the goods they keep would have cost them, paid in the same way. So each tender
of the sale keeps what the kept goods fill of it, in the order the tenders were taken; whatever it has beyond that goes
back to it. The last tender is emptied first, none gives more than it took, and when nothing is kept nothing is left.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum

from pos.domain.cart import TaxTotal, tax_totals
from pos.domain.errors import MoreThanWasSold, NothingToReturn, NoWayBack
from pos.domain.money import ZERO, Money, divide_half_up, share_out
from pos.domain.product import TaxCategory
from pos.domain.quantity import Quantity
from pos.domain.refund import Back, request_number
from pos.domain.sale import BY_WORD, Sale, SaleLine, Taken, Tender, TenderKind, due_in_cash, receipt_number


class Basis(StrEnum):
    """What proves that the goods were bought here."""

    SALE = "sale"
    CODE = "code"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """Goods of one line of a sale that came back, on the terms they were sold on.

    Attributes:
        sale_line_no: the line of the sale; 0 when its lines are not known.
    """

    sale_line_no: int
    sku: str
    barcode: str
    name: str
    quantity: Quantity
    price: Money
    amount: Money
    tax: TaxCategory
    reductions: tuple[Taken, ...] = ()

    @property
    def gross(self) -> Money:
        """What it would have come to with nothing taken off."""
        return self.amount + sum((each.amount for each in self.reductions), ZERO)


@dataclass(frozen=True, slots=True)
class Payback:
    """Money of a return that goes back to one tender of the sale.

    Attributes:
        tender_no: the tender's place among those of the sale, from 1; 0 when they are not known.
        out_trade_no, trade_no: whose it is at whoever moved the money; empty for cash.
        refund_id: the refund that carries it; empty for cash, a bank card, and for what is exchanged.
        is_exchange: it pays for the goods of the sale it was exchanged for, and does not leave the store.
    """

    kind: TenderKind
    amount: Money
    tender_no: int = 0
    out_trade_no: str = ""
    trade_no: str = ""
    refund_id: str = ""
    is_exchange: bool = False


@dataclass(frozen=True, slots=True)
class Return:
    """Goods that came back, once.

    Attributes:
        id: UUIDv7.
        return_no: store-till-day-R and a counter; dense within a business day and an epoch of the journal.
        sale_id, receipt_no, sold_by: the sale, and the till that made it; empty as far as nobody knows.
        completed_at: UTC.
        taxes: the tax that the store owes no more.
        exchange_sale_id: the sale that was made with it; empty when there was none.
        entry_hash: of the journal entry that says so; empty before it is written.
    """

    id: str
    return_no: str
    counter: int
    sale_id: str
    receipt_no: str
    sold_by: str
    basis: Basis
    business_day: date
    shift_id: str
    cashier: str
    approver: str
    reason: str
    completed_at: datetime
    lines: tuple[ReturnLine, ...]
    paybacks: tuple[Payback, ...]
    taxes: tuple[TaxTotal, ...]
    exchange_sale_id: str = ""
    entry_hash: str = field(default="", compare=False)

    @property
    def goods(self) -> Money:
        """What the goods were sold for."""
        return sum((each.amount for each in self.lines), ZERO)

    @property
    def total(self) -> Money:
        """What the customer gets for them, in money and in goods."""
        return sum((each.amount for each in self.paybacks), ZERO)

    @property
    def rounding(self) -> Money:
        """What of the sale's cash rounding is undone; together the returns of a whole sale undo all of it."""
        return self.total - self.goods

    @property
    def in_cash(self) -> Money:
        """What the drawer gives."""
        cash = (each.amount for each in self.paybacks if each.kind is TenderKind.CASH and not each.is_exchange)
        return sum(cash, ZERO)

    @property
    def on_card(self) -> Money:
        """What the cashier gives back on the bank card's own terminal."""
        card = (each.amount for each in self.paybacks if each.kind is TenderKind.BANK_CARD and not each.is_exchange)
        return sum(card, ZERO)

    @property
    def exchanged(self) -> Money:
        """What of it paid for other goods."""
        return sum((each.amount for each in self.paybacks if each.is_exchange), ZERO)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a return would be."""

    lines: tuple[ReturnLine, ...]
    paybacks: tuple[Payback, ...]
    taxes: tuple[TaxTotal, ...]

    @property
    def total(self) -> Money:
        """What the customer gets for the goods."""
        return sum((each.amount for each in self.paybacks), ZERO)


@dataclass(frozen=True, slots=True)
class Returnable:
    """A sale, and what of its goods and its money went back already or is on its way.

    Attributes:
        sold_by: the till that made it, ``0017-03``.
        returns: those that are known, of every till.
        refunds: money that went back through a gateway, by the trade's number; the refused ones are none.
        knows_others: whether head office could say what other tills did.
    """

    sale: Sale
    sold_by: str
    returns: tuple[Return, ...] = ()
    refunds: Mapping[str, tuple[Back, ...]] = field(default_factory=dict)
    knows_others: bool = True

    def left_of(self, line: SaleLine) -> SaleLine | None:
        """Return what is left of a line with the customer; None when all of it came back."""
        back = [each for some in self.returns for each in some.lines if each.sale_line_no == line.line_no]
        amount = line.quantity.amount - sum(each.quantity.amount for each in back)
        if amount <= 0:
            return None
        return replace(
            line,
            quantity=Quantity(amount, line.quantity.unit),
            amount=line.amount - sum((each.amount for each in back), ZERO),
            reductions=tuple(_taken_left(line, place, back) for place in range(len(line.reductions))),
        )

    @property
    def left(self) -> tuple[SaleLine, ...]:
        """What is left of all lines."""
        return tuple(each for each in map(self.left_of, self.sale.lines) if each)

    def gone(self, tender_no: int) -> Money:
        """Return what of a tender is the customer's again, by goods that came back and beside them.

        A refund of a return counts whatever became of it: what a gateway refuses for good is owed, and given otherwise.
        """
        by_returns = [each for some in self.returns for each in some.paybacks]
        told = {request_number(each.refund_id) for each in by_returns if each.refund_id}
        number = self.sale.tenders[tender_no - 1].out_trade_no
        beside = (each.amount for each in self.refunds.get(number, ()) if number and each.request_no not in told)
        return sum((*(each.amount for each in by_returns if each.tender_no == tender_no), *beside), ZERO)


@dataclass(frozen=True, slots=True)
class SaleCopy:
    """A sale as head office has it, with all that it knows went back of it."""

    sale: Sale
    sold_by: str
    returns: tuple[Return, ...]
    refunds: Mapping[str, tuple[Back, ...]]


def with_returns(of: Returnable, returns: Iterable[Return], step_fen: int) -> Returnable:
    """Return a sale with what came back of it, the oldest first.

    What another till took back by the receipt's code alone, without knowing the lines, is held against the lines of the
    same goods, as far as there are any left: the money it gave in cash has left the sale's tenders, whatever they were.
    """
    for each in returns:
        known = each if each.basis is Basis.SALE else _held_against_lines(of, each, step_fen)
        of = replace(of, returns=(*of.returns, known))
    return of


def _held_against_lines(of: Returnable, made: Return, step_fen: int) -> Return:
    wanted: dict[int, int] = {}
    for back in made.lines:
        still = back.quantity.amount
        for line in of.left:
            here = min(still, line.quantity.amount - wanted.get(line.line_no, 0)) if line.sku == back.sku else 0
            wanted[line.line_no] = wanted.get(line.line_no, 0) + here
            still -= here
    if not any(wanted.values()):
        return replace(made, lines=(), paybacks=_gone_beyond(of, (), made.total))
    plan = plan_return(of, wanted, step_fen)
    return replace(made, lines=plan.lines, paybacks=_gone_beyond(of, plan.paybacks, made.total))


def _gone_beyond(of: Returnable, planned: tuple[Payback, ...], given: Money) -> tuple[Payback, ...]:
    """Return what a return took of the tenders: as planned, and what more was given of the last tenders first."""
    more = given - sum((each.amount for each in planned), ZERO)
    found = list(planned)
    for number, tender in reversed([*enumerate(of.sale.tenders, 1)]):
        taken = of.gone(number) + sum((each.amount for each in planned if each.tender_no == number), ZERO)
        here = min(more, tender.amount - taken)
        if here > ZERO:
            found.append(Payback(kind_back(tender), here, number, tender.out_trade_no, tender.trade_no))
            more -= here
    return tuple(found)


def plan_return(of: Returnable, wanted: Mapping[int, int], step_fen: int) -> Plan:
    """Return what it would be if so much of these lines came back.

    Args:
        wanted: pieces or grams, by the number of the line.
        step_fen: the smallest coin of the drawer.

    Raises:
        NothingToReturn, MoreThanWasSold: it cannot come back.
        NoWayBack: it was paid by what cannot be given back here.
    """
    left = of.left
    lines = tuple(_part(each, wanted[each.line_no]) for each in left if wanted.get(each.line_no))
    _check_wanted(of, wanted, lines)
    kept = _kept(left, lines)
    keeps = kept_by_tender(of.sale.tenders, sum((amount for _, amount in kept), ZERO), step_fen)
    paybacks = [
        _payback(number, tender, tender.amount - of.gone(number) - keep)
        for number, (tender, keep) in enumerate(zip(of.sale.tenders, keeps, strict=True), 1)
        if tender.amount - of.gone(number) > keep
    ]
    before = [(each.tax, each.amount) for each in left]
    return Plan(lines, tuple(reversed(paybacks)), _taxes_of_difference(before, kept))


def kept_by_tender(tenders: Sequence[Tender], kept: Money, step_fen: int) -> list[Money]:
    """Return what each tender keeps while goods for this much are kept; cash is kept in coins there are."""
    keeps = []
    for tender in tenders:
        keep = min(tender.amount, kept)
        kept -= keep
        is_part = keep < tender.amount and kind_back(tender) is TenderKind.CASH
        keeps.append(due_in_cash(keep, step_fen) if is_part else keep)
    return keeps


def kind_back(tender: Tender) -> TenderKind:
    """Return what a tender goes back as: what paid for goods that were exchanged since goes back as what it was."""
    if tender.kind is TenderKind.EXCHANGE:
        return TenderKind.ALIPAY if tender.out_trade_no else TenderKind.CASH
    return tender.kind


def exchange(paybacks: Sequence[Payback], due: Money, step_fen: int) -> tuple[tuple[Payback, ...], Money]:
    """Let a return pay for other goods first.

    Args:
        due: what the other goods come to.

    Returns:
        The paybacks, split into what goes back and what is exchanged, and the rounding that makes the cash of it coins:
        zero or less, of the sale.
    """
    over = sum((each.amount for each in paybacks), ZERO) - due
    rounding = _to_coins(paybacks, over, step_fen)
    over -= rounding
    split: list[Payback] = []
    for each in paybacks:
        back = max(ZERO, min(each.amount, over))
        over -= back
        split += [replace(each, amount=back)] if back else []
        split += [replace(each, amount=each.amount - back, is_exchange=True)] if back < each.amount else []
    return tuple(split), rounding


def _to_coins(paybacks: Sequence[Payback], over: Money, step_fen: int) -> Money:
    """Return the rounding, zero or less, that makes coins of what goes back of the payback that goes back in part."""
    for each in paybacks:
        if ZERO < over < each.amount and each.kind is TenderKind.CASH:
            return over - min(each.amount, Money(over.fen + -over.fen % step_fen))
        over -= min(max(over, ZERO), each.amount)
    return ZERO


def backs_beside(made: Return, out_trade_no: str) -> list[Back]:
    """Return what a return took of a payment without a refund.

    It paid for other goods, or was given in cash by the receipt's code alone.
    """
    return [
        Back(f"{made.return_no}/{each.tender_no}", each.amount)
        for each in made.paybacks
        if not each.refund_id and (each.out_trade_no == out_trade_no or not each.tender_no)
    ]


def exchange_tenders(paybacks: Iterable[Payback]) -> tuple[Tender, ...]:
    """Return what a sale is paid with by goods that came back; each knows whose money it was, for a later return."""
    return tuple(
        Tender(TenderKind.EXCHANGE, each.amount, each.amount, "", each.out_trade_no, each.trade_no)
        for each in paybacks
        if each.is_exchange
    )


def taxes_of(lines: Sequence[ReturnLine]) -> tuple[TaxTotal, ...]:
    """Return the tax inside goods of which no sale is known."""
    return tax_totals((each.tax, each.amount) for each in lines)


def return_number(store: str, till: str, business_day: date, counter: int, epoch: int = 1) -> str:
    """Return the number on a return's slip: ``0017-03-20261123-R0001``, ``…-20261123-2-R0001`` in epoch 2."""
    before, place = receipt_number(store, till, business_day, counter, epoch).rsplit("-", 1)
    return f"{before}-R{place}"


def _taken_left(line: SaleLine, place: int, back: Iterable[ReturnLine]) -> Taken:
    taken = line.reductions[place]
    return replace(taken, amount=taken.amount - sum((each.reductions[place].amount for each in back), ZERO))


def _part(line: SaleLine, amount: int) -> ReturnLine:
    """Return part of what is left of a line, with its share of every reduction; the last part takes the rest."""
    if not 0 < amount <= line.quantity.amount:
        raise MoreThanWasSold(name=line.name, left=line.quantity)
    gross = divide_half_up(line.gross.fen * amount, line.quantity.amount)
    weights = [line.amount.fen, *(each.amount.fen for each in line.reductions)]
    shares = [Money(fen) for fen in share_out(gross, weights)]
    taken = tuple(replace(each, amount=share) for each, share in zip(line.reductions, shares[1:], strict=True))
    quantity = Quantity(amount, line.quantity.unit)
    return ReturnLine(line.line_no, line.sku, line.barcode, line.name, quantity, line.price, shares[0], line.tax, taken)


def _check_wanted(of: Returnable, wanted: Mapping[int, int], lines: Sequence[ReturnLine]) -> None:
    found = {each.sale_line_no for each in lines}
    for line in of.sale.lines:
        if wanted.get(line.line_no) and line.line_no not in found:
            raise MoreThanWasSold(name=line.name, left=0)
    if not lines:
        raise NothingToReturn(receipt_no=of.sale.receipt_no)


def _kept(left: Iterable[SaleLine], lines: Iterable[ReturnLine]) -> list[tuple[TaxCategory, Money]]:
    back = {each.sale_line_no: each.amount for each in lines}
    return [(each.tax, each.amount - back.get(each.line_no, ZERO)) for each in left]


def _payback(number: int, tender: Tender, amount: Money) -> Payback:
    kind = kind_back(tender)
    if kind not in BY_WORD | {TenderKind.ALIPAY}:
        raise NoWayBack(kind=kind.value)
    return Payback(kind, amount, number, tender.out_trade_no, tender.trade_no)


def _taxes_of_difference(
    before: Iterable[tuple[TaxCategory, Money]], after: Iterable[tuple[TaxCategory, Money]]
) -> tuple[TaxTotal, ...]:
    """Return what tax is undone: all returns of a sale together undo exactly the tax it had."""
    kept = {each.category: each for each in tax_totals(after)}
    return tuple(
        TaxTotal(each.category, each.gross - kept[each.category].gross, each.tax - kept[each.category].tax)
        for each in tax_totals(before)
        if each.gross != kept[each.category].gross
    )
