"""Words of the keys: what each press and each map is called."""

from PySide6.QtCore import QCoreApplication

from ui.keys.keymap import Part, Press
from ui.messages import QT_TRANSLATE_NOOP

_PRESSES: dict[Press, str] = {
    Press.HELP: QT_TRANSLATE_NOOP("keys", "按键一览"),
    Press.TAKE: QT_TRANSLATE_NOOP("keys", "确认输入的内容"),
    Press.STOP: QT_TRANSLATE_NOOP("keys", "退回一步，停止等待"),
    Press.PAY: QT_TRANSLATE_NOOP("keys", "绿色按钮：结算、收款、下一位"),
    Press.QUANTITY: QT_TRANSLATE_NOOP("keys", "改数量"),
    Press.PRICE: QT_TRANSLATE_NOOP("keys", "改单价"),
    Press.LINE_DISCOUNT: QT_TRANSLATE_NOOP("keys", "单品折扣"),
    Press.ORDER_DISCOUNT: QT_TRANSLATE_NOOP("keys", "整单折扣"),
    Press.MEMBER: QT_TRANSLATE_NOOP("keys", "会员"),
    Press.SUSPEND: QT_TRANSLATE_NOOP("keys", "挂单"),
    Press.RESUME: QT_TRANSLATE_NOOP("keys", "取单"),
    Press.PRICE_CHECK: QT_TRANSLATE_NOOP("keys", "查价格"),
    Press.LINE_UP: QT_TRANSLATE_NOOP("keys", "选上一行"),
    Press.LINE_DOWN: QT_TRANSLATE_NOOP("keys", "选下一行"),
    Press.VOID_LINE: QT_TRANSLATE_NOOP("keys", "删除这一行"),
    Press.UNDO: QT_TRANSLATE_NOOP("keys", "撤销上一步"),
    Press.CLEAR: QT_TRANSLATE_NOOP("keys", "清空这一单"),
    Press.DRAWER: QT_TRANSLATE_NOOP("keys", "钱箱"),
    Press.REFUND: QT_TRANSLATE_NOOP("keys", "退货"),
    Press.EXACT: QT_TRANSLATE_NOOP("keys", "现金正好"),
    Press.QUICK_1: QT_TRANSLATE_NOOP("keys", "现金快捷 1"),
    Press.QUICK_2: QT_TRANSLATE_NOOP("keys", "现金快捷 2"),
    Press.QUICK_3: QT_TRANSLATE_NOOP("keys", "现金快捷 3"),
    Press.QUICK_4: QT_TRANSLATE_NOOP("keys", "现金快捷 4"),
    Press.SHOW_QR: QT_TRANSLATE_NOOP("keys", "出示收款码"),
    Press.QUERY: QT_TRANSLATE_NOOP("keys", "马上查询支付宝"),
    Press.TODAY: QT_TRANSLATE_NOOP("keys", "今日账目"),
    Press.REVIEW: QT_TRANSLATE_NOOP("keys", "支付查询"),
    Press.CLOSE_SHIFT: QT_TRANSLATE_NOOP("keys", "交班"),
    Press.LOCK: QT_TRANSLATE_NOOP("keys", "锁屏"),
    Press.LANGUAGE: QT_TRANSLATE_NOOP("keys", "换语言"),
    Press.TRAINING: QT_TRANSLATE_NOOP("keys", "练习"),
    Press.KEYS: QT_TRANSLATE_NOOP("keys", "按键设置"),
    Press.MORE: QT_TRANSLATE_NOOP("keys", "更多操作"),
    Press.TARE: QT_TRANSLATE_NOOP("keys", "去皮"),
    Press.WEIGH: QT_TRANSLATE_NOOP("keys", "读秤"),
    Press.COUPON: QT_TRANSLATE_NOOP("keys", "优惠券"),
    Press.STORE: QT_TRANSLATE_NOOP("keys", "店内设置"),
    Press.REPRINT: QT_TRANSLATE_NOOP("keys", "重打上一张小票"),
    Press.PRINTING: QT_TRANSLATE_NOOP("keys", "打印队列"),
    Press.PHONE: QT_TRANSLATE_NOOP("keys", "电话同意"),
}

_PARTS: dict[Part, str] = {
    Part.SELLING: QT_TRANSLATE_NOOP("keys", "扫商品的时候"),
    Part.PAYING: QT_TRANSLATE_NOOP("keys", "收款的时候"),
    Part.ELSEWHERE: QT_TRANSLATE_NOOP("keys", "别的页面也行"),
}

_PRESETS: dict[str, str] = {
    "guitai": QT_TRANSLATE_NOOP("keys", "柜台"),
    "guanjiapo": QT_TRANSLATE_NOOP("keys", "管家婆习惯"),
    "zhongding": QT_TRANSLATE_NOOP("keys", "中顶习惯"),
    "f9": QT_TRANSLATE_NOOP("keys", "F9 付款习惯"),
}


def press_words(press: Press) -> str:
    """Return what a press is called, in the language of the screen."""
    return QCoreApplication.translate("keys", _PRESSES[press])


def part_words(part: Part) -> str:
    """Return where the keys of a part of the sheet hold."""
    return QCoreApplication.translate("keys", _PARTS[part])


def preset_words(preset: str) -> str:
    """Return what a map is called."""
    return QCoreApplication.translate("keys", _PRESETS[preset])
