"""Lists: the sheets of a view as files for a spreadsheet."""

from collections.abc import Sequence
from pathlib import Path

from pos.domain.errors import ExportNotWritten
from pos.tables import Column, write_table
from ui.manager.sheet import Sheet

ENDS = (".csv", ".xlsx")


def write_lists(sheets: Sequence[Sheet], stem: Path) -> list[Path]:
    """Write each sheet as CSV and XLSX beside a path, numbered if there are several; return where.

    Raises:
        ExportNotWritten: there can be no folder; ListNotWritten: no file.
    """
    try:
        stem.parent.mkdir(parents=True, exist_ok=True)
    except OSError as reason:
        raise ExportNotWritten(path=stem.parent, reason=reason.strerror) from reason
    names = [f"{stem.name}-{number}" if len(sheets) > 1 else stem.name for number in range(1, len(sheets) + 1)]
    written = []
    for sheet, name in zip(sheets, names, strict=True):
        for end in ENDS:
            path = stem.with_name(name + end)
            write_table([Column(head) for head in sheet.heads], sheet.rows, path)
            written.append(path)
    return written
