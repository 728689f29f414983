"""Planting: a bug is a function that swaps parts of the code under test; ``plant`` puts them back."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from typing import Any
from unittest.mock import patch

Swap = tuple[object, str, Any]
"""What holds the part, its name, and what stands there instead."""
BUGS: dict[str, Callable[[], Sequence[Swap]]] = {}
"""Every planted bug by its name."""


@contextmanager
def plant(name: str) -> Iterator[None]:
    """Put one bug into the code."""
    with ExitStack() as stack:
        for holder, attribute, instead in BUGS[name]():
            stack.enter_context(patch.object(holder, attribute, instead))
        yield


def bug(make: Callable[[], Sequence[Swap]]) -> Callable[[], Sequence[Swap]]:
    """Know a planted bug by the name of what makes it."""
    BUGS[make.__name__] = make
    return make
