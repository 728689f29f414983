"""A receipt says what was sold, what was taken off, how it was paid, and which paper it is."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from pos.domain.cart_line import Discount
from pos.domain.entry import Json, witness_of
from pos.domain.money import Money
from pos.domain.paper import Paper
from pos.domain.quantity import Quantity
from pos.domain.receipt import Heading, receipt_slip, yuan
from pos.domain.sale import Sale, Taken, Tender, TenderKind
from pos.domain.slip import NARROW, WIDE, Code, Logo, as_text, columns
from pos.storage import catalogue
from pos.till import goods, sell
from pos.till.till import Till
from tests.fakes import NOODLES, TEA, WATER, World, quick_folder
from tests.fakes import goods as product

HEADING = Heading("柜台便利店", Paper(head="人民路 1 号\n电话 021-1234", foot="谢谢惠顾\n\n七日内凭票退换"))
CASE = "26901234567893"


@pytest.fixture
def till() -> Iterator[Till]:
    with quick_folder() as folder:
        till = World(folder).open_selling()
        yield till
        till.close()


def sold(till: Till, *texts: str) -> Sale:
    cart = sell.new_cart(till)
    for text in texts:
        sell.scan(till, cart, text)
    return sell.pay_cash(till, cart, Money(100_000))


def printed(sale: Sale, width: int = WIDE, *, copy: int = 0) -> list[str]:
    rows = as_text(receipt_slip(sale, HEADING, "林小雨", copy=copy), width)
    assert max(map(columns, rows)) <= width
    return rows


def words(rows: list[str]) -> list[list[str]]:
    return [row.split() for row in rows]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_the_witness_of_the_entry_is_on_the_paper(till: Till, width: int) -> None:
    sale = sold(till, TEA)
    entry_hash = till.db.execute("SELECT hash FROM journal ORDER BY seq DESC LIMIT 1").fetchone()[0]
    assert ["验证码", witness_of(entry_hash)] in words(printed(sale, width))
    assert not any("验证码" in row for row in printed(replace(sale, entry_hash=""), width))


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_was_taken_off_is_on_the_paper_line_by_line(till: Till, width: int) -> None:
    till.settings = replace(till.settings, till=replace(till.settings.till, cash_rounding_fen=100))
    cart = sell.new_cart(till)
    sell.scan(till, cart, TEA)
    cart.set_price(1, Money(1000))
    cart.set_discount(1, Discount(percent=5))
    rows = words(printed(sell.pay_cash(till, cart, Money(900)), width))
    for row in (
        ["1", "×", "10.00", "10.00"],
        ["原价", "199.99"],
        ["手工折扣", "-0.50"],
        ["原价合计", "￥10.00"],
        ["已优惠", "-￥0.50"],
        ["共", "1", "行", "合计", "￥9.50"],
        ["抹零", "-￥0.50"],
        ["应收", "￥9.00"],
        ["现金", "￥9.00"],
    ):
        assert row in rows


def test_the_whole_paper_reads_like_this(till: Till) -> None:
    sale = replace(sold(till, WATER, WATER, NOODLES), entry_hash="")
    assert printed(sale, NARROW) == [
        "   柜台便利店",
        "          人民路 1 号",
        "         电话 021-1234",
        "-" * 32,
        "单号       0017-03-20261123-0001",
        "时间         2026-11-23 10:00:00",
        "收银员                    林小雨",
        "-" * 32,
        "农夫山泉 550ml",
        "  2 × 2.00                 4.00",
        "红烧牛肉面",
        "  1 × 4.50                 4.50",
        "-" * 32,
        "共 2 行  合计             ￥8.50",
        "现金                   ￥1000.00",
        "找零                    ￥991.50",
        "税率13% 含税8.50 税额       0.98",
        "-" * 32,
        "            谢谢惠顾",
        "",
        "         七日内凭票退换",
    ]


def test_the_name_of_a_rule_is_never_cut(till: Till) -> None:
    sale = sold(till, TEA)
    name = "周末会员专享饮料零食第二件半价再减二元促销活动"
    taken = replace(sale.lines[0], reductions=(Taken("r1", "percent", name, Money(123456)),))
    rows = printed(replace(sale, lines=(taken,)), NARROW)
    assert name in "".join(row.strip() for row in rows)
    assert any(row.endswith(" -1234.56") for row in rows)


def test_cases_are_sold_as_cases(till: Till) -> None:
    case: dict[str, Json] = {
        "barcode": CASE,
        "quantity": 24,
        "price_fen": 4500,
        "words": "箱",
        "words_en": "case",
        "shared": 0,
    }
    water = product("600101", "农夫山泉 550ml", 200, WATER, packs=[case])
    catalogue.apply_feed(till.prices, [water], [], "2")
    cart = sell.new_cart(till)
    found = goods.look(till, CASE)
    assert isinstance(found, goods.OnSale)
    goods.put(till, cart, found, found.packs[0], 2)
    sale = sell.pay_cash(till, cart, Money(9000))
    assert (sale.lines[0].pack, sale.lines[0].quantity) == (24, Quantity(48))
    rows = words(printed(sale, NARROW))
    assert ["农夫山泉", "550ml", "箱"] in rows
    assert ["2", "×", "45.00（每件", "24）", "90.00"] in rows


def test_each_part_of_a_payment_has_its_row(till: Till) -> None:
    sale = sold(till, NOODLES)
    parts = (
        Tender(TenderKind.ALIPAY, Money(250), Money(250), "a", "GT1", "2026112322001412341234567890"),
        Tender(TenderKind.CASH, Money(200), Money(1000)),
    )
    sale = replace(sale, tenders=parts)
    for width in (WIDE, NARROW):
        rows = [row for row in words(printed(sale, width)) if row]
        at = rows.index(["支付宝", "￥2.50"])
        told = [each for row in rows[at + 1 :] for each in row][:6]
        assert told == ["交易号", "2026112322001412341234567890", "现金", "￥10.00", "找零", "￥8.00"]


def test_what_is_printed_again_says_so_twice(till: Till) -> None:
    sale = sold(till, TEA)
    assert not any("副本" in row for row in printed(sale))
    assert [row.strip() for row in printed(sale, copy=2) if "副本" in row] == ["副本 2", "副本 2"]


def test_what_must_not_be_missed_is_first_and_last(till: Till) -> None:
    notice = "练习 · 不是真实收款 · TRAINING"
    logo = Logo(8, 1, b"\xff")
    heading = Heading("柜台便利店", Paper(logo=logo), notice)
    slip = receipt_slip(sold(till, TEA), heading, "林小雨", code="0017-03-20261123-0001")
    rows = as_text(slip, NARROW)
    assert (rows[0].strip(), rows[-1].strip()) == (notice, notice)
    assert logo in slip
    assert Code("0017-03-20261123-0001") in slip


def test_money_on_paper_has_the_sign_that_printers_have() -> None:
    assert (yuan(Money(123456)), yuan(Money(-50)), yuan(Money(0))) == ("￥1234.56", "-￥0.50", "￥0.00")
