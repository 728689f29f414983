"""Our own code: the customer sees it, it is charged once, and once it is gone it never comes back."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.errors import CertificateExpired
from pos.domain.gateway import Reach
from pos.till import pay
from tests.fakes import NOODLES, WATER
from tests.ui.conftest import Desk, open_desk
from ui.customer.window import CustomerWindow
from ui.stage import Said, Stage, Word
from ui.widgets.qr_picture import QrPicture


@pytest.fixture
def selling(desk: Desk) -> Desk:
    """Lin, with noodles in the cart, on the pay page."""
    desk.sign_in()
    desk.counter.code_seen(NOODLES)
    desk.counter.begin_pay()
    return desk


@pytest.fixture
def customer(selling: Desk) -> Iterator[CustomerWindow]:
    """The customer's window beside it."""
    window = CustomerWindow(selling.counter, "示例店")
    window.resize(1024, 600)
    window.show()
    yield window
    window.close()


def show_code(desk: Desk) -> str:
    """Have a code of ours shown, and return its text."""
    desk.press("show_qr")
    desk.wait_for(Stage.QR)
    return desk.counter.qr


def read_picture(picture: QrPicture) -> str:
    """Read what is on the screen as a phone would; nothing when there is no code."""
    import numpy as np  # noqa: PLC0415  (slow to load, for these tests only)
    import zxingcpp  # noqa: PLC0415

    image = picture.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    raw = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    found = zxingcpp.read_barcodes(raw[:, : image.width()])
    return found[0].text if found else ""


def test_the_code_on_the_screen_is_the_one_alipay_gave(selling: Desk) -> None:
    text = show_code(selling)
    assert text.startswith("https://qr.example/bax")
    picture = selling.on_screen("qr_picture")
    assert isinstance(picture, QrPicture)
    assert read_picture(picture) == text
    assert selling.read("qr_amount") == "¥4.50"


def test_a_scanned_code_goes_and_the_paid_sale_ends(selling: Desk) -> None:
    text = show_code(selling)
    picture = selling.on_screen("qr_picture")
    assert isinstance(picture, QrPicture)
    selling.world.alipay.scan(text, must_confirm=True)
    selling.qtbot.waitUntil(lambda: selling.counter.is_scanned, timeout=5000)
    assert read_picture(picture) == ""
    selling.world.alipay.confirm()
    selling.wait_for(Stage.PAID)
    assert selling.counter.qr == ""
    assert len(selling.world.alipay.trades) == 1


@pytest.mark.parametrize("end", ["stopped", "timeout", "paid"])
def test_a_code_that_is_gone_is_never_drawn_again(selling: Desk, customer: CustomerWindow, end: str) -> None:
    text = show_code(selling)
    assert read_picture(customer.picture) == text
    if end == "stopped":
        selling.press("qr_stop")
    elif end == "timeout":
        selling.world.clock.advance(121)
    else:
        selling.world.alipay.scan(text)
    selling.qtbot.waitUntil(lambda: selling.counter.stage in {Stage.PAY, Stage.PAID}, timeout=8000)
    assert selling.counter.qr == ""
    picture = selling.window.findChild(QrPicture, "qr_picture")
    for stage in (Stage.QR, Stage.PAY, Stage.WAITING, Stage.QR, Stage.SELL):
        selling.counter.stage_changed.emit(stage)
        assert read_picture(customer.picture) == ""
        assert picture is not None
        assert read_picture(picture) == ""


def test_a_second_try_has_another_code(selling: Desk) -> None:
    first = show_code(selling)
    selling.press("qr_stop")
    selling.wait_for(Stage.PAY)
    assert show_code(selling) != first


def test_after_a_restart_the_payment_is_waited_for_and_the_code_stays_away(
    selling: Desk, qtbot: QtBot, qapp: QApplication
) -> None:
    show_code(selling)
    again = open_desk(selling.world, qtbot, qapp)
    desk = next(again)
    desk.sign_in()
    desk.qtbot.waitUntil(lambda: desk.counter.stage in {Stage.WAITING, Stage.UNKNOWN}, timeout=5000)
    assert desk.counter.qr == ""
    words = desk.read("unknown_advice" if desk.counter.stage is Stage.UNKNOWN else "waiting_advice")
    assert words.startswith("收款码已经收起")
    next(again, None)


def test_a_customers_code_seen_while_ours_is_shown_charges_nothing(selling: Desk) -> None:
    show_code(selling)
    selling.counter.code_seen(selling.world.alipay.show_code())
    assert selling.said[-1] == Said(Word.BUSY_PAYING)
    assert [name for name, _ in selling.world.alipay.calls].count("pay") == 0


def test_while_alipay_is_silent_the_tender_is_off_with_the_moment_it_last_worked(selling: Desk) -> None:
    silent = Reach(selling.world.clock.now(), unanswered=3)
    selling.world.alipay.reach = silent
    selling.world.alipay.is_down = True
    selling.counter.resolve_now()
    selling.qtbot.waitUntil(lambda: selling.counter.reach.is_down, timeout=5000)
    assert selling.read("alipay_invitation").startswith("⚠ 支付宝连不上（10:00 还正常）")
    assert selling.on_screen("alipay_invitation").property("role") == "sentence"
    assert not [each for each in selling.window.findChildren(type(selling.on_screen("cash_exact")), "show_qr")
                if each.isVisible()]  # fmt: skip
    selling.counter.show_qr()
    assert selling.counter.stage is Stage.PAY
    selling.world.alipay.forget_faults()
    selling.counter.resolve_now()
    selling.qtbot.waitUntil(lambda: not selling.counter.reach.is_down, timeout=5000)
    assert selling.on_screen("show_qr").isVisible()


def test_nothing_typed_takes_no_cash(selling: Desk) -> None:
    selling.press("pay")
    assert selling.said[-1] == Said(Word.CASH_FIRST)
    assert selling.counter.stage is Stage.PAY


def test_the_customer_sees_this_sale_and_no_other(selling: Desk, customer: CustomerWindow) -> None:
    customer.show_counter()
    lines = customer.findChild(type(customer._lines), "customer_lines")
    assert lines is not None
    assert "红烧牛肉面" in lines.text()
    selling.counter.pay_cash(selling.counter.cart.total)
    selling.wait_for(Stage.PAID)
    assert lines.text() == ""
    selling.counter.next_sale()
    selling.counter.code_seen(WATER)
    assert "红烧牛肉面" not in lines.text()
    assert "农夫山泉" in lines.text()


def test_the_customer_is_told_what_to_do_after_a_refusal(selling: Desk, customer: CustomerWindow) -> None:
    selling.counter.code_seen(selling.world.alipay.show_code(sub_code="ACQ.BUYER_BALANCE_NOT_ENOUGH"))
    selling.qtbot.waitUntil(lambda: "余额或额度不够" in customer._words.text(), timeout=5000)
    assert selling.read("customer_sentence").startswith("请对顾客说：")
    assert isinstance(pay.Refused, type)


def test_an_expired_certificate_closes_alipay_and_not_the_till(selling: Desk) -> None:
    selling.counter.alipay_trouble = CertificateExpired(path="keys/app.crt", reason="valid only until 2026-11-22")
    selling.counter.back_to_goods()
    selling.counter.begin_pay()
    assert selling.read("alipay_invitation").startswith("⚠ 支付宝证书过期了")
    selling.counter.show_qr()
    assert selling.counter.stage is Stage.PAY
    selling.press("cash_exact")
    selling.wait_for(Stage.PAID)
