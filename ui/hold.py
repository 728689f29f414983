"""Hold: a page that waits for an answer which only it can tell keeps its cashier until the answer is there.

What a page need not tell, as something else is asked by then, is a ``Question``.
"""

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class Hold:
    """Who keeps the cashier; only they let go, whatever other pages are made or left meanwhile."""

    def __init__(self) -> None:
        self._by: object | None = None

    @property
    def is_on(self) -> bool:
        """Whether nobody may go elsewhere now."""
        return self._by is not None

    def take(self, page: object) -> None:
        """Keep the cashier here."""
        self._by = page

    def let_go(self, page: object) -> None:
        """Let them go, if it was this page that kept them."""
        if self._by is page:
            self._by = None

    def until(self, page: object, answer: Callable[[T], None]) -> Callable[[T], None]:
        """Keep the cashier here, and return what lets them go and then takes an answer."""
        self.take(page)

        def take_answer(told: T) -> None:
            """Let go first: the answer may want to lead elsewhere."""
            self.let_go(page)
            answer(told)

        return take_answer


class Question:
    """What a page asks, one thing after the other: an answer to what was asked before is told to nobody."""

    def __init__(self) -> None:
        self._count = 0

    def forget(self) -> None:
        """Want no answer any more to what was asked until now."""
        self._count += 1

    def answered(self, tell: Callable[[T], object]) -> Callable[[T], None]:
        """Return what tells an answer, as long as it is still wanted."""
        asked = self._count

        def take_answer(told: T) -> None:
            """Tell it unless something else is asked by now."""
            if asked == self._count:
                tell(told)

        return take_answer
