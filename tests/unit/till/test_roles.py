"""Every verb of the till and who may use it, as one table; the verb itself refuses, whatever a screen shows."""

import inspect
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import pytest

from pos.domain.bill import Match
from pos.domain.cart import Cart
from pos.domain.cash import CashKind
from pos.domain.errors import NeedsManager, PosError, SamePerson
from pos.domain.exchange import Exchange
from pos.domain.money import Money
from pos.domain.payment import Orphan
from pos.domain.sale import TenderKind
from pos.domain.scale_label import ScaleRule
from pos.domain.staff import By, Cashier, Role
from pos.domain.tiles import TilePage
from pos.storage import journal, refunds, staff
from pos.till import (
    cash,
    corrections,
    exchange,
    labels,
    orphans,
    pay,
    preferences,
    proofs,
    reconcile,
    refund,
    report,
    returns,
    roster,
    sell,
    sign_in,
    tiles,
)
from pos.till.till import Till
from tests.fake_alipay import FakeAlipay
from tests.fake_time import MORNING
from tests.fakes import CHEAP_HASHER, LIN, MEI, TEA

ZHAO = Cashier("1003", "赵雪", Role.CASHIER)
CHEN = Cashier("9002", "陈静", Role.MANAGER)
STRANGER = Cashier("9999", "谁", Role.MANAGER)

FREE = {
    "preferences": "keep_spoken preference spoken",
    "goods": "find_packs how_much look one_of put sold_as",
    "labels": "find_item labelled propose rules_found_here store_codes",
    "training": "prepare_training",
    "approvals": "answer approve challenge is_needed lacking require_by_hand",
    "cash": "likely_amounts moves_of open_to_count",
    "corrections": "correctable",
    "proofs": "phone_key_of whose_badge",
    "pay": "cancel charge check finish_paid move settle_without_sale show_qr stop take",
    "parts": "cash_to_hand_back give_back_all handed_back standing take_cash",
    "refund": "ask find_refundable last_refundable list_refundable look whole_number",
    "prices": "price_of",
    "returns": "ask_refunds code_of find_returnable last_returns last_sales left_of_code of_exchange owed read_receipt"
    " unproven_lines",
    "return_entries": "goes_by_gateway head of_sale plan record with_ours",
    "exchange": "settle write",
    "orphans": "look",
    "reconcile": "claims span",
    "report": "journal_marks shop_today sold_fen standing today",
    "resolve": "give_back live_attempt probe resolve resolve_one step",
    "review": "look_up needs_review open_payments",
    "suspend": "claim count_suspended discard list_suspended put_on_counter resume suspend",
    "sell": "add_product cash_due clear_cart commit commit_sale keep_draft new_cart"
    " pay_cash price_now require_shift restore_cart scan search seller shelf shelves write_sale",
    "shifts": "close_shift closed_for current_shift expected_cash is_far_off last_closed left_open look_into open_shift"
    " read_x read_z returns_of sales_of",
    "sign_in": "by_unlock_code count_try forget_try has_manager is_known is_kept_safely longest_number name_of sign_in",
    "audit": "audit check_receipt every_entry",
    "finding": "finding",
    "printing": "ask_receipt ask_refund ask_report ask_return ask_sale ask_slip begin drop hold_old list_jobs"
    " open_drawer page_address release reprint_last standing work",
    "slips": "badge_slip_of figures_slip_of paper_of receipt_of refund_slip_of return_slip_of shift_slip_of",
    "rebuild": "gather missing rebuild",
    "retire": "require_all_sent retire",
    "rules": "book_of check freshness_of limits_of receipt_keys rules_of shelf_names",
    "tiles": "products_on tile_pages",
    "voids": "note_void",
}
"""What a cashier does alone on a normal day, what the program does by itself, and what only somebody can do who may
write the till's files anyway (audit, rebuild, retire: commands for a till that is closed)."""

TELLS_WHO = {("suspend", name) for name in ("discard", "put_on_counter", "resume", "suspend")}
"""Free as well, but the journal keeps who did it."""

