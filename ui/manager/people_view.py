"""People: what each cashier did, beside what is usual in this store; a signal, not proof."""

from datetime import date, timedelta

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from pos.domain.daybook import Tally
from pos.till.figures.people import RATED, People, Person
from pos.till.figures.tables import FigureTable, norms_table, people_table
from ui import theme
from ui.manager.books import Books
from ui.manager.sheet import Cell, Sheet, SheetTable
from ui.manager.view import Choice, View
from ui.manager.words import in_a_row, one_after_another, tally_name
from ui.parts import dress, label

SPANS = (1, 7, 28)


class PeopleBoard(View):
    """One row a person; what lies far above the usual carries a sign."""

    has_numbers = False

    def __init__(self, books: Books) -> None:
        super().__init__()
        self.setObjectName("people_board")
        self._books, self._day = books, date.min
        self._span = Choice("people_span", (self.tr("一天"), self.tr("7 天"), self.tr("28 天")))
        self._span.chosen.connect(lambda _place: self.show_day(self._day))
        self._answer = label("people_answer", "", role="answer")
        self._table = SheetTable("people_table", self.tr("员工"))
        self._norms = SheetTable("people_norms", self.tr("本店平时"))
        self._sheets: tuple[Sheet, ...] = ()
        top = QHBoxLayout()
        top.addWidget(label("people_note", self.tr("信号，不是证据：先看单据，再问人"), role="emphasis"), 1)
        top.addWidget(self._span)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(top)
        layout.addWidget(self._answer)
        layout.addWidget(self._table, 3)
        layout.addWidget(self._norms, 3)

    def show_day(self, day: date) -> None:
        """Read what was done in the days up to one."""
        self._day = day
        found = self._books.people(self.since(day), day)
        people, norms = self._people_sheet(found), self._norms_sheet(found)
        self._table.show_sheet(people)
        self._norms.show_sheet(norms)
        self._sheets = (people, norms)
        far = [each for each in found.persons if each.beyond]
        words = one_after_another(self._far_words(each) for each in far) if far else self.tr("✓ 没有谁远高于本店平时")
        self._answer.setText(words)
        dress(self._answer, "kind", "look" if far else "good")

    def since(self, day: date) -> date:
        """Return the first day of the span."""
        return day - timedelta(days=SPANS[self._span.place] - 1)

    def sheets(self) -> tuple[Sheet, ...]:
        """Return the people, and what is usual."""
        return self._sheets

    def tables(self) -> tuple[FigureTable, ...]:
        """Return the people, and what is usual."""
        found = self._books.people(self.since(self._day), self._day)
        return people_table(found), norms_table(found)

    def _far_words(self, person: Person) -> str:
        names = in_a_row(tally_name(each) for each in RATED if each in person.beyond)
        return self.tr("⚠ %s：%s 远高于平时") % (person.name or person.cashier, names)

    def _people_sheet(self, found: People) -> Sheet:
        heads = (self.tr("收银员"), self.tr("笔数"), self.tr("销售额"), self.tr("件/分钟"),
                 *(tally_name(each) for each in RATED))  # fmt: skip
        return Sheet(self.tr("员工"), heads, tuple(self._row(each) for each in found.persons))

    def _row(self, person: Person) -> tuple[Cell, ...]:
        pace = person.units_per_minute
        speed = None if pace is None else f"{pace // 100}.{pace % 100:02d}"
        name = f"{person.cashier} {person.name}"
        return (name, person.sales, person.sold, speed, *(self._rated(person, each) for each in RATED))

    def _rated(self, person: Person, tally: Tally) -> str | None:
        done = person.tally(tally)
        if not done.count:
            return None
        words = self.tr("%d 次 %s") % (done.count, done.amount) if done.amount else self.tr("%d 次") % done.count
        return f"⚠ {words}" if tally in person.beyond else words

    def _norms_sheet(self, found: People) -> Sheet:
        heads = (self.tr("每千笔几次"), *(tally_name(each) for each in RATED))
        usual = [found.norms.get(each) for each in RATED]
        first: tuple[Cell, ...] = (
            self.tr("本店平时（每人每天的中位数，上下差）"),
            *(f"{norm.median} ± {norm.mad}" if norm else None for norm in usual),
        )
        rows = [
            (f"{each.cashier} {each.name}", *(self._rate(each, tally) for tally in RATED)) for each in found.persons
        ]
        return Sheet(self.tr("本店平时"), heads, (first, *rows))

    def _rate(self, person: Person, tally: Tally) -> str | None:
        found = person.rates[tally]
        return f"⚠ {found}" if found is not None and tally in person.beyond else None if found is None else str(found)
