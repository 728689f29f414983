"""Paper: a printer that cannot print, what cannot be printed or written; selling goes on."""

from pos.domain.errors.base import CheckoutError, DeviceError


class BadPrinterAddress(DeviceError):
    """``address`` is not one that a printer can have."""

    code = "P-330"


class PrinterLost(DeviceError):
    """The printer at ``address`` cannot be reached, or was lost before anything was printed (``reason``)."""

    code = "P-331"


class PaperOut(DeviceError):
    """The printer at ``address`` has no paper."""

    code = "P-332"


class CoverOpen(DeviceError):
    """The cover of the printer at ``address`` is open."""

    code = "P-333"


class PrinterFault(DeviceError):
    """The printer at ``address`` says that it is out of order, such as by a cutter that is stuck."""

    code = "P-334"


class PrintDoubtful(DeviceError):
    """The printer at ``address`` was lost in the middle (``reason``): nobody but a person can tell what is on paper."""

    code = "P-335"


class NoPrinter(DeviceError):
    """No printer is set up."""

    code = "P-336"


class ListNotWritten(DeviceError):
    """A list cannot be written to ``path`` (``reason``)."""

    code = "P-337"


class LogoUnreadable(DeviceError):
    """The picture in ``path`` cannot be read as one."""

    code = "P-338"


class NothingToReprint(CheckoutError):
    """Nothing has been sold yet that could be printed again."""

    code = "P-181"
