"""An auditor of tills with more than one epoch: the books of all of them together."""

from pos.domain.entry import JournalEntry
from pos.storage import journal
from pos.till.till import Till
from tests.audit import Body, Books


def books_of_all_epochs(till: Till) -> Books:
    """Read every entry on its own: whole chains, dense receipts in each epoch, the last word on each payment."""
    assert list(journal.breaks(till.db, till.identity.name)) == []
    sales: dict[str, Body] = {}
    attempts: dict[str, Body] = {}
    refunds: dict[str, Body] = {}
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
    rows = till.db.execute("SELECT epoch, business_day, counter FROM sales ORDER BY epoch, business_day, counter")
    counters: dict[tuple[int, str], list[int]] = {}
    for epoch, day, counter in rows:
        counters.setdefault((epoch, day), []).append(counter)
    assert all(each == list(range(1, len(each) + 1)) for each in counters.values())
    assert len({sale["receipt_no"] for sale in sales.values()}) == len(sales)
    return Books(sales, attempts, refunds, len(found))
