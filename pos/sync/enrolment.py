"""Enrolment: a device gets its own key, the hub learns it, and the device pins the hub's; by a one-time code."""

import secrets
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from msgspec import Struct, ValidationError, convert

from pos.domain.device import Device, EnrolmentCode, hub_proof, is_same_proof, till_proof
from pos.domain.errors import CodeRefused, HubNotOurs, HubUnreachable, WrongTill
from pos.domain.signing import key_id, public_text, read_public
from pos.keyfile import keep_device
from pos.settings import Settings
from pos.storage import journal, signatures
from pos.storage.database import only_one, open_database, transaction
from pos.storage.journal import Identity
from pos.storage.migrations import TILL_FILE, till_steps
from pos.sync.client import HubClient

_TRIES = 3
"""A lost answer is asked for again; the hub gives the same one to the same key."""


class _Enrolled(Struct):
    hub_key: str
    keys: list[str]
    proof: str


def enrol_device(hub: HubClient, name: str, code: str) -> Device:
    """Enrol a device by the code that the hub's operator made for it, and return it; the caller keeps it.

    Raises:
        CodeRefused: it is not the code, or of no use any more.
        HubNotOurs: what answers does not know the code, so it is not the operator's hub.
        HubUnreachable, HubRefused: nobody answers, or not now.
    """
    try:
        stretched = EnrolmentCode.read(code).stretched(name)
    except ValueError as reason:
        raise CodeRefused from reason
    key, nonce = Ed25519PrivateKey.generate(), secrets.token_hex(16)
    public_key = public_text(key.public_key())
    wanted = {
        "name": name, "locator": EnrolmentCode.read(code).locator, "public_key": public_key, "nonce": nonce,
        "proof": till_proof(stretched, name, public_key, nonce),
    }  # fmt: skip
    told = _believed(_asked(hub, wanted), stretched, nonce)
    keys = [read_public(each) for each in told.keys]
    device = Device(name, key, read_public(told.hub_key), {key_id(each): each for each in keys})
    if key_id(key.public_key()) not in device.keys:
        raise HubNotOurs(reason="it did not take our key")
    return device


def enrol_till(settings: Settings, code: str) -> tuple[Device, int]:
    """Enrol a till, keep its key in the till's file, sign what it wrote before; return the device and how many entries.

    Raises:
        DatabaseInUse: the till is running; it would go on with the old key.
        WrongTill, StorageError: its files cannot be used; nothing was asked.
        CodeRefused, SyncError: see ``enrol_device``.
    """
    name = f"{settings.till.store}-{settings.till.till}"
    with only_one(settings.data_dir), HubClient(settings.hub.url) as hub:
        db = open_database(settings.data_dir / "till.db", till_steps, application_id=TILL_FILE)
        try:
            identity = journal.find_identity(db)
            if identity is None:
                with transaction(db):
                    journal.keep_identity(db, Identity(settings.till.store, settings.till.till))
            elif identity.name != name:
                raise WrongTill(path=settings.data_dir, found=identity.name)
            device = enrol_device(hub, name, code)
            keep_device(settings.device_file, device)
            return device, signatures.sign_unsigned(db, name, device)
        finally:
            db.conn.close()


def enrol_office(url: str, name: str, code: str, path: Path) -> Device:
    """Enrol a desk of the head office and keep its key in a file."""
    with HubClient(url) as hub:
        device = enrol_device(hub, name, code)
    keep_device(path, device)
    return device


def _asked(hub: HubClient, wanted: dict[str, str]) -> Any:  # noqa: ANN401  (JSON)
    for _ in range(_TRIES - 1):
        try:
            return hub.enrol(wanted)
        except HubUnreachable:
            continue
    return hub.enrol(wanted)


def _believed(answer: object, stretched: bytes, nonce: str) -> _Enrolled:
    try:
        told = convert(answer, _Enrolled)
    except ValidationError as reason:
        raise HubNotOurs(reason="its answer is no hub's") from reason
    if not is_same_proof(told.proof, hub_proof(stretched, nonce, told.hub_key, told.keys)):
        raise HubNotOurs(reason="it does not know the code")
    return told
