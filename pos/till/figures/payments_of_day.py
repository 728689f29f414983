"""Payments of a day: what the till says, and what needs somebody to look at; the bill is held against it on its own.

``pos.till.reconcile.match_day`` holds till, Alipay and head office against each other.
"""

from dataclasses import dataclass
from datetime import date

from pos.domain.money import ZERO, Money
from pos.domain.staff import Act, By
from pos.till import allowed
from pos.till.reconcile import claims, span
from pos.till.review import Open, needs_review, open_payments
from pos.till.till import Till


@dataclass(frozen=True, slots=True)
class DayPayments:
    """A calendar day's Alipay money as this till has it.

    Attributes:
        taken, given_back: how often, and how much; ``given_back`` is what went, above nothing.
        open: what is not at its end, of whichever day, oldest first; each needs one look.
        overdue: those of them that have been open for longer than such things take.
    """

    day: date
    taken_count: int
    taken: Money
    given_back_count: int
    given_back: Money
    open: tuple[Open, ...]
    overdue: tuple[Open, ...]


def payments_of_day(till: Till, day: date, *, by: By) -> DayPayments:
    """Return a calendar day's payments."""
    allowed.require(till, Act.SEE_FIGURES, by)
    of = span(day)
    found = claims(till, of.since, of.until)
    taken = [each.amount for each in found if not each.request_no]
    back = [-each.amount for each in found if each.request_no]
    reviews = open_payments(till)
    still: list[Open] = sorted([*reviews.attempts, *reviews.refunds], key=lambda each: each.started_at)
    overdue = tuple(each for each in still if needs_review(till, each))
    return DayPayments(day, len(taken), sum(taken, ZERO), len(back), sum(back, ZERO), tuple(still), overdue)
