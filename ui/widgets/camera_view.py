"""Camera view: the newest frame with the codes marked, or in words why there is none."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from pos.scan.report import Mark, Preview, Stage, State
from ui import theme


class CameraView(QWidget):
    """Paints what the camera sees; keeps the newest frame only."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("camera")
        self.setMinimumHeight(theme.px(120))
        self._preview: Preview | None = None
        self._words = ""
        self.show_state(State(Stage.OFF))

    def show_frame(self, preview: Preview) -> None:
        """Show the newest frame."""
        self._preview = preview
        self.update()

    def show_state(self, state: State) -> None:
        """Say in words why there is no picture."""
        self._words = {
            Stage.OFF: self.tr("没有摄像头\n用扫码枪或输入条码"),
            Stage.OPENING: self.tr("正在打开摄像头…"),
            Stage.LOST: self.tr("⚠ 摄像头断开\n检查插头，会自动恢复"),
        }.get(state.stage, "")
        if state.stage in {Stage.OFF, Stage.LOST}:
            self._preview = None
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw the frame as large as fits, then the marks."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#1E2635"))
        if self._preview is None:
            painter.setPen(QColor("white"))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words)
            return
        height, width = self._preview.pixels.shape[:2]
        image = QImage(self._preview.pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888)
        scale = max(self.width() / width, self.height() / height)
        place = QRectF((self.width() - width * scale) / 2, (self.height() - height * scale) / 2,
                       width * scale, height * scale)  # fmt: skip
        painter.drawImage(place, image)
        for mark in self._preview.marks:
            self._draw_mark(painter, mark, place, scale)

    @staticmethod
    def _draw_mark(painter: QPainter, mark: Mark, place: QRectF, scale: float) -> None:
        painter.setPen(QPen(QColor("#3BE28F" if mark.is_counted else theme.AMBER), 4))
        painter.drawPolygon(QPolygonF([place.topLeft() + QPointF(x * scale, y * scale) for x, y in mark.corners]))
