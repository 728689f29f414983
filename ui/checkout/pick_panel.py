"""Pick: one barcode means several things; big rows, and the keys 1 to 9, say which one it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from pos.domain.product import Pack
from pos.domain.quantity import Unit
from ui import language, theme
from ui.display import product_name
from ui.keys.keymap import Press
from ui.parts import button, label, named
from ui.scanner_keys import no_input_method

KEYS = "123456789"


class PickPanel(QWidget):
    """Asks which one it is, and has room for what is typed instead: what begins with the digit of no row picks none.

    Signals: ``picked`` carries a Pack and the digit that picked it, if one did; ``left`` says that it is none of them.
    """

    picked = Signal(object, str)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pick_panel")
        self._packs: list[Pack] = []
        self._title = label("pick_title", "", role="big")
        self.box = named(QLineEdit(placeholderText=self.tr("按数字选；或输入条码、编号、拼音")), "pick_box")
        no_input_method(self.box)
        self._typed = ""
        self.box.textChanged.connect(self._on_typed)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(self.box)
        layout.addWidget(self._make_list(), 1)
        back = button("pick_none", self.tr("都不是"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.left)
        layout.addWidget(back)

    def open(self, packs: Sequence[Pack], *, is_typed: bool = False) -> None:
        """Show what a barcode, or what somebody typed, may mean, in the order of the shelves."""
        if list(packs) == self._packs:
            return  # asked again: the rows stand as they are
        self._packs = list(packs)
        self.box.clear()
        asks = self.tr("找到 %d 种商品，是哪一种？") if is_typed else self.tr("这个条码有 %d 种商品，是哪一种？")
        self._title.setText(asks % len(packs))
        while (old := self._rows.takeAt(0)) is not None:
            if (row := old.widget()) is not None:
                row.setParent(None)
                row.deleteLater()
        for place, pack in enumerate(self._packs):
            self._rows.addWidget(self._make_row(place, pack))
        self._rows.addStretch()

    def _on_typed(self, text: str) -> None:
        """Take the digit of a row, if it is typed into the empty box."""
        typed, self._typed = self._typed, text
        place = KEYS.find(text) if len(text) == 1 and not typed else -1
        if 0 <= place < len(self._packs):
            self.box.clear()
            self.picked.emit(self._packs[place], text)

    def _make_list(self) -> QScrollArea:
        inside = QWidget()
        inside.setLayout(self._rows)
        area = named(QScrollArea(), "pick_rows")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _make_row(self, place: int, pack: Pack) -> QPushButton:
        sign = KEYS[place : place + 1]
        row = button(f"pick_{place}", f"{sign}   {pack_name(pack)}\n{self._second_line(pack)}", role="pick")
        row.setMinimumHeight(theme.px(96))
        row.clicked.connect(lambda _checked=False: self.picked.emit(pack, ""))
        return row

    def _second_line(self, pack: Pack) -> str:
        per_kilogram = "/kg" if pack.product.unit is Unit.GRAM else ""
        told = [f"{pack.price}{per_kilogram}", self.tr("编号 %s") % pack.product.sku]
        if pack.quantity > 1:
            told.insert(1, self.tr("%d 件一起") % pack.quantity)
        return "    ".join(told)


def pack_name(pack: Pack) -> str:
    """Return a product's name and what the pack is called, in the language of the screen."""
    words = pack.words_en if language.current() == "en" and pack.words_en else pack.words
    return f"{product_name(pack.product)} {words}".strip()
