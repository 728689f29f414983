"""Rubbish: what Python's collector of cycles does, done on the screen's thread and on no other.

Left to itself it works on whichever thread made the last object. On a lane it takes windows apart that were let go: it
waits for Python with a lock of Qt's in hand, while the screen's thread holds Python and waits for that lock.
"""

import gc

from PySide6.QtCore import QObject

from ui.timers import timer

LOOK_MS = 1_000
"""How often it is looked whether there is enough of it; the limits are Python's own."""


class Rubbish(QObject):
    """Takes the collector's place from now on. Lives on the screen's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        timer(self, LOOK_MS, collect_what_is_due).start()


def collect_what_is_due() -> None:
    """Collect the oldest generation that Python itself would collect now, and the younger ones with it."""
    counts, limits = gc.get_count(), gc.get_threshold()
    due = [generation for generation in range(3) if counts[generation] > limits[generation]]
    if due:
        gc.collect(due[-1])
