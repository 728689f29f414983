"""Trouble: say on the screen, and on standard error, why the till cannot start."""

import sys

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QMessageBox

from pos.domain.errors import PosError
from ui.messages import notice_for

COULD_NOT_START = 2


def tell(error: PosError) -> int:
    """Show the words for an error that keeps the till from starting, and return the exit status."""
    sys.stderr.write(f"{error}\n")
    _ = QApplication.instance() or QApplication([])
    notice = notice_for(error)
    if QGuiApplication.platformName() != "offscreen":
        QMessageBox.critical(None, notice.code, f"{notice.words}\n{notice.action}")
    sys.stderr.write(f"{notice.words} {notice.action} ({notice.code})\n")
    return COULD_NOT_START
