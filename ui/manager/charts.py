"""Charts: the day as bars, the tenders as parts of one bar, what sold most; drawn at any size, on screen and paper.

Each is a value with ``draw``; nothing in them is told by colour alone, and every figure is written somewhere.
"""

from dataclasses import dataclass
from typing import Protocol

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter

from ui import theme
from ui.manager.pen import MIDDLE, PATTERNS, RIGHT, SMALL, Look, fill, line, outline, width, write

COLOURS = (theme.INK, theme.BLUE, theme.GREEN, theme.GREY)


class Chart(Protocol):
    """What can be drawn into a box."""

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw it as large as the box is."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One column: its foot, how high it is, how high it was, what stands above it."""

    foot: str
    now: int
    before: int
    words: str
    is_running: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """Columns beside their ghosts.

    Attributes:
        keys: what a column, a ghost and the one that is not over yet are called.
        none: what is written when there is nothing.
    """

    bars: tuple[Bar, ...]
    keys: tuple[str, str, str]
    none: str

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw the keys above, then the columns."""
        top = float(theme.px(24))
        if not self.bars:
            write(painter, box, self.none, Look(colour=theme.GREY, side=MIDDLE))
            return
        self._draw_keys(painter, QRectF(box.x(), box.y(), box.width(), top))
        field = box.adjusted(0, top + theme.px(22), 0, -theme.px(22))
        line(painter, field, theme.GREY)
        highest = max(1, *(max(each.now, each.before) for each in self.bars))
        step = field.width() / len(self.bars)
        for place, each in enumerate(self.bars):
            slot = QRectF(field.x() + place * step, field.y(), step, field.height())
            _draw_bar(painter, slot, each, highest)

    def _draw_keys(self, painter: QPainter, row: QRectF) -> None:
        look, at, side = Look(SMALL), row.x(), theme.px(14)
        for place, words in enumerate(self.keys):
            if place == 2 and not any(each.is_running for each in self.bars):
                continue
            mark = QRectF(at, row.center().y() - side / 2, side, side)
            if place == 1:
                outline(painter, mark)
            else:
                fill(painter, mark, theme.INK, PATTERNS[0] if place == 0 else PATTERNS[1])
            room = width(words, look)
            write(painter, QRectF(mark.right() + theme.px(6), row.y(), room, row.height()), words, look)
            at = mark.right() + theme.px(6) + room + theme.px(20)


def _draw_bar(painter: QPainter, slot: QRectF, bar: Bar, highest: int) -> None:
    def column(value: int, share: float) -> QRectF:
        high = slot.height() * max(0, value) / highest
        wide = slot.width() * share
        return QRectF(slot.center().x() - wide / 2, slot.bottom() - high, wide, high)

    if bar.now > 0:
        fill(painter, column(bar.now, 0.5), theme.INK, PATTERNS[1] if bar.is_running else PATTERNS[0])
    if bar.before > 0:
        outline(painter, column(bar.before, 0.76))
    foot = QRectF(slot.x(), slot.bottom(), slot.width(), theme.px(22))
    write(painter, foot, bar.foot, Look(SMALL, theme.INK if bar.is_running else theme.GREY, bar.is_running, MIDDLE))
    _write_above(painter, slot, bar, (column(bar.now, 1).top(), column(bar.before, 1).top()))


def _write_above(painter: QPainter, slot: QRectF, bar: Bar, tops: tuple[float, float]) -> None:
    """Write how much on top of a column; above its ghost, where the ghost's edge would run through the words."""
    look, (now, before) = Look(SMALL, side=MIDDLE), tops
    room, high = width(bar.words, look), theme.px(20)
    if not bar.words or room > slot.width():
        return
    top = before if now - high <= before < now else now
    box = QRectF(slot.center().x() - room / 2, top - high, room, high - theme.px(2))
    fill(painter, box, theme.PAPER)
    write(painter, box, bar.words, look)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a whole in permille, with its name and what it comes to; None of what is no part of it."""

    name: str
    share: int | None
    words: str


@dataclass(frozen=True, slots=True)
class Mix:
    """Parts of a whole: one bar, and a row for each."""

    parts: tuple[Part, ...]
    foot: str

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw the bar, the rows, and the foot at the bottom."""
        at, high = box.x(), float(theme.px(34))
        for place, each in enumerate(self.parts):
            wide = box.width() * (each.share or 0) / 1000
            if wide > 0:
                bar = QRectF(at, box.y() + theme.px(4), wide, high)
                fill(painter, bar.adjusted(0, 0, -1, 0), COLOURS[place % 4], PATTERNS[place % 4])
            at += wide
        room = box.height() - high - theme.px(10) - theme.px(30)
        row_high = min(float(theme.px(40)), room / max(1, len(self.parts)))
        for place, each in enumerate(self.parts):
            row = QRectF(box.x(), box.y() + high + theme.px(10) + place * row_high, box.width(), row_high)
            _draw_part(painter, row, each, place)
        foot = QRectF(box.x(), box.bottom() - theme.px(28), box.width(), theme.px(28))
        write(painter, foot, self.foot, Look(18, is_bold=True))


def _draw_part(painter: QPainter, row: QRectF, part: Part, place: int) -> None:
    side = theme.px(16)
    mark = QRectF(row.x(), row.center().y() - side / 2, side, side)
    fill(painter, mark, COLOURS[place % 4], PATTERNS[place % 4])
    share = "" if part.share is None else f"{(part.share + 5) // 10}%"
    rest = row.adjusted(side + theme.px(8), 0, 0, 0)
    write(painter, rest, f"{part.name}  {share}", Look(18))
    write(painter, rest, part.words, Look(18, side=RIGHT))


