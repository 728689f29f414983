"""First paint: how long a person looked at nothing."""

import os
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget


class FirstPaint(QObject):
    """Notes when a window was painted first.

    Attributes:
        ms: milliseconds from the start of this process; None before it happened.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.ms: int | None = None
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Let every event pass; look at the first paint."""
        if event.type() is QEvent.Type.Paint and self.ms is None:
            self.ms = round(process_age_s() * 1000)
            self._window.removeEventFilter(self)
        return super().eventFilter(watched, event)


_IMPORTED = time.monotonic()


def process_age_s() -> float:
    """Return seconds since this process started; since this module was imported where the system does not say."""
    stat = Path("/proc/self/stat")
    if not stat.exists():
        return time.monotonic() - _IMPORTED
    started_ticks = int(stat.read_text().rpartition(")")[2].split()[19])
    uptime_s = float(Path("/proc/uptime").read_text().split()[0])
    return uptime_s - started_ticks / os.sysconf("SC_CLK_TCK")
