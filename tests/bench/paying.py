"""Paying: our client against a gateway that answers at once, beside a bare POST with one RSA signature."""

import base64
import json
import tempfile
import threading
import time
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.hashes import SHA256

from pos.alipay.gateway import AlipayGateway
from pos.alipay.signing import load_private_key, sign
from pos.clock import SystemClock
from pos.domain.gateway import Charge, Paid
from pos.domain.money import Money
from pos.sandbox.gateway_keys import ALIPAY_PUBLIC, APP_PRIVATE, SANDBOX_APP_ID, open_keys
from pos.settings import AlipaySettings
from tests.bench.figure import Figure, in_turns

CHARGE = Charge("GT1", Money(8888), "280000000000000001", "柜台示例店 3件", "0017", "03", "1001")
ROUNDS = 300


def measure() -> list[Figure]:
    """Time one payment on the clock and on the processor; the gateway's own work is the same in both."""
    with tempfile.TemporaryDirectory() as folder:
        keys = open_keys(Path(folder))
        node = json.dumps({"code": "10000", "out_trade_no": "GT1", "trade_no": "2026112322001400001234567890",
                           "total_amount": "88.88"})  # fmt: skip
        answer = f'{{"alipay_trade_pay_response":{node},"sign":"{sign(node.encode(), keys.own_key)}"}}'.encode()
        server = _serving(answer)
        address = f"http://127.0.0.1:{server.server_port}/gateway.do"
        try:
            return _compare(Path(folder), address)
        finally:
            server.shutdown()
            server.server_close()


def _compare(folder: Path, address: str) -> list[Figure]:
    settings = AlipaySettings(address, SANDBOX_APP_ID, str(folder / APP_PRIVATE), str(folder / ALIPAY_PUBLIC))
    gateway, key = AlipayGateway(settings, SystemClock()), load_private_key(folder / APP_PRIVATE)
    bare = httpx.Client(trust_env=False)

    def pay() -> None:
        assert isinstance(gateway.pay(CHARGE), Paid)

    def post() -> None:
        signature = base64.b64encode(key.sign(b"x" * 600, PKCS1v15(), SHA256())).decode()
        assert bare.post(address, data={"biz_content": "x" * 600, "sign": signature}).status_code == 200

    against = "httpx POST and one RSA signature"
    try:
        return [
            in_turns("pay by a customer's code, on the clock", pay, against, post, times=ROUNDS),
            in_turns("pay by a customer's code, on the processor", pay, against, post, times=ROUNDS, clock=_cpu),
        ]
    finally:
        gateway.close()
        bare.close()


_cpu: Callable[[], float] = time.thread_time


def _serving(answer: bytes) -> ThreadingHTTPServer:
    class Constant(BaseHTTPRequestHandler):
        """Gives the same answer to everybody, on a connection that stays open."""

        protocol_version = "HTTP/1.1"
        wbufsize = -1
        disable_nagle_algorithm = True

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(200)
            self.send_header("content-length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Constant)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
