"""Receipt page: a sale for its customer's eyes, in Chinese or English; nothing on it says who they are.

Of a sale that is not here (yet) and of one whose proof is wrong the same is said: nobody learns which there are.
"""

import hmac
import json
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from sqlalchemy import Engine, select
from starlette.requests import Request
from starlette.responses import HTMLResponse

from pos.domain.entry import parse_utc
from pos.domain.facts import sale_told
from pos.domain.money import Money
from pos.domain.quantity import Unit
from pos.domain.receipt_page import page_token, receipt_of_token
from pos.domain.shop_time import shop_time
from pos.hub.database import reading
from pos.hub.schema import entries, sales

_WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("电子小票", "Receipt"),
    "missing": ("没有找到这张小票", "No such receipt"),
    "later": ("刚付的款要等柜台连上网才会到这里，请过几分钟再刷新。",
              "A sale of this minute arrives once the till has a line; reload in a few minutes."),
    "number": ("单号", "Number"),
    "at": ("时间", "Time"),
    "total": ("合计", "Total"),
    "saved": ("已优惠", "You saved"),
    "rounding": ("抹零", "Rounding"),
    "change": ("找零", "Change"),
    "tax": ("税率 {rate} 税额", "Tax {rate}"),
    "cash": ("现金", "Cash"),
    "alipay": ("支付宝", "Alipay"),
    "prepaid_card": ("储值卡", "Prepaid card"),
    "exchange": ("换货抵付", "Goods returned"),
    "other": ("其他", "Other"),
    "language": ("English", "中文"),
}  # fmt: skip
_STYLE = (
    "body{font:17px/1.5 system-ui,sans-serif;color:#14213D;background:#F3F5F9;margin:0;padding:16px}"
    "main{max-width:420px;margin:auto;background:#fff;border-radius:8px;padding:20px}"
    "h1{font-size:22px;margin:0 0 12px}table{width:100%;border-collapse:collapse}td{padding:4px 0;vertical-align:top}"
    "td+td{text-align:right;white-space:nowrap;padding-left:12px}tr.rule td{border-top:1px solid #D5DAE3}"
    ".small{font-size:14px;color:#5B6477}.big{font-size:22px;font-weight:700}a{color:#1B64F2}"
)
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, no-store",
}


def find_body(engine: Engine, token: str) -> dict[str, Any] | None:
    """Return what was sold, in the words of the newest version; None unless the token is the sale's own."""
    receipt_no = receipt_of_token(token)
    if receipt_no is None:
        return None
    same = (entries.c.store == sales.c.store) & (entries.c.till == sales.c.till)
    same &= (entries.c.epoch == sales.c.epoch) & (entries.c.seq == sales.c.seq)
    query = select(entries.c.hash, entries.c.body).join(sales, same).where(sales.c.receipt_no == receipt_no)
    with reading(engine) as connection:
        rows = connection.execute(query).all()
    for entry_hash, body in rows:
        if hmac.compare_digest(page_token(receipt_no, entry_hash), token):
            return sale_told(json.loads(body))
    return None


def answer(body: Mapping[str, Any] | None, request: Request) -> HTMLResponse:
    """Return the page of a sale, or the one that says that there is none."""
    place = _language(request)
    words = {key: both[place] for key, both in _WORDS.items()}
    rows = "".join(_rows(body, words)) if body else ""
    shown = f"<table>{rows}</table>" if body else f"<p>{words['missing']}</p><p class=small>{words['later']}</p>"
    other = ("en", "zh")[place]
    page = (
        f"<!DOCTYPE html><html lang={('zh-CN', 'en')[place]}><meta charset=utf-8>"
        f'<meta name=viewport content="width=device-width"><title>{words["title"]}</title><style>{_STYLE}</style>'
        f"<main><h1>{words['title']}</h1>{shown}"
        f"<p class=small><a href='?lang={other}'>{words['language']}</a></p></main>"
    )
    return HTMLResponse(page, 200 if body else 404, HEADERS)


def _language(request: Request) -> int:
    asked = request.query_params.get("lang") or request.headers.get("accept-language", "")
    return 1 if asked.lower().startswith("en") else 0


def _rows(body: Mapping[str, Any], words: Mapping[str, str]) -> Iterator[str]:
    yield _row(words["number"], body["receipt_no"], "small")
    yield _row(words["at"], shop_time(parse_utc(body["completed_at"])), "small")
    for line in body["lines"]:
        yield from _line(line)
    taken = sum(each["amount_fen"] for line in body["lines"] for each in line["reductions"])
    if taken:
        yield _row(words["saved"], _yuan(-taken), "rule")
    if body["rounding_fen"]:
        yield _row(words["rounding"], _yuan(body["rounding_fen"]))
    yield _row(words["total"], _yuan(body["total_fen"]), "rule big")
    for tender in body["tenders"]:
        yield _row(words.get(tender["kind"], words["other"]), _yuan(tender["handed_over_fen"]))
        if tender["handed_over_fen"] > tender["amount_fen"]:
            yield _row(words["change"], _yuan(tender["handed_over_fen"] - tender["amount_fen"]))
    for tax in body["taxes"]:
        yield _row(words["tax"].format(rate=f"{tax['permille'] / 10:g}%"), _yuan(tax["tax_fen"]), "small")


def _line(line: Mapping[str, Any]) -> Iterator[str]:
    yield _row(line["name"], _yuan(line["gross_fen"]), "rule")
    yield _row(_sold_as(line), "", "small")
    for each in line["reductions"]:
        yield _row(each["name"], _yuan(-each["amount_fen"]), "small")


def _sold_as(line: Mapping[str, Any]) -> str:
    if line["unit"] == Unit.GRAM.value:
        return f"{line['quantity'] / 1000:.3f} kg × {_yuan(line['price_fen'])}"
    packs = line["quantity"] // line["pack"]
    price = line["gross_fen"] // packs if line["pack"] > 1 else line["price_fen"]
    return f"{packs} × {_yuan(price)}"


def _row(left: str, right: str, kind: str = "") -> str:
    return f'<tr class="{kind}"><td>{escape(left)}<td>{escape(right)}'


def _yuan(fen: int) -> str:
    return str(Money(fen))
