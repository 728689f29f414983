"""Phone: a customer's phone beside the till, with a fresh payment code whenever it is wanted."""

import httpx
import qrcode
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from ui.demo.living import DrawnCounter
from ui.parts import button, label, named
from ui.timers import timer

FRESH_EVERY_MS = 50_000
"""A code lives for 60 s; the app on a real phone shows a new one in time, too."""


class Phone(QWidget):
    """Shows a code to hold before the camera, or to type; says on its face that it is a simulator."""

    def __init__(self, gateway: str, drawn: DrawnCounter | None) -> None:
        super().__init__()
        self._drawn, self._shown = drawn, ""
        self.setObjectName("phone")
        self.setWindowTitle(self.tr("顾客的手机（模拟）"))
        self._gateway = gateway
        self._code = QrCode()
        self._digits = named(QLabel(alignment=Qt.AlignmentFlag.AlignCenter), "phone_digits")
        self._digits.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._kind = named(QComboBox(), "phone_kind")
        for kind, words in (
            ("normal", self.tr("直接付款")), ("password", self.tr("要输入密码")),
            ("decline_balance", self.tr("余额不足")), ("never", self.tr("一直不确认")),
        ):  # fmt: skip
            self._kind.addItem(words, kind)
        fresh = button("phone_fresh", self.tr("换一个付款码"), role="quiet")
        layout = QVBoxLayout(self)
        layout.addWidget(label("phone_title", self.tr("模拟器 SIMULATOR · 不是真的支付宝"), role="advice"))
        for each in (self._code, self._digits, self._kind, fresh):
            layout.addWidget(each)
        if drawn:
            hold = button("phone_hold", self.tr("把手机放到摄像头前"), role="quiet")
            goods = button("phone_goods", self.tr("放一件商品到摄像头前"), role="quiet")
            hold.clicked.connect(self._hold)
            goods.clicked.connect(drawn.put_goods)
            layout.addWidget(hold)
            layout.addWidget(goods)
        fresh.clicked.connect(self.show_fresh)
        self._kind.currentIndexChanged.connect(lambda _index: self.show_fresh())
        timer(self, FRESH_EVERY_MS, self.show_fresh).start()
        self.show_fresh()

    def show_fresh(self) -> None:
        """Ask the simulator for a new code."""
        asked = {"buyer": "demo", "kind": self._kind.currentData()}
        code = httpx.post(f"{self._gateway}/sandbox/codes", json=asked, timeout=5).json()["code"]
        self._shown = code
        self._code.show_text(code)
        self._digits.setText(" ".join(code[at : at + 4] for at in range(0, len(code), 4)))

    def _hold(self) -> None:
        """Hold this code before the drawn camera; it is good for one payment, so the next is fetched then."""
        assert self._drawn is not None
        self._drawn.hold_phone(self._shown)
        self.show_fresh()


class QrCode(QWidget):
    """Paints a text as a QR code, crisp at any size."""

    def __init__(self) -> None:
        super().__init__()
        self.setMinimumSize(280, 280)
        self._cells: list[list[bool]] = []

    def show_text(self, text: str) -> None:
        """Show another text."""
        made = qrcode.QRCode(border=4)
        made.add_data(text)
        self._cells = made.get_matrix()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:  # noqa: N802  (Qt's name)
        """Draw the cells as whole pixels."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor("white"))
        side = min(self.width(), self.height()) // max(1, len(self._cells))
        for row, cells in enumerate(self._cells):
            for column, is_dark in enumerate(cells):
                if is_dark:
                    painter.fillRect(QRect(column * side, row * side, side, side), QColor("black"))
