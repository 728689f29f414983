"""Who may speak for a till: codes good once and not for long, one key at a time, and an end at once."""

from datetime import datetime, timedelta

from msgspec import structs
from sqlalchemy import Engine, select

from pos.domain.device import EnrolmentCode, hub_proof, till_proof
from pos.domain.signing import key_id, public_text
from pos.hub import devices, schema
from pos.hub.database import reading
from pos.hub.devices import CodeRefused
from pos.hub.wire import Enrol, Enrolled
from tests.unit.hub.devices import HUB_KEY, key_of, trust
from tests.unit.hub.kit import NOON

NAME, NONCE = "0017-03", "ab" * 16
HUB = HUB_KEY.public_key()


def wanted(code: EnrolmentCode, key: str = "first", name: str = NAME) -> Enrol:
    """What an honest till sends."""
    public = public_text(key_of(key).public_key())
    return Enrol(name, code.locator, public, NONCE, till_proof(code.stretched(name), name, public, NONCE))


def is_taken(engine: Engine, asked: Enrol, at: datetime = NOON) -> bool:
    try:
        devices.enrol(engine, asked, HUB, at)
    except CodeRefused:
        return False
    return True


def speakers(engine: Engine) -> list[tuple[str, str]]:
    """Name and key of the devices that may speak."""
    return [(each.name, each.id) for each in devices.list_devices(engine) if not each.revoked_at]


def id_of(key: str) -> str:
    return key_id(key_of(key).public_key())


def test_a_till_with_a_code_is_taken_and_told_the_hubs_key(engine: Engine) -> None:
    code = devices.make_code(engine, NAME, NOON)
    told = devices.enrol(engine, wanted(code), HUB, NOON)
    keys = [public_text(key_of("first").public_key())]
    proof = hub_proof(code.stretched(NAME), NONCE, public_text(HUB), keys)
    assert told == Enrolled(NAME, public_text(HUB), keys, proof)
    assert speakers(engine) == [(NAME, id_of("first"))]


def test_a_code_is_good_once_but_a_lost_answer_is_given_again(engine: Engine) -> None:
    code = devices.make_code(engine, NAME, NOON)
    told = devices.enrol(engine, wanted(code), HUB, NOON)
    assert devices.enrol(engine, wanted(code), HUB, NOON) == told
    assert not is_taken(engine, wanted(code, "second"))
    assert speakers(engine) == [(NAME, id_of("first"))]


def test_a_code_is_good_for_half_an_hour(engine: Engine) -> None:
    code = devices.make_code(engine, NAME, NOON)
    assert not is_taken(engine, wanted(code), NOON + timedelta(minutes=30))
    assert is_taken(engine, wanted(code), NOON + timedelta(minutes=29, seconds=59))


def test_a_code_is_for_one_name(engine: Engine) -> None:
    code = devices.make_code(engine, NAME, NOON)
    assert not is_taken(engine, wanted(code, name="0017-04"))
    assert not is_taken(engine, structs.replace(wanted(code), name="0017-04"))
    assert speakers(engine) == []


def test_five_wrong_proofs_are_the_end_of_a_code(engine: Engine) -> None:
    code = devices.make_code(engine, NAME, NOON)
    guess = wanted(EnrolmentCode(code.text[:4] + "00000000"))
    for _ in range(4):
        assert not is_taken(engine, guess)
    assert is_taken(engine, wanted(code))
    code = devices.make_code(engine, NAME, NOON)
    for _ in range(5):
        assert not is_taken(engine, wanted(EnrolmentCode(code.text[:4] + "00000000")))
    assert not is_taken(engine, wanted(code))


def test_a_proof_for_one_key_does_not_enrol_another(engine: Engine) -> None:
    code = devices.make_code(engine, NAME, NOON)
    swapped = structs.replace(wanted(code), public_key=public_text(key_of("thief").public_key()))
    assert not is_taken(engine, swapped)
    assert not is_taken(engine, structs.replace(wanted(code), public_key="A" * 43 + "="))


def test_a_new_code_is_the_end_of_the_one_before(engine: Engine) -> None:
    first = devices.make_code(engine, NAME, NOON)
    second = devices.make_code(engine, NAME, NOON)
    assert not is_taken(engine, wanted(first))
    assert is_taken(engine, wanted(second))


def test_a_new_key_takes_the_place_of_the_old_one_which_is_not_forgotten(engine: Engine) -> None:
    for key in ("first", "second"):
        assert is_taken(engine, wanted(devices.make_code(engine, NAME, NOON), key))
    assert speakers(engine) == [(NAME, id_of("second"))]
    with reading(engine) as connection:
        assert set(devices.keys_of(connection, NAME)) == {id_of("first"), id_of("second")}


def test_revoked_is_revoked_and_its_unused_codes_with_it(engine: Engine) -> None:
    trust(engine, NAME, "0017-04")
    code = devices.make_code(engine, NAME, NOON)
    assert devices.revoke(engine, NAME, NOON) == 1
    assert devices.revoke(engine, NAME, NOON) == 0
    assert not is_taken(engine, wanted(code))
    assert [name for name, _ in speakers(engine)] == ["0017-04"]
    known = devices.find(engine, id_of(NAME))
    assert known
    assert known.revoked_at == "2026-11-23T04:00:00.000Z"


def test_of_a_codes_secret_only_what_argon2_makes_of_it_is_kept(engine: Engine) -> None:
    code = devices.make_code(engine, NAME, NOON)
    with reading(engine) as connection:
        row = connection.execute(select(schema.enrolments)).mappings().one()
    assert all(code.text[4:] not in str(value) for value in row.values())
    assert row["stretched"] == code.stretched(NAME).hex()


def test_a_device_nobody_knows_is_none(engine: Engine) -> None:
    assert devices.find(engine, "0" * 16) is None
