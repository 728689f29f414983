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


class ExportNotWritten(CheckoutError):
    """What was to be given out cannot be written to ``path`` (``reason``)."""

    code = "P-194"


class BadParcelAddress(CheckoutError):
    """``text`` is no hub's address for parcels."""

    code = "P-196"


class ParcelUnreadable(CheckoutError):
    """The parcel at ``path`` is not for this hub, not whole, or none at all (``reason``)."""

    code = "P-195"
