"""Notice bar: the last thing scanned, or in its place what is wrong; one slot that never moves."""

from PySide6.QtWidgets import QFrame, QGridLayout

from pos.domain.slip import columns
from ui import theme
from ui.messages import Notice
from ui.parts import dress, label

COLUMNS = 30
"""Of large words that fit one row; a Chinese character takes two."""
_SIGNS = {"good": "✓", "look": "⚠", "stop": "✕"}


class NoticeBar(QFrame):
    """What happened, what to do now, a short code in grey."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("notice_bar")
        self._words, self._action = label("notice_words", ""), label("notice_action", "")
        self._code = label("notice_code", "")
        self._code.setWordWrap(False)
        self._resting = self._looks = ("", "")
        self._told = ("", "", "", "")
        self.setFixedHeight(theme.px(84))
        layout = QGridLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(4), theme.px(12), theme.px(4))
        layout.setSpacing(0)
        layout.addWidget(self._words, 0, 0, 1, 2)
        layout.addWidget(self._action, 1, 0)
        layout.addWidget(self._code, 1, 1)
        layout.setColumnStretch(0, 1)
        self.clear()

    def show_notice(self, notice: Notice) -> None:
        """Show words in the colour of their kind, with its sign."""
        self._show(f"{_SIGNS[notice.kind]} {notice.words}", notice.action, notice.code, notice.kind)

    def rest_on(self, words: str, detail: str) -> None:
        """Show this, large and plain, whenever nothing is wrong."""
        self._resting = (words, detail)
        if self.property("kind") in {None, "rest"}:
            self.clear()

    def clear(self) -> None:
        """Take the notice away."""
        self._show(*self._resting, "", "rest")

    def _show(self, words: str, action: str, code: str, kind: str) -> None:
        told = (words, action, code, kind)
        if told == self._told:
            return
        self._told = told
        self._words.setText(words)
        self._action.setText(action)
        self._action.setVisible(bool(action) or not words)  # to show it anew at each first line takes milliseconds
        self._code.setText(code)
        looks = ("true" if columns(words) > COLUMNS else "false", kind)
        if looks != self._looks:  # a style is worked out anew in a millisecond, at each scan
            self._looks = looks
            dress(self, "is_long", looks[0])
            dress(self, "kind", kind)
            for part in (self._words, self._action):
                part.style().unpolish(part)
                part.style().polish(part)
