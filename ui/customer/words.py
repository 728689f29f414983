"""Words a customer reads."""

from html import escape

from PySide6.QtCore import QCoreApplication

from pos.domain.cart import Cart
from pos.domain.cart_line import CartLine
from pos.domain.money import Money
from ui.display import line_times, product_name
from ui.messages import QT_TRANSLATE_NOOP

_SCAN = QT_TRANSLATE_NOOP("customer", "请用支付宝扫码付款")
_CONFIRM = QT_TRANSLATE_NOOP("customer", "已扫码，请在手机上确认付款")
_MORE = QT_TRANSLATE_NOOP("customer", "前面还有 {count} 行")


def code_words(*, is_scanned: bool) -> str:
    """Return what the customer is to do with our code."""
    return QCoreApplication.translate("customer", _CONFIRM if is_scanned else _SCAN)


def lines_table(cart: Cart, room: int) -> str:
    """Return the last lines of goods as rich text, as many as there is room for; amounts stand below each other."""
    goods = [each for each in cart.lines if each.product and not each.needs_weight]
    hidden = len(goods) - room if len(goods) > room else 0
    rows = [_row(each, cart.amount_of(each.line_no)) for each in goods[hidden + 1 if hidden else 0 :]]
    if hidden:
        more = QCoreApplication.translate("customer", _MORE).format(count=hidden + 1)
        rows.insert(0, f'<tr><td colspan="3">{escape(more)}</td></tr>')
    return f'<table width="100%" cellspacing="0" cellpadding="4">{"".join(rows)}</table>' if rows else ""


def _row(line: CartLine, amount: Money) -> str:
    assert line.product
    return (
        f"<tr><td>{escape(product_name(line.product))}</td>"
        f'<td align="right">&nbsp;{line_times(line)}</td><td align="right">&nbsp;&nbsp;{amount}</td></tr>'
    )
