"""Key buttons: buttons that carry their key as a small printed cap beside or above the words."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QIcon, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QPushButton, QToolButton, QWidget

from ui import theme
from ui.keys import now
from ui.keys.keymap import Press

CAP_FONT, CAP_HEIGHT = 14, 20


class KeyButton(QPushButton):
    """A button with a key of its own, printed before its words."""

    def __init__(self, text: str, press: Press) -> None:
        super().__init__(text)
        self.use(press)

    def use(self, press: Press) -> None:
        """Print the key of another press."""
        self._press = press
        self.show_key()

    def show_key(self) -> None:
        """Print the key as the map has it now."""
        _print_key(self, self._press)


class StripButton(QToolButton):
    """A narrow button with its key above its words."""

    def __init__(self, text: str, press: Press) -> None:
        super().__init__()
        self.setText(text)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextUnderIcon)
        self._press = press
        self.show_key()

    def show_key(self) -> None:
        """Print the key as the map has it now."""
        _print_key(self, self._press)


def print_keys(window: QWidget) -> None:
    """Print every key of a window anew."""
    for plain in window.findChildren(KeyButton):
        plain.show_key()
    for narrow in window.findChildren(StripButton):
        narrow.show_key()


def cap(words: str, ratio: float, gap: int) -> QPixmap:
    """Return a key's cap as a picture for a screen with this many pixels a point, with a gap on its right."""
    font = QFont()
    font.setFamilies(theme.FAMILIES)
    font.setPixelSize(theme.px(CAP_FONT))
    font.setWeight(QFont.Weight.DemiBold)
    size = QSize(round(QFontMetricsF(font).horizontalAdvance(words)) + theme.px(12), theme.px(CAP_HEIGHT))
    picture = QPixmap(QSize(size.width() + gap, size.height()) * ratio)
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    with QPainter(picture) as painter:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.CAP_EDGE), 1))
        painter.setBrush(QColor(theme.PAPER))
        box = QRectF(QPointF(0.5, 0.5), QPointF(size.width() - 0.5, size.height() - 0.5))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        painter.setPen(QColor(theme.INK))
        painter.setFont(font)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, words)
    return picture


def _print_key(button: KeyButton | StripButton, press: Press) -> None:
    words = now.printed(press)
    if not words:
        button.setIcon(QIcon())
        return
    picture = cap(words, button.devicePixelRatioF(), theme.px(8) if isinstance(button, KeyButton) else 0)
    icon = QIcon(picture)
    icon.addPixmap(picture, QIcon.Mode.Disabled)
    button.setIcon(icon)
    button.setIconSize(picture.deviceIndependentSize().toSize())
