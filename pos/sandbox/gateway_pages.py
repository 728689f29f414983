"""Pages of the gateway simulator; each says what it is before anything else."""

from html import escape

import qrcode

from pos.sandbox.gateway_values import CODE_LIFE, KINDS

_FRESH_EVERY_S = int(CODE_LIFE.total_seconds()) - 10
_STYLE = """
body{font:16px/1.5 "Noto Sans SC","Microsoft YaHei",sans-serif;margin:0;text-align:center}
body{background:#f3f4f6;color:#1f2328}
header{background:#b42318;color:#fff;padding:.8em;font-size:1.5em;font-weight:700}
main{max-width:24em;margin:1em auto;background:#fff;border-radius:1em;padding:1em}
svg{width:100%;height:auto}.digits{font-size:1.5em;letter-spacing:.06em}a{margin:0 .4em;white-space:nowrap}
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


def phone_page(code: str, buyer: str, kind: str) -> str:
    """Return a customer's phone with a fresh code; it asks for another before this one is too old."""
    digits = " ".join(code[at : at + 4] for at in range(0, len(code), 4))
    kinds = "".join(f'<a href="?kind={name}">{escape(each.name_zh)}</a> ' for name, each in KINDS.items())
    body = (
        f"<h1>付款码（模拟）</h1><p>顾客 {escape(buyer)} · {escape(KINDS[kind].name_zh)}</p>{qr_svg(code)}"
        f'<p class="digits">{digits}</p><p>一分钟内有效，用一次就作废。请对准收银台的摄像头。</p><p>{kinds}</p>'
    )
    return page("付款码", body, refresh_s=_FRESH_EVERY_S)


def home_page() -> str:
    """Return what somebody sees who opens the simulator's address."""
    return page("支付宝网关", '<h1>支付宝网关模拟器</h1><p><a href="/sandbox/phone">顾客的手机</a>'
                '<a href="/sandbox/totals">合计</a><a href="/sandbox/trades">交易</a></p>')  # fmt: skip


def qr_svg(text: str) -> str:
    """Return a QR code as an SVG picture, with the four modules of white around it that readers need."""
    made = qrcode.QRCode(border=4)
    made.add_data(text)
    cells = made.get_matrix()
    dark = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(cells) for x, is_dark in enumerate(row) if is_dark)
    side = len(cells)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {side} {side}" shape-rendering="crispEdges" role="img">'
        f'<rect width="{side}" height="{side}" fill="#fff"/><path d="{dark}"/></svg>'
    )
