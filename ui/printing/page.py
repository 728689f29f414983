"""Printing page: every job with its number; what waits for somebody's word is printed or let be here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from pos.domain.print_job import OPEN, JobKind, JobState, PrintJob
from pos.till.printing import Standing
from ui import theme
from ui.display import shop_time
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, dress, label, named
from ui.printing.desk import PrintDesk
from ui.printing.paper_keys import ask_for_pdf
from ui.printing.words import job_words, standing_words, state_words


class JobRow(QFrame):
    """One job.

    Signals: ``print_pressed`` and ``drop_pressed`` carry its number as text, as numbers of jobs know no limit;
    ``pdf_pressed`` the PrintJob.
    """

    print_pressed = Signal(str)
    drop_pressed = Signal(str)
    pdf_pressed = Signal(object)

    def __init__(self, job: PrintJob) -> None:
        super().__init__()
        named(self, "print_row").setProperty("role", "card")
        number = str(job.number)
        row = QHBoxLayout(self)
        row.setContentsMargins(theme.px(16), theme.px(8), theme.px(16), theme.px(8))
        no = label("print_number", f"#{number}", role="chip")
        no.setAlignment(Qt.AlignmentFlag.AlignCenter)
        no.setFixedWidth(theme.px(84))
        row.addWidget(no)
        row.addWidget(label("print_at", shop_time(job.asked_at), role="emphasis"))
        row.addWidget(label("print_what", job_words(job)), 2)
        row.addWidget(label("print_state", state_words(job), role="body"), 3)
        go = button("print_go", self.tr("打印"), role="quiet")
        go.clicked.connect(lambda: self.print_pressed.emit(number))
        is_figures = job.kind is JobKind.FIGURES
        if job.state is not JobState.HELD or is_figures:
            go.hide()
        let_be = button("print_drop", self.tr("不打了"), role="danger")
        let_be.clicked.connect(lambda: self.drop_pressed.emit(number))
        if job.state not in OPEN - {JobState.PRINTING}:
            let_be.hide()
        pdf = button("print_pdf", self.tr("存 PDF"), role="quiet")
        pdf.clicked.connect(lambda: self.pdf_pressed.emit(job))
        if is_figures:
            pdf.hide()
        keys = QWidget()
        keys.setFixedWidth(theme.px(400))
        beside = QHBoxLayout(keys)
        beside.setContentsMargins(0, 0, 0, 0)
        beside.addStretch()
        for each in (go, let_be, pdf):
            each.setMinimumWidth(theme.px(120))
            beside.addWidget(each)
        row.addWidget(keys)
        self.setMinimumHeight(theme.px(80))


class PrintPage(QWidget):
    """What waits, what was printed, and the way back."""

    left = Signal()

    def __init__(self, desk: PrintDesk) -> None:
        super().__init__()
        self.setObjectName("print_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._desk = desk
        self._title = label("print_title", "", role="big")
        self._trouble = label("print_trouble", "", role="sentence")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(theme.px(8))
        self._lay_out()
        desk.changed.connect(self._show_changed)

    def _lay_out(self) -> None:
        back = button("print_back", self.tr("返回柜台"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.left)
        again = button("print_again", self.tr("重打上一张小票"), role="quiet", press=Press.REPRINT)
        again.clicked.connect(self._desk.reprint_last)
        inside = named(QWidget(), "print_list")
        inside.setLayout(self._rows)
        paper = named(QScrollArea(widgetResizable=True), "print_paper")
        paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        paper.setFrameShape(QFrame.Shape.NoFrame)
        paper.setWidget(inside)
        dress(inside, "role", "list")
        bottom = QHBoxLayout()
        bottom.addWidget(back, 1)
        bottom.addWidget(again, 1)
        bottom.addWidget(
            label("print_advice", self.tr("打印机坏了也照常收款；隔夜的小票不会自己打出来"), role="advice"), 3
        )
        layout = QVBoxLayout(self)
        layout.setSpacing(theme.px(12))
        for each in (self._title, self._trouble):
            layout.addWidget(each)
        layout.addWidget(paper, 1)
        layout.addLayout(bottom)

    def open(self) -> None:
        """Show how things are now."""
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show()

    def _show_changed(self, _stands: Standing) -> None:
        if self.isVisible():
            self._show()

    def _show(self) -> None:
        stands = self._desk.standing
        self._title.setText(standing_words(stands) or self.tr("打印：没有在等的"))
        notice = notice_for(stands.trouble) if stands.trouble else None
        self._trouble.setText(f"⚠ {notice.words}\n{notice.action} ({notice.code})" if notice else "")
        self._trouble.setVisible(notice is not None)
        while (item := self._rows.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for job in self._desk.jobs():
            row = JobRow(job)
            row.print_pressed.connect(lambda number: self._desk.release(int(number)))
            row.drop_pressed.connect(lambda number: self._desk.drop(int(number)))
            row.pdf_pressed.connect(self._ask_for_file)
            self._rows.addWidget(row)
        self._rows.addStretch()

    def _ask_for_file(self, job: PrintJob) -> None:
        ask_for_pdf(self, self._desk, (job.slip, self._desk.paper.columns), str(job.number))
