"""Words of the printing pages: what a job is, where it stands, and how printing stands."""

from dataclasses import replace

from PySide6.QtCore import QCoreApplication

from pos.domain.errors import CoverOpen, PaperOut, PosError, PrintDoubtful, PrinterFault, PrinterLost
from pos.domain.print_job import JobKind, JobState, PrintJob
from pos.till.printing import CRASHED, OLD, Standing
from ui.messages import QT_TRANSLATE_NOOP

_STATES: dict[JobState, str] = {
    JobState.WAITING: QT_TRANSLATE_NOOP("printing", "在等"),
    JobState.PRINTING: QT_TRANSLATE_NOOP("printing", "正在打印"),
    JobState.HELD: QT_TRANSLATE_NOOP("printing", "等您决定"),
    JobState.DONE: QT_TRANSLATE_NOOP("printing", "✓ 已打印"),
    JobState.DROPPED: QT_TRANSLATE_NOOP("printing", "不打了"),
}
_REASONS: dict[str, str] = {
    OLD: QT_TRANSLATE_NOOP("printing", "放了半小时以上，不会自己打出来"),
    CRASHED: QT_TRANSLATE_NOOP("printing", "打印时断了电，可能已经打出来"),
    PrintDoubtful.code: QT_TRANSLATE_NOOP("printing", "打印中断，可能已经打出来"),
    PrinterLost.code: QT_TRANSLATE_NOOP("printing", "打印机连不上"),
    PaperOut.code: QT_TRANSLATE_NOOP("printing", "没有纸"),
    CoverOpen.code: QT_TRANSLATE_NOOP("printing", "盖子开着"),
    PrinterFault.code: QT_TRANSLATE_NOOP("printing", "打印机故障"),
}
_BECAUSE = QT_TRANSLATE_NOOP("printing", "{state}：{reason}")
_RECEIPT = QT_TRANSLATE_NOOP("printing", "小票")
_COPY = QT_TRANSLATE_NOOP("printing", "副本 {copy}")
_TROUBLE: dict[str, str] = {
    PrinterLost.code: QT_TRANSLATE_NOOP("printing", "⚠ 打印机断开"),
    PaperOut.code: QT_TRANSLATE_NOOP("printing", "⚠ 没有纸"),
    CoverOpen.code: QT_TRANSLATE_NOOP("printing", "⚠ 打印机盖开"),
    PrinterFault.code: QT_TRANSLATE_NOOP("printing", "⚠ 打印机故障"),
}
_HELD = QT_TRANSLATE_NOOP("printing", "⚠ {count} 张待定")
_WAITING = QT_TRANSLATE_NOOP("printing", "{count} 张在等")
_LOW = QT_TRANSLATE_NOOP("printing", "纸快用完")
_FIGURES = QT_TRANSLATE_NOOP("printing", "✓ 已打印")
_FIGURES_SOON = QT_TRANSLATE_NOOP("printing", "⚠ {why}：好了自动打印")
_OUT = QT_TRANSLATE_NOOP("printing", "✓ 小票已打印")
_SOON = QT_TRANSLATE_NOOP("printing", "⚠ {why}：好了小票自动打印")
_PAPER_SOON = QT_TRANSLATE_NOOP("printing", "⚠ 缺纸：换纸后自动打印小票")


def job_words(job: PrintJob) -> str:
    """Return what a job is: a receipt or a slip by its name, and which copy."""
    name = _say(_RECEIPT) if job.kind is JobKind.RECEIPT else job.about
    return f"{name}  {_say(_COPY).format(copy=job.copy)}" if job.copy else name


def state_words(job: PrintJob) -> str:
    """Return where a job stands, and why it is there."""
    reason = _REASONS.get(job.reason)
    words = _say(_STATES[job.state])
    return _say(_BECAUSE).format(state=words, reason=_say(reason)) if reason else words


def strip_words(stands: Standing) -> str:
    """Return the one thing to know of printing, and how many papers wait; empty while all is well."""
    count = stands.waiting + stands.held
    if stands.trouble:
        return _trouble(stands.trouble) + (f" · {count}" if count else "")
    return standing_words(replace(stands, waiting=0) if stands.held else stands)


def standing_words(stands: Standing) -> str:
    """Return how printing stands, all of it; empty while all is well."""
    parts = [_trouble(stands.trouble)] if stands.trouble else []
    parts += [_say(_WAITING).format(count=stands.waiting)] if stands.waiting else []
    parts += [_say(_HELD).format(count=stands.held)] if stands.held else []
    parts += [_say(_LOW)] if stands.is_paper_low else []
    return " · ".join(parts)


def paper_words(stands: Standing) -> str:
    """Return what became of the receipt of the sale that was just made."""
    if not stands.trouble:
        return _say(_OUT)
    if stands.trouble.code == PaperOut.code:
        return _say(_PAPER_SOON)
    return _say(_SOON).format(why=_say(_REASONS.get(stands.trouble.code, _REASONS[PrinterFault.code])))


def figures_words(stands: Standing) -> str:
    """Return what became of a manager's view."""
    if not stands.trouble:
        return _say(_FIGURES)
    why = _say(_REASONS.get(stands.trouble.code, _REASONS[PrinterFault.code]))
    return _say(_FIGURES_SOON).format(why=why)


def _trouble(error: PosError) -> str:
    return _say(_TROUBLE.get(error.code, _TROUBLE[PrinterFault.code]))


def _say(text: str) -> str:
    return QCoreApplication.translate("printing", text)
