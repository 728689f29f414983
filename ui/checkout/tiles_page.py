"""Tiles page: a manager arranges by touch what the counter shows: pages, and the products on each."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QPushButton, QVBoxLayout, QWidget

from pos.domain.errors import BadTiles, PosError
from pos.domain.product import Product
from pos.domain.tiles import NAME_MAX, TILES_MAX, Arrangement, TilePage, check_arrangement
from ui import theme
from ui.checkout.arranged import Arranged
from ui.display import product_name
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, label, named
from ui.widgets.notice_bar import NoticeBar
from ui.widgets.product_tiles import ProductTiles

Then = Callable[[Arrangement], None]
Failed = Callable[[PosError], None]


@dataclass(frozen=True, slots=True)
class Shelves:
    """What the page asks the till for: what is arranged, a search, and to keep another arrangement."""

    arranged: Arranged
    search: Callable[[str], list[Product]]
    keep: Callable[[Arrangement, Then, Failed], None]


class TilesPage(QWidget):
    """Left the pages, in the middle what is on the chosen one, right what may be put there; ``left`` ends it."""

    left = Signal()

    def __init__(self, shelves: Shelves) -> None:
        super().__init__()
        self.setObjectName("tiles_page")
        self._shelves = shelves
        self._pages: list[TilePage] = []
        self._names, self._products = (
            _list("tile_pages", self.tr("页")),
            _list("tile_products", self.tr("这一页的商品")),
        )
        self._name = named(QLineEdit(placeholderText=self.tr("这一页的名称")), "tile_name")
        self._name.setMaxLength(NAME_MAX)
        self._search = named(QLineEdit(placeholderText=self.tr("输入名称、拼音首字母或编号，再点商品")), "tile_search")
        self._found, self._notice = ProductTiles(), NoticeBar()
        layout = QVBoxLayout(self)
        layout.addWidget(label("tiles_title", self.tr("商品键排列"), role="big"))
        layout.addWidget(self._notice)
        middle = QHBoxLayout()
        for column, width in ((self._make_pages(), 28), (self._make_products(), 34), (self._make_search(), 38)):
            middle.addLayout(column, width)
        layout.addLayout(middle, 1)
        layout.addLayout(self._make_end())
        self._connect()

    def open(self) -> None:
        """Show what is arranged now."""
        self._pages = list(self._shelves.arranged.pages())
        self._notice.clear()
        self._show_pages(0)

    def _connect(self) -> None:
        self._names.currentRowChanged.connect(self._show_page)
        self._name.textEdited.connect(self._rename)
        self._search.textChanged.connect(lambda text: self._found.show_products(self._shelves.search(text)))
        self._found.picked.connect(self._add_product)

    def _make_pages(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self._names, 1)
        column.addWidget(label("tile_name_words", self._name.placeholderText(), role="title"))
        column.addWidget(self._name)
        column.addLayout(_row(
            self._key("page_add", self.tr("加一页"), self._add_page),
            self._key("page_remove", self.tr("删这一页"), self._remove_page),
        ))  # fmt: skip
        column.addLayout(_row(
            self._key("page_up", self.tr("▲ 上移"), lambda: self._move_page(-1)),
            self._key("page_down", self.tr("▼ 下移"), lambda: self._move_page(1)),
        ))  # fmt: skip
        self._pin = self._key("page_pin", self.tr("常驻快捷键"), self._turn_pin)
        self._pin.setCheckable(True)
        self._pin.setProperty("role", "shelf")
        column.addWidget(self._pin)
        return column

    def _make_products(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self._products, 1)
        column.addLayout(_row(
            self._key("product_left", self.tr("◀ 往前"), lambda: self._move_product(-1)),
            self._key("product_right", self.tr("往后 ▶"), lambda: self._move_product(1)),
            self._key("product_remove", self.tr("拿掉"), self._remove_product),
        ))  # fmt: skip
        return column

    def _make_search(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.addWidget(self._search)
        column.addWidget(self._found, 1)
        return column

    def _make_end(self) -> QHBoxLayout:
        keep = button("tiles_keep", self.tr("保存"), role="primary")
        keep.clicked.connect(self._keep)
        back = button("tiles_back", self.tr("返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.left)
        return _row(back, keep)

    def _key(self, name: str, text: str, press: Callable[[], None]) -> QPushButton:
        key = button(name, text, role="quiet")
        key.clicked.connect(lambda _checked=False: press())
        return key

    @property
    def _at(self) -> int:
        return self._names.currentRow()

    def _show_pages(self, at: int) -> None:
        self._names.blockSignals(True)  # noqa: FBT003  (Qt's own)
        self._names.clear()
        self._names.addItems([f"★ {page.name}" if page.is_pinned else page.name for page in self._pages])
        self._names.setCurrentRow(max(0, min(at, len(self._pages) - 1)) if self._pages else -1)
        self._names.blockSignals(False)  # noqa: FBT003
        self._show_page(self._at)

    def _show_page(self, at: int, *, product_at: int = 0) -> None:
        page = self._pages[at] if at >= 0 else TilePage("")
        if self._name.text() != page.name:
            self._name.setText(page.name)
        self._pin.setChecked(page.is_pinned)
        self._products.clear()
        on_sale = {each.sku: each for each in self._shelves.arranged.products(page)}
        for sku in page.skus:
            product = on_sale.get(sku)
            words = f"{product_name(product)}  {product.price}" if product else self.tr("%s（已下架）") % sku
            self._products.addItem(words)
        self._products.setCurrentRow(min(product_at, len(page.skus) - 1))

    def _change(self, page: TilePage, *, product_at: int = 0) -> None:
        self._pages[self._at] = page
        self._show_page(self._at, product_at=product_at)

    def _add_page(self) -> None:
        number = len(self._pages) + 1
        while any(page.name == self.tr("新的一页 %d") % number for page in self._pages):
            number += 1
        self._pages.append(TilePage(self.tr("新的一页 %d") % number))
        self._show_pages(len(self._pages) - 1)
        self._name.setFocus(Qt.FocusReason.OtherFocusReason)
        self._name.selectAll()

    def _remove_page(self) -> None:
        if self._at >= 0:
            at = self._at
            del self._pages[at]
            self._show_pages(at)

    def _move_page(self, by: int) -> None:
        at, to = self._at, self._at + by
        if at >= 0 and 0 <= to < len(self._pages):
            self._pages[at], self._pages[to] = self._pages[to], self._pages[at]
            self._show_pages(to)

    def _turn_pin(self) -> None:
        if self._at >= 0:
            self._pages[self._at] = replace(self._pages[self._at], is_pinned=self._pin.isChecked())
            self._show_pages(self._at)

    def _rename(self, name: str) -> None:
        if self._at >= 0:
            self._pages[self._at] = replace(self._pages[self._at], name=name.strip())
            self._names.item(self._at).setText(name.strip())

    def _add_product(self, product: Product) -> None:
        if self._at < 0:
            self._add_page()
        page = self._pages[self._at]
        if product.sku not in page.skus and len(page.skus) < TILES_MAX:
            self._change(replace(page, skus=(*page.skus, product.sku)), product_at=len(page.skus))

    def _move_product(self, by: int) -> None:
        at, to = self._products.currentRow(), self._products.currentRow() + by
        if self._at >= 0 and at >= 0 and 0 <= to < len(self._pages[self._at].skus):
            skus = list(self._pages[self._at].skus)
            skus[at], skus[to] = skus[to], skus[at]
            self._change(replace(self._pages[self._at], skus=tuple(skus)), product_at=to)

    def _remove_product(self) -> None:
        at = self._products.currentRow()
        if self._at >= 0 and at >= 0:
            page = self._pages[self._at]
            self._change(replace(page, skus=page.skus[:at] + page.skus[at + 1 :]), product_at=at)

    def _keep(self) -> None:
        try:
            check_arrangement(self._pages)
        except BadTiles as bad:
            self._say(bad)
            self._show_pages(int(str(bad.facts["page"])) - 1)
        else:
            self._shelves.keep(tuple(self._pages), lambda _kept: self.left.emit(), self._say)

    def _say(self, what: PosError) -> None:
        self._notice.show_notice(notice_for(what))


def _list(name: str, words: str) -> QListWidget:
    made = named(QListWidget(), name)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setSpacing(theme.px(2))
    made.setProperty("role", "pages")
    return made


def _row(*parts: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    for each in parts:
        row.addWidget(each)
    return row
