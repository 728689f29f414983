"""AlipayGateway: the PaymentGateway that asks Alipay, over one pool of connections.

Pay is sent once and never again by itself: only the state machine of the till may ask a second time.
"""

import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from threading import Lock
from typing import TypeVar

from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

from pos.alipay import replies, requests
from pos.alipay.certificates import CertificateFiles, load_certificates
from pos.alipay.signing import load_private_key, load_public_key
from pos.clock import Clock
from pos.domain.errors import GatewayNotSafe, KeyUnreadable
from pos.domain.gateway import (
    BillReply,
    CancelReply,
    Charge,
    CloseReply,
    CodeReply,
    FindReply,
    PayReply,
    QueryReply,
    Reach,
    RefundAsk,
    RefundReply,
    RefundStatus,
    Unknown,
)
from pos.plain_httpx import httpx
from pos.settings import AlipaySettings

CONNECT_S = 5.0
READ_S = 15.0
"""Alipay's Java SDK waits as long."""
ANSWER_S = 30.0
"""The longest an answer may take to drip in, whatever the pauses between its pieces."""
ANSWER_MAX = 262_144
"""Bytes; a payment's answer is about one thousand."""
IDLE_S = 30.0
"""How long a connection is kept for the next call: ten polls of a waiting payment."""

BUSY = frozenset({"20000", "40005"})
"""Signed answers of a gateway that cannot serve at the moment; as bad as none."""

_LOOPBACK = {"127.0.0.1", "localhost", "::1"}
_LOG = logging.getLogger("pos.alipay")
_Reply = TypeVar("_Reply")


class AlipayGateway:
    """Asks Alipay's v2 gateway; may be used by several threads at once.

    The environment's proxies and certificate stores are not used (``trust_env`` off): what stands between
    a till and the money is set up on purpose or not at all.

    Args:
        transport: instead of the network, for tests and simulations.

    Raises:
        KeyUnreadable: a key file cannot be used, or Alipay's is really our own.
        GatewayNotSafe: the address is neither https nor on this machine, or the app is not one for it: a real app
            is never shown to a simulator, nor the simulator's app to Alipay.
    """

    def __init__(self, settings: AlipaySettings, clock: Clock, transport: httpx.BaseTransport | None = None) -> None:
        self._address = _safe_address(settings.gateway, settings.app_id)
        self._settings, self._clock = settings, clock
        self._reach, self._counting = Reach(), Lock()
        self._sender, self._alipay_key = _load_keys(settings, clock)
        self._client = httpx.Client(
            transport=transport,
            timeout=httpx.Timeout(READ_S, connect=CONNECT_S),
            limits=httpx.Limits(max_connections=4, max_keepalive_connections=2, keepalive_expiry=IDLE_S),
            follow_redirects=False,
            trust_env=False,
        )

    def __repr__(self) -> str:
        return f"AlipayGateway({self._settings.app_id}, {self._settings.gateway})"

    @property
    def reach(self) -> Reach:
        """How the line is, as the last calls found it."""
        return self._reach

    def pay(self, charge: Charge) -> PayReply:
        """Ask for the money of a customer's code, once; the caller's attempt is on disk."""
        number, content = charge.out_trade_no, requests.pay_content(charge, self._settings.product)
        return self._ask(requests.PAY, number, content, lambda node: replies.pay_reply(node, number, charge.amount))

    def precreate(self, charge: Charge, dies_at: datetime) -> CodeReply:
        """Get a code that the customer scans; it can be paid until ``dies_at`` (UTC)."""
        number, content = (
            charge.out_trade_no,
            requests.precreate_content(charge, dies_at - self._clock.now(), self._settings.product),
        )
        return self._ask(requests.PRECREATE, number, content, lambda node: replies.code_reply(node, number))

    def query(self, out_trade_no: str) -> QueryReply:
        """Say what became of an attempt."""
        content = requests.number_content(out_trade_no)
        return self._ask(requests.QUERY, out_trade_no, content, lambda node: replies.query_reply(node, out_trade_no))

    def find(self, trade_no: str) -> FindReply:
        """Say which attempt a number on the customer's bill belongs to."""
        content = requests.trade_content(trade_no)
        return self._ask(requests.QUERY, trade_no, content, lambda node: replies.find_reply(node, trade_no))

    def cancel(self, out_trade_no: str) -> CancelReply:
        """Undo an attempt: closed if unpaid, paid back if paid."""
        content = requests.number_content(out_trade_no)
        return self._ask(requests.CANCEL, out_trade_no, content, lambda node: replies.cancel_reply(node, out_trade_no))

    def close_trade(self, out_trade_no: str) -> CloseReply:
        """Close an unpaid trade; a paid one is Declined and stays paid."""
        content = requests.number_content(out_trade_no)
        return self._ask(requests.CLOSE, out_trade_no, content, lambda node: replies.close_reply(node, out_trade_no))

    def refund(self, ask: RefundAsk) -> RefundReply:
        """Pay back; ``Unknown`` also when it was taken but the money has not moved yet."""
        content = requests.refund_content(ask)
        return self._ask(
            requests.REFUND, ask.request_no, content, lambda node: replies.refund_reply(node, ask.out_trade_no)
        )

    def refund_status(self, out_trade_no: str, request_no: str) -> RefundStatus:
        """Say whether a refund went through; ``NotFound``: not yet, or never asked."""
        content = requests.refund_query_content(out_trade_no, request_no)
        return self._ask(
            requests.REFUND_QUERY,
            request_no,
            content,
            lambda node: replies.refund_status(node, out_trade_no, request_no),
        )

    def bill(self, day: date) -> BillReply:
        """Say where the bill of a past day is; ``NotFound``: no money moved, or it is not ready."""
        return self._ask(requests.BILL, day.isoformat(), requests.bill_content(day), replies.bill_reply)

    def close(self) -> None:
        """Let go of the connections."""
        self._client.close()

    def _ask(
        self, method: str, number: str, content: requests.Content, read: Callable[[replies.Node], _Reply]
    ) -> _Reply | Unknown:
        """Make one call, read its answer, and log the number and the outcome, never the request."""
        node = self._call(method, content)
        reply = node if isinstance(node, Unknown) else read(node)
        self._count(is_answered=not isinstance(node, Unknown) and node.get("code") not in BUSY)
        _LOG.info("%s %s: %s", method, number, reply)
        return reply

    def _count(self, *, is_answered: bool) -> None:
        with self._counting:
            unanswered = self._reach.unanswered + 1
            self._reach = Reach(self._clock.now()) if is_answered else replace(self._reach, unanswered=unanswered)

    def _call(self, method: str, content: requests.Content) -> replies.Node | Unknown:
        params = requests.signed_params(method, content, self._sender, self._clock.now())
        # The gateway reads charset from the address only; all else stays out of it, because addresses get logged.
        address = self._address.copy_with(params={"charset": params.pop("charset")})
        try:
            with self._client.stream("POST", address, data=params) as answer:
                raw = self._read(answer)
        except httpx.RequestError as reason:
            return Unknown(f"network {type(reason).__name__}")
        if raw is None:
            return Unknown("answer too long or too slow")
        certificates = self._sender.certificates
        cert_sn = certificates.alipay_sn if certificates else ""
        return replies.read_node(answer.status_code, raw, method, self._alipay_key, cert_sn=cert_sn)

    def _read(self, answer: httpx.Response) -> bytes | None:
        raw, until = b"", self._clock.monotonic() + ANSWER_S
        for piece in answer.iter_bytes():
            raw += piece
            if len(raw) > ANSWER_MAX or self._clock.monotonic() > until:
                return None
        return raw


