"""Certificates: the numbers Alipay knows them by, and the three files of a store in certificate mode."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, RSAPublicKey
from cryptography.x509 import Certificate

from pos.alipay.signing import KEY_BITS_MIN, read_key_file
from pos.domain.errors import CertificateExpired, KeyUnreadable

_RSA_FAMILY = "1.2.840.113549.1.1."
_END = b"-----END CERTIFICATE-----"


@dataclass(frozen=True, slots=True)
class Certificates:
    """What certificate mode needs: three numbers, and Alipay's key.

    Attributes:
        app_sn, root_sn: sent with each request (``app_cert_sn``, ``alipay_root_cert_sn``).
        alipay_sn: what each answer must name (``alipay_cert_sn``).
    """

    app_sn: str
    root_sn: str
    alipay_sn: str
    alipay_key: RSAPublicKey


def certificate_number(certificate: Certificate) -> str:
    """Return the 32 hex digits: MD5 of the issuer, most special part first, and the serial number in decimal."""
    text = certificate.issuer.rfc4514_string() + str(certificate.serial_number)
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()


def root_number(pem: bytes) -> str:
    """Return the numbers of a file's RSA-signed certificates, joined by ``_``.

    Alipay's own file has four, of which libraries refuse some (SM2; ECDSA with a parameter it must not have): each
    is read by itself, and what cannot be read is passed over, as Alipay's SDKs do.
    """
    blocks = [block.strip() + b"\n" + _END for block in pem.split(_END) if block.strip()]
    read = [certificate for block in blocks if (certificate := _parse(block)) is not None]
    return "_".join(certificate_number(each) for each in read if _is_rsa_signed(each))


@dataclass(frozen=True, slots=True)
class CertificateFiles:
    """Where the three files of Alipay's console are."""

    app: Path
    alipay: Path
    root: Path


def load_certificates(files: CertificateFiles, key: RSAPrivateKey, now: datetime) -> Certificates:
    """Read the three files of Alipay's console and see that they fit.

    Args:
        key: ours, whose public half the app's certificate must bear.

    Raises:
        KeyUnreadable: a file is missing, is no certificate, has expired, or is of another key.
    """
    app, alipay = files.app, files.alipay
    ours, theirs = _load(app, now), _load(alipay, now)
    if _key_of(ours, app) != key.public_key():
        raise KeyUnreadable(path=app, reason="the certificate is of another private key")
    alipay_key = _key_of(theirs, alipay)
    if alipay_key == key.public_key():
        raise KeyUnreadable(path=alipay, reason="our own certificate, not Alipay's")
    roots = root_number(read_key_file(files.root))
    if not roots:
        raise KeyUnreadable(path=files.root, reason="no RSA root in it")
    return Certificates(certificate_number(ours), roots, certificate_number(theirs), alipay_key)


def valid_until(path: Path) -> datetime:
    """Return when a certificate ends.

    Raises:
        KeyUnreadable: the file is missing or is no certificate.
    """
    certificate = _parse(read_key_file(path))
    if certificate is None:
        raise KeyUnreadable(path=path, reason="no certificate (PEM)")
    return certificate.not_valid_after_utc


def _load(path: Path, now: datetime) -> Certificate:
    certificate = _parse(read_key_file(path))
    if certificate is None:
        raise KeyUnreadable(path=path, reason="no certificate (PEM)")
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    if not begins <= now <= ends:
        raise CertificateExpired(path=path, reason=f"valid only from {begins:%Y-%m-%d} until {ends:%Y-%m-%d}")
    return certificate


def _key_of(certificate: Certificate, path: Path) -> RSAPublicKey:
    try:
        key = certificate.public_key()
    except (ValueError, UnsupportedAlgorithm):  # an SM2 key, for one
        key = None
    if not isinstance(key, RSAPublicKey) or key.key_size < KEY_BITS_MIN:
        raise KeyUnreadable(path=path, reason=f"no certificate of an RSA key of {KEY_BITS_MIN} bits")
    return key


def _parse(pem: bytes) -> Certificate | None:
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError:
        return None


def _is_rsa_signed(certificate: Certificate) -> bool:
    return certificate.signature_algorithm_oid.dotted_string.startswith(_RSA_FAMILY)
