"""Pages of the gateway simulator; each says what it is before anything else."""

from collections.abc import Sequence
from html import escape
from urllib.parse import urlencode

import qrcode

from pos.sandbox.bars import Row, code128
from pos.sandbox.gateway_answers import beijing
from pos.sandbox.gateway_bill_file import SHOP
from pos.sandbox.gateway_values import KINDS, Trade, TradeStatus

ORDERS_SHOWN = 30
_LOOK_EVERY_S = 3
_QUIET = 10
_STATUS_ZH = {
    TradeStatus.WAITING: "等待付款",
    TradeStatus.SUCCESS: "支付成功",
    TradeStatus.FINISHED: "交易完成",
    TradeStatus.CLOSED: "交易关闭",
}
_REFUSALS_ZH = {
    "": "",
    "PASSWORD": "支付密码是六位数字。这里任意六位都可以。",
    "BUYER_BALANCE_NOT_ENOUGH": "余额不足，没有付款。",
    "TRADE_NOT_EXIST": "没有这个二维码。",
    "NOW_TIME_AFTER_EXPIRE_TIME_ERROR": "二维码已失效，请商家重新出码。没有付款。",
    "TRADE_HAS_CLOSE": "订单已关闭，不能付款。",
    "TRADE_HAS_SUCCESS": "订单已付款，不会再扣一次。",
    "TRADE_BUYER_NOT_MATCH": "这个订单属于另一位顾客。",
    "CONTEXT_INCONSISTENT": "订单信息不一致，不能付款。",
}
_STYLE = """
body{font:16px/1.5 "Noto Sans SC","Microsoft YaHei",sans-serif;margin:0;text-align:center}
body{background:#f3f4f6;color:#1f2328}
header{background:#b42318;color:#fff;padding:.8em;font-size:1.5em;font-weight:700}
main{max-width:28em;margin:1em auto;background:#fff;border-radius:1em;padding:1em}
svg{max-width:100%;height:auto}.qr{width:22em}
.digits{font-size:1.5em;letter-spacing:.06em}a{margin:0 .4em;white-space:nowrap}
.money{font-size:2em;font-weight:700;margin:.2em}.told{color:#b42318;font-weight:700}
section{border-top:1px solid #d0d7de;padding:1em 0}
input,button{font:inherit;padding:.4em .8em;margin:.3em;max-width:9em}
"""


def page(title: str, body: str, *, refresh_s: int = 0) -> str:
    """Return a whole page around ``body``, which is HTML already."""
    refresh = f'<meta http-equiv="refresh" content="{refresh_s}">' if refresh_s else ""
    return (
        f'<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">{refresh}'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>模拟器 SIMULATOR · {escape(title)}</title><style>{_STYLE}</style></head>"
        "<body><header>模拟器 SIMULATOR<br>不是支付宝，不会动真钱 · Not Alipay, no money moves</header>"
        f"<main>{body}</main></body></html>"
    )


def home_page() -> str:
    """Return what somebody sees who opens the simulator's address."""
    return page("支付宝网关", '<h1>支付宝网关模拟器</h1><p><a href="/sandbox/phone">顾客的手机</a>'
                '<a href="/sandbox/phone/orders">顾客的账单</a><a href="/sandbox/totals">合计</a>'
                '<a href="/sandbox/trades">交易</a><a href="/sandbox/wallets">余额</a></p>')  # fmt: skip


def phone_page(code: str, buyer: str, kind: str, wallet_fen: int) -> str:
    """Return a customer's phone with a code; it looks every few seconds whether the code was charged."""
    digits = " ".join(code[at : at + 4] for at in range(0, len(code), 4))
    kinds = "".join(f'<a href="{_to("", kind=name, buyer=buyer)}">{escape(each.name_zh)}</a> '
                    for name, each in KINDS.items())  # fmt: skip
    body = (
        f"<h1>付款码（模拟）</h1><p>顾客 {escape(buyer)} · {escape(KINDS[kind].name_zh)}</p>{qr_svg(code)}"
        f'<p class="digits">{digits}</p><p>余额 {_yuan(wallet_fen)}</p>'
        "<p>一分钟内有效，用一次就作废。请对准收银台的摄像头。</p>"
        f'<p><a href="{_to("/sandbox/phone/orders", buyer=buyer)}">我的账单</a></p><p>{kinds}</p>'
        f'<form action="/sandbox/phone"><input name="buyer" maxlength="64" value="{escape(buyer)}">'
        f'<input type="hidden" name="kind" value="{escape(kind)}"><button>换一位顾客</button></form>'
    )
    return page("付款码", body, refresh_s=_LOOK_EVERY_S)


