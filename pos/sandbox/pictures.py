"""What lies on the drawn counter: goods with a printed EAN-13, and a customer's phone with a payment code."""

import random

from pos.sandbox.bars import code128, ean13, qr
from pos.sandbox.canvas import INK, WHITE, Canvas, Colour, Outline, Picture

_NAMES = ("RICE", "NOODLES", "GREEN TEA", "SOY MILK", "BISCUITS", "SOY SAUCE", "SNACKS", "JUICE")
_BODY: Colour = (28, 26, 24)
_BLUE: Colour = (255, 119, 22)
_GRAY: Colour = (150, 146, 144)

_BOX: Outline = ((0.02, 0.02), (0.98, 0.02), (0.98, 0.98), (0.02, 0.98))
_BOTTLE: Outline = (
    *((0.36, 0.0), (0.64, 0.0), (0.64, 0.12), (0.96, 0.24), (0.96, 0.97)),
    *((0.9, 1.0), (0.1, 1.0), (0.04, 0.97), (0.04, 0.24), (0.36, 0.12)),
)
_BAG: Outline = (
    *((0.0, 0.03), (0.1, 0.0), (0.9, 0.0), (1.0, 0.03), (0.96, 0.5)),
    *((1.0, 0.97), (0.9, 1.0), (0.1, 1.0), (0.0, 0.97), (0.04, 0.5)),
)


def draw_product(gtin13: str, name: str, module_px: float) -> Picture:
    """Return goods with a name, a colour of their own and an EAN-13.

    Args:
        name: Latin letters; what has none gets a made-up name.
        module_px: the width of the narrowest bar.
    """
    chance = random.Random(gtin13)
    colour = (chance.randrange(60, 190), chance.randrange(60, 190), chance.randrange(60, 190))
    canvas = Canvas(round(140 * module_px), round(180 * module_px))
    canvas.outline(chance.choice((_BOX, _BOTTLE, _BAG)), colour)
    printed = "".join(letter for letter in name if letter.isascii()).strip() or chance.choice(_NAMES)
    canvas.write(printed, (0.5, 0.32), 12 * module_px, WHITE)
    canvas.write(f"NET {chance.randrange(5, 99) * 10} g", (0.5, 0.43), 6 * module_px, WHITE)
    canvas.patch((0.5, 0.74), (0.84, 0.45), WHITE)
    canvas.modules([ean13(gtin13)], (0.5, 0.71), (module_px, 60 * module_px), 11)
    canvas.write(gtin13, (0.5, 0.92), 7 * module_px, INK)
    return canvas.finished()


def draw_phone(code: str, height_px: int) -> Picture:
    """Return a phone that shows a payment code as bars and as a square, and says that it is none of a real purse."""
    canvas = Canvas(round(height_px * 0.56), height_px)
    canvas.outline(_BOX, _BODY)
    canvas.patch((0.5, 0.5), (0.92, 0.94), WHITE)
    canvas.patch((0.5, 0.1), (0.92, 0.14), _BLUE)
    canvas.write("SIMULATOR", (0.5, 0.08), height_px * 0.034, WHITE)
    canvas.write("no real money", (0.5, 0.135), height_px * 0.02, WHITE)
    if code.isascii() and code.isdigit():
        bars = code128(code)
        module = height_px * 0.56 * 0.9 / (len(bars) + 20)
        canvas.modules([bars], (0.5, 0.29), (module, height_px * 0.14), 10)
        canvas.write(f"{code[:4]} ******", (0.5, 0.39), height_px * 0.02, _GRAY)
    square = qr(code)
    module = height_px * 0.56 * 0.72 / (len(square) + 8)
    canvas.modules(square, (0.5, 0.65), (module, module), 4)
    canvas.write("PAYMENT CODE", (0.5, 0.91), height_px * 0.024, _GRAY)
    return canvas.finished()
