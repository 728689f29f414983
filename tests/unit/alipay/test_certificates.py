"""Alipay's numbers of certificates, from its own SDK's tests."""

import base64
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_public_key
from cryptography.x509 import (
    Certificate,
    CertificateBuilder,
    Name,
    NameAttribute,
    load_pem_x509_certificate,
    load_pem_x509_certificates,
)
from cryptography.x509.oid import NameOID

from pos.alipay.certificates import CertificateFiles, certificate_number, load_certificates, root_number
from pos.alipay.signing import load_private_key, load_public_key
from pos.domain.errors import KeyUnreadable
from pos.sandbox.gateway_keys import (
    ALIPAY_CERTIFICATE,
    ALIPAY_PUBLIC,
    ALIPAY_ROOT,
    APP_CERTIFICATE,
    APP_PRIVATE,
    open_keys,
)
from tests.unit.alipay import vectors
from tests.unit.alipay.kit import NOON, private_key


@pytest.mark.parametrize(("issuer", "serial", "number"), vectors.CERTIFICATES)
def test_the_number_of_a_real_certificate_is_the_published_one(issuer: str, serial: int, number: str) -> None:
    assert certificate_number(certificate(issuer, serial)) == number


def test_alipays_own_files_have_the_published_numbers_and_key() -> None:
    root, alipay = vectors.PUBLISHED / "alipayRootCert.crt", vectors.PUBLISHED / "alipayCertPublicKey_RSA2.crt"
    with pytest.raises(ValueError, match="asn1"):
        load_pem_x509_certificates(root.read_bytes())
    assert root_number(root.read_bytes()) == vectors.ROOT_NUMBER
    theirs = load_pem_x509_certificate(alipay.read_bytes())
    assert certificate_number(theirs) == vectors.CERTIFICATES[0][2]
    assert theirs.public_key() == load_der_public_key(base64.b64decode(vectors.CERTIFIED_KEY))


def test_a_number_always_has_32_digits() -> None:
    numbers = [certificate_number(certificate("A", serial)) for serial in range(1, 40)]
    assert {len(number) for number in numbers} == {32}
    assert any(number.startswith("0") for number in numbers)


def certificate(issuer: str, serial: int) -> Certificate:
    """Return a certificate of our own with another's issuer and serial number."""
    key = private_key("ours")
    name = Name([
        NameAttribute(NameOID.COUNTRY_NAME, "CN"), NameAttribute(NameOID.ORGANIZATION_NAME, "Ant Financial"),
        NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Certification Authority"),
        NameAttribute(NameOID.COMMON_NAME, issuer),
    ])  # fmt: skip
    return (
        CertificateBuilder(name, name, key.public_key(), serial)
        .not_valid_before(NOON)
        .not_valid_after(NOON + timedelta(days=1))
        .sign(key, SHA256())
    )


@pytest.fixture
def files(tmp_path: Path) -> CertificateFiles:
    """The three files as the simulator makes them: its root file is as hard to read as Alipay's own."""
    keys = open_keys(tmp_path)
    assert keys.root_cert_sn
    return CertificateFiles(tmp_path / APP_CERTIFICATE, tmp_path / ALIPAY_CERTIFICATE, tmp_path / ALIPAY_ROOT)


def test_the_root_number_is_made_of_the_rsa_certificates_that_can_be_read(files: CertificateFiles) -> None:
    raw = files.root.read_bytes()
    with pytest.raises(ValueError):  # noqa: PT011  (the library's own words vary)
        load_pem_x509_certificates(raw)
    blocks = [b"-----BEGIN" + each for each in raw.split(b"-----BEGIN")[1:]]
    rsa_signed = [certificate_number(load_pem_x509_certificate(blocks[at])) for at in (1, 3)]
    assert root_number(raw) == "_".join(rsa_signed)


def test_the_three_files_of_a_store_fit_its_key(files: CertificateFiles, tmp_path: Path) -> None:
    key = load_private_key(tmp_path / APP_PRIVATE)
    found = load_certificates(files, key, NOON)
    keys = open_keys(tmp_path)
    assert (found.app_sn, found.root_sn, found.alipay_sn) == (keys.app_cert_sn, keys.root_cert_sn, keys.alipay_cert_sn)
    assert found.alipay_key == load_public_key(tmp_path / ALIPAY_PUBLIC)


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda files: replace(files, app=files.alipay), "of another private key"),
        (lambda files: replace(files, alipay=files.app), "our own certificate"),
        (lambda files: replace(files, root=files.root.with_name("none.crt")), "No such file"),
        (lambda files: replace(files, root=files.root.with_name("app_private.pem")), "no RSA root"),
        (lambda files: replace(files, alipay=files.alipay.with_name("alipay_public.pem")), "no certificate"),
        # The first of Alipay's roots has an SM2 key, which the library cannot take.
        (lambda files: replace(files, alipay=vectors.PUBLISHED / "alipayRootCert.crt"), "no certificate of an RSA key"),
        (lambda files: replace(files, app=vectors.PUBLISHED / "alipayCertPublicKey_RSA2.crt"), "until 2022-05-14"),
    ],
)
def test_files_that_do_not_fit_are_named(
    files: CertificateFiles, tmp_path: Path, spoil: Callable[[CertificateFiles], CertificateFiles], reason: str
) -> None:
    with pytest.raises(KeyUnreadable, match=reason):
        load_certificates(spoil(files), load_private_key(tmp_path / APP_PRIVATE), NOON)


def test_a_certificate_that_ran_out_is_refused(files: CertificateFiles, tmp_path: Path) -> None:
    with pytest.raises(KeyUnreadable, match=r"valid only from 20.* until 20"):
        load_certificates(files, load_private_key(tmp_path / APP_PRIVATE), NOON + timedelta(days=36_500))


def test_a_certificate_of_tomorrow_is_refused(files: CertificateFiles, tmp_path: Path) -> None:
    with pytest.raises(KeyUnreadable, match="valid only from"):
        load_certificates(files, load_private_key(tmp_path / APP_PRIVATE), NOON - timedelta(days=36_500))
