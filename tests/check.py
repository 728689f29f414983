"""``./till check``: format, lint, types, import contracts and house rules; all of them, then the verdict."""

import subprocess
import sys
import time

STEPS = {
    "format": ["-m", "ruff", "format", "--check", "."],
    "lint": ["-m", "ruff", "check", "."],
    "types": ["-m", "mypy", "pos", "ui", "tests"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as lint; lint()", "--no-logo"],
    "house": ["-m", "pytest", "-q", "tests/architecture"],
}


def main() -> int:
    """Run every step, and return 0 only when all are clean."""
    verdicts = {name: _run(name, arguments) for name, arguments in STEPS.items()}
    print()
    for name, is_clean in verdicts.items():
        print(f"{name:8} {'ok' if is_clean else 'FAILED'}")
    return 0 if all(verdicts.values()) else 1


def _run(name: str, arguments: list[str]) -> bool:
    print(f"\n--- {name}", flush=True)
    began = time.monotonic()
    done = subprocess.run([sys.executable, *arguments], check=False)
    print(f"{name}: {time.monotonic() - began:.1f} s", flush=True)
    return done.returncode == 0


if __name__ == "__main__":
    sys.exit(main())
