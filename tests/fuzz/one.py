"""``python -m tests.fuzz.one TARGET SECONDS SEED FOLDER``: one target, by Atheris where there is one.

Standard error holds ``plain execs: N`` and, from Atheris, ``stat::number_of_executed_units: N``; status 0 says nothing
was found. What Atheris found is kept in the folder, what the plain mutator found stands in its traceback.
"""

import importlib.util
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from tests.fuzz.mutator import SIGNS, drive
from tests.fuzz.watched import WATCHED

CORPUS = Path(__file__).with_name("corpus")


PLAIN_SHARE = 6
"""One of so many parts of the time goes to the plain mutator, which also finds what coverage does not lead to."""


def main(name: str, seconds: float, seed: int, folder: Path) -> None:
    """Drive a target for so many seconds."""
    has_atheris = importlib.util.find_spec("atheris") is not None
    with _watching(name) if has_atheris else nullcontext():
        from tests.fuzz import targets  # noqa: PLC0415  (Atheris wants to see the imports)
    target, plain_s = targets.TARGETS[name], seconds / PLAIN_SHARE if has_atheris else seconds
    print(f"plain execs: {drive(target, seeds_of(name), plain_s, seed)}", file=sys.stderr, flush=True)
    if has_atheris:
        _drive_atheris(name, target, int(seconds - plain_s), seed, folder)


def _watching(name: str) -> AbstractContextManager[object]:
    import atheris  # noqa: PLC0415

    return atheris.instrument_imports(include=WATCHED[name])  # type: ignore[no-any-return]


def seeds_of(name: str) -> list[bytes]:
    """Return what a target begins with."""
    from tests.fuzz import targets  # noqa: PLC0415

    written = [each.read_bytes() for each in sorted((CORPUS / name).iterdir())]
    return written + (targets.signed_answers() if name == "replies" else [])


def _drive_atheris(name: str, target: Callable[[bytes], None], seconds: int, seed: int, folder: Path) -> None:
    import atheris  # noqa: PLC0415

    begun = folder / "corpus"
    begun.mkdir(parents=True, exist_ok=True)
    for number, data in enumerate(seeds_of(name)):
        (begun / str(number)).write_bytes(data)
    words = folder / "words"
    words.write_text("\n".join(f'"{_escaped(sign)}"' for sign in SIGNS), "ascii")
    arguments = [
        f"-dict={words}",
        f"-max_total_time={seconds}",
        f"-seed={seed % 2**31 or 1}",
        "-print_final_stats=1",
        "-max_len=4096",
    ]
    print(f"atheris: {name}", file=sys.stderr)
    atheris.Setup([sys.argv[0], *arguments, f"-artifact_prefix={folder}/", str(begun)], target)
    atheris.Fuzz()


def _escaped(sign: bytes) -> str:
    return "".join(f"\\x{byte:02x}" for byte in sign)


if __name__ == "__main__":
    main(sys.argv[1], float(sys.argv[2]), int(sys.argv[3]), Path(sys.argv[4]))
