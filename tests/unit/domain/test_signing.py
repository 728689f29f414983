"""What is signed is what RFC 9421 says, and whatever is changed afterwards is noticed."""

import base64
from dataclasses import replace

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.domain.signing import (
    Asked,
    NotSigned,
    check_answer,
    content_digest,
    entry_fault,
    key_id,
    public_text,
    read_public,
    read_request,
    sign_answer,
    sign_entry,
    sign_request,
    signature_base,
)

# RFC 9421, B.1.4 (the key as a JWK) and B.2.6 (Ed25519 is deterministic, so the signature is to the bit)
RFC_KEY = Ed25519PrivateKey.from_private_bytes(base64.urlsafe_b64decode("n4Ni-HpISpVObnQMW0wOhCKROaIKqKtW_2ZYb2p9KcU="))
RFC_PUBLIC = "JrQLj5P/89iXES9+vFgrIy29clF9CC/oPPsw3c5D0bs="
RFC_PARAMETERS = (
    '("date" "@method" "@path" "@authority" "content-type" "content-length")'
    ';created=1618884473;keyid="test-key-ed25519"'
)
RFC_SIGNATURE = "wqcAqbmYJ2ji2glfAMaRy4gruYYnx2nEFN2HN6jrnDnQCK1u02Gb04v9EDgwUPiu4A0w6vuQv5lIp5WPpBKRCw=="

STRANGER = Ed25519PrivateKey.from_private_bytes(b"s" * 32)
ASKED = Asked("POST", "/v1/tills/0017-03/entries", "?", content_digest(b"{}"))
NONCE = "0123456789abcdef" * 2
HEADERS = sign_request(ASKED, RFC_KEY, 1_764_000_000, NONCE)


def test_the_base_and_the_signature_are_those_of_the_rfc() -> None:
    components = [
        ('"date"', "Tue, 20 Apr 2021 02:07:55 GMT"), ('"@method"', "POST"), ('"@path"', "/foo"),
        ('"@authority"', "example.com"), ('"content-type"', "application/json"), ('"content-length"', "18"),
    ]  # fmt: skip
    base = signature_base(components, RFC_PARAMETERS)
    assert base.decode().splitlines()[-1] == f'"@signature-params": {RFC_PARAMETERS}'
    assert base64.b64encode(RFC_KEY.sign(base)).decode() == RFC_SIGNATURE
    assert public_text(RFC_KEY.public_key()) == RFC_PUBLIC


def test_a_digest_is_that_of_the_rfc() -> None:
    # RFC 9530, appendix D: the SHA-256 of {"hello": "world"} and a line feed
    assert content_digest(b'{"hello": "world"}\n') == "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"


def test_a_request_says_who_signed_what_and_when() -> None:
    stamp = read_request(HEADERS)
    assert (stamp.key_id, stamp.created, stamp.nonce) == (key_id(RFC_KEY.public_key()), 1_764_000_000, NONCE)
    assert stamp.is_by(RFC_KEY.public_key(), ASKED.method, ASKED.path, ASKED.query)


@pytest.mark.parametrize(
    ("method", "path", "query"),
    [("GET", ASKED.path, "?"), ("POST", "/v1/tills/0017-04/entries", "?"), ("POST", ASKED.path, "?epoch=2")],
)
def test_another_address_is_not_the_one_that_was_signed(method: str, path: str, query: str) -> None:
    assert not read_request(HEADERS).is_by(RFC_KEY.public_key(), method, path, query)


def test_anothers_key_another_body_and_another_time_are_not_what_was_signed() -> None:
    stamp = read_request(HEADERS)
    whole = (ASKED.method, ASKED.path, ASKED.query)
    assert not stamp.is_by(STRANGER.public_key(), *whole)
    assert not replace(stamp, digest=content_digest(b"[]")).is_by(RFC_KEY.public_key(), *whole)
    later = HEADERS | {"signature-input": HEADERS["signature-input"].replace("1764000000", "1764000900")}
    assert not read_request(later).is_by(RFC_KEY.public_key(), *whole)


