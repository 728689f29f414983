"""Journal: is it whole, what goes out of it, and the way to what is set in the store."""

from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout

from pos.domain.errors import PosError
from pos.till.figures.proof import EpochProof
from ui import theme
from ui.keys.keymap import Press
from ui.manager.books import Books
from ui.manager.errands import Errands
from ui.manager.sheet import Sheet
from ui.manager.view import View
from ui.messages import notice_for
from ui.parts import button, dress, label

HASH_SHOWN = 16


class JournalBoard(View):
    """Big keys, each with what it does; what came of it above them."""

    has_numbers = False

    def __init__(self, books: Books, errands: Errands) -> None:
        super().__init__()
        self.setObjectName("journal_board")
        self._books, self._errands, self._day = books, errands, date.min
        self._answer = label("journal_answer", "", role="answer")
        self._verify = self._key("journal_verify", self.tr("核对账本"), self.tr("一条一条验算，有没有少、有没有改"))
        self._export = self._key("journal_export", self.tr("给审计的文件"), self.tr("整本账、公钥，和二十行核对的程序"))
        self._poslog = self._key("journal_poslog", self.tr("这一天的 POSLog"), self.tr("销售和退款，写成 XML"))
        told = self.tr("总部还没有的账，封好装 U 盘") if books.seals_parcels else self.tr(
            "设置里还没有 parcels_to")  # fmt: skip
        self._parcel = self._key("journal_parcel", self.tr("给总部的 U 盘包"), told)
        self._parcel.clicked.connect(self._start_parcel)
        self.staff = self._key("journal_staff", self.tr("员工"), self.tr("新来的人、角色、新密码"))
        self.settings = self._key("journal_settings", self.tr("店内设置"),
                                  self.tr("按键、标签、商品键、小票、打印机、摄像头"), Press.STORE)  # fmt: skip
        self._verify.clicked.connect(self._start_verify)
        self._export.clicked.connect(self._start_export)
        self._poslog.clicked.connect(self._start_poslog)
        self._let_press(may=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._answer)
        keys = QGridLayout()
        keys.setSpacing(theme.px(8))
        for place, key in enumerate((self._verify, self._export, self._poslog, self._parcel)):
            keys.addWidget(key, place // 2, place % 2)
        for place, key in enumerate((self.staff, self.settings)):
            keys.addWidget(key, 2 + place, 0, 1, 2)
        layout.addLayout(keys)
        layout.addStretch()

    def show_day(self, day: date) -> None:
        """Forget what came of the last errand; only the POSLog is of a day."""
        self._day = day
        self._say(self.tr("账本只能往后写，每一条都锁住前一条"), "rest")

    def sheets(self) -> tuple[Sheet, ...]:
        """Return nothing: what goes out of here is the journal itself."""
        return ()

    def _start_verify(self) -> None:
        self._begin(self.tr("正在验算…一年的账要一会儿，收银不受影响"))
        self._errands.verify(self._on_verified, self._on_failed)

    def _start_export(self) -> None:
        self._begin(self.tr("正在写…"))
        self._errands.export(self._on_written, self._on_failed)

    def _start_poslog(self) -> None:
        self._begin(self.tr("正在写…"))
        self._errands.write_poslog(self._day, self._on_written, self._on_failed)

    def _start_parcel(self) -> None:
        self._begin(self.tr("正在写…"))
        self._books.sign_for_parcel(
            lambda _none: self._errands.write_parcel(self._on_parcel, self._on_failed), self._on_failed
        )

    def _on_parcel(self, written: tuple[Path, int]) -> None:
        path, count = written
        self._end(self.tr("✓ 封好了 %d 条：%s。总部收到以前，下一个包里还有它们") % (count, path), "good")

    def _on_verified(self, proofs: tuple[EpochProof, ...]) -> None:
        words = [
            self.tr("✓ 账本完整：第 1 到 %d 条，最后一条 %s，签过名的 %d 条")
            % (each.last, each.head[:HASH_SHOWN], each.signed)
            for each in proofs
        ]
        self._end("\n".join(words), "good")

    def _on_written(self, path: Path) -> None:
        self._end(self.tr("✓ 写好了：%s") % path, "good")

    def _on_failed(self, error: PosError) -> None:
        notice = notice_for(error)
        self._end(f"✕ {notice.words}：{notice.action}", "stop")

    def _begin(self, words: str) -> None:
        self._say(words, "rest")
        self._let_press(may=False)

    def _end(self, words: str, kind: str) -> None:
        self._say(words, kind)
        self._let_press(may=True)

    def _say(self, words: str, kind: str) -> None:
        self._answer.setText(words)
        dress(self._answer, "kind", kind)

    def _let_press(self, *, may: bool) -> None:
        for each in (self._verify, self._export, self._poslog):
            each.setEnabled(may)
        self._parcel.setEnabled(may and self._books.seals_parcels)

    def _key(self, name: str, title: str, words: str, press: Press | None = None) -> QPushButton:
        made = button(name, f"{title}\n{words}", role="pick", press=press)
        made.setMinimumHeight(theme.px(84))
        return made
