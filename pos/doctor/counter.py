"""What stands on the counter besides the camera: the printer, asked how it is, and the scale."""

from collections.abc import Mapping
from contextlib import closing

from pos.device.printer import Printer
from pos.device.serial_line import open_line
from pos.doctor.finding import Finding, bad, good
from pos.doctor.store import facts_of, is_running
from pos.domain.errors import CoverOpen, PaperOut, PosError, PrinterFault, ScaleLost
from pos.domain.paper import OnSerial, OnUsb, Paper
from pos.domain.print_job import PrinterState, trouble_of
from pos.settings import Settings
from pos.storage import health
from pos.till import slips
from pos.till.till import open_reading_till, till_file

_TROUBLE: Mapping[type[PosError], tuple[str, str]] = {
    CoverOpen: ("盖子开着：合上盖子，等着的小票会自动打出来", "its cover is open: close it, and what waits comes out"),
    PaperOut: ("没有纸：换一卷纸，等着的小票会自动打出来", "it has no paper: put in a roll, and what waits comes out"),
    PrinterFault: ("报告故障：关掉再打开，看切刀卡没卡纸", "it is out of order: switch it off and on, see its cutter"),
}  # fmt: skip


def check_printer(settings: Settings) -> Finding:
    """Whether the printer that the store has set is there, closed, and has paper."""
    paper = _paper(settings)
    if paper is None:
        return good(
            "printer", "账本打开以前不知道设了哪台，先看账本那一行", "not known before the books can be read: see them"
        )
    try:
        address = paper.address
        if address is None:
            return good("printer", "没有设置打印机", "none configured")
        if isinstance(address, OnUsb | OnSerial) and is_running(settings):
            return good(
                "printer",
                f"{paper.printer}：柜台正在用它，请看柜台屏幕",
                f"{paper.printer}: in use by the till that runs",
            )
        state = Printer(address).state()
    except PosError as error:
        zh = f"打印机连不上：{facts_of(error)}，看电源、插头和“小票和打印机”里的地址"
        en = f"cannot be reached: {facts_of(error)}; see its power, its plug, and the address in receipts and printer"
        return bad("printer", type(error), zh, en)
    return _told(paper.printer, state)


def _paper(settings: Settings) -> Paper | None:
    """Return what the store has set; None where its books cannot tell."""
    path = till_file(settings)
    if not path.exists():
        return Paper()
    try:
        found = health.look(path)
        if not (found.size and found.verdict == health.WELL and found.is_current):
            return None
        with closing(open_reading_till(settings)) as till:
            return slips.paper_of(till)
    except PosError:
        return None


def _told(address: str, state: PrinterState | None) -> Finding:
    trouble = trouble_of(state, address)
    if trouble:
        zh, en = _TROUBLE[type(trouble)]
        return bad("printer", type(trouble), f"打印机 {address} {zh}", f"{address}: {en}")
    if state is None:
        return good("printer", f"{address} 连得上，它不回答状态", f"{address} is there, and does not say how it is")
    if state.is_paper_low:
        return good("printer", f"{address} 可用，纸快用完了", f"{address} can print; its paper is nearly at its end")
    return good("printer", f"{address} 可用，有纸", f"{address} can print and has paper")


def check_scale(settings: Settings) -> Finding:
    """Whether the scale that is set is plugged in."""
    port = settings.scale.port
    if not port:
        return good("scale", "没有设置电子秤", "none configured")
    if is_running(settings):
        return good("scale", f"{port}：柜台正在用它，请看柜台屏幕", f"{port}: in use by the till that runs")
    try:
        open_line(port, settings.scale.baud, is_seven_even=settings.scale.protocol == "toledo").close()
    except OSError as reason:
        return bad(
            "scale", ScaleLost, f"电子秤 {port} 连不上：{reason}，看电源和插头", f"{port}: {reason}; see power and plug"
        )
    return good("scale", f"{port} 连得上", f"{port} can be opened")
