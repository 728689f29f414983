"""JournalEntry: one fact of a till, in canonical JSON, chained by SHA-256.

Canonical JSON is the subset of RFC 8785 that needs no thought: objects with ASCII keys in sorted
order, lists, strings, and whole numbers within ±(2^53 - 1); no floats, booleans or nulls; UTF-8, no spaces.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Self, Union

Json = Union[str, int, Sequence["Json"], Mapping[str, "Json"]]  # noqa: UP007  (a recursive alias; the type statement needs 3.12)

GENESIS = "0" * 64
"""What the first entry of an epoch names as the one before it."""
MAX_INT = 2**53 - 1
MAX_BODY_BYTES = 256 * 1024
MAX_DEPTH = 8


def canonical(value: Json) -> bytes:
    """Return the one and only JSON text of a value.

    Raises:
        TypeError: the value holds something the journal does not keep.
        ValueError: a number or the nesting is beyond the limits.
    """
    _check(value, 0)
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=dict).encode()


def _check(value: object, depth: int) -> None:
    if depth > MAX_DEPTH:
        raise ValueError(f"nested deeper than {MAX_DEPTH}")
    if type(value) is str:
        value.encode()  # a lone surrogate raises UnicodeEncodeError, a ValueError
    elif type(value) is int:
        if abs(value) > MAX_INT:
            raise ValueError(f"number beyond 2^53: {value}")
    elif isinstance(value, Mapping):
        for key, item in value.items():
            if type(key) is not str or not key.isascii():
                raise TypeError(f"key is not ASCII text: {key!r}")
            _check(item, depth + 1)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check(item, depth + 1)
    else:
        raise TypeError(f"the journal keeps text and whole numbers only, not {type(value).__name__}")


def utc_text(at: datetime) -> str:
    """Return a moment as the journal writes it: RFC 3339, UTC, milliseconds, ``Z``."""
    assert at.tzinfo is not None, at
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"


def parse_utc(text: str) -> datetime:
    """Read a moment the journal wrote, or raise ValueError."""
    # Looked at first: another zone can carry a moment out of the calendar.
    at = datetime.fromisoformat(text) if len(text) == 24 and text[-1] == "Z" else None
    if at is None or utc_text(at) != text:
        raise ValueError(f"not a journal time: {text[:40]}")
    return at


def witness_of(entry_hash: str) -> str:
    """Return the six characters of an entry's hash that go on the receipt, so that its customer holds a witness.

    The first 30 bits, five to a character, in digits and letters without I, L, O and U (Crockford's base 32).
    """
    bits = int(entry_hash[:8], 16) >> 2
    return "".join(_WITNESS_LETTERS[bits >> shift & 31] for shift in range(25, -1, -5))


def read_witness(typed: str) -> str:
    """Return a witness as ``witness_of`` writes it, from what a person typed off a receipt."""
    return typed.strip().upper().translate(str.maketrans("ILO", "110"))


_WITNESS_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One fact of a till.

    Attributes:
        till: ``store-till``, such as ``0017-03``.
        epoch: from 1; a till restored from a backup starts a new one.
        seq: dense from 1 within the epoch.
        id: UUIDv7 of the fact.
        at: UTC text by the till's clock; never decides order.
        kind: what happened, such as ``sale.completed``.
        version: of the body's shape.
        body: canonical JSON, kept and sent verbatim.
        prev: hash of the entry before, ``GENESIS`` for the first.
        hash: SHA-256 over everything above.
        signature: the device's, of the hash; empty while the till was not enrolled.
    """

    till: str
    epoch: int
    seq: int
    id: str
    at: str
    kind: str
    version: int
    body: bytes
    prev: str
    hash: str
    signature: str = ""

    @classmethod
    def make(
        cls,
        *,
        till: str,
        epoch: int,
        seq: int,
        id: str,  # noqa: A002
        at: datetime,
        kind: str,
        version: int,
        body: Mapping[str, Json],
        prev: str,
    ) -> Self:
        """Make an entry and its hash."""
        raw = canonical(body)
        if len(raw) > MAX_BODY_BYTES:
            raise ValueError(f"body of {len(raw)} bytes; {MAX_BODY_BYTES} at most")
        unsealed = cls(till, epoch, seq, id, utc_text(at), kind, version, raw, prev, "")
        return unsealed.sealed()

    def sealed(self) -> Self:
        """Return the entry with the hash its content has."""
        return type(self)(
            self.till,
            self.epoch,
            self.seq,
            self.id,
            self.at,
            self.kind,
            self.version,
            self.body,
            self.prev,
            self.content_hash(),
        )

    def content_hash(self) -> str:
        """Return SHA-256 of the canonical JSON of all fields but ``hash``; the body by its own SHA-256."""
        head: dict[str, Json] = {
            "at": self.at,
            "body_sha256": hashlib.sha256(self.body).hexdigest(),
            "epoch": self.epoch,
            "id": self.id,
            "kind": self.kind,
            "prev": self.prev,
            "seq": self.seq,
            "till": self.till,
            "version": self.version,
        }
        return hashlib.sha256(canonical(head)).hexdigest()

    @property
    def facts(self) -> dict[str, Json]:
        """The body as values."""
        values: dict[str, Json] = json.loads(self.body)
        return values

    def follows(self, prev: str) -> bool:
        """Whether the entry is whole and comes right after the one with this hash."""
        return self.prev == prev and self.hash == self.content_hash()
