"""Print: a view as a page of A4, drawn by the same paint code as on the screen."""

from pathlib import Path

from PySide6.QtCore import QMarginsF, QPoint, QRectF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter, QRegion
from PySide6.QtWidgets import QWidget

from pos.domain.errors import ExportNotWritten
from ui import theme
from ui.manager.pen import Look, write

MARGIN_MM, DOTS_AN_INCH = 12, 300
HEAD = 48


def print_view(view: QWidget, title: str, path: Path) -> Path:
    """Write a view as it stands, as large as the page allows; return where.

    Raises:
        ExportNotWritten: it cannot be written there.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise ExportNotWritten(path=path, reason=reason.strerror) from reason
    paper = QPdfWriter(str(path))
    paper.setResolution(DOTS_AN_INCH)
    paper.setTitle(title)
    margins = QMarginsF(MARGIN_MM, MARGIN_MM, MARGIN_MM, MARGIN_MM)
    page = QPageSize(QPageSize.PageSizeId.A4)
    paper.setPageLayout(QPageLayout(page, QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter))
    painter = QPainter()
    if not painter.begin(paper):
        raise ExportNotWritten(path=path, reason="")
    _draw(painter, view, title, QSizeF(paper.width(), paper.height()))
    painter.end()
    return path


def _draw(painter: QPainter, view: QWidget, title: str, room: QSizeF) -> None:
    head = theme.px(HEAD)
    scale = min(room.width() / view.width(), room.height() / (view.height() + head))
    painter.scale(scale, scale)
    write(painter, QRectF(0, 0, view.width(), head), title, Look(24, is_bold=True))
    painter.translate(0, head)
    view.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
