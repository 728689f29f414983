"""Room: what stands behind the counter: carts laid aside, the store's scale labels, its tiles, its printer."""

from collections.abc import Callable
from dataclasses import dataclass

from pos.domain.errors import NeedsManager
from pos.domain.staff import Act, By, Cashier
from pos.domain.tiles import Arrangement
from pos.till import sell, tiles
from pos.till.suspend import HubCarts
from ui.checkout.arranged import Arranged
from ui.checkout.tiles_page import Failed, Shelves, Then
from ui.hands import Hands
from ui.labels.desk import LabelDesk
from ui.printing.desk import PrintDesk
from ui.suspended.aside import Aside


@dataclass(frozen=True, slots=True)
class Room:
    """Four helpers of the counter, each with the hands it needs."""

    aside: Aside
    labels: LabelDesk
    shelves: Shelves
    printing: PrintDesk


def open_room(hands: Hands, who: Callable[[], Cashier | None], hub: HubCarts | None = None,
              printing: PrintDesk | None = None) -> Room:  # fmt: skip
    """Join the helpers.

    Args:
        who: who is at the counter; None for nobody.
        hub: the carts of the store's other tills; None for a till that keeps to itself.
        printing: with a lane of its own; without it the till lane prints, which is for tests.
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
    )
