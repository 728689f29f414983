"""``./till prove [--minutes N] [--out DIR] [--seed S] [--only NAME]``: every layer at full size, and one report.

Ends with 0 only when every layer ran and every promise held.
"""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from pos.clock import BEIJING
from tests.proof.layers import LAYERS, run_layer
from tests.proof.report import as_page, as_text, verdict


def main(arguments: list[str]) -> int:
    """Run the layers that are asked for, one after the other."""
    options = _parser().parse_args(arguments)
    folder: Path = options.out
    folder.mkdir(parents=True, exist_ok=True)
    at = datetime.now(UTC).astimezone(BEIJING)
    seed = options.seed if options.seed is not None else int(at.timestamp())
    layers = [each for each in LAYERS if options.only in each.module]
    if not layers:
        print(f"no layer has {options.only} in its name: {', '.join(each.module for each in LAYERS)}")
        return 2
    outcomes = []
    for layer in layers:
        print(f"{layer.name_zh} / {layer.name_en} …", flush=True)
        outcomes.append(run_layer(layer, options.minutes * 60 * layer.share, seed, folder))
        print(f"    {outcomes[-1].trouble or outcomes[-1].figures}", flush=True)
    (folder / "report.txt").write_text(as_text(outcomes, at, seed), "utf-8")
    (folder / "report.html").write_text(as_page(outcomes, at, seed), "utf-8")
    print(f"{verdict(outcomes)}: {folder / 'report.html'}")
    return 1 if any(each.trouble for each in outcomes) else 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="till prove", description="Look for a broken promise in every way there is.")
    parser.add_argument(
        "--minutes", type=float, default=60, help="shared among the layers (60); some take their own time"
    )
    parser.add_argument("--out", type=Path, default=Path("proof"), help="where the report goes (./proof)")
    parser.add_argument("--seed", type=int, help="of everything that is drawn; another one each time when not given")
    parser.add_argument("--only", default="", help="layers with this in their name")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
