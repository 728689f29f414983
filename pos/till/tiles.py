"""Tiles: the pages of products to touch; a manager's arrangement, else the head office's, else the bare shelves."""

import logging
from collections.abc import Sequence

from pos.domain.errors import BadTiles
from pos.domain.product import Product
from pos.domain.staff import Act, By
from pos.domain.tiles import Arrangement, TilePage, arrangement_facts, check_arrangement, read_arrangement
from pos.storage import catalogue
from pos.storage.preferences import find_preference, keep_preference
from pos.till import allowed
from pos.till.rules import rules_of
from pos.till.till import Till

PREFERENCE = "tiles"

_log = logging.getLogger(__name__)


def tile_pages(till: Till) -> Arrangement:
    """Return the pages in their order; none where nobody arranged any, and the shelves are all there is."""
    own = find_preference(till.db, PREFERENCE)
    for pages in (own, rules_of(till).document.get("tiles")):
        if pages:
            try:
                return read_arrangement(pages)
            except BadTiles as bad:
                _log.warning("an arrangement of tiles is passed over: %s", bad)
    return ()


def products_on(till: Till, page: TilePage) -> list[Product]:
    """Return the products of a page that are on sale, in its order."""
    found = [catalogue.find_by_sku(till.prices, sku) for sku in page.skus]
    return [each for each in found if each]


def arrange(till: Till, pages: Sequence[TilePage], *, by: By) -> Arrangement:
    """Let this till show these pages from now on, and return what it shows; with none, the head office's again.

    Raises:
        BadTiles: something does not fit on the screen.
        NeedsManager, SamePerson: who does it may not.
    """
    allowed.require(till, Act.CHANGE_STORE, by)
    check_arrangement(pages)
    with till.transaction():
        keep_preference(till.db, PREFERENCE, arrangement_facts(pages), till.clock.now())
    return tile_pages(till)
