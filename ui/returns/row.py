"""Row: one line of goods that may come back, large enough to touch: less, how much, more."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout

from pos.domain.quantity import Quantity, Unit
from ui import theme
from ui.display import quantity_text
from ui.parts import button, dress, label, named
from ui.returns.choice import Line


class ReturnRow(QFrame):
    """A line; ``wanted`` carries how much of it shall come back, ``touched`` says that it is meant now."""

    wanted = Signal(int)
    touched = Signal()

    def __init__(self, line: Line, key: str) -> None:
        super().__init__()
        named(self, "return_row").setProperty("role", "card")
        self._line = line
        self._name = label("return_name", line.name)
        self._left = label("return_left", "", role="advice")
        self._count = label("return_count", "", role="emphasis")
        self._count.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._count.setFixedWidth(theme.px(120))
        chip = label("return_key", key, role="chip" if key else "body")
        chip.setAlignment(Qt.AlignmentFlag.AlignCenter)
        chip.setFixedWidth(theme.px(40))
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._name)
        words.addWidget(self._left)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(8), theme.px(4), theme.px(8), theme.px(4))
        row.addWidget(chip)
        row.addLayout(words, 1)
        for name, sign, spoken, step in (("less", "−", self.tr("少退一件"), -1), ("more", "+", self.tr("多退一件"), 1)):
            touch = button(f"return_{name}", sign, role="key")
            touch.setAccessibleName(spoken)
            touch.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            touch.clicked.connect(lambda _checked=False, step=step: self.change(step))
            row.addWidget(touch)
            if name == "less":
                row.addWidget(self._count)
        self.show_line(line, is_meant=False)

    def change(self, steps: int) -> None:
        """Want one more of it, or one less."""
        self.touched.emit()
        self.wanted.emit(self._line.chosen + steps * self._line.step)

    def show_line(self, line: Line, *, is_meant: bool) -> None:
        """Show how much of it comes back now; the one that is meant is where typed numbers go."""
        self._line = line
        self._count.setText(self._quantity(line.chosen))
        self._left.setText(self.tr("还可退 %s · %s") % (quantity_text(line.left), line.worth))
        dress(self, "role", "meant" if is_meant else "card")

    def _quantity(self, amount: int) -> str:
        if amount == 0:
            return "0"
        return quantity_text(Quantity(amount, self._line.left.unit))

    @property
    def is_weighed(self) -> bool:
        """Whether it is counted in grams."""
        return self._line.left.unit is Unit.GRAM
