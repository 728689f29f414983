"""``python -m tests.bench.live FOLDER SECONDS [FILM]``: the till's own window, selling, a film as its camera or none.

What it measures is printed as JSON: how often a new picture came and was painted, and how long an event waited before
the window came to it.
"""

import json
import sys
import threading
import time
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

from pos.domain.money import Money
from pos.domain.staff import Cashier, Role
from pos.sandbox.store import sample_products
from pos.scan.camera import VideoSource
from pos.settings import Settings
from pos.storage.catalogue import apply_feed
from pos.till import shifts, sign_in
from pos.till.till import open_till
from ui.app import App
from ui.application import SMALL_SCREEN, make_application

MEI, PIN = Cashier("1001", "王敏", Role.CASHIER), "729461"
PROBE_EVERY_S = 0.004
SETTLE_S = 10.0
"""Before anything is counted: what is made on first use, or in the first moments in which nobody scans, is made."""


class Meter(QObject):
    """Counts pictures and paints, and asks from another thread how long an event waits."""

    probed = Signal(float)

    def __init__(self, app: App) -> None:
        super().__init__()
        self.pictures = self.paints = self.readings = 0
        self.waited_ms: list[float] = []
        self._ended = threading.Event()
        self.probed.connect(self._on_probe)
        app.bridge.frame_shown.connect(self._on_picture)
        app.bridge.reading_seen.connect(self._on_reading)
        app.window.counter.camera.installEventFilter(self)
        self._asking = threading.Thread(target=self._ask, daemon=True)

    def start(self) -> None:
        """Begin to count."""
        self.pictures = self.paints = self.readings = 0
        self._asking.start()

    def stop(self) -> None:
        """Ask no more."""
        self._ended.set()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """Count a paint, and let it go on."""
        self.paints += event.type() is QEvent.Type.Paint
        return super().eventFilter(watched, event)

    def _ask(self) -> None:
        while not self._ended.wait(PROBE_EVERY_S):
            self.probed.emit(time.perf_counter())

    def _on_probe(self, asked_at: float) -> None:
        self.waited_ms.append((time.perf_counter() - asked_at) * 1000)

    def _on_picture(self, _preview: object) -> None:
        self.pictures += 1

    def _on_reading(self, _reading: object) -> None:
        self.readings += 1


def main() -> int:
    """Run the window for so long and print what was measured."""
    folder, seconds, film = Path(sys.argv[1]), float(sys.argv[2]), sys.argv[3:]
    settings = Settings(data_dir=folder)
    _stock(settings)
    qt = make_application(settings, SMALL_SCREEN)
    app = App(settings, (lambda: VideoSource(Path(film[0]), loops=True)) if film else None)
    app.window.resize(SMALL_SCREEN)
    app.window.show()
    app.start()
    app.counter.sign_in(MEI.number, PIN)
    meter = Meter(app)
    QTimer.singleShot(int(SETTLE_S * 1000), meter.start)
    QTimer.singleShot(int((SETTLE_S + seconds) * 1000), QCoreApplication.quit)
    qt.exec()
    meter.stop()
    stage = app.counter.stage
    app.close()
    sys.stdout.write(json.dumps({
        "stage": stage.value, "platform": qt.platformName(), "pictures": meter.pictures / seconds,
        "paints": meter.paints / seconds, "readings": meter.readings, "waited_ms": meter.waited_ms,
    }))  # fmt: skip
    return 0


def _stock(settings: Settings) -> None:
    till = open_till(settings)
    apply_feed(till.prices, sample_products(), [], "1")
    sign_in.put_staff(till, MEI, PIN)
    shifts.open_shift(till, MEI, Money(0))
    till.close()


if __name__ == "__main__":
    sys.exit(main())
