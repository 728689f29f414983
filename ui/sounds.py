"""Sounds: good, the same again, unknown, bad, done; a till without a sound device says so by the flash alone."""

import math
import struct
import tempfile
import wave
from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Any, Protocol

from PySide6.QtCore import QUrl
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

RATE = 44_100
FADE_S = 0.005


class Tone(StrEnum):
    """What a tone says; whatever it says stands on the screen as well."""

    GOOD = "good"
    AGAIN = "again"
    UNKNOWN = "unknown"
    BAD = "bad"
    DONE = "done"


NOTES: dict[Tone, Sequence[tuple[int, float]]] = {
    Tone.GOOD: [(1850, 0.07)],
    Tone.AGAIN: [(1850, 0.04), (0, 0.03), (2350, 0.05)],
    Tone.UNKNOWN: [(520, 0.12), (0, 0.03), (320, 0.24)],
    Tone.BAD: [(320, 0.14), (0, 0.04), (320, 0.20)],
    Tone.DONE: [(1318, 0.08), (1760, 0.12)],
}
"""Hertz and seconds, one after the other; 0 Hz is a rest."""


class Sounds(Protocol):
    """Whoever makes the tones."""

    def play(self, tone: Tone) -> None:
        """Make a tone, at once, and return at once."""


class Beeps:
    """The system's own beep, for a machine without Qt Multimedia or without a device."""

    def play(self, tone: Tone) -> None:
        """Beep for what is bad or unknown; the good is shown."""
        if tone in {Tone.BAD, Tone.UNKNOWN}:
            QApplication.beep()


class Tones:
    """Tones through the sound device, made once at start."""

    def __init__(self, effect: type[Any], volume_percent: int) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="guitai-tones-")
        self._effects = {tone: self._load(effect, tone, volume_percent) for tone in Tone}

    def play(self, tone: Tone) -> None:
        """Make a tone; without a device it beeps."""
        effect = self._effects[tone]
        if effect.status() is effect.Status.Error:
            Beeps().play(tone)
        else:
            effect.play()

    def _load(self, effect: type[Any], tone: Tone, volume_percent: int) -> Any:  # noqa: ANN401  (an optional module)
        path = Path(self._folder.name) / f"{tone.value}.wav"
        write_tone(path, NOTES[tone])
        made = effect()
        made.setSource(QUrl.fromLocalFile(str(path)))
        made.setVolume(volume_percent / 100)
        return made


def open_sounds(volume_percent: int) -> Sounds:
    """Return the best way to make tones that this machine has; volume 0 is silence by flash alone."""
    if QGuiApplication.platformName() == "offscreen":
        return Beeps()
    try:
        from PySide6.QtMultimedia import QMediaDevices, QSoundEffect  # noqa: PLC0415  (optional: needs libpulse)
    except ImportError:
        return Beeps()
    if QMediaDevices.defaultAudioOutput().isNull():
        return Beeps()
    return Tones(QSoundEffect, volume_percent)


def write_tone(path: Path, notes: Sequence[tuple[int, float]]) -> None:
    """Write notes as a mono WAV file of 16 bits."""
    samples = [sample for hertz, seconds in notes for sample in _samples(hertz, seconds)]
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        out.writeframes(struct.pack(f"<{len(samples)}h", *samples))


def _samples(hertz: int, seconds: float) -> list[int]:
    count = round(seconds * RATE)
    fade = FADE_S * RATE
    return [
        round(26_000 * min(1, at / fade, (count - at) / fade) * math.sin(2 * math.pi * hertz * at / RATE))
        for at in range(count)
    ]
