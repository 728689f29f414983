"""Totals: what came of all trades of the gateway simulator."""

from dataclasses import dataclass

from pos.sandbox.gateway_books import Books
from pos.sandbox.gateway_values import TradeStatus


@dataclass(frozen=True, slots=True)
class Totals:
    """What came of all trades; amounts in fen.

    Attributes:
        kept_fen: what the shop has in the end: paid less refunded.
        trades: trades there are: waiting, paid (and not all paid back), closed.
        declined: payments refused for the customer's sake.
        refunds: how many times money went back, cancels of paid trades among them.
    """

    paid_fen: int
    refunded_fen: int
    kept_fen: int
    trades: int
    waiting: int
    paid: int
    closed: int
    declined: int
    refunds: int


def totals_of(books: Books) -> Totals:
    """Add up all trades as they are now."""
    trades = books.trades()
    states = [trade.status for trade in trades]
    return Totals(
        paid_fen=sum(trade.amount_fen for trade in trades if trade.paid_at),
        refunded_fen=sum(trade.refunded_fen for trade in trades),
        kept_fen=sum(trade.kept.fen for trade in trades),
        trades=len(trades),
        waiting=states.count(TradeStatus.WAITING),
        paid=states.count(TradeStatus.SUCCESS),
        closed=states.count(TradeStatus.CLOSED),
        declined=books.declined,
        refunds=sum(len(trade.refunds) for trade in trades),
    )
