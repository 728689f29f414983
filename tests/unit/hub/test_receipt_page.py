"""A customer sees their receipt by an address nobody can guess, and it does not say who they are."""

import re

import httpx
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine

from pos.domain.receipt_page import page_token, receipt_of_token
from pos.hub.admission import Lane, lane_of
from pos.hub.app import create_app
from pos.hub.intake import take
from pos.hub.signatures import Gatekeeper
from tests.unit.hub.kit import NOW, StoppedClock, chain, reduced_sale_body, sale_body, served

RECEIPT = "0017-03-20261123-0001"


def sold(engine: Engine, kind: str = "sale.completed@2", **changes: object) -> str:
    """Let a sale arrive; return the address of its page."""
    body = reduced_sale_body(1, **changes) if kind.endswith("@2") else sale_body(1, **changes)
    [entry] = chain([(kind, body)])
    take(engine, [entry], NOW)
    return f"/r/{page_token(RECEIPT, entry.hash)}"


def words(page: httpx.Response) -> list[str]:
    cells = re.findall(r"<td>([^<]*)<td>([^<]*)", page.text)
    return [" ".join(each).strip() for each in cells]


def test_the_page_says_what_was_bought_in_chinese(hub: httpx.Client, sqlite_engine: Engine) -> None:
    page = hub.get(sold(sqlite_engine))
    assert page.status_code == 200
    assert words(page) == [
        f"单号 {RECEIPT}", "时间 2026-11-23 12:00:00",
        "可口可乐 330ml ¥7.00", "2 × ¥3.50", "第二件半价 -¥1.75",
        "红富士苹果 ¥15.00", "1.250 kg × ¥12.00",
        "已优惠 -¥1.75", "抹零 -¥0.05", "合计 ¥20.20", "现金 ¥20.20",
        "税率 13% 税额 ¥0.60", "税率 9% 税额 ¥1.24",
    ]  # fmt: skip


@pytest.mark.parametrize(("ask", "headers"), [("?lang=en", {}), ("", {"accept-language": "en-GB,en;q=0.9,zh;q=0.5"})])
def test_and_in_english(hub: httpx.Client, sqlite_engine: Engine, ask: str, headers: dict[str, str]) -> None:
    page = hub.get(sold(sqlite_engine) + ask, headers=headers)
    assert {"Total ¥20.20", "Cash ¥20.20", "You saved -¥1.75"} <= set(words(page))
    assert "lang=en>" in page.text


def test_sales_of_older_tills_cases_and_change_are_shown_too(hub: httpx.Client, sqlite_engine: Engine) -> None:
    page = hub.get(sold(sqlite_engine, "sale.completed"))
    assert {"现金 ¥10.00", "找零 ¥3.00", "支付宝 ¥15.00", "合计 ¥22.00"} <= set(words(page))


def test_a_case_is_one(hub: httpx.Client, sqlite_engine: Engine) -> None:
    lines = [each | {"pack": 2} if each["line_no"] == 1 else each for each in reduced_sale_body(1)["lines"]]
    assert "1 × ¥7.00" in words(hub.get(sold(sqlite_engine, lines=lines)))


def test_nothing_says_who_bought_or_who_sold(hub: httpx.Client, sqlite_engine: Engine) -> None:
    page = hub.get(sold(sqlite_engine, member="8001234567", cashier="1001", coupons=["C-77"])).text
    assert not [each for each in ("8001234567", "1001", "C-77", "gold", "shift-1") if each in page]


def test_trade_numbers_stay_here(hub: httpx.Client, sqlite_engine: Engine) -> None:
    page = hub.get(sold(sqlite_engine, "sale.completed")).text
    assert "20261<" not in page
    assert "attempt-1" not in page


@pytest.mark.parametrize("token", [f"{RECEIPT}~{'A' * 26}", RECEIPT, f"{RECEIPT}~", "x" * 5000, "%00", "~"])
def test_a_wrong_address_tells_nothing(hub: httpx.Client, sqlite_engine: Engine, token: str) -> None:
    unknown = hub.get(f"/r/{page_token('0017-03-20261123-0009', 'ab' * 32)}")
    sold(sqlite_engine)
    page = hub.get(f"/r/{token}")
    assert page.status_code == 404
    assert page.text == unknown.text


def test_each_sale_has_a_proof_of_its_own() -> None:
    first, second = (page_token(RECEIPT, digit * 64) for digit in "ab")
    assert first != second
    assert len(first) == len(RECEIPT) + 1 + 26
    assert receipt_of_token(first) == RECEIPT
    assert receipt_of_token(first.lower()) is None


def test_words_of_a_product_are_words_and_nothing_else(hub: httpx.Client, sqlite_engine: Engine) -> None:
    lines = [each | {"name": "<script>alert(1)</script>"} for each in reduced_sale_body(1)["lines"]]
    page = hub.get(sold(sqlite_engine, lines=lines))
    assert "<script>" not in page.text
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "private, no-store"
    assert "noindex" in page.headers["x-robots-tag"]


def test_a_customer_has_no_key_and_takes_no_tills_place(sqlite_engine: Engine, clock: StoppedClock) -> None:
    keeper = Gatekeeper(sqlite_engine, clock, Ed25519PrivateKey.generate())
    address = sold(sqlite_engine)
    with served(create_app(sqlite_engine, clock, keeper=keeper)) as url:
        assert httpx.get(url + address, trust_env=False).status_code == 200
        for method, path in (
            ("POST", address), ("GET", f"/v1/sales/{RECEIPT}"), ("GET", "/r/..%2fv1%2ftotals"), ("GET", "/r/"),
        ):  # fmt: skip
            assert httpx.request(method, url + path, trust_env=False).status_code == 401
    assert lane_of("GET", address, None) is Lane.PAGE
