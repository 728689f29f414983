"""``./till screens``: draws every screen in every state, in both languages at three sizes, and writes an index."""

import argparse
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import numpy as np
from PySide6.QtCore import QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from pos.settings import Language
from tests.screens.scene import Scene, open_scene
from tests.screens.states_by_hand import STATES, State
from ui.display import shop_time

OUT = Path(__file__).parents[2] / "docs" / "screens"
SIZES = {"1366x768": QSize(1366, 768), "1920x1080": QSize(1920, 1080), "1024x600": QSize(1024, 600)}
PALETTE = 256
SHIFTS = np.array([16, 8, 0], np.uint32)
LANGUAGES: tuple[Language, ...] = ("zh", "en")


def main(arguments: list[str] | None = None) -> int:
    """Draw what was asked for; 0 when all was drawn."""
    options = _parser().parse_args(arguments)
    application = QApplication([])
    wanted = [each for each in STATES if not options.only or each.name in options.only]
    for size in options.size or SIZES:
        for language in options.language or LANGUAGES:
            folder = options.out / f"{language}-{size}"
            folder.mkdir(parents=True, exist_ok=True)
            for each in wanted:
                draw(each, language, SIZES[size], folder / f"{each.name}.png")
            print(f"{folder}: {len(wanted)} pictures", flush=True)
    if not options.only:
        (options.out / "README.md").write_text(index(options.out), "utf-8")
    application.quit()
    return 0


def draw(state: State, language: Language, size: QSize, path: Path) -> None:
    """Bring a scene into a state and save what is seen."""
    with open_scene(
        language, size, has_shift=state.has_shift, is_training=state.is_training, has_month=state.has_month
    ) as scene:
        seen = state.way(scene)
        _stand_still(scene)
        save(seen, path)


def save(seen: QWidget, path: Path) -> None:
    """Save a picture with a palette, which is a third of the size."""
    picture = seen.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    pixels = np.frombuffer(picture.constBits(), np.uint32).reshape(picture.height(), -1) & 0xFFFFFF
    colours, where, counts = np.unique(pixels, return_inverse=True, return_counts=True)
    palette = np.sort(colours[np.argsort(counts)[::-1][:PALETTE]])
    parts, kept = (each[:, None] >> SHIFTS & 0xFF for each in (colours, palette))
    nearest = np.abs(parts.astype(int)[:, None] - kept.astype(int)).sum(axis=2).argmin(axis=1).astype(np.uint8)
    rows = np.ascontiguousarray(nearest[where].reshape(pixels.shape))
    small = QImage(rows.data, picture.width(), picture.height(), picture.width(), QImage.Format.Format_Indexed8)
    small.setColorTable([int(each) | 0xFF000000 for each in palette])
    assert small.save(str(path)), path


def index(folder: Path) -> str:
    """Return the page that shows every picture beside its caption, and leads to the others that are in the folder."""
    rows = [
        "# Every screen\n",
        "Made by `./till screens`, from the table in `tests/screens/states.py`, on the real window with a till of the",
        "sample store. Folders: language and size.\n",
    ]
    for each in STATES:
        rows += [f"## {each.name}\n", f"{each.caption}\n", f"![{each.name}](zh-1366x768/{each.name}.png)\n"]
        others = [f"{language}-{size}/{each.name}.png" for size in SIZES for language in LANGUAGES][1:]
        there = [other for other in others if (folder / other).exists()]
        rows.append(" · ".join(f"[{Path(other).parent}]({other})" for other in there) + "\n")
    return "\n".join(rows)


def _stand_still(scene: Scene) -> None:
    """Let everything come to rest, and the clock show when it is in the scene."""
    scene.window.counter._cart._end_flash()
    scene.settle()
    scene.window.strip._clock.setText(f"{shop_time(scene.world.clock.now())}:00")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="till screens", description=__doc__)
    parser.add_argument("--out", type=Path, default=OUT, help="the folder for the pictures; docs/screens without it")
    parser.add_argument("--only", nargs="*", help="names of states")
    parser.add_argument("--size", nargs="*", choices=SIZES)
    parser.add_argument("--language", nargs="*", choices=LANGUAGES)
    return parser


if __name__ == "__main__":
    sys.exit(main())
