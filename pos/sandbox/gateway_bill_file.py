"""The file of a bill: a ZIP with names in GBK, and in it two texts in GBK whose cells are padded with tabs.

What is not published and is therefore a choice of ours: the fee is 0.6 %, negative beside a payment, and comes back
with a refund; a refund's line bears the refund's time in both columns.
"""

import csv
import io
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.domain.money import Money, divide_half_up
from pos.sandbox.gateway_answers import beijing
from pos.sandbox.gateway_values import Refund, Trade

MERCHANT_ID = "20880000000000000156"
"""The shop's number in the names of files; no real one has so many noughts."""
SHOP = "柜台示例店"
FEE_PER_MILLE = 6

COLUMNS = """
支付宝交易号 商户订单号 业务类型 商品名称 创建时间 完成时间 门店编号 门店名称 操作员 终端号 对方账户
订单金额（元） 商家实收（元） 支付宝红包（元） 集分宝（元） 支付宝优惠（元） 商家优惠（元） 券核销金额（元） 券名称
商家红包消费金额（元） 卡消费金额（元） 退款批次号/请求号 服务费（元） 分润（元） 备注
""".split()
SUM_COLUMNS = """
门店编号 门店名称 交易订单总笔数 退款订单总笔数 订单金额（元） 商家实收（元） 支付宝优惠（元） 商家优惠（元）
卡消费金额（元） 服务费（元） 分润（元） 实收净额（元）
""".split()
_ZERO = "0.00"
_NOTE = "模拟器 SIMULATOR：不是支付宝的账单，没有动过真钱"
_ENCODING = "gb18030"  # GBK and, for the rare sign GBK has not, four bytes


@dataclass(frozen=True, slots=True)
class Period:
    """A day or a month, from its first moment up to, and not with, the next one's."""

    name: str
    begins_at: datetime
    ends_at: datetime
    is_month: bool = False

    def holds(self, at: datetime | None) -> bool:
        """Whether a moment lies in it."""
        return at is not None and self.begins_at <= at < self.ends_at


@dataclass(frozen=True, slots=True)
class Line:
    """A payment, or a refund of one; ``amount_fen`` is what came, negative for what went."""

    trade: Trade
    at: datetime
    amount_fen: int
    refund: Refund | None = None

    @property
    def fee_fen(self) -> int:
        """What Alipay takes (negative), or gives back with a refund."""
        return -divide_half_up(self.amount_fen * FEE_PER_MILLE, 1000)

    @property
    def store_id(self) -> str:
        """The store that took or gave the money."""
        return (self.refund.store_id if self.refund else "") or self.trade.store_id


def bill_lines(period: Period, trades: Iterable[Trade]) -> list[Line]:
    """Return what money moved in a period, in the order it moved; unpaid trades are on no bill."""
    lines = [
        line
        for trade in trades
        for line in (
            *([Line(trade, trade.paid_at, trade.amount_fen)] if trade.paid_at else []),
            *(Line(trade, refund.at, -refund.amount_fen, refund) for refund in trade.refunds),
        )
        if period.holds(line.at)
    ]
    return sorted(lines, key=lambda line: line.at)


def bill_file(period: Period, trades: Iterable[Trade], made_at: datetime) -> bytes:
    """Return a period's bill as Alipay would send it."""
    lines = bill_lines(period, trades)
    stem = f"{MERCHANT_ID}_{period.name.replace('-', '')}_业务明细"
    return _zip({f"{stem}.csv": _details(period, lines, made_at), f"{stem}(汇总).csv": _sums(period, lines, made_at)})


def _details(period: Period, lines: Sequence[Line], made_at: datetime) -> str:
    payments, refunds = [each for each in lines if not each.refund], [each for each in lines if each.refund]
    return _text([
        *_head(period, "业务明细"),
        f"#{'-' * 41}业务明细列表{'-' * 40}",
        _row(COLUMNS),
        *(_row(f"{cell}\t" for cell in _cells(line)) for line in lines),
        f"#{'-' * 41}业务明细列表结束{'-' * 36}",
        f"#交易合计：{len(payments)}笔，商家实收共{_sum(payments)}元，商家优惠共0.00元",
        f"#退款合计：{len(refunds)}笔，商家实收退款共{_sum(refunds)}元，商家优惠退款共0.00元",
        f"#导出时间：[{_chinese(made_at)}]",
    ])  # fmt: skip


