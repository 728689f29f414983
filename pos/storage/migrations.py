"""The shape of the till's own file, one step at a time; a step that shipped is never edited."""

import json

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

TILL_FILE = 0x47545431  # "GTT1"

till_steps = Migrations("till")

_JOURNAL = """
CREATE TABLE identity (
    one INTEGER PRIMARY KEY CHECK (one = 1), store TEXT NOT NULL, till TEXT NOT NULL, epoch INTEGER NOT NULL
) STRICT;
CREATE TABLE journal (
    epoch INTEGER NOT NULL, seq INTEGER NOT NULL CHECK (seq > 0), id TEXT NOT NULL UNIQUE, at TEXT NOT NULL,
    kind TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL, prev TEXT NOT NULL, hash TEXT NOT NULL,
    PRIMARY KEY (epoch, seq)
) STRICT;
CREATE TRIGGER journal_keeps_rows BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TRIGGER journal_keeps_words BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is append-only'); END;
CREATE TABLE acknowledged (
    epoch INTEGER PRIMARY KEY, seq INTEGER NOT NULL, hash TEXT NOT NULL, at TEXT NOT NULL
) STRICT;
"""

_PROJECTIONS = """
CREATE TABLE shifts (
    id TEXT PRIMARY KEY, cashier TEXT NOT NULL, business_day TEXT NOT NULL, opened_at TEXT NOT NULL,
    float_fen INTEGER NOT NULL, closed_at TEXT, counted_fen INTEGER, expected_fen INTEGER
) STRICT;
CREATE TABLE sales (
    id TEXT PRIMARY KEY, receipt_no TEXT NOT NULL UNIQUE, counter INTEGER NOT NULL, business_day TEXT NOT NULL,
    shift_id TEXT NOT NULL, cashier TEXT NOT NULL, completed_at TEXT NOT NULL, total_fen INTEGER NOT NULL,
    UNIQUE (business_day, counter)
) STRICT;
CREATE TABLE sale_lines (
    sale_id TEXT NOT NULL REFERENCES sales(id), line_no INTEGER NOT NULL, sku TEXT NOT NULL, barcode TEXT NOT NULL,
    name TEXT NOT NULL, quantity INTEGER NOT NULL, unit TEXT NOT NULL, price_fen INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL, tax_code TEXT NOT NULL, tax_permille INTEGER NOT NULL,
    PRIMARY KEY (sale_id, line_no)
) STRICT;
CREATE TABLE tenders (
    sale_id TEXT NOT NULL REFERENCES sales(id), tender_no INTEGER NOT NULL, kind TEXT NOT NULL,
    amount_fen INTEGER NOT NULL, handed_over_fen INTEGER NOT NULL, attempt_id TEXT NOT NULL,
    out_trade_no TEXT NOT NULL, trade_no TEXT NOT NULL,
    PRIMARY KEY (sale_id, tender_no)
) STRICT;
CREATE TABLE attempts (
    id TEXT PRIMARY KEY, sale_id TEXT NOT NULL, out_trade_no TEXT NOT NULL UNIQUE, amount_fen INTEGER NOT NULL,
    state TEXT NOT NULL, started_at TEXT NOT NULL, changed_at TEXT NOT NULL, reason TEXT NOT NULL,
    trade_no TEXT NOT NULL
) STRICT;
CREATE INDEX attempts_of_sale ON attempts (sale_id);
CREATE INDEX attempts_open ON attempts (state) WHERE state <> 'dead';
CREATE TABLE totals (
    business_day TEXT NOT NULL, shift_id TEXT NOT NULL, kind TEXT NOT NULL, count INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL, PRIMARY KEY (business_day, shift_id, kind)
) STRICT;
CREATE TABLE stock (sku TEXT PRIMARY KEY, moved INTEGER NOT NULL) STRICT;
"""

_COUNTER = """
CREATE TABLE drafts (slot TEXT PRIMARY KEY, body TEXT NOT NULL, saved_at TEXT NOT NULL) STRICT;
CREATE TABLE staff (
    number TEXT PRIMARY KEY, name TEXT NOT NULL, role TEXT NOT NULL, pin_hash TEXT NOT NULL,
    failures INTEGER NOT NULL DEFAULT 0, paused_until TEXT NOT NULL DEFAULT ''
) STRICT;
"""


