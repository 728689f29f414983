"""A customer's phone in a browser: scanning the shop's code, the password, the wallet, and bills with bar codes."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

import httpx
import numpy as np
import pytest
import zxingcpp

from pos.sandbox.gateway import create_app
from pos.sandbox.gateway_ledger import MemoryLedger
from tests.unit.sandbox.gateway_kit import KEYS, StoppedClock, Wire, order, payment, served, told


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def wire(clock: StoppedClock) -> Iterator[Wire]:
    with served(create_app(KEYS, MemoryLedger(), clock)) as address:
        wire = Wire(address, clock)
        yield wire
        wire.http.close()


class Form(HTMLParser):
    """The one form of a page that is sent by POST, filled in as a customer would."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.action, self.fields, self.buttons, self._is_in = "", dict[str, str](), list[str](), False
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told_of = {key: value or "" for key, value in attrs}
        if tag == "form":
            self._is_in = told_of.get("method") == "post"
            self.action = told_of["action"] if self._is_in else self.action
        elif tag == "input" and self._is_in:
            self.fields[told_of["name"]] = told_of.get("value", "")
        elif tag == "button" and self._is_in:
            self.buttons.append(told_of["value"])


def text_of(html: str) -> str:
    return re.sub("<[^>]+>", " ", html[html.index("<main>") :])


def tap(wire: Wire, html: str, button: str, password: str = "123456") -> httpx.Response:
    form = Form(html)
    assert button in form.buttons
    return wire.http.post(form.action, data={**form.fields, "password": password, "do": button}, follow_redirects=True)


def bars(html: str) -> list[str]:
    """Return what a reader reads off a page's bar codes."""
    found = []
    for width, height, path in re.findall(r'viewBox="0 0 ([0-9]+) ([0-9]+)".*?<path d="([^"]*)"', html):
        picture = np.full((int(height), int(width)), 255, np.uint8)
        for x, tall in re.findall(r"M([0-9]+) 0h1v([0-9]+)h-1z", path):
            picture[: int(tall), int(x)] = 0
        found += [each.text for each in zxingcpp.read_barcodes(np.kron(picture, np.ones((3, 3), np.uint8)))]
    return found


def scanned(wire: Wire, number: str = "GT1", buyer: str = "alice", **more: object) -> httpx.Response:
    qr = str(wire.ask("precreate", **order(number, **more))["qr_code"])
    return wire.http.get(qr, params={"buyer": buyer})


def test_opening_the_codes_address_is_the_scan(wire: Wire) -> None:
    page = scanned(wire, store_id="0017", subject="牛奶 <b>2件")
    assert page.status_code == 200
    assert "模拟器 SIMULATOR" in page.text
    assert "form-action 'self'" in page.headers["content-security-policy"]
    for words in (
        "柜台示例店 · 0017",
        "¥88.88",
        "余额 ¥1,000,000.00",
        "支付密码",
        "等待付款",
        "牛奶 &lt;b&gt;2件",
    ):
        assert words in text_of(page.text)
    assert wire.ask("query", out_trade_no="GT1")["trade_status"] == "WAIT_BUYER_PAY"
    assert wire.kept == 0


def test_the_password_pays_and_the_wallet_goes_down(wire: Wire) -> None:
    after = tap(wire, scanned(wire).text, "pay")
    assert after.status_code == 200
    assert "支付成功" in text_of(after.text)
    assert "余额 ¥999,911.12" in text_of(after.text)
    assert Form(after.text).buttons == [], "there is nothing left to pay"
    assert wire.ask("query", out_trade_no="GT1")["trade_status"] == "TRADE_SUCCESS"
    assert wire.kept == 8888


def test_a_refund_is_seen_in_the_wallet_and_on_the_bill(wire: Wire) -> None:
    tap(wire, scanned(wire).text, "pay")
    wire.ask("refund", out_trade_no="GT1", refund_amount="30.00", out_request_no="R1")
    page = text_of(wire.http.get("/sandbox/phone/orders", params={"buyer": "alice"}).text)
    assert "余额 ¥999,941.12" in page
    assert "已退款 ¥30.00" in page
    wire.ask("refund", out_trade_no="GT1", refund_amount="58.88", out_request_no="R2")
    assert "已全额退款" in wire.http.get("/sandbox/phone/orders", params={"buyer": "alice"}).text


def test_the_customer_may_cancel(wire: Wire) -> None:
    page = scanned(wire)
    after = tap(wire, page.text, "cancel", password="")
    assert "交易关闭" in text_of(after.text)
    assert wire.ask("query", out_trade_no="GT1")["trade_status"] == "TRADE_CLOSED"
    again = tap(wire, page.text, "pay")
    assert "交易关闭" in text_of(again.text), "an old page of the phone pays nothing"
    assert wire.kept == 0


