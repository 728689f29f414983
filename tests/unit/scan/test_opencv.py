"""The one door to OpenCV."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from pos.domain.errors import DecoderMissing
from pos.scan import opencv

ROOT = Path(__file__).parents[3]
QT_5 = ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR")
WINDOW_CALLS = {"imshow", "namedWindow", "waitKey", "waitKeyEx", "destroyAllWindows", "destroyWindow", "selectROI"}


def run_fresh(code: str, **environment: str) -> str:
    """What a fresh Python prints."""
    kept = {name: value for name, value in os.environ.items() if name not in QT_5}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=kept | environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_loading_leaves_no_qt_variable_of_opencv_behind() -> None:
    code = f"import os; from pos.scan.opencv import load; load(); print([os.environ.get(n) for n in {QT_5}])"
    assert run_fresh(code) == "[None, None]"


def test_what_the_shop_set_for_qt_is_kept() -> None:
    code = f"import os; from pos.scan.opencv import load; load(); print([os.environ.get(n) for n in {QT_5}])"
    told = run_fresh(code, QT_QPA_FONTDIR="/usr/share/fonts/shop")
    assert told == "[None, '/usr/share/fonts/shop']"


def test_opencv_takes_one_thread_and_is_quiet() -> None:
    code = "import os; from pos.scan.opencv import load; print(load().getNumThreads(), os.environ['OPENCV_LOG_LEVEL'])"
    assert run_fresh(code) == "1 SILENT"


def test_importing_the_eye_imports_no_library_of_it() -> None:
    code = (
        "import sys, pos.scan.scanner, pos.scan.camera, pos.sandbox.scene;"
        "print([n for n in ('cv2', 'pyzbar', 'zxingcpp', 'qrcode') if n in sys.modules])"
    )
    assert run_fresh(code) == "[]"


def test_a_missing_opencv_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "cv2", None)
    with pytest.raises(DecoderMissing, match="opencv"):
        opencv.load.__wrapped__()


def test_no_window_function_of_opencv_is_ever_called() -> None:
    calls = [
        f"{path}:{node.lineno} {node.attr}"
        for path in [*ROOT.glob("pos/**/*.py"), *ROOT.glob("ui/**/*.py")]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Attribute) and node.attr in WINDOW_CALLS
    ]
    assert calls == []


def test_opencv_and_pyzbar_are_imported_nowhere_else() -> None:
    importers = {
        path.relative_to(ROOT).as_posix()
        for path in [*ROOT.glob("pos/**/*.py"), *ROOT.glob("ui/**/*.py")]
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Import | ast.ImportFrom) and _names(node) & {"cv2", "pyzbar", "zxingcpp"}
    }
    assert importers == {"pos/scan/opencv.py"}


def _names(node: ast.Import | ast.ImportFrom) -> set[str]:
    modules = [node.module or ""] if isinstance(node, ast.ImportFrom) else [each.name for each in node.names]
    return {module.split(".")[0] for module in modules}
