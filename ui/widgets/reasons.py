"""Reasons: a row of usual reasons, one of which is always chosen; by touch, or by the arrows up and down."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from ui.parts import button, named

MOST = 4


class Reasons(QWidget):
    """Up to four buttons; the first is chosen until another is.

    Signals: ``changed`` that another reason is chosen.
    """

    changed = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        named(self, name)
        self._group = QButtonGroup(self)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._buttons = [self._make(f"{name}_{place}") for place in range(MOST)]
        for place, each in enumerate(self._buttons):
            self._group.addButton(each, place)
            layout.addWidget(each)
        self._group.idToggled.connect(lambda _place, _is_on: self.changed.emit())

    @staticmethod
    def _make(name: str) -> QPushButton:
        made = button(name, "", role="shelf")
        made.setCheckable(True)
        return made

    def offer(self, words: Sequence[str]) -> None:
        """Offer these reasons, the first chosen."""
        for place, each in enumerate(self._buttons):
            each.setVisible(place < len(words))
            each.setText(words[place] if place < len(words) else "")
        self._buttons[0].setChecked(True)

    def step(self, by: int) -> None:
        """Choose the reason so many to the right."""
        shown = [each for each in self._buttons if each.text()]
        place = (shown.index(self._buttons[self._group.checkedId()]) + by) % len(shown)
        shown[place].setChecked(True)

    @property
    def chosen(self) -> str:
        """The reason, in the language of the screen."""
        return self._buttons[max(0, self._group.checkedId())].text()
