"""A plain seeded mutator: drives the targets where Atheris cannot be had, without knowing what it covers."""

import random
import time
from collections.abc import Callable, Sequence

SIGNS = (b"\0", b"\xff", b'"', b"{", b"[", b",", b"#", b"\n", b"\\u0000", b"-1", b"9" * 20, "２".encode(), b"=", b"''")
"""What parsers trip over."""
LENGTH_MAX = 4096


def drive(target: Callable[[bytes], None], seeds: Sequence[bytes], seconds: float, seed: int) -> int:
    """Feed a target for so many seconds and return how often; what it raises comes with its input as a note."""
    chance, until, count = random.Random(seed), time.monotonic() + seconds, 0
    for each in seeds:
        _feed(target, each)
    while time.monotonic() < until:
        for _ in range(100):
            _feed(target, mutated(chance, seeds))
            count += 1
    return count + len(seeds)


def mutated(chance: random.Random, seeds: Sequence[bytes]) -> bytes:
    """Return one of the seeds, changed one to eight times."""
    data = bytearray(chance.choice(seeds))
    for _ in range(chance.randint(1, 8)):
        at = chance.randrange(len(data) + 1)
        to = min(len(data), at + chance.randint(1, 8))
        match chance.randrange(5):
            case 0:
                data[at:to] = b""
            case 1:
                data[at:at] = chance.choice(SIGNS)
            case 2:
                data[at:to] = chance.randbytes(to - at)
            case 3:
                data[at:at] = data[at:to] * chance.randint(1, 30)
            case _:
                other = chance.choice(seeds)
                data[at:] = other[chance.randrange(len(other) + 1) :]
    return bytes(data[:LENGTH_MAX])


def _feed(target: Callable[[bytes], None], data: bytes) -> None:
    try:
        target(data)
    except Exception as broken:
        broken.add_note(f"input: {data!r}")
        raise
