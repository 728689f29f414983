"""The code page: our code for the customer to scan, on the till's own screen turned round."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ui.counter import Counter
from ui.customer.words import code_words
from ui.keys.keymap import Press
from ui.parts import button, label
from ui.stage import Stage
from ui.widgets.qr_picture import QrPicture


class QrPage(QWidget):
    """Above, large, what the customer reads; below, one strip for the cashier."""

    def __init__(self, counter: Counter) -> None:
        super().__init__()
        self.setObjectName("qr_page")
        self._counter = counter
        self.picture = QrPicture("qr_picture", 360)
        self._amount = label("qr_amount", "", role="huge")
        self._words = label("qr_words", "", role="big")
        self._left = label("qr_left", "", role="emphasis")
        stop = button("qr_stop", self.tr("停止收款"), role="danger", press=Press.STOP)
        query = button("qr_query", self.tr("马上查询"), role="quiet", press=Press.QUERY)
        stop.clicked.connect(counter.stop_waiting)
        query.clicked.connect(counter.query_now)
        layout = QVBoxLayout(self)
        for each in (self._amount, self._words):
            each.setAlignment(Qt.AlignmentFlag.AlignCenter)
            layout.addWidget(each)
        layout.addWidget(self.picture, 1)
        strip = QHBoxLayout()
        strip.addWidget(label("qr_cashier", self.tr("把屏幕转向顾客；收到钱会自动完成"), role="advice"), 1)
        strip.addWidget(self._left)
        strip.addWidget(query)
        strip.addWidget(stop)
        layout.addLayout(strip)
        counter.stage_changed.connect(self._show)
        counter.seconds_left.connect(self._show_left)

    def _show_left(self, seconds: int) -> None:
        self._left.setText(self.tr("还有 %d 秒") % seconds)

    def _show(self, stage: Stage) -> None:
        """Draw the code while it may be paid, and nothing at all in every other stage."""
        is_shown = stage is Stage.QR
        self.picture.show_text(self._counter.qr if is_shown and not self._counter.is_scanned else "")
        self._amount.setText(str(self._counter.attempt.amount) if is_shown and self._counter.attempt else "")
        self._words.setText(code_words(is_scanned=self._counter.is_scanned) if is_shown else "")
