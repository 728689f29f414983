"""Idle: the store's own words while nothing is sold."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.parts import label


class IdlePage(QWidget):
    """The store's name, a welcome, and its message."""

    def __init__(self, store_name: str, message: str) -> None:
        super().__init__()
        self.setObjectName("customer_idle")
        layout = QVBoxLayout(self)
        layout.addStretch()
        for each in (
            label("idle_store", store_name, role="customer_store"),
            label("idle_welcome", self.tr("欢迎光临"), role="customer_message"),
            label("idle_message", message, role="customer_message"),
        ):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            each.setVisible(bool(each.text()))
            layout.addWidget(each)
        layout.addStretch()
