"""The tamper drill: whatever is done to a journal or its copies, ``journal verify`` detects it and names it.

Real files, a real hub process; the vandal works with a SQLite of the same kind, past every trigger. Whoever changes an
entry without making the chain again is caught by the chain; whoever makes it again by the copy that left before.
"""

import json
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as sqlite
import pytest

from pos.domain.entry import JournalEntry
from pos.domain.errors import JournalFork
from pos.storage import journal, projections
from pos.till.figures.proof import JOURNAL, export_journal
from pos.till.finding import Word, finding
from pos.till.till import open_till
from tests.fakes import BY_MEI
from tests.faults.conftest import HeadOffice
from tests.faults.shop import Shop

Tamper = Callable[[Shop], str]
"""Does the harm, and returns the entry that must be named."""


def sale_seqs(shop: Shop) -> list[int]:
    """Where the sales stand in the journal."""
    with closing(open_till(shop.settings)) as till:
        rows = till.db.execute("SELECT seq FROM journal WHERE kind = 'sale.completed' ORDER BY seq").fetchall()
    return [seq for (seq,) in rows]


def entries_of(shop: Shop, epoch: int = 1) -> list[JournalEntry]:
    """The entries of an epoch, as they are on disk."""
    with closing(open_till(shop.settings)) as till:
        return list(journal.entries(till.db, shop.name, epoch))


def cheaper(body: bytes) -> bytes:
    """A sale of which the drawer need hold less: each figure of money in its lines and tenders is one fen."""
    told = json.loads(body)
    for line in told["lines"]:
        line.update(amount_fen=1, price_fen=1)
    for tender in told["tenders"]:
        tender.update(amount_fen=1, handed_over_fen=1)
    told["total_fen"] = 1
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def edit(shop: Shop) -> str:
    """Make the sixth sale cheaper."""
    seq = sale_seqs(shop)[5]
    body = cheaper(entries_of(shop)[seq - 1].body)
    shop.vandalise("UPDATE journal SET body = ? WHERE seq = ?", values=(body, seq))
    return f"entry 1/{seq}"


def delete(shop: Shop) -> str:
    """Take the sixth sale out."""
    seq = sale_seqs(shop)[5]
    shop.vandalise("DELETE FROM journal WHERE seq = ?", values=(seq,))
    return f"entry 1/{seq}"


def reorder(shop: Shop) -> str:
    """Let the sixth sale and what follows it change places."""
    seq = sale_seqs(shop)[5]
    shop.vandalise(
        f"UPDATE journal SET seq = 900000 WHERE seq = {seq}",
        f"UPDATE journal SET seq = {seq} WHERE seq = {seq + 1}",
        f"UPDATE journal SET seq = {seq + 1} WHERE seq = 900000",
    )
    return f"entry 1/{seq}"


def truncate(shop: Shop) -> str:
    """Cut the last three sales off, tables and noted acknowledgement too, as somebody would who knows the program."""
    seq = sale_seqs(shop)[-3]
    kept = entries_of(shop)[: seq - 1]
    remake_by_hand(shop, kept)
    return f"entry 1/{seq}"


def edit_and_chain_again(shop: Shop) -> str:
    """Edit a sale, make every hash behind it again, and fold the tables again: the chain alone is whole."""
    seq = sale_seqs(shop)[5]
    entries = entries_of(shop)
    rechained, prev = entries[: seq - 1], entries[seq - 2].hash
    for each in entries[seq - 1 :]:
        body = cheaper(each.body) if each.seq == seq else each.body
        made = JournalEntry(each.till, 1, each.seq, each.id, each.at, each.kind, each.version, body, prev, "").sealed()
        rechained.append(made)
        prev = made.hash
    remake_by_hand(shop, rechained)
    return f"entry 1/{seq}"


