"""The fuzzers at full size."""

from pathlib import Path
from tempfile import TemporaryDirectory

from tests.fuzz.run import HUB, PARSERS, SIDE_BY_SIDE, fuzz_all


def prove(seconds: float, seed: int) -> dict[str, int | float | str]:
    """Run all six for about so many seconds together, and return how much each of them tried.

    Raises:
        AssertionError: one found something; its own words are in the text.
    """
    rounds = (len(PARSERS) + 1) / SIDE_BY_SIDE
    with TemporaryDirectory(prefix="fuzz-") as folder:
        found = fuzz_all(max(6, seconds / rounds), seed, Path(folder))
    broken = {name: each.trouble for name, each in found.items() if each.trouble}
    assert not broken, broken
    figures: dict[str, int | float | str] = {
        f"inputs, {name}": found[name].plain + found[name].guided for name in PARSERS
    }
    return figures | {"guided by coverage": sum(each.guided for each in found.values()),
                      "requests to a hub": found[HUB].plain, "answers": found[HUB].note}  # fmt: skip
