"""The remote control of the gateway simulator: JSON over HTTP, for tests, demos and the simulator's own pages."""

from collections.abc import Mapping
from dataclasses import asdict

import msgspec
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from pos.domain.entry import utc_text
from pos.sandbox.gateway_control import (
    BalanceWanted,
    CodeWanted,
    Confirmation,
    FaultsWanted,
    ScanWanted,
    SettingsWanted,
    known_kind,
    read_wanted,
)
from pos.sandbox.gateway_faults import Order
from pos.sandbox.gateway_line import Line
from pos.sandbox.gateway_rules import Acquirer
from pos.sandbox.gateway_values import CODE_LIFE, MERCHANT, Trade


class Remote:
    """Endpoints below ``/sandbox`` that are asked and answer in JSON."""

    def __init__(self, line: Line, acquirer: Acquirer) -> None:
        self._line, self._acquirer = line, acquirer

    def routes(self) -> list[Route]:
        """Return the addresses there are."""
        return [
            Route("/sandbox/codes", self.issue_code, methods=["POST"]),
            Route("/sandbox/scan", self.scan, methods=["POST"]),
            Route("/sandbox/confirm", self.confirm, methods=["POST"]),
            Route("/sandbox/faults", self.order_faults, methods=["POST"]),
            Route("/sandbox/deliver", self.deliver, methods=["POST"]),
            Route("/sandbox/settings", self.settings),
            Route("/sandbox/settings", self.change_settings, methods=["POST"]),
            Route("/sandbox/wallets", self.wallets),
            Route("/sandbox/wallets", self.set_balance, methods=["POST"]),
            Route("/sandbox/totals", self.totals),
            Route("/sandbox/trades", self.trades),
        ]

    async def issue_code(self, request: Request) -> Response:
        """Give out a fresh code."""
        wanted = await read_wanted(request, CodeWanted)
        code = self._acquirer.issue_code(wanted.buyer, known_kind(wanted.kind))
        dies_at = utc_text(self._acquirer.now() + CODE_LIFE)
        return in_json({"code": code, "buyer": wanted.buyer, "kind": wanted.kind, "dies_at": dies_at})

    async def scan(self, request: Request) -> Response:
        """Let a customer scan the shop's code."""
        wanted = await read_wanted(request, ScanWanted)
        seen = self._acquirer.scan(wanted.qr_code, wanted.buyer, known_kind(wanted.kind))
        if seen.shown is None:
            raise HTTPException(404, "no such code")
        if seen.trade is None:
            raise HTTPException(410, "the code is dead")
        return in_json({**told(seen.trade), "refusal": seen.refusal})

    async def confirm(self, request: Request) -> Response:
        """Let the customer answer on the phone now."""
        wanted = await read_wanted(request, Confirmation)
        trade = self._acquirer.confirm(wanted.out_trade_no, accept=wanted.accept)
        if trade is None:
            raise HTTPException(404, "no such trade")
        return in_json(told(trade))

    async def order_faults(self, request: Request) -> Response:
        """Take an order to let calls go wrong."""
        wanted = await read_wanted(request, FaultsWanted)
        if wanted.next is None:
            self._line.faults.clear()
        else:
            order = Order(wanted.next, wanted.method or wanted.next.method, wanted.seconds)
            if not self._line.faults.add(order, wanted.count):
                raise HTTPException(409, "too many orders already")
        return in_json({"ordered": len(self._line.faults)})

    async def deliver(self, _request: Request) -> Response:
        """Let all requests arrive now that are still under way."""
        return in_json({"delivered": self._line.deliver(all_of_them=True)})

    async def settings(self, _request: Request) -> Response:
        """Tell how the simulator behaves."""
        return in_json(asdict(self._acquirer.settings))

    async def change_settings(self, request: Request) -> Response:
        """Behave otherwise from now on."""
        wanted = await read_wanted(request, SettingsWanted)
        self._acquirer.change_settings(wanted.over(self._acquirer.settings))
        return await self.settings(request)

    async def wallets(self, _request: Request) -> Response:
        """Tell what everybody has."""
        return in_json({"merchant_fen": self._acquirer.merchant_fen, "buyers": self._acquirer.wallets()})

    async def set_balance(self, request: Request) -> Response:
        """Give a customer or the shop so much money."""
        wanted = await read_wanted(request, BalanceWanted)
        for owner, fen in ((wanted.buyer, wanted.balance_fen), (MERCHANT, wanted.merchant_fen)):
            if fen is not None:
                self._acquirer.set_balance(owner, fen)
        return await self.wallets(request)

    async def totals(self, _request: Request) -> Response:
        """Add up all trades."""
        return in_json(asdict(self._acquirer.totals()))

    async def trades(self, _request: Request) -> Response:
        """List all trades with their refunds."""
        return in_json([told(trade) for trade in self._acquirer.trades()])


def in_json(content: object, status: int = 200, headers: Mapping[str, str] | None = None) -> Response:
    """Return an answer of the remote control."""
    return Response(msgspec.json.encode(content), status, headers, media_type="application/json")


def told(trade: Trade) -> dict[str, object]:
    """Return a trade as the remote control tells it, without its code's fingerprint."""
    known = asdict(trade)
    del known["code"]
    return known
