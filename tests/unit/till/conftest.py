"""A till on real files, in a world that can be told what to do."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from pos.domain.cart import Cart
from pos.till import sell
from pos.till.till import Till
from tests.fake_alipay import FakeAlipay
from tests.fakes import WATER, World, quick_folder


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder of real files in memory: what is shown here is what is written, not how fast a disk syncs."""
    with quick_folder() as folder:
        yield folder / "till"


@pytest.fixture
def world(tmp_path: Path) -> World:
    return World(tmp_path)


@pytest.fixture
def till(world: World) -> Iterator[Till]:
    """A till with goods on the shelf and Lin's shift open."""
    till = world.open_selling()
    yield till
    till.close()


@pytest.fixture
def alipay(world: World) -> FakeAlipay:
    return world.alipay


@pytest.fixture
def cart_of(till: Till) -> Callable[..., Cart]:
    """Return what makes a cart of scanned texts, a bottle of water when none is said; of what is weighed a kilogram."""

    def make(*texts: str) -> Cart:
        cart = sell.new_cart(till)
        for text in texts or (WATER,):
            line = sell.scan(till, cart, text).line
            if line and line.needs_weight:
                cart.set_quantity(line.line_no, 1000)
        return cart

    return make
