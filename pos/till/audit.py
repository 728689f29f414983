"""Audit: is the journal what was written? Asked of itself, of the tables, of the second copy and of the hub.

The chain alone shows a change by somebody who did not make the hashes again. Whoever does is caught by a copy that
left the till before: the hub's, the one on the other volume, or the receipt in the customer's hand.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

from pos.domain import facts
from pos.domain.chain import HubCopy, is_true
from pos.domain.entry import JournalEntry, read_witness, witness_of
from pos.domain.errors import DatabaseDamaged
from pos.domain.signing import UNSIGNED, entry_fault
from pos.storage import journal, projections, spool
from pos.storage.database import open_database, told_as_ours
from pos.storage.migrations import TILL_FILE, till_steps
from pos.storage.signatures import verify_signatures
from pos.till.finding import Finding, Word, finding
from pos.till.till import Till, till_file, usable_device

Hashes = Mapping[tuple[int, int], str]
_HUB, _COPY = {"zh": "总部", "en": "the hub"}, {"zh": "第二份账", "en": "the second copy"}


def audit(till: Till, hub: HubCopy | None = None) -> list[Finding]:
    """Compare the whole journal with everything that should agree with it; an empty list is a clean bill."""
    own = {(each.epoch, each.seq): each.hash for each in every_entry(till)}
    findings = [*_chains(till), *_older_epochs(till, own), *_acknowledged(till, own), *_tables(till), *_signed(till)]
    if till.settings.till.second_copy:
        findings += _second_copy(till, own)
    if hub is not None:
        findings += [*_hub_itself(hub), *_hub_signed(till, hub), *_hub(till, own, hub)]
    return findings


def every_entry(till: Till) -> Iterator[JournalEntry]:
    """Give the entries of all epochs in order."""
    for epoch in journal.epochs(till.db):
        yield from journal.entries(till.db, till.identity.name, epoch)


def check_receipt(till: Till, receipt_no: str, witness: str) -> list[Finding]:
    """Compare the witness that is printed on a receipt with the journal's entry of that sale."""
    found = journal.find_receipt(till.db, till.identity.name, receipt_no)
    if not found:
        return [finding(f"receipt {receipt_no}", Word.RECEIPT_UNKNOWN)]
    known = {witness_of(entry.content_hash()) for entry in found}
    known |= {witness_of(str(entry.facts["adopted"])) for entry in found if "adopted" in entry.facts}
    if read_witness(witness) in known:
        return []
    what = ", ".join(f"entry {entry.epoch}/{entry.seq}" for entry in found)
    return [finding(what, Word.RECEIPT_DIFFERS, receipt=receipt_no)]


def _chains(till: Till) -> Iterator[Finding]:
    for epoch, seq, reason in journal.breaks(till.db, till.identity.name):
        yield finding(f"entry {epoch}/{seq}", Word(reason))


def _older_epochs(till: Till, own: Hashes) -> Iterator[Finding]:
    """Each epoch after the first begins with the ends of those before it."""
    for entry in every_entry(till):
        heads = entry.facts.get("epochs") if entry.kind == facts.EPOCH_BEGUN else []
        for head in heads if isinstance(heads, list) else []:
            if own.get((head["epoch"], head["seq"])) != head["hash"]:
                yield finding(f"entry {head['epoch']}/{head['seq']}", Word.NOT_BEGUN_AFTER, epoch=entry.epoch)


def _acknowledged(till: Till, own: Hashes) -> Iterator[Finding]:
    for epoch, seq, head in journal.acknowledgements(till.db):
        if seq and own.get((epoch, seq)) != head:
            yield finding(f"entry {epoch}/{seq}", Word.NOT_AS_ACKNOWLEDGED)


def _tables(till: Till) -> Iterator[Finding]:
    with TemporaryDirectory(prefix="audit-") as folder:
        fresh = open_database(Path(folder, "fold.db"), till_steps, application_id=TILL_FILE)
        try:
            with told_as_ours(till_file(till.settings)):
                for table, key in projections.differences(till.db, till.identity.name, fresh):
                    yield finding(f"table {table} {key}", Word.TABLE_DIFFERS)
        except (*projections.NOT_FOLDABLE, DatabaseDamaged) as reason:
            yield finding("tables", Word.NOT_FOLDABLE, reason=f"{type(reason).__name__} {reason}")
        finally:
            fresh.conn.close()


