"""A receipt carries the witness of its entry; before there is an entry, none."""

from dataclasses import replace

import pytest

from pos.device.receipt import NARROW, WIDE, columns, receipt_rows
from pos.domain.entry import witness_of
from pos.till import sell
from pos.till.till import Till
from tests.fakes import TEA, World, quick_folder


@pytest.fixture
def till() -> Till:
    with quick_folder() as folder:
        return World(folder).open_selling()


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_witness_of_the_entry_is_on_the_paper(till: Till, width: int) -> None:
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    sale = sell.pay_cash(till, cart, cart.total)
    entry_hash = till.db.execute("SELECT hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()[0]
    rows = receipt_rows(sale, "柜台便利店", "林小雨", width=width)
    assert [row.split() for row in rows if row.startswith("验证码")] == [["验证码", witness_of(entry_hash)]]
    assert max(map(columns, rows)) <= width
    assert not any("验证码" in row for row in receipt_rows(replace(sale, entry_hash=""), "柜台便利店", "林小雨"))
