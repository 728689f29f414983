"""What is well with this till and what is not, each in one sentence: ``./till admin doctor``.

A doctor looks and changes nothing; it may come while the till sells.
"""

import sys
from pathlib import Path

from pos.doctor import machine
from pos.doctor.finding import Finding as Finding
from pos.doctor.machine import is_broken_pair as is_broken_pair
from pos.settings import Settings


def examine(settings: Settings | None = None) -> list[Finding]:
    """Look at the machine and, by ``settings``, at everything the till needs; without them at the machine only."""
    folder = settings.data_dir if settings else Path.cwd()
    found = [
        machine.check_pair(machine.pyside_version(), sys.version_info[:3]),
        machine.check_zbar(),
        machine.check_opencv(),
        machine.check_own_sqlite(),  # after those, in case they bring one along
        machine.check_font(machine.chinese_fonts()),
        machine.check_disk(folder, machine.free_bytes_of(folder)),
    ]
    return found + _examine_store(settings) if settings else found


def _examine_store(settings: Settings) -> list[Finding]:
    from pos.doctor import counter, lines, store  # noqa: PLC0415  (the machine is looked at before any library is loaded)

    return [
        store.check_ballast(settings.data_dir),
        *store.check_books(settings),
        *store.check_keys(settings),
        store.check_camera(settings),
        counter.check_printer(settings),
        counter.check_scale(settings),
        *lines.check_lines(settings),
    ]