MANAGERS_ONLY = {
    ("preferences", "keep_preference"),
    ("cash", "move_cash"),
    ("corrections", "correct_tender"),
    ("labels", "drop_rule"),
    ("labels", "keep_rule"),
    ("refund", "give_refund"),
    ("returns", "give_back"),
    ("returns", "give_back_unproven"),
    ("returns", "give_owed"),
    ("exchange", "begin"),
    ("orphans", "give_back"),
    ("proofs", "give_badge"),
    ("proofs", "give_phone_key"),
    ("reconcile", "match_day"),
    ("roster", "roster"),
    ("sign_in", "put_staff"),
    ("tiles", "arrange"),
}

WHO: dict[str, tuple[By, type[PosError] | None]] = {
    "a cashier alone": (By(LIN), NeedsManager),
    "a cashier with another cashier": (By(LIN, ZHAO), NeedsManager),
    "a cashier who approves it themselves": (By(LIN, LIN), SamePerson),
    "a cashier with a manager": (By(LIN, MEI), None),
    "a manager": (By(MEI), None),
    "a manager with another manager": (By(MEI, CHEN), None),
    "a manager who approves it themselves": (By(MEI, MEI), SamePerson),
    "a manager with a cashier": (By(MEI, ZHAO), NeedsManager),
    "a cashier said to be a manager": (By(Cashier("1001", "林小雨", Role.MANAGER)), NeedsManager),
    "somebody unknown": (By(STRANGER), NeedsManager),
    "somebody unknown with a manager": (By(STRANGER, MEI), NeedsManager),
    "a cashier with somebody unknown": (By(LIN, STRANGER), NeedsManager),
}


@pytest.fixture(autouse=True)
def _people(till: Till) -> None:
    with till.transaction():
        for each in (ZHAO, CHEN):
            staff.put_staff(till.db, each, CHEAP_HASHER.hash("704815"))


def verbs() -> set[tuple[str, str]]:
    """Every public function of pos/till that takes a till, or is a verb all the same."""
    found = set()
    for path in sorted((Path(refund.__file__).parent).glob("*.py")):
        if path.stem in {"__init__", "till", "pins", "allowed"}:
            continue
        module = import_module(f"pos.till.{path.stem}")
        found |= {(path.stem, name) for name, each in inspect.getmembers(module, inspect.isfunction)
                  if each.__module__ == module.__name__ and not name.startswith("_")}  # fmt: skip
    return found


def test_every_verb_is_in_the_table() -> None:
    told = {(module, name) for module, names in FREE.items() for name in names.split()} | MANAGERS_ONLY
    assert verbs() == told


def test_what_is_not_free_asks_who_does_it() -> None:
    for module, name in verbs():
        takes = inspect.signature(getattr(import_module(f"pos.till.{module}"), name)).parameters
        assert ("by" in takes) is ((module, name) in MANAGERS_ONLY | TELLS_WHO), (module, name)


