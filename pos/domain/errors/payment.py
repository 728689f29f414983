"""About money asked for through a gateway."""

from pos.domain.errors.base import PaymentError


class NotAPaymentCode(PaymentError):
    """The text scanned is no payment code this till can charge."""

    code = "P-203"


class IllegalMove(PaymentError):
    """A payment attempt cannot go from ``state`` to ``to``."""

    code = "P-205"


class PaymentUnavailable(PaymentError):
    """No payment account is set up at this till; nothing was asked for."""

    code = "P-206"


class MoreThanIsLeft(PaymentError):
    """Less than this, or nothing, of a sale's money may still go back."""

    code = "P-208"


class SaleNotFound(PaymentError):
    """No sale with this receipt number is known here."""

    code = "P-209"


class NothingToRefund(PaymentError):
    """The sale was not paid by Alipay, or all of it went back already."""

    code = "P-210"


class GatewayDown(PaymentError):
    """Alipay has not answered for several calls in a row, so no new payment is begun."""

    code = "P-211"


class BillUnreadable(PaymentError):
    """What should be a day's bill is none (``reason``)."""

    code = "P-207"


class BillNotReady(PaymentError):
    """Alipay has no bill of ``day``, or not yet: it is there from about nine on the next morning."""

    code = "P-212"


class MoreThanIsDue(PaymentError):
    """A part of a sale must be more than nothing and no more than is ``due`` (``amount``)."""

    code = "P-213"


class PaidMoreThanTotal(PaymentError):
    """The goods would be worth less (``total``) than what is paid for them already (``paid``)."""

    code = "P-214"


class TenderNotCorrectable(PaymentError):
    """The tender is no cash, nor what a cashier's word stands for, so nobody's word can change it."""

    code = "P-215"


class TenderExchanged(PaymentError):
    """Goods that the tender paid for were exchanged for others already, so it stays what it was called."""

    code = "P-216"
