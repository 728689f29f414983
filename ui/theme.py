"""Theme: colours that mean something, sizes for 80 cm, one style sheet made from both.

Contrast on white, computed: ink 16.0, green 6.3, red 6.5, violet 7.4; ink on amber 10.1. Alipay's own blue
with white is 4.1 only, so ours is a shade darker: 5.1.
"""

from dataclasses import dataclass
from pathlib import Path
from string import Template

from PySide6.QtCore import QSize
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

INK, PAPER, GROUND = "#14213D", "#FFFFFF", "#F3F5F9"
GREY, LINE = "#5B6477", "#D5DAE3"
GREEN, RED, AMBER, BLUE, ALIPAY = "#0B6E4F", "#B3261E", "#FFC53D", "#1B64F2", "#0F68E6"
CAP_EDGE, VIOLET, VIOLET_PALE = "#8A93A5", "#6B3FA0", "#ECE4F7"
GREEN_PALE, AMBER_PALE, RED_PALE = "#D9EFE5", "#FFF3D1", "#FBE3E1"

FAMILIES = [
    "Noto Sans CJK SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC", "WenQuanYi Micro Hei",
    "Droid Sans Fallback", "sans-serif",
]  # fmt: skip
BASE, SMALLEST = QSize(1366, 768), 0.74
"""Where sizes are as they are written, and how small they become: a little less than fits 1024 x 600."""

TOUCH, TOUCH_LEAST = 56, 48
"""What a finger hits: pixels at base, and on the smallest screen, where a pixel is no smaller for that."""
FIELD, FIELD_LEAST = 48, 40
"""Of a box to type into, without its edge."""

_SHEET = Path(__file__).parents[1] / "assets" / "theme" / "till.qss"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in pixels at a scale; 1.0 is a screen of 1366 x 768."""

    scale: float

    def px(self, at_base: float) -> int:
        """Return a size of the base screen at this scale."""
        return round(at_base * self.scale)


_sizes = Sizes(1.0)


def px(at_base: float) -> int:
    """Return a size of the base screen on this screen."""
    return _sizes.px(at_base)


def touch_px(at_base: float = TOUCH) -> int:
    """Return a height that a finger hits on this screen."""
    return max(px(at_base), TOUCH_LEAST)


def scale_for(screen: QSize, percent: int = 100) -> float:
    """Return 1.0 at 1366 x 768 and in proportion down to 1024 x 600, and up to 1.4 at 1920 x 1080 and beyond.

    Args:
        percent: how much of 1.4 a larger screen may have; what does not fit is never drawn.
    """
    return max(SMALLEST, min(1.4 * percent / 100, screen.width() / BASE.width(), screen.height() / BASE.height()))


def apply(app: QApplication, scale: float) -> None:
    """Dress the application."""
    global _sizes  # noqa: PLW0603  (one screen, one scale)
    _sizes = Sizes(scale)
    app.setStyle("Fusion")
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(px(20))
    app.setFont(font)
    app.setStyleSheet(style_sheet(scale))


def style_sheet(scale: float) -> str:
    """Return the style sheet with every colour and size filled in; ``${n20}`` is 20 pixels at base."""
    text = _SHEET.read_text("utf-8")
    colours = {
        "ink": INK, "paper": PAPER, "ground": GROUND, "grey": GREY, "line": LINE, "green": GREEN, "red": RED,
        "amber": AMBER, "blue": BLUE, "alipay": ALIPAY, "green_pale": GREEN_PALE, "amber_pale": AMBER_PALE,
        "red_pale": RED_PALE, "cap_edge": CAP_EDGE, "violet": VIOLET, "violet_pale": VIOLET_PALE,
        "families": ", ".join(f'"{family}"' for family in FAMILIES),
    }  # fmt: skip
    sizes = {f"n{number}": f"{Sizes(scale).px(number)}px" for number in range(1, 401)}
    fingers = {"touch": max(Sizes(scale).px(TOUCH), TOUCH_LEAST), "field": max(Sizes(scale).px(FIELD), FIELD_LEAST)}
    return Template(text).substitute(colours | sizes | {name: f"{size}px" for name, size in fingers.items()})
