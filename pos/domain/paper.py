"""Paper: what a store has printed on its receipts, on what paper, and by what printer."""

import base64
import re
from collections.abc import Mapping
from dataclasses import dataclass

from pos.domain.entry import Json
from pos.domain.errors import BadPrinterAddress
from pos.domain.slip import NARROW, WIDE, Logo

KEPT_AS = "paper"
"""The key of the preference."""
TEXT_MAX = 400
"""Characters of the words above or below a receipt."""
LOGO_WIDTH_MAX, LOGO_HEIGHT_MAX = 384, 240
"""Dots; 384 are all that 58 mm paper has."""
RAW_PORT = 9100
SERIAL_BAUD = 9600


@dataclass(frozen=True, slots=True)
class OnNetwork:
    """A printer that listens."""

    host: str
    port: int


@dataclass(frozen=True, slots=True)
class OnUsb:
    """A printer spoken to as a USB device."""

    vendor: int
    product: int


@dataclass(frozen=True, slots=True)
class OnSerial:
    """A printer on a serial line."""

    port: str
    baud: int


@dataclass(frozen=True, slots=True)
class AsFile:
    """A printer that the system shows as a file, such as ``/dev/usb/lp0``, or a plain file to look at."""

    path: str


PrinterAddress = OnNetwork | OnUsb | OnSerial | AsFile


@dataclass(frozen=True, slots=True)
class Paper:
    """What a manager sets about receipts.

    Attributes:
        printer: its address as it was typed; empty where nothing is printed.
        columns: of its paper, ``WIDE`` or ``NARROW``.
        head: under the store's name, such as the address and a telephone number.
        foot: the last words.
        has_drawer: whether a drawer hangs on the printer and is opened for cash.
        has_page: whether the customer is shown a code for the receipt's page at the head office.
    """

    printer: str = ""
    columns: int = WIDE
    head: str = ""
    foot: str = "谢谢惠顾"
    logo: Logo | None = None
    has_drawer: bool = True
    has_page: bool = False

    @property
    def address(self) -> PrinterAddress | None:
        """Where the printer is; None where there is none.

        Raises:
            BadPrinterAddress: nobody knows what the text means.
        """
        return read_address(self.printer) if self.printer else None

    def as_json(self) -> Json:
        """Return it as it is kept."""
        logo = self.logo
        drawn: Json = (
            {"width": logo.width, "height": logo.height, "bits": base64.b64encode(logo.bits).decode()} if logo else ""
        )
        return {"printer": self.printer, "columns": self.columns, "head": self.head, "foot": self.foot, "logo": drawn,
                "has_drawer": int(self.has_drawer), "has_page": int(self.has_page)}  # fmt: skip


def read_paper(kept: Json | None) -> Paper:
    """Return what was kept; what it does not say, or says badly, is as in a new store."""
    if not isinstance(kept, Mapping):
        return Paper()
    plain = Paper()
    return Paper(
        printer=_text(kept, "printer", plain.printer),
        columns=NARROW if kept.get("columns") == NARROW else WIDE,
        head=_text(kept, "head", plain.head),
        foot=_text(kept, "foot", plain.foot),
        logo=_logo(kept.get("logo")),
        has_drawer=kept.get("has_drawer", 1) == 1,
        has_page=kept.get("has_page", 0) == 1,
    )


_NETWORK = re.compile(r"(?P<host>[A-Za-z0-9.-]{1,253})(?::(?P<port>[0-9]{1,5}))?", re.ASCII)
_USB = re.compile(r"(?P<vendor>[0-9A-Fa-f]{4}):(?P<product>[0-9A-Fa-f]{4})", re.ASCII)
_SERIAL = re.compile(
    r"(?P<port>COM[0-9]{1,3}|/dev/(?:tty|cu\.|serial/|rfcomm)\S+?)(?:@(?P<baud>[0-9]{3,7}))?", re.ASCII
)
_FILE = re.compile(r"/\S.*|[A-Za-z]:\\.+")


def read_address(text: str) -> PrinterAddress:
    r"""Read where a printer is.

    ``192.0.2.7`` or ``printer.lan:9100``, ``04b8:0e28`` (the USB ids), ``/dev/ttyUSB0@19200`` or ``COM3``,
    ``/dev/usb/lp0`` or another file.

    Raises:
        BadPrinterAddress: it is none of these.
    """
    text = text.strip()
    if found := _USB.fullmatch(text):
        return OnUsb(int(found["vendor"], 16), int(found["product"], 16))
    if found := _SERIAL.fullmatch(text):
        return OnSerial(found["port"], int(found["baud"] or SERIAL_BAUD))
    if _FILE.fullmatch(text):
        return AsFile(text)
    found = _NETWORK.fullmatch(text)
    if found is None or not 0 < int(found["port"] or RAW_PORT) <= 65_535:
        raise BadPrinterAddress(address=text[:80])
    return OnNetwork(found["host"], int(found["port"] or RAW_PORT))


def _text(kept: Mapping[str, Json], key: str, default: str) -> str:
    value = kept.get(key, default)
    return value[:TEXT_MAX] if isinstance(value, str) else default


def _logo(kept: Json | None) -> Logo | None:
    if not isinstance(kept, Mapping):
        return None
    try:
        return Logo(
            int(str(kept["width"])), int(str(kept["height"])), base64.b64decode(str(kept["bits"]), validate=True)
        )
    except (AssertionError, KeyError, ValueError):
        return None
