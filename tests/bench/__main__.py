"""``./till bench [--only NAME] [--json]``: one row a figure, its baseline, and the ratio of the medians.

``--only herd`` is a store-wide outage at full size on both databases: four minutes, so nobody gets it unasked.
"""

import argparse
import json
import sys
from collections.abc import Callable

from tests.bench import catalogue, herd, paint, paying, pricing, selling
from tests.bench.figure import HEADING, Figure

BENCHES: dict[str, Callable[[], list[Figure]]] = {
    "selling": selling.measure,
    "selling_pricing": pricing.measure,
    "catalogue": catalogue.measure,
    "paint": paint.measure,
    "paying": paying.measure,
}


def main() -> int:
    """Run the benches and print them."""
    parser = argparse.ArgumentParser(prog="till bench", description=__doc__)
    parser.add_argument("--only", choices=sorted([*BENCHES, "herd"]))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    heading, rows = (herd.HEADING, herd.measure()) if options.only == "herd" else (HEADING, _figures(options.only))
    if options.json:
        print(json.dumps([row.as_row() for row in rows], indent=1))
        return 0
    print(heading, *rows, sep="\n")
    return 0


def _figures(only: str | None) -> list[Figure]:
    return [figure for name, bench in BENCHES.items() if only in {None, name} for figure in bench()]


if __name__ == "__main__":
    sys.exit(main())
