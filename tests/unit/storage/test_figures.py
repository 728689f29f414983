"""What sold in a span is the sum of its days, wherever its weeks begin and end."""

from collections import defaultdict
from datetime import date, timedelta
from typing import Any

import pysqlite3.dbapi2 as sqlite
from hypothesis import example, given
from hypothesis import strategies as st
from sqlite_utils import Database

from pos.domain.daybook import week_of
from pos.domain.entry import GENESIS, JournalEntry
from pos.storage import daybook, figures
from pos.storage.migrations import till_steps
from tests.fake_time import MORNING

FIRST = date(2026, 10, 28)
DAYS = st.integers(0, 45).map(lambda number: FIRST + timedelta(number))
RETURNS = st.lists(st.tuples(DAYS, st.sampled_from(["water", "tea", "pears"]), st.integers(1, 9)), max_size=40)


def test_a_week_begins_on_its_monday() -> None:
    assert week_of(date(2026, 11, 23)) == date(2026, 11, 23)
    assert week_of(date(2026, 11, 29)) == date(2026, 11, 23)
    assert week_of(date(2027, 1, 3)) == date(2026, 12, 28)


@given(RETURNS, DAYS, st.integers(0, 45))
@example([(date(2026, 11, 26), "tea", 1)], date(2026, 11, 24), 1)  # of one week, and the day after them
@example([(date(2026, 11, 22), "tea", 1)], date(2026, 11, 16), 6)  # a whole week
def test_goods_of_any_span_are_those_of_its_days(returns: list[tuple[date, str, int]], since: date, more: int) -> None:
    db = Database(sqlite.connect(":memory:"))
    till_steps.apply(db)
    for seq, (day, sku, quantity) in enumerate(returns, 1):
        daybook.count(db, came_back(seq, day, sku, quantity))
    until = since + timedelta(more)
    expected: dict[str, int] = defaultdict(int)
    for day, sku, quantity in returns:
        if since <= day <= until:
            expected[sku] -= quantity
    found = {each.key: (each.quantity, each.amount.fen) for each, _ in figures.goods(db, since, until)}
    db.close()
    assert found == {sku: (quantity, 100 * quantity) for sku, quantity in expected.items()}


def came_back(seq: int, day: date, sku: str, quantity: int) -> JournalEntry:
    """A return without a receipt, a yuan for each."""
    line = {"sale_line_no": 1, "sku": sku, "name": sku, "quantity": quantity, "unit": "piece",
            "amount_fen": 100 * quantity}  # fmt: skip
    body: dict[str, Any] = {
        "business_day": day.isoformat(), "shift_id": "s", "cashier": "1001", "return_id": f"r{seq}", "return_no": "",
        "sale_id": "", "receipt_no": "", "basis": "nothing", "completed_at": f"{day}T02:10:00.000Z",
        "total_fen": line["amount_fen"], "lines": [line], "approver": "9001", "paybacks": [], "reason": "破损",
    }  # fmt: skip
    return JournalEntry.make(till="0017-03", epoch=1, seq=seq, id=f"id-{seq}", at=MORNING, kind="return.completed",
                             version=1, body=body, prev=GENESIS)  # fmt: skip
