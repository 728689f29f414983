"""What is sent, what is believed, and what is written down, against a real hub over HTTP."""

from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, delete, select

from pos.domain.entry import GENESIS, JournalEntry
from pos.domain.errors import HubRefused, HubUnreachable, JournalFork
from pos.hub import schema
from pos.hub.database import reading, writing
from pos.storage import journal
from pos.sync.client import HubClient
from pos.sync.exchange import BATCH_MAX_BYTES, pull_once, push_once
from tests.unit.hub.devices import Signing
from tests.unit.hub.kit import TILL, StoppedClock, chain, dump, post, sales
from tests.unit.sync.kit import Line, TillDisk, answer, drained, skus

HEAD = "GET /v1/tills/0017-03/head?epoch=1"
SEND = "POST /v1/tills/0017-03/entries"


def lose(engine: Engine, after: int) -> None:
    """Put the hub back to how it was when it kept so many entries, as a restore does."""
    with writing(engine) as connection:
        for table in (schema.entries, schema.entry_signatures, schema.sales):
            connection.execute(delete(table).where(table.c.seq > after))
        for table in (schema.sale_lines, schema.tenders, schema.sale_taxes):
            gone = table.c.sale_id.not_in(select(schema.sales.c.sale_id))
            connection.execute(delete(table).where(gone))
        last = connection.scalar(select(schema.entries.c.hash).where(schema.entries.c.seq == after)) or GENESIS
        connection.execute(schema.till_heads.update().values(seq=after, hash=last))


def kept(engine: Engine) -> list[tuple[int, bytes]]:
    with reading(engine) as connection:
        columns = (schema.entries.c.seq, schema.entries.c.body)
        return [tuple(row) for row in connection.execute(select(*columns).order_by(schema.entries.c.seq))]


def own(disk: TillDisk) -> list[tuple[int, bytes]]:
    return [(entry.seq, entry.body) for entry in journal.entries(disk.db, "0017-03", 1)]


def test_a_long_journal_goes_up_in_batches_to_the_byte(
    disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock, sqlite_engine: Engine
) -> None:
    disk.sell(230)
    assert drained(lambda: push_once(client, disk.outbox, clock)) == 3
    assert line.asked == [SEND] * 3
    assert kept(sqlite_engine) == own(disk)
    assert disk.acked == 230


def test_a_batch_travels_compressed(disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock) -> None:
    disk.sell(20)
    push_once(client, disk.outbox, clock)
    bodies = sum(len(body) for _, body in own(disk))
    assert line.sent[0].headers["content-encoding"] == "gzip"
    assert len(line.sent[0].content) < bodies / 4


def test_a_line_that_is_cut_changes_nothing(disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock) -> None:
    disk.sell(3)
    line.is_down = True
    with pytest.raises(HubUnreachable):
        push_once(client, disk.outbox, clock)
    assert disk.acked == 0


def test_a_lost_answer_is_made_good_by_sending_again(
    disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock, sqlite_engine: Engine
) -> None:
    disk.sell(3)
    line.loses_answers = True
    with pytest.raises(HubUnreachable):
        push_once(client, disk.outbox, clock)
    assert (disk.acked, len(kept(sqlite_engine))) == (0, 3)
    line.loses_answers = False
    disk.sell(1)
    assert push_once(client, disk.outbox, clock) is False
    assert disk.acked == 4
    assert kept(sqlite_engine) == own(disk)
    assert len(dump(sqlite_engine, schema.sales)[0]) == 4


def test_a_hub_restored_from_an_older_copy_gets_the_rest_again(
    disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock, sqlite_engine: Engine
) -> None:
    disk.sell(6)
    push_once(client, disk.outbox, clock)
    lose(sqlite_engine, after=2)
    disk.sell(2)
    assert push_once(client, disk.outbox, clock) is True
    assert disk.acked == 2
    assert push_once(client, disk.outbox, clock) is False
    assert disk.acked == 8
    assert kept(sqlite_engine) == own(disk)
    assert line.asked == [SEND] * 3


@pytest.mark.parametrize("after", [0, 4])
def test_a_restored_hub_is_noticed_even_when_nothing_is_unsent(
    disk: TillDisk, client: HubClient, clock: StoppedClock, sqlite_engine: Engine, after: int
) -> None:
    disk.sell(6)
    push_once(client, disk.outbox, clock)
    lose(sqlite_engine, after)
    assert push_once(client, disk.outbox, clock) is True
    assert disk.acked == after
    assert push_once(client, disk.outbox, clock) is False
    assert kept(sqlite_engine) == own(disk)


