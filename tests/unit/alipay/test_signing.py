"""What is signed, and by whom; expected values are other people's (vectors.py) or the openssl command's."""

import base64
import json
import os
import subprocess
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
)
from hypothesis import given
from hypothesis import strategies as st

from pos.alipay.signing import (
    cut_members,
    is_member_signed,
    is_signed,
    load_private_key,
    load_public_key,
    sign,
    string_to_sign,
)
from pos.domain.errors import KeyUnreadable
from tests.unit.alipay import vectors
from tests.unit.alipay.kit import private_key, private_pem, public_pem, write_secret

SCALAR = st.none() | st.booleans() | st.integers() | st.text(max_size=20)
JSON = SCALAR | st.lists(SCALAR, max_size=3) | st.dictionaries(st.text(max_size=5), SCALAR, max_size=3)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    return tmp_path / "key.pem"


def load_published(path: Path, key: str) -> rsa.RSAPublicKey:
    path.write_text(key)
    return load_public_key(path)


def test_the_string_to_sign_is_sorted_raw_and_without_sign_and_empty_values() -> None:
    params = {"b": "2 +&=中", "sign": "x", "a": "1", "empty": "", "sign_type": "RSA2", "B": "0"}
    assert string_to_sign(params) == "B=0&a=1&b=2 +&=中&sign_type=RSA2"


def test_a_real_answer_bears_alipays_signature(key_file: Path) -> None:
    key = load_published(key_file, vectors.FILE_UPLOAD_KEY)
    members = cut_members(vectors.FILE_UPLOAD)
    signature = members["sign"].value
    assert isinstance(signature, str)
    assert is_member_signed(members["alipay_open_file_upload_response"], signature, key)


def test_a_real_payments_answer_bears_alipays_signature(key_file: Path) -> None:
    key = load_published(key_file, vectors.PAID_KEY)
    assert is_signed(vectors.PAID_NODE.encode(), vectors.PAID_SIGN, key)


def test_a_real_notification_bears_alipays_signature_without_its_sign_type(key_file: Path) -> None:
    key = load_published(key_file, vectors.TRADE_NOTICE_KEY)
    without = {name: value for name, value in vectors.TRADE_NOTICE.items() if name != "sign_type"}
    assert is_signed(string_to_sign(without).encode(), vectors.TRADE_NOTICE_SIGN, key)
    assert not is_signed(string_to_sign(vectors.TRADE_NOTICE).encode(), vectors.TRADE_NOTICE_SIGN, key)


def test_a_real_notification_of_another_kind_is_signed_with_its_sign_type(key_file: Path) -> None:
    key = load_published(key_file, vectors.SERVICE_NOTICE_KEY)
    without = {name: value for name, value in vectors.SERVICE_NOTICE.items() if name != "sign_type"}
    assert is_signed(string_to_sign(vectors.SERVICE_NOTICE).encode(), vectors.SERVICE_NOTICE_SIGN, key)
    assert not is_signed(string_to_sign(without).encode(), vectors.SERVICE_NOTICE_SIGN, key)


@pytest.mark.parametrize(("answer", "node"), vectors.IMAGE_UPLOADS)
def test_the_node_of_a_published_answer_is_cut_to_the_byte(answer: str, node: str) -> None:
    assert cut_members(answer)["alipay_offline_material_image_upload_response"].text == node


@given(
    node=st.dictionaries(st.text(max_size=5), JSON, max_size=4),
    before=JSON,
    after=JSON,
    indent=st.none() | st.integers(0, 3),
)
def test_a_node_is_cut_as_it_was_written_whatever_stands_around_it(
    node: dict[str, object], before: object, after: object, indent: int | None
) -> None:
    text = json.dumps(node, indent=indent).replace("/", "\\/")
    raw = f'\n{{"sign":{json.dumps(before)} ,"node" :\t{text}\r\n,"}}":{json.dumps(after, ensure_ascii=False)}}} '
    cut = cut_members(raw)["node"]
    assert cut.text == text
    assert cut.value == node


