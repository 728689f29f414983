"""Join: goods were scanned on the pay page; do they belong to this sale? One button for each answer."""

from PySide6.QtWidgets import QFrame, QHBoxLayout

from pos.till.goods import OnSale
from ui import theme
from ui.checkout.pick_panel import pack_name
from ui.display import shortened
from ui.keys.keymap import Press
from ui.parts import button, label

NAME_COLUMNS = 18
"""Of a name beside the buttons."""


class JoinPanel(QFrame):
    """In the notice's place: what was scanned, and the two keys."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("join_panel")
        self.setProperty("role", "alarm")
        self._words = label("join_words", "", role="question")
        self._words.setMinimumWidth(0)
        self.take = button("take_goods", self.tr("加入"), role="primary", press=Press.TAKE)
        self.leave = button("leave_goods", self.tr("不要"), role="quiet", press=Press.STOP)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.px(4), 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self._words, 1)
        layout.addWidget(self.take)
        layout.addWidget(self.leave)

    def ask(self, found: list[OnSale]) -> None:
        """Ask about what was scanned last, and say how many more there are."""
        pack = found[-1].packs[0]
        name = shortened(pack_name(pack), NAME_COLUMNS)
        more = f" +{len(found) - 1}" if len(found) > 1 else ""
        asked = self.tr("加入这一单？")
        self._words.setText(f"{name}\n{pack.price}{more} {asked}")
