"""The hub's tables, the same on SQLite and PostgreSQL.

Whatever belongs to a till has a primary key that starts with its store and till, so that the rows can be spread
over machines by store later. The catalogue belongs to every store and is small enough to be copied.
"""

from sqlalchemy import BigInteger, Column, Index, Integer, LargeBinary, MetaData, Table, Text

VERSION = 6
"""Of the shape below; a database with a higher one is refused."""

metadata = MetaData()
_Whole = BigInteger().with_variant(Integer, "sqlite")


def _table(name: str, key: str, *, texts: str = "", wholes: str = "", blobs: str = "") -> Table:
    """Make a table from the names of its columns; the names in ``key`` come first and are the primary key."""
    kinds = {
        each: kind
        for names, kind in ((texts, Text()), (wholes, _Whole), (blobs, LargeBinary()))
        for each in names.split()
    }
    keys = key.split()
    ordered = keys + [each for each in kinds if each not in keys]
    columns = [
        Column(each, kinds[each], primary_key=each in keys, autoincrement=False, nullable=False) for each in ordered
    ]
    return Table(name, metadata, *columns, sqlite_strict=True)


hub = _table("hub", "one", wholes="one version")
"""One row: the version of this shape. Locking it puts imports of the catalogue in order."""

till_heads = _table("till_heads", "store till epoch", texts="store till hash received_at", wholes="epoch seq")
"""How far each epoch of each till is kept; locked while a batch is taken."""

entries = _table(
    "entries",
    "store till epoch seq",
    texts="store till id at kind prev hash received_at",
    wholes="epoch seq version",
    blobs="body",
)
"""The journals, byte for byte. Nothing here is ever changed or removed."""

forks = _table(
    "forks",
    "store till epoch seq hash",
    texts="store till id at kind prev hash received_at",
    wholes="epoch seq version",
    blobs="body",
)
"""Entries that contradict what is kept: same number, other content, or not on the chain."""

parked = _table("parked", "store till epoch seq", texts="store till kind reason parked_at", wholes="epoch seq version")
"""Entries that are kept but could not be added up, and why."""

sales = _table(
    "sales", "store till sale_id",
    texts="store till sale_id receipt_no business_day shift_id cashier completed_at rules_version member member_level"
    " coupons",
    wholes="epoch seq counter total_fen rounding_fen",
)  # fmt: skip
sale_lines = _table(
    "sale_lines", "store till sale_id line_no",
    texts="store till sale_id sku barcode name unit tax_code lot expires_on",
    wholes="line_no quantity price_fen amount_fen tax_permille list_price_fen gross_fen tare_g",
)  # fmt: skip
sale_reductions = _table(
    "sale_reductions", "store till sale_id line_no place",
    texts="store till sale_id rule kind name", wholes="line_no place amount_fen",
)  # fmt: skip
"""What was taken off a line and what for, in the order it was."""
tenders = _table(
    "tenders", "store till sale_id tender_no",
    texts="store till sale_id kind attempt_id out_trade_no trade_no", wholes="tender_no amount_fen handed_over_fen",
)  # fmt: skip
sale_taxes = _table(
    "sale_taxes",
    "store till sale_id code permille",
    texts="store till sale_id code",
    wholes="permille gross_fen tax_fen",
)
refunds = _table(
    "refunds", "store till refund_id state",
    texts="store till refund_id state sale_id receipt_no out_trade_no request_no business_day shift_id cashier reason"
    " changed_at",
    wholes="epoch seq amount_fen",
)  # fmt: skip
"""Each step of each refund: ``sent``, then ``done`` or ``refused``; money went with ``done``.

A refund may be of another till's sale, so a trade's refunds are found by the trade's number.
"""
Index("refunds_by_trade", refunds.c.out_trade_no)
Index("refunds_by_day", refunds.c.business_day, refunds.c.store, refunds.c.till)
Index("refunds_by_time", refunds.c.store, refunds.c.till, refunds.c.changed_at)
Index("sales_by_receipt", sales.c.receipt_no)
Index("sales_by_time", sales.c.store, sales.c.till, sales.c.completed_at)
Index("sales_by_day", sales.c.business_day, sales.c.store, sales.c.till)

returns = _table(
    "returns", "store till return_id",
    texts="store till return_id return_no sale_id receipt_no sold_by basis business_day shift_id cashier approver"
    " reason completed_at exchange_sale_id",
    wholes="epoch seq counter total_fen rounding_fen cash_fen",
)  # fmt: skip
"""Goods that came back; ``cash_fen`` is what the drawer or a bank card's terminal gave.

The rest went by ``refunds`` or for other goods.
"""
return_lines = _table(
    "return_lines", "store till return_id place",
    texts="store till return_id sku barcode name unit", wholes="place sale_line_no quantity amount_fen",
)  # fmt: skip
return_refunds = _table("return_refunds", "store till refund_id", texts="store till refund_id return_id")
"""The refunds that carry a return's money: a figure counts the return, and these no second time."""
Index("returns_by_receipt", returns.c.receipt_no)
Index("returns_by_day", returns.c.business_day, returns.c.store, returns.c.till)

