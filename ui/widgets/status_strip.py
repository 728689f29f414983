"""Status strip: who, which shift, the time, the camera, the line, what is unsent; always there."""

from typing import Literal

from PySide6.QtCore import QDateTime, Qt, QTimeZone
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QToolTip

from pos.domain.errors import ClocksApart, DeviceRefused, HubNotOurs, HubUnreachable, NotEnrolled, PosError
from pos.domain.shift import Shift
from pos.domain.staff import MAY, Act, Cashier
from pos.scan.report import Stage as CameraStage
from pos.scan.report import State
from pos.sync.status import SyncStatus
from pos.till.report import Standing
from ui import language, theme
from ui.display import clock_time
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import dress, label, strip_button
from ui.stage import Said, Word
from ui.timers import timer

TICK_MS = 1_000
TIP_MS = 4_000
Watched = Literal["disk", "scale", "pole", "copy"]
"""What stands on the strip only while something is wrong with it."""


class StatusStrip(QFrame):
    """One thin row of facts, each a sign and a word."""

    def __init__(self, *, is_simulator: bool = False, is_training: bool = False) -> None:
        super().__init__()
        self.setObjectName("status_strip")
        self._simulator = self._part("strip_simulator")
        self._say(self._simulator, self.tr("模拟器 SIMULATOR"), "look")
        self._simulator.setVisible(is_simulator or is_training)
        self._person, self._clock = self._part("strip_person"), self._part("strip_clock")
        self._camera, self._line = self._part("strip_camera"), self._part("strip_line")
        self._unsent, self._off = self._part("strip_unsent"), self._part("strip_off")
        self._troubles: dict[Watched, QLabel] = {
            "disk": self._part("strip_disk"), "scale": self._part("strip_scale"), "pole": self._part("strip_pole"),
            "copy": self._part("strip_copy"),
        }  # fmt: skip
        self.today = strip_button("strip_today", self.tr("今日"), Press.TODAY)
        self.close_shift = strip_button("strip_close_shift", self.tr("交班"), Press.CLOSE_SHIFT)
        self.review = strip_button("strip_review", self.tr("支付"), Press.REVIEW)
        self.lock = strip_button("strip_lock", self.tr("锁屏"), Press.LOCK)
        self.help = strip_button("strip_help", self.tr("帮助"), Press.HELP)
        other = {"zh": "中文", "en": "English"}[language.other()]
        self.language = strip_button("strip_language", other, Press.LANGUAGE)
        self.training = strip_button("strip_training", self.tr("练习"), Press.TRAINING)
        self.printing = strip_button("strip_printing", "", Press.PRINTING)
        for quiet in (*self._troubles.values(), self.printing):
            quiet.hide()
        if is_training:
            self._say_training()
        self.setFixedHeight(theme.touch_px(56) + 4)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        layout.setSpacing(theme.px(16))
        layout.addWidget(self._person)
        for key in (self.today, self.review, self.close_shift, self.lock, self.help, self.language, self.training,
                    self.printing):  # fmt: skip
            layout.addWidget(key)
        layout.addStretch()
        always = (self._camera, self._line, self._unsent, self._off, self._clock)
        for part in (self._simulator, *self._troubles.values(), *always):
            layout.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        timer(self, TICK_MS, self._tick).start()
        self._tick()
        self.show_person(None, None)
        self.show_camera(State(CameraStage.OFF))
        self.show_sync(None)
        self.show_standing(None, may_leave=False)

    def _say_training(self) -> None:
        self.training.setText(self.tr("结束练习"))
        self._say(self._simulator, self.tr("练习 TRAINING"), "training")
        for part in (self._line, self._off):  # nothing of it is real: nothing is sent, nothing can be lost
            part.hide()

    def show_person(self, cashier: Cashier | None, shift: Shift | None) -> None:
        """Show who is signed in, and since when the shift runs, or whose it is."""
        is_open = shift is not None and shift.is_open
        words = cashier.name if cashier else self.tr("未登录")
        if cashier and shift and is_open and shift.cashier != cashier.number:
            words += self.tr(" · %s 的班") % shift.cashier
        elif cashier and shift and is_open:
            words += self.tr(" · %s 开班") % clock_time(shift.opened_at.strftime("%Y-%m-%dT%H:%M:%S.000Z"))
        self._person.setText(words)
        for key in (self.today, self.review, self.close_shift, self.lock):
            key.setVisible(cashier is not None and is_open)
        if cashier is not None and Act.SEE_FIGURES in MAY[cashier.role]:
            self.today.show()

    def show_camera(self, state: State) -> None:
        """Show how the camera is."""
        words = {
            CameraStage.LIVE: self.tr("● 摄像头"), CameraStage.ENDED: self.tr("○ 摄像头"),
            CameraStage.OFF: self.tr("○ 无摄像头"), CameraStage.LOST: self.tr("⚠ 摄像头断开"),
        }.get(state.stage, self.tr("… 摄像头"))  # fmt: skip
        self._say(self._camera, words, {CameraStage.LIVE: "good", CameraStage.LOST: "look"}.get(state.stage, ""))

    def show_standing(self, standing: Standing | None, *, may_leave: bool) -> None:
        """Show what the head office does not have yet, and whether the till may be switched off."""
        self._unsent.setVisible(standing is not None and standing.goes_up)
        if standing is not None:
            is_sent = standing.unsent == 0
            words = self.tr("✓ 已全部上传") if is_sent else self.tr("↑ 未上传 %d") % standing.unsent
            self._say(self._unsent, words, "good" if is_sent else "")
        self._say(self._off, self.tr("可以关机") if may_leave else self.tr("先别关机"), "good" if may_leave else "look")

    def show_sync(self, status: SyncStatus | None) -> None:
        """Show the line to the head office; None when there is none."""
        if status is None:
            self._say(self._line, self.tr("○ 单机"), "")
        elif status.is_online and not status.problem:
            self._say(self._line, self.tr("● 总部在线"), "good")
        elif status.problem in {"", HubUnreachable.code}:
            self._say(self._line, self.tr("⚠ 总部离线"), "look")
        else:
            self._say(self._line, self._trouble(status.problem), "look")

    def _trouble(self, code: str) -> str:
        known = {
            NotEnrolled.code: self.tr("⚠ 未在总部登记 %s"),
            HubNotOurs.code: self.tr("⚠ 不是我们的总部 %s"),
            DeviceRefused.code: self.tr("⚠ 总部已停用本机 %s"),
            ClocksApart.code: self.tr("⚠ 时钟和总部不一致 %s"),
        }
        return known.get(code, self.tr("⚠ 总部不收账 %s")) % code

    def _tick(self) -> None:
        now = QDateTime.currentDateTimeUtc().toTimeZone(QTimeZone(8 * 3600))
        self._clock.setText(now.toString("HH:mm:ss"))

    @staticmethod
    def _part(name: str) -> QLabel:
        part = label(name, "")
        part.setWordWrap(False)
        return part

    def show_trouble(self, of: Watched, trouble: PosError | None) -> None:
        """Say that something is not well, and in the tool tip what to do; nothing while all is well."""
        part = self._troubles[of]
        part.setVisible(trouble is not None)
        if trouble:
            notice = notice_for(trouble)
            words = {
                "disk": self.tr("⚠ 磁盘满"), "scale": self.tr("⚠ 电子秤"), "pole": self.tr("⚠ 顾客数字屏"),
                "copy": self.tr("⚠ 备份盘"),
            }[of]  # fmt: skip
            self._say(part, words, "look")
            part.setToolTip(f"{notice.words}\n{notice.action}")

    def say_language_later(self) -> None:
        """Say below the key of the language, for a moment, that it does nothing now."""
        notice, key = notice_for(Said(Word.LANGUAGE_LATER)), self.language
        words = f"{notice.words}\n{notice.action}"
        QToolTip.showText(key.mapToGlobal(key.rect().bottomLeft()), words, key, key.rect(), TIP_MS)

    def show_printing(self, words: str) -> None:
        """Say that paper waits, or why none comes out; nothing while all is well."""
        self.printing.setText(words)
        self.printing.setVisible(bool(words))
        dress(self.printing, "state", "look" if words else "")

    @staticmethod
    def _say(part: QLabel, words: str, state: str) -> None:
        part.setText(words)
        dress(part, "state", state)