def _load_keys(settings: AlipaySettings, clock: Clock) -> tuple[requests.Sender, RSAPublicKey]:
    _check_mode(settings)
    key = load_private_key(Path(settings.private_key))
    if settings.app_cert:
        files = CertificateFiles(
            Path(settings.app_cert), Path(settings.alipay_cert), Path(settings.alipay_root_cert)
        )  # fmt: skip
        certificates = load_certificates(files, key, clock.now())
        return requests.Sender(settings.app_id, key, certificates), certificates.alipay_key
    alipay_key = load_public_key(Path(settings.alipay_public_key))
    if alipay_key == key.public_key():
        raise KeyUnreadable(path=settings.alipay_public_key, reason="our own public key, not Alipay's")
    return requests.Sender(settings.app_id, key), alipay_key


def _check_mode(settings: AlipaySettings) -> None:
    """See that the settings name the files of one mode, all of them."""
    three = {
        "app_cert": settings.app_cert,
        "alipay_cert": settings.alipay_cert,
        "alipay_root_cert": settings.alipay_root_cert,
    }
    asked = three if any(three.values()) else {"alipay_public_key": settings.alipay_public_key}
    if missing := [name for name, path in {"private_key": settings.private_key, **asked}.items() if not path]:
        raise KeyUnreadable(path=", ".join(missing), reason="not set in [alipay]")
    if any(three.values()) and settings.alipay_public_key:
        raise KeyUnreadable(path=settings.alipay_public_key, reason="either this key or the three certificates")


def _safe_address(text: str, app_id: str) -> httpx.URL:
    try:
        address = httpx.URL(text)
    except httpx.InvalidURL as reason:
        raise GatewayNotSafe(address=text) from reason
    is_simulator, is_near = app_id.startswith("SANDBOX"), address.host in _LOOPBACK
    is_safe = bool(address.host) and address.scheme == ("http" if is_near else "https") and is_near == is_simulator
    if not is_safe or (address.port or 0) > 65_535:
        raise GatewayNotSafe(address=text)
    return address
