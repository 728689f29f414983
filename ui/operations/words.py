"""Words of the operations: what the pad asks, and why a line costs what it costs."""

from PySide6.QtCore import QCoreApplication

from pos.domain.cart import Cart
from pos.domain.quantity import Unit
from ui.display import line_price, line_times, product_name, quantity_text, reduction_name
from ui.messages import QT_TRANSLATE_NOOP
from ui.operations.change import Change, Kind

_TITLES: dict[Kind, str] = {
    Kind.QUANTITY: QT_TRANSLATE_NOOP("operations", "数量"),
    Kind.PRICE: QT_TRANSLATE_NOOP("operations", "改单价（元）"),
    Kind.TARE: QT_TRANSLATE_NOOP("operations", "去皮：包装的克数，或公斤如 0.05"),
    Kind.LINE_PERCENT: QT_TRANSLATE_NOOP("operations", "单品减百分之几（15 就是八五折）"),
    Kind.LINE_AMOUNT: QT_TRANSLATE_NOOP("operations", "单品减多少元"),
    Kind.ORDER_PERCENT: QT_TRANSLATE_NOOP("operations", "整单减百分之几（15 就是八五折）"),
    Kind.ORDER_AMOUNT: QT_TRANSLATE_NOOP("operations", "整单减多少元"),
    Kind.MEMBER: QT_TRANSLATE_NOOP("operations", "会员号，或扫会员码"),
    Kind.COUPON: QT_TRANSLATE_NOOP("operations", "券号，或扫券"),
}
_WEIGHT = QT_TRANSLATE_NOOP("operations", "净重：克数，或公斤如 0.75")
_WHOLE = QT_TRANSLATE_NOOP("operations", "整单")
_UNKNOWN = QT_TRANSLATE_NOOP("operations", "不认识 {text}")
_UNDONE: dict[Kind, str] = {
    Kind.PRICE: QT_TRANSLATE_NOOP("operations", "按原价"),
    Kind.TARE: QT_TRANSLATE_NOOP("operations", "不去皮"),
    Kind.MEMBER: QT_TRANSLATE_NOOP("operations", "不用会员"),
}
_FIRST_CUT = QT_TRANSLATE_NOOP("operations", "{why}减 {amount}")
_CUT = QT_TRANSLATE_NOOP("operations", "{why}再减 {amount}")
_COMMA = QT_TRANSLATE_NOOP("operations", "，")
_THEN_DUE = QT_TRANSLATE_NOOP("operations", "{cuts}，收 {due}")
_NO_DISCOUNT = QT_TRANSLATE_NOOP("operations", "不打折")


def title_of(change: Change) -> str:
    """Return what the pad asks for."""
    is_weight = change.kind is Kind.QUANTITY and change.unit is Unit.GRAM
    return _say(_WEIGHT if is_weight else _TITLES[change.kind])


def undone_words(kind: Kind) -> str:
    """Return what the button says that puts it back."""
    return _say(_UNDONE.get(kind, _NO_DISCOUNT))


def line_name(cart: Cart, line_no: int) -> str:
    """Return what a line is; the whole for none."""
    if not line_no:
        return _say(_WHOLE)
    line = cart.line(line_no)
    return product_name(line.product) if line.product else _say(_UNKNOWN).format(text=line.text[:24])


def line_sum(cart: Cart, line_no: int) -> str:
    """Return how much of it times what price it is."""
    line = cart.line(line_no)
    if line.product is None:
        return ""
    if line.label_amount is not None:
        return f"{quantity_text(line.quantity)} = {line.gross}"
    if line.needs_weight:
        return f"{line_price(line)}/kg"
    per_kilogram = "/kg" if line.quantity.unit is Unit.GRAM else ""
    return f"{line_times(line)}{per_kilogram} = {line.gross}"


def line_reasons(cart: Cart, line_no: int) -> list[str]:
    """Return one by one what is taken off a line and why, in the order it was."""
    return [f"−{each.amount} {reduction_name(each)}" for each in cart.reductions_of(line_no)]


def line_explained(cart: Cart, line_no: int) -> tuple[str, str]:
    """Return a line in two rows: what it is and costs, and why it costs no more."""
    name, total = line_name(cart, line_no), line_sum(cart, line_no)
    off = cart.reductions_of(line_no)
    parts = [_say(_CUT if place else _FIRST_CUT).format(amount=each.amount, why=reduction_name(each))
             for place, each in enumerate(off)]  # fmt: skip
    below = _say(_THEN_DUE).format(cuts=_say(_COMMA).join(parts), due=cart.amount_of(line_no)) if parts else ""
    return f"{name}  {total}".strip(), below


def last_line_words(cart: Cart) -> tuple[str, str]:
    """Return the line that changed last, in words for a customer and a cashier to hear."""
    if cart.last_line_no is None:
        return "", ""
    line = cart.line(cart.last_line_no)
    if line.product is None:
        return line_name(cart, line.line_no), ""
    if line.needs_weight:
        return product_name(line.product), f"{line_price(line)}/kg"
    amount = cart.amount_of(line.line_no)
    off = f" − {line.gross - amount}" if amount != line.gross else ""
    return product_name(line.product), f"{line_times(line)}{off} = {amount}"


def _say(text: str) -> str:
    return QCoreApplication.translate("operations", text)
