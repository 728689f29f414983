"""What goes over the wire: one struct for each request and each answer of docs/protocol.md."""

from typing import Annotated, Any, Literal

from msgspec import UNSET, Meta, Raw, Struct, UnsetType

from pos.domain.entry import MAX_BODY_BYTES, MAX_INT, JournalEntry
from pos.domain.money import LIMIT_FEN
from pos.domain.product import PACK_MAX

ENTRIES_MAX = 100
"""Entries in one request."""
PRODUCTS_MAX = 5_000
"""Products in one import."""
RULES_MAX_BYTES = 2_000_000
"""A rule document as canonical JSON."""
FEED_MAX = 1_000
"""Products in one page of the feed."""
HISTORY_MAX = 500
"""Entries in one page of a journal that is given back."""
RAW_MAX_BYTES = 1_000_000
"""A request body as it travels."""
PLAIN_MAX_BYTES = 8_000_000
"""A request body after gunzip."""

_END = r"(?![\s\S])"  # the very end, where $ would let a line feed through
STORE_PATTERN = "[0-9A-Za-z]{1,16}"
TILL_PATTERN = f"{STORE_PATTERN}-[0-9A-Za-z]{{1,16}}"
DAY_PATTERN = "[0-9]{4}-[0-9]{2}-[0-9]{2}"
MOMENT_PATTERN = rf"{DAY_PATTERN}T[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}}\.[0-9]{{3}}Z"
ID_PATTERN = "[0-9A-Za-z-]{1,64}"
RECEIPT_PATTERN = f"{TILL_PATTERN}-[0-9]{{8}}(-[0-9]{{1,10}})?-[0-9]{{4,9}}"

OFFICE_PATTERN = "office([.][0-9a-z]{1,16})?"
SIGNATURE_MAX = 200
"""Characters of an entry's signature that are taken; a true one has 103."""

Key = Annotated[str, Meta(pattern=f"^[0-9A-Za-z+/]{{43}}={_END}")]
Count = Annotated[int, Meta(ge=0, le=MAX_INT)]
Ordinal = Annotated[int, Meta(ge=1, le=MAX_INT)]
Epoch = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Fen = Annotated[int, Meta(ge=0, le=LIMIT_FEN)]
Permille = Annotated[int, Meta(ge=0, le=1000)]
Hash = Annotated[str, Meta(pattern=f"^[0-9a-f]{{64}}{_END}")]
Id = Annotated[str, Meta(pattern=f"^{ID_PATTERN}{_END}")]
At = Annotated[str, Meta(pattern=f"^{MOMENT_PATTERN}{_END}")]
Kind = Annotated[str, Meta(pattern=f"^[a-z][a-z_.]{{0,63}}{_END}")]
Day = Annotated[str, Meta(pattern=f"^{DAY_PATTERN}{_END}")]
Word = Annotated[str, Meta(pattern=rf"^[^\u0000-\u001f]{{1,64}}{_END}")]
Text = Annotated[str, Meta(pattern=rf"^[^\u0000-\u001f]{{0,200}}{_END}")]
Body = Annotated[str, Meta(min_length=2, max_length=MAX_BODY_BYTES)]
Unit = Literal["piece", "gram"]


class Entry(Struct, frozen=True, forbid_unknown_fields=True):
    """One journal entry; ``body`` is the canonical JSON text itself, as a string."""

    epoch: Epoch
    seq: Ordinal
    id: Id
    at: At
    kind: Kind
    version: Epoch
    body: Body
    prev: Hash
    hash: Hash
    signature: Annotated[str, Meta(max_length=SIGNATURE_MAX)] = ""

    def of(self, till: str) -> JournalEntry:
        """Return it as the domain's value; the till is named by the address it was sent to."""
        return JournalEntry(
            till,
            self.epoch,
            self.seq,
            self.id,
            self.at,
            self.kind,
            self.version,
            self.body.encode(),
            self.prev,
            self.hash,
            self.signature,
        )


class Entries(Struct, frozen=True, forbid_unknown_fields=True):
    """A batch: consecutive entries of one epoch."""

    entries: Annotated[list[Entry], Meta(min_length=1, max_length=ENTRIES_MAX)]


class Forked(Struct, frozen=True):
    """Where an entry came that contradicts what is kept."""

    epoch: int
    seq: int


class History(Struct, frozen=True):
    """Part of an epoch as the hub keeps it, in order; ask again behind the last while ``more`` is 1.

    Attributes:
        forked: of all epochs of the till.
    """

    entries: list[Entry]
    more: int
    forked: list[Forked]


class Head(Struct, frozen=True):
    """What the hub keeps of an epoch: everything up to ``acked``, whose hash is ``head``."""

    epoch: int
    acked: int
    head: str


