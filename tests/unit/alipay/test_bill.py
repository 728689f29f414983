"""A day's bill is read as Alipay writes it: GBK in a ZIP, tabs, # lines, columns by their heads."""

import csv
import io
import zipfile
from contextlib import suppress
from datetime import UTC, date, datetime

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.alipay.bill import download, fetch_bill, read_bill
from pos.domain.bill import BillKind, BillRow
from pos.domain.errors import BillNotReady, BillUnreadable, GatewayDown
from pos.domain.gateway import BillAddress, BillReply, NotFound, Unknown
from pos.domain.money import Money
from tests.fake_alipay import FakeAlipay
from tests.fake_time import FakeClock

# The 25 columns of Alipay's help page for the trade bill, in its order.
HEADS = (
    "支付宝交易号 商户订单号 业务类型 商品名称 创建时间 完成时间 门店编号 门店名称 操作员 终端号 对方账户 "
    "订单金额（元） 商家实收（元） 支付宝红包（元） 集分宝（元） 支付宝优惠（元） 商家优惠（元） "
    "券核销金额（元） 券名称 "
    "商家红包消费金额（元） 卡消费金额（元） 退款批次号/请求号 服务费（元） 分润（元） 备注"
).split()
DAY = date(2026, 11, 22)
NAME = "20880000000000000156_20261122_业务明细.csv"
PAID = {
    "支付宝交易号": "2026112222001400001234567890", "商户订单号": "GT01", "业务类型": "交易",
    "商品名称": "柜台示例店 3件",
    "创建时间": "2026-11-22 10:00:00", "完成时间": "2026-11-22 10:00:07", "门店编号": "0017", "操作员": "1001",
    "终端号": "03", "订单金额（元）": "88.88", "商家实收（元）": "88.88", "服务费（元）": "-0.53", "备注": "",
}  # fmt: skip
BACK = PAID | {"业务类型": "退款", "订单金额（元）": "-8.80", "退款批次号/请求号": "GR01", "服务费（元）": "0.05",
               "完成时间": "2026-11-22 23:59:59"}  # fmt: skip


def text_of(rows: list[dict[str, str]], heads: list[str] | None = None) -> str:
    """Write a bill's details by hand, as the help page shows them."""
    out = io.StringIO()
    out.write("#支付宝业务明细查询\r\n#账号：[20880000000000000156]\r\n#-------业务明细列表------\r\n")
    writer = csv.writer(out)
    writer.writerow(heads or HEADS)
    for row in rows:
        writer.writerow([row.get(head, "") + "\t" for head in heads or HEADS])
    out.write("#------业务明细列表结束-----\r\n#交易合计：1笔\r\n#导出时间：[2026年11月23日]\r\n")
    return out.getvalue()


