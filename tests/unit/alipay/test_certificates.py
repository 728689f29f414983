"""Alipay's numbers of certificates, from its own SDK's tests."""

from datetime import timedelta

import pytest
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.x509 import Certificate, CertificateBuilder, Name, NameAttribute
from cryptography.x509.oid import NameOID

from pos.alipay.certificates import certificate_number
from tests.unit.alipay.kit import NOON, private_key
from tests.unit.alipay.vectors import CERTIFICATES


@pytest.mark.parametrize(("issuer", "serial", "number"), CERTIFICATES)
def test_the_number_of_a_real_certificate_is_the_published_one(issuer: str, serial: int, number: str) -> None:
    assert certificate_number(certificate(issuer, serial)) == number


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
