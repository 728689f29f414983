"""Sell: from a scanned text to a sale on disk."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from pos.clock import BEIJING
from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.cart_line import CartLine
from pos.domain.code import Code, read_code
from pos.domain.errors import BallastFreed, CartSold, CommitUnknown, SaleIsBeingPaid, ShiftNotOpen, StorageError
from pos.domain.member import Member
from pos.domain.money import ZERO, Money
from pos.domain.product import Product, the_only
from pos.domain.sale import Sale, Tender, cash, due_in_cash, receipt_number, sale_lines
from pos.domain.shelves import Shelf
from pos.domain.shift import Shift
from pos.storage import catalogue, drafts, payments, sales, shifts, suspended
from pos.storage import search as storage_search
from pos.storage.database import told_as_ours
from pos.till import exchange, goods
from pos.till.approvals import require_by_hand
from pos.till.rules import book_of, shelf_names
from pos.till.till import Till, till_file


@dataclass(frozen=True, slots=True)
class Scanned:
    """What a scan did: ``line`` is the line it made or lengthened, None for what is no goods or has to be picked."""

    code: Code
    line: CartLine | None


def new_cart(till: Till) -> Cart:
    """Return an empty cart with the id its sale will have."""
    cart = Cart(till.ids.new(till.clock.now()))
    price_now(till, cart)
    return cart


def price_now(till: Till, cart: Cart) -> None:
    """Price a cart by the store's rules and the time in the shop; before each change of it.

    Rules that come while there are goods in it wait for the next cart.
    """
    is_begun = cart.lines and cart.book.version == cart.rules_version
    book = cart.book if is_begun else book_of(till)
    cart.use_rules(book, till.identity.store, till.clock.now().astimezone(BEIJING).replace(tzinfo=None))


def clear_cart(till: Till, cart: Cart) -> None:
    """Make it the empty cart of another sale; undo brings the goods back."""
    cart.clear(till.ids.new(till.clock.now()))


def scan(till: Till, cart: Cart, text: str) -> Scanned:
    """Put what was scanned into the cart; a text nobody knows makes a line that blocks payment.

    What is no goods changes nothing: what it means depends on where the sale stands.

    Raises:
        CartFull, QuantityOutOfRange, AmountOutOfRange, GoodsRecalled: the cart is as it was.
    """
    code = read_code(text)
    found = goods.look(till, text)
    if isinstance(found, goods.OnSale):
        pack = the_only(found.packs)
        return Scanned(code, goods.put(till, cart, found, pack).line if pack else None)
    if isinstance(found, Member) or found.kind not in goods.GOODS:
        return Scanned(code, None)
    return Scanned(code, cart.add_unknown(code.text))


def add_product(cart: Cart, product: Product) -> CartLine:
    """Add one piece, or one kilogram of what is weighed."""
    return cart.add(product, goods.one_of(product))


def search(till: Till, text: str) -> list[Product]:
    """Return the products that a name, pinyin initials, a number or the last digits of a barcode find, best first."""
    return storage_search.search(till.prices, text)


def shelves(till: Till) -> list[Shelf]:
    """Return the shelves for the tiles."""
    names = shelf_names(till)
    return [Shelf(each, names.get(each, "")) for each in catalogue.list_categories(till.prices)]


def shelf(till: Till, category: str) -> list[Product]:
    """Return the first products of a shelf."""
    return catalogue.list_shelf(till.prices, category)


def keep_draft(till: Till, draft: dict[str, Any], *, parts_known: int = 0) -> None:
    """Keep what ``facts.cart_facts`` says of the cart, so that a power cut gives it back.

    A cart that is being paid, suspended, or sold, is kept already; an older draft that comes late changes nothing.

    Args:
        parts_known: how many parts of its money were here when the draft was made; with fewer it is an older one.
    """
    with till.transaction():
        sale_id = draft["sale_id"]
        parts = payments.parts_of(till.db, sale_id)
        is_late = parts.sent is not None or parts_known < len(parts.paid) or suspended.find(till.db, sale_id)
        if sales.find_sale(till.db, sale_id) is None and not is_late:
            parts.check_covered(facts.cart_from(draft).to_pay)
            drafts.save_draft(till.db, drafts.COUNTER, draft, till.clock.now())


def restore_cart(till: Till) -> Cart | None:
    """Return the cart that was on the counter when the till stopped."""
    draft = drafts.find_draft(till.db, drafts.COUNTER)
    return facts.cart_from(draft) if draft else None


def require_shift(till: Till) -> Shift:
    """Return the open shift, or raise ShiftNotOpen."""
    shift = shifts.find_open_shift(till.db)
    if shift is None:
        raise ShiftNotOpen
    return shift


def seller(cart: Cart, shift: Shift) -> str:
    """Return the number of who sells a cart."""
    return cart.cashier or shift.cashier


def cash_due(till: Till, cart: Cart, taken: Money = ZERO) -> Money:
    """Return what is due when the rest of a cart is paid in cash: what is not taken yet, by the smallest coin."""
    return due_in_cash(cart.to_pay - taken, till.settings.till.cash_rounding_fen)


def pay_cash(till: Till, cart: Cart, handed_over: Money) -> Sale:
    """Complete a sale with cash for what is still due.

    Raises:
        NeedsManager: prices were moved by hand further than its seller may, and nobody approved.
        NotEnoughTendered, CartNotPayable, PriceMissing, ShiftNotOpen, SaleIsBeingPaid: nothing happened.
        CartSold: the cart is sold, with other goods in it; the same cart once more is its sale.
    """
    cart.check_payable()

    def write() -> Sale:
        found = sales.find_sale(till.db, cart.sale_id)
        if found and found.tenders and found.tenders[-1].attempt_id:
            raise SaleIsBeingPaid(out_trade_no=found.tenders[-1].out_trade_no)  # paid already: take no cash for it
        if found and found.lines != sale_lines(cart):
            raise CartSold(receipt_no=found.receipt_no)  # what is asked for is not what that cash was for
        return found or _write_cash_sale(till, cart, handed_over)

    return commit_sale(till, cart.sale_id, write)


def _write_cash_sale(till: Till, cart: Cart, handed_over: Money) -> Sale:
    parts = payments.parts_of(till.db, cart.sale_id)
    due = parts.due(cart.to_pay)
    if parts.sent or (parts.live and not due):
        raise SaleIsBeingPaid(out_trade_no=parts.live[-1].out_trade_no)
    parts.check_covered(cart.to_pay)
    require_by_hand(till, cart, seller(cart, require_shift(till)))
    in_cash = cash_due(till, cart, parts.taken)
    tenders = [each.as_tender() for each in parts.paid]
    if in_cash or not cart.credit:
        tenders.append(cash(in_cash, handed_over))
    return write_sale(till, cart, tenders, rounding=in_cash - due)


T = TypeVar("T")
F = TypeVar("F")


def commit_sale(till: Till, sale_id: str, write: Callable[[], T]) -> T | Sale:
    """Do what may write a sale in a transaction of its own; after a commit that raised, look whether it is there.

    On a full disk it is done a second time in the room of the ballast.

    Raises:
        StorageError: it is not on disk; CommitUnknown: not now, but a power cut may yet bring it forth.
    """
    return commit(till, write, lambda: sales.find_sale(till.db, sale_id))


def commit(till: Till, write: Callable[[], T], find: Callable[[], F | None]) -> T | F:
    """Do what writes something in a transaction of its own; after a commit that raised, look by ``find``.

    Raises:
        StorageError, CommitUnknown: as ``commit_sale``.
    """
    try:
        return _commit_once(till, write, find)
    except BallastFreed:
        return _commit_once(till, write, find)


def _commit_once(till: Till, write: Callable[[], T], find: Callable[[], F | None]) -> T | F:
    try:
        with till.transaction():
            return write()
    except CommitUnknown:
        found = None if till.is_doubtful else _look_up(till, find)
        if found is None:
            raise
        return found


def _look_up(till: Till, find: Callable[[], F | None]) -> F | None:
    """Find what a commit that raised may have written; a disk that cannot even be read leaves it unknown."""
    try:
        with told_as_ours(till_file(till.settings)):
            return find()
    except StorageError:
        return None


def write_sale(till: Till, cart: Cart, tenders: Sequence[Tender], *, rounding: Money = ZERO) -> Sale:
    """Write a sale inside the caller's transaction.

    Args:
        rounding: what was left off because the last of it was paid in cash; zero or less.
    """
    found = sales.find_sale(till.db, cart.sale_id)
    if found:
        return found
    shift, goods_back = require_shift(till), exchange.settle(till, cart)
    if goods_back:
        tenders, rounding = (*goods_back.tenders, *tenders), rounding + goods_back.rounding
    sale = _make_sale(till, cart, tenders, shift, rounding)
    entry = till.record(facts.SALE_COMPLETED, facts.sale_facts(sale))
    if goods_back:
        exchange.write(till, goods_back, sale.id, shift)
    drafts.drop_draft(till.db, sale.id)
    return replace(sale, entry_hash=entry.hash)


def _make_sale(till: Till, cart: Cart, tenders: Sequence[Tender], shift: Shift, rounding: Money = ZERO) -> Sale:
    identity = till.identity
    counter = sales.next_counter(till.db, shift.business_day, identity.epoch)
    return Sale(
        id=cart.sale_id,
        receipt_no=receipt_number(identity.store, identity.till, shift.business_day, counter, identity.epoch),
        counter=counter,
        business_day=shift.business_day,
        shift_id=shift.id,
        cashier=seller(cart, shift),
        completed_at=till.clock.now(),
        lines=sale_lines(cart),
        tenders=tuple(tenders),
        rounding=rounding,
        rules_version=cart.rules_version,
        member=cart.member.number if cart.member else "",
        member_level=cart.member.level if cart.member else "",
        coupons=cart.priced.used_coupons,
    )
