"""``./till bench [--only NAME] [--json]``: one row a figure, its baseline, and the ratio of the medians.

Three take long, so nobody gets them unasked: ``--only herd``, a store-wide outage at full size on both databases, four
minutes; ``--only manager``, the figures on a year of sales, ten minutes the first time; ``--only scan``, the eye, two
hours, or one part of it: ``scan-window``, ``scan-memory``, ``scan-films``, ``scan-endless``.
"""

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from typing import Protocol

from tests.bench import catalogue, herd, manager, manager_pages, paint, paying, pricing, scanning, selling
from tests.bench.figure import HEADING


class Row(Protocol):
    """What a bench found, as a line for people and as figures for a machine."""

    def as_row(self) -> dict[str, object]:
        """The figures by name."""


BENCHES: dict[str, Callable[[], Sequence[Row]]] = {
    "selling": selling.measure,
    "selling_pricing": pricing.measure,
    "catalogue": catalogue.measure,
    "selling_paint": paint.measure,
    "paying": paying.measure,
}


LONG: dict[str | None, tuple[str, Callable[[], Sequence[Row]]]] = {
    "herd": (herd.HEADING, herd.measure),
    "manager": (HEADING, lambda: [*manager.measure(), *manager_pages.measure()]),
    "manager-pages": (HEADING, manager_pages.measure),
    "scan": (scanning.HEADING, scanning.measure),
    **{f"scan-{name}": (heading, part) for name, (heading, part) in scanning.PARTS.items()},
}


def main() -> int:
    """Run the benches and print them."""
    parser = argparse.ArgumentParser(prog="till bench", description=__doc__)
    parser.add_argument("--only", choices=sorted([*BENCHES, *LONG]))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    heading, measure = LONG.get(options.only, (HEADING, lambda: _figures(options.only)))
    rows = measure()
    if options.json:
        print(json.dumps([row.as_row() for row in rows], indent=1))
        return 0
    print(heading, *rows, sep="\n")
    return 0


def _figures(only: str | None) -> list[Row]:
    return [
        figure for name, bench in BENCHES.items() if only in {None, name, name.partition("_")[0]} for figure in bench()
    ]


if __name__ == "__main__":
    sys.exit(main())
