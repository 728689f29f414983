"""A store without a line: its journal comes on a stick, sealed, and is counted once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from sqlalchemy import Engine

from pos.domain.errors import BadParcelAddress, ExportNotWritten, ParcelUnreadable
from pos.domain.parcel import address_of, parcel_key, seal
from pos.hub.devices import revoke
from pos.hub.parcels import import_parcel
from pos.hub.schema import entries, parked, sales
from pos.hub.totals import day_totals
from pos.storage import journal
from pos.storage.database import transaction
from pos.sync.parcels import sign_rest, write_parcel
from tests.fake_time import MORNING
from tests.unit.hub.devices import HUB_KEY, key_of, trust
from tests.unit.hub.kit import NOW, dump
from tests.unit.sync.kit import TillDisk

ADDRESS = address_of(parcel_key(HUB_KEY).public_key())


@pytest.fixture
def disk(quick: Path) -> Iterator[TillDisk]:
    """A till's disk with 250 entries."""
    quick.joinpath("till").mkdir()
    disk = TillDisk(quick / "till")
    disk.sell(250)
    yield disk
    disk.close()


def packed(disk: TillDisk, path: Path, address: str = ADDRESS) -> int:
    """Sign what is not signed, and write a parcel."""
    sign_rest(disk.db, disk.identity, disk.device)
    return write_parcel(disk.db, disk.identity, address, path)


def parcel_of(disk: TillDisk, path: Path) -> Path:
    """A parcel of all of them."""
    assert packed(disk, path) == 250
    return path


def test_a_parcel_is_counted_once_however_often_it_comes(sqlite_engine: Engine, disk: TillDisk, quick: Path) -> None:
    trust(sqlite_engine, "0017-03")
    path = parcel_of(disk, quick / "stick.parcel")
    first = import_parcel(sqlite_engine, HUB_KEY, path, NOW)
    assert (first.till, first.entries, first.fresh, first.is_whole) == ("0017-03", 250, 250, True)
    kept = dump(sqlite_engine, entries, sales, parked)
    again = import_parcel(sqlite_engine, HUB_KEY, path, NOW)
    assert (again.fresh, again.is_whole) == (0, True)
    assert dump(sqlite_engine, entries, sales, parked) == kept
    day = day_totals(sqlite_engine, "2026-11-23")
    assert (day.sales, day.total_fen, day.parked) == (250, 250 * 2200, 0)  # each of 22.00


def test_a_later_parcel_brings_only_what_is_new(sqlite_engine: Engine, disk: TillDisk, quick: Path) -> None:
    trust(sqlite_engine, "0017-03")
    import_parcel(sqlite_engine, HUB_KEY, parcel_of(disk, quick / "one"), NOW)
    disk.sell(3)
    packed(disk, quick / "two")
    second = import_parcel(sqlite_engine, HUB_KEY, quick / "two", NOW)
    assert (second.entries, second.fresh) == (253, 3)


def test_who_finds_the_stick_reads_nothing(disk: TillDisk, quick: Path) -> None:
    raw = parcel_of(disk, quick / "stick").read_bytes()
    first, _, sealed = raw.partition(b"\n")
    assert b"0017-03" in first
    assert not [word for word in (b"sale", b"total_fen", "可乐".encode()) if word in sealed]


@pytest.mark.parametrize("place", [3, 40, 200, 5_000, -1])
def test_a_parcel_that_was_changed_or_cut_is_not_taken(
    sqlite_engine: Engine, disk: TillDisk, quick: Path, place: int
) -> None:
    trust(sqlite_engine, "0017-03")
    raw = bytearray(parcel_of(disk, quick / "stick").read_bytes())
    raw[place] ^= 1
    for number, bad in enumerate((bytes(raw), bytes(raw[:-20]), b"", b"{}\n")):
        path = quick / f"bad-{number}"
        path.write_bytes(bad)
        with pytest.raises(ParcelUnreadable):
            import_parcel(sqlite_engine, HUB_KEY, path, NOW)
    assert dump(sqlite_engine, entries) == [[]]


def test_a_parcel_for_another_hub_stays_shut(sqlite_engine: Engine, disk: TillDisk, quick: Path) -> None:
    trust(sqlite_engine, "0017-03")
    path = parcel_of(disk, quick / "stick")
    with pytest.raises(ParcelUnreadable) as refused:
        import_parcel(sqlite_engine, key_of("another hub"), path, NOW)
    assert "for another hub" in str(refused.value)


@pytest.mark.parametrize("till", ["0017-03", "0099-01"])
def test_what_the_till_did_not_sign_is_not_taken(sqlite_engine: Engine, disk: TillDisk, quick: Path, till: str) -> None:
    """The address is no secret: whoever knows it could seal a journal of their own."""
    trust(sqlite_engine, "0017-03")
    unsigned = [each.sealed() for each in disk.outbox.unsent(10)]
    path = quick / "forged"
    path.write_bytes(seal(till, unsigned, parcel_key(HUB_KEY).public_key(), X25519PrivateKey.generate()))
    with pytest.raises(ParcelUnreadable):
        import_parcel(sqlite_engine, HUB_KEY, path, NOW)
    assert dump(sqlite_engine, entries) == [[]]


def test_a_till_the_hub_does_not_know_is_not_taken(sqlite_engine: Engine, disk: TillDisk, quick: Path) -> None:
    with pytest.raises(ParcelUnreadable) as refused:
        import_parcel(sqlite_engine, HUB_KEY, parcel_of(disk, quick / "stick"), NOW)
    assert "no key of 0017-03" in str(refused.value)


def test_nothing_is_written_over_and_an_address_is_read_whole(disk: TillDisk, quick: Path) -> None:
    path = parcel_of(disk, quick / "stick")
    with pytest.raises(ExportNotWritten):
        packed(disk, path)
    with pytest.raises(BadParcelAddress):
        packed(disk, address=ADDRESS[:20], path=quick / "other")


def test_a_stick_of_a_revoked_till_is_not_taken(sqlite_engine: Engine, disk: TillDisk, quick: Path) -> None:
    trust(sqlite_engine, "0017-03")
    path = parcel_of(disk, quick / "stick")
    assert revoke(sqlite_engine, "0017-03", MORNING) == 1
    with pytest.raises(ParcelUnreadable, match="revoked"):
        import_parcel(sqlite_engine, HUB_KEY, path, NOW)
    assert dump(sqlite_engine, entries) == [[]]


def test_a_parcel_signs_nothing_that_the_hub_has_already(disk: TillDisk, quick: Path) -> None:
    with transaction(disk.db):
        journal.acknowledge(disk.db, 1, 200, MORNING)
    assert packed(disk, quick / "stick") == 50
    assert [seq for (seq,) in disk.db.execute("SELECT seq FROM signatures ORDER BY seq")] == [*range(201, 251)]