@dataclass(frozen=True, slots=True)
class Ranked:
    """A row of a ranking: what it is, how much in whole numbers, and how that is said.

    Attributes:
        is_rest: whether it stands for all that have no row of their own; it has no place among them.
    """

    name: str
    value: int
    words: str
    is_rest: bool = False


PLACES = 10
"""Rows that a ranking has room for."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """What is most first, each with a bar under its name."""

    rows: tuple[Ranked, ...]
    none: str
    places: int = PLACES

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw as many rows as there are places, so that bars of two charts are as high."""
        if not self.rows:
            write(painter, box, self.none, Look(colour=theme.GREY, side=MIDDLE))
            return
        high = box.height() / self.places
        most = max(1, *(each.value for each in self.rows))
        for place, each in enumerate(self.rows[: self.places]):
            row = QRectF(box.x(), box.y() + place * high, box.width(), high)
            _draw_ranked(painter, row, place + 1, each, most)


def _draw_ranked(painter: QPainter, row: QRectF, number: int, ranked: Ranked, most: int) -> None:
    head, bar = row.width() * 0.06, min(row.height() * 0.22, float(theme.px(10)))
    words = QRectF(row.x() + head, row.y(), row.width() - head, row.height() - bar - theme.px(4))
    size = min(18, int(words.height() / theme.px(100) * 80))
    write(
        painter,
        QRectF(row.x(), words.y(), head, words.height()),
        "" if ranked.is_rest else str(number),
        Look(size, theme.GREY),
    )
    room = width(ranked.words, Look(size, is_bold=True)) + theme.px(12)
    write(painter, words.adjusted(0, 0, -room, 0), ranked.name, Look(size))
    write(painter, words, ranked.words, Look(size, is_bold=True, side=RIGHT))
    whole = QRectF(words.x(), words.bottom(), words.width(), bar)
    fill(painter, whole, theme.GROUND)
    fill(painter, QRectF(whole.x(), whole.y(), whole.width() * max(0, ranked.value) / most, bar), theme.INK)


@dataclass(frozen=True, slots=True)
class OverShort:
    """Columns above and below a line: what was too much, and what was missing; each says which it was."""

    bars: tuple[Bar, ...]
    keys: tuple[str, str]
    none: str

    def draw(self, painter: QPainter, box: QRectF) -> None:
        """Draw the line in the middle, columns up and down from it."""
        if not any(each.now for each in self.bars):
            write(painter, box, self.none, Look(colour=theme.GREY, side=MIDDLE))
            return
        key = QRectF(box.x(), box.y(), box.width(), theme.px(22))
        write(painter, key, self.keys[0], Look(SMALL, theme.GREY))
        write(painter, QRectF(box.x(), box.bottom() - theme.px(22), box.width(), theme.px(22)), self.keys[1],
              Look(SMALL, theme.GREY))  # fmt: skip
        field = box.adjusted(0, theme.px(44), 0, -theme.px(44))
        line(painter, QRectF(field.x(), field.y(), field.width(), field.height() / 2), theme.GREY)
        most = max(abs(each.now) for each in self.bars)
        step = field.width() / len(self.bars)
        columns = {}
        for place, each in enumerate(self.bars):
            slot = QRectF(field.x() + place * step, field.y(), step, field.height())
            if each.now:
                columns[place] = _draw_off(painter, slot, each, most)
        self._write_words(painter, field, columns, most)

    def _write_words(self, painter: QPainter, field: QRectF, columns: dict[int, QRectF], most: int) -> None:
        """Write how much on large columns, the largest first, where there is room."""
        taken = [each.adjusted(-theme.px(3), 0, theme.px(3), 0) for each in columns.values()]
        for place in sorted(columns, key=lambda place: -abs(self.bars[place].now)):
            bar = self.bars[place]
            if abs(bar.now) * 5 >= most and (box := _room_for(bar, columns[place], field, taken)):
                write(painter, box, bar.words, Look(SMALL, side=MIDDLE))
                taken.append(box.adjusted(-theme.px(8), 0, theme.px(8), 0))


def _draw_off(painter: QPainter, slot: QRectF, bar: Bar, most: int) -> QRectF:
    """Draw a column up or down; return where it is."""
    is_over, middle = bar.now > 0, slot.center().y()
    high = max(float(theme.px(3)), slot.height() / 2 * abs(bar.now) / most)
    wide = min(slot.width() * 0.6, float(theme.px(28)))
    column = QRectF(slot.center().x() - wide / 2, middle - high if is_over else middle, wide, high)
    fill(painter, column, theme.INK if is_over else theme.RED, PATTERNS[0 if is_over else 1])
    return column


def _room_for(bar: Bar, column: QRectF, field: QRectF, taken: list[QRectF]) -> QRectF | None:
    """Return where the words of a column hide no other: in its middle, else to one side of it; None for nowhere."""
    room, high = width(bar.words, Look(SMALL)), float(theme.px(18))
    top = column.top() - high - 1 if bar.now > 0 else column.bottom() + 1
    for left in (column.center().x() - room / 2, column.right() - room, column.left()):
        box = QRectF(left, top, room, high)
        if field.left() <= left and box.right() <= field.right() and not any(map(box.intersects, taken)):
            return box
    return None
