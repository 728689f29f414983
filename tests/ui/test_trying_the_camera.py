"""The camera is tried out on a page of its own: it says what it reads, and nothing is sold, charged or kept."""

import numpy as np
import pytest

from pos.scan.report import Preview, State
from pos.scan.report import Stage as CameraStage
from pos.till.proofs import BADGE_LENGTH, BADGE_LETTERS, BADGE_MARK
from tests.fakes import MEI, TEA
from tests.ui.conftest import MEIS_PIN, Desk
from ui.stage import Stage

PAYMENT = "287612345678901234"


@pytest.fixture
def trying(desk: Desk) -> Desk:
    """Mei stands on the page."""
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.show(Stage.STORE)
    desk.press("store_camera")
    return desk


def test_what_is_read_is_named_and_neither_sold_nor_charged(trying: Desk) -> None:
    for text in (TEA, PAYMENT, "nothing known"):
        trying.counter.code_seen(text)
    rows = [trying.read(f"camera_test_row_{place}") for place in range(4)]
    assert rows == ["✓ 别的码  nothing known", "✓ 支付宝付款码，没有收款  28…1234", f"✓ 商品条码  {TEA}", ""]
    assert trying.counter.cart.lines == []
    assert trying.counter.offer is None
    assert trying.world.alipay.calls == []


def test_the_picture_is_shown_here_and_no_longer_on_the_counter(trying: Desk) -> None:
    trying.window.show_camera(State(CameraStage.LIVE, "HD Camera"))
    assert trying.read("camera_test_state") == "● 看得见：HD Camera"
    preview = Preview(np.full((90, 160, 3), 120, np.uint8), ())
    trying.window.show_frame(preview)
    assert trying.window.camera.view._preview is preview
    assert trying.window.counter.camera._preview is None
    trying.window.show_camera(State(CameraStage.LOST, "HD Camera"))
    assert "检查插头" in trying.read("camera_test_state")


def test_a_camera_that_was_there_before_the_page_was_opened_is_named_on_it(desk: Desk) -> None:
    desk.window.show_camera(State(CameraStage.LIVE, "HD Camera"))
    desk.window.mirror_camera(is_mirrored=True)
    desk.sign_in(MEI.number, MEIS_PIN)
    desk.counter.show(Stage.CAMERA)
    assert desk.read("camera_test_state") == "● 看得见：HD Camera"
    assert desk.window.camera.view.is_mirrored


def test_what_was_read_is_gone_when_the_page_is_opened_again(trying: Desk) -> None:
    trying.counter.code_seen(TEA)
    trying.press("camera_test_back")
    assert trying.counter.stage is Stage.STORE
    trying.press("store_camera")
    assert trying.read("camera_test_row_0") == ""


def test_a_badge_is_named_here_and_lets_nobody_in(trying: Desk) -> None:
    trying.counter.code_seen(BADGE_MARK + BADGE_LETTERS[0] * BADGE_LENGTH)
    assert trying.read("camera_test_row_0").startswith("✓ 工牌")
    assert trying.counter.cashier == MEI
