"""Devices: the cameras of this machine, by number and by the name that is printed on them."""

import sys
from dataclasses import dataclass
from pathlib import Path

CLASS = Path("/sys/class/video4linux")
"""Where Linux tells the name of each video device, and which of a camera's several gives pictures."""
NODES = Path("/dev")


@dataclass(frozen=True, slots=True)
class Device:
    """One camera.

    Attributes:
        index: its number; a camera that is plugged in again may get another.
        name: what its maker calls it; ``camera 0`` where the system does not tell.
    """

    index: int
    name: str


def list_cameras() -> list[Device]:
    """Return the cameras in the order of their numbers; where the system does not list them, just the first."""
    if sys.platform != "linux":
        return [_nameless(0)]
    return sorted((_named(index) for index in _numbers() if _gives_pictures(index)), key=lambda device: device.index)


def find_camera(wanted: str) -> Device | None:
    """Return the camera with this number or this part of its name, in any case; empty means the first.

    None when none such is plugged in, as far as the system tells.
    """
    cameras = list_cameras()
    if wanted.isascii() and wanted.isdigit():
        known = [device for device in cameras if device.index == int(wanted)]
        return known[0] if known else None if sys.platform == "linux" else _nameless(int(wanted))
    return next((device for device in cameras if wanted.casefold() in device.name.casefold()), None)


def _numbers() -> list[int]:
    numbers = (path.name.removeprefix("video") for path in NODES.glob("video*"))
    return [int(number) for number in numbers if number.isascii() and number.isdigit()]


def _gives_pictures(index: int) -> bool:
    """Whether it is a camera's first device; the others tell about its pictures and give none."""
    return _told(index, "index") in {"", "0"}


def _named(index: int) -> Device:
    return Device(index, _told(index, "name") or _nameless(index).name)


def _told(index: int, what: str) -> str:
    try:
        return (CLASS / f"video{index}" / what).read_text("utf-8", errors="replace").strip()
    except OSError:
        return ""


def _nameless(index: int) -> Device:
    return Device(index, f"camera {index}")
