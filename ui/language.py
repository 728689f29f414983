"""Language: the words are Chinese in the source; English comes from assets/i18n by Qt Linguist."""

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QLibraryInfo, QTranslator

from pos.settings import Language

FOLDER = Path(__file__).parents[1] / "assets" / "i18n"
_installed: list[QTranslator] = []
_current: list[Language] = ["zh"]


def current() -> Language:
    """Return the language of the screen."""
    return _current[0]


def install(app: QCoreApplication, language: Language) -> None:
    """Show everything made from now on in this language."""
    _current[0] = language
    while _installed:
        app.removeTranslator(_installed.pop())
    files = [Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)) / "qtbase_zh_CN.qm"]
    if language == "en":
        files = [FOLDER / "guitai_en.qm"]
    for file in files:
        translator = QTranslator(app)
        if translator.load(str(file)):
            app.installTranslator(translator)
            _installed.append(translator)