@till_steps()
def journal_sales_and_counter(db: Database) -> None:
    """The first shape: journal, projections, drafts, staff."""
    for statement in statements(_JOURNAL + _PROJECTIONS + _COUNTER):
        db.execute(statement)


_REFUNDS = """
ALTER TABLE attempts ADD COLUMN way TEXT NOT NULL DEFAULT 'customer_code';
CREATE TABLE refunds (
    id TEXT PRIMARY KEY, sale_id TEXT NOT NULL, receipt_no TEXT NOT NULL, out_trade_no TEXT NOT NULL,
    request_no TEXT NOT NULL UNIQUE, amount_fen INTEGER NOT NULL, state TEXT NOT NULL, business_day TEXT NOT NULL,
    shift_id TEXT NOT NULL, cashier TEXT NOT NULL, reason TEXT NOT NULL, started_at TEXT NOT NULL,
    changed_at TEXT NOT NULL, refusal TEXT NOT NULL
) STRICT;
CREATE INDEX refunds_of_trade ON refunds (out_trade_no);
CREATE INDEX refunds_open ON refunds (state) WHERE state = 'sent';
"""


@till_steps()
def ways_to_pay_and_refunds(db: Database) -> None:
    """Who showed the code of an attempt, and money that goes back."""
    for statement in statements(_REFUNDS):
        db.execute(statement)


_SIGNATURES = """
CREATE TABLE signatures (
    epoch INTEGER NOT NULL, seq INTEGER NOT NULL, signature TEXT NOT NULL, PRIMARY KEY (epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER signatures_keep_rows BEFORE DELETE ON signatures
BEGIN SELECT RAISE(ABORT, 'signatures are append-only'); END;
CREATE TRIGGER signatures_keep_words BEFORE UPDATE ON signatures
BEGIN SELECT RAISE(ABORT, 'signatures are append-only'); END;
"""

_RECEIPTS_OF_EPOCHS = """
CREATE TABLE sales_2 (
    id TEXT PRIMARY KEY, receipt_no TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL, counter INTEGER NOT NULL,
    business_day TEXT NOT NULL, shift_id TEXT NOT NULL, cashier TEXT NOT NULL, completed_at TEXT NOT NULL,
    total_fen INTEGER NOT NULL, entry_hash TEXT NOT NULL,
    UNIQUE (epoch, business_day, counter)
) STRICT;
CREATE TABLE sale_lines_2 (
    sale_id TEXT NOT NULL REFERENCES sales_2(id), line_no INTEGER NOT NULL, sku TEXT NOT NULL, barcode TEXT NOT NULL,
    name TEXT NOT NULL, quantity INTEGER NOT NULL, unit TEXT NOT NULL, price_fen INTEGER NOT NULL,
    amount_fen INTEGER NOT NULL, tax_code TEXT NOT NULL, tax_permille INTEGER NOT NULL,
    PRIMARY KEY (sale_id, line_no)
) STRICT;
CREATE TABLE tenders_2 (
    sale_id TEXT NOT NULL REFERENCES sales_2(id), tender_no INTEGER NOT NULL, kind TEXT NOT NULL,
    amount_fen INTEGER NOT NULL, handed_over_fen INTEGER NOT NULL, attempt_id TEXT NOT NULL,
    out_trade_no TEXT NOT NULL, trade_no TEXT NOT NULL,
    PRIMARY KEY (sale_id, tender_no)
) STRICT;
INSERT INTO sales_2 SELECT sales.id, receipt_no, 1, counter, business_day, shift_id, cashier, completed_at, total_fen,
    coalesce(told.hash, '') FROM sales LEFT JOIN (SELECT hash, json_extract(CAST(body AS TEXT), '$.sale_id') AS sale_id
    FROM journal WHERE kind = 'sale.completed') AS told ON told.sale_id = sales.id ORDER BY sales.rowid;
INSERT INTO sale_lines_2 SELECT * FROM sale_lines;
INSERT INTO tenders_2 SELECT * FROM tenders;
DROP TABLE tenders;
DROP TABLE sale_lines;
DROP TABLE sales;
ALTER TABLE sales_2 RENAME TO sales;
ALTER TABLE sale_lines_2 RENAME TO sale_lines;
ALTER TABLE tenders_2 RENAME TO tenders;
"""


