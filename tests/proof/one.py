"""``python -m tests.proof.one MODULE SECONDS SEED FILE``: run one layer and write its figures."""

import json
import sys
from importlib import import_module
from pathlib import Path


def main() -> None:
    """Run the layer; what it raises ends the process."""
    module, seconds, seed, file = sys.argv[1:]
    figures = import_module(module).prove(float(seconds), int(seed))
    Path(file).write_text(json.dumps(figures, ensure_ascii=False), "utf-8")


if __name__ == "__main__":
    main()
