"""The house's ceilings. EXCUSED may only get shorter, and it is empty."""

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FUNCTION_LINES_MAX = 50
FILE_LINES_MAX = 500
POSITIONAL_MAX = 5
EXCUSED: frozenset[str] = frozenset()
"""``path`` or ``path:name`` of what is over a ceiling; take entries out, never put one in."""

Function = ast.FunctionDef | ast.AsyncFunctionDef

# Put together from pieces, so that this file itself is clean.
HOSTS = ["pyp" + "i.org", "python" + "hosted.org", "npm" + "js", "debian" + ".org", "pkg" + ".dev", "artifact" + "ory"]
MACHINE_PATH = re.compile(r"(?<![\w.~}-])/(?:work|ro{2}t|home|Users)/[\w.-]+|(?<![\w.~}-])/tm[p]/[a-z_-]+[0-9]")
LATER = re.compile(r"\b(?:TO[D]O|FIX[M]E|XX[X]|HAC[K])\b")


def test_a_function_is_at_most_fifty_lines() -> None:
    over = [f"{name}: {_lines(node)} lines" for name, node in _functions() if _lines(node) > FUNCTION_LINES_MAX]
    assert not _unexcused(over)


def test_a_file_is_at_most_five_hundred_lines() -> None:
    counted = {path: len(path.read_text("utf-8").splitlines()) for path in _sources("pos", "ui", "tests")}
    assert not _unexcused(
        [f"{_name(path)}: {lines} lines" for path, lines in counted.items() if lines > FILE_LINES_MAX]
    )


def test_a_function_takes_at_most_five_positional_parameters() -> None:
    over = [f"{name}: {_positional(node)}" for name, node in _functions() if _positional(node) > POSITIONAL_MAX]
    assert not _unexcused(over)


def test_every_public_name_is_documented() -> None:
    silent = [
        f"{_name(path)}:{getattr(node, 'name', 'module')}"
        for path in _sources("pos", "ui")
        for node in _public(_tree(path))
        if not ast.get_docstring(node)
    ]
    assert not silent


def test_only_command_lines_print() -> None:
    printing = [
        f"{_name(path)}:{node.lineno}"
        for path in _sources("pos", "ui")
        for node in ast.walk(_tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
        if path.name != "__main__.py"
    ]
    assert not printing


def test_no_file_names_a_registry_or_a_place_on_one_machine() -> None:
    told = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name, number, line in _text_lines()
        if MACHINE_PATH.search(line) or any(host in line for host in HOSTS)
    ]
    assert not told


def test_nothing_is_left_for_later_in_a_comment() -> None:
    assert not [f"{name}:{number}" for name, number, line in _text_lines() if LATER.search(line)]


def test_no_lock_that_holds_addresses_is_kept() -> None:
    assert not {path.name for path in _kept()} & {"uv.lock", "pylock.toml", "poetry.lock", "Pipfile.lock"}


def test_the_lists_of_system_packages_agree_with_the_front_door() -> None:
    rows = [line.split() for line in (ROOT / "packaging/packages.txt").read_text().splitlines()]
    rows = [row for row in rows if row and row[0] != "#"]
    assert all(len(row) == 3 and row[0] in {"run", "test"} for row in rows)
    assert len({proof for _, proof, _ in rows}) == len(rows)


def _unexcused(over: list[str]) -> list[str]:
    return [each for each in over if each.rsplit(": ", 1)[0] not in EXCUSED]


def _sources(*folders: str) -> Iterator[Path]:
    for folder in folders:
        yield from sorted((ROOT / folder).rglob("*.py"))


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def _name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _functions() -> Iterator[tuple[str, Function]]:
    for path in _sources("pos", "ui", "tests"):
        for node in ast.walk(_tree(path)):
            if isinstance(node, Function):
                yield f"{_name(path)}:{node.name}", node


def _lines(node: Function) -> int:
    assert node.end_lineno is not None
    return node.end_lineno - node.lineno + 1


def _positional(node: Function) -> int:
    names = [each.arg for each in [*node.args.posonlyargs, *node.args.args]]
    return len(names) - (names[:1] in (["self"], ["cls"]))


def _public(tree: ast.Module) -> Iterator[ast.Module | ast.ClassDef | Function]:
    yield tree
    waiting: list[ast.stmt] = list(tree.body)
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.ClassDef | Function) and not node.name.startswith("_"):
            yield node
            waiting += node.body if isinstance(node, ast.ClassDef) else []


@cache
def _kept() -> tuple[Path, ...]:
    """Every file of the repository; of an unpacked archive, every file outside folders with a dot."""
    if (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
        paths = [ROOT / name for name in listed.stdout.split("\0") if name]
    else:
        paths = [
            path
            for path in ROOT.rglob("*")
            if not any(part.startswith(".") for part in path.parts[len(ROOT.parts) : -1])
        ]
    return tuple(path for path in paths if path.is_file())


def _text_lines() -> Iterator[tuple[str, int, str]]:
    for path in _kept():
        raw = path.read_bytes()
        if b"\0" not in raw:
            for number, line in enumerate(raw.decode("utf-8", errors="replace").splitlines(), 1):
                yield _name(path), number, line
