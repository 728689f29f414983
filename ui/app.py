"""App: the one place that joins the parts of a running till."""

from collections.abc import Callable
from contextlib import ExitStack, closing
from functools import cached_property
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from pos.clock import RandomIds, SystemClock
from pos.device.pole import open_pole
from pos.device.scale import Scale, open_scale
from pos.domain.errors import BallastFreed, CertificateExpired, PosError, ScaleLost, ScaleSilent
from pos.domain.gateway import PaymentGateway
from pos.scan.report import Preview, Stage, State
from pos.scan.seen import Reading
from pos.settings import Settings
from pos.storage.catalogue import open_catalogue
from pos.storage.database import Database, checkpoint, only_one, open_database, open_reader
from pos.storage.follower import CopyStatus, SecondCopy
from pos.storage.migrations import TILL_FILE, till_steps
from pos.storage.self_check import check_recent
from pos.sync.disk import CatalogueFile, JournalOutbox
from pos.sync.status import SyncStatus
from pos.till import preferences, report, rules
from pos.till.till import Till, catalogue_file, open_reading_till, open_till, till_file, usable_device
from ui import language, qr
from ui.ahead import Ahead
from ui.counter import Counter
from ui.crash import catch_all
from ui.customer.pole import PoleSign
from ui.customer.screens import SecondScreen
from ui.customer.window import CustomerWindow
from ui.desk import Desk
from ui.hands import Hands
from ui.idle import IdleLock
from ui.lane import Bug, Lane
from ui.printing.desk import PrintDesk
from ui.scanner_keys import ScannerKeys
from ui.sounds import open_sounds
from ui.stage import Pace
from ui.store.room import open_room
from ui.timers import timer
from ui.voice import open_voice, words_of
from ui.widgets.watermark import mark_training
from ui.window import Window

if TYPE_CHECKING:
    from pos.scan.camera import Source
    from pos.scan.scanner import Scanner
    from pos.sync.asked import AskedHub
    from pos.sync.carts import OwnCarts
    from pos.sync.runner import SyncRunner

CHECKPOINT_EVERY_MS = 5_000
LOOK_AT_DEVICES_MS = 2_000


class Bridge(QObject):
    """Carries what other threads say onto the screen's thread."""

    reading_seen = Signal(object)
    frame_shown = Signal(object)
    camera_changed = Signal(object)
    sync_changed = Signal(object)
    copy_changed = Signal(object)
    decoder_missing = Signal(object)
    bug_met = Signal(object)


