"""Notice bar: one row of words in place of a pop-up, so that the next scan still works."""

from PySide6.QtWidgets import QFrame, QGridLayout

from ui.messages import Notice
from ui.parts import label

_SIGNS = {"good": "✓", "look": "⚠", "stop": "✕"}


class NoticeBar(QFrame):
    """What happened, what to do now, a short code in grey."""

    def __init__(self) -> None:
        super().__init__(objectName="notice_bar")
        self._words, self._action = label("notice_words", ""), label("notice_action", "")
        self._code = label("notice_code", "")
        layout = QGridLayout(self)
        layout.addWidget(self._words, 0, 0)
        layout.addWidget(self._code, 0, 1)
        layout.addWidget(self._action, 1, 0, 1, 2)
        layout.setColumnStretch(0, 1)
        self.hide()

    def show_notice(self, notice: Notice) -> None:
        """Show words in the colour of their kind, with its sign."""
        self._words.setText(f"{_SIGNS[notice.kind]} {notice.words}")
        self._action.setText(notice.action)
        self._action.setVisible(bool(notice.action))
        self._code.setText(notice.code)
        self.setProperty("kind", notice.kind)
        self.style().unpolish(self)
        self.style().polish(self)
        self.show()

    def clear(self) -> None:
        """Take the words away."""
        self.hide()