@pytest.mark.parametrize(
    "raw",
    ["", "{", "{}", "[]", "null", '{"a":1', '{"a":1}x', '{"a":1,}', '{"a":1 "b":2}', '{"a" 1}', "{1:2}", "<html>",
     '{"node":1,"node":2}', '{"a":' + "[" * 200_000, '{"a":' + "9" * 5_000 + "}"],
)  # fmt: skip
def test_what_is_no_object_with_single_names_is_refused(raw: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        cut_members(raw)


def test_an_answer_signed_before_its_slashes_were_escaped_counts() -> None:
    key = private_key("alipay")
    member = cut_members(r'{"node":{"url":"http:\/\/a\/b"}}')["node"]
    assert is_member_signed(member, sign(b'{"url":"http://a/b"}', key), key.public_key())


def test_a_backslash_before_a_slash_is_no_escape_that_may_vanish() -> None:
    key = private_key("alipay")
    member = cut_members(r'{"node":{"url":"a\\/b"}}')["node"]
    assert not is_member_signed(member, sign(rb'{"url":"a\/b"}', key), key.public_key())


@pytest.mark.parametrize("signature", ["", "=", "not base64", "签名", "AAAA", "A" * 344])
def test_nonsense_is_nobodys_signature(signature: str) -> None:
    assert not is_signed(b"text", signature, private_key("alipay").public_key())


def test_a_signature_has_one_spelling_only() -> None:
    key = private_key("alipay")
    right = sign(b"text", key)
    # The last sign before "==" carries two bits of the signature and four that say nothing.
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
    other = right[:-3] + alphabet[alphabet.index(right[-3]) ^ 1] + "=="
    assert base64.b64decode(other) == base64.b64decode(right)
    assert is_signed(b"text", right, key.public_key())
    assert not is_signed(b"text", other, key.public_key())


def test_openssl_agrees_with_our_signature(tmp_path: Path) -> None:
    (tmp_path / "public.pem").write_bytes(public_pem("ours"))
    (tmp_path / "sign").write_bytes(base64.b64decode(sign("金额=1".encode(), private_key("ours"))))
    (tmp_path / "text").write_bytes("金额=1".encode())
    told = subprocess.run(
        ["openssl", "dgst", "-sha256", "-verify", "public.pem", "-signature", "sign", "text"],
        cwd=tmp_path, capture_output=True, check=False, text=True,
    )  # fmt: skip
    assert told.stdout == "Verified OK\n"


@pytest.mark.parametrize("kind", [PrivateFormat.PKCS8, PrivateFormat.TraditionalOpenSSL])
def test_a_private_key_may_be_pem_or_bare_base64(key_file: Path, kind: PrivateFormat) -> None:
    pem = private_pem("ours", kind)
    bare = b"\n".join(pem.splitlines()[1:-1])
    for content in (pem, bare + b"\r\n", bare.replace(b"\n", b"")):
        loaded = load_private_key(write_secret(key_file, content))
        assert loaded.private_numbers() == private_key("ours").private_numbers()


@pytest.mark.parametrize("kind", [PublicFormat.SubjectPublicKeyInfo, PublicFormat.PKCS1])
def test_a_public_key_may_be_pem_or_bare_base64(key_file: Path, kind: PublicFormat) -> None:
    pem = public_pem("alipay", kind)
    for content in (pem, b"".join(pem.splitlines()[1:-1])):
        key_file.write_bytes(content)
        assert load_public_key(key_file) == private_key("alipay").public_key()


@pytest.mark.parametrize("mode", [0o644, 0o640, 0o660, 0o604, 0o601])
def test_a_private_key_that_others_may_touch_is_refused_with_its_mode(key_file: Path, mode: int) -> None:
    write_secret(key_file, private_pem("ours")).chmod(mode)
    with pytest.raises(KeyUnreadable, match=f"mode 0{mode:03o} lets others in; chmod 600"):
        load_private_key(key_file)


def test_a_private_key_its_owner_may_only_read_is_taken(key_file: Path) -> None:
    write_secret(key_file, private_pem("ours")).chmod(0o400)
    assert load_private_key(key_file).private_numbers() == private_key("ours").private_numbers()


BAD_PRIVATE = {
    "empty": b"",
    "text": b"not a key at all",
    "cut short": b"-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n",
    "binary": os.urandom(600),
    "long": b"A" * 20_000,
    "elliptic": ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    ),
    "short": rsa.generate_private_key(public_exponent=65537, key_size=1024).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    ),
    "public": public_pem("ours"),
    "password": private_key("ours").private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, BestAvailableEncryption(b"secret")
    ),
}


@pytest.mark.parametrize("content", BAD_PRIVATE.values(), ids=BAD_PRIVATE)
def test_what_is_no_private_rsa_key_is_refused_without_quoting_it(key_file: Path, content: bytes) -> None:
    with pytest.raises(KeyUnreadable) as told:
        load_private_key(write_secret(key_file, content))
    assert told.value.facts["path"] == key_file
    assert "MII" not in str(told.value)
    assert told.value.__cause__ is None


@pytest.mark.parametrize("content", [b"", b"no key", b"-----BEGIN PUBLIC KEY-----\n", private_pem("ours")])
def test_what_is_no_public_rsa_key_is_refused(key_file: Path, content: bytes) -> None:
    key_file.write_bytes(content)
    with pytest.raises(KeyUnreadable):
        load_public_key(key_file)


def test_a_key_that_is_not_there_is_refused_with_the_reason(tmp_path: Path) -> None:
    with pytest.raises(KeyUnreadable, match="No such file"):
        load_private_key(tmp_path / "missing.pem")
    with pytest.raises(KeyUnreadable, match="Is a directory"):
        load_public_key(tmp_path)
