"""The manager's commands as the command line knows them; what they do is in ``pos.manager``, loaded when asked."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

VIEWS = ("today", "hours", "tenders", "goods", "departments", "calendar", "drawers", "people", "norms", "unusual",
         "payments", "day", "store")  # fmt: skip


def add_commands(
    commands: "argparse._SubParsersAction[argparse.ArgumentParser]", run: Callable[[argparse.Namespace], object]
) -> None:
    """Add each command, with who asks: a manager by number and PIN."""
    figures = commands.add_parser("figures", help="print a view of a manager's figures as CSV, or write it to a file")
    figures.add_argument("view", choices=VIEWS)
    figures.add_argument("--days", type=_days, default=1, help="so many days, the last one is --day")
    figures.add_argument("--out", type=Path, help="a file: list.csv, or list.xlsx")
    close = commands.add_parser("close-day", help="close a business day: its figures never change again")
    poslog = commands.add_parser("poslog", help="print a business day as XML in the shape of ARTS POSLog")
    audit = commands.add_parser("audit-export", help="write the journal for an auditor, with how to check it")
    audit.add_argument("folder", type=Path, help="a folder that is not there yet")
    usb = commands.add_parser("export-usb", help="write what head office lacks into a sealed file for a stick")
    usb.add_argument("file", type=Path)
    usb.add_argument("--to", default="", help="the hub's address for parcels: ./till admin hub … address; [hub]"
                     " parcels_to without it")  # fmt: skip
    for parser in (figures, close, poslog):
        parser.add_argument("--day", type=business_day, help="the day that is on when not told")
    for parser in (figures, close, poslog, audit, usb):
        parser.add_argument("--settings", type=Path, required=True)
        parser.add_argument("--by", required=True, help="the manager who asks; the PIN is asked for")
        parser.set_defaults(run=run, command=parser.prog.rpartition(" ")[2])


def business_day(text: str) -> date:
    """Return the day an argument names, of this century.

    Raises:
        argparse.ArgumentTypeError: it names none.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = date.min
    if day.year // 100 != 20:
        raise argparse.ArgumentTypeError("a day such as 2026-11-29")
    return day


def _days(text: str) -> int:
    days = int(text)
    if not 1 <= days <= 366:
        raise argparse.ArgumentTypeError("1 to 366 days")
    return days
