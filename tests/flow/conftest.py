"""What the flows need from outside."""

import sys
from pathlib import Path

_BESIDE = Path(__file__).parents[2].parent / "shared" / "scan" / "manifest.csv"

collect_ignore = ["test_foreign_printer.py"] if sys.version_info < (3, 13) else []  # emupos needs 3.13
collect_ignore += [] if _BESIDE.exists() else ["test_scanning_photographs.py"]
