"""Camera page: what the camera sees, as large as there is room, and what it reads; nothing is sold or charged here."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from pos.domain.code import CodeKind, read_code
from pos.scan.report import Stage as CameraStage
from pos.scan.report import State
from ui import theme
from ui.counter import Counter
from ui.keys.keymap import Press
from ui.parts import button, label
from ui.stage import Stage
from ui.widgets.camera_view import CameraView

KEPT = 6
"""Of what was read last, so much stays on the screen."""


class CameraPage(QWidget):
    """Left the picture, right what was read, the newest first."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("camera_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.view = CameraView()
        self.view.setObjectName("camera_test_view")
        self._state = label("camera_test_state", "", role="answer")
        self._read: list[str] = []
        self._rows = [label(f"camera_test_row_{place}", "", role="body") for place in range(KEPT)]
        back = button("camera_test_back", self.tr("返回"), role="quiet", press=Press.STOP)
        back.clicked.connect(lambda: counter.show(Stage.STORE))
        right = QVBoxLayout()
        right.setSpacing(theme.px(12))
        right.addWidget(label("camera_test_title", self.tr("摄像头"), role="big"))
        right.addWidget(self._state)
        how = self.tr("拿一件商品、一张会员码或付款码到摄像头前，离 10 到 20 厘米。这里只认，不卖也不收款")
        right.addWidget(label("camera_test_how", how))
        for row in self._rows:
            right.addWidget(row)
        right.addStretch()
        right.addWidget(back)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(theme.px(12), theme.px(12), theme.px(12), theme.px(12))
        layout.setSpacing(theme.px(24))
        layout.addWidget(self.view, 5)
        layout.addLayout(right, 4)
        self.show_state(State(CameraStage.OFF))

    def open(self) -> None:
        """Begin with nothing read."""
        self._read = []
        self._show_read()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_state(self, state: State) -> None:
        """Say how the camera is, and by what name."""
        self.view.show_state(state)
        self._state.setText({
            CameraStage.LIVE: self.tr("● 看得见：%s") % state.source,
            CameraStage.LOST: self.tr("⚠ 断开了，检查插头"),
            CameraStage.OPENING: self.tr("正在打开…"),
        }.get(state.stage, self.tr("○ 没有摄像头；扫码枪也可以在这里试")))  # fmt: skip

    def take_scanned(self, text: str) -> None:
        """Write down what was read; what pays or names somebody not whole."""
        if self.isVisible():
            code = read_code(text)
            self._read = [f"✓ {self._kind(code.kind)}  {code.masked[:40]}", *self._read][:KEPT]
            self._show_read()

    def _show_read(self) -> None:
        for place, row in enumerate(self._rows):
            row.setText(self._read[place] if place < len(self._read) else "")

    def _kind(self, kind: CodeKind) -> str:
        return {
            CodeKind.PRODUCT: self.tr("商品条码"), CodeKind.SCALE_LABEL: self.tr("秤标签"),
            CodeKind.PAYMENT: self.tr("支付宝付款码，没有收款"), CodeKind.WECHAT_PAY: self.tr("微信付款码，没有收款"),
            CodeKind.MEMBER: self.tr("会员码"), CodeKind.COUPON: self.tr("优惠券"), CodeKind.RECEIPT: self.tr("小票"),
            CodeKind.BADGE: self.tr("工牌"), CodeKind.UNKNOWN: self.tr("别的码"),
        }[kind]  # fmt: skip
