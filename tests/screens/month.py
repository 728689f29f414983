"""Month: a till that has sold for five weeks, up to a quarter past three today; for looking at its figures."""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from random import Random
from shutil import copytree
from tempfile import TemporaryDirectory

from pos.domain.entry import utc_text
from pos.domain.staff import Cashier, Role
from pos.sandbox.store import sample_products, sample_rules
from pos.storage import catalogue
from pos.till import sign_in
from tests.bench.history import Event, Year, _write
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI, World

AFTERNOON = datetime(2026, 11, 28, 7, 15, tzinfo=UTC)
"""A quarter past three in the shop, on a Saturday."""
TODAY = date(2026, 11, 28)
DAYS, SALES = 36, 110
ZHAO, HE = Cashier("1002", "赵立", Role.CASHIER), Cashier("1003", "何静", Role.CASHIER)
PIN, MEIS_PIN = "704815", "905147"


def lay_month(world: World) -> None:
    """Give a world's till five weeks of sales, and its clock this afternoon."""
    copytree(Path(_month().name, "till"), world.folder)
    world.clock.set(AFTERNOON)


@cache
def _month() -> TemporaryDirectory[str]:
    """A till's folder with the sample store on its shelves and five weeks behind it; it goes when the process ends."""
    folder = TemporaryDirectory(prefix="guitai-month-")
    world = World(Path(folder.name, "till"))
    world.clock.set(AFTERNOON - timedelta(days=DAYS))
    with closing(world.open()) as till:
        catalogue.apply_feed(till.prices, sample_products(), [], "1")
        catalogue.keep_rules(till.prices, "1-scene", {"shelves": sample_rules()["shelves"]})
        sign_in.put_staff(till, MEI, MEIS_PIN, hasher=CHEAP_HASHER)
        for each in (LIN, ZHAO, HE):
            sign_in.put_staff(till, each, PIN, by=BY_MEI, hasher=CHEAP_HASHER)
        till.db.conn.execute("PRAGMA synchronous=0")
        year = Year(Random(8))
        for place in range(DAYS):
            day = TODAY - timedelta(days=DAYS - 1 - place)
            _write(till.db, _so_far(year.day(day, SALES)) if day == TODAY else year.day(day, SALES))
    return folder


def _so_far(events: Iterator[Event]) -> Iterator[Event]:
    """Give what of a day has happened already; whoever is at the counter clears a cart more often than others."""
    for kind, at, body in events:
        if at > AFTERNOON:
            return
        yield kind, at, body
        if kind == "sale.completed" and body["counter"] % 6 == 0:
            head = {name: body[name] for name in ("shift_id", "cashier", "business_day")}
            cart = {"sale_id": body["sale_id"], "lines": 2, "total_fen": 1580, "started_at": utc_text(at)}
            yield "cart.voided", at, head | cart