def test_nothing_unsent_asks_for_the_head_only(
    disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock
) -> None:
    disk.sell(2)
    push_once(client, disk.outbox, clock)
    when = disk.outbox.backlog().acknowledged_at
    clock.move(60)
    assert push_once(client, disk.outbox, clock) is False
    assert line.asked == [SEND, HEAD]
    assert disk.outbox.backlog().acknowledged_at == when


def test_a_till_that_never_sold_asks_and_believes(
    disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock
) -> None:
    assert push_once(client, disk.outbox, clock) is False
    assert (line.asked, disk.acked) == ([HEAD], 0)


def test_an_acknowledgement_with_another_hash_is_not_believed(
    disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock
) -> None:
    disk.sell(2)
    line.answers = [answer(200, {"epoch": 1, "acked": 2, "head": "ab" * 32})]
    with pytest.raises(JournalFork):
        push_once(client, disk.outbox, clock)
    assert disk.acked == 0


@pytest.mark.parametrize("body", [{"epoch": 1, "acked": 0, "head": GENESIS}, {"epoch": 2, "acked": 2, "head": GENESIS}])
def test_an_acknowledgement_of_something_else_is_not_believed(
    disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock, body: dict[str, object]
) -> None:
    disk.sell(2)
    line.answers = [answer(200, body)]
    with pytest.raises(HubRefused):
        push_once(client, disk.outbox, clock)
    assert disk.acked == 0


@pytest.mark.parametrize("send_from", [0, -1, 3, 9])
def test_a_gap_that_is_none_is_not_believed(
    disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock, send_from: int
) -> None:
    disk.sell(2)
    push_once(client, disk.outbox, clock)
    disk.sell(2)
    line.answers = [answer(409, {"code": "gap", "epoch": 1, "send_from": send_from})]
    with pytest.raises(HubRefused):
        push_once(client, disk.outbox, clock)
    assert disk.acked == 2


def test_another_till_under_our_name_is_a_fork(
    disk: TillDisk, client: HubClient, hub: httpx.Client, clock: StoppedClock
) -> None:
    hub.auth = Signing(TILL, clock)
    post(hub, sales(3, first=500))
    disk.sell(2)
    with pytest.raises(JournalFork) as found:
        push_once(client, disk.outbox, clock)
    assert found.value.facts["seq"] == 1
    assert disk.acked == 0


def test_a_fork_is_noticed_when_nothing_is_unsent(
    disk: TillDisk, client: HubClient, line: Line, clock: StoppedClock
) -> None:
    disk.sell(2)
    push_once(client, disk.outbox, clock)
    line.answers = [answer(200, {"epoch": 1, "acked": 3, "head": "ab" * 32})]
    with pytest.raises(JournalFork):
        push_once(client, disk.outbox, clock)


def test_a_till_restored_from_an_old_copy_does_not_go_on_under_its_old_epoch(
    tmp_path: Path, client: HubClient, clock: StoppedClock
) -> None:
    later, restored = TillDisk(tmp_path / "later"), TillDisk(tmp_path / "restored")
    later.sell(5)
    restored.sell(3)  # the same three, byte for byte
    push_once(client, later.outbox, clock)
    with pytest.raises(JournalFork):
        push_once(client, restored.outbox, clock)
    later.close()
    restored.close()


def test_a_restored_till_with_a_new_epoch_sends_both(
    tmp_path: Path, client: HubClient, clock: StoppedClock, sqlite_engine: Engine
) -> None:
    later, restored = TillDisk(tmp_path / "later"), TillDisk(tmp_path / "restored")
    later.sell(5)
    restored.sell(3)
    push_once(client, later.outbox, clock)
    restored.close()
    reborn = TillDisk(tmp_path / "restored", epoch=2)
    reborn.sell(2)
    assert drained(lambda: push_once(client, reborn.outbox, clock)) == 2
    assert [reborn.outbox.acknowledged(epoch) for epoch in (1, 2)] == [3, 2]
    heads = [(row[2], row[3]) for row in dump(sqlite_engine, schema.till_heads, without=("received_at", "hash"))[0]]
    assert heads == [(1, 5), (2, 2)]
    later.close()
    reborn.close()


class DamagedOutbox:
    """An outbox whose disk changed entry 3."""

    def __init__(self, disk: TillDisk) -> None:
        self._disk = disk.outbox
        self.till, self.epoch = disk.outbox.till, disk.outbox.epoch

    def unsent(self, limit: int) -> list[JournalEntry]:
        return [replace(entry, body=b"{}") if entry.seq == 3 else entry for entry in self._disk.unsent(limit)]

    def __getattr__(self, name: str) -> object:
        return getattr(self._disk, name)