def remake_by_hand(shop: Shop, entries: list[JournalEntry]) -> None:
    """Put other entries into the till's file, with tables and acknowledgement to match."""
    shop.vandalise("DELETE FROM journal", "DELETE FROM acknowledged")
    with closing(open_till(shop.settings)) as till, till.transaction():
        for entry in entries:
            journal.put_back(till.db, entry)
        projections.rebuild(till.db, till.identity)
        journal.acknowledge(till.db, 1, entries[-1].seq, till.clock.now())


def roll_back(shop: Shop) -> str:
    """Put the whole database of an hour ago in its place."""
    old = shop.folder / "old"
    with closing(open_till(shop.settings)) as till:
        till.db.conn.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        seq = journal.head(till.db, 1)[0]
    shutil.copytree(shop.file.parent, old)
    shop.sell(4)
    shop.push()
    shutil.rmtree(shop.file.parent)
    old.rename(shop.file.parent)
    return f"entry 1/{seq + 1}"


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (edit, "was changed or moved"),
        (delete, "is missing"),
        (reorder, "was changed or moved"),
        (truncate, "are in the second copy and not here"),
        (edit_and_chain_again, "is not the one that the second copy has"),
        (roll_back, "are in the hub and not here: the journal was cut short, or an old copy was put back"),
    ],
)
def test_what_is_done_to_the_journal_is_detected_and_named(shop: Shop, tamper: Tamper, words: str) -> None:
    assert shop.command("journal", "verify")[0] == 0
    what = tamper(shop)
    status, said = shop.command("journal", "verify")
    assert status == 1
    assert [line for line in said.splitlines() if line.startswith(f"BAD {what}: ") and words in line], said
    assert "rebuild" in said or "店长" in said  # and what to do


@pytest.mark.parametrize("witness", ["hub", "second copy", "signature"])
def test_an_edit_with_the_chain_made_again_is_caught_by_each_copy_alone(shop: Shop, witness: str) -> None:
    receipt_no, printed, _ = shop.receipts[5]
    what = edit_and_chain_again(shop)
    shop.has_second_copy, shop.hub_url = witness == "second copy", shop.hub_url if witness == "hub" else ""
    shop.write_settings()
    status, said = shop.command("journal", "verify")
    assert (status, f"BAD {what}: " in said) == (1, True)
    assert ("does not bear this till's signature (wrongly signed)" in said) is True
    status, said = shop.command("journal", "verify", "--receipt", receipt_no, "--witness", printed)
    assert (status, f"BAD {what}: " in said, receipt_no in said) == (1, True, True)


def test_a_receipt_agrees_with_an_untouched_journal_however_it_is_typed(shop: Shop) -> None:
    receipt_no, printed, _ = shop.receipts[5]
    entry = next(each for each in entries_of(shop) if receipt_no.encode() in each.body and "sale" in each.kind)
    bits = f"{int(entry.hash, 16):0256b}"[:30]  # the protocol's page: the first 30 bits, five to a character
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    assert printed == "".join(letters[int(bits[at : at + 5], 2)] for at in range(0, 30, 5))
    typed = printed.lower().replace("0", "o").replace("1", "l")
    assert shop.command("journal", "verify", "--receipt", receipt_no, "--witness", typed)[0] == 0
    assert shop.command("journal", "verify", "--receipt", receipt_no, "--witness", "ABC123")[0] == 1
    status, said = shop.command("journal", "verify", "--receipt", f"{shop.name}-20261123-9999", "--witness", printed)
    assert (status, "is not in the journal" in said) == (1, True)


def test_a_row_of_a_table_is_compared_with_the_journal(shop: Shop) -> None:
    shop.vandalise("UPDATE totals SET amount_fen = amount_fen - 100 WHERE kind = 'cash'")
    status, said = shop.command("journal", "verify")
    assert (status, "BAD table totals" in said) == (1, True)


