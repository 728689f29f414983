"""Proof: whether the journal is whole, and a folder an auditor can check with public tools and twenty lines."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from pos.domain.entry import JournalEntry
from pos.domain.errors import ExportNotWritten, JournalBroken
from pos.domain.staff import Act, By
from pos.storage import journal
from pos.storage.signatures import verify_signatures
from pos.till import allowed
from pos.till.audit import every_entry
from pos.till.till import Till, usable_device

JOURNAL, KEYS, README = "journal.jsonl", "keys.json", "README.md"
_FIELDS = ("till", "epoch", "seq", "id", "at", "kind", "version")


@dataclass(frozen=True, slots=True)
class EpochProof:
    """An epoch whose chain holds: its entries 1..``last``, the hash of the last, how many this till's key signed."""

    epoch: int
    last: int
    head: str
    signed: int


def verify_journal(till: Till, *, by: By) -> tuple[EpochProof, ...]:
    """Check every entry of every epoch; it takes seconds for a year.

    Raises:
        JournalBroken: at the first entry that is missing or changed.
    """
    allowed.require(till, Act.SEE_FIGURES, by)
    for epoch, seq, reason in journal.breaks(till.db, till.identity.name):
        raise JournalBroken(epoch=epoch, seq=seq, reason=reason)
    device = usable_device(till.settings)
    found = []
    for epoch in journal.epochs(till.db):
        last, head = journal.head(till.db, epoch)
        signed = verify_signatures(till.db, till.identity.name, epoch, device.keys).good if device else 0
        found.append(EpochProof(epoch, last, head, signed))
    return tuple(found)


def export_journal(till: Till, folder: Path, *, by: By) -> int:
    """Write the journal, the public keys and how to check them into a new folder; return how many entries there are.

    Raises:
        NeedsManager: it is not this person's business.
        ExportNotWritten: it cannot be written there.
    """
    allowed.require(till, Act.SEE_FIGURES, by)
    device = usable_device(till.settings)
    keys = {name: _text(key) for name, key in device.keys.items()} if device else {}
    count = 0
    try:
        folder.mkdir(parents=True)
        with (folder / JOURNAL).open("w", encoding="utf-8", newline="\n") as out:
            for count, line in enumerate(_lines(till), 1):  # noqa: B007  (counted, and told below)
                out.write(line + "\n")
        (folder / KEYS).write_text(json.dumps(keys, indent=1) + "\n", "utf-8")
        (folder / README).write_text(_README.format(till=till.identity.name, count=count, lines=VERIFIER), "utf-8")
    except OSError as reason:
        raise ExportNotWritten(path=folder, reason=reason.strerror) from reason
    return count


def _lines(till: Till) -> Iterator[str]:
    """Give each entry as a line of JSON, the body as the text that was hashed."""
    return (_line(entry) for entry in every_entry(till))


def _line(entry: JournalEntry) -> str:
    told = {name: getattr(entry, name) for name in _FIELDS}
    told |= {"body": entry.body.decode(errors="replace"), "prev": entry.prev, "hash": entry.hash}
    return json.dumps(told | {"signature": entry.signature}, ensure_ascii=False)


def _text(key: Ed25519PublicKey) -> str:
    return base64.b64encode(key.public_bytes_raw()).decode()


VERIFIER = """\
import base64, hashlib, json
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey as Key

keys = {name: Key.from_public_bytes(base64.b64decode(text)) for name, text in json.load(open("keys.json")).items()}
epoch, seq, signed, seen, ends = 0, 0, 0, {}, []
for e in map(json.loads, open("journal.jsonl", encoding="utf-8")):
    if e["epoch"] != epoch:
        epoch, seq, prev = e["epoch"], 0, "0" * 64
        ends += json.loads(e["body"]).get("epochs", [])
    seq += 1
    head = {name: e[name] for name in ("at", "epoch", "id", "kind", "prev", "seq", "till", "version")}
    head["body_sha256"] = hashlib.sha256(e["body"].encode()).hexdigest()
    true = hashlib.sha256(json.dumps(head, sort_keys=True, separators=(",", ":"), ensure_ascii=0).encode()).hexdigest()
    assert (e["seq"], e["prev"], e["hash"]) == (seq, prev, true), f"entry {epoch}/{seq} is missing or changed"
    if e["signature"]:
        name, _, mark = e["signature"].partition(".")
        keys[name].verify(base64.urlsafe_b64decode(mark + "=="), b"guitai journal entry 1\\n" + true.encode())
        signed += 1
    seen[epoch, seq] = prev = true
assert all(seen.get((end["epoch"], end["seq"])) == end["hash"] for end in ends), "an epoch is gone or cut short"
print(f"chain intact, epoch {epoch}, entries 1..{seq}, head {true}, {signed} signed")
"""
"""What an auditor runs in the folder; the last line says what is proven."""

_README = """\
# {till}

`journal.jsonl` 是这台收银机的全部流水，共 {count} 条；`keys.json` 是验签用的公钥。下面的程序只用公开的工具核对：
每一条都在、没有改过、前后相连，并且由这台收银机签过名。

`journal.jsonl` is the whole journal of this till, {count} entries; `keys.json` the public keys of its device. This
program checks with public tools that each entry is there, unchanged, chained to the one before, and signed by the till:

```python
{lines}```

The last line names the head: compare it with head office's, and a receipt's six characters with the hash of its sale.
A signature is of the text `guitai journal entry 1`, a line feed and the entry's hash, by Ed25519 (RFC 8032).
"""