def test_an_entry_damaged_on_the_disk_does_not_hold_back_those_before_it(
    disk: TillDisk, client: HubClient, clock: StoppedClock, sqlite_engine: Engine
) -> None:
    disk.sell(5)
    damaged = DamagedOutbox(disk)
    assert push_once(client, damaged, clock) is True  # type: ignore[arg-type]
    assert disk.acked == 2
    with pytest.raises(HubRefused) as found:
        push_once(client, damaged, clock)  # type: ignore[arg-type]
    assert (found.value.facts["code"], found.value.facts["seq"]) == ("bad_hash", 3)
    assert len(kept(sqlite_engine)) == 2


def test_large_entries_go_in_smaller_batches(disk: TillDisk, client: HubClient, clock: StoppedClock) -> None:
    for _ in range(6):
        disk.append("note.written", {"text": "满" * 30_000})  # 90,000 bytes each: two fit into 256 KiB
    assert drained(lambda: push_once(client, disk.outbox, clock)) == 3
    disk.append("note.written", {"text": "x" * (BATCH_MAX_BYTES - 11)})
    disk.append("note.written", {"text": "y"})
    assert drained(lambda: push_once(client, disk.outbox, clock)) == 2
    assert disk.acked == 8


def test_what_the_hub_cannot_add_up_is_still_acknowledged(
    disk: TillDisk, client: HubClient, clock: StoppedClock
) -> None:
    disk.append("drone.flown", {"height": 3})
    disk.sell(1)
    push_once(client, disk.outbox, clock)
    assert disk.acked == 2


def cola(sku: str, price_fen: int = 350) -> dict[str, object]:
    return {"sku": sku, "name": "可乐", "price_fen": price_fen, "unit": "piece", "tax_code": "13", "tax_permille": 130,
            "barcodes": [f"69{sku}"]}  # fmt: skip


def test_the_catalogue_comes_down_page_by_page(disk: TillDisk, client: HubClient, hub: httpx.Client) -> None:
    hub.post("/v1/catalogue", json={"products": [cola(f"{number:04d}") for number in range(1_100)]})
    assert drained(lambda: pull_once(client, disk.sink)) == 3
    assert skus(disk.sink) == [f"{number:04d}" for number in range(1_100)]


def test_only_what_changed_comes_down_again(disk: TillDisk, client: HubClient, hub: httpx.Client, line: Line) -> None:
    hub.post("/v1/catalogue", json={"products": [cola("1"), cola("2")]})
    pull_once(client, disk.sink)
    hub.post("/v1/catalogue", json={"products": [cola("1", 380)], "removed": ["2"]})
    assert pull_once(client, disk.sink) is False
    assert [tuple(row) for row in disk.prices.execute("SELECT sku, price_fen FROM products").fetchall()] == [("1", 380)]
    cursor = disk.sink.cursor()
    assert pull_once(client, disk.sink) is False
    assert disk.sink.cursor() == cursor
    assert line.asked[-1] == f"GET /v1/catalogue?after={cursor}&limit=500"


def test_a_lost_cursor_reads_the_feed_from_its_beginning(
    disk: TillDisk, client: HubClient, hub: httpx.Client, line: Line, sqlite_engine: Engine
) -> None:
    hub.post("/v1/catalogue", json={"products": [cola("1"), cola("2")]})
    pull_once(client, disk.sink)
    with writing(sqlite_engine) as connection:  # restored from before the first import, and filled again
        for table in (schema.products, schema.barcodes, schema.imports):
            connection.execute(delete(table))
    hub.post("/v1/catalogue", json={"products": [cola("2", 400), cola("3")]})
    assert drained(lambda: pull_once(client, disk.sink)) == 1
    assert skus(disk.sink) == ["1", "2", "3"]
    assert len(line.asked) == 3


def test_a_refused_pull_is_told(disk: TillDisk, client: HubClient, line: Line) -> None:
    line.answers = [answer(410, {"code": "cursor_lost"})]
    with pytest.raises(HubRefused):
        pull_once(client, disk.sink)  # at the beginning already


def test_strange_text_arrives_as_it_was(disk: TillDisk, client: HubClient, clock: StoppedClock) -> None:
    for entry in chain([("note.written", {"text": text}) for text in ("", "\u0000", '\\"', "🛒" * 100, "\u2028")]):
        disk.append(entry.kind, entry.facts)
    push_once(client, disk.outbox, clock)
    assert disk.acked == 5
