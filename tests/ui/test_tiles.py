"""A manager arranges tiles by touch, the counter shows them first, and a barcode of several things asks which."""

from collections.abc import Callable, Iterator
from contextlib import closing

import pytest
import shiboken6
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QListWidget, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.errors import NeedsManager, PosError
from pos.domain.money import Money
from pos.domain.product import Pack
from pos.domain.staff import By
from pos.domain.tiles import Arrangement, TilePage
from pos.storage import catalogue
from pos.till import sell, tiles
from pos.till.till import Till
from tests.fakes import BY_MEI, LIN, World, goods, quick_folder
from tests.ui.conftest import Desk, find
from ui import theme
from ui.checkout.arranged import Arranged
from ui.checkout.pick_panel import PickPanel
from ui.checkout.sell_panel import SellPanel
from ui.checkout.tiles_page import Failed, Shelves, Then, TilesPage
from ui.widgets.product_tiles import ProductTiles
from ui.widgets.shelf_bar import ShelfBar

TARGET = 56


@pytest.fixture
def till() -> Iterator[Till]:
    """A till with goods on shelves."""
    with quick_folder() as folder:
        till = World(folder / "till").open_selling()
        yield till
        till.close()


def arranged_by(till: Till) -> Arranged:
    """The tiles as a till has them."""
    return Arranged(lambda: tiles.tile_pages(till), lambda page: tiles.products_on(till, page))


@pytest.fixture
def page_by(till: Till, qtbot: QtBot, qapp: QApplication) -> Iterator[Callable[[By], TilesPage]]:
    """Makes the page for arranging tiles, for somebody."""
    theme.apply(qapp, 1.0)
    made: list[TilesPage] = []

    def open_page(by: By) -> TilesPage:
        def keep(pages: Arrangement, then: Then, failed: Failed) -> None:
            try:
                then(tiles.arrange(till, pages, by=by))
            except PosError as error:
                failed(error)

        page = TilesPage(Shelves(arranged_by(till), lambda text: sell.search(till, text), keep))
        made.append(page)
        qtbot.addWidget(page)
        page.resize(1366, 768)
        page.open()
        page.show()
        return page

    yield open_page
    for page in made:
        shiboken6.delete(page)


def touch(page: QWidget, name: str) -> None:
    """Touch a key."""
    part = find(page, name)
    assert isinstance(part, QAbstractButton)
    assert min(part.width(), part.height()) >= TARGET, f"{name} is too small to touch"
    part.click()


def touch_first_found(page: QWidget) -> None:
    """Touch the first product that was found."""
    view = page.findChild(ProductTiles)
    assert view is not None
    where = view.visualRect(view.model().index(0, 0)).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(where))


def add(page: QWidget, typed: str) -> None:
    """Look a product up and put it on the page."""
    box = find(page, "tile_search")
    assert isinstance(box, QLineEdit)
    box.setText(typed)
    touch_first_found(page)


def rows(page: QWidget, name: str) -> list[str]:
    """What the list shows."""
    found = find(page, name)
    assert isinstance(found, QListWidget)
    return [found.item(row).text() for row in range(found.count())]


def name_page(page: QWidget, name: str) -> None:
    """Give the page of tiles a name."""
    box = find(page, "tile_name")
    assert isinstance(box, QLineEdit)
    box.selectAll()
    QTest.keyClicks(box, "x")
    box.setText(name)
    box.textEdited.emit(name)


def test_a_manager_arranges_two_pages_and_the_till_keeps_them(page_by: Callable[[By], TilesPage], till: Till) -> None:
    page = page_by(BY_MEI)
    left: list[bool] = []
    page.left.connect(lambda: left.append(True))
    touch(page, "page_add")
    name_page(page, "购物袋")
    touch(page, "page_pin")
    add(page, "nfsq")
    add(page, "hsnrm")
    touch(page, "page_add")
    name_page(page, "水果")
    add(page, "hfspg")
    touch(page, "tiles_keep")
    assert tiles.tile_pages(till) == (
        TilePage("购物袋", ("600101", "600102"), is_pinned=True),
        TilePage("水果", ("600103",)),
    )
    assert left == [True]


