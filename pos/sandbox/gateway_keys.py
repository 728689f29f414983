"""Keys of the gateway simulator: made once, for nothing but this folder."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from pos.alipay.signing import load_private_key, load_public_key
from pos.domain.errors import KeyUnreadable, StorageError
from pos.sandbox.gateway_certificates import certificate_number, make_certificates, root_number

SANDBOX_APP_ID = "SANDBOX-0001"
"""The one app the simulator knows; no real app id has letters."""

APP_PRIVATE = "app_private.pem"
"""For the till's setting ``private_key``."""
ALIPAY_PUBLIC = "alipay_public.pem"
"""For the till's setting ``alipay_public_key``."""
APP_CERTIFICATE = "app_cert.crt"
"""What Alipay's console gives out for the app's key; for the till in certificate mode."""
ALIPAY_CERTIFICATE = "alipay_cert.crt"
"""What Alipay's console gives out for its own key; for the till in certificate mode."""
ALIPAY_ROOT = "alipay_root_cert.crt"
"""Alipay's roots; for the till in certificate mode."""
_APP_PUBLIC = "app_public.pem"
_ALIPAY_PRIVATE = "alipay_private.pem"
_KEYS = (APP_PRIVATE, _APP_PUBLIC, _ALIPAY_PRIVATE, ALIPAY_PUBLIC)
_CERTIFICATES = (APP_CERTIFICATE, ALIPAY_CERTIFICATE, ALIPAY_ROOT)


@dataclass(frozen=True, slots=True)
class KeyRing:
    """What the gateway's side holds: the app's public key, its own private one, and the certificates' numbers."""

    app_key: rsa.RSAPublicKey
    own_key: rsa.RSAPrivateKey
    app_cert_sn: str = ""
    alipay_cert_sn: str = ""
    root_cert_sn: str = ""

    def __repr__(self) -> str:
        return f"KeyRing({SANDBOX_APP_ID})"


def open_keys(folder: Path) -> KeyRing:
    """Return the folder's keys; the files, mode 0600, are made when they, or those of an earlier version, are missing.

    Raises:
        KeyUnreadable: a file is there and cannot be used.
        StorageError: the files cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        are_old = _are_there(folder, _KEYS)
        if not are_old:
            _make_pair(folder, APP_PRIVATE, _APP_PUBLIC)
            _make_pair(folder, _ALIPAY_PRIVATE, ALIPAY_PUBLIC)
        app_key, own_key = load_public_key(folder / _APP_PUBLIC), load_private_key(folder / _ALIPAY_PRIVATE)
        if not are_old or not _are_there(folder, _CERTIFICATES):
            for name, content in zip(_CERTIFICATES, make_certificates(app_key, own_key.public_key()), strict=True):
                _write(folder / name, content)
        raw = [(folder / name).read_bytes() for name in _CERTIFICATES]
    except OSError as reason:
        raise StorageError(path=folder, reason=reason) from reason
    try:
        return KeyRing(app_key, own_key, certificate_number(raw[0]), certificate_number(raw[1]), root_number(raw[2]))
    except ValueError:
        raise KeyUnreadable(path=folder, reason="a certificate cannot be read") from None


def _are_there(folder: Path, names: tuple[str, ...]) -> bool:
    return all((folder / name).exists() for name in names)


def _make_pair(folder: Path, private: str, public: str) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    _write(folder / private, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    _write(folder / public, key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))


def _write(path: Path, content: bytes) -> None:
    """Put a file in place whole; it is nobody else's from its first byte on."""
    part = path.with_suffix(".part")
    part.unlink(missing_ok=True)
    with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