@till_steps()
def signatures_of_entries(db: Database) -> None:
    """What the device signed: a table of its own, so that the journal's rows need never change."""
    for statement in statements(_SIGNATURES):
        db.execute(statement)


@till_steps()
def receipts_of_epochs(db: Database) -> None:
    """Receipt numbers begin again with each epoch, and a sale knows the hash of its entry."""
    for statement in statements(_RECEIPTS_OF_EPOCHS):
        db.execute(statement)


_PEOPLE = """
CREATE TABLE pin_tries (
    who TEXT PRIMARY KEY, owed_ms INTEGER NOT NULL CHECK (owed_ms >= 0), stamp_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO pin_tries SELECT number, min(failures, 5) * 360000, 1 << 62 FROM staff WHERE failures > 0;
ALTER TABLE staff DROP COLUMN failures;
ALTER TABLE staff DROP COLUMN paused_until;
ALTER TABLE staff ADD COLUMN unlock_hash TEXT NOT NULL DEFAULT '';
ALTER TABLE refunds ADD COLUMN approver TEXT NOT NULL DEFAULT '';
DROP INDEX attempts_open;
CREATE INDEX attempts_moving ON attempts (state) WHERE state IN ('sent', 'cancelling');
"""


@till_steps()
def tries_of_pins_and_approvers(db: Database) -> None:
    """Wrong PINs by counted time, for people and for the till; a manager's unlock code; who approved a refund.

    Tries that were counted before are kept as if they had just been made. The old index of open attempts was of a
    condition that no query has word for word, so SQLite never used it.
    """
    for statement in statements(_PEOPLE):
        db.execute(statement)


_PREFERENCES = """
CREATE TABLE preferences (key TEXT PRIMARY KEY, body TEXT NOT NULL, changed_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
"""


@till_steps()
def what_the_store_prefers(db: Database) -> None:
    """What people set at the till itself: keys, tiles, scale labels. No sale depends on it."""
    for statement in statements(_PREFERENCES):
        db.execute(statement)


_REDUCTIONS = """
ALTER TABLE sales ADD COLUMN rounding_fen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sales ADD COLUMN rules_version TEXT NOT NULL DEFAULT '';
ALTER TABLE sales ADD COLUMN member TEXT NOT NULL DEFAULT '';
ALTER TABLE sales ADD COLUMN member_level TEXT NOT NULL DEFAULT '';
ALTER TABLE sales ADD COLUMN coupons TEXT NOT NULL DEFAULT '[]';
ALTER TABLE sale_lines ADD COLUMN list_price_fen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale_lines ADD COLUMN gross_fen INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale_lines ADD COLUMN tare_g INTEGER NOT NULL DEFAULT 0;
ALTER TABLE sale_lines ADD COLUMN lot TEXT NOT NULL DEFAULT '';
ALTER TABLE sale_lines ADD COLUMN expires_on TEXT NOT NULL DEFAULT '';
UPDATE sale_lines SET list_price_fen = price_fen, gross_fen = amount_fen;
CREATE TABLE sale_reductions (
    sale_id TEXT NOT NULL REFERENCES sales(id), line_no INTEGER NOT NULL, place INTEGER NOT NULL, rule TEXT NOT NULL,
    kind TEXT NOT NULL, name TEXT NOT NULL, amount_fen INTEGER NOT NULL,
    PRIMARY KEY (sale_id, line_no, place)
) STRICT;
"""


@till_steps()
def what_is_taken_off(db: Database) -> None:
    """What a line would have cost, what was taken off and why, who bought, and the cash rounding."""
    for statement in statements(_REDUCTIONS):
        db.execute(statement)


_PARTS = """
ALTER TABLE attempts ADD COLUMN kind TEXT NOT NULL DEFAULT 'alipay';
"""


