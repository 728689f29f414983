"""A manager's view on paper: whole amounts, names that may be cut, as many rows as anybody reads on a strip."""

from datetime import UTC, date, datetime

from hypothesis import example, given
from hypothesis import strategies as st

from pos.domain.figures_slip import FiguresList, FiguresPage, figures_slip
from pos.domain.paper import Paper
from pos.domain.receipt import Heading
from pos.domain.slip import NARROW, WIDE, as_text, columns

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
"""17:30 in the shop."""
GOODS = FiguresList(
    "商品",
    ("货号", "商品", "数量", "金额"),
    (
        ("600102", "红烧牛肉面", "1 件", "4.50"),
        ("600104", "智利进口车厘子礼盒装特级大果两公斤", "12 件", "23988.00"),
        ("600103", "¥5 苹果", "1.250 kg", "-14.98"),
    ),
    frozenset({3}),
)


def printed(*lists: FiguresList, width: int, since: date = DAY) -> list[str]:
    """Return a page's rows, none wider than the paper."""
    page = FiguresPage("商品", since, DAY, lists)
    rows = as_text(figures_slip(page, Heading("柜台便利店", Paper(columns=width)), "0017-03", AT), width)
    assert max(map(columns, rows)) <= width
    return rows


def named(*names: str) -> FiguresList:
    """Return a list of so many departments."""
    return FiguresList(
        "部门", ("部门", "件数", "金额"), tuple((name, "1", "2.00") for name in names), frozenset({1, 2})
    )


def test_eighty_millimetres_read_like_this() -> None:
    goods = FiguresList(GOODS.name, GOODS.heads, GOODS.rows[:2], GOODS.numbers)
    assert printed(goods, width=WIDE, since=date(2026, 11, 17)) == [
        "       柜台便利店",
        "",
        "          商品",
        "-" * 48,
        "柜台                                     0017-03",
        "日期                     2026-11-17 ~ 2026-11-23",
        "打印                         2026-11-23 17:30:00",
        "-" * 48,
        "商品",
        "货号   商品                       数量      金额",
        "600102 红烧牛肉面                 1 件      4.50",
        "600104 智利进口车厘子礼盒装特级… 12 件 23988.00",
        "-" * 48,
    ]


def test_fifty_eight_millimetres_read_like_this() -> None:
    assert printed(named("食品", "日用百货与家居清洁用品及其他杂项"), width=NARROW)[3:] == [
        "-" * 32,
        "柜台                     0017-03",
        "日期                  2026-11-23",
        "打印         2026-11-23 17:30:00",
        "-" * 32,
        "部门",
        "部门                   件数 金额",
        "食品                      1 2.00",
        "日用百货与家居清洁用…    1 2.00",
        "-" * 32,
    ]


def test_what_does_not_stand_side_by_side_stands_below_with_what_it_is() -> None:
    people = FiguresList(
        "员工",
        ("收银员", "笔数", "销售额", "件/分钟", "退款", "退货", "删行"),
        (("1001 林小雨", "120", "3456.70", "", "", "", "⚠ 7 次 ¥21.00"),),
        frozenset({1, 2}),
    )
    assert printed(people, width=NARROW)[8:] == [
        "员工",
        "1001 林小雨",
        "  笔数                       120",
        "  销售额                 3456.70",
        "  删行            ! 7 次 ￥21.00",
        "-" * 32,
    ]


def test_sixty_rows_of_a_view_are_printed_and_the_rest_is_counted() -> None:
    many, few = named(*(f"部门{number}" for number in range(1, 60))), named("甲", "乙", "丙")
    rows = printed(many, few, width=WIDE)
    assert sum("2.00" in row for row in rows) == 60
    assert rows[-3].startswith("甲")
    assert rows[-2] == "还有 2 行没有打印"
    assert printed(many, many, width=WIDE)[-2] == "还有 58 行没有打印"


def test_a_list_that_has_no_room_at_all_says_how_much_it_has() -> None:
    rows = printed(named(*"甲" * 60), named("乙"), width=WIDE)
    assert rows[-3:] == ["部门", "还有 1 行没有打印", "-" * 48]
    assert printed(named(), width=WIDE)[-2] == "没有"


@example([("000000000%\xa0\xa0\xa0\xa0\xa0\xa0\xa0", 0), ("0", -99_901)], NARROW)
@given(
    st.lists(st.tuples(st.text(max_size=40), st.integers(-(10**9), 10**9)), min_size=1, max_size=9),
    st.sampled_from((NARROW, WIDE)),
)
def test_whatever_something_is_called_its_amount_is_whole(found: list[tuple[str, int]], width: int) -> None:
    amounts = [f"{fen // 100}.{fen % 100:02d}" for _, fen in found]
    rows = tuple((name, amount) for (name, _), amount in zip(found, amounts, strict=True))
    text = printed(FiguresList("商品", ("商品", "金额"), rows, frozenset({1})), width=width)
    assert [row.split(" ")[-1] for row in text if row and row[-1].isdecimal()][-len(found) :] == amounts
