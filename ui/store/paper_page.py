"""Paper page: the words on the store's receipts, the paper and the printer; beside it the receipt as it will be."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from pos.domain.errors import PosError
from pos.domain.paper import TEXT_MAX, Paper
from pos.domain.slip import NARROW, WIDE, Slip
from ui import theme
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.paper.logo import read_logo
from ui.paper.sample import sample_receipt
from ui.paper.view import SlipView
from ui.parts import button, dress, label, named
from ui.printing.desk import PrintDesk


class PaperPage(QWidget):
    """Left what a manager sets, right the receipt; nothing counts before it is kept."""

    left = Signal()

    def __init__(self, counter: Counter, desk: PrintDesk, store_name: str) -> None:
        super().__init__()
        self.setObjectName("paper_page")
        self._counter, self._desk, self._store_name = counter, desk, store_name
        self._paper = Paper()
        self._head, self._foot = self._text_box("paper_head"), self._text_box("paper_foot")
        self._printer = named(QLineEdit(placeholderText=self.tr("打印机地址，没有就空着")), "paper_printer")
        self._printer.textChanged.connect(self._renew)
        self._words = label("paper_words", "", role="body")
        self._view = SlipView("paper_preview")
        self._widths = {width: self._choice(f"paper_{width}") for width in (WIDE, NARROW)}
        for width, key in self._widths.items():
            key.clicked.connect(lambda _is_on, width=width: self._choose_width(width))
        self._drawer, self._page = self._choice("paper_drawer"), self._choice("paper_page_code")
        for key in (self._drawer, self._page):
            key.clicked.connect(self._renew)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.px(16))
        layout.setContentsMargins(theme.px(10), theme.px(4), theme.px(10), theme.px(4))
        layout.addLayout(self._make_settings(), 1)
        layout.addWidget(self._make_preview(), 1)

    def _make_settings(self) -> QVBoxLayout:
        column = QVBoxLayout()
        column.setSpacing(theme.px(6))
        column.addWidget(label("paper_title", self.tr("小票和打印机"), role="big"))
        column.addWidget(label("paper_head_words", self.tr("店名下面的字"), role="title"))
        column.addWidget(self._head, 1)
        column.addWidget(label("paper_foot_words", self.tr("票尾"), role="title"))
        column.addWidget(self._foot, 1)
        words = label("paper_printer_words", self.tr("打印机地址"), role="title")
        words.setWordWrap(False)
        row = QHBoxLayout()
        row.addWidget(words)
        row.addWidget(self._printer, 1)
        column.addLayout(row)
        column.addLayout(self._row(*self._widths.values()))
        column.addLayout(self._row(self._drawer, self._page))
        logo = button("paper_logo", self.tr("换店标图片"), role="quiet")
        logo.clicked.connect(self._choose_logo)
        no_logo = button("paper_no_logo", self.tr("不印店标"), role="quiet")
        no_logo.clicked.connect(lambda: self._set_logo(None))
        column.addLayout(self._row(logo, no_logo))
        column.addWidget(self._words)
        back = button("paper_back", self.tr("返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.left)
        self._test = button("paper_test", self.tr("试打一张"), role="quiet")
        self._test.clicked.connect(self._try_out)
        self.keep = button("paper_keep", self.tr("保存"), role="primary")
        self.keep.clicked.connect(self._keep)
        column.addLayout(self._row(back, self._test, self.keep))
        return column

    def _make_preview(self) -> QScrollArea:
        preview = named(
            QScrollArea(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), "receipt_paper"
        )
        preview.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        preview.setWidget(self._view)
        return preview

    @staticmethod
    def _row(*keys: QPushButton) -> QHBoxLayout:
        row = QHBoxLayout()
        for key in keys:
            row.addWidget(key, 1)
        return row

    def _text_box(self, name: str) -> QPlainTextEdit:
        box = named(QPlainTextEdit(tabChangesFocus=True), name)
        box.textChanged.connect(self._renew)
        return box

    def _choice(self, name: str) -> QPushButton:
        key = button(name, "", role="choice")
        key.setCheckable(True)
        return key

    def open(self) -> None:
        """Show what is set."""
        paper = self._desk.paper
        self._paper = paper
        for box, text in ((self._head, paper.head), (self._foot, paper.foot)):
            box.setPlainText(text)
        self._printer.setText(paper.printer)
        self._drawer.setChecked(paper.has_drawer)
        self._page.setChecked(paper.has_page)
        self._choose_width(paper.columns)
        self._say("")
        self._head.setFocus(Qt.FocusReason.OtherFocusReason)

    @property
    def chosen(self) -> Paper:
        """What would be kept now."""
        columns = NARROW if self._widths[NARROW].isChecked() else WIDE
        return Paper(
            self._printer.text().strip(), columns, self._head.toPlainText()[:TEXT_MAX],
            self._foot.toPlainText()[:TEXT_MAX], self._paper.logo, self._drawer.isChecked(), self._page.isChecked(),
        )  # fmt: skip

    def _choose_width(self, width: int) -> None:
        for each, key in self._widths.items():
            key.setChecked(each == width)
        self._renew()

    def _choose_logo(self) -> None:
        path, _kind = QFileDialog.getOpenFileName(self, self.tr("选一张图片"), "", "*.png *.jpg *.jpeg *.bmp")
        if path:
            self._set_logo(Path(path))

    def _set_logo(self, path: Path | None) -> None:
        try:
            logo = read_logo(path) if path else None
        except PosError as error:
            self._complain(error)
            return
        paper = self.chosen
        self._paper = Paper(paper.printer, paper.columns, paper.head, paper.foot, logo)
        self._renew()

    def _renew(self) -> None:
        """Show the choices in words, and the receipt as it will be."""
        for width, words in ((WIDE, self.tr("80 毫米纸")), (NARROW, self.tr("58 毫米纸"))):
            self._mark(self._widths[width], words)
        self._mark(self._drawer, self.tr("收现金开钱箱"))
        self._mark(self._page, self.tr("顾客屏给电子小票码"))
        paper = self.chosen
        self._view.show_slip(self._sample(paper), paper.columns)
        self._test.setEnabled(bool(paper.printer))

    @staticmethod
    def _mark(key: QPushButton, words: str) -> None:
        """Say by a sign, not by colour alone, what is chosen."""
        key.setText(f"✓ {words}" if key.isChecked() else words)

    def _sample(self, paper: Paper) -> Slip:
        return sample_receipt(self._store_name, paper, self._desk.notice)

    def _try_out(self) -> None:
        self._say(self.tr("正在试打…"))
        paper = self.chosen
        self._desk.try_out(paper, self._sample(paper), lambda _done: self._say(self.tr("✓ 打印机收下了，请看纸上的字")),
                           self._complain)  # fmt: skip

    def _keep(self) -> None:
        cashier = self._counter.cashier
        if cashier is not None:
            self._desk.keep(self.chosen, cashier, lambda _kept: self._say(self.tr("✓ 已保存")), self._complain)

    def _complain(self, error: PosError) -> None:
        notice = notice_for(error)
        self._say(f"⚠ {notice.words}\n{notice.action} ({notice.code})", is_bad=True)

    def _say(self, words: str, *, is_bad: bool = False) -> None:
        self._words.setText(words)
        dress(self._words, "role", "sentence" if is_bad else "body")
