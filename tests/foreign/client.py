"""python-alipay-sdk, driven by lines of JSON: ``{"method", "content"}`` in, ``{"node"}`` or ``{"error"}`` out.

Arguments: the gateway's address, the folder of keys, and ``key`` or ``certificate``. Its packages are on PYTHONPATH.
"""

import json
import sys
from pathlib import Path
from typing import Any
from urllib.error import URLError

from alipay import AliPay, DCAliPay
from alipay.exceptions import AliPayException, AliPayValidationError

APP = "SANDBOX-0001"
_OWN_CALLS = {
    "alipay.trade.pay": "api_alipay_trade_pay",
    "alipay.trade.precreate": "api_alipay_trade_precreate",
    "alipay.trade.query": "api_alipay_trade_query",
    "alipay.trade.cancel": "api_alipay_trade_cancel",
    "alipay.trade.close": "api_alipay_trade_close",
    "alipay.trade.refund": "api_alipay_trade_refund",
    "alipay.trade.fastpay.refund.query": "api_alipay_trade_fastpay_refund_query",
}


def make(gateway: str, keys: Path, mode: str) -> Any:  # noqa: ANN401  (it has no types)
    """Return the client, set to the gateway."""
    private = (keys / "app_private.pem").read_text()
    if mode == "certificate":
        names = ("app_cert.crt", "alipay_cert.crt", "alipay_root_cert.crt")
        client = DCAliPay(APP, private, *((keys / name).read_text() for name in names))
    else:
        public = (keys / "alipay_public.pem").read_text()
        client = AliPay(APP, app_private_key_string=private, alipay_public_key_string=public)
    client._gateway = gateway  # it has no other way to be told
    return client


def ask(client: Any, method: str, content: dict[str, Any]) -> Any:  # noqa: ANN401  (it has no types)
    """Return what the client makes of one call; the bill's address is the one call it has no name for."""
    if own := _OWN_CALLS.get(method):
        return getattr(client, own)(**content)
    return client.server_api(method, content)


def main() -> None:
    """Answer until standard input ends."""
    gateway, keys, mode = sys.argv[1:]
    client = make(gateway, Path(keys), mode)
    for line in sys.stdin:
        asked = json.loads(line)
        try:
            told = {"node": ask(client, asked["method"], asked["content"])}
        except (AliPayException, AliPayValidationError, URLError, ValueError) as error:
            told = {"error": f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(told), flush=True)


if __name__ == "__main__":
    main()
