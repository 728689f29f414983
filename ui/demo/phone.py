"""Phone: a customer's phone beside the till, with a fresh payment code whenever it is wanted."""

from collections.abc import Callable

import httpx
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLabel, QVBoxLayout, QWidget

from pos.sandbox.store import MEMBER_CARD
from ui.demo.living import DrawnCounter
from ui.parts import button, label, named
from ui.timers import timer
from ui.widgets.qr_picture import QrPicture

FRESH_EVERY_MS = 50_000
"""A code lives for 60 s; the app on a real phone shows a new one in time, too."""


COMPACT = "#phone QPushButton, #phone QComboBox { min-height: 32px; padding: 2px 8px; font-size: 15px; }"
"""It lies over a part of a small till, and no cashier's finger has to find anything on it."""


class Phone(QWidget):
    """Shows a code to hold before the camera, or to type; says on its face that it is a simulator.

    Args:
        gateway: where the simulator listens.
        shops_code: returns the text of the code that the till shows now, or nothing.
    """

    def __init__(self, gateway: str, drawn: DrawnCounter | None, shops_code: Callable[[], str]) -> None:
        super().__init__()
        self._shops_code = shops_code
        self._drawn, self._shown = drawn, ""
        self.setObjectName("phone")
        self.setWindowTitle(self.tr("顾客的手机（模拟）"))
        focus = Qt.WindowType.WindowDoesNotAcceptFocus  # else the cashier's next key would be typed here
        self.setWindowFlags(Qt.WindowType.Dialog | focus)  # only a dialog stays above the window it lies on
        self._gateway = gateway
        self._code = QrPicture("phone_code", 150)
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
        scan = button("phone_scan", self.tr("扫商家的收款码"), role="quiet")
        card = button("phone_card", self.tr("出示会员卡"), role="quiet")
        card.clicked.connect(self.show_card)
        for each in (self._code, self._digits, self._kind, fresh, scan, card):
            layout.addWidget(each)
        scan.clicked.connect(self.scan_shop)
        if drawn:
            hold = button("phone_hold", self.tr("把手机放到摄像头前"), role="quiet")
            goods = button("phone_goods", self.tr("放一件商品到摄像头前"), role="quiet")
            hold.clicked.connect(self._hold)
            weighed = button("phone_weighed", self.tr("放一袋称过的到摄像头前"), role="quiet")
            goods.clicked.connect(drawn.put_goods)
            weighed.clicked.connect(drawn.put_weighed)
            for each in (hold, goods, weighed):
                layout.addWidget(each)
        fresh.clicked.connect(self.show_fresh)
        self._kind.currentIndexChanged.connect(lambda _index: self.show_fresh())
        timer(self, FRESH_EVERY_MS, self.show_fresh).start()
        self.setStyleSheet(COMPACT)
        self.show_fresh()

    def lie_on(self, till: QWidget) -> None:
        """Stay above the till's window: a touch of that one would else cover the phone for good."""
        self.winId()
        self.windowHandle().setTransientParent(till.windowHandle())

    def show_fresh(self) -> None:
        """Ask the simulator for a new code."""
        told = self._ask("codes", {})
        if told is None:
            return
        self._show(told["code"])

    def show_card(self) -> None:
        """Show a member's card; with a drawn counter, hold it before the camera."""
        self._show(MEMBER_CARD)
        if self._drawn:
            self._hold()

    def _show(self, code: str) -> None:
        self._shown = code
        self._code.show_text(code)
        self._digits.setText(" ".join(code[at : at + 4] for at in range(0, len(code), 4)))

    def scan_shop(self) -> None:
        """Scan the code that the till shows, and do with it what this customer does."""
        if text := self._shops_code():
            self._ask("scan", {"qr_code": text})

    def _ask(self, what: str, told: dict[str, str]) -> dict[str, str] | None:
        """Ask the simulator as this customer; a simulator that is gone leaves the phone as it is."""
        asked = {"buyer": "demo", "kind": self._kind.currentData(), **told}
        try:
            reply = httpx.post(f"{self._gateway}/sandbox/{what}", json=asked, timeout=5).raise_for_status()
        except httpx.HTTPError:
            self._digits.setText(self.tr("没有信号"))
            return None
        answer: dict[str, str] = reply.json()
        return answer

    def _hold(self) -> None:
        """Hold this code before the drawn camera; it is good for one payment, so the next is fetched then."""
        assert self._drawn is not None
        self._drawn.hold_phone(self._shown)
        self.show_fresh()
