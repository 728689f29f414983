"""Pick: one barcode means several things; a touch on its row, or the row's digit and Enter, says which one it is."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget

from pos.domain.code import plain
from pos.domain.product import Pack
from pos.domain.quantity import Unit
from ui import language, theme
from ui.display import product_name
from ui.keys import now
from ui.keys.keymap import Press
from ui.parts import button, dress, label, named
from ui.scanner_keys import no_input_method

KEYS = "123456789"


class PickPanel(QWidget):
    """Asks which one it is, and has room for what is typed instead; a digit only marks its row until Enter takes it.

    Signals: ``picked`` carries a Pack; ``left`` says that it is none of them.
    """

    picked = Signal(object)
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("pick_panel")
        self._packs: list[Pack] = []
        self._keys: list[QPushButton] = []
        self._title = label("pick_title", "", role="big")
        self.box = named(QLineEdit(placeholderText=self.tr("行号加回车；或输入条码、拼音")), "pick_box")
        no_input_method(self.box)
        self.box.textChanged.connect(self._mark)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self._area = self._make_list()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._title)
        layout.addWidget(self.box)
        layout.addWidget(self._area, 1)
        back = button("pick_none", self.tr("都不是"), role="quiet", press=Press.STOP)
        back.clicked.connect(self._leave)
        layout.addWidget(back)

    def open(self, packs: Sequence[Pack], *, is_typed: bool = False) -> None:
        """Show what a barcode, or what somebody typed, may mean, in the order of the shelves."""
        if list(packs) == self._packs:
            return  # asked again: the rows stand as they are
        self._packs = list(packs)
        asks = self.tr("找到 %d 种商品，是哪一种？") if is_typed else self.tr("这个条码有 %d 种商品，是哪一种？")
        self._title.setText(asks % len(packs))
        while (old := self._rows.takeAt(0)) is not None:
            if (row := old.widget()) is not None:
                row.setParent(None)
                row.deleteLater()
        self._keys = [self._make_row(place, pack) for place, pack in enumerate(self._packs)]
        for key in self._keys:
            self._rows.addWidget(key)
        self._rows.addStretch()
        self._mark()

    @property
    def digits(self) -> str:
        """The digits that rows have."""
        return KEYS[: len(self._packs)]

    def take(self, digit: str) -> bool:
        """Take the row of a digit; return whether there is one."""
        if is_row := digit in self.digits:
            self._take(self._packs[self.digits.index(digit)])
        return is_row

    def _take(self, pack: Pack) -> None:
        self.box.clear()
        self.picked.emit(pack)

    def _leave(self) -> None:
        self.box.clear()
        self.left.emit()

    def _mark(self) -> None:
        """Mark the row whose digit is all that is typed, and print on it what takes it."""
        typed = plain(self.box.text())
        for place, (row, pack) in enumerate(zip(self._keys, self._packs, strict=True)):
            sign = KEYS[place : place + 1]
            is_marked = bool(sign) and sign == typed
            first, second = f"{sign}   {pack_name(pack)}", self._second_line(pack)
            words = f"▶ {first}\n{now.printed(Press.TAKE)}    {second}" if is_marked else f"{first}\n{second}"
            row.setText(words)
            dress(row, "is_set", "true" if is_marked else "false")
            if is_marked:
                self._area.ensureWidgetVisible(row)

    def _make_list(self) -> QScrollArea:
        inside = QWidget()
        inside.setLayout(self._rows)
        area = named(QScrollArea(), "pick_rows")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def _make_row(self, place: int, pack: Pack) -> QPushButton:
        row = button(f"pick_{place}", "", role="pick")
        row.setMinimumHeight(theme.px(96))
        row.clicked.connect(lambda _checked=False: self._take(pack))
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
