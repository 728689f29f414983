"""PDF: a slip as a page as wide as its paper and as long as it needs."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from pos.domain.errors import ListNotWritten
from pos.domain.slip import Part, lay_out
from ui.paper.drawing import Drawing

DOTS_PER_MM = 8
"""203 dpi."""
MARGIN_MM = 4.0
RESOLUTION = 1200


def write_pdf(slip: Iterable[Part], width: int, path: Path) -> None:
    """Write a slip on paper of so many columns: 48 on a page of 80 mm, 32 on one of 56.

    Raises:
        ListNotWritten: the file cannot be written.
    """
    try:
        path.open("wb").close()  # Qt would only warn
    except OSError as reason:
        raise ListNotWritten(path=path, reason=str(reason)) from reason
    drawing = Drawing(lay_out(slip, width), width)
    writer = QPdfWriter(str(path))
    writer.setResolution(RESOLUTION)
    size = QSizeF(drawing.width / DOTS_PER_MM + 2 * MARGIN_MM, drawing.height / DOTS_PER_MM + 2 * MARGIN_MM)
    page = QPageSize(size, QPageSize.Unit.Millimeter, "slip", QPageSize.SizeMatchPolicy.ExactMatch)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    writer.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Portrait, margins, QPageLayout.Unit.Millimeter))
    painter = QPainter(writer)
    drawing.draw(painter, RESOLUTION / 25.4 / DOTS_PER_MM)
    painter.end()
