"""The machine itself: libraries, fonts, room."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Collection
from ctypes import byref, c_uint
from importlib import import_module, metadata
from pathlib import Path

from pos.doctor.finding import Finding, bad, good
from pos.domain.errors import BrokenPair, DecoderMissing, DiskFull, LibraryMissing, SqliteTooOld

DISK_FREE_MIN_BYTES = 1 << 30
"""A till of 1,000 sales a day fills this in about half a year; below it somebody should look."""

_FIRST_SAFE_PYTHON = (3, 12)
_FIRST_RISKY_PYSIDE = (6, 12)
_FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts", "C:/Windows/Fonts")
_CHINESE_FONT = re.compile(r"cjk|wqy|droidsansfallback|msyh|simsun", re.IGNORECASE)


def is_broken_pair(pyside_version: str, python_version: tuple[int, ...]) -> bool:
    """Whether this PySide6, such as ``"6.12.0"``, aborts under this Python, such as ``(3, 11, 7)``.

    PySide6 6.12 takes a reference from None on each call that answers nothing. Below Python 3.12
    None is counted, and the process aborts after five to seven thousand such calls.
    """
    numbers = tuple(int(number) for number in re.findall(r"[0-9]+", pyside_version)[:2])
    return numbers >= _FIRST_RISKY_PYSIDE and python_version < _FIRST_SAFE_PYTHON


def check_pair(pyside_version: str, python_version: tuple[int, ...]) -> Finding:
    """Whether the two last a working day; an empty ``pyside_version`` means that PySide6 is not there."""
    pair = f"PySide6 {pyside_version}, Python {'.'.join(map(str, python_version))}"
    if not pyside_version:
        return bad("python", LibraryMissing, "没有 PySide6，请运行 ./till setup", "no PySide6; run ./till setup")
    if is_broken_pair(pyside_version, python_version):
        zh = f"{pair} 几分钟后会崩溃，请运行 ./till setup 换成配套的版本"
        return bad("python", BrokenPair, zh, f"{pair} aborts after some minutes; run ./till setup for one that fits")
    return good("python", pair, pair)


def check_sqlite(found: tuple[int, ...], needed: tuple[int, ...], libraries: Collection[str]) -> Finding:
    """Whether SQLite keeps what was committed, and is in this process once; ``libraries`` are its files."""
    version = ".".join(map(str, found))
    if found < needed:
        least = ".".join(map(str, needed))
        zh = f"SQLite {version} 会丢账，需要 {least} 或更新，请运行 ./till setup"
        return bad("sqlite", SqliteTooOld, zh, f"SQLite {version} can lose a sale; {least} is needed: run ./till setup")
    if len(libraries) > 1:
        files = ", ".join(sorted(libraries))
        zh = f"程序里有 {len(libraries)} 个 SQLite，会互相解锁：{files}"
        return bad("sqlite", SqliteTooOld, zh, f"{len(libraries)} SQLite libraries drop each other's locks: {files}")
    return good("sqlite", f"SQLite {version}，只有一个", f"SQLite {version}, and only one")


def check_zbar(module: str = "pyzbar.pyzbar") -> Finding:
    """Whether the second reader of codes loads; its binding is there without its library on a bare system."""
    try:
        import_module(module)
    except (ImportError, OSError) as reason:
        zh = f"没有 libzbar，摄像头少一个识读库，请运行 apt-get install libzbar0（{reason}）"
        return bad("zbar", LibraryMissing, zh, f"no libzbar, one reader less: apt-get install libzbar0 ({reason})")
    parts = [c_uint(), c_uint(), c_uint()]  # the binding's own call is of an older library, with two
    import_module("pyzbar.zbar_library").load()[0].zbar_version(*map(byref, parts))
    version = "libzbar " + ".".join(str(part.value) for part in parts)
    return good("zbar", version, version)


def check_opencv() -> Finding:
    """Whether OpenCV loads, and leaves Qt's environment as it was."""
    from pos.scan import opencv  # noqa: PLC0415  (numpy with it; a doctor starts without any library)

    before = _qt_variables()
    try:
        version = opencv.load().__version__
    except DecoderMissing as missing:
        reason = missing.facts.get("reason", "")
        zh = f"OpenCV 打不开，摄像头不能用，请运行 ./till setup（{reason}）"
        return bad("opencv", DecoderMissing, zh, f"OpenCV does not load, no camera: run ./till setup ({reason})")
    if _qt_variables() != before:
        names = ", ".join(sorted(_qt_variables() - before))
        return bad(
            "opencv", DecoderMissing, f"OpenCV 改了 Qt 的设置：{names}", f"OpenCV changed Qt's settings: {names}"
        )
    return good("opencv", f"OpenCV {version}", f"OpenCV {version}")


