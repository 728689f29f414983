"""Logo: a picture from a file as black dots on white paper."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter

from pos.domain.errors import LogoUnreadable
from pos.domain.paper import LOGO_HEIGHT_MAX, LOGO_WIDTH_MAX
from pos.domain.slip import Logo


def read_logo(path: Path) -> Logo:
    """Return a picture as a printer prints it: no larger than the narrower paper takes, what is clear as white.

    Raises:
        LogoUnreadable: the file is no picture.
    """
    found = QImage(str(path))
    if found.isNull():
        raise LogoUnreadable(path=path)
    if found.width() > LOGO_WIDTH_MAX or found.height() > LOGO_HEIGHT_MAX:
        found = found.scaled(
            LOGO_WIDTH_MAX, LOGO_HEIGHT_MAX, Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )  # fmt: skip
    white = QImage(found.size(), QImage.Format.Format_RGB32)
    white.fill(Qt.GlobalColor.white)
    painter = QPainter(white)
    painter.drawImage(0, 0, found)
    painter.end()
    mono = white.convertToFormat(QImage.Format.Format_Mono, [0xFFFFFFFF, 0xFF000000])
    stride, kept = mono.bytesPerLine(), (mono.width() + 7) // 8
    raw = bytes(mono.constBits())
    rows = (raw[at * stride : at * stride + kept] for at in range(mono.height()))
    return Logo(mono.width(), mono.height(), b"".join(rows))
