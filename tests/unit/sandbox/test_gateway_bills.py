"""A day's bill: the day after, behind an address that works for half a minute, in the form Alipay's has."""

import csv
import io
import zipfile
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest

from pos.sandbox.gateway_bills import period_of
from tests.unit.sandbox.gateway_kit import Shop, told

TODAY = "2026-11-23"
COLUMNS = """
支付宝交易号 商户订单号 业务类型 商品名称 创建时间 完成时间 门店编号 门店名称 操作员 终端号 对方账户 订单金额（元）
商家实收（元） 支付宝红包（元） 集分宝（元） 支付宝优惠（元） 商家优惠（元） 券核销金额（元） 券名称
商家红包消费金额（元） 卡消费金额（元） 退款批次号/请求号 服务费（元） 分润（元） 备注
""".split()


@pytest.fixture
def shop() -> Shop:
    return Shop()


def asked(shop: Shop, day: str = TODAY, bill_type: str = "trade") -> dict[str, object]:
    return shop.acquirer.bill_address({"bill_type": bill_type, "bill_date": day})


def fetched(shop: Shop, day: str = TODAY) -> bytes | None:
    node = asked(shop, day)
    assert told(node) == ("10000", "")
    query = parse_qs(urlsplit(str(node["bill_download_url"])).query)
    return shop.acquirer.bill(query["token"][0])


def members(raw: bytes | None) -> dict[str, list[str]]:
    """Return the lines of each file, by its name, read as a shop's bookkeeping reads them."""
    assert raw is not None
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        assert archive.testzip() is None
        assert [each.flag_bits & 0x800 for each in archive.infolist()] == [0, 0], "names are not in UTF-8"
        return {
            each.filename.encode("cp437").decode("gbk"): archive.read(each).decode("gbk").split("\r\n")
            for each in archive.infolist()
        }


def rows(lines: list[str]) -> list[dict[str, str]]:
    """Return what stands between the lines that begin with #, by its column."""
    table = [line for line in lines if line and not line.startswith("#")]
    cells = list(csv.reader(table))
    return [dict(zip(cells[0], [cell.strip("\t") for cell in row], strict=True)) for row in cells[1:]]


def details(raw: bytes | None) -> list[dict[str, str]]:
    return rows(members(raw)["20880000000000000156_20261123_业务明细.csv"])


def next_day(shop: Shop) -> None:
    shop.clock.move(days=1)  # noon of the next day


def test_payments_and_refunds_are_lines_of_their_own(shop: Shop) -> None:
    shop.pay("GT1", shop.code(), "100.00", store_id="0017", operator_id="1001", terminal_id="03")
    shop.clock.move(minutes=5)
    shop.refund("GT1", "30.00", "R1", refund_reason="少了一瓶", operator_id="1002", store_id="0017")
    next_day(shop)
    payment, refund = details(fetched(shop))
    assert list(payment) == COLUMNS
    trade_no = shop.query("GT1")["trade_no"]
    assert payment == {
        **dict.fromkeys(COLUMNS, "0.00"),
        "支付宝交易号": trade_no, "商户订单号": "GT1", "业务类型": "交易", "商品名称": "牛奶 2件",
        "创建时间": "2026-11-23 12:00:00", "完成时间": "2026-11-23 12:00:00", "门店编号": "0017",
        "门店名称": "柜台示例店", "操作员": "1001", "终端号": "03", "对方账户": "*(sim***@example.com)",
        "订单金额（元）": "100.00", "商家实收（元）": "100.00", "券名称": "", "退款批次号/请求号": "",
        "服务费（元）": "-0.60", "备注": "模拟器 SIMULATOR",
    }  # fmt: skip
    assert (refund["业务类型"], refund["商户订单号"], refund["退款批次号/请求号"]) == ("退款", "GT1", "R1")
    assert (refund["订单金额（元）"], refund["商家实收（元）"], refund["服务费（元）"]) == ("-30.00", "-30.00", "0.18")
    assert (refund["完成时间"], refund["操作员"], refund["终端号"]) == ("2026-11-23 12:05:00", "1002", "03")


def test_the_file_has_the_form_of_alipays(shop: Shop) -> None:
    shop.pay("GT1", shop.code())
    next_day(shop)
    files = members(fetched(shop))
    assert list(files) == [
        "20880000000000000156_20261123_业务明细.csv",
        "20880000000000000156_20261123_业务明细(汇总).csv",
    ]
    lines = next(iter(files.values()))
    assert lines[0] == "#支付宝业务明细查询"
    assert "模拟器 SIMULATOR" in lines[1]
    assert lines[2] == "#起始日期：[2026年11月23日 00:00:00]   终止日期：[2026年11月24日 00:00:00]"
    assert lines[3].startswith("#---")
    assert lines[4] == ",".join(COLUMNS)
    assert all(cell.endswith("\t") for cell in lines[5].split(","))
    assert lines[6].strip("#-") == "业务明细列表结束"
    assert lines[7] == "#交易合计：1笔，商家实收共88.88元，商家优惠共0.00元"
    assert lines[8] == "#退款合计：0笔，商家实收退款共0.00元，商家优惠退款共0.00元"


def test_the_summary_adds_up_by_store(shop: Shop) -> None:
    for number, store, amount in (("GT1", "0017", "100.00"), ("GT2", "0018", "50.00"), ("GT3", "0017", "1.00")):
        shop.pay(number, shop.code(), amount, store_id=store)
    shop.refund("GT1", "30.00", "R1")
    next_day(shop)
    lines = members(fetched(shop))["20880000000000000156_20261123_业务明细(汇总).csv"]
    told_of = ["门店编号", "交易订单总笔数", "退款订单总笔数", "订单金额（元）", "服务费（元）", "实收净额（元）"]
    assert [[row[name] for name in told_of] for row in rows(lines)] == [
        ["0017", "2", "1", "71.00", "-0.43", "70.57"],
        ["0018", "1", "0", "50.00", "-0.30", "49.70"],
        ["合计", "3", "1", "121.00", "-0.73", "120.27"],
    ]


