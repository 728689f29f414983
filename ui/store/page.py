"""Store page: where a manager finds what can be set at this till; big rows, each with a digit."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from pos.domain.errors import NeedsManager
from pos.domain.staff import MAY, Act
from ui import theme
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.messages import notice_for
from ui.parts import button, centred, label
from ui.stage import Stage


class StorePage(QWidget):
    """Keys, scale labels, receipts, tiles; and a yes over the telephone."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("store_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._counter = counter
        self._refusal = label("store_refusal", "", role="sentence")
        rows = (
            ("store_keys", self.tr("按键设置"), self.tr("哪个键做什么；从别家的习惯开始"), Stage.KEYS),
            ("store_labels", self.tr("电子秤标签"), self.tr("扫三张标签，柜台认出怎么读"), Stage.LABELS),
            ("store_tiles", self.tr("商品键排列"), self.tr("柜台上有哪几页，每页放什么"), Stage.TILES),
            ("store_paper", self.tr("小票和打印机"), self.tr("票头、票尾、纸宽、打印机；试打一张"), Stage.PAPER),
            ("store_answer", self.tr("回答电话同意"), self.tr("别的柜台打电话来问，报给它 6 位数"), Stage.ANSWER),
            ("store_camera", self.tr("摄像头"), self.tr("看它照得清不清、认不认得条码"), Stage.CAMERA),
        )
        self._rows = [self._make_row(place, *row) for place, row in enumerate(rows, 1)]
        back = button("store_back", self.tr("返回柜台"), role="quiet", press=Press.STOP)
        back.clicked.connect(lambda: counter.show(Stage.SELL))
        layout = QVBoxLayout()
        layout.setSpacing(theme.px(8))
        top = QHBoxLayout()
        top.addWidget(label("store_title", self.tr("店内设置"), role="big"))
        top.addWidget(self._refusal, 1)
        layout.addLayout(top)
        grid = QGridLayout()
        grid.setSpacing(theme.px(8))
        for place, row in enumerate(self._rows):
            grid.addWidget(row, place // 2, place % 2)
        layout.addLayout(grid)
        layout.addStretch()
        layout.addWidget(back)
        self.setLayout(centred(layout, 1300))

    def open(self) -> None:
        """Let a manager choose, and say to others whom to ask."""
        cashier = self._counter.cashier
        may = cashier is not None and Act.CHANGE_STORE in MAY[cashier.role]
        for row in self._rows:
            row.setEnabled(may)
        notice = notice_for(NeedsManager(act=Act.CHANGE_STORE.value))
        self._refusal.setText(f"⚠ {notice.words}")
        self._refusal.setVisible(not may)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802  (Qt's name)
        """Take the digit of a row."""
        place = "123456".find(event.text()) if event.text() else -1
        if place >= 0:
            self._rows[place].click()
        else:
            super().keyPressEvent(event)

    def _make_row(self, digit: int, name: str, title: str, words: str, stage: Stage) -> QPushButton:
        row = button(name, f"{digit}   {title}\n{words}", role="pick")
        row.setMinimumHeight(theme.px(88))
        row.clicked.connect(lambda: self._counter.show(stage))
        return row
