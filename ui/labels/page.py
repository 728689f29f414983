"""Label page: scan three labels of a scale, compare what they are read as, take the rule."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.domain.errors import PosError
from pos.domain.label_doctor import LABELS_NEEDED, check_label
from pos.domain.scale_label import ScaleRule
from pos.domain.staff import Cashier
from ui import theme
from ui.keys.keymap import Press
from ui.labels.desk import LabelDesk, Rules
from ui.labels.proposal import ProposalPanel
from ui.labels.words import rule_words
from ui.messages import notice_for
from ui.parts import button, dress, label, named, number_field


class LabelPage(QWidget):
    """Left the labels as they are scanned and the rules found here before, right what they are read as.

    Signals: ``left`` when the manager goes back; ``kept`` carries the rules that hold at this till from now on.

    Args:
        who: who is at the counter; None for nobody.
    """

    left = Signal()
    kept = Signal(object)

    def __init__(self, labels: LabelDesk, who: Callable[[], Cashier | None]) -> None:
        super().__init__()
        self.setObjectName("label_page")
        self._labels, self._who = labels, who
        self._texts: list[str] = []
        self.box = number_field("label_box", self.tr("扫标签，或输入数字"))
        self.box.setAccessibleName(self.tr("秤标签的条码"))
        self._rows = [label(f"label_text_{row}", "", role="off") for row in range(LABELS_NEEDED)]
        self._verdict = label("label_verdict", "", role="verdict")
        self._found = QVBoxLayout()
        self.proposal = ProposalPanel()
        keeps_its_place = self.proposal.sizePolicy()
        keeps_its_place.setRetainSizeWhenHidden(True)
        self.proposal.setSizePolicy(keeps_its_place)
        self._lay_out()
        self.proposal.taken.connect(self._keep)

    def _lay_out(self) -> None:
        left = QVBoxLayout()
        left.setSpacing(theme.px(12))
        left.addWidget(label("label_title", self.tr("电子秤标签"), role="big"))
        left.addWidget(label("label_how", self.tr("用同一台秤打三张商品不同、重量不同的标签，一张一张扫进来")))
        left.addLayout(self._make_box())
        for row in self._rows:
            left.addWidget(row)
        left.addWidget(self._verdict)
        left.addLayout(self._found)
        left.addStretch()
        left.addLayout(self._make_ways_out())
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.px(24))
        layout.addLayout(left, 5)
        layout.addWidget(self.proposal, 6)

    def _make_box(self) -> QHBoxLayout:
        add = button("label_add", self.tr("加入"), role="quiet", press=Press.TAKE)
        add.clicked.connect(self.press_enter)
        row = QHBoxLayout()
        row.addWidget(self.box, 3)
        row.addWidget(add, 1)
        return row

    def _make_ways_out(self) -> QHBoxLayout:
        again = button("label_again", self.tr("重新扫"), role="quiet")
        again.clicked.connect(self.open)
        back = button("label_back", self.tr("返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.left)
        row = QHBoxLayout()
        row.addWidget(back, 1)
        row.addWidget(again, 1)
        return row

    def open(self) -> None:
        """Start without labels."""
        self._texts.clear()
        self.box.clear()
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say("", "rest")
        self._show_texts()
        self._show_found(self._labels.rules())

    def press_enter(self) -> None:
        """Take what is typed."""
        if text := self.box.text().strip():
            self.take(text)

    def take(self, text: str) -> None:
        """Take a label, whoever read it; after the third say how they may be laid out."""
        self.box.clear()
        try:
            digits = check_label(text)
        except PosError as error:
            self._complain(error)
            return
        if digits in self._texts:
            self._say(self.tr("⚠ 这一张已经扫过：%s") % digits, "look")
            return
        self._texts = [*self._texts, digits][-LABELS_NEEDED:]
        self._say("", "rest")
        self._show_texts()
        if len(self._texts) == LABELS_NEEDED:
            self._propose()

    def take_scanned(self, text: str) -> None:
        """Take a label that was scanned while this page is looked at."""
        if self.isVisible():
            self.take(text)

    def _propose(self) -> None:
        try:
            self.proposal.show_proposals(self._labels.propose(self._texts))
        except PosError as error:
            self._complain(error)
        else:
            self.proposal.show()

    def _keep(self, rule: ScaleRule) -> None:
        if cashier := self._who():
            self._labels.keep(cashier, rule, self._on_kept, self._complain)

    def _drop(self, rule: ScaleRule) -> None:
        if cashier := self._who():
            self._labels.drop(cashier, rule, self._on_dropped, self._complain)

    def _on_kept(self, rules: Rules) -> None:
        self.open()
        self._say(self.tr("✓ 已采用，现在就可以扫这种标签"), "good")
        self.kept.emit(rules)

    def _on_dropped(self, rules: Rules) -> None:
        self._show_found(rules)
        self._say(self.tr("✓ 已停用，这种标签按总部的规则读"), "good")
        self.kept.emit(rules)

    def _show_texts(self) -> None:
        self.proposal.hide()
        for place, row in enumerate(self._rows):
            text = self._texts[place] if place < len(self._texts) else ""
            row.setText(f"✓ {text}" if text else self.tr("第 %d 张：还没有扫") % (place + 1))

    def _show_found(self, rules: Rules) -> None:
        while (item := self._found.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for rule in rules:
            self._found.addWidget(self._make_found(rule))

    def _make_found(self, rule: ScaleRule) -> QFrame:
        row = named(QFrame(), "label_found")
        row.setProperty("role", "card")
        drop = button("label_drop", self.tr("停用"), role="quiet")
        drop.clicked.connect(lambda: self._drop(rule))
        words: QLabel = label("label_found_rule", self.tr("本机采用：%s") % rule_words(rule))
        layout = QHBoxLayout(row)
        layout.addWidget(words, 1)
        layout.addWidget(drop)
        return row

    def _complain(self, error: PosError) -> None:
        notice = notice_for(error)
        sign = "✕" if notice.kind == "stop" else "⚠"
        self._say(f"{sign} {notice.words}\n{notice.action}", notice.kind)

    def _say(self, words: str, kind: str) -> None:
        self._verdict.setText(words)
        dress(self._verdict, "kind", kind)
        self._verdict.setVisible(bool(words))