def test_a_clone_is_named_on_both_machines(shop: Shop) -> None:
    clone = Shop(shop.folder.with_name(shop.folder.name + "-clone"), shop.hub_url, shop.hub_file, store=shop.store)
    shutil.copytree(shop.file.parent, clone.file.parent)
    first = journal_end(shop) + 1
    shop.sell(2)
    shop.push()
    clone.sell(2)
    with pytest.raises(JournalFork):
        clone.push()
    status, said = clone.command("journal", "verify")
    assert status == 1
    assert f"BAD entry 1/{first}: " in said
    assert "is not the one that the hub has" in said
    assert "two machines share this name" in said
    assert "two machines share this name" in shop.command("journal", "verify")[1]
    assert clone.command("rebuild")[0] == 0  # which then is epoch 2
    clone.push()
    status, said = shop.command("journal", "verify")
    assert (status, "BAD epoch 2: " in said) == (1, True)
    shutil.rmtree(clone.folder)


def journal_end(shop: Shop) -> int:
    """The last entry of the first epoch."""
    with closing(open_till(shop.settings)) as till:
        return journal.head(till.db, 1)[0]


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE entries SET at = '2026-11-23T02:00:00.001Z' WHERE store = ? AND seq = ?", "was changed at the hub"),
        ("DELETE FROM entries WHERE store = ? AND seq = ?", "are missing at the hub"),
        ("UPDATE entries SET body = X'FF' WHERE store = ? AND seq = ?", "was changed at the hub"),
    ],
)  # fmt: skip
def test_a_row_that_was_edited_at_the_hub_is_named(shop: Shop, office: HeadOffice, statement: str, words: str) -> None:
    seq = sale_seqs(shop)[5]
    change_hub(office.file, statement, (shop.store, seq))
    status, said = shop.command("journal", "verify")
    assert status == 1
    assert f"BAD hub entry 1/{seq}: " in said
    assert words in said


def change_hub(file: Path, statement: str, values: tuple[object, ...]) -> None:
    """Change one row of the hub's file with another program."""
    with closing(sqlite.connect(file.as_posix(), isolation_level=None, timeout=10)) as vandal:
        assert vandal.execute(statement, values).rowcount == 1


@pytest.mark.parametrize("signatures", ["left as they were", "taken away"])
@pytest.mark.parametrize("has_second_copy", [True, False], ids=["with a second copy", "alone"])
def test_a_ledger_that_the_hub_wrote_anew_is_not_taken_nor_signed_by_a_rebuild(
    shop: Shop, office: HeadOffice, signatures: str, *, has_second_copy: bool
) -> None:
    shop.has_second_copy = has_second_copy
    shop.write_settings()
    seq = sale_seqs(shop)[5]
    write_hub_anew(shop, office, seq, is_signed=signatures == "left as they were")
    shop.file.write_bytes(b"\xa5" * shop.file.stat().st_size)
    status, said = shop.command("rebuild")
    assert status == 1
    assert f"entry 1/{seq}: " in said
    assert "does not bear this till's signature" in said
    if has_second_copy:
        assert shop.till_totals()[:2] == (len(shop.receipts), sum(fen for _, _, fen in shop.receipts))
    assert f"BAD entry 1/{seq}: " in shop.command("journal", "verify")[1] or has_second_copy


def write_hub_anew(shop: Shop, office: HeadOffice, changed: int, *, is_signed: bool) -> None:
    """Make a sale cheaper at the hub, and every hash behind it again, as its operator could."""
    entries = entries_of(shop)
    prev = entries[changed - 2].hash
    for each in entries[changed - 1 :]:
        body = one_fen(each.body) if each.seq == changed else each.body
        made = JournalEntry(each.till, 1, each.seq, each.id, each.at, each.kind, each.version, body, prev, "").sealed()
        row = (made.body, made.prev, made.hash, shop.store, made.seq)
        change_hub(office.file, "UPDATE entries SET body = ?, prev = ?, hash = ? WHERE store = ? AND seq = ?", row)
        if not is_signed:
            change_hub(office.file, "UPDATE entry_signatures SET signature = '' WHERE store = ? AND seq = ?", row[3:])
        prev = made.hash
    change_hub(office.file, "UPDATE till_heads SET hash = ? WHERE store = ?", (prev, shop.store))


