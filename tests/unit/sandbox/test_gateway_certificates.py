"""Certificate mode: numbers as Alipay makes them, checked on the way in and told on the way out."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from cryptography import x509

from pos.alipay.signing import load_private_key, load_public_key
from pos.sandbox.gateway_certificates import certificate_number, root_number
from pos.sandbox.gateway_door import Door, read_call
from pos.sandbox.gateway_keys import (
    ALIPAY_CERTIFICATE,
    ALIPAY_PUBLIC,
    ALIPAY_ROOT,
    APP_CERTIFICATE,
    APP_PRIVATE,
    KeyRing,
    open_keys,
)
from tests.unit.sandbox.gateway_kit import APP_KEY, GATEWAY_KEY, Shop, common, encoded, told, verified

APP, ROOT = "a" * 32, "b" * 32 + "_" + "c" * 32
RING = KeyRing(APP_KEY.public_key(), GATEWAY_KEY, APP, "d" * 32, ROOT)
NUMBERS = {"app_cert_sn": APP, "alipay_root_cert_sn": ROOT}


def answer(**other: str) -> bytes:
    door = Door(RING, Shop().acquirer)
    call = read_call(b"", encoded(common("alipay.trade.query", {"out_trade_no": "GT1"}, **other)))
    return door.write(door.answer(call), call.charset)


def test_a_number_is_made_of_issuer_and_serial(tmp_path: Path) -> None:
    keys = open_keys(tmp_path)
    serial = x509.load_pem_x509_certificate((tmp_path / APP_CERTIFICATE).read_bytes()).serial_number
    text = f"CN=Simulator Root R1,OU=Simulator Authority,O=Not Alipay,C=CN{serial}"
    assert keys.app_cert_sn == hashlib.md5(text.encode()).hexdigest()
    assert certificate_number((tmp_path / ALIPAY_CERTIFICATE).read_bytes()) == keys.alipay_cert_sn


def test_certificates_hold_the_keys_they_are_of_and_hang_on_the_root(tmp_path: Path) -> None:
    open_keys(tmp_path)
    app = x509.load_pem_x509_certificate((tmp_path / APP_CERTIFICATE).read_bytes())
    alipay = x509.load_pem_x509_certificate((tmp_path / ALIPAY_CERTIFICATE).read_bytes())
    assert app.public_key() == load_private_key(tmp_path / APP_PRIVATE).public_key()
    assert alipay.public_key() == load_public_key(tmp_path / ALIPAY_PUBLIC)
    blocks = re.findall(r"-----BEGIN.+?END CERTIFICATE-----", (tmp_path / ALIPAY_ROOT).read_text(), re.DOTALL)
    assert len(blocks) == 4
    root = x509.load_pem_x509_certificate(blocks[1].encode())
    app.verify_directly_issued_by(root)
    alipay.verify_directly_issued_by(root)


def test_the_file_of_roots_is_as_hard_to_read_as_alipays(tmp_path: Path) -> None:
    keys = open_keys(tmp_path)
    raw = (tmp_path / ALIPAY_ROOT).read_bytes()
    with pytest.raises(ValueError, match="parsing"):
        x509.load_pem_x509_certificates(raw)
    assert re.fullmatch("[0-9a-f]{32}_[0-9a-f]{32}", keys.root_cert_sn)
    assert root_number(raw) == keys.root_cert_sn


def test_a_folder_of_an_earlier_version_gets_certificates_for_its_keys(tmp_path: Path) -> None:
    first = open_keys(tmp_path)
    for path in tmp_path.glob("*.crt"):
        path.unlink()
    second = open_keys(tmp_path)
    assert second.app_key == first.app_key
    assert second.app_cert_sn != first.app_cert_sn
    assert open_keys(tmp_path).app_cert_sn == second.app_cert_sn


def test_a_call_with_both_numbers_comes_in_and_is_told_ours() -> None:
    raw = answer(**NUMBERS)
    assert told(verified(raw)) == ("40004", "TRADE_NOT_EXIST")
    assert list(json.loads(raw)) == ["alipay_trade_query_response", "alipay_cert_sn", "sign"]
    assert json.loads(raw)["alipay_cert_sn"] == "d" * 32


def test_a_call_by_public_key_is_told_no_number() -> None:
    assert list(json.loads(answer())) == ["alipay_trade_query_response", "sign"]


@pytest.mark.parametrize(
    ("other", "code", "sub_code"),
    [({"app_cert_sn": "e" * 32}, "40002", "isv.app-cert-not-exist"),
     ({"alipay_root_cert_sn": "b" * 32}, "40002", "isv.invalid-alipay-root-cert-sn"),
     ({"alipay_root_cert_sn": "c" * 32 + "_" + "b" * 32}, "40002", "isv.invalid-alipay-root-cert-sn"),
     ({"app_cert_sn": ""}, "40001", "isv.missing-app-cert-sn"),
     ({"alipay_root_cert_sn": ""}, "40001", "isv.missing-alipay-root-cert-sn")],
)  # fmt: skip
def test_a_wrong_number_is_turned_away(other: dict[str, str], code: str, sub_code: str) -> None:
    node = verified(answer(**{**NUMBERS, **other}))
    assert (node["code"], node["sub_code"]) == (code, sub_code)


def test_the_numbers_are_signed_with_the_rest() -> None:
    params = common("alipay.trade.query", {"out_trade_no": "GT1"})
    door = Door(RING, Shop().acquirer)
    call = read_call(b"", encoded({**params, **NUMBERS}))
    assert door.answer(call).node["sub_code"] == "isv.invalid-signature"