def _sums(period: Period, lines: Sequence[Line], made_at: datetime) -> str:
    stores = {
        store: [each for each in lines if each.store_id == store] for store in sorted({e.store_id for e in lines})
    }
    return _text([
        *_head(period, "业务汇总"),
        f"#{'-' * 41}业务汇总列表{'-' * 40}",
        _row(SUM_COLUMNS),
        *(_row(f"{cell}\t" for cell in _sum_cells(store, own)) for store, own in stores.items()),
        _row(f"{cell}\t" for cell in _sum_cells("合计", lines)),
        f"#{'-' * 40}业务汇总列表结束{'-' * 37}",
        f"#导出时间：[{_chinese(made_at)}]",
    ])  # fmt: skip


def _head(period: Period, title: str) -> list[str]:
    return [
        f"#支付宝{title}查询",
        f"#账号：[{MERCHANT_ID}]  {_NOTE}",
        f"#起始日期：[{_chinese(period.begins_at)}]   终止日期：[{_chinese(period.ends_at)}]",
    ]


def _cells(line: Line) -> list[str]:
    trade, refund, yuan = line.trade, line.refund, Money(line.amount_fen).yuan
    begun_at = line.at if refund else trade.made_at
    return [
        trade.trade_no, trade.out_trade_no, "退款" if refund else "交易", trade.subject, beijing(begun_at),
        beijing(line.at), line.store_id, SHOP, (refund.operator_id if refund else "") or trade.operator_id,
        (refund.terminal_id if refund else "") or trade.terminal_id, "*(sim***@example.com)", yuan, yuan, _ZERO, _ZERO,
        _ZERO, _ZERO, _ZERO, "", _ZERO, _ZERO, refund.request_no if refund else "", Money(line.fee_fen).yuan, _ZERO,
        (refund.reason if refund else "") or "模拟器 SIMULATOR",
    ]  # fmt: skip


def _sum_cells(store: str, lines: Sequence[Line]) -> list[str]:
    paid, back = sum(not line.refund for line in lines), sum(bool(line.refund) for line in lines)
    fees_fen = sum(line.fee_fen for line in lines)
    net_fen = sum(line.amount_fen for line in lines) + fees_fen
    return [store, "" if store == "合计" else SHOP, str(paid), str(back), _sum(lines), _sum(lines), _ZERO, _ZERO, _ZERO,
            _yuan(fees_fen), _ZERO, _yuan(net_fen)]  # fmt: skip


def _sum(lines: Iterable[Line]) -> str:
    return _yuan(sum(line.amount_fen for line in lines))


def _yuan(fen: int) -> str:
    """Return yuan of a sum, which may be more than any one amount."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"


def _chinese(at: datetime) -> str:
    day, time = beijing(at).split()
    year, month, number = day.split("-")
    return f"{year}年{month}月{number}日 {time}"


def _row(cells: Iterable[str]) -> str:
    kept = io.StringIO()
    csv.writer(kept, lineterminator="").writerow(" ".join(cell.split("\n")).replace("\r", " ") for cell in cells)
    return kept.getvalue()


def _text(lines: Iterable[str]) -> str:
    return "".join(f"{line}\r\n" for line in lines)


def _zip(members: dict[str, str]) -> bytes:
    """Return an archive whose names are in GBK, as Alipay's are; the library would write them in UTF-8."""
    kept, names = io.BytesIO(), {}
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, (name, text) in enumerate(members.items()):
            raw = name.encode("gbk")
            # A stand-in of the same length is written, and replaced in both places where a name stands.
            stand_in = f"{place:~>{len(raw)}}"
            names[stand_in.encode()] = raw
            member = zipfile.ZipInfo(stand_in, (2026, 1, 1, 0, 0, 0))
            archive.writestr(member, text.encode(_ENCODING), zipfile.ZIP_DEFLATED)
    written = kept.getvalue()
    for stand_in_raw, raw in names.items():
        written = written.replace(stand_in_raw, raw)
    return written
