"""The journal as an outbox, on a real file."""

from tests.unit.hub.kit import StoppedClock
from tests.unit.sync.kit import TillDisk


def test_what_is_unsent_comes_in_order_and_in_parts(disk: TillDisk, clock: StoppedClock) -> None:
    disk.sell(5)
    assert [entry.seq for entry in disk.outbox.unsent(3)] == [1, 2, 3]
    disk.outbox.acknowledge(1, 3, clock.now())
    assert [entry.seq for entry in disk.outbox.unsent(3)] == [4, 5]
    assert disk.outbox.unsent(3)[0].follows(disk.outbox.entry_hash(1, 3) or "")


def test_the_backlog_knows_its_oldest_and_the_last_acknowledgement(disk: TillDisk, clock: StoppedClock) -> None:
    disk.sell(3)
    before = disk.outbox.backlog()
    assert (before.count, before.oldest_at, before.acknowledged_at) == (3, "2026-11-23T04:00:01.000Z", "")
    disk.outbox.acknowledge(1, 2, clock.now())
    after = disk.outbox.backlog()
    assert (after.count, after.oldest_at, after.acknowledged_at) == (
        1,
        "2026-11-23T04:00:03.000Z",
        "2026-11-23T04:00:00.000Z",
    )


def test_what_the_hub_lost_is_unsent_again(disk: TillDisk, clock: StoppedClock) -> None:
    disk.sell(5)
    disk.outbox.acknowledge(1, 5, clock.now())
    disk.outbox.rewind(1, 2)
    assert [entry.seq for entry in disk.outbox.unsent(9)] == [2, 3, 4, 5]
    assert disk.outbox.backlog().acknowledged_at == "2026-11-23T04:00:00.000Z"
    disk.outbox.rewind(1, 1)
    assert disk.outbox.acknowledged(1) == 0


def test_an_entry_we_do_not_have_has_no_hash(disk: TillDisk) -> None:
    assert disk.outbox.entry_hash(1, 1) is None
    assert disk.outbox.entry_hash(2, 1) is None
