"""Talk to the hub: one method for each call of docs/protocol.md, each with a time limit."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Self, TypeVar

from msgspec import UNSET, DecodeError, Struct, UnsetType, json, to_builtins

from pos.clock import Clock, SystemClock
from pos.domain.chain import HubCopy
from pos.domain.device import Device
from pos.domain.entry import JournalEntry
from pos.domain.errors import (
    CodeRefused,
    DeviceRefused,
    HubRefused,
    HubUnreachable,
    JournalFork,
    SettingsUnreadable,
)
from pos.plain_httpx import httpx
from pos.sync.signed_way import Answer, SignedWay

TIMEOUT_S = 10.0
"""For each wait: to connect, to write, until the next byte of the answer."""
_LIMITS = httpx.Limits(keepalive_expiry=4.0)
"""The hub hangs up after 5 s of silence; whoever used the line in that very moment would find it broken."""
DEVICE_REFUSED = frozenset({"unknown_device", "revoked", "bad_signature"})
"""Codes of a hub that does not take our key; only people can mend that."""
RETRY_AFTER_MAX_S = 300
"""A hub that asks for a longer pause gets this one."""

_ADDRESS = re.compile(r"https?://([0-9A-Za-z._-]+|\[[0-9A-Fa-f:.]+\])(:(?P<port>[0-9]{1,5}))?(/[^?#\s]*)?", re.ASCII)
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Kept:
    """The hub keeps everything of the epoch up to ``seq``, whose hash it says is ``hash``."""

    epoch: int
    seq: int
    hash: str


@dataclass(frozen=True, slots=True)
class Gap:
    """The hub wants the epoch from ``send_from`` on."""

    epoch: int
    send_from: int


@dataclass(frozen=True, slots=True)
class FeedPage:
    """A page of the catalogue's feed.

    Attributes:
        changed: products with the names of ``CatalogueSink.apply``.
        removed: numbers (sku) no longer on sale.
        next: the cursor behind this page.
        has_more: whether another page is there already.
    """

    changed: Sequence[Mapping[str, Any]] = field(default_factory=list)
    removed: Sequence[str] = field(default_factory=list)
    next: str = ""
    has_more: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """The store's rule document; ``document`` is None when the till has this version already."""

    version: str
    document: Mapping[str, Any] | None


class _Entry(Struct, omit_defaults=True):
    epoch: int
    seq: int
    id: str
    at: str
    kind: str
    version: int
    body: str
    prev: str
    hash: str
    signature: str = ""


class _Fork(Struct):
    epoch: int
    seq: int


class _History(Struct):
    entries: list[_Entry]
    more: int
    forked: list[_Fork]


class _Head(Struct):
    epoch: int
    acked: int
    head: str


class _Refused(Struct):
    code: str
    text: str = ""
    send_from: int = 0
    seq: int = 0
    till: str = ""


class _Pack(Struct):
    barcode: str
    quantity: int
    price_fen: int
    words: str
    words_en: str
    shared: int


class _Product(Struct):
    sku: str
    name: str
    name_en: str
    price_fen: int
    unit: str
    tax_code: str
    tax_permille: int
    pinyin: str
    category: str
    barcodes: list[str]
    packs: list[_Pack] = []
    cost_fen: int | UnsetType = UNSET


class _Item(Struct):
    product: _Product | UnsetType = UNSET
    removed: str | UnsetType = UNSET


class _Rules(Struct):
    version: str
    rules: dict[str, Any] | UnsetType = UNSET


class _Page(Struct):
    items: list[_Item]
    next: str
    more: int


