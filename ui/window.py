"""Window: the pages, the strip that is always visible, and the keys."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.domain.errors import PosError
from pos.domain.shift import Shift
from pos.domain.staff import MAY, Act
from pos.scan.report import Preview, State
from pos.sync.status import SyncStatus
from pos.till.printing import Standing
from ui import language
from ui.approval.panel import ApprovalPanel
from ui.counter import Counter
from ui.desk import Desk
from ui.keys import now
from ui.keys.keymap import Place, Press, read_keys
from ui.keys.page import KEPT_AS
from ui.keys.sheet import KeySheet
from ui.keys.shortcuts import Shortcuts
from ui.leave import Leaving
from ui.messages import Notice
from ui.pages import BACK, Pages, TakesEnter
from ui.parts import name_fields
from ui.printing.paper_keys import PaperKeys
from ui.printing.words import strip_words
from ui.shift.pages import CloseShiftPage, OpenShiftPage
from ui.stage import Said, Stage, Word
from ui.store.room import Room
from ui.timers import timer
from ui.widgets.status_strip import StatusStrip, Watched
from ui.widgets.watermark import mark_training

LOOK_EVERY_MS = 1_000
"""How often the lamp looks at the disk on its own: other threads write entries, too."""


class Window(Pages):
    """The till's one window. Its pages are made anew when the language changes, so that no word can be forgotten.

    Args:
        desk: for payments that are already made, and for what a manager sets.
        room: for carts laid aside, scale labels and tiles.
        store_name: shown at sign-in and on the receipt.
        hint: what the sign-in page tells about the demo's staff; empty in a real store.
        notice: what the receipt must say of itself, such as that the money is play money.
        training: whether somebody practises here; None where nobody can.

    Signals: ``training_wanted`` whether somebody wants to practise, or to have the real till back.
    """

    training_wanted = Signal(bool)

    def __init__(self, counter: Counter, desk: Desk, room: Room, store_name: str, *, hint: str = "", notice: str = "",
                 training: bool | None = None) -> None:  # fmt: skip
        super().__init__(counter, desk, room, store_name, hint)
        self.setObjectName("window")
        self._notice, self._training = notice, training
        self.has_customer_screen = False
        self._open: int | None = None
        self._leaving = Leaving(self, counter)
        self._said: PosError | Said | None = None
        self._told: dict[str, Callable[[], object]] = {}
        now.use(read_keys(desk.preference(KEPT_AS)))
        self._shortcuts = Shortcuts(self, self._press, self._can_press)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        self._build()
        if training:
            mark_training(self)
        self.page_made.connect(self._dress)
        self.keys_kept.connect(self._shortcuts.renew)
        counter.stage_changed.connect(self._show_stage)
        counter.noticed.connect(self._note_said)
        counter.open_changed.connect(self._note_open)
        counter.figures_changed.connect(self.look_whether_off)
        counter.basket.scanned.connect(self._on_scanned)
        room.printing.notice = notice
        room.printing.changed.connect(self._show_printing)
        room.printing.said.connect(counter.noticed)
        counter.sold.connect(room.printing.print_sale)
        counter.drawer.opened.connect(room.printing.open_drawer)
        counter.parts.cash_moved.connect(room.printing.open_drawer)
        counter.drawer.closed.connect(self._print_closed)
        self.looking = timer(self, LOOK_EVERY_MS, self.look_whether_off)
        self.looking.start()
        self._show_stage(counter.stage)

    def _build(self) -> None:
        """Make the strip and every page, in the language of now."""
        self.setWindowTitle(self.tr("柜台 Guitai"))
        self.strip = StatusStrip(is_simulator=bool(self._notice), is_training=bool(self._training))
        self._make_pages()
        self._inside = QWidget(self)
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.strip)
        column.addWidget(self._pages, 1)
        layout = self.layout()
        assert layout is not None
        layout.addWidget(self._inside)
        self.sheet = KeySheet(self, lambda: [press for press in Press if press in self._deeds])
        self._make_deeds()
        self._connect()
        self._shortcuts.obey()

    def _connect(self) -> None:
        for clicked, press in (
            (self.strip.today, Press.TODAY),
            (self.strip.close_shift, Press.CLOSE_SHIFT),
            (self.strip.lock, Press.LOCK),
            (self.strip.review, Press.REVIEW),
            (self.strip.help, Press.HELP),
            (self.strip.language, Press.LANGUAGE),
            (self.strip.printing, Press.PRINTING),
        ):
            clicked.clicked.connect(self._deeds[press])
        self.strip.training.clicked.connect(self._change_training)
        self.sheet.change_wanted.connect(self._deeds[Press.KEYS])
        self.counter.operations.reprint_wanted.connect(self._room.printing.reprint_last)
        self._dress(self._inside)

    def _dress(self, pages: QWidget) -> None:
        """Give pages what every one has, whenever it was made."""
        self._shortcuts.guard(pages)
        name_fields(pages)

    def _make_deeds(self) -> None:
        """What each press does; its key is in the map and printed on its button."""
        page, counter = self.counter, self._counter
        self._deeds: dict[Press, Callable[[], None]] = {
            Press.HELP: self._show_sheet,
            Press.TAKE: self._press_enter,
            Press.STOP: self._press_escape,
            Press.PAY: self._press_go,
            Press.QUANTITY: page.operations.quantity,
            Press.PRICE: page.operations.price,
            Press.LINE_DISCOUNT: page.operations.line_discount,
            Press.ORDER_DISCOUNT: page.operations.order_discount,
            Press.TARE: page.operations.tare,
            Press.WEIGH: page.operations.weigh,
            Press.MEMBER: page.operations.member,
            Press.COUPON: page.operations.coupon,
            Press.PRICE_CHECK: page.operations.check_price,
            Press.MORE: page.operations.show_more,
            Press.UNDO: counter.basket.undo,
            Press.SUSPEND: page.suspend,
            Press.RESUME: lambda: counter.show(Stage.SUSPENDED),
            Press.STORE: lambda: counter.show(Stage.STORE),
            Press.LINE_UP: lambda: page.choose_line(-1),
            Press.LINE_DOWN: lambda: page.choose_line(1),
            Press.VOID_LINE: self._press_delete,
            Press.CLEAR: counter.clear,
            Press.EXACT: page.take_exact,
            Press.QUICK_1: lambda: page.take_quick(1),
            Press.QUICK_2: lambda: page.take_quick(2),
            Press.QUICK_3: lambda: page.take_quick(3),
            Press.SHOW_QR: counter.show_qr,
            Press.QUERY: counter.query_now,
            Press.TODAY: self._open_room,
            Press.REVIEW: lambda: self._go(Stage.REVIEW),
            Press.CLOSE_SHIFT: lambda: self._go(Stage.CLOSE_SHIFT),
            Press.REFUND: lambda: counter.show(Stage.RETURN),
            Press.LOCK: counter.sign_out,
            Press.LANGUAGE: self.switch_language,
            Press.KEYS: lambda: counter.show(Stage.KEYS),
            Press.REPRINT: self._reprint,
            Press.PRINTING: lambda: self._go(Stage.PRINTING),
            Press.DRAWER: self._open_drawer,
            Press.PHONE: self._press_phone,
        }
        if self._training is not None:
            self._deeds[Press.TRAINING] = self._change_training

    def _press(self, key: str) -> None:
        press = now.current().press_for(key, self._place())
        if not self.sheet.close_sheet() and press is not None:
            self._deeds[press]()

    def _can_press(self, key: str) -> bool:
        return now.current().press_for(key, self._place()) in self._deeds

    def _place(self) -> Place:
        stage = self._counter.stage
        if stage.is_paying:
            return Place.WAIT
        known = {Stage.SIGN_IN: Place.SIGN_IN, Stage.SELL: Place.GOODS, Stage.PAY: Place.PAY, Stage.PAID: Place.PAID}
        return known.get(stage, Place.PAGE)

    def _show_sheet(self) -> None:
        cashier = self._counter.cashier
        may_change = cashier is not None and Act.CHANGE_STORE in MAY[cashier.role] and self._place() is not Place.WAIT
        self.sheet.open(may_change=may_change)

    def _on_scanned(self, _is_good: bool) -> None:  # noqa: FBT001  (a signal's argument)
        """Nothing lies over the line that was scanned last."""
        self.sheet.close_sheet()

    def switch_language(self) -> None:
        """Say everything in the other language; not while a page waits for an answer."""
        if not self.may_switch_language:
            self._refuse_language()
            return
        application = QCoreApplication.instance()
        assert application is not None
        language.install(application, language.other())
        self._desk.keep_spoken(language.current(), self._counter.noticed.emit)
        self._build_anew()

    def _refuse_language(self) -> None:
        said = self._said
        self._counter.say(Said(Word.LANGUAGE_LATER))
        if self._pages.currentWidget() is not self.counter:  # where the notice is read only after it is over
            self._counter.noticed.emit(said)
            self.strip.say_language_later()

    def _change_training(self) -> None:
        """Give the real till back to whoever asks, and a till to practise on to a manager."""
        if self._training:
            self.training_wanted.emit(False)  # noqa: FBT003  (Qt's signals take no names)
            return
        typed = self.sign_in.take_credentials()
        if typed.number and typed.pin:
            self._desk.may_train(typed, lambda _cashier: self.training_wanted.emit(True), self._counter.noticed.emit)  # noqa: FBT003
        else:
            words = self.tr("练习要店长开始"), self.tr("先输入店长的工号和密码，再按“练习”")
            self._counter.noticed.emit(Notice(*words, "", "look"))

    @property
    def may_switch_language(self) -> bool:
        """Whether no page is waiting for an answer that it would not hear."""
        waiting = {Stage.REVIEW, Stage.RETURN, Stage.REFUND, Stage.BILL, Stage.KEYS, Stage.SUSPENDED, Stage.LABELS,
                   Stage.TILES, Stage.PAPER, Stage.CAMERA, Stage.CASH_MOVE, Stage.TENDERS, Stage.ANSWER}  # fmt: skip
        is_asked = (
            self._counter.stage.is_paying or self._counter.hold.is_on or self.counter.operations.approval.is_asking
            or self._room.books.waiting.is_busy or self._room.errands.waiting.is_busy
        )  # fmt: skip
        return not is_asked and self._counter.stage not in waiting

    def _build_anew(self) -> None:
        """Make every page again and tell it what the last ones knew."""
        counter, typed = self._counter, "" if self.counter.operations.panel else self.counter.typed_target().text()
        for old in (self._inside, self.sheet):
            old.hide()
            old.setParent(None)
            old.deleteLater()
        said = self._said
        self._build()
        for tell in list(self._told.values()):
            tell()
        counter.basket.cart_changed.emit()
        counter.stage_changed.emit(counter.stage)
        counter.noticed.emit(said)
        counter.offer_changed.emit(counter.offer)
        self.counter.typed_target().setText(typed)

    def _note_said(self, what: PosError | Said | None) -> None:
        self._said = what

    def show_frame(self, preview: Preview) -> None:
        """Show what the camera sees, on the counter or where it is tried out."""
        is_tried = self._counter.stage is Stage.CAMERA
        (self.camera.view if is_tried else self.counter.camera).show_frame(preview)

    def show_camera(self, state: State) -> None:
        """Show how the camera is."""

        def tell() -> None:
            """Tell the pages that are there."""
            self.counter.camera.show_state(state)
            if self._has_made(Stage.CAMERA):
                self.camera.show_state(state)
            self.strip.show_camera(state)

        self._tell("camera", tell)

    def show_sync(self, status: SyncStatus) -> None:
        """Show the line to the head office, and the shelves as it has filled them."""
        self._tell("sync", lambda: self.strip.show_sync(status))
        self._room.aside.note_elsewhere(status.waiting_elsewhere)
        self.look_whether_off()
        self.counter.stock()

    def show_trouble(self, of: Watched, trouble: PosError | None) -> None:
        """Show whether something the till works with is well."""
        self._tell(of, lambda: self.strip.show_trouble(of, trouble))

    def _show_printing(self, stands: Standing) -> None:
        self._tell("printing", lambda: self.strip.show_printing(strip_words(stands)))

    def mirror_camera(self, is_mirrored: bool) -> None:  # noqa: FBT001  (a setting)
        """Let left and right change sides in the camera's picture."""

        def tell() -> None:
            """Tell the pages that are there."""
            self.counter.camera.is_mirrored = is_mirrored
            if self._has_made(Stage.CAMERA):
                self.camera.view.is_mirrored = is_mirrored

        self._tell("mirror", tell)

    def _tell(self, what: str, tell: Callable[[], object]) -> None:
        """Tell the pages something that pages made later must know, too."""
        self._told[what] = tell
        tell()

    def follow_second_screen(self, is_there: bool) -> None:  # noqa: FBT001  (a signal's slot)
        """Turn our own screen to the customer only while they have none."""
        self.has_customer_screen = is_there
        self._show_stage(self._counter.stage)

    def look_whether_off(self) -> None:
        """Light the lamp by what the disk says now; a payment under way may have nothing on disk for a moment."""
        standing = self._counter.standing()
        is_idle = not self._counter.stage.is_paying and self._open == 0
        self.strip.show_standing(standing, may_leave=is_idle and not standing.unsent and not standing.has_open)

    def _note_open(self, count: int) -> None:
        """Note what the last round found open; before the first, nobody knows."""
        self._open = count
        self.look_whether_off()

    def _go(self, stage: Stage) -> None:
        if self._counter.stage in {Stage.SELL, Stage.PAY, Stage.PAID}:
            self._counter.show(stage)

    def _open_room(self) -> None:
        """Only for managers; the till's own disk is asked again when the figures are read."""
        if self._room.books.may_read and self._counter.stage in {Stage.OPEN_SHIFT, Stage.SHIFT_CLOSED}:
            self._counter.show(Stage.TODAY)
        elif self._room.books.may_read:
            self._go(Stage.TODAY)
        else:
            self._counter.say(Said(Word.MANAGERS_ROOM))

    def _print_closed(self, shift: Shift) -> None:
        self._room.printing.print_closed(self._counter.drawer.report_of(shift))

    def _reprint(self) -> None:
        """Print what is shown, or else what a customer got last."""
        shown = next((each for each in self._inside.findChildren(PaperKeys) if each.isVisible()), None)
        (shown.print_it if shown else self._room.printing.reprint_last)()

    def _open_drawer(self) -> None:
        if self._counter.stage is Stage.CLOSE_SHIFT:
            self.close_shift.open_drawer()
        self._counter.next_sale()
        self._go(Stage.DRAWER)

    def _press_phone(self) -> None:
        """Whichever panel is on the screen where somebody says yes."""
        for panel in self._inside.findChildren(ApprovalPanel):
            if panel.isVisible():
                panel.call()

    def _press_enter(self) -> None:
        page: object = self._pages.currentWidget()
        if isinstance(page, TakesEnter):
            page.press_enter()

    def _press_go(self) -> None:
        if self._pages.currentWidget() is self.counter:
            self.counter.press_go()
        elif self._counter.stage is Stage.KEYS:
            self.keys.keep_keys()

    def _press_delete(self) -> None:
        if self._counter.stage is Stage.KEYS:
            self.keys.drop_keys()
        elif self._counter.stage is Stage.SELL:
            self.counter.remove_line()
        elif self._counter.stage is Stage.PAY:
            self.counter.give_back_part()
        elif self._counter.stage is Stage.MONEY_HERE:
            self.counter.give_back_money()

    def _press_escape(self) -> None:
        page, stage = self._pages.currentWidget(), self._counter.stage
        if (stage in {Stage.SELL, Stage.PAY} or BACK.get(stage) is Stage.SELL) and not self._counter.hold.is_on:
            self._counter.noticed.emit(None)  # what was said there is not true of where this leads
        if page is self.sign_in:
            self.sign_in.press_escape()
        elif page in {self.counter, self.qr}:
            self.counter.press_escape()
        elif isinstance(page, (OpenShiftPage, CloseShiftPage)):
            page.back.click()
        elif stage is Stage.TODAY:
            self.today.leave()
        elif stage in BACK:
            self._counter.show(BACK[stage])

    def _show_stage(self, stage: Stage) -> None:
        self.look_whether_off()
        self.strip.show_person(self._counter.cashier, self._counter.shift)
        self.strip.language.setEnabled(self.may_switch_language)
        begins = self._training is False and stage is Stage.SIGN_IN
        self.strip.training.setVisible(begins or (bool(self._training) and not stage.is_paying))
        self.sheet.close_sheet()
        self._shortcuts.wake()
        page = self._open_page(stage)
        if stage is Stage.CAMERA:
            for what in self._told.keys() & {"camera", "mirror"}:
                self._told[what]()
        if stage is Stage.QR and not self.has_customer_screen:
            page = self.qr
        self._pages.setCurrentWidget(page or self.counter)

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802  (Qt's name)
        """Stay open while money is on its way; ask while something is unsent or unknown, though the disk has it."""
        event.setAccepted(self._leaving.may_close())
