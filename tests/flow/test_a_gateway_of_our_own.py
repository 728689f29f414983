"""The gateway simulator as a process of its own: a customer's day, killed in between, with money that adds up."""

import csv
import io
import json
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from pos.alipay.signing import load_private_key, sign, string_to_sign
from pos.clock import BEIJING, SystemClock, shop_day
from tests.unit.sandbox.gateway_kit import verified

ROOT = Path(__file__).parents[2]
SERVE = "import sys\nfrom pathlib import Path\nfrom pos.sandbox.gateway import serve\nserve(Path(sys.argv[1]), {})"


class Gateway:
    """A running simulator, asked as a till asks it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.start()

    def start(self, port: int = 0) -> None:
        command = [sys.executable, "-c", SERVE.format(port), str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
        assert self.process.stdout is not None
        self.address = str(json.loads(self.process.stdout.readline())["listening"])
        self.http = httpx.Client(base_url=self.address, trust_env=False, timeout=10)

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()
        assert self.process.stdout is not None
        self.process.stdout.close()
        self.http.close()

    def restart(self) -> None:
        self.kill()
        self.start(httpx.URL(self.address).port or 0)

    def ask(self, method: str, **content: object) -> dict[str, object]:
        """Return an answer's node; its signature is checked with the file a till would check it with."""
        params = {
            "app_id": "SANDBOX-0001", "method": method, "charset": "utf-8", "sign_type": "RSA2", "version": "1.0",
            "timestamp": f"{SystemClock().now().astimezone(BEIJING):%Y-%m-%d %H:%M:%S}",
            "biz_content": json.dumps(content, ensure_ascii=False),
        }  # fmt: skip
        signature = sign(string_to_sign(params).encode(), load_private_key(self.folder / "app_private.pem"))
        raw = self.http.post("/gateway.do?charset=utf-8", content=urlencode({**params, "sign": signature})).content
        key = load_pem_public_key((self.folder / "alipay_public.pem").read_bytes())
        return verified(raw, key=key)  # type: ignore[arg-type]

    def remote(self, path: str, **asked: object) -> dict[str, object]:
        answer: dict[str, object] = self.http.post(f"/sandbox/{path}", json=asked).raise_for_status().json()
        return answer

    def money(self) -> int:
        """Return what everybody has together, in fen."""
        wallets = self.http.get("/sandbox/wallets").json()
        everybody: list[int] = [wallets["merchant_fen"], *wallets["buyers"].values()]
        return sum(everybody)


@pytest.fixture
def gateway(tmp_path: Path) -> Iterator[Gateway]:
    started = Gateway(tmp_path / "alipay")
    yield started
    started.kill()


def test_a_scanned_code_is_paid_partly_paid_back_and_on_the_next_days_bill(gateway: Gateway) -> None:
    today = shop_day(SystemClock().now()).isoformat()
    gateway.remote("wallets", buyer="alice", balance_fen=20_000)
    order = {"out_trade_no": "GT1", "total_amount": "88.88", "subject": "牛奶 2件", "store_id": "0017"}
    qr = str(gateway.ask("alipay.trade.precreate", **order)["qr_code"])
    assert qr.startswith(f"{gateway.address}/qr/bax")
    assert gateway.ask("alipay.trade.query", out_trade_no="GT1")["sub_code"] == "ACQ.TRADE_NOT_EXIST"
    gateway.restart()

    assert "¥88.88" in gateway.http.get(qr, params={"buyer": "alice"}).text
    trade_no = gateway.ask("alipay.trade.query", out_trade_no="GT1")["trade_no"]
    tapped = {"trade_no": trade_no, "buyer": "alice", "password": "123456", "do": "pay"}
    assert "支付成功" in gateway.http.post("/sandbox/phone/answer", data=tapped, follow_redirects=True).text
    gateway.restart()

    assert gateway.ask("alipay.trade.query", trade_no=trade_no)["trade_status"] == "TRADE_SUCCESS"
    refund = {"out_trade_no": "GT1", "refund_amount": "30.00", "out_request_no": "R1"}
    assert gateway.ask("alipay.trade.refund", **refund)["fund_change"] == "Y"
    gateway.restart()
    assert gateway.ask("alipay.trade.refund", **refund)["fund_change"] == "N"
    gateway.remote("settings", refund_delay_s=0)
    asked = {"out_trade_no": "GT1", "out_request_no": "R1"}
    assert gateway.ask("alipay.trade.fastpay.refund.query", **asked)["refund_status"] == "REFUND_SUCCESS"

    gateway.remote("settings", travel_s=86_400, bill_ready_s=0)
    bill = "alipay.data.dataservice.bill.downloadurl.query"
    url = str(gateway.ask(bill, bill_type="trade", bill_date=today)["bill_download_url"])
    with zipfile.ZipFile(io.BytesIO(httpx.get(url, trust_env=False).content)) as archive:
        lines = archive.read(archive.infolist()[0]).decode("gbk").splitlines()
    table = [[cell.strip() for cell in row] for row in csv.reader(line for line in lines if line[:1] != "#")]
    assert [(row[0], row[1], row[2], row[12], row[21]) for row in table[1:]] == [
        (trade_no, "GT1", "交易", "88.88", ""), (trade_no, "GT1", "退款", "-30.00", "R1"),
    ]  # fmt: skip
    assert gateway.money() == 20_000
    totals = gateway.http.get("/sandbox/totals").json()
    assert (totals["paid_fen"], totals["refunded_fen"], totals["kept_fen"], totals["refunds"]) == (8888, 3000, 5888, 1)


def test_a_late_request_arrives_though_nobody_asks(gateway: Gateway) -> None:
    code = gateway.remote("codes")["code"]
    gateway.remote("faults", next="late", method="alipay.trade.pay", seconds=0.3)
    with pytest.raises(httpx.RemoteProtocolError):
        gateway.ask(
            "alipay.trade.pay", out_trade_no="GT1", total_amount="1.00", subject="牛奶", auth_code=code,
            scene="bar_code",
        )  # fmt: skip
    book, deadline = gateway.folder / "trades.jsonl", time.monotonic() + 30
    while '"what":"pay"' not in book.read_text():
        assert time.monotonic() < deadline, "it never arrived"
        time.sleep(0.02)
    assert gateway.http.get("/sandbox/totals").json()["kept_fen"] == 100


def test_it_listens_on_this_machine_only(gateway: Gateway) -> None:
    port = httpx.URL(gateway.address).port
    assert gateway.address == f"http://127.0.0.1:{port}"
    # Another of this machine's own addresses would do, if it listened on all of them.
    with pytest.raises(OSError, match=r"refused|unreachable|timed out"):
        socket.create_connection(("127.0.0.2", port or 0), timeout=5)
