"""Run the demo: with a person in front of it, or unattended."""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from pos.domain.errors import PosError, StorageError
from pos.domain.sale import TenderKind
from pos.sandbox.store import sample_staff
from pos.scan.camera import FramesSource, find_source
from pos.settings import Language
from pos.sync.client import HubClient
from pos.till.till import open_till
from ui import theme
from ui.app import App
from ui.application import SMALL_SCREEN, make_application, settle
from ui.demo.director import Director
from ui.demo.living import DrawnCounter
from ui.demo.phone import Phone
from ui.demo.plan import CUSTOMERS
from ui.demo.script import Script
from ui.demo.store import DemoStore, hire, open_store
from ui.first_paint import FirstPaint
from ui.run import keep_log
from ui.stage import Stage

NOTICE = "模拟支付 · 不是真实收款 · SIMULATOR"


def run(folder: Path | None, language: Language, camera: str) -> int:
    """Show the demo's till and a customer's phone; stay until the till's window is closed."""
    if sys.platform == "linux" and not (os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")):
        out = folder or Path("out/demo")
        sys.stdout.write(f"There is no screen here, so the demo plays by itself into {out}" + "\n")
        return run_unattended(out, language)
    with _store(folder or default_folder(), language, camera) as store:
        qt = make_application(store.settings, SMALL_SCREEN)
        theme.apply(qt, theme.scale_for(SMALL_SCREEN.boundedTo(qt.primaryScreen().size())))
        keep_log(store.settings.data_dir)
        found = find_source(camera)
        drawn = DrawnCounter() if found is None and camera != "none" else None
        source = FramesSource("drawn", drawn.frames) if drawn else found
        app = App(store.settings, lambda: source, hint=hint(), notice=NOTICE)
        phone = Phone(store.gateway.address, drawn, lambda: app.counter.qr)
        try:
            show_in(qt.primaryScreen().availableSize(), app.window)
            phone.lie_on(app.window)
            app.counter.stage_changed.connect(lambda stage: lay_down(phone, app.window, stage))
            app.start()
            settle()
            return qt.exec()
        finally:
            phone.close()
            app.close()


def show_in(room: QSize, window: QWidget) -> None:
    """Show the till's window as large as a small screen, or over all of a smaller one."""
    if SMALL_SCREEN.boundedTo(room) == SMALL_SCREEN:
        window.resize(SMALL_SCREEN)
        window.show()
    else:
        window.showFullScreen()


def run_unattended(out: Path, language: Language) -> int:
    """Play the day without a screen; 0 when all totals agree and nothing is unsent, else 1."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    started = time.monotonic()
    _make_folder(out)
    with _store(out, language, "none") as store:
        qt = make_application(store.settings, SMALL_SCREEN)
        keep_log(store.settings.data_dir)
        app = App(store.settings, None, hint=hint(), notice=NOTICE)
        paint = FirstPaint(app.window)
        app.window.resize(SMALL_SCREEN)
        app.window.show()
        app.start()
        director = Director(app.window, app.counter, store, out, app.scanner)
        trouble = _play(qt, director, app)
        try:
            summary = _summary(app, store, director) | {
                "first_paint_ms": paint.ms, "seconds": round(time.monotonic() - started, 1),
            }  # fmt: skip
        finally:
            app.close()
    if trouble:
        summary["trouble"] = str(trouble)
    (out / "summary.json").write_text(json.dumps(summary, indent=1, ensure_ascii=False), "utf-8")
    sys.stdout.write(json.dumps(summary, ensure_ascii=False) + "\n")
    return 0 if trouble is None and agrees(summary) else 1


def _make_folder(out: Path) -> None:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise StorageError(path=out, reason=reason.strerror) from reason


def agrees(summary: dict[str, Any]) -> bool:
    """Whether till, hub and gateway tell the same story, and nothing is unsent."""
    return bool(
        summary["sales"] == summary["alipay_paid"] + summary["cash_paid"] == CUSTOMERS
        and summary["till_total_fen"] == summary["hub_total_fen"] == summary["sold_fen"]
        and summary["gateway_total_fen"] == summary["alipay_fen"]
        and summary["acked"] == summary["journal_entries"]
        and summary["parked"] == 0
    )


def default_folder() -> Path:
    """Return where the demo keeps its store between starts."""
    home = os.environ.get("LOCALAPPDATA") or os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    return Path(home) / "guitai-demo"


def hint() -> str:
    """Return what the sign-in page tells about the sample staff."""
    return "\n".join(f"{each['name']}  {each['number']} / {each['pin']}" for each in sample_staff())


def lay_down(phone: QWidget, window: QWidget, stage: Stage) -> None:
    """Have the phone beside the till once somebody sells: before, it would lie on the sample staff's numbers."""
    is_there = phone.isVisible()
    phone.setVisible(stage not in {Stage.SIGN_IN, Stage.OPEN_SHIFT})
    if phone.isVisible() and not is_there:
        phone.move(_beside(window, phone.sizeHint()))


def _beside(window: QWidget, size: QSize) -> QPoint:
    """Return a place right of the till's window, else over the lower end of its cart."""
    screen = window.screen().availableGeometry()
    right = window.geometry().right() + 16
    is_room = right + size.width() < screen.right()
    return QPoint(right, 40) if is_room else QPoint(16, max(screen.bottom() - size.height() - 8, 0))


@contextmanager
def _store(folder: Path, language: Language, camera: str) -> Iterator[DemoStore]:
    store = open_store(folder, language=language, camera=camera)
    try:
        till = open_till(store.settings)
        hire(till)
        till.close()
        yield store
    finally:
        store.close()


def _play(qt: QApplication, director: Director, app: App) -> PosError | None:
    ended: list[PosError | None] = []
    script = Script(director.day(lambda: app.counter.today().unsent.count == 0))
    script.finished.connect(ended.append)
    script.finished.connect(lambda _error: qt.exit())  # quit would ask the window, which may say no
    QTimer.singleShot(0, script.start)
    settle()
    qt.exec()
    return ended[0] if ended else None


def _summary(app: App, store: DemoStore, director: Director) -> dict[str, Any]:
    day = app.counter.today()
    entries, acked = app.journal_marks()
    with HubClient(store.hub.address, store.office) as office:
        hub = office.get("/v1/totals", dict[str, Any], params={"day": day.business_day.isoformat()})
    gateway = httpx.get(f"{store.gateway.address}/sandbox/totals", timeout=10).json()
    return {
        "sales": day.sales,
        "scanned_by_camera": director.tally.scanned_by_camera,
        "shown_again": director.tally.shown_again,
        "paid_by_qr": director.tally.by_qr,
        "alipay_paid": day.tenders[TenderKind.ALIPAY].count,
        "cash_paid": day.tenders[TenderKind.CASH].count,
        "declined": director.tally.declined,
        "resolved_unknown": director.tally.resolved_unknown,
        "journal_entries": entries,
        "acked": acked,
        "parked": hub["parked"],
        "till_total_fen": day.net.fen,
        "hub_total_fen": hub["total_fen"] - hub["refunded_fen"],
        "gateway_total_fen": gateway["kept_fen"],
        "alipay_fen": day.tenders[TenderKind.ALIPAY].amount.fen - day.refunds.amount.fen,
        "sold_fen": app.sold_fen(),
    }