class HubClient:
    """The hub, seen from a device: each request is signed, and no answer is believed that the hub did not sign.

    Every method raises NotEnrolled without a device, HubUnreachable when no hub answers in time, HubNotOurs when
    another hub does, DeviceRefused when it does not take our key, and HubRefused (``status``, ``code``, ``seq``,
    ``retry_after_s``) when it answers something else than what was asked for.
    """

    def __init__(
        self,
        url: str,
        device: Device | None = None,
        *,
        timeout_s: float = TIMEOUT_S,
        transport: httpx.BaseTransport | None = None,
        clock: Clock | None = None,
    ) -> None:
        """Remember where the hub is.

        Args:
            url: such as ``https://hub.example``; nothing is asked yet.
            device: who we are and whom we trust; without one only ``enrol`` can be called.
            transport: for tests.

        Raises:
            SettingsUnreadable: the address is none.
        """
        address = _ADDRESS.fullmatch(url)
        if not address or int(address["port"] or 0) > 65535:
            raise SettingsUnreadable(path="[hub] url", reason=f"not an address: {url[:100]}")
        try:
            # No proxy from the environment: the way to the hub is a setting, not an accident.
            http = httpx.Client(base_url=url, timeout=timeout_s, transport=transport, trust_env=False, limits=_LIMITS)
        except httpx.InvalidURL as reason:
            raise SettingsUnreadable(path="[hub] url", reason=f"{reason}: {url[:100]}") from reason
        self._way = SignedWay(http, device, clock or SystemClock())

    @property
    def clock_apart_s(self) -> float:
        """How far the hub's clock was ahead of ours when it last answered; below 0 when it was behind."""
        return self._way.apart_s

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Drop the connection."""
        self._way.close()

    def head(self, till: str, epoch: int) -> Kept:
        """Ask how far an epoch of a till's journal is kept."""
        return _kept(self._ask("GET", f"/v1/tills/{till}/head", params={"epoch": epoch}))

    def latest_head(self, till: str) -> Kept:
        """Ask how far the latest epoch is kept; seq 0 when nothing is."""
        return _kept(self._ask("GET", f"/v1/tills/{till}/head", params={}))

    def history(self, till: str) -> HubCopy:
        """Ask for all that is kept of a till's journal, in every epoch; nothing of it is checked here."""
        latest = self.latest_head(till).epoch
        heads = {epoch: self.head(till, epoch) for epoch in range(1, latest + 1)}
        pages = [page for epoch in heads for page in self._pages(till, epoch)]
        entries = [_entry(till, told) for page in pages for told in page.entries]
        forked = {(each.epoch, each.seq) for page in pages for each in page.forked}
        return HubCopy({epoch: (kept.seq, kept.hash) for epoch, kept in heads.items()}, entries, sorted(forked))

    def _pages(self, till: str, epoch: int) -> Iterator[_History]:
        after: dict[str, int] = {}
        has_more = True
        while has_more:
            page = _read(self._ask("GET", f"/v1/tills/{till}/entries", params={"epoch": epoch} | after), _History)
            yield page
            has_more = page.more == 1 and bool(page.entries)
            after = {"after_seq": page.entries[-1].seq} if page.entries else {}

    def send(self, batch: Sequence[JournalEntry]) -> Kept | Gap:
        """Send consecutive entries of one epoch, at least one.

        Raises:
            JournalFork: the hub keeps another entry under the number ``seq``, or another chain below it.
        """
        raw = json.encode({"entries": [_on_the_wire(entry) for entry in batch]})
        answer = self._way.signed("POST", f"/v1/tills/{batch[0].till}/entries", raw)
        if answer.status == httpx.codes.CONFLICT:
            refused = _read(answer, _Refused)
            if refused.code == "gap":
                return Gap(batch[0].epoch, refused.send_from)
            if refused.code == "fork":
                raise JournalFork(seq=refused.seq)
        return _kept(_checked(answer))

    def catalogue(self, after: str, limit: int) -> FeedPage:
        """Ask for the changes of the catalogue after a cursor."""
        page = _read(self._ask("GET", "/v1/catalogue", params={"after": after, "limit": limit}), _Page)
        return FeedPage(
            [to_builtins(item.product) for item in page.items if item.product is not UNSET],
            [item.removed for item in page.items if item.removed is not UNSET],
            page.next,
            page.more == 1,
        )

    def rules(self, store: str, after: str) -> Rules:
        """Ask for the store's rule document, unless its version is still ``after``."""
        told = _read(self._ask("GET", "/v1/rules", params={"store": store, "after": after}), _Rules)
        return Rules(told.version, None if told.rules is UNSET else told.rules)

    def enrol(self, wanted: Mapping[str, str]) -> Mapping[str, Any]:
        """Ask to be taken as a device; nobody signs this call, both sides prove that they know the code.

        Raises:
            CodeRefused: the hub does not take the code.
        """
        answer = self._way.unsigned("POST", "/v1/enrolments", json.encode(wanted))
        if answer.status == httpx.codes.FORBIDDEN:
            raise CodeRefused
        return _read(_checked(answer), dict[str, Any])

    def post(self, path: str, body: object) -> Mapping[str, Any]:
        """Tell the hub something, as an office may."""
        return self.tell("POST", path, body, dict[str, Any])

    def tell(self, method: str, path: str, body: object, kind: type[_T]) -> _T:
        """Tell the hub something and read its answer."""
        return _read(_checked(self._way.signed(method, path, json.encode(body))), kind)

    def get(self, path: str, kind: type[_T], *, params: Mapping[str, str]) -> _T:
        """Ask for one of the hub's answers and read it."""
        return _read(self._ask("GET", path, params=params), kind)

    def _ask(self, method: str, path: str, *, params: Mapping[str, str | int]) -> Answer:
        return _checked(self._way.signed(method, path, params=params))


def _entry(till: str, told: _Entry) -> JournalEntry:
    return JournalEntry(till, told.epoch, told.seq, told.id, told.at, told.kind, told.version, told.body.encode(),
                        told.prev, told.hash, signature=told.signature)  # fmt: skip


def _on_the_wire(entry: JournalEntry) -> _Entry:
    return _Entry(
        entry.epoch,
        entry.seq,
        entry.id,
        entry.at,
        entry.kind,
        entry.version,
        entry.body.decode(),
        entry.prev,
        entry.hash,
        entry.signature,
    )


def _checked(answer: Answer) -> Answer:
    if answer.status == httpx.codes.OK:
        return answer
    refused = _read(answer, _Refused)
    if answer.status == httpx.codes.UNAUTHORIZED and refused.code in DEVICE_REFUSED:
        raise DeviceRefused(reason=refused.code)
    raise HubRefused(
        status=answer.status,
        code=refused.code,
        text=refused.text,
        seq=refused.seq,
        retry_after_s=_retry_after(answer),
        **({"till": refused.till} if refused.till else {}),
    )


def _retry_after(answer: Answer) -> int:
    text = answer.headers.get("retry-after", "")
    return min(int(text), RETRY_AFTER_MAX_S) if text.isascii() and text.isdigit() else 0


def _read(answer: Answer, kind: type[_T]) -> _T:
    try:
        return json.decode(answer.body, type=kind)
    except (DecodeError, UnicodeDecodeError) as reason:
        if answer.status >= httpx.codes.INTERNAL_SERVER_ERROR:
            refused = {"status": answer.status, "code": "", "seq": 0, "retry_after_s": _retry_after(answer)}
            raise HubRefused(**refused) from reason
        # A shop's Wi-Fi log-in page, for one.
        raise HubUnreachable(reason=f"what answers (status {answer.status}) is no hub") from reason


def _kept(answer: Answer) -> Kept:
    head = _read(answer, _Head)
    return Kept(head.epoch, head.acked, head.head)
