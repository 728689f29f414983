"""Language: the words are Chinese in the source; English comes from assets/i18n by Qt Linguist.

One translator is installed for good and asks here which language is spoken, so that a change needs no other
translator, and what the customer sees can keep to a language of its own.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from pos.settings import Language

FOLDER = Path(__file__).parents[1] / "assets" / "i18n"
_spoken: list[Language] = ["zh"]
_customers: list[Language] = ["zh"]
_installed: list[QTranslator] = []
P = ParamSpec("P")
Seen = TypeVar("Seen")
Shown = TypeVar("Shown")


def current() -> Language:
    """Return the language that is spoken now."""
    return _spoken[-1]


def other() -> Language:
    """Return the one that is not."""
    return "zh" if current() == "en" else "en"


def install(app: QCoreApplication, language: Language) -> None:
    """Show everything made from now on in this language."""
    if not _installed:
        _installed.append(Words())
        app.installTranslator(_installed[0])
    _spoken[0] = language


def set_customers(language: Language) -> None:
    """Let the customer's window speak this language, whatever the cashier's does."""
    _customers[0] = language


def to_customer(show: Callable[Concatenate[Seen, P], Shown]) -> Callable[Concatenate[Seen, P], Shown]:
    """Let a method of the customer's window find its words in the customer's language."""

    @wraps(show)
    def shown(window: Seen, /, *args: P.args, **named: P.kwargs) -> Shown:
        with spoken(_customers[0]):
            return show(window, *args, **named)

    return shown


@contextmanager
def spoken(language: Language) -> Iterator[None]:
    """Speak a language for a moment."""
    _spoken.append(language)
    try:
        yield
    finally:
        _spoken.pop()


class Words(QTranslator):
    """Gives a text in the language that is spoken now."""

    def __init__(self) -> None:
        super().__init__()
        qts_own = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
        self._by_language = {"en": _read(FOLDER / "guitai_en.qm"), "zh": _read(qts_own / "qtbase_zh_CN.qm")}

    def isEmpty(self) -> bool:  # noqa: N802  (Qt's name; an empty translator is never asked)
        """Whether there is nothing to ask for."""
        return False

    def translate(self, context: str, text: str, note: str | None = None, number: int = -1) -> str | None:
        """Return the words, or nothing, and Qt shows the text itself."""
        return self._by_language[current()].translate(context, text, note, number) or None


def _read(file: Path) -> QTranslator:
    made = QTranslator()
    made.load(str(file))
    return made
