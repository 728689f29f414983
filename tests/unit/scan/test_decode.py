"""Reading codes from one frame, drawn here by zxing's own writer or by the qrcode package."""

import ctypes.util
import random
import sys
from collections.abc import Sequence
from types import SimpleNamespace

import numpy as np
import pytest
import qrcode
import zxingcpp

from pos.domain.code import read_code
from pos.scan.decode import Decoder
from pos.scan.frame import Gray
from pos.scan.opencv import load
from pos.scan.seen import Kinds, Seen, Symbology
from pos.scan.zbar import Zbar
from pos.scan.zxing import Zxing

KINDS = zxingcpp.BarcodeFormat
DECODER = Decoder()


def printed(kind: KINDS, text: str, scale: int = 2) -> Gray:
    """A code as zxing draws it."""
    drawn = np.asarray(zxingcpp.create_barcode(text, kind).to_image(scale=scale))
    return np.ascontiguousarray(drawn if drawn.ndim == 2 else drawn[..., 0])


def square(content: str | bytes, scale: int = 6) -> Gray:
    """A QR code as the qrcode library draws it."""
    code = qrcode.QRCode(border=4)
    code.add_data(content)
    code.make()
    dark = np.array(code.get_matrix(), dtype=bool)
    return np.where(dark, 0, 255).astype(np.uint8).repeat(scale, axis=0).repeat(scale, axis=1)


def on_counter(*labels: Gray, width: int = 1280, height: int = 720) -> Gray:
    """Labels side by side on a gray counter."""
    frame = np.full((height, width), 170, np.uint8)
    for place, label in enumerate(labels):
        high, wide = label.shape
        left = (place * 2 + 1) * width // (len(labels) * 2) - wide // 2
        top = (height - high) // 2
        frame[top : top + high, left : left + wide] = label
    return frame


def turned(gray: Gray, degrees: float) -> Gray:
    """A picture turned about its middle."""
    cv2 = load()
    height, width = gray.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(gray, turn, (width, height), borderValue=170), dtype=np.uint8)


def texts(seen: Sequence[Seen]) -> set[tuple[str, Symbology]]:
    """What was seen, without where."""
    return {(one.text, one.symbology) for one in seen}


# Numbers of real goods and of the standards' own examples, with the text a till should get.
@pytest.mark.parametrize(
    ("kind", "given", "text", "symbology"),
    [
        (KINDS.EAN13, "6901234567892", "6901234567892", Symbology.EAN13),
        (KINDS.EAN13, "4006381333931", "4006381333931", Symbology.EAN13),
        (KINDS.UPCA, "012345678905", "012345678905", Symbology.UPCA),
        (KINDS.EAN8, "96385074", "96385074", Symbology.EAN8),
        (KINDS.Code128, "287612345678901234", "287612345678901234", Symbology.CODE128),
    ],
)
def test_each_kind_is_read_by_both_libraries(kind: KINDS, given: str, text: str, symbology: Symbology) -> None:
    seen = DECODER.glance(on_counter(printed(kind, given)))
    assert texts(seen) == {(text, symbology)}
    assert {one.library for one in seen} == {"zxing", "zbar"}


def test_a_upc_e_is_read_as_the_number_it_stands_for_and_by_both_libraries() -> None:
    # GS1 General Specifications 5.2.2.4: 0 123456 5 stands for 0 12345 00006 5.
    seen = DECODER.glance(on_counter(printed(KINDS.UPCE, "01234565")))
    assert texts(seen) == {("012345000065", Symbology.UPCE)}
    assert {one.library for one in seen} == {"zxing", "zbar"}
    assert read_code(seen[0].text).keys == ("0012345000065",)


def test_the_corners_lie_round_the_code_in_pixels_of_the_frame() -> None:
    for seen in DECODER.glance(on_counter(printed(KINDS.EAN13, "6901234567892"))):
        xs, ys = zip(*seen.corners, strict=True)
        assert (min(xs) + max(xs)) / 2 == pytest.approx(640, abs=6)
        assert (min(ys) + max(ys)) / 2 == pytest.approx(360, abs=6)
        assert max(xs) - min(xs) == pytest.approx(95 * 2, abs=6)


def test_two_products_in_view_are_both_read() -> None:
    frame = on_counter(printed(KINDS.EAN13, "6901234567892"), printed(KINDS.EAN13, "4006381333931"))
    assert {one.text for one in DECODER.glance(frame)} == {"6901234567892", "4006381333931"}


@pytest.mark.parametrize("degrees", [0, 10, -15, 90, 180, 275])
def test_a_label_is_read_whichever_way_it_lies(degrees: float) -> None:
    frame = turned(on_counter(printed(KINDS.EAN13, "6901234567892", scale=3)), degrees)
    assert {one.text for one in DECODER.find(frame, Kinds.BARS)} == {"6901234567892"}


@pytest.mark.parametrize("content", ["会员 柜台 17", "会员 柜台 17".encode("gb18030"), "牛奶250ml".encode("gb18030")])
def test_chinese_in_a_qr_is_read_in_either_charset(content: str | bytes) -> None:
    text = content if isinstance(content, str) else content.decode("gb18030")
    assert texts(DECODER.glance(on_counter(square(content)))) == {(text, Symbology.QR)}


