"""Measure: how well pictures with known texts are read, beside the bare libraries, in one run.

A manifest is a CSV with the columns ``file``, ``symbology`` (EAN13, EAN8, UPCA, UPCE, CODE128, CODE39, ITF, DATABAR,
DATABAREXP, DATABARLTD, DM, QR; NEG for a picture without any), ``expected`` and, if it likes, ``truth``: ``exact``,
``none`` (no code in it), or ``consensus`` (the text is not known, any QR will do); and ``set``, from where it is.
"""

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

from pos.domain.code import expand_upc_e
from pos.domain.errors import ManifestUnreadable
from pos.scan.bare import bare_readers
from pos.scan.decode import Decoder
from pos.scan.frame import Gray
from pos.scan.picture import read_gray
from pos.scan.still import read_still

OURS = "guitai"
SCREEN = "QR screen"
"""A row of its own for what a phone shows; those pictures count as QR as well."""

_SCREENS = "monitor"
"""How BoofCV calls its set of QR codes photographed off screens."""

_FAMILIES = {
    "ean13": "retail", "upca": "retail", "upce": "retail", "isbn13": "retail", "isbn10": "retail", "ean8": "ean8",
    "code128": "code128", "gs1128": "code128", "code39": "code39", "code39std": "code39", "code39ext": "code39",
    "code32": "code39", "itf": "itf", "itf14": "itf", "i25": "itf", "qr": "qr", "qrcode": "qr", "qrcodemodel1": "qr",
    "qrcodemodel2": "qr", "dm": "dm", "datamatrix": "dm",
}  # fmt: skip

