"""Devices: who may speak for which till. One-time codes, public keys, revocation."""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from sqlalchemy import Connection, Engine, RowMapping, bindparam, insert, select, update

from pos.domain.device import CODE_LIFE_S, EnrolmentCode, hub_proof, is_same_proof, till_proof
from pos.domain.entry import utc_text
from pos.domain.signing import key_id, public_text, read_public
from pos.hub.database import reading, writing
from pos.hub.schema import devices, enrolments
from pos.hub.wire import Enrol, Enrolled

WRONG_TRIES_MAX = 5
"""Wrong proofs for one code before it is worth nothing any more."""


class CodeRefused(Exception):
    """The code is not known, used, too old, tried too often, or the proof is not right: never told which."""


@dataclass(frozen=True, slots=True)
class Known:
    """A device as the hub keeps it; ``revoked_at`` is empty while it may speak."""

    id: str
    name: str
    key: Ed25519PublicKey
    enrolled_at: str
    revoked_at: str


def make_code(engine: Engine, name: str, now: datetime, random: Callable[[int], bytes] = os.urandom) -> EnrolmentCode:
    """Make a code for a till or an office, good once, for half an hour; earlier ones for it are worth nothing now."""
    code = EnrolmentCode.make(random(8))
    row = {
        "locator": code.locator, "name": name, "stretched": code.stretched(name).hex(), "failures": 0, "used_by": "",
        "made_at": utc_text(now), "expires_at": utc_text(now + timedelta(seconds=CODE_LIFE_S)),
    }  # fmt: skip
    with writing(engine) as connection:
        connection.execute(enrolments.delete().where((enrolments.c.name == name) & (enrolments.c.used_by == "")))
        connection.execute(enrolments.delete().where(enrolments.c.locator == code.locator))
        connection.execute(insert(enrolments), row)
    return code


def enrol(engine: Engine, wanted: Enrol, hub_key: Ed25519PublicKey, now: datetime) -> Enrolled:
    """Take a device whose owner knows a code; it replaces the one of that name. The same again gives the same.

    Raises:
        CodeRefused: see there; a wrong proof is counted.
    """
    at = utc_text(now)
    with writing(engine) as connection:
        row = connection.execute(
            select(enrolments).filter_by(locator=wanted.locator, name=wanted.name).with_for_update()
        ).first()
        stretched = bytes.fromhex(row.stretched) if row else bytes(32)
        is_right = _is_proven(wanted, stretched)
        if row and is_right and row.used_by in {"", wanted.public_key} and _is_alive(row.failures, row.expires_at, at):
            if not row.used_by:
                put_device(connection, wanted.name, read_public(wanted.public_key), at)
                connection.execute(update(enrolments).filter_by(locator=row.locator).values(used_by=wanted.public_key))
            keys = [public_text(key) for key in keys_of(connection, wanted.name).values()]
            hub = public_text(hub_key)
            return Enrolled(wanted.name, hub, keys, hub_proof(stretched, wanted.nonce, hub, keys))
        if row and not is_right:
            connection.execute(update(enrolments).filter_by(locator=row.locator).values(failures=row.failures + 1))
    raise CodeRefused


def _is_proven(wanted: Enrol, stretched: bytes) -> bool:
    try:
        read_public(wanted.public_key)
    except ValueError:
        return False
    return is_same_proof(wanted.proof, till_proof(stretched, wanted.name, wanted.public_key, wanted.nonce))


def _is_alive(failures: int, expires_at: str, at: str) -> bool:
    return failures < WRONG_TRIES_MAX and at < expires_at


def put_device(connection: Connection, name: str, key: Ed25519PublicKey, at: str) -> None:
    """Let a key speak for a name, and no other key from now on."""
    connection.execute(update(devices).filter_by(name=name, revoked_at="").values(revoked_at=at))
    row = {"id": key_id(key), "name": name, "public_key": public_text(key), "enrolled_at": at, "revoked_at": ""}
    connection.execute(insert(devices), row)


def revoke(engine: Engine, name: str, now: datetime) -> int:
    """Take away a name's right to speak, and its unused codes; return how many keys that were."""
    with writing(engine) as connection:
        connection.execute(enrolments.delete().where(enrolments.c.name == name))
        gone = connection.execute(update(devices).filter_by(name=name, revoked_at="").values(revoked_at=utc_text(now)))
        return gone.rowcount


def find(engine: Engine, device_id: str) -> Known | None:
    """Return the device with this key, revoked or not."""
    with reading(engine) as connection:
        row = connection.execute(_FIND, {"wanted": device_id}).mappings().first()
    return _known(row) if row else None


def list_devices(engine: Engine) -> Sequence[Known]:
    """Return every device there ever was, by name and then by age."""
    with reading(engine) as connection:
        rows = connection.execute(select(devices).order_by(devices.c.name, devices.c.enrolled_at)).mappings()
        return [_known(row) for row in rows]


def may_speak(connection: Connection, name: str) -> bool:
    """Whether a till has a device that is not revoked."""
    return connection.execute(select(devices.c.id).filter_by(name=name, revoked_at="")).first() is not None


def keys_of(connection: Connection, name: str) -> dict[str, Ed25519PublicKey]:
    """Return every key a name ever had, by ``key_id``, the oldest first."""
    rows = connection.execute(select(devices).filter_by(name=name).order_by(devices.c.enrolled_at, devices.c.id))
    return {row.id: read_public(row.public_key) for row in rows}


# Written once, because making a statement takes SQLAlchemy longer than running it.
_FIND = select(devices).where(devices.c.id == bindparam("wanted"))


def _known(row: RowMapping) -> Known:
    return Known(row["id"], row["name"], read_public(row["public_key"]), row["enrolled_at"], row["revoked_at"])
