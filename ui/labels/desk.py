"""Label desk: what the page of labels asks for: read on the screen's thread, kept on the till lane."""

from collections.abc import Callable, Sequence

from pos.domain.errors import PosError
from pos.domain.label_doctor import Proposal
from pos.domain.scale_label import ScaleRule
from pos.domain.staff import By, Cashier
from pos.till import labels
from pos.till.till import Till
from ui.lane import Lane

Rules = tuple[ScaleRule, ...]
Then = Callable[[Rules], None]
Failed = Callable[[PosError], None]


class LabelDesk:
    """A till to read, and the lane that writes."""

    def __init__(self, till: Till, lane: Lane[Till]) -> None:
        self._till, self._lane = till, lane

    def propose(self, texts: Sequence[str]) -> tuple[Proposal, ...]:
        """Return the rules that may be behind these labels; raises as ``labels.propose``."""
        return labels.propose(self._till, texts)

    def rules(self) -> Rules:
        """Return the rules that were found at this till."""
        return labels.rules_found_here(self._till)

    def keep(self, actor: Cashier, rule: ScaleRule, then: Then, failed: Failed) -> None:
        """Take a rule."""
        self._lane.run(lambda till: labels.keep_rule(till, rule, by=By(actor)), then, failed)

    def drop(self, actor: Cashier, rule: ScaleRule, then: Then, failed: Failed) -> None:
        """Take a rule away."""
        self._lane.run(lambda till: labels.drop_rule(till, rule.id, by=By(actor)), then, failed)