def test_pages_and_products_change_their_places_and_go(page_by: Callable[[By], TilesPage], till: Till) -> None:
    tiles.arrange(till, [TilePage("甲", ("600101", "600102", "600104")), TilePage("乙")], by=BY_MEI)
    page = page_by(BY_MEI)
    assert rows(page, "tile_products") == ["农夫山泉 550ml  ¥2.00", "红烧牛肉面  ¥4.50", "龙井茶  ¥199.99"]
    touch(page, "product_right")
    touch(page, "product_right")
    touch(page, "product_right")
    assert rows(page, "tile_products")[2] == "农夫山泉 550ml  ¥2.00"
    touch(page, "product_left")
    touch(page, "product_remove")
    touch(page, "page_down")
    assert rows(page, "tile_pages") == ["乙", "甲"]
    touch(page, "tiles_keep")
    assert tiles.tile_pages(till) == (TilePage("乙"), TilePage("甲", ("600102", "600104")))


def test_a_page_without_a_name_is_shown_not_kept(page_by: Callable[[By], TilesPage], till: Till) -> None:
    page = page_by(BY_MEI)
    touch(page, "page_add")
    name_page(page, "")
    touch(page, "tiles_keep")
    assert page._notice.isVisible()
    assert tiles.tile_pages(till) == ()