class App:
    """A till that runs: files open, threads started, window made but not shown.

    Args:
        source: finds the camera once the window stands; None for a till without one.

    Raises:
        StorageError, SetupError: it cannot; nothing is left open.
    """

    def __init__(self, settings: Settings, source: "Callable[[], Source | None] | None", *, hint: str = "",
                 notice: str = "", pace: Pace | None = None, can_train: bool = False) -> None:  # fmt: skip
        self._open = ExitStack()
        self._find_source = source
        self._alipay_trouble: CertificateExpired | None = None
        self.second_copy: SecondCopy | None = None
        try:
            self._build(settings, pace)
        except BaseException:
            self._open.close()
            raise
        self._speak_as_before()
        hub = self._make_asking_hub(settings)
        desk = Desk(self._reading, self.payments, hub.copies if hub else None)
        self.printing = PrintDesk(self._reading, self._print_lane)
        room = open_room(self._hands, lambda: self.counter.cashier, hub.carts if hub else None, self.printing,
                         hub.totals if hub else None)  # fmt: skip
        self._open.callback(room.errands.close)
        room.aside.moved.connect(self._wake_sync)
        self.window = Window(self.counter, desk, room, settings.till.store_name, hint=hint, notice=notice,
                             training=settings.is_training if can_train else None)  # fmt: skip
        self.customer = CustomerWindow(
            self.counter,
            settings.till.store_name,
            notice,
            message=settings.till.store_message,
            page_of=self.printing.page_address,
        )
        if settings.is_training:
            mark_training(self.customer)
        self.second_screen = SecondScreen(self.customer)
        self._connect()
        self._watch_keys()
        voice = open_voice(is_wanted=settings.till.voice, volume_percent=settings.till.volume_percent)
        if voice:
            self.counter.sold.connect(lambda sale: voice.say(words_of(sale)))
        self._open.callback(catch_all(lambda error: self.bridge.bug_met.emit(Bug(reason=type(error).__name__))))

    def start(self) -> None:
        """Show the customer's window where there is a screen for it, start the camera and the sync, and ask Alipay."""
        self.second_screen.show()
        self._start_camera()
        self.printing.start()
        if self.sync:
            self.sync.start()
        self.counter.start()
        ahead = Ahead(self.counter, qr.load, self.window.make_next)
        self._open.callback(ahead.stop)
        self._keys.touched.connect(ahead.wait_anew)
        ahead.wait_anew()

    def close(self) -> None:
        """Stop every thread and let go of the files; what is unsent stays on disk."""
        self.window.looking.stop()
        self.customer.close()
        self._open.close()

    def journal_marks(self) -> tuple[int, int]:
        """Return how many entries there are, and how many the hub has acknowledged."""
        return report.journal_marks(self._reading)

    def sold_fen(self) -> int:
        """Return what the sales add up to, one by one."""
        return report.sold_fen(self._reading)

    def _build(self, settings: Settings, pace: Pace | None) -> None:
        self._settings = settings
        self._open.enter_context(only_one(settings.data_dir))
        gateway = self._make_gateway(settings)
        if settings.hub.url and not till_file(settings).exists():
            from pos.custody import refuse_if_known  # noqa: PLC0415  (asked once in a till's life)

            refuse_if_known(settings)
        with closing(open_till(settings)) as till:  # migrates, and says in words what is wrong before any thread starts
            check_recent(till.db, till.identity)
            till.ballast.keep()
        reading = open_reading_till(settings)
        self._reading = reading
        self._open.callback(reading.close)
        self.bridge = Bridge()
        copy = self._make_second_copy(settings, reading)
        self.lane: Lane[Till] = Lane(lambda: open_till(settings, second_copy=copy, is_checked=True), "till")
        self._open.callback(self.lane.close)
        self.payments: Lane[Till] = Lane(
            lambda: open_till(settings, gateway, second_copy=copy, is_checked=True), "payments"
        )
        self._open.callback(self.payments.close)
        self._loading: Lane[ExitStack] = Lane(ExitStack, "loading")
        self._open.callback(self._loading.close)
        self._print_lane: Lane[Till] = Lane(lambda: open_till(settings, second_copy=copy, is_checked=True), "printing")
        self._open.callback(self._print_lane.close)
        sounds = open_sounds(settings.till.volume_percent)
        self._hands = Hands(reading, self.lane, self.payments, sounds, self._alipay_trouble)
        self.counter = Counter(self._hands, pace)
        self.sync = self._make_sync(settings, reading)
        self._keys = ScannerKeys(settings.till.scanner_gap_ms)
        self._keys.scanned.connect(self.counter.code_seen)
        self._idle = IdleLock(self.counter, settings.till.lock_after_s * 1000)
        self._keys.touched.connect(self._idle.wait_anew)
        timer(self.counter, CHECKPOINT_EVERY_MS, self._checkpoint).start()
        self._open_devices(settings)

    def _speak_as_before(self) -> None:
        """Speak the language that was chosen at this till."""
        qt = QCoreApplication.instance()
        assert qt is not None
        language.install(qt, preferences.spoken(self._reading))

    def _watch_keys(self) -> None:
        """Let every event come by the scanner's keys, but not the thousands of a window that is being made."""
        qt = QCoreApplication.instance()
        assert qt is not None
        qt.installEventFilter(self._keys)
        self._open.callback(qt.removeEventFilter, self._keys)

    def _open_devices(self, settings: Settings) -> None:
        """Open the scale and the display on the pole, each on a thread of its own; one that is dead holds up nobody."""
        scale, pole = open_scale(settings.scale, SystemClock()), open_pole(settings.pole)
        self._pole = pole
        looking = timer(self.counter, LOOK_AT_DEVICES_MS, self._look_at_devices)
        looking.start()
        self._open.callback(looking.stop)
        if scale:
            self.counter.scale = scale
            self._open.callback(scale.close)
        if pole:
            PoleSign(self.counter, pole)
            self._open.callback(pole.close)

    def _look_at_devices(self) -> None:
        """Show on the strip what is pulled out or switched off, before somebody needs it."""
        if self.counter.scale:
            self.window.show_trouble("scale", _trouble_of(self.counter.scale))
        if self._pole:
            self.window.show_trouble("pole", self._pole.trouble)

    def _make_gateway(self, settings: Settings) -> PaymentGateway | None:
        if settings.is_training:
            from pos.alipay.practice import PracticeGateway  # noqa: PLC0415  (as below)

            return PracticeGateway(SystemClock())
        if not settings.alipay.app_id:
            return None
        from pos.alipay.gateway import AlipayGateway  # noqa: PLC0415  (a till that takes cash only starts sooner)

        try:
            gateway = AlipayGateway(settings.alipay, SystemClock())
        except CertificateExpired as reason:
            self._alipay_trouble = reason
            return None
        self._open.callback(gateway.close)
        return gateway

    def _make_asking_hub(self, settings: Settings) -> "AskedHub | None":
        if not settings.hub.url:
            return None
        from pos.sync.asked import asked_hub  # noqa: PLC0415  (httpx with it: as above)

        hub = asked_hub(settings.hub.url, usable_device(settings))
        self._open.callback(hub.client.close)
        return hub

    def _start_camera(self) -> None:
        """Load what reads codes on a thread of its own: half a second in which the window answers already."""
        find = self._find_source
        if find is not None:
            self.window.show_camera(State(Stage.OPENING))
            self._loading.run(lambda _: _load_scanner(find), self._watch, self.counter.noticed.emit)

    def _watch(self, source: "Source | None") -> None:
        if source is None:
            self.window.show_camera(State(Stage.OFF))
        else:
            self.scanner.open(source)

    @cached_property
    def scanner(self) -> "Scanner":
        """What reads codes, before any camera."""
        from pos.scan.scanner import Scanner  # noqa: PLC0415  (numpy with it; see _start_camera)

        bridge = self.bridge

        def on_code(reading: Reading) -> None:
            bridge.reading_seen.emit(reading)

        def on_frame(preview: Preview) -> None:
            bridge.frame_shown.emit(preview)

        def on_state(state: State) -> None:
            bridge.camera_changed.emit(state)

        scanner = Scanner(None, on_code=on_code, on_frame=on_frame, on_state=on_state,
                          on_finding=bridge.decoder_missing.emit)  # fmt: skip
        self._open.callback(scanner.stop)
        self.counter.box.label_seen.connect(scanner.was_goods)
        return scanner

    def _make_second_copy(self, settings: Settings, reading: Till) -> SecondCopy | None:
        if not settings.till.second_copy:
            return None

        def open_journal() -> Database:
            return open_reader(till_file(settings), till_steps, application_id=TILL_FILE)

        folder = Path(settings.till.second_copy)
        self.second_copy = SecondCopy(folder, reading.identity, open_journal, self.bridge.copy_changed.emit)
        self._open.callback(self.second_copy.stop)
        self.second_copy.start()
        return self.second_copy

    def _make_sync(self, settings: Settings, reading: Till) -> "SyncRunner | None":
        if not settings.hub.url:
            return None
        from pos.sync.carts import OwnCarts  # noqa: PLC0415  (as above)
        from pos.sync.client import HubClient  # noqa: PLC0415
        from pos.sync.runner import SyncRunner  # noqa: PLC0415

        identity, device = reading.identity, usable_device(settings)

        def open_disk() -> "tuple[JournalOutbox, CatalogueFile, OwnCarts]":
            db = open_database(till_file(settings), till_steps, application_id=TILL_FILE, is_checked=True)
            own = OwnCarts(db, identity.name, SystemClock(), RandomIds())
            return (
                JournalOutbox(db, identity, device),
                CatalogueFile(open_catalogue(catalogue_file(settings), is_checked=True)),
                own,
            )

        runner = SyncRunner(HubClient(settings.hub.url, device), open_disk,
                            on_status=self.bridge.sync_changed.emit, check_rules=rules.check)  # fmt: skip
        self._open.callback(runner.stop)
        return runner

    def _connect(self) -> None:
        bridge, window = self.bridge, self.window
        bridge.reading_seen.connect(self.counter.box.see_reading)
        bridge.frame_shown.connect(window.show_frame)
        bridge.camera_changed.connect(window.show_camera)
        window.mirror_camera(self._settings.camera.mirror)
        bridge.sync_changed.connect(window.show_sync)
        bridge.copy_changed.connect(self._on_copy)
        if self.second_copy:
            self._on_copy(self.second_copy.status)
        bridge.bug_met.connect(self.counter.noticed, Qt.ConnectionType.QueuedConnection)
        self.counter.figures_changed.connect(self._wake_sync)
        self.second_screen.changed.connect(self.window.follow_second_screen)

    def _wake_sync(self) -> None:
        if self.sync:
            self.sync.wake()

    def _on_sync(self, status: SyncStatus) -> None:
        self.window.show_sync(status)

    def _on_copy(self, status: CopyStatus) -> None:
        """Show a quiet sign, and say it once in words: nobody has to do anything before the next sale."""
        self.window.show_trouble("copy", status.trouble)
        if status.trouble and not self.counter.stage.is_paying:
            self.counter.noticed.emit(status.trouble)

    def _checkpoint(self) -> None:
        """Move the log into the file while nobody waits."""
        if not self.counter.stage.is_paying:
            self.lane.run(lambda till: checkpoint(till.db), lambda _done: None, lambda _error: None)
            self.lane.run(lambda till: till.ballast.keep(), self._on_ballast, lambda _error: None)

    def _on_ballast(self, is_there: bool) -> None:  # noqa: FBT001  (an answer)
        wanted = self._settings.till.ballast_mb > 0
        trouble = None if is_there or not wanted else BallastFreed(path=self._settings.data_dir)
        self.window.show_trouble("disk", trouble)


def _load_scanner(find: "Callable[[], Source | None]") -> "Source | None":
    """Load what reads codes, where a camera is found to read from."""
    source = find()
    if source is not None:
        import_module("pos.scan.scanner")
    return source


def _trouble_of(scale: Scale) -> PosError | None:
    """Return why a scale cannot be asked; that what lies on it still moves is no trouble."""
    try:
        scale.weigh()
    except (ScaleLost, ScaleSilent) as trouble:
        return trouble
    except PosError:
        return None
    return None
