"""What a person sees before the till is there."""

import subprocess
import sys

from pytestqt.qtbot import QtBot

from ui.application import Starting
from ui.parts import find

HEAVY = ("cv2", "httpx", "sqlite_utils", "numpy", "cryptography", "pos.till", "ui.app")


def test_the_words_are_on_the_screen_before_the_wait_is_over(qtbot: QtBot) -> None:
    starting = Starting("柜台示例店")
    qtbot.addWidget(starting)
    starting.show_and_wait(starting.sizeHint())
    assert starting.isVisible()
    assert [find(starting, name).property("text") for name in ("starting_store", "starting_words")] == [
        "柜台示例店",
        "正在打开柜台，请稍候…",
    ]


def test_the_first_picture_waits_for_no_library() -> None:
    program = "import sys, ui.application; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert not set(HEAVY) & set(done.stdout.split())
