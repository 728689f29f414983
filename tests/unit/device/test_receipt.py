"""A receipt carries the witness of its entry; before there is an entry, none."""

from dataclasses import replace

import pytest

from pos.device.receipt import NARROW, WIDE, columns, receipt_rows
from pos.domain.cart_line import Discount
from pos.domain.entry import witness_of
from pos.domain.money import Money
from pos.domain.sale import Taken
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


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_was_taken_off_is_on_the_paper_line_by_line(till: Till, width: int) -> None:
    till.settings = replace(till.settings, till=replace(till.settings.till, cash_rounding_fen=100))
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    cart.set_price(1, Money(1000))
    cart.set_discount(1, Discount(percent=5))
    sale = sell.pay_cash(till, cart, Money(900))
    printed = receipt_rows(sale, "柜台便利店", "林小雨", width=width)
    rows = [row.split() for row in printed]
    assert ["1", "×", "10.00", "10.00"] in rows
    assert ["原价", "199.99"] in rows
    assert ["手工折扣", "-0.50"] in rows
    assert ["共", "1", "行", "合计", "￥9.50"] in rows
    assert ["抹零", "-0.50"] in rows
    assert ["应收", "￥9.00"] in rows
    assert ["已优惠", "￥0.50"] in rows
    assert max(map(columns, printed)) <= width


def test_the_name_of_a_rule_is_never_cut(till: Till) -> None:
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    sale = sell.pay_cash(till, cart, cart.total)
    name = "周末会员专享饮料零食第二件半价再减二元促销活动"
    taken = replace(sale.lines[0], reductions=(Taken("r1", "percent", name, Money(123456)),))
    rows = receipt_rows(replace(sale, lines=(taken,)), "柜台便利店", "林小雨", width=NARROW)
    assert name in "".join(row.strip() for row in rows)
    assert any(row.endswith(" -1234.56") for row in rows)
    assert max(map(columns, rows)) <= NARROW