@pytest.fixture
def acts(till: Till, alipay: FakeAlipay, cart_of: Callable[..., Cart]) -> dict[str, Callable[[By], object]]:
    """Each verb that is not free, ready to be done by somebody."""
    sold = pay.charge(till, cart_of(), alipay.show_code())
    assert isinstance(sold, pay.Settled)
    of = refund.find_refundable(till, sold.sale.receipt_no)
    rung_up = sell.pay_cash(till, cart_of(), Money(200))
    orphan = Orphan("0017-04", "GT-of-another", "", Money(100), "sent", MORNING)
    anna = Cashier("1004", "安娜", Role.MANAGER)
    day = report.shop_today(till)
    rule = ScaleRule("13-21", "PPWWWWWAAAAAC", ("21",))
    sign_in.put_staff(till, anna, "837264", by=By(MEI), hasher=CHEAP_HASHER)  # from now on a manager could be asked
    refused = pay.charge(till, cart_of(TEA), alipay.show_code())
    assert isinstance(refused, pay.Settled)
    alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
    returns.give_back(till, returns.find_returnable(till, refused.sale.receipt_no), {1: 1}, "", by=By(MEI))
    (owed,) = returns.owed(till, refused.sale.receipt_no)
    bought = returns.find_returnable(till, sell.pay_cash(till, cart_of(), Money(200)).receipt_no)
    return {
        "give_back_goods": lambda by: returns.give_back(till, bought, {1: 1}, "坏了", by=by),
        "give_back_unproven": lambda by: returns.give_back_unproven(till, cart_of(), "坏了", by=by),
        "give_owed": lambda by: returns.give_owed(till, owed, by=by),
        "begin": lambda by: exchange.begin(till, cart_of(), Exchange(bought, {1: 1}, "换", "", ""), by=by),
        "give_refund": lambda by: refund.give_refund(till, of, Money(50), "一瓶漏了", by=by),
        "give_back": lambda by: orphans.give_back(till, orphan, by=by),
        "match_day": lambda by: reconcile.match_day(till, day, [], None, by=by),
        "keep_preference": lambda by: preferences.keep_preference(till, "keys", {"preset": "f9"}, by=by),
        "move_cash": lambda by: cash.move_cash(till, CashKind.OUT, Money(50), "买胶带", by=by),
        "correct_tender": lambda by: corrections.correct_tender(
            till, rung_up.id, 1, TenderKind.BANK_CARD, "按错了键", by=by
        ),
        "give_badge": lambda by: proofs.give_badge(till, LIN.number, by=by),
        "give_phone_key": lambda by: proofs.give_phone_key(till, MEI.number, bytes(20), by=by),
        "keep_rule": lambda by: labels.keep_rule(till, rule, by=by),
        "drop_rule": lambda by: labels.drop_rule(till, rule.id, by=by),
        "put_staff": lambda by: sign_in.put_staff(till, anna, "739164", by=by, hasher=CHEAP_HASHER),
        "roster": lambda by: roster.roster(till, by=by),
        "arrange": lambda by: tiles.arrange(till, [TilePage("购物袋", ("600101",))], by=by),
    }


@pytest.mark.parametrize("verb", sorted({name for _, name in MANAGERS_ONLY} | {"give_back_goods"}))
@pytest.mark.parametrize("who", WHO)
def test_who_may_do_what(
    till: Till, alipay: FakeAlipay, acts: dict[str, Callable[[By], object]], *, verb: str, who: str
) -> None:
    by, refused = WHO[who]
    before = report.journal_marks(till)[0], len(alipay.calls)
    if refused is None:
        assert acts[verb](by) is not None
        return
    with pytest.raises(refused):
        acts[verb](by)
    assert (report.journal_marks(till)[0], len(alipay.calls)) == before, "nothing was written, nobody was asked"


def test_actor_approver_reason_and_amount_are_in_the_journal(
    till: Till, acts: dict[str, Callable[[By], object]]
) -> None:
    acts["give_refund"](By(LIN, MEI))
    acts["give_back"](By(MEI))
    told = {each.kind: each.facts for each in journal.entries(till.db, till.identity.name, 1)}
    for kind in ("refund.started", "refund.done"):
        found = told[kind]
        assert (found["cashier"], found["approver"], found["reason"], found["amount_fen"]) == (
            "1001", "9001", "一瓶漏了", 50,
        )  # fmt: skip
    assert (told["orphan.cancelled"]["ordered_by"], told["orphan.cancelled"]["approver"]) == ("9001", "")
    (made,) = refunds.list_done(till.db, "", "9")
    assert (made.cashier, made.approver) == ("1001", "9001")


def test_who_was_a_manager_this_morning_is_none_now(till: Till, acts: dict[str, Callable[[By], object]]) -> None:
    with till.transaction():
        staff.put_staff(till.db, Cashier(MEI.number, MEI.name, Role.CASHIER), "")
    with pytest.raises(NeedsManager):
        acts["give_refund"](By(MEI))


def test_a_manager_sees_the_bill(acts: dict[str, Callable[[By], object]]) -> None:
    assert isinstance(acts["match_day"](By(MEI)), Match)
