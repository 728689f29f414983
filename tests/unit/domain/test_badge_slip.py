"""A badge says whose it is, and holds the code whole."""

from pos.domain.badge_slip import badge_slip
from pos.domain.paper import Paper
from pos.domain.receipt import Heading
from pos.domain.slip import NARROW, as_text
from pos.domain.staff import Cashier, Role


def test_a_badge_reads_like_this() -> None:
    lin = Cashier("1001", "林小雨", Role.CASHIER)
    assert as_text(badge_slip(lin, "GTB1:0123456789ABCDEFGHJKMNPQRS", Heading("柜台便利店", Paper())), NARROW) == [
        "   柜台便利店",
        "",
        "      工牌",
        "-" * 32,
        "  林小雨 1001",
        "",
        "[GTB1:0123456789ABCDEFGHJKMNPQRS]",
        "",
        "拿着它的人就能用这台收银机，丢了",
        "          马上告诉店长",
    ]
