"""The rules of the whole house: nothing is skipped, and no test draws on somebody's screen.

Tests marked ``x11`` need a real X server. A process has one Qt platform, so they run in one of
their own (QT_QPA_PLATFORM=xcb), on an Xvfb that is started here; all others run offscreen.
"""

import gc
import os
import subprocess
import sys
from collections.abc import Generator, Iterator

import pytest

from tests.x_server import start_x_server

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_ON_X11 = os.environ["QT_QPA_PLATFORM"] == "xcb"
_SERVER = pytest.StashKey[subprocess.Popen[bytes]]()


def pytest_configure(config: pytest.Config) -> None:
    """Start the X server that windows of the real kind need."""
    if not _ON_X11:
        return
    config.stash[_SERVER], display = start_x_server()
    if not display:
        raise pytest.UsageError("Xvfb did not start")
    os.environ["DISPLAY"] = display


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop it."""
    server = config.stash.get(_SERVER, None)
    if server is not None:
        server.terminate()
        server.wait(10)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the tests of this platform, and mark those that open a window."""
    kept = [item for item in items if (item.get_closest_marker("x11") is not None) == _ON_X11]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept
    for item in items:
        if {"qtbot", "qapp"} & set(getattr(item, "fixturenames", [])):
            item.user_properties.append(("opens", "window"))


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Make a skipped test a failed one."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, and a skipped test is a failed one: {report.longrepr}"
    return report


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """Make a skipped file a failed one."""
    report = yield
    if report.skipped:
        report.outcome = "failed"
        report.longrepr = f"skipped, and a skipped test is a failed one: {report.longrepr}"
    return report


@pytest.fixture(autouse=True)
def _what_was_let_go_is_gone() -> Iterator[None]:
    """Delete what a test leaves or said to delete later: a style sheet is worked out for all there is.

    Once there are windows, Python's rubbish is collected here and in no lane (see ``ui.rubbish``).
    """
    yield
    core, widgets = sys.modules.get("PySide6.QtCore"), sys.modules.get("PySide6.QtWidgets")
    if core is None or core.QCoreApplication.instance() is None:
        return
    for each in widgets.QApplication.topLevelWidgets() if widgets is not None else ():
        each.deleteLater()
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete)
    from ui.rubbish import collect_what_is_due  # noqa: PLC0415  (not before there is a window)

    gc.disable()
    collect_what_is_due()
