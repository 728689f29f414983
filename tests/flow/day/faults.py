"""What befalls the till in the day: a printer without a plug, a head office that is gone, a power cut at a payment."""

import httpx
import pytest

from pos.domain.errors import HubUnreachable
from tests.fakes import NOODLES, WATER
from tests.flow.day import returning, selling
from tests.flow.day.till_of_the_day import Day
from ui.stage import Stage


def printer_without_a_plug(day: Day) -> None:
    """A sale by Alipay and one in cash are made all the same; their receipts come when the plug is in again, once."""
    paper, came_out = day.printer.paper, len(day.printer.paper.slips)
    day.printer.switch_off()
    day.shop.wedge(WATER)
    selling.pay_by_code(day)
    day.paid(("alipay", 200))
    day.shop.wedge(NOODLES)
    selling.pay_exactly(day)
    day.paid(("cash", 450))
    assert day.shop.read("strip_printing") == "⚠ 打印机断开 · 2"
    assert len(paper.slips) == came_out
    day.printer.switch_on()
    day.shop.window._room.printing.look()  # as its clock does every five seconds
    day.shop.wait(lambda: not day.shop.sees("strip_printing"))
    day.shop.settle()
    numbers = [each["receipt_no"] for each in day.shop.sales()[-2:]]
    assert [[no in "".join(slip) for no in numbers] for slip in paper.slips[came_out:]] == [
        [True, False],
        [False, True],
    ]


def head_office_is_gone_for_an_hour(day: Day) -> None:
    """Everything goes on; what is unsent is counted, and goes up when the line is back."""
    day.send()
    assert day.unsent() == 0
    day.hub.kill()
    with pytest.raises((HubUnreachable, httpx.HTTPError)):
        day.send()
    day.world.clock.advance(1_800)
    returning.of_the_other_till_without_a_line(day)
    selling.in_bursts(day, 3)
    day.world.clock.advance(1_800)
    selling.laid_aside(day)
    assert day.unsent() > 5
    day.hub.start()
    day.send()
    assert day.unsent() == 0


def customer_confirms_while_the_power_is_out(day: Day) -> None:
    """The payment is on its way; on the disk it is sent, and nobody knows more. Then the lamp goes out."""
    day.shop.wedge(NOODLES, WATER)
    day.shop.type("F12")
    day.shop.wedge(day.world.alipay.show_code("张先生", must_confirm=True))
    day.wait_for(Stage.WAITING)
    day.world.open_anew().close()  # the files as they are now; what the window still does is done to the old ones


def payment_is_settled_after_all(day: Day) -> None:
    """The window stands where it stood, asks, and the sale is there: once."""
    before = len(day.shop.sales())
    day.wait_for(Stage.WAITING)
    assert day.world.alipay.confirm("张先生") == 1
    day.paid(("alipay", 650))
    assert len(day.shop.sales()) == before + 1
