"""A till shows its manager's pages, else the head office's, else only shelves; only a manager changes them."""

import pytest

from pos.domain.errors import BadTiles, NeedsManager
from pos.domain.staff import By
from pos.domain.tiles import TilePage
from pos.storage import catalogue
from pos.storage.preferences import keep_preference
from pos.till import tiles
from pos.till.till import Till
from tests.fakes import BY_MEI, LIN, World

BAGS = TilePage("购物袋", ("600101", "600102"), is_pinned=True)
OFFICE = {"tiles": [{"name": "促销", "tiles": ["600104"]}]}


def skus(till: Till, page: TilePage) -> list[str]:
    return [each.sku for each in tiles.products_on(till, page)]


def test_where_nobody_arranged_anything_there_are_no_pages(till: Till) -> None:
    assert tiles.tile_pages(till) == ()


def test_the_managers_pages_go_before_the_head_offices(till: Till) -> None:
    catalogue.keep_rules(till.prices, "1-00000000", OFFICE)
    assert tiles.tile_pages(till) == (TilePage("促销", ("600104",)),)
    tiles.arrange(till, [BAGS], by=BY_MEI)
    assert tiles.tile_pages(till) == (BAGS,)
    tiles.arrange(till, [], by=BY_MEI)
    assert tiles.tile_pages(till) == (TilePage("促销", ("600104",)),)


def test_an_arrangement_is_there_after_a_restart(till: Till, world: World) -> None:
    tiles.arrange(till, [BAGS], by=BY_MEI)
    again = world.open_anew()
    assert tiles.tile_pages(again) == (BAGS,)
    again.close()


def test_what_is_not_on_sale_is_passed_over(till: Till) -> None:
    assert skus(till, TilePage("页", ("600104", "gone", "600101"))) == ["600104", "600101"]


def test_a_cashier_arranges_nothing(till: Till) -> None:
    with pytest.raises(NeedsManager):
        tiles.arrange(till, [BAGS], by=By(LIN))
    assert tiles.tile_pages(till) == ()


def test_what_does_not_fit_is_not_kept(till: Till) -> None:
    tiles.arrange(till, [BAGS], by=BY_MEI)
    with pytest.raises(BadTiles):
        tiles.arrange(till, [TilePage("")], by=BY_MEI)
    assert tiles.tile_pages(till) == (BAGS,)


def test_an_arrangement_that_cannot_be_read_stops_nobody(till: Till) -> None:
    with till.transaction():
        keep_preference(till.db, tiles.PREFERENCE, [{"name": 7}], till.clock.now())
    catalogue.keep_rules(till.prices, "1-00000000", OFFICE)
    assert [page.name for page in tiles.tile_pages(till)] == ["促销"]
