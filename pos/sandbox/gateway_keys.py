"""Keys of the gateway simulator: made once, for nothing but this folder."""

import os
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from pos.alipay.signing import load_private_key, load_public_key
from pos.domain.errors import StorageError

SANDBOX_APP_ID = "SANDBOX-0001"
"""The one app the simulator knows; no real app id has letters."""

APP_PRIVATE = "app_private.pem"
"""For the till's setting ``private_key``."""
ALIPAY_PUBLIC = "alipay_public.pem"
"""For the till's setting ``alipay_public_key``."""
_APP_PUBLIC = "app_public.pem"
_ALIPAY_PRIVATE = "alipay_private.pem"


@dataclass(frozen=True, slots=True)
class KeyRing:
    """What the gateway's side holds: the app's public key and its own private one."""

    app_key: rsa.RSAPublicKey
    own_key: rsa.RSAPrivateKey

    def __repr__(self) -> str:
        return f"KeyRing({SANDBOX_APP_ID})"


def open_keys(folder: Path) -> KeyRing:
    """Return the folder's keys; all four files, mode 0600, are made when one of them is missing.

    Raises:
        KeyUnreadable: a file is there and cannot be used.
        StorageError: the files cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not all((folder / name).exists() for name in (APP_PRIVATE, _APP_PUBLIC, _ALIPAY_PRIVATE, ALIPAY_PUBLIC)):
            _make_pair(folder, APP_PRIVATE, _APP_PUBLIC)
            _make_pair(folder, _ALIPAY_PRIVATE, ALIPAY_PUBLIC)
    except OSError as reason:
        raise StorageError(path=folder, reason=reason) from reason
    return KeyRing(load_public_key(folder / _APP_PUBLIC), load_private_key(folder / _ALIPAY_PRIVATE))


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
