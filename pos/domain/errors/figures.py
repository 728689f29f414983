"""What stands in the way of a day's figures."""

from pos.domain.errors.base import CheckoutError


class DayNotOver(CheckoutError):
    """A shift of ``day`` is still open."""

    code = "P-191"


class DayAlreadyClosed(CheckoutError):
    """``day`` was closed before; it never changes."""

    code = "P-192"


class NothingToClose(CheckoutError):
    """Nobody had a shift on ``day``."""

    code = "P-193"