def test_the_till_refuses_a_cashier_and_the_page_says_so(
    page_by: Callable[[By], TilesPage], till: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = page_by(By(LIN))
    said: list[PosError] = []
    monkeypatch.setattr(page, "_say", said.append)
    add(page, "nfsq")
    touch(page, "tiles_keep")
    assert [type(each) for each in said] == [NeedsManager]
    assert tiles.tile_pages(till) == ()


def panel_of(desk: Desk) -> SellPanel:
    """The cashier's panel of goods, with tiles."""
    return SellPanel(desk.counter, arranged_by(desk.till))


def test_the_counter_shows_pages_first_then_shelves_and_bags_have_keys(desk: Desk) -> None:
    desk.sign_in()
    with closing(desk.world.open()) as writing:
        bags = TilePage("购物袋", ("600101",), "Bags", is_pinned=True)
        tiles.arrange(writing, [bags, TilePage("常卖", ("600104", "600102"))], by=BY_MEI)
    panel = panel_of(desk)
    desk.qtbot.addWidget(panel)
    panel.resize(505, 600)
    panel.show()
    panel.stock()
    assert [key.text() for key in panel._shelves._group.buttons()] == ["购物袋", "常卖", "饮料", "食品", "水果"]
    touch(panel, "shelf_1")
    assert [each.sku for each in panel._tiles._model.products] == ["600104", "600102"]
    touch(panel, "shelf_2")
    assert [each.sku for each in panel._tiles._model.products] == ["600101", "600104"]
    touch(panel, "quick_0")
    assert [line.product.sku for line in desk.counter.cart.lines if line.product] == ["600101"]
    shiboken6.delete(panel)


def test_two_hundred_shelves_stay_in_three_rows_and_each_can_be_reached(desk: Desk) -> None:
    desk.sign_in()
    names = [f"货架{number:03d}" for number in range(200)]
    with closing(desk.world.open()) as writing:
        many = [goods(f"s{number:03d}", f"商品{number}", 100, category=name) for number, name in enumerate(names)]
        catalogue.apply_feed(writing.prices, many, [], "2")
    panel = panel_of(desk)
    desk.qtbot.addWidget(panel)
    panel.resize(505, 600)
    panel.show()
    panel.stock()
    seen: set[str] = set()
    for _ in range(20):
        QApplication.processEvents()  # Qt shows what was put into a layout in the next turn
        keys = [key for key in panel._shelves.findChildren(QAbstractButton) if key.isVisible()]
        assert len(keys) <= 18
        assert all(min(key.width(), key.height()) >= TARGET for key in keys)
        seen |= {key.text() for key in keys}
        touch(panel, "shelf_more")
    assert set(names) <= seen
    shiboken6.delete(panel)


def test_a_long_name_of_a_shelf_takes_two_rows_and_no_more_room(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(qapp, 1.0)
    bar = ShelfBar()
    qtbot.addWidget(bar)
    names = ["饮料", "Seafood & frozen", "Vegetables", "休闲零食"]
    bar.show_names(names)
    keys = [find(bar, f"shelf_{place}") for place in range(len(names))]
    assert [key.property("text") for key in keys] == ["饮料", "Seafood\n&& frozen", "Veg…bles", "休闲零食"]
    assert [key.accessibleName() for key in keys] == names
    bar.show_names(["Seafood & frozen"] * 18)
    assert bar.minimumSizeHint().width() <= 505, "as wide as its place on the base screen"


@pytest.fixture
def pick(qtbot: QtBot, qapp: QApplication, till: Till) -> Iterator[tuple[PickPanel, list[Pack], list[object]]]:
    """Pick a product."""
    theme.apply(qapp, 1.0)
    water, noodles = sell.search(till, "nfsq")[0], sell.search(till, "hsnrm")[0]
    packs = [Pack(water, "6900000000007"), Pack(water, "6900000000007", 24, Money(4_500), "箱"), Pack(noodles, "69")]
    panel = PickPanel()
    qtbot.addWidget(panel)
    panel.resize(505, 600)
    panel.open(packs)
    panel.show()
    said: list[object] = []
    panel.picked.connect(said.append)
    panel.left.connect(lambda: said.append("left"))
    yield panel, packs, said
    shiboken6.delete(panel)


def starts(panel: PickPanel) -> list[tuple[str, bool]]:
    """What is written first on each row, and whether the row looks chosen."""
    keys = [find(panel, f"pick_{place}") for place in range(3)]
    return [(str(key.property("text"))[:3].strip(), key.property("is_set") == "true") for key in keys]


def test_a_touch_or_a_digit_that_is_taken_says_which_one_it_is(
    pick: tuple[PickPanel, list[Pack], list[object]],
) -> None:
    panel, packs, said = pick
    QTest.keyClick(panel.box, Qt.Key.Key_2)
    assert said == [], "a digit alone picks nothing"
    assert panel.take("2")
    touch(panel, "pick_0")
    assert (said, panel.box.text()) == ([packs[1], packs[0]], "")
    assert not panel.take("4")


def test_the_row_of_a_digit_is_marked_as_long_as_the_digit_is_all_that_is_typed(
    pick: tuple[PickPanel, list[Pack], list[object]],
) -> None:
    panel, _, said = pick
    plain_rows = [("1", False), ("2", False), ("3", False)]
    QTest.keyClick(panel.box, Qt.Key.Key_2)
    assert starts(panel) == [("1", False), ("▶ 2", True), ("3", False)]
    assert "\nEnter    ¥45.00" in str(find(panel, "pick_1").property("text")), "and says what takes it"
    QTest.keyClick(panel.box, Qt.Key.Key_0)
    assert starts(panel) == plain_rows
    panel.box.setText("4")
    assert (starts(panel), said) == (plain_rows, [])
    touch(panel, "pick_none")
    assert (said, panel.box.text()) == (["left"], "")


def test_a_marked_row_far_down_comes_into_sight(pick: tuple[PickPanel, list[Pack], list[object]], qtbot: QtBot) -> None:
    panel, packs, _ = pick
    panel.open(packs * 3)
    first, last = find(panel, "pick_0"), find(panel, "pick_8")
    qtbot.waitUntil(lambda: last.y() > 8 * first.height(), timeout=5000)
    assert last.visibleRegion().isEmpty()
    QTest.keyClick(panel.box, Qt.Key.Key_9)
    assert not last.visibleRegion().isEmpty()


def test_each_row_says_what_it_is_and_what_it_costs(pick: tuple[PickPanel, list[Pack], list[object]]) -> None:
    panel, _, _ = pick
    texts = [find(panel, f"pick_{place}").property("text") for place in range(3)]
    assert texts[1] == "2   农夫山泉 550ml 箱\n¥45.00    24 件一起    编号 600101"
    assert ["¥2.00" in texts[0], "¥4.50" in texts[2]] == [True, True]
