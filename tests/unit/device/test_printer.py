"""What a printer that keeps the rules prints, and what the till makes of one that cannot."""

import os
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from usb.core import USBTimeoutError

from pos.device import printer as printers
from pos.device.escpos import kick_bytes, library, slip_bytes
from pos.device.printer import Printer
from pos.domain.errors import CoverOpen, PaperOut, PrintDoubtful, PrinterLost
from pos.domain.paper import AsFile, OnSerial, OnUsb, read_address
from pos.domain.print_job import PrinterState
from pos.domain.slip import NARROW, WIDE, Code, Logo, Look, Pair, Rule, Side, Slip, Text, as_text
from tests.fake_printer import FakePrinter, Interpreter, Paper
from tests.serial_devices import PluggedIn

SLIP: Slip = (
    Logo(16, 2, b"\xff\x00\x0f\xf0"),
    Text("柜台便利店", Look.BIG, Side.CENTRE),
    Rule(),
    Pair("农夫山泉 550ml × 2", "￥4.00"),
    Pair("合计", "￥4.00", Look.BOLD),
    Code("0017-03-20261123-0001"),
    Text("䶮先生，谢谢惠顾", side=Side.CENTRE),
)


@pytest.fixture
def fake() -> Iterator[FakePrinter]:
    made = FakePrinter()
    yield made
    made.switch_off()


def printer_of(fake: FakePrinter) -> Printer:
    return Printer(read_address(fake.address))


def interpret(raw: bytes, columns: int = WIDE) -> Paper:
    paper = Paper(columns)
    Interpreter(paper, lambda _answer: None).feed(raw)
    return paper


def rows_of(slip: Slip, width: int) -> list[str]:
    return [row for row in as_text(slip, width) if not row.startswith("[")]


@pytest.mark.parametrize("width", [WIDE, NARROW])
def test_what_is_printed_is_what_was_laid_out(width: int) -> None:
    paper = interpret(slip_bytes(SLIP, width), width)
    assert paper.slips == [rows_of(SLIP, width)]
    assert paper.codes == ["0017-03-20261123-0001"]
    assert paper.pictures == [(16, 2)]
    assert not paper.faults


@given(st.lists(st.tuples(st.text(max_size=60), st.sampled_from(Look)), max_size=5), st.sampled_from([NARROW, WIDE]))
@settings(max_examples=40)
def test_no_text_at_all_can_spoil_the_paper(parts: list[tuple[str, Look]], width: int) -> None:
    slip: Slip = tuple(Text(*each) for each in parts)
    paper = interpret(slip_bytes(slip, width), width)
    assert paper.slips == [as_text(slip, width)]
    assert not paper.faults


def test_yuan_is_the_sign_that_printers_have() -> None:
    assert "￥5".encode("gb18030") == b"\xa3\xa45"
    assert b"\xa3\xa45.00\n" in slip_bytes((Text("¥5.00"),), WIDE)


def test_the_drawer_is_opened_by_the_printer() -> None:
    assert kick_bytes() == b"\x1bp\x00\x32\x32"
    assert interpret(kick_bytes() + b"\n").kicks == 1


@pytest.mark.parametrize("change", ["", "is_cover_open", "has_paper"])
def test_the_drawer_opens_with_paper_and_without(fake: FakePrinter, change: str) -> None:
    if change:
        setattr(fake.paper, change, change == "is_cover_open")
    printer_of(fake).open_drawer()
    fake.wait_for(lambda paper: paper.kicks == 1)


def test_a_printer_on_the_network_prints_and_says_that_it_did(fake: FakePrinter) -> None:
    assert printer_of(fake).print(SLIP, WIDE) == PrinterState()
    assert fake.paper.slips == [rows_of(SLIP, WIDE)]
    fake.paper.is_low = True
    assert printer_of(fake).state() == PrinterState(is_paper_low=True)
    assert not fake.paper.faults


@pytest.mark.parametrize(("change", "error"), [("is_cover_open", CoverOpen), ("has_paper", PaperOut)])
def test_a_printer_that_cannot_print_is_sent_nothing(fake: FakePrinter, change: str, error: type[Exception]) -> None:
    setattr(fake.paper, change, change == "is_cover_open")
    with pytest.raises(error):
        printer_of(fake).print(SLIP, WIDE)
    fake.paper.has_paper, fake.paper.is_cover_open = True, False
    printer_of(fake).print(SLIP, WIDE)
    assert len(fake.paper.slips) == 1


def test_paper_that_runs_out_in_the_middle_leaves_doubt(fake: FakePrinter) -> None:
    fake.paper.out_after_rows = 3
    with pytest.raises(PrintDoubtful):
        printer_of(fake).print(SLIP, WIDE)
    assert (len(fake.paper.rows), fake.paper.slips) == (3, [])


