"""The report of a proof: the same rows as text and as one page of HTML."""

import os
import platform
from collections.abc import Sequence
from datetime import datetime
from html import escape

import pysqlite3.dbapi2 as sqlite
from PySide6 import __version__ as qt_version

from tests.proof.layers import Figure, Outcome

_STYLE = """
body { font: 16px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", sans-serif; color: #14213D; background: #F3F5F9;
       margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
section { background: #fff; border-radius: 12px; padding: 1rem 1.5rem; margin: 1rem 0; border-left: 8px solid #0B6B4F }
section.broken { border-color: #B3261E } h1 { margin: 0 } h2 { margin: 0 0 .5rem; font-size: 1.15rem }
small { color: #5A6478; font-weight: 400 } table { border-collapse: collapse; width: 100% }
td { padding: .25rem 0; border-top: 1px solid #E3E7EF }
td:last-child { text-align: right; font-variant-numeric: tabular-nums }
pre { white-space: pre-wrap; color: #B3261E }
"""


def machine() -> str:
    """Say on what it ran: processors, system, versions."""
    return (
        f"{os.cpu_count()} × {platform.machine()}, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, SQLite {sqlite.sqlite_version}, PySide6 {qt_version}"
    )


def verdict(outcomes: Sequence[Outcome]) -> str:
    """Say in one line whether every promise held."""
    broken = [each.layer.name_zh for each in outcomes if each.trouble]
    return f"有承诺被打破：{'、'.join(broken)} / BROKEN" if broken else "每一条承诺都守住了 / every promise held"


def as_text(outcomes: Sequence[Outcome], at: datetime, seed: int) -> str:
    """Return the report as plain text."""
    lines = [f"柜台 Guitai: {verdict(outcomes)}", f"{at:%Y-%m-%d %H:%M}, seed {seed}, {machine()}", ""]
    for each in outcomes:
        lines.append(f"{each.layer.name_zh} / {each.layer.name_en} ({each.seconds:.0f} s)")
        lines += [f"    {name:32} {_shown(value):>24}" for name, value in each.figures.items()]
        lines += [f"    BROKEN {each.trouble}"] if each.trouble else []
    return "\n".join(lines) + "\n"


def as_page(outcomes: Sequence[Outcome], at: datetime, seed: int) -> str:
    """Return the report as a page that needs nothing beside it."""
    parts = "".join(_section(each) for each in outcomes)
    return (
        f'<!doctype html><html lang="zh"><meta charset="utf-8"><title>柜台 Guitai: 证明</title><style>{_STYLE}</style>'
        f"<h1>{escape(verdict(outcomes))}</h1>"
        f"<p>{at:%Y-%m-%d %H:%M}, seed {seed}<br>{escape(machine())}</p>{parts}</html>\n"
    )


def _section(outcome: Outcome) -> str:
    rows = "".join(f"<tr><td>{escape(name)}<td>{escape(_shown(value))}" for name, value in outcome.figures.items())
    trouble = f"<pre>{escape(outcome.trouble)}</pre>" if outcome.trouble else ""
    kind = ' class="broken"' if outcome.trouble else ""
    title = f"{escape(outcome.layer.name_zh)} <small>{escape(outcome.layer.name_en)}, {outcome.seconds:.0f} s</small>"
    return f"<section{kind}><h2>{title}</h2><table>{rows}</table>{trouble}</section>"


def _shown(value: Figure) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,}" if isinstance(value, int) else f"{value:,.4g}"