def zipped(files: dict[str, bytes]) -> bytes:
    """Pack files with names in GBK and no flag that says how, as Alipay's server does."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED) as packed:
        for letter, (name, content) in zip("xyz", files.items(), strict=False):
            packed.writestr(zipfile.ZipInfo(letter * len(name.encode("gbk"))), content)
    whole = raw.getvalue()
    for letter, name in zip("xyz", files, strict=False):
        gbk = name.encode("gbk")
        whole = whole.replace(letter.encode() * len(gbk), gbk)
    return whole


def bill(rows: list[dict[str, str]]) -> bytes:
    summary = "#汇总\r\n门店编号,交易订单总笔数\r\n0017,1\r\n".encode("gbk")
    return zipped({NAME: text_of(rows).encode("gbk"), NAME.replace(".csv", "(汇总).csv"): summary})


def test_a_payment_and_its_refund_are_read_to_the_fen() -> None:
    paid, back = read_bill(bill([PAID, BACK]))
    assert paid == BillRow(
        BillKind.TRADE, "2026112222001400001234567890", "GT01", "", Money(8888), Money(-53),
        datetime(2026, 11, 22, 2, 0, 7, tzinfo=UTC), "0017", "03", "1001",
    )  # fmt: skip
    assert (back.kind, back.request_no, back.amount, back.fee) == (BillKind.REFUND, "GR01", Money(-880), Money(5))
    assert back.finished_at == datetime(2026, 11, 22, 15, 59, 59, tzinfo=UTC)


def test_a_refund_that_is_written_without_its_sign_went_back_all_the_same() -> None:
    (row,) = read_bill(bill([BACK | {"订单金额（元）": "8.80"}]))
    assert row.amount == Money(-880)


def test_the_text_alone_is_read_too_and_in_unicode_as_spreadsheets_save_it() -> None:
    expected = read_bill(bill([PAID]))
    assert read_bill(text_of([PAID]).encode("gb18030")) == expected
    assert read_bill(b"\xef\xbb\xbf" + text_of([PAID]).encode()) == expected


def test_columns_are_found_by_their_heads_wherever_they_stand() -> None:
    heads = [*reversed(HEADS), "新加的一列"]
    assert read_bill(text_of([PAID], heads).encode("gbk")) == read_bill(bill([PAID]))


def test_a_day_without_payments_is_empty() -> None:
    assert read_bill(bill([])) == ()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"", "没有这些列"),
        (b"PK\x03\x04 no zip at all", "ZIP: BadZipFile"),
        (zipped({"readme.txt": b"x"}), "ZIP 里没有业务明细"),
        (text_of([PAID], [head for head in HEADS if head != "终端号"]).encode("gbk"), "没有这些列 终端号"),
        (text_of([PAID | {"订单金额（元）": "1e3"}]).encode("gbk"), "第 1 行看不懂"),
        (text_of([PAID, PAID | {"业务类型": "转账"}]).encode("gbk"), "第 2 行看不懂"),
        (text_of([PAID | {"完成时间": "昨天"}]).encode("gbk"), "第 1 行看不懂"),
        (text_of([PAID | {"订单金额（元）": ""}]).encode("gbk"), "第 1 行看不懂"),
        (text_of([PAID], [*HEADS, "终端号"]).encode("gbk"), "没有这些列 终端号"),
        (text_of([PAID]).replace("柜台示例店", "米,面").encode("gbk"), "第 1 行看不懂"),
        (text_of([PAID | {"备注": "x"}]).replace("柜台示例店", "米,面").encode("gbk"), "第 1 行有 26 列，应有 25 列"),
        (text_of([PAID]).replace("88.88\t,", "", 1).encode("gbk"), "第 1 行有 24 列，应有 25 列"),
        (text_of([PAID, BACK]).partition("#------业务明细列表结束")[0].encode("gbk"), "文件不完整，没有结束行"),
        ("<html>登录</html>".encode(), "没有这些列"),
        (b"\xff\xff\xff", "不是 GB18030 文本"),
    ],
)
def test_what_is_no_bill_is_refused_by_what_is_wrong(raw: bytes, reason: str) -> None:
    with pytest.raises(BillUnreadable) as refused:
        read_bill(raw)
    assert str(refused.value.facts["reason"]).startswith(reason)


def test_a_lone_quote_in_a_name_swallows_no_row() -> None:
    first = PAID | {"商品名称": "XX甲"}
    second = first | {"商户订单号": "GT02", "订单金额（元）": "2.00"}
    rows = read_bill(text_of([first, second]).replace("XX", '"').encode("gbk"))
    assert [(row.out_trade_no, row.amount) for row in rows] == [("GT01", Money(8888)), ("GT02", Money(200))]


def test_a_bill_that_a_spreadsheet_saved_anew_is_read() -> None:
    out = io.StringIO()
    for row in csv.reader(io.StringIO(text_of([PAID | {"商品名称": '5" 屏, 2件'}, BACK]).replace("\t", ""))):
        csv.writer(out).writerow(row + [""] * (25 - len(row)))
    assert read_bill(out.getvalue().encode("gb18030")) == read_bill(bill([PAID, BACK]))


@pytest.mark.parametrize("unit", ["(元)", ""])
def test_the_unit_in_a_head_may_be_written_otherwise(unit: str) -> None:
    assert read_bill(text_of([PAID]).replace("（元）", unit).encode("gbk")) == read_bill(bill([PAID]))


@pytest.mark.parametrize("packing", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_zip_with_one_byte_changed_anywhere_is_refused_or_says_the_same(packing: int) -> None:
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w", packing) as packed:
        packed.writestr("明细.csv", text_of([PAID]).encode("gbk"))
    whole = raw.getvalue()
    expected = read_bill(whole)
    for at in range(len(whole)):
        with suppress(BillUnreadable):
            assert read_bill(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]) == expected


def test_a_bill_that_is_far_too_long_is_given_up_while_it_comes() -> None:
    pieces = iter([b"0" * 4_194_304] * 40)
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=pieces))
    with pytest.raises(BillUnreadable, match="太大"):
        download(BillAddress("https://a/"), transport)
    assert len(list(pieces)) == 23, "17 pieces of 4 MiB are more than 64 MiB"


def test_a_bomb_is_not_unpacked() -> None:
    with pytest.raises(BillUnreadable):
        read_bill(zipped({NAME: b"0" * (65 * 1024 * 1024)}))


@given(st.binary(max_size=300) | st.binary(max_size=300).map(lambda raw: b"PK\x03\x04" + raw))
def test_any_bytes_are_a_bill_or_refused(raw: bytes) -> None:
    with suppress(BillUnreadable):
        assert isinstance(read_bill(raw), tuple)


cells = st.text(st.characters(codec="gb18030", exclude_characters="\t\r\n"), max_size=12) | st.text(
    '",#\x0b\x1c\x85\u2028 店', max_size=6
)


def yuan(fen: int) -> str:
    return f"{'-' * (fen < 0)}{abs(fen) // 100}.{abs(fen) % 100:02d}"


@given(
    st.lists(st.tuples(st.integers(1, 10**9), st.integers(-(10**6), 10**6), st.booleans(), cells, cells), max_size=6)
)
def test_what_an_independent_hand_writes_is_read_back(rows: list[tuple[int, int, bool, str, str]]) -> None:
    written = [
        PAID | {"业务类型": "退款" if is_back else "交易", "订单金额（元）": yuan(-fen if is_back else fen),
                "服务费（元）": yuan(fee), "商品名称": name, "操作员": who}
        for fen, fee, is_back, name, who in rows
    ]  # fmt: skip
    found = read_bill(text_of(written).encode("gb18030"))
    assert [(row.amount.fen, row.fee.fen, row.operator) for row in found] == [
        (-fen if is_back else fen, fee, who.strip()) for fen, fee, is_back, _, who in rows
    ]


class Alipay(FakeAlipay):
    """An Alipay that says one thing about bills."""

    def __init__(self, reply: BillReply) -> None:
        super().__init__(FakeClock())
        self._reply = reply

    def bill(self, day: date) -> BillReply:
        assert day == DAY
        return self._reply


def answering(status: int, content: bytes, asked: list[str]) -> httpx.MockTransport:
    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        return httpx.Response(status, content=content)

    return httpx.MockTransport(answer)


def test_a_bill_is_fetched_over_tls_though_alipay_writes_http() -> None:
    asked: list[str] = []
    address = BillAddress("http://dwbillcenter.alipay.com/downloadBillFile.resource?token=secret")
    rows = fetch_bill(Alipay(address), DAY, answering(200, bill([PAID]), asked))
    assert len(rows) == 1
    assert asked == ["https://dwbillcenter.alipay.com/downloadBillFile.resource?token=secret"]


def test_a_day_without_a_bill_and_a_line_without_answer_are_told_apart() -> None:
    with pytest.raises(BillNotReady):
        fetch_bill(Alipay(NotFound()), DAY)
    with pytest.raises(GatewayDown):
        fetch_bill(Alipay(Unknown("network ConnectError")), DAY)


@pytest.mark.parametrize("url", ["ftp://a/b", "file:///etc/passwd", "nothing", "http://", "https://a:99999/"])
def test_what_is_no_address_is_not_fetched(url: str) -> None:
    with pytest.raises(BillUnreadable):
        download(BillAddress(url), answering(200, b"", []))


def test_a_failed_download_says_so_without_the_address() -> None:
    with pytest.raises(BillUnreadable) as refused:
        download(BillAddress("https://a/?token=secret"), answering(403, b"expired", []))
    assert refused.value.facts["reason"] == "status 403"
    assert "secret" not in str(refused.value)