def test_a_qr_on_a_dark_screen_is_read() -> None:
    assert texts(DECODER.glance(on_counter(255 - square("287612345678901234")))) == {
        ("287612345678901234", Symbology.QR)
    }


def test_bytes_that_are_no_text_give_some_text_and_no_crash() -> None:
    seen = DECODER.glance(on_counter(square(b"\xff\xfe\x81\x00\xff")))
    assert len(seen) == 1


def test_a_very_long_text_is_read_whole() -> None:
    seen = DECODER.glance(on_counter(square("A" * 1500, scale=3)))
    assert [one.text for one in seen] == ["A" * 1500]


@pytest.mark.parametrize("size", [(1, 1), (1, 1920), (1920, 1), (2, 2), (3, 5), (7, 640), (720, 1280)])
def test_frames_of_any_size_are_looked_at(size: tuple[int, int]) -> None:
    noise = np.random.default_rng(1).integers(0, 256, size, np.uint8)
    for gray in (np.zeros(size, np.uint8), np.full(size, 255, np.uint8), noise):
        assert DECODER.glance(gray) == []


def test_numbers_with_a_wrong_check_digit_are_never_given_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def read_wrongly(gray: Gray, formats: zxingcpp.BarcodeFormats, **_: object) -> list[_Changed]:
        return [_Changed(each) for each in zxingcpp.read_barcodes(gray, formats)]

    library = Zxing()
    monkeypatch.setattr(library, "_zxing", _Library(read_wrongly))
    assert library.read(on_counter(printed(KINDS.EAN13, "6901234567892")), Kinds.BARS) == []


class _Library:
    def __init__(self, read: object) -> None:
        self.read_barcodes = read
        self.TextMode = zxingcpp.TextMode


class _Changed:
    """A barcode with its last digit misread."""

    def __init__(self, barcode: zxingcpp.Barcode) -> None:
        self.format, self.position = barcode.format, barcode.position
        self.text, self.symbology_identifier = "6901234567893", "]E0"


def expanded(left: int, right: int, row: int) -> SimpleNamespace:
    """What zxing gives for a row of one DataBar Expanded; it runs from the right when its left is the greater."""
    ends = [SimpleNamespace(x=across, y=row) for across in (left, right, right, left)]
    names = ("top_left", "top_right", "bottom_right", "bottom_left")
    return SimpleNamespace(
        text="0190690944249042", format=KINDS.DataBarExp, symbology_identifier="]e0",
        position=SimpleNamespace(**dict(zip(names, ends, strict=True))),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("second", "count"),
    [(expanded(1000, 753, 376), 1), (expanded(753, 1000, 376), 2), (expanded(900, 653, 376), 2)],
    ids=["its mirror image", "another that lies as far from the middle", "another upside down"],
)
def test_a_label_placed_again_where_a_mirror_would_show_it_is_one(
    second: SimpleNamespace, count: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of a DataBar at 279 to 526 in a frame of 1280 zxing told a second one at 1000 to 753."""
    zxing = Zxing()
    rows = [expanded(279, 526, 370), second]
    monkeypatch.setattr(zxing, "_zxing", SimpleNamespace(read_barcodes=lambda *_, **__: rows))
    assert len(zxing.read(np.zeros((720, 1280), np.uint8), Kinds.RARE)) == count


def test_a_number_the_second_library_sees_is_put_to_the_third() -> None:
    gray = turned(on_counter(printed(KINDS.EAN13, "6901234567892", 3)), 40)
    height, width = gray.shape
    seen = DECODER.read_at(gray, ((0, 0), (width, 0), (width, height), (0, height)))
    assert {(one.library, one.text) for one in seen} == {("zbar", "6901234567892"), ("opencv", "6901234567892")}


def test_a_machine_without_zbar_reads_on_with_zxing_and_opencv(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.split(".")[0] == "pyzbar"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setattr(ctypes.util, "find_library", lambda _: None)
    decoder = Decoder()
    assert [missing.facts["library"] for missing in decoder.missing] == ["zbar"]
    seen = decoder.glance(on_counter(printed(KINDS.EAN13, "6901234567892")))
    assert [(one.text, one.library) for one in seen] == [("6901234567892", "zxing"), ("6901234567892", "opencv")]


def test_a_machine_without_zxing_reads_on_with_zbar(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "zxingcpp", None)
    decoder = Decoder()
    assert [missing.facts["library"] for missing in decoder.missing] == ["zxing"]
    frame = on_counter(printed(KINDS.EAN13, "6901234567892"), square("member 17"))
    assert {one.text for one in decoder.glance(frame)} == {"6901234567892", "member 17"}


def test_zbar_gives_no_upc_e_dressed_up_as_ean_13() -> None:
    chance = random.Random(7)
    for _ in range(20):
        body = "0" + "".join(chance.choices("123456789", k=5)) + chance.choice("56789")
        drawn = printed(KINDS.UPCE, body)
        seen = Zbar().read(on_counter(drawn), Kinds.BARS)
        assert {one.symbology for one in seen} == {Symbology.UPCE}
        assert {one.text[0] for one in seen} == {"0"}
