"""What must be true before Qt is loaded."""

import sys
from importlib import metadata

from pos.doctor import is_broken_pair
from pos.domain.errors import BrokenPair


def check() -> None:
    """Refuse to go on with a PySide6 that would abort under this Python.

    Raises:
        BrokenPair: the two do not fit; ``./till setup`` puts the right one in.
    """
    check_pair(metadata.version("PySide6-Essentials"), sys.version_info[:3])


def check_pair(pyside_version: str, python_version: tuple[int, ...]) -> None:
    """Refuse a pair of versions known to abort, such as ``"6.12.0"`` under ``(3, 11, 7)``.

    Raises:
        BrokenPair: PySide6 6.12 or later under Python 3.11 or earlier.
    """
    if is_broken_pair(pyside_version, python_version):
        raise BrokenPair(pyside=pyside_version, python=".".join(map(str, python_version)))
