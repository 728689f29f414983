"""Sales as they were made."""

import json
from collections import defaultdict
from datetime import date
from typing import Any

from sqlite_utils import Database

from pos.domain.entry import parse_utc
from pos.domain.money import Money
from pos.domain.product import TaxCategory
from pos.domain.quantity import Quantity, Unit
from pos.domain.sale import Sale, SaleLine, Taken, Tender, TenderKind
from pos.storage.corrections import kinds_of_sale


def find_sale(db: Database, sale_id: str) -> Sale | None:
    """Return a sale by its id."""
    return _one(db, "id = ?", sale_id)


def find_by_receipt(db: Database, receipt_no: str) -> Sale | None:
    """Return a sale by the number on its receipt."""
    return _one(db, "receipt_no = ?", receipt_no)


def last_sale(db: Database) -> Sale | None:
    """Return the sale completed last, for the reprint key."""
    # By rowid, which is the order of the journal: a clock that was wrong must not make an old sale the last.
    row = db.execute("SELECT id FROM sales ORDER BY rowid DESC LIMIT 1").fetchone()
    return find_sale(db, row[0]) if row else None


def list_paid_by(db: Database, kind: TenderKind, limit: int) -> list[Sale]:
    """Return the last sales that have a tender of this kind, latest first."""
    query = (
        "SELECT sales.* FROM sales WHERE EXISTS"
        " (SELECT 1 FROM tenders WHERE tenders.sale_id = sales.id AND tenders.kind = ?) ORDER BY rowid DESC LIMIT ?"
    )
    return [_sale(db, row) for row in db.query(query, [kind.value, limit])]


def list_of_day(db: Database, business_day: date) -> list[Sale]:
    """Return a business day's sales in the order they were made, paid as they were rung up."""
    rows = db.query("SELECT * FROM sales WHERE business_day = ? ORDER BY rowid", [business_day.isoformat()])
    return [_sale(db, row, {}) for row in rows]


def last_sales(db: Database, limit: int) -> list[Sale]:
    """Return the last sales, latest first."""
    return [_sale(db, row) for row in db.query("SELECT * FROM sales ORDER BY rowid DESC LIMIT ?", [limit])]


def list_of_shift(db: Database, shift_id: str) -> list[Sale]:
    """Return the sales of a shift, in order."""
    return [_sale(db, row) for row in db.query("SELECT * FROM sales WHERE shift_id = ? ORDER BY rowid", [shift_id])]


def next_counter(db: Database, business_day: date, epoch: int = 1) -> int:
    """Return the number the next receipt of the day gets; dense from 1 in each epoch."""
    query = "SELECT max(counter) FROM sales WHERE epoch = ? AND business_day = ?"
    row = db.execute(query, [epoch, business_day.isoformat()]).fetchone()
    return 1 + int(row[0] or 0)


def sum_of_lines(db: Database) -> Money:
    """Return what all lines of all sales come to, with the cash rounding; a second way to the figure totals keep."""
    lines = db.execute("SELECT coalesce(sum(amount_fen), 0) FROM sale_lines").fetchone()[0]
    return Money(lines + db.execute("SELECT coalesce(sum(rounding_fen), 0) FROM sales").fetchone()[0])


def _one(db: Database, where: str, value: str) -> Sale | None:
    rows = list(db.query(f"SELECT * FROM sales WHERE {where}", [value]))  # noqa: S608  (a constant of this module)
    return _sale(db, rows[0]) if rows else None


def _sale(db: Database, row: dict[str, Any], corrected: dict[int, str] | None = None) -> Sale:
    lines = db.query("SELECT * FROM sale_lines WHERE sale_id = ? ORDER BY line_no", [row["id"]])
    tenders = db.query("SELECT * FROM tenders WHERE sale_id = ? ORDER BY tender_no", [row["id"]])
    really = kinds_of_sale(db, row["id"]) if corrected is None else corrected
    taken = _taken(db, row["id"])
    return Sale(
        id=row["id"],
        receipt_no=row["receipt_no"],
        counter=row["counter"],
        business_day=date.fromisoformat(row["business_day"]),
        shift_id=row["shift_id"],
        cashier=row["cashier"],
        completed_at=parse_utc(row["completed_at"]),
        lines=tuple(_line(each, taken[each["line_no"]]) for each in lines),
        tenders=tuple(_tender(each, really.get(each["tender_no"], each["kind"])) for each in tenders),
        rounding=Money(row["rounding_fen"]),
        rules_version=row["rules_version"],
        member=row["member"],
        member_level=row["member_level"],
        coupons=tuple(json.loads(row["coupons"])),
        entry_hash=row["entry_hash"],
    )


def _taken(db: Database, sale_id: str) -> dict[int, list[Taken]]:
    taken: dict[int, list[Taken]] = defaultdict(list)
    for row in db.query("SELECT * FROM sale_reductions WHERE sale_id = ? ORDER BY line_no, place", [sale_id]):
        taken[row["line_no"]].append(Taken(row["rule"], row["kind"], row["name"], Money(row["amount_fen"])))
    return taken


def _line(row: dict[str, Any], taken: list[Taken]) -> SaleLine:
    return SaleLine(
        line_no=row["line_no"],
        sku=row["sku"],
        barcode=row["barcode"],
        name=row["name"],
        quantity=Quantity(row["quantity"], Unit(row["unit"])),
        price=Money(row["price_fen"]),
        amount=Money(row["amount_fen"]),
        tax=TaxCategory(row["tax_code"], row["tax_permille"]),
        list_price=Money(row["list_price_fen"]),
        reductions=tuple(taken),
        tare_g=row["tare_g"],
        lot=row["lot"],
        expires_on=date.fromisoformat(row["expires_on"]) if row["expires_on"] else None,
        pack=row["pack"],
        department=row["department"],
        cost=None if row["cost_fen"] is None else Money(row["cost_fen"]),
    )


def _tender(row: dict[str, Any], kind: str) -> Tender:
    """Make a tender of the kind it really was; what was corrected had no change."""
    is_corrected = kind != row["kind"]
    return Tender(
        kind=TenderKind(kind),
        amount=Money(row["amount_fen"]),
        handed_over=Money(row["amount_fen" if is_corrected else "handed_over_fen"]),
        attempt_id=row["attempt_id"],
        out_trade_no=row["out_trade_no"],
        trade_no=row["trade_no"],
    )
