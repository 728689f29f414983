"""Leaving: what is said when the window is closed while something is not where it should be yet."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from pos.till.report import Standing
from ui import theme
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.parts import button, label, named
from ui.stage import Said, Stage, Word


class LeaveBox(QDialog):
    """Says what is still open, that nothing is lost, and leaves it to the person."""

    def __init__(self, window: QWidget, standing: Standing) -> None:
        super().__init__(window)
        named(self, "leave_box")
        self.setWindowTitle(self.tr("退出柜台"))
        self.setMinimumWidth(theme.px(720))
        stay = button("leave_stay", self.tr("先不退出"), role="primary", press=Press.STOP)
        go = button("leave_go", self.tr("仍然退出"), role="quiet")
        keys = QHBoxLayout()
        keys.addWidget(go)
        keys.addWidget(stay, 2)
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(16))
        layout.addWidget(label("leave_title", self.tr("⚠ 还没有办完"), role="big"))
        for place, words in enumerate(self._words(standing)):
            layout.addWidget(label(f"leave_words_{place}", words, role="sentence"))
        layout.addWidget(label("leave_kept", self.tr("都保存在这台机器上，不会丢；下次打开会接着办。"), role="advice"))
        layout.addLayout(keys)
        stay.clicked.connect(self.reject)
        go.clicked.connect(self.accept)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def _words(self, standing: Standing) -> list[str]:
        said = []
        if standing.unsent:
            said.append(self.tr("%d 条账还没有上传总部。关机前最好等它传完。") % standing.unsent)
        if standing.has_open:
            said.append(self.tr("有支付宝收款或退款还没有结果。现在退出，要到下次打开才会查清。"))
        return said


class Leaving:
    """Whether a window may be closed now; it asks while something is unsent or unknown, though the disk has it."""

    def __init__(self, window: QWidget, counter: Counter) -> None:
        self._window, self._counter = window, counter
        self._is_said = False

    def may_close(self) -> bool:
        """Say no while money or an answer is on its way; ask, and close by itself once somebody says so."""
        stage = self._counter.stage
        if self._counter.hold.is_on:
            self._counter.say(Said(Word.IN_HAND))
            return False
        if stage.is_paying and stage not in {Stage.UNKNOWN, Stage.MONEY_HERE}:
            return False
        standing = self._counter.standing()
        if self._is_said or not (standing.unsent or standing.has_open):
            return True
        box = LeaveBox(self._window, standing)
        box.accepted.connect(self._leave)
        box.open()
        return False

    def _leave(self) -> None:
        self._is_said = True
        self._window.close()
