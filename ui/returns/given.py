"""Given: the slip of goods that came back, as it is printed, and the keys to have it again."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from pos.domain.returns import Return
from ui.paper.view import SlipView, show_end
from ui.parts import named
from ui.printing.desk import PrintDesk
from ui.printing.paper_keys import PaperKeys


class GivenSlip(QWidget):
    """Paper that scrolls, and below it its keys."""

    def __init__(self, desk: PrintDesk) -> None:
        super().__init__()
        named(self, "return_given")
        self._desk = desk
        self._view, self._keys = SlipView("return_slip"), PaperKeys(desk, "return")
        paper = named(
            QScrollArea(alignment=Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop), "return_slip_paper"
        )
        paper.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        paper.setFrameShape(QFrame.Shape.NoFrame)
        paper.setWidget(self._view)
        show_end(paper)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(paper, 1)
        layout.addWidget(self._keys)

    def open(self, made: Return) -> None:
        """Show what was printed."""
        desk, slip = self._desk, self._desk.return_slip(made)
        self._view.show_slip(*slip)
        self._keys.offer(slip, made.return_no, lambda: desk.print_return(made))
        self.show()
