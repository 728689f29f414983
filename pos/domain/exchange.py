"""Exchange: goods of an earlier sale that are to pay for a cart; nothing comes back before the cart is sold."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from pos.domain.entry import Json
from pos.domain.facts import sale_facts
from pos.domain.money import Money
from pos.domain.refund import Back
from pos.domain.return_facts import return_facts, return_from, sale_from
from pos.domain.returns import Returnable


@dataclass(frozen=True, slots=True)
class Exchange:
    """What is to come back when a cart is sold.

    Attributes:
        wanted: pieces or grams, by the number of the line.
        cashier, approver: the numbers of who does it, and who else said yes.
    """

    of: Returnable
    wanted: Mapping[int, int]
    reason: str
    cashier: str
    approver: str


def exchange_facts(exchange: Exchange) -> dict[str, Json]:
    """Return an exchange as a till's disk keeps it beside the cart's draft."""
    of = exchange.of
    return {
        "sale": sale_facts(of.sale),
        "sold_by": of.sold_by,
        "returns": [return_facts(each) for each in of.returns],
        "refunds": {
            number: [{"request_no": each.request_no, "amount_fen": each.amount.fen} for each in backs]
            for number, backs in of.refunds.items()
        },
        "knows_others": int(of.knows_others),
        "wanted": {str(number): amount for number, amount in exchange.wanted.items()},
        "reason": exchange.reason,
        "cashier": exchange.cashier,
        "approver": exchange.approver,
    }


def exchange_from(facts: Mapping[str, Any]) -> Exchange:
    """Read what ``exchange_facts`` wrote."""
    refunds = {
        number: tuple(Back(each["request_no"], Money(each["amount_fen"])) for each in backs)
        for number, backs in facts["refunds"].items()
    }
    returns = tuple(return_from(each) for each in facts["returns"])
    of = Returnable(sale_from(facts["sale"]), facts["sold_by"], returns, refunds, bool(facts["knows_others"]))
    wanted = {int(number): amount for number, amount in facts["wanted"].items()}
    return Exchange(of, wanted, facts["reason"], facts["cashier"], facts["approver"])
