"""Sell: find the thing without a barcode in two touches or three letters of pinyin."""

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QVBoxLayout, QWidget

from pos.domain.product import Product
from ui import theme
from ui.counter import Counter
from ui.parts import button, label, named
from ui.timers import timer
from ui.widgets.product_tiles import ProductTiles

SEARCH_AFTER_MS = 120
SHELF_COLUMNS = 6


class SellPanel(QWidget):
    """The search box, the shelves, and the tiles of what was found."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("sell_panel")
        self._counter = counter
        self.box = named(QLineEdit(placeholderText=self.tr("扫描条码，或输入名称、拼音首字母、编号")), "search")
        self._tiles = ProductTiles()
        self._nothing = label("search_nothing", self.tr("没有找到。换个名称或拼音首字母再试"), role="advice")
        self._shelves = QGridLayout()
        self._shelves.setSpacing(theme.px(4))
        self._group = QButtonGroup(self)
        self._soon = timer(self, SEARCH_AFTER_MS, self._search, once=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.box)
        layout.addLayout(self._shelves)
        layout.addWidget(self._nothing)
        layout.addWidget(self._tiles, 1)
        self.box.textChanged.connect(self._soon.start)
        self._tiles.picked.connect(self._pick)

    def stock(self) -> None:
        """Show the shelves as the catalogue has them now; does nothing when they are the same."""
        names = self._counter.basket.categories()
        if names == [each.text() for each in self._group.buttons()]:
            return
        for old in self._group.buttons():
            self._group.removeButton(old)
            old.deleteLater()
        for place, name in enumerate(names):
            shelf = button(f"shelf_{place}", name, role="shelf")
            shelf.setCheckable(True)
            shelf.clicked.connect(lambda _checked=False, name=name: self._show_shelf(name))
            self._group.addButton(shelf)
            self._shelves.addWidget(shelf, place // SHELF_COLUMNS, place % SHELF_COLUMNS)
        if names:
            self._group.buttons()[0].setChecked(True)
            self._show_shelf(names[0])

    def clear(self) -> None:
        """Empty the box."""
        self.box.clear()

    def first_found(self) -> Product | None:
        """Return the best product for what is typed, None when nothing fits."""
        found = self._counter.basket.search(self.box.text())
        return found[0] if found else None

    def _show_shelf(self, name: str) -> None:
        self.box.clear()
        self._show(self._counter.basket.shelf(name))

    def _search(self) -> None:
        text = self.box.text().strip()
        if text:
            self._show(self._counter.basket.search(text))
        elif (chosen := self._group.checkedButton()) is not None:
            self._show(self._counter.basket.shelf(chosen.text()))

    def _show(self, products: list[Product]) -> None:
        self._tiles.show_products(products)
        self._nothing.setVisible(not products)

    def _pick(self, product: Product) -> None:
        self.box.clear()
        self._counter.basket.add(product)
