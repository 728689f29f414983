"""A crash on the screen, on a lane or on a thread leaves one file without a secret, and words for the cashier."""

import logging
import stat
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.sandbox.gateway import fresh_codes
from pos.settings import AlipaySettings, Settings, TillSettings
from pos.till import pay, pins, sign_in
from pos.till.till import Till, open_till
from tests.fakes import BY_MEI, CHEAP_HASHER, LIN, MEI
from tests.flow.fault_shop import Shop, opened_shop
from tests.flow.test_secrets import private_parts, written_by
from ui import crash, run
from ui.app import App
from ui.lane import Bug

PIN, MEIS_PIN = "704815", "905147"


@dataclass
class Running:
    """A till's program, and the secrets that it has to do with."""

    app: App
    folder: Path
    said: list[object]
    secrets: list[str]
    keys: list[bytes]

    def reports(self) -> list[str]:
        return [path.read_text("utf-8") for path in sorted(self.folder.glob("crash-*.txt"))]


@pytest.fixture(scope="module")
def shop() -> Iterator[Shop]:
    with opened_shop() as opened:
        yield opened


@pytest.fixture
def running(qapp: QApplication, monkeypatch: pytest.MonkeyPatch, shop: Shop, tmp_path: Path) -> Iterator[Running]:
    assert qapp
    monkeypatch.setattr(pins, "HASHER", CHEAP_HASHER)
    root = logging.getLogger()
    before, level = list(root.handlers), root.level
    with ExitStack() as stack:
        settings = till_settings(shop, tmp_path / "03")
        till = open_till(settings)
        unlock = sign_in.put_staff(till, MEI, MEIS_PIN, hasher=CHEAP_HASHER)
        sign_in.put_staff(till, LIN, PIN, by=BY_MEI, hasher=CHEAP_HASHER)
        till.close()
        run.keep_log(settings.data_dir)
        app = App(settings, None)
        stack.callback(app.close)
        said: list[object] = []
        app.counter.noticed.connect(said.append)
        codes = fresh_codes(shop.address, 3)
        pepper = settings.pepper_file.read_text().split('"')[3]
        yield Running(app, settings.data_dir, said, [*codes, PIN, MEIS_PIN, unlock, pepper], private_parts(shop))
    for handler in set(root.handlers) - set(before):
        root.removeHandler(handler)
        handler.close()
    root.setLevel(level)


def till_settings(shop: Shop, folder: Path) -> Settings:
    keys = shop.folder / "alipay"
    return Settings(
        folder,
        TillSettings(store="0017", till="03", camera="none"),
        AlipaySettings(f"{shop.address}/gateway.do", "SANDBOX-0001", str(keys / "app_private.pem"),
                       str(keys / "alipay_public.pem")),
    )  # fmt: skip


def chatty(running: Running) -> Exception:
    """What code that is careless with secrets would raise."""
    return ValueError(f"cannot use {' or '.join(running.secrets)} with {running.keys[0].decode()}")


def on_the_screen(running: Running) -> None:
    def slot() -> None:
        raise chatty(running)

    QTimer.singleShot(0, slot)


def on_a_lane(running: Running) -> None:
    def task(_: Till) -> None:
        raise chatty(running)

    running.app.lane.run(task, lambda _done: None, running.said.append)


def on_a_thread(running: Running) -> None:
    def work() -> None:
        raise chatty(running)

    thread = threading.Thread(target=work, name="camera")
    thread.start()
    thread.join()


def while_a_payment_is_asked(running: Running) -> None:
    """Deep inside, with the code, the PIN and the key in the frames above."""

    def task(till: Till, code: str = running.secrets[0], pin: str = running.secrets[3]) -> None:
        try:
            pay.charge(till, running.app.counter.cart, code)
        except Exception as error:
            raise KeyError(code, pin) from error

    running.app.payments.run(task, lambda _done: None, running.said.append)


@pytest.mark.parametrize("where", [on_the_screen, on_a_lane, on_a_thread, while_a_payment_is_asked])
def test_a_crash_leaves_one_file_without_a_secret_and_words(
    running: Running, qtbot: QtBot, where: Callable[[Running], None]
) -> None:
    logging.getLogger("pos.test").info("asked with auth_code=%s by PIN %s", running.secrets[0], PIN)
    where(running)
    qtbot.waitUntil(lambda: any(isinstance(each, Bug) for each in running.said), timeout=5000)
    (report,) = running.reports()
    assert f"Guitai {crash.version()}" in report
    assert "ValueError" in report or "KeyError" in report
    assert "raise chatty(running)" in report or "in task" in report, "the stack says where"
    assert "asked with" in report, "the last lines of the log are there"
    everything = written_by(running.folder)
    for secret in running.secrets[:-1]:
        assert secret.encode() not in everything
    pepper = running.secrets[-1].encode()
    assert everything.count(pepper) == 1, "in its own file only"
    for key in running.keys:
        assert key not in everything


def test_a_report_is_for_its_owner_only(running: Running, qtbot: QtBot) -> None:
    on_a_thread(running)
    qtbot.waitUntil(lambda: bool(running.reports()), timeout=5000)
    (path,) = running.folder.glob("crash-*.txt")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_same_bug_again_and_again_is_one_file(running: Running, qtbot: QtBot) -> None:
    for _ in range(30):
        on_a_thread(running)
    qtbot.waitUntil(lambda: len(running.said) >= 30, timeout=5000)
    assert len(running.reports()) == 1


def test_old_reports_go_and_a_full_disk_makes_no_bug_worse(running: Running, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(12):
        (running.folder / f"crash-20250101-0000{number:02}-000000.txt").write_text("old")
    on_a_thread(running)
    assert len(running.reports()) == crash.FILES_KEPT
    monkeypatch.setattr("os.open", refuse)
    running.app.lane.run(lambda _: 1 // 0, lambda _done: None, lambda _error: None)
    running.app.lane.close()
    monkeypatch.undo()
    assert len(running.reports()) == crash.FILES_KEPT


def refuse(*_: object) -> int:
    raise OSError(28, "No space left on device")


def test_an_error_we_expect_is_no_crash(running: Running, qtbot: QtBot) -> None:
    running.app.counter.sign_in(LIN.number, "739164")
    qtbot.waitUntil(lambda: bool(running.said), timeout=5000)
    assert running.reports() == []