def test_what_was_never_paid_is_on_no_bill(shop: Shop) -> None:
    shop.pay("GT1", shop.code("never"))
    shop.close("GT1")
    shop.pay("GT2", shop.code("decline_balance"))
    next_day(shop)
    assert told(asked(shop)) == ("40004", "NO_BILL_DATA")


def test_a_cancelled_payment_is_two_lines_that_come_to_nothing(shop: Shop) -> None:
    shop.pay("GT1", shop.code())
    shop.cancel("GT1")
    next_day(shop)
    found = details(fetched(shop))
    assert [row["商家实收（元）"] for row in found] == ["88.88", "-88.88"]
    assert [row["服务费（元）"] for row in found] == ["-0.53", "0.53"]


def test_a_line_belongs_to_the_day_the_money_moved(shop: Shop) -> None:
    shop.clock.move(hours=11, minutes=59, seconds=59)
    shop.pay("GT1", shop.code())
    shop.clock.move(seconds=1)
    shop.pay("GT2", shop.code())
    shop.clock.move(seconds=1)
    shop.refund("GT1", "1.00")
    shop.clock.move(days=2)
    assert [row["商户订单号"] for row in details(fetched(shop))] == ["GT1"]
    second = members(fetched(shop, "2026-11-24"))["20880000000000000156_20261124_业务明细.csv"]
    assert [(row["商户订单号"], row["业务类型"]) for row in rows(second)] == [("GT2", "交易"), ("GT1", "退款")]


def test_a_bill_is_ready_at_nine_the_next_day(shop: Shop) -> None:
    shop.pay("GT1", shop.code())
    assert told(asked(shop)) == ("40004", "BILL_NOT_EXIST")
    shop.clock.move(hours=20, minutes=59, seconds=59)
    assert told(asked(shop)) == ("40004", "BILL_NOT_EXIST")
    assert told(asked(shop, "2026-11-24")) == ("40004", "BILL_NOT_EXIST")
    shop.clock.move(seconds=1)
    assert told(asked(shop)) == ("10000", "")


def test_the_hour_it_is_ready_can_be_set(shop: Shop) -> None:
    shop.pay("GT1", shop.code())
    shop.acquirer.change_settings(replace(shop.acquirer.settings, bill_ready_s=0, travel_s=12 * 3600))
    assert told(asked(shop)) == ("10000", "")


def test_a_month_is_ready_on_the_third_of_the_next(shop: Shop) -> None:
    shop.pay("GT1", shop.code())
    shop.clock.move(days=9)  # 2 December, noon
    assert told(asked(shop, "2026-11")) == ("40004", "BILL_NOT_EXIST")
    shop.clock.move(days=1)
    names = list(members(fetched(shop, "2026-11")))
    assert names[0] == "20880000000000000156_202611_业务明细.csv"


def test_an_address_works_for_half_a_minute_and_for_its_own_day(shop: Shop) -> None:
    shop.pay("GT1", shop.code())
    next_day(shop)
    url = urlsplit(str(asked(shop)["bill_download_url"]))
    query = parse_qs(url.query)
    assert (url.netloc, url.path, query["bizType"], query["bizDates"]) == (
        "127.0.0.1", "/downloadBillFile.resource", ["trade"], ["20261123"],
    )  # fmt: skip
    shop.clock.move(seconds=29.9)
    assert shop.acquirer.bill(query["token"][0]) is not None
    shop.clock.move(seconds=0.1)
    assert shop.acquirer.bill(query["token"][0]) is None
    assert shop.acquirer.bill("") is None


@pytest.mark.parametrize(
    ("bill_type", "day", "sub_code"),
    [("signcustomer", TODAY, "TYPE_NOT_SUPPORTED"), ("invented", TODAY, "INVAILID_ARGUMENTS"),
     ("trade", "20261123", "INVAILID_ARGUMENTS"), ("trade", "2026-02-30", "INVAILID_ARGUMENTS"),
     ("trade", "2026-13", "INVAILID_ARGUMENTS"), ("trade", "", "INVAILID_ARGUMENTS"),
     ("trade", "2026-11-22", "NO_BILL_DATA"), ("trade", "9999-12-31", "INVAILID_ARGUMENTS")],
)  # fmt: skip
def test_what_there_is_no_bill_of_is_told_without_a_family(shop: Shop, bill_type: str, day: str, sub_code: str) -> None:
    shop.pay("GT1", shop.code())
    next_day(shop)
    assert asked(shop, day, bill_type)["sub_code"] == sub_code


def test_signs_that_could_spoil_a_table_do_not(shop: Shop) -> None:
    subject = '牛奶,"鲜" 🥛 龘\n#x'
    shop.acquirer.pay({"out_trade_no": "GT1", "total_amount": "1.00", "subject": subject, "auth_code": shop.code()})
    next_day(shop)
    raw = fetched(shop)
    assert raw is not None
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        text = archive.read(archive.infolist()[0]).decode("gb18030")
    (row,) = rows(text.split("\r\n"))
    assert row["商品名称"] == '牛奶,"鲜" 🥛 龘 #x'


def test_a_period_ends_where_the_next_begins() -> None:
    day, month = period_of("2026-12-31"), period_of("2026-12")
    assert day is not None
    assert month is not None
    assert day.ends_at == month.ends_at
    assert month.begins_at.isoformat() == "2026-12-01T00:00:00+08:00"
    assert month.ends_at.isoformat() == "2027-01-01T00:00:00+08:00"
