"""A till on a disk that gets full: ``python -m tests.power.fill FOLDER``, the folder being a small disk of its own.

Prints as JSON what happened, phase by phase; the one who calls judges it.
"""

import json
import shutil
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

from pos.domain.errors import DiskFull
from pos.domain.money import Money
from pos.storage import ballast, catalogue
from pos.till import sell, shifts
from pos.till.till import Till, open_till
from tests.audit import check_books
from tests.fakes import LIN, SHELF, World, fake_settings
from tests.power.scenes import Stage

BALLAST_MB = 8
LEFT_BYTES = 512 * 1024
"""What somebody else's file leaves free."""


def fill(folder: Path) -> dict[str, Any]:
    """Sell, fill the disk twice, make room, and say what happened."""
    plain = fake_settings(folder / "till")
    settings = replace(plain, till=replace(plain.till, ballast_mb=BALLAST_MB))
    junk = folder / "junk"
    told: dict[str, Any] = {}
    with closing(open_till(settings)) as till:
        catalogue.apply_feed(till.prices, SHELF, [], "1")
        shifts.open_shift(till, LIN, Money(10_000))
        told["ballast made"] = till.ballast.keep()
        _fill_up(junk)
        told["sold as the ballast was freed"], told["refused then"] = _sell(till, 20)
        told["ballast left"] = till.ballast.path.exists()
        _fill_up(junk)
        told["sold before it was full"], told["refused when full"] = _sell(till, 2_000)
        junk.unlink()
        told["ballast made again"] = till.ballast.keep()
        _fill_up(junk)
        ballast.LOW_BYTES = 0  # as under a quota: that there is no room only a write finds out
        told["sold by a second try"], told["refused in the second try"] = _sell(till, 200, until_freed=True)
        junk.unlink()
        told["sold when there was room"], told["refused in the end"] = _sell(till, 20)
    with closing(open_till(settings)) as till:
        told["on disk"] = len(check_books(till).sales)
    return told


def _fill_up(junk: Path) -> None:
    """Let somebody else's file grow until the disk is full but for a little."""
    with junk.open("ab") as file:
        left = shutil.disk_usage(junk.parent).free - LEFT_BYTES
        file.write(bytes(max(0, left)))


def _sell(till: Till, most: int, *, until_freed: bool = False) -> tuple[int, str]:
    """Sell until it is refused, and return how many sales were made and what was said."""
    stage = Stage(World(till.settings.data_dir), Random(most))
    for sold in range(most):
        if until_freed and till.ballast.is_missing:
            return sold, ""
        cart = stage.fill(till)
        try:
            sell.pay_cash(till, cart, cart.total)
        except DiskFull as full:
            return sold, full.code
    return most, ""


if __name__ == "__main__":
    sys.stdout.write(json.dumps(fill(Path(sys.argv[1]))))