class Enrol(Struct, frozen=True, forbid_unknown_fields=True):
    """What a device says of itself, and the proof that its owner knows the code; see docs/protocol.md."""

    name: Annotated[str, Meta(pattern=f"^({TILL_PATTERN}|{OFFICE_PATTERN}){_END}")]
    locator: Annotated[str, Meta(pattern=f"^[0-9A-Z]{{4}}{_END}")]
    public_key: Key
    nonce: Annotated[str, Meta(pattern=f"^[0-9a-f]{{32}}{_END}")]
    proof: Key


class Enrolled(Struct, frozen=True):
    """The hub's own key, all keys of the device's name, and the hub's proof that it knows the code, too."""

    name: str
    hub_key: str
    keys: list[str]
    proof: str


class Refused(Struct, frozen=True, omit_defaults=True):
    """Why a request was not done.

    Attributes:
        code: stable; see docs/protocol.md.
        text: for the log of whoever sent it.
        send_from: with ``gap``, the seq that is wanted next.
        seq: with ``fork``, ``bad_hash``, ``not_consecutive``: the entry it is about.
        till: with ``taken``: who has the cart.
    """

    code: str
    text: str = ""
    epoch: int | UnsetType = UNSET
    send_from: int | UnsetType = UNSET
    seq: int | UnsetType = UNSET
    till: str | UnsetType = UNSET


class Pack(Struct, frozen=True, forbid_unknown_fields=True):
    """A barcode that sells so many pieces; ``price_fen`` buys them all, 0 when they cost what they cost one by one.

    Attributes:
        shared: 1 when other products may carry it, too, and somebody has to pick.
    """

    barcode: Word
    quantity: Annotated[int, Meta(ge=1, le=PACK_MAX)] = 1
    price_fen: Fen = 0
    words: Text = ""
    words_en: Text = ""
    shared: Literal[0, 1] = 0


class Product(Struct, frozen=True, forbid_unknown_fields=True):
    """A product; ``price_fen`` buys one piece or one kilogram, tax included.

    Attributes:
        cost_fen: what that costs the store, tax included; left out where nobody says.
    """

    sku: Word
    name: Annotated[Text, Meta(min_length=1)]
    price_fen: Fen
    unit: Unit
    tax_code: Word
    tax_permille: Permille
    name_en: Text = ""
    pinyin: Text = ""
    category: Text = ""
    barcodes: Annotated[list[Word], Meta(max_length=50)] = []
    packs: Annotated[list[Pack], Meta(max_length=50)] = []
    cost_fen: Fen | UnsetType = UNSET


class Import(Struct, frozen=True, forbid_unknown_fields=True):
    """Products to add or change, and numbers (sku) no longer on sale."""

    products: Annotated[list[Product], Meta(max_length=PRODUCTS_MAX)] = []
    removed: Annotated[list[Word], Meta(max_length=PRODUCTS_MAX)] = []


class Imported(Struct, frozen=True):
    """How many products really changed, and the cursor behind them."""

    changed: int
    cursor: str


class FeedItem(Struct, frozen=True, omit_defaults=True):
    """One step of the feed: a product as it is now, or the number of one no longer on sale."""

    cursor: str
    product: Product | UnsetType = UNSET
    removed: str | UnsetType = UNSET


class FeedPage(Struct, frozen=True):
    """A page of the feed; ask again with ``next`` while ``more`` is 1."""

    items: list[FeedItem]
    next: str
    more: int


class RulesImport(Struct, frozen=True, forbid_unknown_fields=True):
    """A rule document for a store, or for all that have none of their own; without one, it is taken away.

    Attributes:
        store: empty for all.
    """

    store: Annotated[str, Meta(pattern=f"^({STORE_PATTERN})?{_END}")] = ""
    rules: dict[str, Any] | UnsetType = UNSET


class RulesImported(Struct, frozen=True):
    """The version that is in force for a store now; empty for none."""

    version: str


class Rules(Struct, frozen=True, omit_defaults=True):
    """The rule document of a store; only its version when the till has that one already."""

    version: str
    rules: Raw | UnsetType = UNSET


class TillTotals(Struct, frozen=True):
    """A till's day, and what is wrong with its journal on any day."""

    till: str
    sales: int
    total_fen: int
    tenders: dict[str, int]
    refunds: int
    refunded_fen: int
    parked: int
    forks: int


class Totals(Struct, frozen=True):
    """A business day over all tills."""

    day: str
    sales: int
    total_fen: int
    tenders: dict[str, int]
    refunds: int
    refunded_fen: int
    parked: int
    forks: int
    tills: list[TillTotals]


