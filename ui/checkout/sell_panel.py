"""Sell: find the thing without a barcode in two touches or three letters of pinyin."""

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.product import Product
from pos.domain.shelves import Shelf
from pos.domain.tiles import Arrangement, TilePage
from ui import language, theme
from ui.checkout.arranged import Arranged
from ui.counter import Counter
from ui.display import product_name, shortened
from ui.parts import button, label, named
from ui.timers import timer
from ui.widgets.product_tiles import ProductTiles
from ui.widgets.shelf_bar import ShelfBar

SEARCH_AFTER_MS = 120
QUICK_KEYS, QUICK_COLUMNS = 4, 48
"""Products of pinned pages that have a key of their own, and the columns of words that all of them have room for."""


class SellPanel(QWidget):
    """The search box, the quick keys, the pages, and the tiles of what was found.

    Args:
        arranged: the manager's pages, which stand before the shelves.
    """

    def __init__(self, counter: Counter, arranged: Arranged | None = None) -> None:
        super().__init__()
        self.setObjectName("sell_panel")
        self._counter, self._arranged = counter, arranged or Arranged()
        self._pages: Arrangement = ()
        self._shelved: list[Shelf] = []
        self.box = named(QLineEdit(placeholderText=self.tr("扫描条码，或输入名称、拼音首字母、编号")), "search")
        self._tiles, self._shelves = ProductTiles(), ShelfBar()
        self._nothing = label("search_nothing", self.tr("没有找到。换个名称或拼音首字母再试"), role="advice")
        self._quick, self._on_keys = QHBoxLayout(), list[Product]()
        self._quick.setSpacing(theme.px(4))
        self._soon = timer(self, SEARCH_AFTER_MS, self._search, once=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addLayout(self._quick)
        layout.addWidget(self._shelves)
        layout.addWidget(self._nothing)
        layout.addWidget(self._tiles, 1)
        self.box.textChanged.connect(self._soon.start)
        self._tiles.picked.connect(self._pick)
        self._shelves.chosen.connect(self._open)

    def stock(self) -> None:
        """Show pages and shelves as they are now; does nothing when they are the same."""
        pages, shelves = self._arranged.pages(), self._counter.basket.shelves()
        is_other = (pages, shelves) != (self._pages, self._shelved)
        self._pages, self._shelved = pages, shelves
        self._show_quick_keys()
        names = [*map(_name, pages), *map(_name, shelves)]
        if self._shelves.show_names(names) or is_other:
            self._open(self._shelves.place)

    def clear(self) -> None:
        """Empty the box."""
        self.box.clear()

    def _show_quick_keys(self) -> None:
        pinned = [each for page in self._pages if page.is_pinned for each in self._arranged.products(page)]
        if pinned[:QUICK_KEYS] == self._on_keys:
            return
        self._on_keys = pinned[:QUICK_KEYS]
        while (old := self._quick.takeAt(0)) is not None:
            if (key := old.widget()) is not None:
                key.setParent(None)
                key.deleteLater()
        room = QUICK_COLUMNS // max(1, len(self._on_keys))
        for place, product in enumerate(self._on_keys):
            price = str(product.price)
            name = shortened(product_name(product), room - len(price))
            key = button(f"quick_{place}", f"{name} {price}", role="shelf")
            key.setAccessibleName(f"{product_name(product)} {price}")
            key.clicked.connect(lambda _checked=False, product=product: self._pick(product))
            self._quick.addWidget(key)

    def _open(self, place: int) -> None:
        self.box.clear()
        self._soon.stop()
        self._show(self._products_at(place))

    def _products_at(self, place: int) -> list[Product]:
        if place < len(self._pages):
            return self._arranged.products(self._pages[place])
        on_shelves = self._shelved[place - len(self._pages) :]
        return self._counter.basket.shelf(on_shelves[0].name) if on_shelves else []

    def _search(self) -> None:
        text = self.box.text().strip()
        if text:
            self._show(self._counter.basket.search(text))
        elif self._shelves.names:
            self._show(self._products_at(self._shelves.place))

    def _show(self, products: list[Product]) -> None:
        self._tiles.show_products(products)
        self._nothing.setVisible(not products)

    def _pick(self, product: Product) -> None:
        self.box.clear()
        self._counter.basket.add(product)


def _name(of: TilePage | Shelf) -> str:
    return of.name_en if language.current() == "en" and of.name_en else of.name