@till_steps()
def kinds_of_payments(db: Database) -> None:
    """What kind of tender an attempt is; before there were parts of a sale, all were Alipay's."""
    for statement in statements(_PARTS):
        db.execute(statement)


_RETURNS = """
CREATE TABLE returns (
    id TEXT PRIMARY KEY, return_no TEXT NOT NULL UNIQUE, epoch INTEGER NOT NULL, counter INTEGER NOT NULL,
    sale_id TEXT NOT NULL, receipt_no TEXT NOT NULL, business_day TEXT NOT NULL, shift_id TEXT NOT NULL,
    cashier TEXT NOT NULL, approver TEXT NOT NULL, completed_at TEXT NOT NULL, total_fen INTEGER NOT NULL,
    exchange_sale_id TEXT NOT NULL, entry_hash TEXT NOT NULL, body TEXT NOT NULL,
    UNIQUE (epoch, business_day, counter)
) STRICT;
CREATE INDEX returns_of_receipt ON returns (receipt_no);
CREATE INDEX returns_of_exchange ON returns (exchange_sale_id) WHERE exchange_sale_id <> '';
"""


@till_steps()
def goods_that_come_back(db: Database) -> None:
    """Returns, each with the body of its entry: its lines are read only together."""
    for statement in statements(_RETURNS):
        db.execute(statement)


_PAPER = """
ALTER TABLE sale_lines ADD COLUMN pack INTEGER NOT NULL DEFAULT 1;
CREATE TABLE print_jobs (
    number INTEGER PRIMARY KEY, kind TEXT NOT NULL, about TEXT NOT NULL, copy INTEGER NOT NULL, slip TEXT NOT NULL,
    business_day TEXT NOT NULL, asked_at TEXT NOT NULL, kicks INTEGER NOT NULL, state TEXT NOT NULL,
    changed_at TEXT NOT NULL, reason TEXT NOT NULL
) STRICT;
CREATE INDEX print_jobs_open ON print_jobs (state) WHERE state IN ('waiting', 'printing', 'held');
CREATE INDEX print_jobs_of ON print_jobs (kind, about);
"""


@till_steps()
def what_is_printed(db: Database) -> None:
    """What a line was sold by, such as a case of 24; what is to be printed, what was, and how often."""
    for statement in statements(_PAPER):
        db.execute(statement)


_CASH_AND_APPROVALS = """
ALTER TABLE staff ADD COLUMN badge_mac TEXT NOT NULL DEFAULT '';
ALTER TABLE staff ADD COLUMN phone_key TEXT NOT NULL DEFAULT '';
CREATE TABLE challenges (
    digits TEXT PRIMARY KEY, act TEXT NOT NULL, sale_id TEXT NOT NULL, amount_fen INTEGER NOT NULL,
    actor TEXT NOT NULL, at TEXT NOT NULL, stamp_ms INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE approvals (
    approval_id TEXT PRIMARY KEY, act TEXT NOT NULL, sale_id TEXT NOT NULL, amount_fen INTEGER NOT NULL,
    actor TEXT NOT NULL, approver TEXT NOT NULL, way TEXT NOT NULL, reason TEXT NOT NULL, given_at TEXT NOT NULL,
    shift_id TEXT NOT NULL, business_day TEXT NOT NULL
) STRICT;
CREATE INDEX approvals_of_sale ON approvals (sale_id, act);
CREATE TABLE cash_moves (
    cash_id TEXT PRIMARY KEY, kind TEXT NOT NULL, shift_id TEXT NOT NULL, business_day TEXT NOT NULL,
    amount_fen INTEGER NOT NULL, cashier TEXT NOT NULL, approver TEXT NOT NULL, reason TEXT NOT NULL,
    moved_at TEXT NOT NULL
) STRICT;
CREATE TABLE tender_corrections (
    correction_id TEXT PRIMARY KEY, sale_id TEXT NOT NULL, receipt_no TEXT NOT NULL, tender_no INTEGER NOT NULL,
    was TEXT NOT NULL, now TEXT NOT NULL, amount_fen INTEGER NOT NULL, shift_id TEXT NOT NULL,
    sale_shift_id TEXT NOT NULL, business_day TEXT NOT NULL, cashier TEXT NOT NULL, approver TEXT NOT NULL,
    reason TEXT NOT NULL, corrected_at TEXT NOT NULL
) STRICT;
CREATE INDEX tender_corrections_of_sale ON tender_corrections (sale_id);
CREATE INDEX cash_moves_of_shift ON cash_moves (shift_id);
ALTER TABLE shifts ADD COLUMN epoch INTEGER NOT NULL DEFAULT 1;
ALTER TABLE shifts ADD COLUMN z_no INTEGER;
ALTER TABLE shifts ADD COLUMN told TEXT NOT NULL DEFAULT '';
"""