class PaidBy(Struct, frozen=True):
    """A tender of a sale."""

    kind: str
    amount_fen: int
    out_trade_no: str
    trade_no: str


class GivenBack(Struct, frozen=True):
    """Money of a sale that went back, by whichever till."""

    out_trade_no: str
    request_no: str
    amount_fen: int
    till: str
    receipt_no: str = ""


class ReturnCopy(Struct, frozen=True):
    """Goods of a sale that came back at a till; ``body`` is the canonical JSON of its entry."""

    till: str
    version: int
    body: str


class SaleCopy(Struct, frozen=True):
    """A sale as another till needs it to take its goods back and pay its money back.

    Attributes:
        till, sale_id: empty while the sale has not arrived, with all else but the returns.
        tenders: by the kind each really was, as far as a correction has arrived; ``body`` has them as rung up.
        body: the canonical JSON of its entry, of this ``version``.
        returns: what came back of it, the oldest first.
    """

    till: str
    sale_id: str
    receipt_no: str
    completed_at: str
    total_fen: int
    tenders: list[PaidBy]
    refunds: list[GivenBack]
    version: int = 0
    body: str = ""
    returns: list[ReturnCopy] = []


class TooMuchBack(Struct, frozen=True):
    """More of a sale came back than it had: of goods by their number, of money where ``sku`` is empty.

    Attributes:
        sold, returned: pieces or grams; fen of money.
        tills: where it came back.
    """

    receipt_no: str
    sku: str
    name: str
    sold: int
    returned: int
    tills: list[str]


class ReturnedTwice(Struct, frozen=True):
    """How much came back that was not sold, and the latest of it."""

    count: int
    sales: list[TooMuchBack]


class Payment(Struct, frozen=True):
    """Money that went through a gateway; ``amount_fen`` is negative, and ``request_no`` told, when it went back."""

    out_trade_no: str
    request_no: str
    amount_fen: int
    receipt_no: str
    at: str


class Payments(Struct, frozen=True):
    """What a till took through gateways and gave back, in a span of time."""

    till: str
    payments: list[Payment]


class OpenAttempt(Struct, frozen=True):
    """A payment attempt whose end a till has not told; what older tills told was Alipay's."""

    out_trade_no: str
    amount_fen: int
    state: str
    sale_id: str
    started_at: str
    kind: str = "alipay"


class OpenRefund(Struct, frozen=True):
    """A refund whose end a till has not told."""

    out_trade_no: str
    request_no: str
    amount_fen: int
    state: str
    receipt_no: str
    started_at: str


class OpenPayments(Struct, frozen=True):
    """What a till left open, as far as it was heard; ``heard_at`` is when it last sent something."""

    till: str
    heard_at: str
    attempts: list[OpenAttempt]
    refunds: list[OpenRefund]


class ParkedEntry(Struct, frozen=True):
    """An entry that is kept but could not be added up."""

    till: str
    epoch: int
    seq: int
    kind: str
    version: int
    reason: str
    parked_at: str


class Parked(Struct, frozen=True):
    """How many entries are parked, and the latest of them."""

    count: int
    entries: list[ParkedEntry]


class ForkedEntry(Struct, frozen=True):
    """An entry kept beside another one of the same number, or off the chain."""

    till: str
    epoch: int
    seq: int
    hash: str
    kind: str
    received_at: str


class Forks(Struct, frozen=True):
    """How many forked entries are kept, and the latest of them."""

    count: int
    entries: list[ForkedEntry]


class Hold(Struct, frozen=True, forbid_unknown_fields=True):
    """A cart that a till lays aside; ``cart`` is canonical JSON, for tills only, as a string."""

    hold_id: Id
    cashier: Word
    note: Text
    suspended_at: At
    lines: Ordinal
    total_fen: Fen
    goods: Text
    cart: Body


class Holding(Struct, frozen=True):
    """The hub knows this laying aside; ``taken_by`` is the till it was handed to, empty while it waits."""

    sale_id: str
    hold_id: str
    taken_by: str


class OpenCart(Struct, frozen=True):
    """A cart that nobody has taken, as a list shows it."""

    sale_id: str
    hold_id: str
    till: str
    cashier: str
    note: str
    suspended_at: str
    lines: int
    total_fen: int
    goods: str


class SuspendedCart(OpenCart, frozen=True, kw_only=True):
    """A cart that is handed over."""

    cart: str


class SuspendedCarts(Struct, frozen=True):
    """The carts of a store that nobody has taken, the oldest first."""

    carts: list[OpenCart]


class Take(Struct, frozen=True, forbid_unknown_fields=True):
    """Which laying aside a till wants to be handed."""

    hold_id: Id


class Health(Struct, frozen=True):
    """The hub answers and reaches its database."""

    status: Literal["ok"]
