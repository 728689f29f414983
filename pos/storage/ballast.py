"""Ballast: room on the disk that is given up when it is full, so that the sales in hand can be finished."""

import logging
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

_log = logging.getLogger(__name__)

LOW_BYTES = 4 << 20
"""With less room than this the ballast is given up before anything fails; a sale takes 4 KiB, moving the log MiBs."""

_PIECE = bytes(1 << 20)


@dataclass(frozen=True, slots=True)
class Ballast:
    """A file beside the sales that is nothing but its size.

    Attributes:
        size: bytes; 0 keeps none.
    """

    folder: Path
    size: int

    @property
    def path(self) -> Path:
        """The file."""
        return self.folder / "ballast"

    @property
    def is_missing(self) -> bool:
        """Whether there should be one and is none."""
        return self.size > 0 and not self.path.exists()

    def keep(self) -> bool:
        """Make it when it is missing and the disk has twice its room, and return whether it is there."""
        if not self.is_missing:
            return self.size > 0
        try:
            if shutil.disk_usage(self.folder).free < 2 * self.size + LOW_BYTES:
                return False
            self._make()
        except OSError as reason:
            _log.warning("no ballast: %s", reason)
            self.path.unlink(missing_ok=True)
            return False
        return True

    def free_when_low(self) -> bool:
        """Give it up when there is hardly any room left, and return whether that was done now."""
        return self.path.exists() and shutil.disk_usage(self.folder).free < LOW_BYTES and self.free()

    def free(self) -> bool:
        """Give it up, and return whether there was one."""
        try:
            self.path.unlink()
        except OSError:
            return False
        _log.warning("the disk is full: %s bytes of ballast are given up", self.size)
        return True

    def _make(self) -> None:
        with self.path.open("wb") as file:
            try:
                os.posix_fallocate(file.fileno(), 0, self.size)
            except (AttributeError, OSError):  # not on Windows, nor on every file system
                for start in range(0, self.size, len(_PIECE)):
                    file.write(_PIECE[: self.size - start])
            file.flush()
            os.fsync(file.fileno())