def _signed(till: Till) -> Iterator[Finding]:
    """Each entry bears the device's signature; one that is not signed yet is signed before it is sent."""
    device = usable_device(till.settings)
    if device is None:
        return
    unsigned = 0
    for epoch in journal.epochs(till.db):
        for (_, seq), fault in verify_signatures(till.db, till.identity.name, epoch, device.keys).faults.items():
            if fault == UNSIGNED and seq > journal.acknowledged_seq(till.db, epoch):
                unsigned += 1
            else:
                yield finding(f"entry {epoch}/{seq}", Word.WRONGLY_SIGNED, reason=fault)
    if unsigned:
        yield finding("signatures", Word.NOT_SIGNED, count=unsigned, is_harm=False)


def _second_copy(till: Till, own: Hashes) -> Iterator[Finding]:
    folder = Path(till.settings.till.second_copy)
    try:
        next(folder.iterdir(), None)
        frames = list(spool.read(folder, till.identity.name))
    except OSError as reason:
        yield finding("second copy", Word.COPY_UNREADABLE, reason=reason)
        return
    copied = [each for each in frames if isinstance(each, JournalEntry)]
    yield from _compare(till, own, copied, _COPY)
    lacking = len(own.items() - {((each.epoch, each.seq), each.hash) for each in copied})
    for bad in (each for each in frames if isinstance(each, spool.BadFrame)):
        yield finding(f"spool {bad.file.name}:{bad.line}", Word.COPY_DAMAGED, is_harm=bool(lacking))
    if lacking:
        yield finding("second copy", Word.COPY_LACKS, count=lacking, is_harm=False)


def _hub(till: Till, own: Hashes, hub: HubCopy) -> Iterator[Finding]:
    yield from _compare(till, own, (each for each in hub.entries if is_true(each)), _HUB)
    if hub.latest_epoch > till.identity.epoch:
        yield finding(f"epoch {hub.latest_epoch}", Word.CLONE)
    for epoch, seq, _ in journal.acknowledgements(till.db):
        kept, _ = hub.heads.get(epoch, (0, ""))
        if seq > kept:
            yield finding(f"entry {epoch}/{kept + 1}", Word.FORGED_ACK, first=kept + 1, last=seq)
    for epoch, seq in hub.forks:
        yield finding(f"entry {epoch}/{seq}", Word.FORK, is_harm=epoch >= till.identity.epoch)


def _hub_itself(hub: HubCopy) -> Iterator[Finding]:
    """Whether what the hub gives is what it once took."""
    given = {(each.epoch, each.seq): each for each in hub.entries}
    for (epoch, seq), entry in given.items():
        if not is_true(entry):
            yield finding(f"hub entry {epoch}/{seq}", Word.HUB_CHANGED)
    for epoch, (seq, head) in hub.heads.items():
        for first, last in _spans(number for number in range(1, seq + 1) if (epoch, number) not in given):
            yield finding(f"hub entry {epoch}/{first}", Word.HUB_MISSING, first=first, last=last)
        if (epoch, seq) in given and given[epoch, seq].hash != head:
            yield finding(f"hub entry {epoch}/{seq}", Word.HUB_HEAD)


def _hub_signed(till: Till, hub: HubCopy) -> Iterator[Finding]:
    """What bears another signature than this till's was written there; what bears none may be of before the key."""
    device = usable_device(till.settings)
    if device is None:
        return
    for entry in hub.entries:
        fault = entry_fault(entry.signature, entry.hash, device.keys)
        if fault not in {"", UNSIGNED}:
            yield finding(f"hub entry {entry.epoch}/{entry.seq}", Word.WRONGLY_SIGNED, reason=fault)


def _compare(till: Till, own: Hashes, others: Iterable[JournalEntry], whose: Mapping[str, str]) -> Iterator[Finding]:
    """Name each entry that a copy has otherwise, and the spans that only the copy has.

    What lies beside the chain in an epoch that is over was judged when the next one began, whose first entry binds it.
    """
    copies = {((each.epoch, each.seq), each.hash) for each in others}
    agreed = {place for place, _ in copies & set(own.items())}
    for place in sorted({place for place, _ in copies if place in own} - agreed):
        yield finding(f"entry {place[0]}/{place[1]}", Word.DIFFERS, is_harm=place[0] >= till.identity.epoch, **whose)
    beyond = {place for place, _ in copies if place not in own}
    for epoch in sorted({epoch for epoch, _ in beyond}):
        is_harm = epoch >= till.identity.epoch or whose is _HUB
        for first, last in _spans(sorted(seq for other, seq in beyond if other == epoch)):
            found = {"first": first, "last": last, **whose}
            yield finding(f"entry {epoch}/{first}", Word.ONLY_THERE, is_harm=is_harm, **found)


def _spans(numbers: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Give the first and last of each run of numbers that follow each other."""
    ordered = list(numbers)
    first = ordered[0] if ordered else 0
    for number, following in pairwise([*ordered, -1]):
        if following != number + 1:
            yield first, number
            first = following