def one_fen(body: bytes) -> bytes:
    """A sale of one line and one tender, of one fen: it folds."""
    told = json.loads(body)
    told["lines"], told["tenders"], told["taxes"] = told["lines"][:1], told["tenders"][:1], told["taxes"][:1]
    told["lines"][0].update(quantity=1, price_fen=1, amount_fen=1)
    told["tenders"][0].update(amount_fen=1, handed_over_fen=1)
    told["taxes"][0].update(gross_fen=1, tax_fen=0)
    told["total_fen"] = 1
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def test_a_forged_acknowledgement_is_named_and_the_till_sends_what_it_hides(shop: Shop) -> None:
    shop.sell(3)
    first, last = shop_acknowledged(shop) + 1, journal_end(shop)
    with closing(open_till(shop.settings)) as till, till.transaction():
        journal.acknowledge(till.db, 1, last, till.clock.now())
    status, said = shop.command("journal", "verify")
    assert status == 1
    assert f"BAD entry 1/{first}: " in said
    assert "a forged acknowledgement" in said
    shop.push()
    assert shop.command("journal", "verify")[0] == 0


def test_an_acknowledgement_beyond_the_end_is_named_without_any_copy(shop: Shop) -> None:
    last = journal_end(shop)
    shop.vandalise("UPDATE acknowledged SET seq = seq + 2")
    status, said = shop.command("journal", "verify", "--without-hub")
    assert (status, f"BAD entry 1/{last + 2}: " in said) == (1, True)


def shop_acknowledged(shop: Shop) -> int:
    """How far the hub has said it has the first epoch."""
    with closing(open_till(shop.settings)) as till:
        return journal.acknowledged_seq(till.db, 1)


def test_a_frame_of_the_second_copy_that_was_edited_is_named_and_written_again(shop: Shop) -> None:
    file = next(shop.stick.glob("*.spool"))
    lines = file.read_bytes().splitlines(keepends=True)
    lines[6] = lines[6].replace(b'"seq":7', b'"seq":8')
    file.write_bytes(b"".join(lines))
    status, said = shop.command("journal", "verify")
    assert (status, f"BAD spool {file.name}:7: " in said) == (1, True)
    with shop.till():
        pass
    status, said = shop.command("journal", "verify")
    assert (status, "note spool" in said) == (0, True), said


def test_an_export_tells_every_epoch_and_can_be_checked_elsewhere(shop: Shop, tmp_path: Path) -> None:
    assert shop.command("rebuild")[0] == 0
    shop.sell(2)
    with shop.till() as till:
        export_journal(till, tmp_path / "audit", by=BY_MEI)
    rows = [json.loads(line) for line in (tmp_path / "audit" / JOURNAL).read_text("utf-8").splitlines()]
    assert {row["epoch"] for row in rows} == {1, 2}
    for row in rows:
        entry = JournalEntry(**(row | {"body": row["body"].encode()}))
        assert entry.content_hash() == entry.hash


def test_the_ends_of_older_epochs_are_bound_by_the_next_one(lonely_shop: Shop) -> None:
    shop = lonely_shop
    shop.hub_url = ""
    shop.write_settings()
    shop.open_day()
    shop.sell(4)
    assert shop.command("rebuild")[0] == 0
    shop.sell(2)
    last = journal_end(shop)
    shop.vandalise(f"DELETE FROM journal WHERE epoch = 1 AND seq = {last}")
    status, said = shop.command("journal", "verify")
    assert status == 1
    assert f"BAD entry 1/{last}: 不是第 2 期开始时的那一条" in said


def test_every_word_of_a_finding_is_written_in_both_languages() -> None:
    facts: dict[str, Any] = {
        "epoch": 1,
        "reason": "r",
        "count": 1,
        "first": 1,
        "last": 2,
        "zh": "总部",
        "en": "hub",
        "receipt": "1",
    }
    for word in Word:
        assert all("{" not in text for text in (finding("x", word, **facts).zh, finding("x", word, **facts).en))
