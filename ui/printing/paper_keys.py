"""Paper keys: a slip that is on the screen goes to the printer again, or into a PDF."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QWidget

from pos.domain.errors import PosError
from ui.keys.keymap import Press
from ui.paper.pdf import write_pdf
from ui.parts import button, named
from ui.printing.desk import OnPaper, PrintDesk


class PaperKeys(QWidget):
    """Two keys side by side; nothing can be printed where no printer is set up."""

    def __init__(self, desk: PrintDesk, name: str) -> None:
        super().__init__()
        named(self, f"{name}_paper_keys")
        self._desk = desk
        self._slip: OnPaper = (), 0
        self._file_name = ""
        self._print: Callable[[], None] | None = None
        self._go = button(f"{name}_print", self.tr("打印"), role="quiet", press=Press.REPRINT)
        self._go.clicked.connect(self.print_it)
        pdf = button(f"{name}_pdf", self.tr("存 PDF"), role="quiet")
        pdf.clicked.connect(lambda: ask_for_pdf(self, desk, self._slip, self._file_name))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for each in (self._go, pdf):
            layout.addWidget(each)

    def offer(self, slip: OnPaper, name: str, print_it: Callable[[], None]) -> None:
        """Offer a slip in place of the one before.

        Args:
            name: what people call it; the PDF's file is called so.
            print_it: asks for it on paper.
        """
        self._slip, self._file_name, self._print = slip, name, print_it
        self._go.setVisible(bool(self._desk.paper.printer))

    def print_it(self) -> None:
        """Print what is offered."""
        if self._print:
            self._print()


def ask_for_pdf(over: QWidget, desk: PrintDesk, slip: OnPaper, name: str) -> None:
    """Ask where to, and write a slip as a PDF on paper as wide as the store's."""
    path, _kind = QFileDialog.getSaveFileName(
        over, QCoreApplication.translate("PaperKeys", "存成 PDF"), f"{name}.pdf", "*.pdf"
    )
    if path:
        save_pdf(desk, slip, Path(path))


def save_pdf(desk: PrintDesk, slip: OnPaper, path: Path) -> None:
    """Write a slip as a PDF; what goes wrong is said as the printer's troubles are."""
    try:
        write_pdf(*slip, path)
    except PosError as error:
        desk.said.emit(error)