_EPOCHS_OF_SHIFTS = """
UPDATE shifts SET epoch = (SELECT epoch FROM journal
    WHERE kind = 'shift.opened' AND json_extract(CAST(body AS TEXT), '$.shift_id') = shifts.id)
    WHERE EXISTS (SELECT 1 FROM journal
    WHERE kind = 'shift.opened' AND json_extract(CAST(body AS TEXT), '$.shift_id') = shifts.id);
UPDATE shifts SET z_no = (SELECT count(*) FROM shifts AS earlier
    WHERE earlier.epoch = shifts.epoch AND earlier.closed_at IS NOT NULL AND earlier.rowid <= shifts.rowid)
    WHERE closed_at IS NOT NULL;
"""


@till_steps()
def drawers_and_approvals(db: Database) -> None:
    """What moves in a drawer besides sales, who let somebody do something, and the numbers of closed shifts."""
    for statement in statements(_CASH_AND_APPROVALS + _EPOCHS_OF_SHIFTS):
        db.execute(statement)
    _fill_drawers(db)


def _fill_drawers(db: Database) -> None:
    """Add up what each drawer kept, entry by entry, as it is added up from now on."""
    day = shift = ""
    rows = db.execute("SELECT kind, CAST(body AS TEXT) FROM journal ORDER BY epoch, seq").fetchall()
    for kind, raw in rows:
        body = json.loads(raw)
        if kind == "shift.opened":
            day, shift = body["business_day"], body["shift_id"]
        elif kind == "shift.closed":
            day = shift = ""
        elif kind == "sale.completed":
            kept = [each for each in body.get("tenders", ()) if each["kind"] == "cash" and not each["attempt_id"]]
            for each in kept:
                _add_to_drawer(db, body["business_day"], body["shift_id"], each["amount_fen"])
        elif kind == "return.completed":
            back = [each["amount_fen"] for each in body["paybacks"] if (each["way"], each["kind"]) == ("back", "cash")]
            _add_to_drawer(db, body["business_day"], body["shift_id"], -sum(back))
        elif kind == "refund.in_cash":
            _add_to_drawer(db, body["business_day"], body["shift_id"], -body["amount_fen"])
        elif shift and body.get("kind") == "cash" and kind in {"payment.settled", "payment.dead"}:
            sign = 1 if kind == "payment.settled" else -1
            _add_to_drawer(db, day, shift, sign * body["amount_fen"])


def _add_to_drawer(db: Database, day: str, shift: str, amount_fen: int) -> None:
    db.execute(
        "INSERT INTO totals VALUES (?, ?, 'drawer', 1, ?) ON CONFLICT (business_day, shift_id, kind)"
        " DO UPDATE SET count = count + 1, amount_fen = amount_fen + excluded.amount_fen",
        [day, shift, amount_fen],
    )


