"""Crashes: what no code expected is written into one small file, without a secret; the cashier gets words.

A bug that is logged is a crash as well: the lanes and the sync thread live on after theirs, and log them whole.
"""

import logging
import os
import platform
import sys
import threading
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path
from traceback import TracebackException
from types import TracebackType

from pos.domain.errors import PosError
from pos.domain.mask import masked, masked_whole

LINES_KEPT = 200
LINE_LONGEST = 2_000
"""Characters of a line of the log; what is longer is cut, so that no single record outgrows the file."""
FILES_KEPT = 10
STACK_LONGEST = 20_000

_log = logging.getLogger(__name__)
Raised = tuple[type[BaseException], BaseException, TracebackType | None]


class LineFormatter(logging.Formatter):
    """Makes a line of the log: cut, masked, and of an error only where it was and what it was."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(threadName)s %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802  (logging's name)
        """Return the line, without a stack."""
        return masked(super().formatMessage(record)[:LINE_LONGEST])

    def formatException(self, ei: object) -> str:  # noqa: N802  (logging's name)
        """Return the stack."""
        assert isinstance(ei, tuple)
        return stack_of(ei[1])

    def format(self, record: logging.LogRecord) -> str:
        """Return the line and the stack; what another handler made of the stack before is not taken over."""
        kept, record.exc_text = record.exc_text, None
        try:
            return super().format(record)
        finally:
            record.exc_text = kept


class CrashReporter(logging.Handler):
    """Remembers the last lines of the log, and writes a file when one of them is of a bug."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.setFormatter(LineFormatter())
        self._folder = folder
        self._lines: deque[str] = deque(maxlen=LINES_KEPT)
        self._told: set[str] = set()

    def emit(self, record: logging.LogRecord) -> None:
        """Remember a line; never raises, and never asks for room twice for the same bug."""
        try:
            self._lines.append(self.format(record))
            error = record.exc_info[1] if record.exc_info else None
            if error is not None and record.levelno >= logging.ERROR and not isinstance(error, PosError):
                self._report(record, error)
        except OSError:
            pass  # a full disk must not make a bug worse

    def _report(self, record: logging.LogRecord, error: BaseException) -> None:
        place = _place_of(error)
        if place in self._told or len(self._told) >= FILES_KEPT:
            return
        self._told.add(place)
        now = datetime.now(UTC)
        path = self._folder / f"crash-{now:%Y%m%d-%H%M%S-%f}.txt"
        told = [f"{now:%Y-%m-%dT%H:%M:%S.%fZ}", *_versions(), f"thread {record.threadName}", "", stack_of(error), "",
                f"The last {LINES_KEPT} lines of the log:", *self._lines]  # fmt: skip
        with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(told) + "\n")
        for old in sorted(self._folder.glob("crash-*.txt"))[:-FILES_KEPT]:
            old.unlink(missing_ok=True)


def stack_of(error: BaseException | None) -> str:
    """Return where an error came from, and those that led to it: files, lines and code, no values."""
    return _stack(TracebackException.from_exception(error))[:STACK_LONGEST] if error else ""


def catch_all(on_bug: Callable[[Exception], None]) -> Callable[[], None]:
    """Log whatever nobody caught, on any thread, and tell ``on_bug`` of it; return what undoes this.

    Args:
        on_bug: called on the thread it happened on.
    """
    before = sys.excepthook, threading.excepthook

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not isinstance(error, Exception):
            before[0](kind, error, trace)
            return
        _log.critical("a bug on thread %s", threading.current_thread().name, exc_info=(kind, error, trace))
        on_bug(error)

    def caught_on_thread(told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            caught(told.exc_type, told.exc_value, told.exc_traceback)

    def undo() -> None:
        sys.excepthook, threading.excepthook = before

    sys.excepthook, threading.excepthook = caught, caught_on_thread
    return undo


def _stack(told: TracebackException) -> str:
    cause = told.__cause__ or (None if told.__suppress_context__ else told.__context__)
    before = [_stack(cause), "which led to:"] if cause else []
    said = "".join(told.format_exception_only())
    return "\n".join(
        [*before, masked("".join(told.stack.format())).rstrip(), masked_whole(said[:LINE_LONGEST]).rstrip()]
    )


def _place_of(error: BaseException) -> str:
    trace = error.__traceback__
    while trace and trace.tb_next:
        trace = trace.tb_next
    where = f"{trace.tb_frame.f_code.co_filename}:{trace.tb_lineno}" if trace else ""
    return f"{type(error).__name__} {where}"


def _versions() -> list[str]:
    found = []
    for name in ("PySide6-Essentials", "pysqlite3", "opencv-python"):
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            found.append(f"{name} is not there")
    return [f"Guitai {version()}", f"Python {sys.version.split()[0]} on {platform.platform()}", *found]


def version() -> str:
    """Return the version this program says of itself."""
    text = (Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8")
    return next((line.split('"')[1] for line in text.splitlines() if line.startswith("version")), "unknown")
