"""Labels drawn for the tests of the eye, by zxing's own writer, and what a camera does to them."""

import numpy as np
import zxingcpp

from pos.scan.frame import Gray
from pos.scan.opencv import load

KINDS = zxingcpp.BarcodeFormat
PAPER = 200


def drawn(kind: KINDS, text: str, scale: int = 3) -> Gray:
    """A label in black on white."""
    pixels = np.asarray(zxingcpp.create_barcode(text, kind).to_image(scale=scale))
    return np.ascontiguousarray(pixels if pixels.ndim == 2 else pixels[..., 0])


def laid(label: Gray, *, degrees: float = 0, scale: float = 1, at: tuple[int, int] = (640, 360)) -> Gray:
    """A 1280 x 720 frame with a label laid on it, its middle at a point."""
    cv2 = load()
    height, width = label.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, scale)
    turn[:, 2] += np.array(at) - (width / 2, height / 2)
    frame = np.full((720, 1280), PAPER, np.uint8)
    flags = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    placed = cv2.warpAffine(label, turn, (1280, 720), flags=flags, borderMode=cv2.BORDER_TRANSPARENT, dst=frame)
    return np.asarray(placed, dtype=np.uint8)


def blurred(gray: Gray, sigma: float) -> Gray:
    """A frame out of focus, sigma in pixels."""
    return np.asarray(load().GaussianBlur(gray, (0, 0), sigma), dtype=np.uint8)


def smeared(gray: Gray, pixels: int) -> Gray:
    """A frame whose things moved so far from left to right while the shutter was open; an odd number of pixels."""
    return np.asarray(load().blur(gray, (pixels, 1)), dtype=np.uint8)


def swiped(text: str, at: tuple[int, int]) -> Gray:
    """An EAN-13 of 2.2 px a module that moved by three modules while the shutter was open, not far from stripes."""
    frame = smeared(laid(drawn(zxingcpp.BarcodeFormat.EAN13, text, scale=4), scale=0.55, at=at), 7)
    frame[80:200, 700:1000] = 100 + np.repeat(np.arange(60) % 2 * 120, 5)
    return blurred(frame, 0.8)


def noisy(gray: Gray, sigma: float, seed: int = 1) -> Gray:
    """A frame of a sensor in poor light."""
    grain = np.random.default_rng(seed).normal(0, sigma, gray.shape)
    return np.asarray(np.clip(gray + grain, 0, 255), dtype=np.uint8)


def beside_a_sharp_one(text: str, sharp: str = "4006381333931") -> Gray:
    """An EAN-13 of 2 px a module out of focus at (900, 360), beside a sharp one that is larger at (300, 360)."""
    frame = laid(drawn(KINDS.EAN13, sharp), at=(300, 360))
    dim = (laid(drawn(KINDS.EAN13, text), scale=2 / 3, degrees=3, at=(900, 360)) - 100.0) * 0.4 + 120
    frame[:, 640:] = blurred(np.asarray(dim, dtype=np.uint8), 1.7)[:, 640:]
    return frame