Read = Callable[[Gray], Iterable[tuple[str, str]]]
"""Reads a picture: symbology and text of each code."""


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture of a manifest, and what is in it.

    Attributes:
        rows: where it is counted: its symbology, and what else is told apart.
        codes: family and text of each code in it, as ``canonical`` gives them.
        is_any_qr: its texts are not known, any QR is right.
    """

    file: str
    rows: tuple[str, ...]
    codes: frozenset[str]
    is_any_qr: bool


@dataclass(slots=True)
class Tally:
    """What one reader did with the pictures of one symbology.

    Attributes:
        wrong: pictures in which it read a text that is not in them.
        cpu_ms: of one core, for each picture.
    """

    pictures: int = 0
    read: int = 0
    wrong: int = 0
    cpu_ms: list[float] = field(default_factory=list)

    @property
    def percent(self) -> float:
        """Pictures read, of a hundred."""
        return 100 * self.read / self.pictures

    @property
    def p95(self) -> float:
        """CPU milliseconds that 95 pictures of a hundred stay below."""
        return sorted(self.cpu_ms)[int(0.95 * (len(self.cpu_ms) - 1))]

    def as_json(self) -> dict[str, Any]:
        """Return the figures by name."""
        return {
            "pictures": self.pictures, "read": self.read, "read_percent": round(self.percent, 1), "wrong": self.wrong,
            "cpu_ms_p50": round(median(self.cpu_ms), 1), "cpu_ms_p95": round(self.p95, 1),
        }  # fmt: skip


@dataclass(slots=True)
class Figures:
    """What all readers did.

    Attributes:
        tallies: by symbology, then by reader.
        wrong: what our own reader read that is not in the picture, to be looked at by eye: a manifest may have slips.
        missing: files that could not be read as pictures; they count as not read.
    """

    tallies: dict[str, dict[str, Tally]] = field(default_factory=dict)
    wrong: list[dict[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def as_json(self) -> dict[str, Any]:
        """Return the figures by name."""
        rates = {kind: {name: tally.as_json() for name, tally in row.items()} for kind, row in self.tallies.items()}
        return {"symbologies": rates, "wrong": self.wrong, "missing": self.missing}

    def as_table(self) -> str:
        """Return the figures for people."""
        lines = [f"{'':11} {'':8} {'pictures':>8} {'read':>6} {'%':>6} {'wrong':>6} {'CPU ms p50':>11} {'p95':>7}"]
        for kind, row in self.tallies.items():
            for name, tally in row.items():
                lines.append(
                    f"{kind:11} {name:8} {tally.pictures:8} {tally.read:6} {tally.percent:6.1f} {tally.wrong:6}"
                    f" {median(tally.cpu_ms):11.1f} {tally.p95:7.1f}"
                )
        lines += [f"wrong, or a slip of the manifest: {each['file']}: {each['text']}" for each in self.wrong]
        lines += [f"no picture: {each}" for each in self.missing]
        return "\n".join(lines)


def measure(manifest: Path, root: Path, tell: Callable[[int, int], object] = lambda _done, _all: None) -> Figures:
    """Read every picture of a manifest with each reader and return the figures.

    Args:
        tell: called after each picture, with how many are done and how many there are.

    Raises:
        ManifestUnreadable: it cannot be read as such, or has no pictures.
        DecoderMissing: a library is not on this machine; a comparison needs them all.
    """
    figures = Figures()
    readers = {OURS: _our_reader(), **bare_readers()}
    pictures = list(read_manifest(manifest))
    for number, picture in enumerate(pictures, 1):
        opened = read_gray(root / picture.file)
        gray = opened[0] if opened else None
        if gray is None:
            figures.missing.append(picture.file)
        for name, read in readers.items():
            _count(figures, name, picture, gray, read)
        tell(number, len(pictures))
    return figures


def read_manifest(manifest: Path) -> Iterator[Picture]:
    """Give the pictures a manifest tells of.

    Raises:
        ManifestUnreadable: it cannot be read as such, or has no pictures.
    """
    try:
        with manifest.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        pictures = [_picture(row) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error, KeyError, ValueError) as reason:
        raise ManifestUnreadable(path=str(manifest), reason=str(reason)) from reason
    if not pictures:
        raise ManifestUnreadable(path=str(manifest), reason="no rows")
    yield from pictures


def canonical(symbology: str, text: str) -> str:
    """Return family and text, the same for every way a reader may put one code.

    UPC is the EAN-13 it stands for, brackets and control characters go, a DataBar's bare GTIN gets its (01).
    """
    kind = symbology.lower().replace("-", "").replace("_", "").replace(" ", "")
    plain = text.strip().replace("\r\n", "\n")
    plain = "".join(letter for letter in plain if letter not in "()" and (letter in "\n\t" or letter >= " ")).strip()
    if kind.startswith(("databar", "rss")):
        return f"databar:{'01' if len(plain) == 14 and plain.isdigit() else ''}{plain}"
    family = _FAMILIES.get(kind, kind)
    if family != "retail":
        return f"{family}:{plain}"
    if kind == "upce" and len(plain) == 8 and plain.isascii() and plain.isdigit():
        plain = expand_upc_e(plain)
    return f"ean8:{plain}" if len(plain) == 8 else f"retail:{plain.zfill(13)}"


def _picture(row: dict[str, str | None]) -> Picture:
    symbology, truth = row["symbology"], row.get("truth") or "exact"
    if not symbology or not row["file"] or row["expected"] is None:
        raise ValueError(f"a row without its columns: {','.join(each or '' for each in row.values())}")
    is_known = truth == "exact" and bool(row["expected"])
    codes = frozenset({canonical(symbology, row["expected"])} if is_known else ())
    is_screen = (row.get("set") or "").endswith(_SCREENS)
    return Picture(row["file"], (symbology, SCREEN) if is_screen else (symbology,), codes, truth == "consensus")


def _our_reader() -> Read:
    decoder = Decoder()
    if decoder.missing:
        raise decoder.missing[0]
    return lambda gray: [(seen.symbology.value, seen.text) for seen in read_still(decoder, gray)]


def _count(figures: Figures, name: str, picture: Picture, gray: Gray | None, read: Read) -> None:
    began = process_time()
    codes = {canonical(*code): code[1] for code in read(gray)} if gray is not None else {}
    took_ms = (process_time() - began) * 1000
    right = {code for code in codes if code in picture.codes or (picture.is_any_qr and code.startswith("qr:"))}
    wrong = codes.keys() - right
    for row in picture.rows:
        tally = figures.tallies.setdefault(row, {}).setdefault(name, Tally())
        tally.cpu_ms.append(took_ms)
        tally.pictures += 1
        tally.read += bool(right)
        tally.wrong += bool(wrong)
    if name == OURS:
        figures.wrong += [{"file": picture.file, "text": codes[code]} for code in sorted(wrong)]
