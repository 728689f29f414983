"""Words a customer reads."""

from PySide6.QtCore import QCoreApplication

from ui.messages import QT_TRANSLATE_NOOP

_SCAN = QT_TRANSLATE_NOOP("customer", "请打开支付宝“扫一扫”，扫下面的码付款")
_CONFIRM = QT_TRANSLATE_NOOP("customer", "已扫码，请在手机上确认付款")


def code_words(*, is_scanned: bool) -> str:
    """Return what the customer is to do with our code."""
    return QCoreApplication.translate("customer", _CONFIRM if is_scanned else _SCAN)