def test_a_printer_that_hangs_up_in_the_middle_leaves_doubt(fake: FakePrinter) -> None:
    fake.hang_up_on_data()
    with pytest.raises(PrintDoubtful):
        printer_of(fake).print(SLIP, WIDE)


def test_a_printer_that_says_nothing_is_believed(fake: FakePrinter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(printers, "ANSWER_S", 0.05)
    fake.paper.is_silent = True
    assert printer_of(fake).print(SLIP, WIDE) is None


def test_a_printer_that_does_not_say_when_it_is_done_is_waited_for_once(
    fake: FakePrinter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printers, "ANSWER_S", 0.05)
    monkeypatch.setattr(printers, "PRINT_S", 0.2)
    fake.paper.answers_when_done = False
    printer = printer_of(fake)
    for count in (1, 2):
        assert printer.print(SLIP, WIDE) == PrinterState()
        assert len(fake.paper.slips) == count
    assert not printer._says_when_done


def test_a_printer_that_is_not_there_is_lost(fake: FakePrinter) -> None:
    printer = printer_of(fake)
    fake.switch_off()
    with pytest.raises(PrinterLost):
        printer.print(SLIP, WIDE)


def test_a_printer_on_a_serial_line_is_asked_as_well(tmp_path: Path) -> None:
    device = PluggedIn(tmp_path / "printer")
    paper = Paper()
    interpreter = Interpreter(paper, device.say)

    def serve() -> None:
        try:
            while True:
                interpreter.feed(os.read(device._master, 4096))
        except OSError:
            return

    Thread(target=serve, daemon=True).start()
    try:
        assert Printer(OnSerial(str(device.port), 19_200)).print(SLIP, NARROW) == PrinterState()
    finally:
        device.close()
    assert paper.slips == [rows_of(SLIP, NARROW)]


def test_a_file_takes_what_is_printed_and_says_nothing(tmp_path: Path) -> None:
    file = tmp_path / "lp0"
    assert Printer(AsFile(str(file))).print(SLIP, WIDE) is None
    assert interpret(file.read_bytes()).slips == [rows_of(SLIP, WIDE)]


@pytest.mark.parametrize("address", [AsFile("/nowhere/lp0"), OnSerial("/dev/nowhere", 9600), OnUsb(0xDEAD, 0xBEEF)])
def test_whatever_is_not_there_is_told_in_the_same_words(address: AsFile | OnSerial | OnUsb) -> None:
    with pytest.raises(PrinterLost) as lost:
        Printer(address).print(SLIP, WIDE)
    assert lost.value.facts["reason"]


def test_the_library_leaves_no_pickle_behind() -> None:
    library()
    assert not Path(os.environ["ESCPOS_CAPABILITIES_PICKLE_DIR"]).exists()


class _Endpoint:
    def __init__(self, address: int) -> None:
        self.bEndpointAddress = address


class _UsbDevice:
    """A USB printer whose ways in and out have other numbers than the library's own, and which answers the rules."""

    backend = type("Backend", (), {"__module__": "none"})()

    def __init__(self) -> None:
        self.paper, self._said = Paper(), b""
        self.patience_ms: set[int] = set()
        self._interpreter = Interpreter(self.paper, self._say)

    def _say(self, answer: bytes) -> None:
        self._said += answer

    def set_configuration(self) -> None: ...

    def reset(self) -> None: ...

    def get_active_configuration(self) -> dict[tuple[int, int], list[_Endpoint]]:
        return {(0, 0): [_Endpoint(0x03), _Endpoint(0x84)]}

    def write(self, endpoint: int, raw: bytes, timeout_ms: int) -> None:
        assert endpoint == 0x03
        self.patience_ms.add(timeout_ms)
        self._interpreter.feed(raw)

    def read(self, endpoint: int, _size: int) -> bytes:
        assert endpoint == 0x84
        said, self._said = self._said, b""
        if not said:
            raise USBTimeoutError("Operation timed out", -7, 110)
        return said


class _Mute(_UsbDevice):
    def _say(self, _answer: bytes) -> None: ...


def test_a_usb_printer_that_says_nothing_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    device = _Mute()
    monkeypatch.setattr("usb.core.find", lambda **_ids: device)
    monkeypatch.setattr("usb.util.dispose_resources", lambda _device: None)
    Printer(OnUsb(0x04B8, 0x0E28)).print(SLIP, WIDE)
    assert device.paper.slips == [rows_of(SLIP, WIDE)]
    assert max(device.patience_ms) == 12_000


def test_a_usb_printer_is_spoken_to_by_the_ways_that_it_has(monkeypatch: pytest.MonkeyPatch) -> None:
    device = _UsbDevice()
    monkeypatch.setattr("usb.core.find", lambda **_ids: device)
    monkeypatch.setattr("usb.util.dispose_resources", lambda _device: None)
    assert Printer(OnUsb(0x04B8, 0x0E28)).print(SLIP, WIDE) == PrinterState()
    assert device.paper.slips == [rows_of(SLIP, WIDE)]
