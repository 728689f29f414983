"""``./till bench [--only NAME] [--json]``: one row a figure, its baseline, and the ratio of the medians."""

import argparse
import json
import sys
from collections.abc import Callable

from tests.bench import catalogue, paint, paying, selling
from tests.bench.figure import Figure

BENCHES: dict[str, Callable[[], list[Figure]]] = {
    "selling": selling.measure,
    "catalogue": catalogue.measure,
    "paint": paint.measure,
    "paying": paying.measure,
}


def main() -> int:
    """Run the benches and print them."""
    parser = argparse.ArgumentParser(prog="till bench", description=__doc__)
    parser.add_argument("--only", choices=sorted(BENCHES))
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = [figure for name, bench in BENCHES.items() if options.only in {None, name} for figure in bench()]
    if options.json:
        print(json.dumps([figure.as_row() for figure in figures], indent=1))
        return 0
    print(f"{'figure':44} {'median':>9} {'p95':>9} {'baseline':>9} {'ratio':>6}  against")
    for figure in figures:
        print(figure)
    return 0


if __name__ == "__main__":
    sys.exit(main())
