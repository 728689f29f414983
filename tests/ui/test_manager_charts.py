"""Charts: what is drawn can be told apart without colour, at any size, and reads as it was computed by hand."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from pos.domain.daybook import Change
from pos.domain.money import Money
from pos.till.figures.today import Figure
from ui import theme
from ui.manager.charts import Bar, Bars, Chart, Mix, OverShort, Part, Ranked, Ranking, _room_for
from ui.manager.words import beside_words, change_words, figure_text, is_better, whole_yuan

KEYS = ("这一天", "上周同一天", "本小时未结束")


@pytest.fixture(autouse=True)
def _application(qapp: QApplication) -> None:
    theme.apply(qapp, 1.0)


def drawn(chart: Chart, width: int = 600, height: int = 300) -> QImage:
    """A chart as it is painted."""
    picture = QImage(width, height, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    with QPainter(picture) as painter:
        chart.draw(painter, QRectF(0, 0, width, height))
    return picture.convertToFormat(QImage.Format.Format_Grayscale8)


def darkness(picture: QImage, box: QRectF) -> float:
    """How much of a box is ink, from 0 to 1, without its colours."""
    spots = [
        255 - picture.pixelColor(x, y).lightness()
        for x in range(int(box.left()), int(box.right()))
        for y in range(int(box.top()), int(box.bottom()))
    ]
    return sum(spots) / len(spots) / 255


def middle_of(bar: int, bars: int) -> QRectF:
    """A box inside a column of the chart drawn above, below its top and above its foot."""
    step = 600 / bars
    return QRectF(step * bar + step * 0.32, 120, step * 0.36, 120)


def test_now_last_week_and_the_hour_that_runs_differ_without_colour() -> None:
    bars = (Bar("9", 1000, 0, ""), Bar("10", 0, 1000, ""), Bar("11", 1000, 0, "", is_running=True))
    picture = drawn(Bars(bars, KEYS, "none"))
    full, ghost, running = (darkness(picture, middle_of(place, 3)) for place in range(3))
    assert full > 0.8
    assert ghost == 0
    assert 0.02 < running < 0.6


def test_what_is_short_hangs_below_the_line_and_is_hatched() -> None:
    picture = drawn(OverShort((Bar("", 500, 0, ""), Bar("", -500, 0, "")), ("over", "short"), "none"))
    left, right = QRectF(142, 60, 16, 60), QRectF(442, 60, 16, 60)
    below = [QRectF(each.left(), 180, 16, 60) for each in (left, right)]
    assert darkness(picture, left) > 0.8
    assert darkness(picture, below[0]) == 0
    assert darkness(picture, right) == 0
    assert 0.02 < darkness(picture, below[1]) < 0.7


def test_the_words_of_a_short_column_stand_aside_from_a_long_one_beside_it() -> None:
    field, bar = QRectF(0, 0, 300, 100), Bar("", -100, 0, "16日 -1.00")
    column, long = QRectF(150, 50, 12, 10), QRectF(168, 50, 12, 50)
    alone = _room_for(bar, column, field, [column])
    beside = _room_for(bar, column, field, [column, long])
    assert alone
    assert alone.center().x() == column.center().x()
    assert beside
    assert beside.right() == column.right()
    assert _room_for(bar, column, field, [column, long, QRectF(140, 50, 6, 50)]) is None


def test_the_words_of_a_column_stand_above_a_ghost_that_is_hardly_higher() -> None:
    bars = (Bar("9", 950, 1000, "888"), Bar("10", 500, 1000, "888"))
    picture = drawn(Bars(bars, KEYS, "none"))
    above, below = (QRectF(place * 300 + 120, 27, 60, 16) for place in range(2))
    assert darkness(picture, above) > 0.02
    assert darkness(picture, below) == 0


def test_a_bar_is_as_long_as_its_share() -> None:
    picture = drawn(Ranking((Ranked("a", 100, "100"), Ranked("b", 50, "50")), "none", places=2))
    rows = [[x for x in range(600) if picture.pixelColor(x, y).lightness() < 80] for y in range(300)]
    long = [len(row) for row in rows if len(row) > 200]
    assert max(long) == pytest.approx(600 * 0.94, abs=3)
    assert min(long) == pytest.approx(600 * 0.47, abs=3)


@pytest.mark.parametrize("size", [(40, 20), (300, 90), (2000, 1200)])
@pytest.mark.parametrize(
    "chart",
    [
        Bars((), KEYS, "none"),
        Bars((Bar("9", -500, 0, "-5"), Bar("10", 0, 0, "")), KEYS, "none"),
        Mix((), "foot"),
        Mix((Part("cash", 0, "0"), Part("alipay", 1000, "5"), Part("card", -20, "-1")), "foot"),
        Ranking((Ranked("back", -5, "-5"),), "none"),
        OverShort((), ("", ""), "none"),
    ],
)
def test_odd_days_are_drawn_at_any_size(chart: Chart, size: tuple[int, int]) -> None:
    assert not drawn(chart, *size).isNull()


def test_a_chart_twice_as_large_is_drawn_and_not_stretched() -> None:
    """A hair line stays a hair line: drawn at twice the size, the axis is one pixel high."""
    picture = drawn(Bars((Bar("9", 0, 0, ""),), KEYS, "none"), 1200, 600)
    dark = [y for y in range(100, 600) if picture.pixelColor(100, y).lightness() < 200]
    assert len(dark) <= 2


@pytest.mark.parametrize(
    ("figure", "change", "words", "better"),
    [
        (Figure.NET, Change(1_123, 1_000, 123), "▲ 多 12.3% · 上周 ¥10.00", True),
        (Figure.NET, Change(959, 1_000, -41), "▼ 少 4.1% · 上周 ¥10.00", False),
        (Figure.NET, Change(1_010, 1_000, 10), "＝ 持平 · 上周 ¥10.00", None),
        (Figure.NET, Change(500, 0, None), "上周没有", None),
        (Figure.BACK, Change(2_000, 1_000, 1_000), "▲ 多 100.0% · 上周 ¥10.00", False),
        (Figure.MEMBER_SHARE, Change(318, 368, -136), "▼ 低 5.0 个点 · 上周 36.8%", False),
        (Figure.DISCOUNT_RATE, Change(7, 12, -417), "▼ 低 0.5 个点 · 上周 1.2%", True),
        (Figure.MARGIN_RATE, None, "上周没有", None),
    ],
)
def test_a_change_is_told_by_arrow_word_and_figure(
    figure: Figure,
    change: Change | None,
    words: str,
    better: bool | None,  # noqa: FBT001
) -> None:
    assert beside_words(figure, change) == words
    assert is_better(figure, change) is better


def test_figures_read_as_money_counts_hundredths_and_rates() -> None:
    assert figure_text(Figure.NET, 471_470) == "¥4,714.70"
    assert figure_text(Figure.SALES, 1_066) == "1,066"
    assert figure_text(Figure.UNITS_PER_SALE, 706) == "7.06"
    assert figure_text(Figure.MARGIN_RATE, -15) == "-1.5%"
    assert figure_text(Figure.MARGIN_RATE, None) == "—"
    assert change_words(Figure.SALES, Change(66, 57, 158)) == "▲ 多 15.8%"


@pytest.mark.parametrize(
    ("fen", "words"),
    [(109_183, "1,092"), (471_470, "4,715"), (471_449, "4,714"), (50, "1"), (49, "0"), (-150, "-2"), (-149, "-1")],
)
def test_whole_yuan_are_the_nearest(fen: int, words: str) -> None:
    assert whole_yuan(Money(fen)) == words
