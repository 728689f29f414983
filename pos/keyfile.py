"""Key files: this device's, the hub's and the PINs', each a file that nobody else may read, and nowhere else."""

import base64
import json
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from pos.domain.approval import PHONE_KEY_BYTES
from pos.domain.device import Device
from pos.domain.errors import KeyUnreadable, StorageError
from pos.domain.signing import key_id, public_text, read_public

FILE_MAX_BYTES = 65_536
PEPPER_BYTES = 32


def find_device(path: Path) -> Device | None:
    """Read the device's file; None when the device was never enrolled.

    Raises:
        KeyUnreadable: it is there and cannot be used.
    """
    if not path.exists():
        return None
    told = _read(path)
    try:
        keys = [read_public(text) for text in told["keys"]]
        key = Ed25519PrivateKey.from_private_bytes(base64.b64decode(told["private_key"], validate=True))
        found = Device(str(told["name"]), key, read_public(told["hub_key"]), {key_id(each): each for each in keys})
    except (ValueError, KeyError, TypeError):
        raise KeyUnreadable(path=path, reason="not a device's file") from None  # the reason could quote the key
    return found


def keep_device(path: Path, device: Device) -> None:
    """Write the device's file anew, whole, mode 0600.

    Raises:
        StorageError: it cannot be written; what was there stays.
    """
    told = {
        "name": device.name,
        "private_key": base64.b64encode(device.key.private_bytes_raw()).decode(),
        "hub_key": public_text(device.hub_key),
        "keys": [public_text(key) for key in device.keys.values()],
    }
    _write(path, told)


def open_hub_key(path: Path) -> Ed25519PrivateKey:
    """Return the hub's own key; the file, mode 0600, is made when there is none.

    Every till has pinned it: a hub with another key is another hub to them. Keep a copy where the hub's backup is not.

    Raises:
        KeyUnreadable: it is there and cannot be used.
        StorageError: it cannot be made.
    """
    if not path.exists():
        key = Ed25519PrivateKey.generate()
        _write(path, {"private_key": base64.b64encode(key.private_bytes_raw()).decode()})
    try:
        return Ed25519PrivateKey.from_private_bytes(base64.b64decode(_read(path)["private_key"], validate=True))
    except (ValueError, KeyError, TypeError):
        raise KeyUnreadable(path=path, reason="not a hub's key") from None


def find_pepper(path: Path) -> bytes | None:
    """Return the key that PINs are mixed with; None when there is none.

    Raises:
        KeyUnreadable: it is there and cannot be used.
    """
    if not path.exists():
        return None
    try:
        return base64.b64decode(_read(path)["pepper"], validate=True)
    except (ValueError, KeyError, TypeError):
        raise KeyUnreadable(path=path, reason="not a key of PINs") from None


def open_pepper(path: Path) -> bytes:
    """Return the key that PINs are mixed with; it is made when there is none.

    Raises:
        KeyUnreadable: it is there and cannot be used.
        StorageError: it cannot be made.
    """
    found = find_pepper(path)
    if found is None:
        found = os.urandom(PEPPER_BYTES)
        _write(path, {"pepper": base64.b64encode(found).decode()})
    return found


def find_phone_key(path: Path) -> bytes:
    """Return the key a person says yes with over the telephone, or raise KeyUnreadable."""
    try:
        return base64.b64decode(_read(path)["phone_key"], validate=True)
    except (ValueError, KeyError, TypeError):
        raise KeyUnreadable(path=path, reason="not a key for the telephone") from None


def open_phone_key(path: Path) -> bytes:
    """Return the key a person says yes with over the telephone; it is made when there is none.

    Raises:
        KeyUnreadable: it is there and cannot be used.
        StorageError: it cannot be made.
    """
    if not path.exists():
        _write(path, {"phone_key": base64.b64encode(os.urandom(PHONE_KEY_BYTES)).decode()})
    return find_phone_key(path)


def _read(path: Path) -> Mapping[str, str]:
    try:
        with path.open("rb") as file:
            mode = stat.S_IMODE(os.fstat(file.fileno()).st_mode)
            if os.name == "posix" and mode & 0o077:
                raise KeyUnreadable(path=path, reason=f"mode {mode:04o} lets others in; chmod 600")
            told = json.loads(file.read(FILE_MAX_BYTES))
    except OSError as reason:
        raise KeyUnreadable(path=path, reason=reason.strerror) from reason
    except (ValueError, RecursionError):
        raise KeyUnreadable(path=path, reason="not JSON") from None
    if not isinstance(told, dict):
        raise KeyUnreadable(path=path, reason="not a table")
    return told


def _write(path: Path, told: Mapping[str, object]) -> None:
    """Put a file in place whole; it is nobody else's from its first byte on."""
    part = path.with_name(path.name + ".part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.unlink(missing_ok=True)
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            json.dump(told, file)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as reason:
        raise StorageError(path=path, reason=reason.strerror) from reason