def check_font(fonts: Collection[str]) -> Finding:
    """Whether Chinese can be drawn; ``fonts`` are the families or files that hold it."""
    if not fonts:
        zh = "没有中文字体，字会变成方框，请运行 apt-get install fonts-wqy-microhei"
        return bad("font", LibraryMissing, zh, "no Chinese font, text is boxes: apt-get install fonts-wqy-microhei")
    first = min(fonts)
    return good("font", f"中文字体：{first}", f"Chinese font: {first}")


def check_disk(folder: Path, free_bytes: int) -> Finding:
    """Whether there is room for half a year of sales beside ``folder``."""
    free = f"{free_bytes / (1 << 30):.1f} GB"
    if free_bytes < DISK_FREE_MIN_BYTES:
        return bad("disk", DiskFull, f"{folder} 只剩 {free}，请清理磁盘", f"{folder} has {free} left; make room")
    return good("disk", f"{folder} 还有 {free}", f"{folder} has {free} left")


def pyside_version() -> str:
    """Return the version that is installed; empty when none is."""
    try:
        return metadata.version("PySide6-Essentials")
    except metadata.PackageNotFoundError:
        return ""


def check_own_sqlite() -> Finding:
    """Whether the SQLite of this very process is fit to keep sales."""
    try:
        from pysqlite3 import dbapi2  # noqa: PLC0415

        from pos.storage.database import SQLITE_NEEDED  # noqa: PLC0415
    except ImportError as reason:
        zh = f"没有 pysqlite3，请运行 ./till setup（{reason}）"
        return bad("sqlite", LibraryMissing, zh, f"no pysqlite3; run ./till setup ({reason})")
    return check_sqlite(dbapi2.sqlite_version_info, SQLITE_NEEDED, _sqlite_libraries())


def _sqlite_libraries() -> set[str]:
    """The SQLite files this process has loaded; where that cannot be seen, the modules that would load one."""
    maps = Path("/proc/self/maps")
    if not maps.exists():
        return {"_sqlite3", "pysqlite3"} & set(sys.modules)
    files = {line.split(maxsplit=5)[-1] for line in maps.read_text().splitlines()}
    return {file for file in files if "sqlite" in Path(file).name}


def _qt_variables() -> set[str]:
    return {name for name in os.environ if name.startswith("QT_QPA_") and name != "QT_QPA_PLATFORM"}


def chinese_fonts() -> set[str]:
    """Return the fonts that hold Chinese, as families or files."""
    lister = shutil.which("fc-list")
    if lister:
        command = [lister, ":lang=zh", "family"]
        listed = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603  (all ours)
        # A font has its names in several languages in one line.
        return {name for line in listed.stdout.splitlines() for name in line.split(",") if name}
    folders = [Path(folder).expanduser() for folder in _FONT_FOLDERS]
    return {file.name for folder in folders for file in folder.rglob("*") if _CHINESE_FONT.search(file.name)}


def free_bytes_of(folder: Path) -> int:
    """Return the room on the disk of a folder, which need not be there yet."""
    standing = next(each for each in [folder, *folder.absolute().parents] if each.exists())
    return shutil.disk_usage(standing).free
