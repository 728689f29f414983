"""Who used the processor: seconds of a process and of all that it ever started, as Linux counts them."""

import os
from pathlib import Path

_TICK_S = 1 / os.sysconf("SC_CLK_TCK")


def processor_s(pid: int) -> float:
    """Return the seconds that a process and its children, gone or not, have used so far."""
    return sum(_own_and_gone_s(each) for each in [pid, *_children(pid)])


def _own_and_gone_s(pid: int) -> float:
    # Fields 14 to 17 of proc_pid_stat(5): user and system time, and those of children that were waited for.
    return sum(map(int, _stat(pid)[11:15])) * _TICK_S


def _children(pid: int) -> list[int]:
    everyone = [int(each.name) for each in Path("/proc").iterdir() if each.name.isdigit()]
    return [other for other in everyone if _parent(other) == pid]


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _stat(pid: int) -> list[str]:
    """Return the fields after the name, which may hold blanks; none when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
