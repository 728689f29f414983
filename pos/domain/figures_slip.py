"""Figures slip: a manager's view on paper, its lists as columns; where they do not fit, one below the other.

A name may be cut, an amount never.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from pos.domain.receipt import Heading, framed
from pos.domain.shop_time import shop_time
from pos.domain.slip import Look, Pair, Part, Rule, Slip, Text, columns, printable

ROWS_MAX = 60
"""Rows of a view; the rest is on the screen and in its file."""
NAME_MIN = 12
"""Columns that a name keeps; with fewer nobody knows whose it is."""
CUT = "…"
_SIGNS = str.maketrans({"⚠": "!", "✓": "√", "¥": "￥"})
"""Signs of the screen that printers lack, as those they have."""


@dataclass(frozen=True, slots=True)
class FiguresList:
    """A list as it is read, each cell as words.

    Attributes:
        numbers: the columns that hold numbers.
    """

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """A view of one day, or of the days up to it."""

    title: str
    since: date
    until: date
    lists: tuple[FiguresList, ...]

    @property
    def days(self) -> str:
        """Which days it is of."""
        return f"{self.until}" if self.since == self.until else f"{self.since} ~ {self.until}"


def figures_slip(page: FiguresPage, heading: Heading, till_name: str, at: datetime, *, copy: int = 0) -> Slip:
    """Return a view as a slip, laid out for the paper of the heading.

    Args:
        at: when it was asked for; what comes later is not in it.
    """
    width, left = heading.paper.columns, ROWS_MAX
    parts: list[Part] = [Pair("柜台", till_name), Pair("日期", page.days), Pair("打印", shop_time(at))]
    for each in page.lists:
        parts += [Rule(), Text(each.name, Look.BOLD), *_list(each, left, width)]
        left = max(0, left - len(each.rows))
    return framed([*parts, Rule()], heading, title=page.title, copy=copy)


def _list(of: FiguresList, limit: int, width: int) -> Iterator[Part]:
    rows = [tuple(map(_printable, row)) for row in of.rows[:limit]]
    heads = tuple(map(_printable, of.heads))
    wide = [max(map(columns, column)) for column in zip(heads, *rows, strict=True)]
    whole = [_is_whole(of, rows, place) for place in range(len(heads))]
    over = sum(wide) + len(wide) - 1 - width
    name = max(range(len(wide)), key=lambda place: (not whole[place], wide[place]))
    if not of.rows:
        yield Text("没有")
    elif over <= 0 or (not whole[name] and wide[name] - over >= NAME_MIN):
        wide[name] -= over
        yield from (Text(_row(row, wide, whole)) for row in ((heads, *rows) if rows else ()))
    else:
        yield from (part for row in rows for part in _below(heads, row, width))
    if len(of.rows) > len(rows):
        yield Text(f"还有 {len(of.rows) - len(rows)} 行没有打印")


def _is_whole(of: FiguresList, rows: Sequence[tuple[str, ...]], place: int) -> bool:
    """Whether a column is never cut: it holds numbers, amounts or rates; the first says whose, whatever is in it."""
    return place in of.numbers or (place > 0 and any("￥" in row[place] or "%" in row[place] for row in rows))


def _row(row: tuple[str, ...], wide: Sequence[int], whole: Sequence[bool]) -> str:
    cells = zip(row, wide, whole, strict=True)
    return " ".join(_aside(text, room) if is_whole else _cut(text, room) for text, room, is_whole in cells)


def _below(heads: tuple[str, ...], row: tuple[str, ...], width: int) -> Iterator[Part]:
    """What does not stand side by side: whose it is, and what of it there is."""
    yield Text(_cut(row[0], width).rstrip(), Look.BOLD)
    for head, text in zip(heads[1:], row[1:], strict=True):
        if text:
            is_words = "￥" not in text and "%" not in text
            yield Pair(f"  {head}", _cut(text, width - columns(head) - 3).rstrip() if is_words else text)


def _aside(text: str, room: int) -> str:
    return " " * (room - columns(text)) + text


def _cut(text: str, room: int) -> str:
    """Return a text that takes just so much room."""
    if columns(text) > room:
        while columns(text + CUT) > room:
            text = text[:-1]
        text += CUT
    return text + " " * (room - columns(text))


def _printable(text: str) -> str:
    return printable(text.translate(_SIGNS))
