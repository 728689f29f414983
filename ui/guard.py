"""What must be true before Qt is loaded.

PySide6 6.12 takes a reference from None on each call that answers nothing. Below Python 3.12 None
is counted, so the process aborts after five to seven thousand such calls: some minutes of selling.
"""

import re
import sys
from importlib import metadata

from pos.domain.errors import BrokenPair

_FIRST_SAFE_PYTHON = (3, 12)
_FIRST_RISKY_PYSIDE = (6, 12)


def check() -> None:
    """Refuse to go on with a PySide6 that would abort under this Python.

    Raises:
        BrokenPair: the two do not fit; ``./till`` puts the right one in.
    """
    check_pair(metadata.version("PySide6-Essentials"), sys.version_info[:3])


def check_pair(pyside_version: str, python_version: tuple[int, ...]) -> None:
    """Refuse a pair of versions known to abort, such as ``"6.12.0"`` under ``(3, 11, 7)``.

    Raises:
        BrokenPair: PySide6 6.12 or later under Python 3.11 or earlier.
    """
    numbers = tuple(int(number) for number in re.findall(r"[0-9]+", pyside_version)[:2])
    if numbers >= _FIRST_RISKY_PYSIDE and python_version < _FIRST_SAFE_PYTHON:
        raise BrokenPair(pyside=pyside_version, python=".".join(map(str, python_version)))