def orders_page(buyer: str, wallet_fen: int, trades: Sequence[Trade]) -> str:
    """Return a customer's bills, newest first, each with the number a cashier may scan; it looks again by itself."""
    own = "".join(f"<section>{_order(trade)}{_to_order(trade)}</section>" for trade in trades[:ORDERS_SHOWN])
    body = (
        f"<h1>账单（模拟）</h1><p>顾客 {escape(buyer)} · 余额 {_yuan(wallet_fen)}</p>"
        f'<p><a href="{_to("/sandbox/phone", buyer=buyer)}">付款码</a></p>{own or "<p>还没有账单。</p>"}'
    )
    return page("账单", body, refresh_s=_LOOK_EVERY_S)


def order_page(trade: Trade, wallet_fen: int, refusal: str = "") -> str:
    """Return one bill; while it waits, with the question for the password."""
    body = (
        f"<h1>账单详情（模拟）</h1>{_why(refusal)}<p>顾客 {escape(trade.buyer)} · 余额 {_yuan(wallet_fen)}</p>"
        f"{_order(trade)}{_question(trade) if trade.status is TradeStatus.WAITING else ''}"
        f'<p><a href="{_to("/sandbox/phone/orders", buyer=trade.buyer)}">全部账单</a></p>'
    )
    # A page that waits for a password must not wipe it away.
    return page("账单详情", body, refresh_s=0 if trade.status is TradeStatus.WAITING else _LOOK_EVERY_S)


def refusal_page(refusal: str) -> str:
    """Return what a customer sees whose scan leads nowhere; ``refusal`` is a sub_code."""
    return page("不能付款", f"<h1>不能付款</h1>{_why(refusal)}")


def qr_svg(text: str) -> str:
    """Return a QR code as an SVG picture, with the four modules of white around it that readers need."""
    made = qrcode.QRCode(border=4)
    made.add_data(text)
    cells = made.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(cells) for x, is_dark in enumerate(row) if is_dark)
    return _picture(len(cells), len(cells), dark, 'class="qr"')


def bars_svg(row: Row) -> str:
    """Return a bar code as an SVG picture, with ten modules of white on either side."""
    height = len(row) // 4
    dark = "".join(f"M{x + _QUIET} 0h1v{height}h-1z" for x, is_dark in enumerate(row) if is_dark)
    width = len(row) + 2 * _QUIET
    # Whole pixels a module, or a reader finds bars of unequal width.
    return _picture(width, height, dark, f'width="{2 * width}"')


def _picture(width: int, height: int, dark: str, how: str) -> str:
    return (
        f'<svg {how} xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" shape-rendering="crispEdges" '
        'role="img">'
        f'<rect width="{width}" height="{height}" fill="#fff"/><path d="{dark}"/></svg>'
    )


def _order(trade: Trade) -> str:
    refunds = "".join(f"<p>已退款 {_yuan(each.amount_fen)} · {beijing(each.at)}</p>" for each in trade.refunds)
    paid = f"<p>付款时间 {beijing(trade.paid_at)}</p>" if trade.paid_at else ""
    return (
        f"<p>{SHOP} · {escape(trade.store_id or '-')}</p><p>{escape(trade.subject)}</p>"
        f'<p class="money">{_yuan(trade.amount_fen)}</p><p>{_status(trade)}</p>{paid}{refunds}'
        f'{bars_svg(code128(trade.trade_no))}<p class="number">{trade.trade_no}</p>'
    )


def _status(trade: Trade) -> str:
    is_back = trade.status is TradeStatus.CLOSED and trade.refunds
    return "已全额退款" if is_back else _STATUS_ZH[trade.status]


def _to_order(trade: Trade) -> str:
    words = "去付款" if trade.status is TradeStatus.WAITING else "详情"
    return f'<p><a href="{_to(f"/sandbox/phone/orders/{trade.trade_no}", buyer=trade.buyer)}">{words}</a></p>'


def _question(trade: Trade) -> str:
    return (
        '<form method="post" action="/sandbox/phone/answer">'
        f'<input type="hidden" name="trade_no" value="{trade.trade_no}">'
        f'<input type="hidden" name="buyer" value="{escape(trade.buyer)}">'
        '<p><label>支付密码（任意六位数字）<br><input name="password" type="password" inputmode="numeric" '
        'maxlength="6" autocomplete="off"></label></p><button name="do" value="pay">付款</button>'
        '<button name="do" value="cancel">取消</button></form>'
    )


def _why(refusal: str) -> str:
    words = _REFUSALS_ZH.get(refusal, "现在不能付款。")
    return f'<p class="told">{words}</p>' if words else ""


def _to(path: str, **query: str) -> str:
    return escape(f"{path}?{urlencode(query)}")


def _yuan(fen: int) -> str:
    """Return yuan of a balance, which may be more than any one amount."""
    return f"{'-' if fen < 0 else ''}¥{abs(fen) // 100:,}.{abs(fen) % 100:02d}"
