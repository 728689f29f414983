"""Whatever happens, no payment code, no key, no signature and no bill address is in anything that is written down."""

import base64
import logging
import traceback
from contextlib import ExitStack
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from pos.alipay.bill import download
from pos.alipay.gateway import AlipayGateway
from pos.alipay.signing import load_private_key
from pos.domain.errors import BillUnreadable
from pos.domain.gateway import BillAddress
from pos.sandbox.gateway import fresh_codes
from pos.storage.database import checkpoint
from pos.till import pay, refund, resolve, sell
from pos.till.till import open_till
from tests.fakes import BY_MEI
from tests.flow.fault_shop import Shop, opened_shop
from tests.flow.fault_table import PART, cart_of


def written_by(folder: Path) -> bytes:
    """Return every byte of every file below a folder."""
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def private_parts(shop: Shop) -> list[bytes]:
    """Return the till's private key, in the ways it could be written: lines of PEM, base64 of DER, its numbers."""
    key = load_private_key(shop.folder / "alipay" / "app_private.pem")
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).splitlines()[1:-1]
    der = base64.b64encode(key.private_bytes(Encoding.DER, PrivateFormat.TraditionalOpenSSL, NoEncryption()))
    return [*pem, der[:60], str(key.private_numbers().d)[:40].encode(), f"{key.private_numbers().d:x}"[:40].encode()]


def crash_with(code: str, shop: Shop) -> str:
    """Return what a crash in the middle of a payment would write."""
    till = shop.open()

    class Broken(AlipayGateway):
        def _read(self, answer: object) -> bytes:
            raise RuntimeError(f"unexpected {type(answer).__name__}")

    till.gateway = Broken(shop.gateway._settings, shop.clock)
    try:
        pay.charge(till, cart_of(till), code)
    except RuntimeError as error:
        return "".join(traceback.format_exception(error))
    finally:
        till.close()
    raise AssertionError("it did not crash")


@pytest.fixture
def shop() -> Shop:  # type: ignore[misc]
    with ExitStack() as stack:
        yield stack.enter_context(opened_shop())


def test_codes_keys_and_signatures_are_nowhere_afterwards(shop: Shop, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    till, codes, token = shop.open(), [], "bill-secret"
    for kind, fault in [("normal", ""), ("password", ""), ("decline_balance", ""), ("normal", "drop_after"),
                        ("normal", "bad_signature"), ("normal", "html"), ("normal", "http_500")]:  # fmt: skip
        codes += fresh_codes(shop.address, kind=kind)
        if fault:
            shop.fault(fault, "alipay.trade.pay")
        pay.charge(till, cart_of(till), codes[-1])
    with pytest.raises(Exception, match="P-203"):
        pay.charge(till, cart_of(till), "6901234567892")
    cart = cart_of(till)
    sold = pay.charge(till, cart, fresh_codes(shop.address)[0])
    assert isinstance(sold, pay.Settled)
    refund.give_refund(till, refund.find_refundable(till, sold.sale.receipt_no), PART, "商品有问题", by=BY_MEI)
    sell.keep_draft(till, {"sale_id": "x", "lines": []})
    resolve.resolve(till)
    with pytest.raises(BillUnreadable) as no_bill:
        download(BillAddress(f"{shop.address}/downloadBillFile.resource?token={token}"))
    till.close()
    checkpointed = open_till(till.settings, None, shop.clock, shop.ids)
    checkpoint(checkpointed.db)
    checkpointed.close()
    codes += fresh_codes(shop.address)
    crash = crash_with(codes[-1], shop)
    told = caplog.text + crash + "".join(traceback.format_exception(no_bill.value))
    assert "alipay.trade.pay GT" in caplog.text, "the log has what is needed"
    everything = told.encode() + written_by(shop.folder / "03")
    for code in codes:
        assert code.encode() not in everything
    for part in private_parts(shop):
        assert part not in everything
    assert b"sign=" not in everything
    assert token not in told