@pytest.mark.parametrize(
    "change",
    [
        {"signature": ""},
        {"signature": HEADERS["signature"] + ", " + HEADERS["signature"]},
        {"signature": HEADERS["signature"].replace("till=", "hub=")},
        {"signature-input": HEADERS["signature-input"].replace('"@query" ', "")},
        {"signature-input": HEADERS["signature-input"].replace('alg="ed25519"', 'alg="hmac-sha256"')},
        {"signature-input": HEADERS["signature-input"] + ";x=1"},
        {"signature-input": HEADERS["signature-input"].replace("1764000000", "١٧٦٤٠٠٠٠٠٠")},
        {"content-digest": "sha-512=:AAAA:"},
        {"content-digest": HEADERS["content-digest"] + ", " + HEADERS["content-digest"]},
    ],
)
def test_a_signature_of_another_form_is_none(change: dict[str, str]) -> None:
    with pytest.raises(NotSigned):
        read_request(HEADERS | change)


BODY = b'{"epoch":1,"acked":2}'
REQUEST = HEADERS["signature"].removeprefix("till=")
SEALED = sign_answer(200, BODY, REQUEST, RFC_KEY, 1_764_000_001)


def test_an_answer_tells_when_it_was_signed() -> None:
    assert check_answer(200, BODY, SEALED, REQUEST, RFC_KEY.public_key()) == 1_764_000_001


@pytest.mark.parametrize(
    ("status", "body", "headers", "request_", "key"),
    [
        (409, BODY, SEALED, REQUEST, RFC_KEY),
        (200, BODY.replace(b"2", b"9"), SEALED, REQUEST, RFC_KEY),
        (200, BODY.replace(b"2", b"9"), SEALED | {"content-digest": content_digest(BODY.replace(b"2", b"9"))},
         REQUEST, RFC_KEY),
        (200, BODY, {}, REQUEST, RFC_KEY),
        (200, BODY, SEALED, sign_request(ASKED, RFC_KEY, 1_764_000_000, "f" * 32)["signature"][5:], RFC_KEY),
        (200, BODY, SEALED, REQUEST, STRANGER),
        (200, BODY, SEALED | {"signature": SEALED["signature"].replace("hub=", "till=")}, REQUEST, RFC_KEY),
    ],
    ids=["status", "body", "body and digest", "no signature", "another request's", "another's key", "another label"],
)  # fmt: skip
def test_an_answer_that_is_not_the_hubs_to_this_request_is_none(
    status: int, body: bytes, headers: dict[str, str], request_: str, key: Ed25519PrivateKey
) -> None:
    with pytest.raises(NotSigned):
        check_answer(status, body, headers, request_, key.public_key())


HASH = "ab" * 32
KEYS = {key_id(RFC_KEY.public_key()): RFC_KEY.public_key()}


def test_an_entry_is_signed_over_its_hash_by_a_key_of_the_till() -> None:
    signature = sign_entry(RFC_KEY, HASH)
    assert entry_fault(signature, HASH, KEYS) == ""
    assert len(signature) == 103


@pytest.mark.parametrize(
    ("signature", "fault"),
    [
        ("", "unsigned"),
        ("x", "signed by no key of this till"),
        (sign_entry(STRANGER, HASH), "signed by no key of this till"),
        (sign_entry(RFC_KEY, "cd" * 32), "wrongly signed"),
        (f"{key_id(RFC_KEY.public_key())}.{sign_entry(STRANGER, HASH)[17:]}", "wrongly signed"),
    ],
)
def test_what_is_wrong_with_a_signature_is_named(signature: str, fault: str) -> None:
    assert entry_fault(signature, HASH, KEYS) == fault


def test_no_other_signature_of_the_device_passes_for_an_entrys() -> None:
    raw = base64.urlsafe_b64encode(RFC_KEY.sign(HASH.encode())).decode().rstrip("=")
    assert entry_fault(f"{key_id(RFC_KEY.public_key())}.{raw}", HASH, KEYS) == "wrongly signed"


@pytest.mark.parametrize("text", ["", "AAAA", RFC_PUBLIC + "\n", RFC_PUBLIC[:-2] + "t=", "柜" * 44])
def test_a_key_has_one_writing(text: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        read_public(text)
