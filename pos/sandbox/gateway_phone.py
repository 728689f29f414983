"""A customer's phone in a browser: payment codes, scanning the shop's code, the wallet, bills, and the password."""

import re
from datetime import datetime, timedelta
from urllib.parse import urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from pos.sandbox.gateway_bills import BILL_PATH
from pos.sandbox.gateway_control import known_kind, read_form
from pos.sandbox.gateway_pages import home_page, order_page, orders_page, phone_page, refusal_page
from pos.sandbox.gateway_qr import QR_PATH
from pos.sandbox.gateway_rules import Acquirer
from pos.sandbox.gateway_values import Trade, TradeStatus

PHONES_MAX = 100
"""Customers whose code is still known when their page is opened again; another gets a fresh one."""
_SHOWN_FOR = timedelta(seconds=50)
"""The app shows a new code before the old one is of no use."""
_RULES = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
}
_PASSWORD = re.compile("[0-9]{6}", re.ASCII)
_DEAD = {"TRADE_NOT_EXIST": 404, "NOW_TIME_AFTER_EXPIRE_TIME_ERROR": 410}


class Phone:
    """Endpoints that answer with pages, and the bill's own address."""

    def __init__(self, acquirer: Acquirer) -> None:
        self._acquirer = acquirer
        self._shown: dict[tuple[str, str], tuple[str, datetime]] = {}

    def routes(self) -> list[Route]:
        """Return the addresses there are."""
        return [
            Route("/", self.home),
            Route("/sandbox/phone", self.show_code),
            Route("/sandbox/phone/orders", self.orders),
            Route("/sandbox/phone/orders/{trade_no}", self.order),
            Route("/sandbox/phone/answer", self.answer, methods=["POST"]),
            Route(QR_PATH + "{token}", self.scanned),
            Route(BILL_PATH, self.bill),
        ]

    async def home(self, _request: Request) -> Response:
        """Say what this is."""
        return _page(home_page())

    async def show_code(self, request: Request) -> Response:
        """Show a payment code until it is charged or old; when it was charged, what it was charged for."""
        kind, buyer = known_kind(request.query_params.get("kind", "normal")), _buyer(request.query_params.get("buyer"))
        code, made_at = self._shown.pop((buyer, kind), ("", self._acquirer.now()))
        if trade := self._acquirer.trade_by_code(code):
            return RedirectResponse(f"/sandbox/phone/orders/{trade.trade_no}?{urlencode({'buyer': buyer})}", 303)
        if not self._acquirer.can_be_charged(code) or self._acquirer.now() - made_at >= _SHOWN_FOR:
            code, made_at = self._acquirer.issue_code(buyer, kind), self._acquirer.now()
        self._shown = {**dict(list(self._shown.items())[-PHONES_MAX + 1 :]), (buyer, kind): (code, made_at)}
        return _page(phone_page(code, buyer, kind, self._acquirer.wallet_fen(buyer)))

    async def scanned(self, request: Request) -> Response:
        """Show what a scan of the shop's code leads to; opening the address is the scan, so the trade begins."""
        buyer = _buyer(request.query_params.get("buyer"))
        seen = self._acquirer.scan(request.path_params["token"], buyer)
        if seen.trade is None or seen.trade.buyer != buyer or seen.refusal in _DEAD:
            return _page(refusal_page(seen.refusal), _DEAD.get(seen.refusal, 403))
        return self._show(seen.trade, seen.refusal)

    async def orders(self, request: Request) -> Response:
        """Show a customer's bills."""
        buyer = _buyer(request.query_params.get("buyer"))
        own = [trade for trade in reversed(self._acquirer.trades()) if trade.buyer == buyer]
        return _page(orders_page(buyer, self._acquirer.wallet_fen(buyer), own))

    async def order(self, request: Request) -> Response:
        """Show one bill."""
        query = request.query_params
        return self._show(self._own(request.path_params["trade_no"], query.get("buyer")), query.get("told", ""))

    async def answer(self, request: Request) -> Response:
        """Take what the customer tapped: the password and "pay", or "cancel"."""
        form = await read_form(request)
        trade, told = self._own(form.get("trade_no", ""), form.get("buyer")), ""
        if form.get("do") not in {"pay", "cancel"}:
            raise HTTPException(400, "do must be pay or cancel")
        is_paying = form["do"] == "pay"
        if is_paying and not _PASSWORD.fullmatch(form.get("password", "")):
            told = "PASSWORD"
        else:
            after = self._acquirer.confirm(trade.out_trade_no, accept=is_paying)
            if is_paying and after and after.status is TradeStatus.WAITING:
                told = "BUYER_BALANCE_NOT_ENOUGH"
        where = request.url.replace(path=f"/sandbox/phone/orders/{trade.trade_no}")
        return RedirectResponse(str(where.replace_query_params(buyer=trade.buyer, told=told)), 303)

    async def bill(self, request: Request) -> Response:
        """Give out a day's bill to whoever holds a fresh address of it."""
        file = self._acquirer.bill(request.query_params.get("token", ""))
        if file is None:
            return _page(refusal_page("BILL_ADDRESS_DEAD"), 403)
        return Response(file, media_type="application/zip", headers={"cache-control": "no-store"})

    def _own(self, trade_no: str, buyer: str | None) -> Trade:
        trade = self._acquirer.trade_of(trade_no)
        if trade is None or trade.buyer != _buyer(buyer):
            raise HTTPException(404, "no such bill")
        return trade

    def _show(self, trade: Trade, refusal: str) -> Response:
        return _page(order_page(trade, self._acquirer.wallet_fen(trade.buyer), refusal))


def _buyer(name: str | None) -> str:
    return (name or "demo")[:64]


def _page(html: str, status: int = 200) -> Response:
    return HTMLResponse(html, status, headers=_RULES)
