"""Camera view: the newest frame with the codes marked, or in words why there is none."""

from PySide6.QtCore import QLineF, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from pos.scan.report import Hint, Mark, Preview, Stage, State
from ui import theme

GUIDE_INSET, GUIDE_ARM = 0.16, 0.12
"""Where the corners of the guide are and how long their arms, as shares of the view: inside them a lens is sharpest."""
_WORDS = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class CameraView(QWidget):
    """Paints what the camera sees; keeps the newest frame only.

    Attributes:
        is_mirrored: whether left and right change sides, as a hand seen in a mirror moves; only the picture does.
    """

    def __init__(self) -> None:
        super().__init__()
        self.is_mirrored = False
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
        """Draw the frame as large as fits, the marks, where to hold things, and what would help."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("#1E2635"))
        if self._preview is None:
            painter.setPen(QColor("white"))
            painter.drawText(self._room, _WORDS, self._words)
            return
        self._draw_picture(painter, self._preview)
        self._draw_guide(painter)
        if words := self._advice(self._preview.hint):
            self._draw_advice(painter, words)

    def _draw_picture(self, painter: QPainter, preview: Preview) -> None:
        height, width = preview.pixels.shape[:2]
        image = QImage(preview.pixels.data, width, height, 3 * width, QImage.Format.Format_BGR888)
        scale = max(self.width() / width, self.height() / height)
        place = QRectF((self.width() - width * scale) / 2, (self.height() - height * scale) / 2,
                       width * scale, height * scale)  # fmt: skip
        painter.save()
        if self.is_mirrored:
            painter.translate(self.width(), 0)
            painter.scale(-1, 1)
        painter.drawImage(place, image)
        for mark in preview.marks:
            self._draw_mark(painter, mark, place, scale)
        painter.restore()

    @staticmethod
    def _draw_mark(painter: QPainter, mark: Mark, place: QRectF, scale: float) -> None:
        painter.setPen(QPen(QColor("#3BE28F" if mark.is_counted else theme.AMBER), 4))
        painter.drawPolygon(QPolygonF([place.topLeft() + QPointF(x * scale, y * scale) for x, y in mark.corners]))

    def _draw_guide(self, painter: QPainter) -> None:
        across, down = self.width() * GUIDE_INSET, self.height() * GUIDE_INSET
        arm = min(self.width(), self.height()) * GUIDE_ARM
        corners = QRectF(self.rect()).adjusted(across, down, -across, -down)
        painter.setPen(QPen(QColor(255, 255, 255, 150), theme.px(2)))
        for corner, right, below in (
            (corners.topLeft(), arm, arm),
            (corners.topRight(), -arm, arm),
            (corners.bottomLeft(), arm, -arm),
            (corners.bottomRight(), -arm, -arm),
        ):
            painter.drawLines([QLineF(corner, corner + QPointF(right, 0)), QLineF(corner, corner + QPointF(0, below))])

    def _advice(self, hint: Hint) -> str:
        return {
            Hint.MORE_LIGHT: self.tr("光线太暗，请开灯"),
            Hint.CLEAN_LENS: self.tr("看不清，请擦一擦镜头"),
            Hint.FROZEN: self.tr("画面不动了，请拔插摄像头"),
        }.get(hint, "")

    def _draw_advice(self, painter: QPainter, words: str) -> None:
        needed = painter.boundingRect(self._room, _WORDS, words).height() + theme.px(12)
        band = self.rect().adjusted(0, self.height() - needed, 0, 0)
        painter.fillRect(band, QColor(theme.AMBER))
        painter.setPen(QColor(theme.INK))
        painter.drawText(band.intersected(self._room), _WORDS, words)

    @property
    def _room(self) -> QRect:
        return self.rect().adjusted(theme.px(8), 0, -theme.px(8), 0)
