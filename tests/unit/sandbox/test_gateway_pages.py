"""Pages say what they are, and their picture is the code."""

import re

import numpy as np
import pytest
import zxingcpp

from pos.sandbox.gateway_pages import home_page, page, phone_page, qr_svg
from pos.sandbox.gateway_values import KINDS

CODE = "287634438256643941"


def drawn(svg: str) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Return the picture a browser would paint, four pixels a module."""
    side = int(re.findall(r'viewBox="0 0 ([0-9]+) \1"', svg)[0])
    picture = np.full((side, side), 255, np.uint8)
    for x, y in re.findall(r"M([0-9]+) ([0-9]+)h1v1h-1z", svg):
        picture[int(y), int(x)] = 0
    return np.kron(picture, np.ones((4, 4), np.uint8))


def test_a_reader_reads_the_picture() -> None:
    (found,) = zxingcpp.read_barcodes(drawn(qr_svg(CODE)))
    assert found.text == CODE


@pytest.mark.parametrize("html", [home_page(), phone_page(CODE, "alice", "normal", 100), page("x", "")])
def test_every_page_says_what_it_is_before_anything_else(html: str) -> None:
    body = html[html.index("<body>") :]
    assert re.sub("<[^>]+>", "", body).startswith("模拟器 SIMULATOR不是支付宝")
    assert "<title>模拟器 SIMULATOR" in html


def test_the_phone_shows_digits_in_fours_and_all_kinds_of_customers() -> None:
    html = phone_page(CODE, "alice", "password", 100)
    assert "2876 3443 8256 6439 41" in html
    assert [kind for kind in KINDS if f'href="?kind={kind}&amp;buyer=alice"' not in html] == []
    assert 'http-equiv="refresh" content="3"' in html


def test_names_cannot_bring_html_along() -> None:
    assert "<script" not in phone_page(CODE, "<script>alert(1)</script>", "normal", 100)


def test_a_page_loads_nothing_from_anywhere() -> None:
    html = phone_page(CODE, "alice", "normal", 100)
    assert re.findall(r'(?:src|href|action)="(?!\?kind=|/sandbox/)[^"]*"', html) == []
    assert re.findall(r"url\(|@import|<script", html) == []