entry_signatures = _table(
    "entry_signatures", "store till epoch seq", texts="store till signature fault", wholes="epoch seq"
)
"""What came with an entry as its device's signature, and what was wrong with it; ``fault`` is empty when nothing was.

An entry with a fault is kept and parked. Entries from before devices had keys have no row here.
"""

devices = _table("devices", "id", texts="id name public_key enrolled_at revoked_at")
"""Every key that ever spoke for a till or an office; the one that may has an empty ``revoked_at``."""
Index("devices_by_name", devices.c.name)

enrolments = _table(
    "enrolments", "locator", texts="locator name stretched made_at expires_at used_by", wholes="failures"
)
"""One-time codes, by the part that is no secret; of the secret only what Argon2id makes of it."""

suspended = _table(
    "suspended", "store sale_id",
    texts="store sale_id hold_id past_holds till cashier note suspended_at goods taken_by changed_at",
    wholes="lines total_fen", blobs="cart",
)  # fmt: skip
"""Carts laid aside, of a store and of no journal; ``taken_by`` is empty until a till has been handed it.

``hold_id`` is of the last laying aside, ``past_holds`` those before it, a blank between.
"""
Index("suspended_waiting", suspended.c.taken_by, suspended.c.store)

closings = _table(
    "closings", "store till shift_id",
    texts="store till shift_id business_day cashier closed_by closed_at",
    wholes="epoch seq z_no counted_fen expected_fen",
)  # fmt: skip
"""Shifts that were counted and closed, each with its number."""
cash_moves = _table(
    "cash_moves", "store till cash_id",
    texts="store till cash_id kind shift_id business_day cashier approver reason moved_at",
    wholes="epoch seq amount_fen",
)  # fmt: skip
"""What moved in drawers besides sales, and drawers that were opened for nothing."""
tender_corrections = _table(
    "tender_corrections", "store till correction_id",
    texts="store till correction_id sale_id receipt_no was now shift_id sale_shift_id business_day cashier approver"
    " reason corrected_at",
    wholes="epoch seq tender_no amount_fen",
)  # fmt: skip
"""Tenders that were another kind than was rung up; the sale stays as it was told."""
approvals = _table(
    "approvals", "store till approval_id",
    texts="store till approval_id act sale_id actor approver way reason given_at shift_id business_day",
    wholes="epoch seq amount_fen",
)  # fmt: skip
"""Who let whom do what."""
for _each in (closings, cash_moves, tender_corrections, approvals):
    Index(f"{_each.name}_by_day", _each.c.business_day, _each.c.store, _each.c.till)

PROJECTED = (
    parked, sales, sale_lines, sale_reductions, tenders, sale_taxes, refunds, returns, return_lines, closings,
    cash_moves, tender_corrections, approvals, return_refunds,
)  # fmt: skip
"""The tables that are folds of ``entries`` and can be made again from them."""

products = _table(
    "products", "sku",
    texts="sku name name_en unit tax_code pinyin category token",
    wholes="price_fen tax_permille is_removed cursor cost_fen",
)  # fmt: skip
"""Each product as it is now; ``cursor`` grows with every change; ``cost_fen`` is -1 where it is not known."""
Index("products_by_cursor", products.c.cursor, unique=True)

barcodes = _table("barcodes", "barcode", texts="barcode sku", wholes="place")
Index("barcodes_by_sku", barcodes.c.sku)
"""Barcodes of one piece, each of one product only; tills of any age sell by them."""

packs = _table(
    "packs", "barcode sku", texts="barcode sku words words_en", wholes="quantity price_fen shared place"
)  # fmt: skip
Index("packs_by_sku", packs.c.sku)
"""Barcodes that sell several pieces, at a price of their own, or mean several products."""

imports = _table("imports", "last_cursor", texts="token imported_at", wholes="last_cursor")
"""Which cursors each import gave out; the random token tells a cursor of ours from one given before a restore."""

rules = _table("rules", "store", texts="store version body imported_at", wholes="number")
"""The rule document of each store that has its own; the one under an empty name is for all others."""

STEPS = {
    5: """
ALTER TABLE sales ADD COLUMN rounding_fen WHOLE NOT NULL DEFAULT 0;
ALTER TABLE sales ADD COLUMN rules_version TEXT NOT NULL DEFAULT '';
ALTER TABLE sales ADD COLUMN member TEXT NOT NULL DEFAULT '';
ALTER TABLE sales ADD COLUMN member_level TEXT NOT NULL DEFAULT '';
ALTER TABLE sales ADD COLUMN coupons TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sale_lines ADD COLUMN lot TEXT NOT NULL DEFAULT '';
ALTER TABLE sale_lines ADD COLUMN expires_on TEXT NOT NULL DEFAULT '';
ALTER TABLE sale_lines ADD COLUMN list_price_fen WHOLE NOT NULL DEFAULT 0;
ALTER TABLE sale_lines ADD COLUMN gross_fen WHOLE NOT NULL DEFAULT 0;
ALTER TABLE sale_lines ADD COLUMN tare_g WHOLE NOT NULL DEFAULT 0;
UPDATE sale_lines SET list_price_fen = price_fen, gross_fen = amount_fen
""",
    6: "ALTER TABLE products ADD COLUMN cost_fen WHOLE NOT NULL DEFAULT -1",
}
"""What a version changed in tables that were there before, in SQL; WHOLE is the kind of a whole number."""
