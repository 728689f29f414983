"""Proposal panel: how the labels may be laid out, what each then says, and one button to take it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from pos.domain.label_doctor import LABELS_NEEDED, Proposal
from ui import theme
from ui.keys.keymap import Press
from ui.labels.words import reading_words, reason_words, rule_words
from ui.parts import button, label, named


class ProposalPanel(QWidget):
    """The likeliest rule first; another button shows the next.

    Signals: ``taken`` carries the ScaleRule a manager takes.
    """

    taken = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("label_proposal")
        self._proposals: Sequence[Proposal] = ()
        self._place = 0
        self._title = label("label_proposal_title", "", role="title")
        self._rule = label("label_rule", "", role="big")
        self._reasons = label("label_reasons", "")
        self._cells = [self._make_row(row) for row in range(LABELS_NEEDED)]
        self.other = button("label_other", self.tr("看另一种读法"), role="quiet")
        self.keep = button("label_keep", self.tr("采用这种读法"), role="primary", press=Press.PAY)
        self._lay_out()
        self.other.clicked.connect(self._show_next)
        self.keep.clicked.connect(lambda: self.taken.emit(self._proposals[self._place].rule))

    def _make_row(self, row: int) -> list[QLabel]:
        names = ("name", "price", "weight", "amount")
        cells = [label(f"label_{name}_{row}", "", role="body" if name in {"name", "price"} else "emphasis")
                 for name in names]  # fmt: skip
        for cell in cells[1:]:
            cell.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return cells

    def _lay_out(self) -> None:
        card = named(QFrame(), "label_readings")
        card.setProperty("role", "card")
        grid = QGridLayout(card)
        grid.setColumnStretch(0, 1)
        grid.setHorizontalSpacing(theme.px(24))
        heads = (self.tr("商品"), self.tr("单价"), self.tr("重量"), self.tr("金额"))
        for column, words in enumerate(heads):
            head = label(f"label_head_{column}", words, role="title")
            head.setAlignment(Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft)
            grid.addWidget(head, 0, column)
        for row, cells in enumerate(self._cells, 1):
            for column, cell in enumerate(cells):
                grid.addWidget(cell, row, column)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(12))
        for part in (self._title, self._rule, card, self._reasons):
            layout.addWidget(part)
        layout.addStretch()
        row_of_buttons = QHBoxLayout()
        row_of_buttons.addWidget(self.other, 1)
        row_of_buttons.addWidget(self.keep, 2)
        layout.addLayout(row_of_buttons)

    def show_proposals(self, proposals: Sequence[Proposal]) -> None:
        """Show the first of some proposals; at least one."""
        self._proposals, self._place = proposals, 0
        self._show()

    def _show_next(self) -> None:
        self._place = (self._place + 1) % len(self._proposals)
        self._show()

    def _show(self) -> None:
        shown, count = self._proposals[self._place], len(self._proposals)
        words = self.tr("第 {place} 种读法，共 {count} 种")
        self._title.setText(words.format(place=self._place + 1, count=count))
        self._rule.setText(rule_words(shown.rule))
        self._reasons.setText(reason_words(shown.reasons))
        for cells, reading in zip(self._cells, shown.readings, strict=False):
            for cell, text in zip(cells, reading_words(reading), strict=True):
                cell.setText(text)
        self.other.setVisible(count > 1)
