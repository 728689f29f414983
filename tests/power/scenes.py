"""What a till does on a disk that is watched: the transactions a power cut or a fault is to hit."""

from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from random import Random

from sqlite_utils.migrations import Migrations

from pos.domain import facts
from pos.domain.cart import Cart
from pos.domain.money import Money
from pos.domain.sale import Sale
from pos.storage import catalogue, journal, migrations
from pos.storage.database import Database, checkpoint, open_database
from pos.till import pay, refund, resolve, sell, shifts
from pos.till.till import Till, till_file
from tests.fakes import BY_MEI, LIN, NOODLES, SHELF, TEA, WATER, World, fake_settings, goods, scan_and_weigh

SALES_BEFORE = 2
"""What the till has sold before a scene begins."""


@dataclass(slots=True)
class Stage:
    """Where a scene is played.

    Attributes:
        say: called with what people are told, once it is told.
        opened: called when the till stands open.
    """

    world: World
    chance: Random
    say: Callable[[Mapping[str, object]], None] = lambda _fact: None
    opened: Callable[[], None] = lambda: None

    def open(self) -> Till:
        till = self.world.open()
        self.opened()
        return till

    def fill(self, till: Till) -> Cart:
        cart = sell.new_cart(till)
        for _ in range(self.chance.randint(1, 5)):
            scan_and_weigh(till, cart, self.chance.choice([WATER, NOODLES, TEA, "600103"]))
        return cart

    def sold(self, sale: Sale) -> Sale:
        self.say({"receipt_no": sale.receipt_no, "sale_id": sale.id, "total_fen": sale.total.fen})
        return sale

    def sell_cash(self, till: Till) -> Sale:
        cart = self.fill(till)
        sell.keep_draft(till, facts.cart_facts(cart))
        return self.sold(sell.pay_cash(till, cart, cart.total))

    def sell_alipay(self, till: Till, *, must_confirm: bool = False) -> Sale:
        cart = self.fill(till)
        outcome = pay.charge(till, cart, self.world.alipay.show_code(must_confirm=must_confirm))
        if isinstance(outcome, pay.Waiting):
            self.world.alipay.confirm()
            outcome = pay.check(till, cart, outcome.attempt)
        assert isinstance(outcome, pay.Settled)
        return self.sold(outcome.sale)


def prepare(world: World, chance: Random) -> None:
    """Make the files that scenes begin with: a day under way, everything in its file."""
    stage = Stage(world, chance)
    with closing(world.open_selling()) as till:
        catalogue.apply_feed(till.prices, [each | {"category": ""} for each in SHELF], [], "2")  # see make_old
        for number in range(SALES_BEFORE):
            if number % 3:
                stage.sell_cash(till)
            else:
                stage.sell_alipay(till)


def cash(stage: Stage) -> None:
    """Two sales in cash, each with its draft."""
    with closing(stage.open()) as till:
        stage.sell_cash(till)
        stage.sell_cash(till)


def alipay(stage: Stage) -> None:
    """A payment that goes through, one that is confirmed later, one that is stopped."""
    with closing(stage.open()) as till:
        stage.sell_alipay(till)
        stage.sell_alipay(till, must_confirm=True)
        cart = stage.fill(till)
        waiting = pay.charge(till, cart, stage.world.alipay.show_code(must_confirm=True))
        assert isinstance(waiting, pay.Waiting)
        pay.stop(till, cart, waiting.attempt, "stopped")
        stage.world.clock.advance(300)
        resolve.resolve(till)


def refunds(stage: Stage) -> None:
    """Money back: done, refused, and lost on its way, then found."""
    with closing(stage.open()) as till:
        of = refund.find_refundable(till, stage.sell_alipay(till).receipt_no)
        refund.give_refund(till, of, Money(1), "破损", by=BY_MEI)
        stage.world.alipay.refuse_next_refund("ACQ.TRADE_HAS_FINISHED")
        refund.give_refund(till, of, Money(1), "破损", by=BY_MEI)
        stage.world.alipay.lose_next_reply()
        refund.give_refund(till, of, Money(2), "破损", by=BY_MEI)
        stage.world.clock.advance(600)
        resolve.resolve(till)


def moving_the_log(stage: Stage) -> None:
    """Sales with the log moved into the file between them; it is then written again from its beginning."""
    with closing(stage.open()) as till:
        for _ in range(3):
            stage.sell_cash(till)
            checkpoint(till.db)
        stage.sell_cash(till)


def shift(stage: Stage) -> None:
    """The drawer is counted, the hub has acknowledged and forgotten, the next shift opens."""
    with closing(stage.open()) as till:
        shifts.close_shift(till, Money(12_345))
        with till.transaction():
            journal.acknowledge(till.db, 1, journal.head(till.db, 1)[0], till.clock.now())
        with till.transaction():
            journal.forget_acknowledged(till.db, 1, 5)
        shifts.open_shift(till, LIN, Money(5_000))
        stage.sell_cash(till)


def new_till(stage: Stage) -> None:
    """A till that has no files yet."""
    with closing(stage.open()) as till:
        shifts.open_shift(till, LIN, Money(10_000))
        shifts.close_shift(till, Money(10_000))


def migration(stage: Stage) -> None:
    """A file of the first shape is brought up to date, and sold on."""
    with closing(stage.open()) as till:
        stage.sell_cash(till)


def swap(stage: Stage) -> None:
    """Pages of the hub's feed: a full one, one that changes prices and removes a product, one after a checkpoint."""
    with closing(stage.open()) as till:
        for page in range(3):
            changed = [
                goods(
                    f"70{page}{number:03d}",
                    f"商品 {page} {number}",
                    stage.chance.randint(1, 9999),
                    f"69{page}{number:010d}",
                )
                for number in range(stage.chance.randint(3, 30))
            ]
            changed.append(goods("600101", "农夫山泉 550ml", 200 + page, WATER))
            catalogue.apply_feed(till.prices, changed, ["600102"] if page == 1 else [], f"page {page}")
            stage.say({"cursor": f"page {page}"})
            checkpoint(till.prices)


SCENES: dict[str, Callable[[Stage], None]] = {
    "cash sale": cash, "Alipay sale": alipay, "refund": refunds, "checkpoint": moving_the_log, "shift": shift,
    "new till": new_till, "migration": migration, "catalogue": swap,
}  # fmt: skip


def make_old(folder: Path) -> None:
    """Turn the till's file in a folder into one of the first shape, with the same facts in it.

    They must be such as the tills of then could know: goods of no department.
    """
    path = till_file(fake_settings(folder))
    first = Migrations("till")
    first(name="journal_sales_and_counter")(migrations.journal_sales_and_counter)
    old = path.with_name("old.db")
    made = open_database(old, first, application_id=migrations.TILL_FILE)
    made.conn.set_authorizer(None)
    made.conn.execute("ATTACH ? AS new", [path.as_posix()])
    made.conn.execute("BEGIN IMMEDIATE")
    tables = made.conn.execute("SELECT name FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE '%sqlite%'")
    for (table,) in tables.fetchall():
        old_ones, new_ones = (_columns(made, f"{file}.table_info({table})") for file in ("main", "new"))
        columns = ", ".join(each for each in old_ones if each in new_ones)
        made.conn.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table} ORDER BY rowid")
    made.conn.execute("DELETE FROM main.totals WHERE kind = 'drawer'")  # added up only since there are cash moves
    made.conn.execute("COMMIT")
    made.conn.close()
    old.replace(path)


def _columns(db: Database, table: str) -> list[str]:
    return [row[1] for row in db.conn.execute(f"PRAGMA {table}")]
