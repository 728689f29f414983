"""Room: what stands behind the counter: carts laid aside, scale labels, tiles, the printer, the figures."""

from collections.abc import Callable
from dataclasses import dataclass

from pos.domain.errors import NeedsManager
from pos.domain.staff import Act, By, Cashier
from pos.domain.tiles import Arrangement
from pos.till import sell, tiles
from pos.till.figures.store_day import StoreTotals
from pos.till.suspend import HubCarts
from ui.checkout.arranged import Arranged
from ui.checkout.tiles_page import Failed, Shelves, Then
from ui.hands import Hands
from ui.labels.desk import LabelDesk
from ui.manager.books import Books
from ui.manager.errands import Errands
from ui.printing.desk import PrintDesk
from ui.suspended.aside import Aside


@dataclass(frozen=True, slots=True)
class Room:
    """Helpers of the counter, each with the hands it needs."""

    aside: Aside
    labels: LabelDesk
    shelves: Shelves
    printing: PrintDesk
    books: Books
    errands: Errands


def open_room(hands: Hands, who: Callable[[], Cashier | None], hub: HubCarts | None = None,
              printing: PrintDesk | None = None, totals: StoreTotals | None = None) -> Room:  # fmt: skip
    """Join the helpers.

    Args:
        who: who is at the counter; None for nobody.
        hub: the carts of the store's other tills; None for a till that keeps to itself.
        printing: with a lane of its own; without it the till lane prints, which is for tests.
        totals: of the store's tills; None for such a one.
    """
    till, lane = hands.till, hands.lane

    def keep(pages: Arrangement, then: Then, failed: Failed) -> None:
        cashier = who()
        if cashier is None:
            failed(NeedsManager(act=Act.CHANGE_STORE.value))
        else:
            lane.run(lambda writing: tiles.arrange(writing, pages, by=By(cashier)), then, failed)

    arranged = Arranged(lambda: tiles.tile_pages(till), lambda page: tiles.products_on(till, page))
    return Room(
        Aside(till, lane, hands.payments, hub),
        LabelDesk(till, lane),
        Shelves(arranged, lambda text: sell.search(till, text), keep),
        printing or PrintDesk(till, lane),
        Books(till, lane, who),
        Errands(till, who, totals),
    )
