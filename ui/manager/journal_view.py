"""Journal: is it whole, what goes out of it, and the way to what is set in the store."""

from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from ui import theme
from ui.keys.keymap import Press
from ui.manager.books import Books
from ui.manager.sheet import Sheet
from ui.manager.view import View
from ui.parts import button, label


class JournalBoard(View):
    """Big keys, each with what it does."""

    has_numbers = False

    def __init__(self, books: Books) -> None:
        super().__init__()
        self.setObjectName("journal_board")
        self._books = books
        self.settings = button(
            "journal_settings", self.tr("店内设置：按键、标签、商品键"), role="pick", press=Press.STORE
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(label("journal_title", self.tr("账本"), role="big"))
        layout.addWidget(self.settings)
        layout.addStretch()
        layout.addLayout(QHBoxLayout())

    def show_day(self, day: date) -> None:
        """Nothing here is of a day."""

    def sheets(self) -> tuple[Sheet, ...]:
        """Return nothing: what goes out of here is the journal itself."""
        return ()
