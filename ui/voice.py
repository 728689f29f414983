"""Voice: says in Chinese what was taken and what to give back; an extra, off unless the store wants it, never alone.

What it says stands on the screen in the same moment.
"""

import logging
from typing import Any, Protocol

from PySide6.QtCore import QLocale
from PySide6.QtGui import QGuiApplication

from pos.domain.money import Money
from pos.domain.sale import Sale, TenderKind

_log = logging.getLogger(__name__)


class Voice(Protocol):
    """Whoever speaks."""

    def say(self, words: str) -> None:
        """Begin to say something, in place of what is being said, and return at once."""


def spoken(amount: Money) -> str:
    """Return an amount as people say it: ``12元5角``, ``10元零5分``."""
    yuan, fen = divmod(abs(amount.fen), 100)
    jiao, fen = divmod(fen, 10)
    parts = [f"{yuan}元"] if yuan or not (jiao or fen) else []
    parts += [f"{jiao}角"] if jiao else ["零"] if yuan and fen else []
    parts += [f"{fen}分"] if fen else []
    return "".join(parts)


def words_of(sale: Sale) -> str:
    """Return what is said of a sale: how the money came and how much, and the change."""
    kinds = {tender.kind for tender in sale.tenders}
    how = {
        frozenset({TenderKind.ALIPAY}): "支付宝收款",
        frozenset({TenderKind.CASH}): "现金收款",
    }.get(frozenset(kinds), "收款")
    change = f"，找零{spoken(sale.change)}" if sale.change else ""
    return f"{how}{spoken(sale.total)}{change}"


class Speech:
    """The system's own voice, by Qt; a new sentence ends the one before."""

    def __init__(self, engine: Any, volume_percent: int) -> None:  # noqa: ANN401  (an optional module)
        self._engine = engine
        engine.setVolume(volume_percent / 100)

    def say(self, words: str) -> None:
        """Say it, whatever was being said."""
        self._engine.stop()
        self._engine.say(words)


def open_voice(*, is_wanted: bool, volume_percent: int) -> Voice | None:
    """Return the system's Chinese voice; None where none is wanted or there is none, which is no trouble."""
    if not is_wanted or not volume_percent or QGuiApplication.platformName() == "offscreen":
        return None
    try:
        from PySide6.QtTextToSpeech import QTextToSpeech  # noqa: PLC0415  (optional: a system may have no speech)
    except ImportError as reason:
        _log.info("no voice: %s", reason)
        return None
    return voice_of(QTextToSpeech, volume_percent)


def voice_of(engines: Any, volume_percent: int) -> Voice | None:  # noqa: ANN401
    """Return the first engine that speaks Chinese; None when none does."""
    for name in engines.availableEngines():
        if name == "mock":
            continue
        engine = engines(name)
        chinese = [each for each in engine.availableLocales() if each.language() == QLocale.Language.Chinese]
        if chinese:
            engine.setLocale(chinese[0])
            return Speech(engine, volume_percent)
    _log.info("no voice: no engine speaks Chinese")
    return None
