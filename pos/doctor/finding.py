"""What a doctor finds: one thing looked at, in one sentence."""

from dataclasses import dataclass

from pos.domain.errors import PosError


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at.

    Attributes:
        name: what was looked at, such as ``sqlite``.
        words_zh: what was found and, when it is not good, what to do; in Chinese.
        words_en: the same in English.
        code: of the error it leads to; empty when it is good.
    """

    name: str
    is_good: bool
    words_zh: str
    words_en: str
    code: str = ""


def good(name: str, words_zh: str, words_en: str) -> Finding:
    """Return that something is well."""
    return Finding(name, is_good=True, words_zh=words_zh, words_en=words_en)


def bad(name: str, error: type[PosError], words_zh: str, words_en: str) -> Finding:
    """Return that something must be mended; the words say how."""
    return Finding(name, is_good=False, words_zh=words_zh, words_en=words_en, code=error.code)
