"""What the disk gives back is held against the journal, and the first thing that differs is named."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.domain import facts
from pos.domain.approval import Asked, ByPin
from pos.domain.cart import Cart
from pos.domain.cash import CashKind
from pos.domain.errors import DatabaseDamaged, JournalBroken, StorageError
from pos.domain.money import Money
from pos.domain.sale import TenderKind
from pos.domain.staff import Act, By
from pos.storage import journal
from pos.storage.database import transaction
from pos.storage.self_check import check_all, check_recent
from pos.till import approvals, cash, corrections, pay, refund, sell, shifts, sign_in
from pos.till.till import Till
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI, TEA, WATER, World, fake_settings, quick_folder

Check = Callable[..., object]


@pytest.fixture
def till(world: World) -> Till:
    """A till that has sold, given back, changed shifts, and told the hub."""
    till = world.open_selling()
    sign_in.put_staff(till, MEI, "905147", hasher=CHEAP_HASHER)
    sell.pay_cash(till, filled(till, WATER), Money(500))
    paid = pay.charge(till, filled(till, TEA), world.alipay.show_code())
    assert isinstance(paid, pay.Settled)
    refund.give_refund(till, refund.find_refundable(till, paid.sale.receipt_no), Money(100), "破损", by=BY_MEI)
    drawer_moved(till)
    shifts.close_shift(till, Money(10_200))
    shifts.open_shift(till, LIN, Money(10_000))
    drawer_moved(till)
    with till.transaction():
        journal.acknowledge(till.db, 1, 4, world.clock.now())
    return till


def drawer_moved(till: Till) -> None:
    """Cash put in, a sale that was paid by card after all, and a manager who lets the drawer be opened."""
    cash.move_cash(till, CashKind.IN, Money(300), "换零钱", by=By(LIN))
    sale = sell.pay_cash(till, filled(till, WATER), Money(200))
    corrections.correct_tender(till, sale.id, 1, TenderKind.BANK_CARD, "按错了键", by=BY_MEI)
    asked = Asked(Act.NO_SALE, LIN, reason="换零钱")
    approvals.approve(till, asked, ByPin(MEI.number, "905147"))


@pytest.fixture
def world() -> Iterator[World]:
    with quick_folder() as folder:
        yield World(folder / "till")


def filled(till: Till, *texts: str) -> Cart:
    cart = sell.new_cart(till)
    for text in texts:
        sell.scan(till, cart, text)
    return cart


def change(till: Till, statement: str) -> None:
    """Change what is on disk behind the till's back."""
    till.db.conn.set_authorizer(None)
    with transaction(till.db):
        till.db.conn.execute(statement)


@pytest.mark.parametrize("check", [check_recent, check_all])
def test_what_was_written_is_as_it_was_written(till: Till, check: Check) -> None:
    check(till.db, till.identity)


CHANGES = [
    "UPDATE sales SET total_fen = total_fen + 1 WHERE counter = 1",
    "UPDATE sales SET cashier = '1002' WHERE counter = 1",
    "UPDATE sale_lines SET price_fen = 201, amount_fen = 201 WHERE sku = '600101'",
    "UPDATE sale_lines SET name = '农夫山泉 550mm' WHERE sku = '600101'",
    "UPDATE sale_lines SET unit = 'pint'",
    "UPDATE tenders SET trade_no = 'x' WHERE kind = 'alipay'",
    "UPDATE attempts SET state = 'dead'",
    "UPDATE attempts SET out_trade_no = 'x'",
    "UPDATE refunds SET request_no = 'x'",
    "UPDATE refunds SET amount_fen = 1",
    "UPDATE shifts SET counted_fen = 1 WHERE closed_at IS NOT NULL",
    "UPDATE shifts SET float_fen = 1 WHERE closed_at IS NULL",
    "UPDATE totals SET amount_fen = amount_fen - 1 WHERE kind = 'tax'",
    "UPDATE shifts SET closed_at = opened_at, counted_fen = 1, expected_fen = 1 WHERE closed_at IS NULL",
    "UPDATE totals SET count = 9 WHERE kind = 'refund'",
    "UPDATE stock SET moved = 0 WHERE sku = '600104'",
    "DELETE FROM tenders",
    "DELETE FROM attempts",
    "INSERT INTO stock VALUES ('none', 1)",
    "INSERT INTO shifts SELECT 'x', cashier, business_day, opened_at, 0, closed_at, 0, 0, 1, 9, '' FROM shifts LIMIT 1",
    "UPDATE cash_moves SET amount_fen = 1",
    "UPDATE cash_moves SET reason = 'x'",
    "DELETE FROM tender_corrections",
    "UPDATE approvals SET approver = '1001'",
    "UPDATE totals SET amount_fen = amount_fen - 1 WHERE kind = 'drawer'",
    "DROP TRIGGER journal_keeps_rows",
]


@pytest.mark.parametrize("check", [check_recent, check_all])
@pytest.mark.parametrize("statement", CHANGES)
def test_a_table_that_says_anything_else_is_named(till: Till, statement: str, check: Check) -> None:
    change(till, statement)
    with pytest.raises(DatabaseDamaged, match="not as it was written"):
        check(till.db, till.identity)


@pytest.mark.parametrize("statement", ["UPDATE acknowledged SET seq = 5", "UPDATE acknowledged SET hash = 'x'"])
def test_an_acknowledgement_that_is_not_of_our_entry_is_named(till: Till, statement: str) -> None:
    change(till, statement)
    with pytest.raises(JournalBroken):
        check_recent(till.db, till.identity)


@pytest.mark.parametrize("old", ['price_fen":200', "农夫山泉", '"seal":"'])
def test_a_draft_that_the_disk_changed_is_not_used(till: Till, old: str) -> None:
    cart = filled(till, WATER)
    sell.keep_draft(till, facts.cart_facts(cart))
    assert sell.restore_cart(till) == cart
    with transaction(till.db):
        till.db.execute("UPDATE drafts SET body = replace(body, ?, ?)", [old, old[:-1] + chr(ord(old[-1]) ^ 1)])
    restored = sell.restore_cart(till)
    assert restored is None or restored == cart


def test_a_draft_that_is_no_text_any_more_is_not_used(till: Till) -> None:
    sell.keep_draft(till, facts.cart_facts(filled(till, WATER)))
    with transaction(till.db):
        till.db.execute("UPDATE drafts SET body = CAST(x'7b22ff' AS TEXT)")
    assert sell.restore_cart(till) is None


def test_a_damaged_page_is_told_in_words(till: Till) -> None:
    till.close()
    path = till.settings.data_dir / "till.db"
    whole = path.read_bytes()
    assert path.parent == Path(fake_settings(path.parent).data_dir)
    path.write_bytes(whole[: len(whole) // 2] + bytes(4096) + whole[len(whole) // 2 + 4096 :])
    with pytest.raises(StorageError):
        World(path.parent).open()
