"""The fields of a written rule, read one by one; whatever is wrong or left over is refused by its name."""

from collections.abc import Mapping
from datetime import date, time
from typing import Any

from pos.domain.errors import BadRule
from pos.domain.promotion_rule import Scope, When

MAX_TEXT = 80


class Fields:
    """The fields of one rule, or of a table inside it (``inside`` is the way to it)."""

    def __init__(self, rule: str, written: Mapping[str, Any], inside: str = "") -> None:
        self._rule = rule
        self._written = written
        self._inside = inside
        self._asked: set[str] = set()
        self._tables: list[Fields] = []

    def bad(self, name: str, reason: str) -> BadRule:
        """Return the error that names a field of this rule."""
        return BadRule(rule=self._rule, field=f"{self._inside}{name}", reason=reason)

    def has(self, name: str) -> bool:
        """Whether the field is written."""
        self._asked.add(name)
        return name in self._written

    def whole(self, name: str, low: int, high: int, default: int | None = None) -> int:
        """Return a whole number; ``default`` stands for a field that is not written."""
        if not self.has(name) and default is not None:
            return default
        value = self._value(name)
        if type(value) is not int or not low <= value <= high:
            raise self.bad(name, f"not a whole number from {low} to {high}")
        return value

    def yes(self, name: str, default: int = 0) -> bool:
        """Return whether a 0 or 1 is 1."""
        return self.whole(name, 0, 1, default) == 1

    def text(self, name: str, default: str | None = None) -> str:
        """Return a text of 1 to 80 characters; ``default`` stands for a field that is not written."""
        if not self.has(name) and default is not None:
            return default
        value = self._value(name)
        if not isinstance(value, str) or not 0 < len(value) <= MAX_TEXT:
            raise self.bad(name, f"not a text of 1 to {MAX_TEXT} characters")
        return value

    def texts(self, name: str) -> frozenset[str]:
        """Return a list of texts; empty when it is not written."""
        return frozenset(self.listed(name, str, "texts"))

    def listed(self, name: str, kind: type, words: str) -> list[Any]:
        """Return a list of one kind of thing; empty when it is not written, and never written empty."""
        if not self.has(name):
            return []
        value = self._value(name)
        if not isinstance(value, list) or not value or any(type(each) is not kind for each in value):
            raise self.bad(name, f"not a list of {words}")
        return value

    def tables(self, name: str, most: int) -> list["Fields"]:
        """Return the tables of a list that must be written."""
        self._value(name)
        listed = self.listed(name, dict, "tables")
        if len(listed) > most:
            raise self.bad(name, f"more than {most}")
        return [self._within(each, f"{name}[{place}].") for place, each in enumerate(listed)]

    def table(self, name: str) -> "Fields":
        """Return a table that must be written."""
        value = self._value(name)
        if not isinstance(value, dict):
            raise self.bad(name, "not a table")
        return self._within(value, f"{name}.")

    def refuse_others(self) -> None:
        """Raise BadRule for a field, here or in a table, that nobody asked for."""
        for name in sorted(self._written):
            if name not in self._asked:
                raise self.bad(name[:40], "unknown field")
        for table in self._tables:
            table.refuse_others()

    def _value(self, name: str) -> object:
        if not self.has(name):
            raise self.bad(name, "missing")
        return self._written[name]

    def _within(self, written: Mapping[str, Any], inside: str) -> "Fields":
        table = Fields(self._rule, written, f"{self._inside}{inside}")
        self._tables.append(table)
        return table


def scope_from(fields: Fields, name: str = "scope") -> Scope:
    """Read a scope: ``all`` or some of ``skus`` and ``categories``, and what is excepted."""
    table = fields.table(name)
    scope = Scope(table.texts("skus"), table.texts("categories"), table.yes("all"), table.texts("except"))
    if scope.is_all == bool(scope.skus or scope.categories):
        raise fields.bad(name, "holds everything or some, not both and not nothing")
    return scope


def when_from(fields: Fields) -> When:
    """Read the days, weekdays and hours of a rule."""
    first, last = _day(fields, "from"), _day(fields, "until")
    if first and last and first > last:
        raise fields.bad("until", "before from")
    weekdays = fields.listed("weekdays", int, "weekdays from 1 to 7")
    if not all(1 <= each <= 7 for each in weekdays):
        raise fields.bad("weekdays", "not a list of weekdays from 1 to 7")
    hours = tuple(_hours(fields, each) for each in fields.listed("hours", list, "pairs such as 17:00, 21:00"))
    return When(first, last, frozenset(weekdays), hours)


def _day(fields: Fields, name: str) -> date | None:
    if not fields.has(name):
        return None
    try:
        return date.fromisoformat(fields.text(name))
    except ValueError:
        raise fields.bad(name, "not a day such as 2026-11-11") from None


def _hours(fields: Fields, pair: list[Any]) -> tuple[time, time]:
    try:
        begin, end = (time.fromisoformat(each) for each in pair)
        if begin != end and not (begin.tzinfo or end.tzinfo):
            return begin, end
    except (TypeError, ValueError):
        pass
    raise fields.bad("hours", "not a list of pairs such as 17:00, 21:00")
