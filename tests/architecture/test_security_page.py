"""docs/security.md names tests that are there."""

import re
from pathlib import Path

TESTS = Path(__file__).parents[1]
PAGE = "".join((TESTS.parent / "docs" / name).read_text("utf-8") for name in ("security.md", "security-people.md"))
_NAMED = re.compile(r"`([a-z_/]+\.py)?(?:::(test_[a-z0-9_]+))?`")


def test_every_test_that_answers_a_threat_exists() -> None:
    missing, checked, file = [], 0, ""
    for path, name in _NAMED.findall(PAGE):
        if not path and not name:
            continue
        file = path or file
        text = (TESTS / file).read_text("utf-8") if (TESTS / file).exists() else ""
        checked += 1
        if not text or (name and f"def {name}(" not in text):
            missing.append(f"{file}::{name}")
    assert not missing
    assert checked > 30


def test_every_threat_has_an_answer_or_says_that_there_is_none() -> None:
    rows = [line.strip("|").split("|") for line in PAGE.splitlines() if line.startswith("| ") and "---" not in line]
    silent = [row[0].strip() for row in rows if not any(word in row[2] for word in (".py", "not", "shown by"))]
    assert not silent
