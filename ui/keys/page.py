"""Key page: a manager chooses a map, gives a key to what it should do, and keeps the whole."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QButtonGroup,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from pos.domain.entry import Json
from pos.domain.errors import PosError
from ui import theme
from ui.counter import Counter
from ui.desk import Desk, Setting
from ui.keys import now
from ui.keys.keymap import FIXED, PRESETS, KeyMap, Press, is_usable, key_words, keys_words
from ui.keys.shortcuts import key_of
from ui.keys.words import preset_words, press_words
from ui.messages import notice_for
from ui.parts import button, dress, label, named
from ui.stage import Stage

KEPT_AS = "keys"
"""The preference that holds the map."""


class KeyPage(QWidget):
    """Left what can be done with its keys, right the maps to start from and what to do with the chosen row.

    Signals: ``kept`` once another map is in use.
    """

    kept = Signal()

    def __init__(self, counter: Counter, desk: Desk) -> None:
        super().__init__()
        self.setObjectName("key_page")
        self._counter, self._desk = counter, desk
        self._keys: KeyMap = now.current()
        self._is_listening = False
        self.table = named(QTableWidget(len(Press) - len(FIXED), 2), "key_table")
        self.table.setAccessibleName(press_words(Press.HELP))
        self._presses = [press for press in Press if press not in FIXED]
        self._verdict = label("key_verdict", "", role="verdict")
        self._listen = button("key_listen", self.tr("换一个键"), role="quiet", press=Press.TAKE)
        self._drop = button("key_drop", self.tr("不要这个键"), role="quiet", press=Press.VOID_LINE)
        self.keep = button("key_keep", self.tr("保存"), role="primary", press=Press.PAY)
        self._maps = self._make_maps()
        self._lay_out()
        self._connect()
        self.table.installEventFilter(self)

    def _make_maps(self) -> QButtonGroup:
        group = QButtonGroup(self)
        for place, preset in enumerate(PRESETS):
            each = button(f"key_map_{preset}", preset_words(preset), role="shelf")
            each.setCheckable(True)
            group.addButton(each, place)
        return group

    def _lay_out(self) -> None:
        self._dress_table()
        left = QVBoxLayout()
        left.addWidget(label("key_title", press_words(Press.KEYS), role="big"))
        left.addWidget(self.table, 1)
        right = QVBoxLayout()
        right.addWidget(label("key_maps_title", self.tr("从哪一套开始（← → 换）"), role="title"))
        maps = QGridLayout()
        for place, each in enumerate(self._maps.buttons()):
            maps.addWidget(each, place // 2, place % 2)
        right.addLayout(maps)
        right.addWidget(self._verdict)
        right.addStretch()
        change = QHBoxLayout()
        change.addWidget(self._listen)
        change.addWidget(self._drop)
        right.addLayout(change)
        back = button("key_back", self.tr("不保存，返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(self.press_escape)
        right.addWidget(back)
        right.addWidget(self.keep)
        layout = QHBoxLayout(self)
        layout.setSpacing(theme.px(24))
        layout.addLayout(left, 3)
        layout.addLayout(right, 2)

    def _dress_table(self) -> None:
        self.table.setHorizontalHeaderLabels([self.tr("做什么"), self.tr("按键")])
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.table.verticalHeader().hide()
        self.table.verticalHeader().setDefaultSectionSize(theme.px(56))
        self.table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)

    def _connect(self) -> None:
        self._listen.clicked.connect(self.listen)
        self._drop.clicked.connect(self.drop_keys)
        self.keep.clicked.connect(self.keep_keys)
        self._maps.idClicked.connect(lambda place: self._start_from(list(PRESETS)[place]))

    def open(self) -> None:
        """Start from the map that is in use."""
        self._keys = now.current()
        self._say("", "rest")
        self._show()
        self.table.selectRow(0)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def press_enter(self) -> None:
        """Begin to listen."""
        self.listen()

    def listen(self) -> None:
        """Take the next key for the chosen row."""
        self._is_listening = True
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say(self.tr("现在按要给“%s”的键；Esc 不换") % press_words(self._chosen()), "look")

    def drop_keys(self) -> None:
        """Leave the chosen row without a key; its button stays."""
        self._keys = self._keys.with_keys(self._chosen())
        self._say("", "rest")
        self._show()

    def keep_keys(self) -> None:
        """Keep the map, unless one key would do two things."""
        wrong = self._keys.collisions()
        cashier = self._counter.cashier
        if wrong:
            names = press_words(wrong[0].one), press_words(wrong[0].other)
            self._say(self.tr("✕ %s 同时是“%s”和“%s”，先换一个") % (key_words(wrong[0].key), *names), "stop")
        elif cashier is not None:
            wish = Setting(cashier, KEPT_AS, self._keys.as_json())
            self._desk.keep_preference(wish, self._on_kept, self._on_refused)

    def press_escape(self) -> None:
        """Leave without keeping."""
        self._counter.show(Stage.SELL)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802  (Qt's name)
        """While listening take every key, before it is a shortcut; else the arrows choose a map."""
        if event.type() is QEvent.Type.ShortcutOverride and self._is_listening:
            event.accept()
            return True
        if event.type() is not QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        assert isinstance(event, QKeyEvent)
        if self._is_listening:
            self._hear(key_of(event))
            return True
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()), 0)
        if step:
            names = list(PRESETS)
            self._start_from(names[(names.index(self._keys.preset) + step) % len(names)])
        return bool(step)

    def _hear(self, key: str) -> None:
        if not key:
            return
        self._is_listening = False
        press = self._chosen()
        if key == "Esc":
            self._say("", "rest")
        elif not is_usable(key):
            self._say(self.tr("✕ %s 要留着打字或确认，换一个键") % key_words(key), "stop")
        elif rivals := self._keys.rivals(press, key):
            self._say(self.tr("✕ %s 已经是“%s”，先给它换一个键") % (key_words(key), press_words(rivals[0])), "stop")
        else:
            self._keys = self._keys.with_keys(press, key)
            self._say(self.tr("✓ “%s”现在是 %s，还没有保存") % (press_words(press), key_words(key)), "good")
            self._show()

    def _start_from(self, preset: str) -> None:
        self._keys = PRESETS[preset]
        self._say("", "rest")
        self._show()

    def _chosen(self) -> Press:
        return self._presses[max(0, self.table.currentRow())]

    def _show(self) -> None:
        for row, press in enumerate(self._presses):
            self.table.setItem(row, 0, QTableWidgetItem(press_words(press)))
            self.table.setItem(row, 1, QTableWidgetItem(keys_words(self._keys.keys_of(press))))
        self._maps.buttons()[list(PRESETS).index(self._keys.preset)].setChecked(True)

    def _on_kept(self, _kept: Json) -> None:
        self._counter.show(Stage.SELL)
        now.use(self._keys)
        self.kept.emit()

    def _on_refused(self, error: PosError) -> None:
        notice = notice_for(error)
        self._say(f"✕ {notice.words}：{notice.action}", "stop")

    def _say(self, words: str, kind: str) -> None:
        self._verdict.setText(words)
        dress(self._verdict, "kind", kind)
        self._verdict.setVisible(bool(words))
