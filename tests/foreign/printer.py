"""emupos, a receipt printer other people wrote: listens on a port, draws what it is sent, and does as it is told.

Prints ``{"port"}``, then ``{"png", "text"}`` (the file of the picture, and its words) for each slip and ``{"event"}``
for whatever else happens, among it each command that it does not know. Reads ``{"fault", "is_active"}`` lines.

It has letters but no Chinese characters, as printers for other countries; the ROM it lacks is put in here: between
``FS &`` and ``FS .`` a character of GB18030 takes two cells and is drawn by a font of this machine. All else is
emupos's own: commands, widths, line breaks, pictures, QR codes, status, drawer.

Arguments: the width in dots, the folder for the pictures, a font with Chinese characters.
"""

import codecs
import json
import socket
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from emupos.config import FontCell, PrinterProfile
from emupos.printer.escpos import model
from emupos.printer.escpos.render import scale
from emupos.printer.printer import Printer, PrinterFault
from PIL import Image, ImageDraw, ImageFont

CELL, HEIGHT = 12, 24
BOXES: set[str] = set()
"""Characters that the font draws as the box it has for none."""
EVERY_KANJI_MODE: set[int] = set()
"""The print models that are between ``FS &`` and ``FS .``."""


def put_in_chinese(font_file: str) -> None:
    """Give every print model the characters of GB18030."""
    font = ImageFont.truetype(font_file, HEIGHT - 2)
    plain_text, plain_process = model.PrintModel._print_text, model.PrintModel.process

    def process(self: Any, token: Any) -> Any:  # noqa: ANN401  (it is not here to be checked)
        if getattr(token, "name", "") == "FS &":
            EVERY_KANJI_MODE.add(id(self))
        elif getattr(token, "name", "") in {"FS .", "ESC @"}:
            EVERY_KANJI_MODE.discard(id(self))
        return plain_process(self, token)

    def print_text(self: Any, raw: bytes) -> None:  # noqa: ANN401
        if id(self) not in EVERY_KANJI_MODE:
            plain_text(self, raw)
            return
        for character in characters(raw):
            if character.isascii():
                plain_text(self, character.encode())
            else:
                print_wide(self, character, font)

    model.PrintModel.process, model.PrintModel._print_text = process, print_text


def characters(raw: bytes) -> Iterator[str]:
    """Give the characters of a text in GB18030; what is none of it reads as U+FFFD."""
    yield from codecs.decode(raw, "gb18030", "replace")


def print_wide(its: Any, character: str, font: ImageFont.FreeTypeFont) -> None:  # noqa: ANN401
    """Print a character that takes two cells, as the model prints those that take one."""
    settings = its.settings
    if bytes(font.getmask(character)) == bytes(font.getmask("\U0010fffd")):
        BOXES.add(character)
    image = Image.new("1", (2 * CELL, HEIGHT), 255)
    ImageDraw.Draw(image).text((CELL, HEIGHT // 2), character, font=font, fill=0, anchor="mm")
    if settings.emphasized:
        ImageDraw.Draw(image).text((CELL + 1, HEIGHT // 2), character, font=font, fill=0, anchor="mm")
    image = scale(image, settings.width, settings.height)
    if its.receipt.position + image.width > its._print_area.width and not its.receipt.at_line_start:
        its._print_line(settings.line_spacing)
    its.receipt.add_to_line(image, character, image.width)


class Served:
    """The printer behind a socket."""

    def __init__(self, width: int, folder: Path) -> None:
        profile = PrinterProfile(
            type="printer", name="80 or 58 mm", dpi=203, width_dots=width, font_a=FontCell(width=CELL, height=HEIGHT),
            font_b=FontCell(width=9, height=17), code_pages={0: "PC437"}, default_code_page=0,
            drawer_sensor_open_level="high",
        )  # fmt: skip
        self._printer = Printer("printer", profile, sensor_open_level="high", job_idle_timeout_ms=60_000)
        self._folder, self._lock, self._count = folder, threading.Lock(), 0

    def tell(self, output: Any, talking: socket.socket | None = None) -> None:  # noqa: ANN401
        """Write what came of something."""
        for write in output.writes:
            if talking:
                talking.sendall(write.data)
        for event in output.events:
            say({"event": str(event.type), "facts": {key: str(value) for key, value in event.data.items()}})
        for receipt in output.receipts:
            self._count += 1
            file = self._folder / f"slip-{self._count}.png"
            file.write_bytes(receipt.png)
            say({"png": str(file), "text": receipt.text, "boxes": sorted(BOXES)})

    def set_fault(self, fault: str, *, is_active: bool) -> None:
        """Run out of paper, open the cover, or be well again."""
        with self._lock:
            self.tell(self._printer.set_fault(PrinterFault(fault), is_active, time.monotonic()))

    def listen(self, talking: socket.socket, number: int) -> None:
        """Take what one till sends until it hangs up."""
        name = f"till-{number}"
        with self._lock:
            self.tell(self._printer.open_connection(name, time.monotonic()), talking)
        while raw := talking.recv(4096):
            with self._lock:
                self.tell(self._printer.receive(name, raw, time.monotonic()), talking)
        with self._lock:
            self.tell(self._printer.close_connection(name, time.monotonic()))
        talking.close()


def say(told: dict[str, Any]) -> None:
    """Write one line."""
    print(json.dumps(told, ensure_ascii=False), flush=True)


def serve(served: Served, listener: socket.socket) -> None:
    """Take every till that comes."""
    number = 0
    while True:
        talking, _ = listener.accept()
        number += 1
        threading.Thread(target=served.listen, args=(talking, number), daemon=True).start()


def main() -> None:
    """Serve until standard input ends."""
    width, folder, font = int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
    put_in_chinese(font)
    served, listener = Served(width, folder), socket.create_server(("127.0.0.1", 0))
    say({"port": listener.getsockname()[1]})
    threading.Thread(target=serve, args=(served, listener), daemon=True).start()
    for line in sys.stdin:
        asked = json.loads(line)
        served.set_fault(asked["fault"], is_active=asked["is_active"])
        say({"done": asked["fault"]})


if __name__ == "__main__":
    main()
