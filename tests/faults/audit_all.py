"""An auditor of tills with more than one epoch: the books of all of them together."""

from pos.domain.entry import JournalEntry
from pos.storage import journal
from pos.till.till import Till
from tests.audit import Body, Books, Drawers


def books_of_all_epochs(till: Till, *, were_some_lost: bool = False) -> Books:
    """Read every entry on its own: whole chains, dense receipts in each epoch, the last word on each payment.

    Args:
        were_some_lost: sales of older epochs are in no copy, so only the current one has no hole.
    """
    assert list(journal.breaks(till.db, till.identity.name)) == []
    sales: dict[str, Body] = {}
    attempts: dict[str, Body] = {}
    refunds: dict[str, Body] = {}
    returns: dict[str, Body] = {}
    found: list[JournalEntry] = []
    for epoch in journal.epochs(till.db):
        found += journal.entries(till.db, till.identity.name, epoch)
    for entry in found:
        body: Body = dict(entry.facts)
        if entry.kind == "sale.completed":
            assert body["sale_id"] not in sales
            sales[body["sale_id"]] = body
        elif entry.kind.startswith("payment."):
            attempts[body["attempt_id"]] = body
        elif entry.kind.startswith("refund."):
            refunds[body["refund_id"]] = body
        elif entry.kind == "return.completed":
            assert body["return_id"] not in returns
            returns[body["return_id"]] = body
    rows = till.db.execute("SELECT epoch, business_day, counter FROM sales ORDER BY epoch, business_day, counter")
    counters: dict[tuple[int, str], list[int]] = {}
    for epoch, day, counter in rows:
        counters.setdefault((epoch, day), []).append(counter)
    for (epoch, _), each in counters.items():
        if epoch == till.identity.epoch or not were_some_lost:
            assert each == list(range(1, len(each) + 1)), (epoch, each)
    assert len({sale["receipt_no"] for sale in sales.values()}) == len(sales)
    return Books(sales, attempts, refunds, Drawers(), len(found), returns)