_DAYBOOK = """
ALTER TABLE sale_lines ADD COLUMN department TEXT NOT NULL DEFAULT '';
ALTER TABLE sale_lines ADD COLUMN cost_fen INTEGER;
CREATE TABLE daybook (
    business_day TEXT NOT NULL, at TEXT NOT NULL, epoch INTEGER NOT NULL, seq INTEGER NOT NULL, hour INTEGER NOT NULL,
    cashier TEXT NOT NULL, shift_id TEXT NOT NULL, kind TEXT NOT NULL, total_fen INTEGER NOT NULL,
    units INTEGER NOT NULL, gross_fen INTEGER NOT NULL, discount_fen INTEGER NOT NULL, costed_fen INTEGER NOT NULL,
    cost_fen INTEGER NOT NULL, is_member INTEGER NOT NULL, PRIMARY KEY (business_day, at, epoch, seq)
) STRICT, WITHOUT ROWID;
CREATE TABLE tallies (
    business_day TEXT NOT NULL, cashier TEXT NOT NULL, tally TEXT NOT NULL, count INTEGER NOT NULL,
    amount INTEGER NOT NULL, PRIMARY KEY (business_day, cashier, tally)
) STRICT, WITHOUT ROWID;
CREATE TABLE goods_days (
    business_day TEXT NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL, amount_fen INTEGER NOT NULL,
    PRIMARY KEY (business_day, sku)
) STRICT, WITHOUT ROWID;
CREATE INDEX goods_days_of ON goods_days (sku, business_day, quantity, amount_fen);
CREATE TABLE goods_names (
    sku TEXT PRIMARY KEY, name TEXT NOT NULL, unit TEXT NOT NULL, department TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE return_refunds (refund_id TEXT PRIMARY KEY, return_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE shift_paces (shift_id TEXT PRIMARY KEY, ended_at TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE unusual (
    epoch INTEGER NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL, business_day TEXT NOT NULL, at TEXT NOT NULL,
    kind TEXT NOT NULL, cashier TEXT NOT NULL, approver TEXT NOT NULL, amount_fen INTEGER NOT NULL,
    about TEXT NOT NULL, words TEXT NOT NULL, PRIMARY KEY (epoch, seq, place)
) STRICT, WITHOUT ROWID;
CREATE INDEX unusual_by_day ON unusual (business_day, at);
CREATE TABLE day_closes (
    business_day TEXT PRIMARY KEY, day_no INTEGER NOT NULL, closed_at TEXT NOT NULL, cashier TEXT NOT NULL,
    epoch INTEGER NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE TABLE unsold (attempt_id TEXT PRIMARY KEY, sale_id TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE INDEX shifts_by_day ON shifts (business_day);
CREATE INDEX sales_by_time ON sales (completed_at);
CREATE TABLE daybook_fold (one INTEGER PRIMARY KEY CHECK (one = 1), fold INTEGER NOT NULL) STRICT;
"""


@till_steps()
def what_managers_look_at(db: Database) -> None:
    """The day book and its kin; ``daybook.catch_up`` fills them when the till opens."""
    for statement in statements(_DAYBOOK):
        db.execute(statement)


_PERCENTS = """
ALTER TABLE challenges ADD COLUMN percent INTEGER NOT NULL DEFAULT 0;
ALTER TABLE approvals ADD COLUMN percent INTEGER NOT NULL DEFAULT 100;
"""


@till_steps()
def percents_of_approvals(db: Database) -> None:
    """How far off a line a yes goes; one that was given before had no bound but its amount."""
    for statement in statements(_PERCENTS):
        db.execute(statement)


_WEEKS = """
CREATE TABLE goods_weeks (
    monday TEXT NOT NULL, sku TEXT NOT NULL, quantity INTEGER NOT NULL, amount_fen INTEGER NOT NULL,
    PRIMARY KEY (monday, sku)
) STRICT, WITHOUT ROWID;
INSERT INTO goods_weeks SELECT date(business_day, '-6 days', 'weekday 1'), sku, sum(quantity), sum(amount_fen)
    FROM goods_days GROUP BY 1, 2;
DROP INDEX goods_days_of;
"""


@till_steps()
def weeks_of_goods(db: Database) -> None:
    """What each thing sold in a week, Monday to Sunday: a month is four of them and the days around."""
    for statement in statements(_WEEKS):
        db.execute(statement)


def statements(script: str) -> list[str]:
    """Split a script into statements; a trigger's body, which ends in ``END;``, stays whole.

    ``executescript`` would commit the step's own transaction first.
    """
    parts: list[str] = []
    for piece in script.split(";\n"):
        text = piece.strip()
        if text.startswith(("END", "BEGIN")):
            parts[-1] += ";\n" + text
        elif text:
            parts.append(text)
    return parts