@pytest.mark.parametrize("password", ["", "12345", "1234567", "abcdef", "１２３４５６"])
def test_a_password_has_six_digits(wire: Wire, password: str) -> None:
    after = tap(wire, scanned(wire).text, "pay", password)
    assert "六位数字" in text_of(after.text)
    assert wire.kept == 0
    assert "支付成功" in tap(wire, after.text, "pay").text


def test_who_has_not_enough_is_told_and_may_try_again(wire: Wire) -> None:
    wire.remote("wallets", buyer="alice", balance_fen=8887)
    after = tap(wire, scanned(wire).text, "pay")
    assert "余额不足" in text_of(after.text)
    assert wire.ask("query", out_trade_no="GT1")["trade_status"] == "WAIT_BUYER_PAY"
    wire.remote("wallets", buyer="alice", balance_fen=8888)
    assert "支付成功" in tap(wire, after.text, "pay").text


def test_a_dead_or_unknown_code_is_told_and_pays_nothing(wire: Wire, clock: StoppedClock) -> None:
    qr = str(wire.ask("precreate", **order("GT1", qr_code_timeout_express="2m"))["qr_code"])
    clock.move(minutes=2)
    dead = wire.http.get(qr)
    assert (dead.status_code, Form(dead.text).buttons) == (410, [])
    assert "二维码已失效" in text_of(dead.text)
    assert wire.http.get("/qr/baxnothing").status_code == 404
    assert wire.look("totals")["trades"] == 0


def test_a_trade_belongs_to_who_scanned_it_first(wire: Wire) -> None:
    html = scanned(wire).text
    qr = str(wire.ask("precreate", **order("GT1"))["qr_code"])
    other = wire.http.get(qr, params={"buyer": "bob"})
    assert other.status_code == 403
    assert "另一位顾客" in text_of(other.text)
    form = Form(html).fields
    for asked in ({**form, "buyer": "bob"}, {**form, "trade_no": "2026"}, {"do": "pay"}):
        assert wire.http.post("/sandbox/phone/answer", data={**asked, "do": "cancel"}).status_code == 404
    assert wire.http.post("/sandbox/phone/answer", data={**form, "do": "steal"}).status_code == 400
    assert wire.http.get(f"/sandbox/phone/orders/{form['trade_no']}", params={"buyer": "bob"}).status_code == 404


def test_a_bill_shows_its_number_as_a_bar_code(wire: Wire) -> None:
    wire.pay("GT1")
    wire.pay("GT2")
    numbers = [str(wire.ask("query", out_trade_no=number)["trade_no"]) for number in ("GT2", "GT1")]
    page = wire.http.get("/sandbox/phone/orders").text
    assert bars(page) == numbers, "newest first"
    assert bars(wire.http.get(f"/sandbox/phone/orders/{numbers[0]}").text) == numbers[:1]
    assert wire.ask("query", trade_no=numbers[0])["out_trade_no"] == "GT2"


def test_a_code_stays_on_the_phone_until_it_is_charged(wire: Wire, clock: StoppedClock) -> None:
    def shown() -> str:
        html = wire.http.get("/sandbox/phone", params={"buyer": "alice", "kind": "never"}).text
        digits = re.findall('class="digits">([0-9 ]+)<', html)
        return str(digits[0]).replace(" ", "") if digits else html

    first = shown()
    clock.move(seconds=49)
    assert shown() == first
    clock.move(seconds=1)
    second = shown()
    assert second != first, "the app shows a new one before the old one is of no use"
    assert told(wire.ask("pay", **payment("GT1", second))) == ("10003", "")
    page = wire.http.get("/sandbox/phone", params={"buyer": "alice", "kind": "never"}, follow_redirects=True)
    assert "支付密码" in text_of(page.text)
    assert "支付成功" in tap(wire, page.text, "pay").text
    assert len(shown()) == 18
    assert wire.kept == 8888


def test_a_page_that_waits_for_a_password_does_not_wipe_it_away(wire: Wire) -> None:
    page = scanned(wire).text
    assert "refresh" not in page
    assert 'http-equiv="refresh"' in tap(wire, page, "pay").text


def test_pages_bring_no_html_of_others_along(wire: Wire) -> None:
    evil = '"><script>alert(1)</script>'
    pages = [
        scanned(wire, buyer=evil, subject="<script>1<*script>", store_id=evil).text,
        wire.http.get("/sandbox/phone", params={"buyer": evil}).text,
        wire.http.get("/sandbox/phone/orders", params={"buyer": evil}).text,
    ]
    assert [page for page in pages if "<script" in page or '""' in page] == []


def test_home_leads_to_the_phone_and_the_lists(wire: Wire) -> None:
    html = wire.http.get("/").text
    links = re.findall('href="([^"]+)"', html)
    assert links
    assert {wire.http.get(link).status_code for link in links} == {200}
