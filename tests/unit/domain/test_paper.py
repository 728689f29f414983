"""What a manager types about paper is kept, and read back as it was or as in a new store."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.entry import canonical
from pos.domain.errors import BadPrinterAddress
from pos.domain.paper import AsFile, OnNetwork, OnSerial, OnUsb, Paper, PrinterAddress, read_address, read_paper
from pos.domain.slip import NARROW, WIDE, Logo

logos = st.builds(lambda bits: Logo(9, len(bits) // 2, bits[: len(bits) // 2 * 2]), st.binary(max_size=20))
papers = st.builds(
    Paper,
    printer=st.sampled_from(["", "192.0.2.7", "/dev/usb/lp0"]),
    columns=st.sampled_from([NARROW, WIDE]),
    head=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    foot=st.text(st.characters(exclude_categories=["Cs"]), max_size=40),
    logo=st.none() | logos,
    has_drawer=st.booleans(),
    has_page=st.booleans(),
)


@given(papers)
def test_what_is_kept_is_read_back(paper: Paper) -> None:
    assert read_paper(paper.as_json()) == paper
    canonical(paper.as_json())


@pytest.mark.parametrize(
    "kept",
    [None, "", [], {}, {"columns": 7, "head": 3, "foot": 4, "logo": "x"},
     {"logo": {"width": 9, "height": 2, "bits": "!"}},
     {"logo": {"width": 9, "height": 2, "bits": "AAAA"}}],
)  # fmt: skip
def test_what_cannot_be_read_is_as_in_a_new_store(kept: object) -> None:
    assert read_paper(kept) == Paper()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("192.0.2.7", OnNetwork("192.0.2.7", 9100)),
        (" printer.lan:9101 ", OnNetwork("printer.lan", 9101)),
        ("04b8:0E28", OnUsb(0x04B8, 0x0E28)),
        ("/dev/ttyUSB0", OnSerial("/dev/ttyUSB0", 9600)),
        ("/dev/serial/by-id/usb-1@19200", OnSerial("/dev/serial/by-id/usb-1", 19200)),
        ("COM3@115200", OnSerial("COM3", 115200)),
        ("/dev/usb/lp0", AsFile("/dev/usb/lp0")),
        ("/tmp/paper.bin", AsFile("/tmp/paper.bin")),
        (r"C:\paper.bin", AsFile(r"C:\paper.bin")),
    ],
)
def test_an_address_is_told_by_its_shape(text: str, address: PrinterAddress) -> None:
    assert read_address(text) == address
    assert Paper(printer=text).address == address


@pytest.mark.parametrize("text", ["打印机", "192.0.2.7:0", "192.0.2.7:99999", "a b", "04b8:", ":9100", "lp0/", "/"])
def test_an_address_that_nothing_can_have_is_refused(text: str) -> None:
    with pytest.raises(BadPrinterAddress):
        read_address(text)


def test_where_nothing_is_typed_there_is_no_printer() -> None:
    assert Paper().address is None
