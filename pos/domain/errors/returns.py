"""About goods that come back."""

from pos.domain.errors.base import PaymentError


class ReceiptForged(PaymentError):
    """A receipt's code claims to be signed by this group and is not, or by a key that is not known here."""

    code = "P-221"


class MoreThanWasSold(PaymentError):
    """Less of ``name`` than this may still come back: ``left``, already as words."""

    code = "P-222"


class NothingToReturn(PaymentError):
    """Nothing was chosen, or everything of the sale (``receipt_no``) has come back."""

    code = "P-223"


class MoreThanReceipt(PaymentError):
    """The goods are worth more (``amount``) than the receipt still proves (``left``)."""

    code = "P-224"


class NoWayBack(PaymentError):
    """Money taken by a tender of this ``kind`` cannot be given back at this till."""

    code = "P-225"


class SaleElsewhere(PaymentError):
    """The sale (``receipt_no``) is another till's, and head office cannot be asked now."""

    code = "P-226"


class ExchangeGone(PaymentError):
    """What was to pay for a cart in goods came back otherwise meanwhile, or was begun at another till."""

    code = "P-227"


class ExchangeDone(PaymentError):
    """Goods pay for this cart already; one exchange at a time."""

    code = "P-228"


class CardNotExchanged(PaymentError):
    """What a bank card paid goes back on its own terminal, and pays for no other goods."""

    code = "P-229"
