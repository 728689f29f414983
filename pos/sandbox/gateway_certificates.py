"""Certificates of the gateway simulator: a root of its own, and what it says of the app's and the gateway's keys.

The file of roots is as hard to read as Alipay's own: of its four certificates the first is of a kind (SM2) whose key
libraries do not know, the third (ECDSA, with a parameter that must not be there) is refused by some on sight, and the
root's number is made of the two that are left.
"""

import base64
import hashlib
from datetime import UTC, datetime

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import NameOID

_FROM, _UNTIL = datetime(2020, 1, 1, tzinfo=UTC), datetime(2049, 12, 31, tzinfo=UTC)
_RSA_FAMILY = "1.2.840.113549.1.1"
_END = b"-----END CERTIFICATE-----"

# DER of what is exchanged: curve P-256 for SM2's, ecdsa-with-SHA256 for SM2-with-SM3 (GB/T 32918, GM/T 0006).
_P256, _SM2_CURVE = bytes.fromhex("06082a8648ce3d030107"), bytes.fromhex("06082a811ccf5501822d")
_ECDSA_SHA256, _SM2_SM3 = bytes.fromhex("06082a8648ce3d040302"), bytes.fromhex("06082a811ccf55018375")
_NULL = bytes.fromhex("0500")
_SEQUENCE, _BIT_STRING = 0x30, 0x03


def make_certificates(app: rsa.RSAPublicKey, alipay: rsa.RSAPublicKey) -> tuple[bytes, bytes, bytes]:
    """Return, as PEM, the app's certificate, the gateway's, and the roots; the root's own key is thrown away."""
    root_key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    root, old = _name("Simulator Root R1"), _name("Simulator Root R0")
    roots = [
        _der_to_pem(_as_sm2(_elliptic("Simulator Root SM2"))),
        _issue(root, root, root_key.public_key(), root_key),
        _der_to_pem(_with_odd_parameter(_elliptic("Simulator Root ECC"))),
        _issue(old, old, root_key.public_key(), root_key),
    ]
    return (
        _issue(_name("SANDBOX-0001"), root, app, root_key),
        _issue(_name("Simulator Gateway"), root, alipay, root_key),
        b"\n".join(roots),
    )


def certificate_number(pem: bytes) -> str:
    """Return what Alipay knows a certificate by: MD5 of the issuer and the serial number in decimal.

    Raises:
        ValueError: it is none.
    """
    return _number(x509.load_pem_x509_certificate(pem))


def root_number(pem: bytes) -> str:
    """Return the numbers of a file's RSA certificates, joined by ``_``; what cannot be read is passed over."""
    blocks = [block.strip() + b"\n" + _END for block in pem.split(_END) if block.strip()]
    read = [certificate for block in blocks if (certificate := _read(block)) is not None]
    return "_".join(
        _number(each) for each in read if each.signature_algorithm_oid.dotted_string.startswith(_RSA_FAMILY)
    )


def _read(pem: bytes) -> x509.Certificate | None:
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError:
        return None


def _number(certificate: x509.Certificate) -> str:
    text = certificate.issuer.rfc4514_string() + str(certificate.serial_number)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def _name(common: str) -> x509.Name:
    return x509.Name([
        x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
        x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Not Alipay"),
        x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, "Simulator Authority"),
        x509.NameAttribute(NameOID.COMMON_NAME, common),
    ])  # fmt: skip


def _build(
    subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey | ec.EllipticCurvePublicKey
) -> x509.CertificateBuilder:
    return x509.CertificateBuilder(issuer, subject, key, x509.random_serial_number(), _FROM, _UNTIL)


def _issue(subject: x509.Name, issuer: x509.Name, key: rsa.RSAPublicKey, issuer_key: rsa.RSAPrivateKey) -> bytes:
    return _build(subject, issuer, key).sign(issuer_key, SHA256()).public_bytes(Encoding.PEM)


def _elliptic(common: str) -> x509.Certificate:
    key, name = ec.generate_private_key(ec.SECP256R1()), _name(common)
    return _build(name, name, key.public_key()).sign(key, SHA256())


def _as_sm2(certificate: x509.Certificate) -> bytes:
    """Return a certificate that calls itself SM2; nobody checks a root's signature of itself."""
    der = certificate.public_bytes(Encoding.DER)
    return der.replace(_P256, _SM2_CURVE).replace(_ECDSA_SHA256, _SM2_SM3)


def _with_odd_parameter(certificate: x509.Certificate) -> bytes:
    """Return a certificate whose algorithm has a NULL, which RFC 5758 (section 3.2) forbids and Alipay's has."""
    plain, odd = _tagged(_SEQUENCE, _ECDSA_SHA256), _tagged(_SEQUENCE, _ECDSA_SHA256 + _NULL)
    whole = certificate.tbs_certificate_bytes
    assert whole[1] == 0x82, "its length takes two bytes"
    body = whole[4:].replace(plain, odd)
    return _tagged(_SEQUENCE, _tagged(_SEQUENCE, body) + odd + _tagged(_BIT_STRING, b"\0" + certificate.signature))


def _tagged(tag: int, body: bytes) -> bytes:
    length = len(body)
    if length < 0x80:
        return bytes([tag, length]) + body
    return bytes([tag, 0x82]) + length.to_bytes(2, "big") + body if length > 0xFF else bytes([tag, 0x81, length]) + body


def _der_to_pem(der: bytes) -> bytes:
    return b"-----BEGIN CERTIFICATE-----\n" + base64.encodebytes(der) + _END + b"\n"
