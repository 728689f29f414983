"""What the cashier can mend now."""

from pos.domain.errors.base import CheckoutError


class CartFull(CheckoutError):
    """The cart has reached ``limit`` lines."""

    code = "P-102"


class QuantityOutOfRange(CheckoutError):
    """A quantity lies outside 1..``limit``."""

    code = "P-103"


class NotEnoughTendered(CheckoutError):
    """Less was handed over (``handed_over``) than is due (``due``)."""

    code = "P-105"


class ShiftNotOpen(CheckoutError):
    """A shift must be open before anything is sold."""

    code = "P-106"


class ShiftAlreadyOpen(CheckoutError):
    """A shift is open already, by ``cashier``."""

    code = "P-107"


class CartNotPayable(CheckoutError):
    """The cart is empty or still holds a line with an unknown barcode (``unknown`` of them)."""

    code = "P-108"


class WrongPin(CheckoutError):
    """Number or PIN is wrong; ``tries_left`` before a pause."""

    code = "P-109"


class PinPaused(CheckoutError):
    """Too many wrong PINs; try again in ``wait_s`` seconds, which is ``minutes`` at most."""

    code = "P-110"


class AmountOutOfRange(CheckoutError):
    """A price or total lies outside 0..``limit_fen``."""

    code = "P-111"


class NoSuchLine(CheckoutError):
    """The cart has no line ``line_no``."""

    code = "P-112"


class SaleIsBeingPaid(CheckoutError):
    """An attempt of this sale is still open (``out_trade_no``): finish or stop it first."""

    code = "P-113"


class BadNumber(CheckoutError):
    """A typed number cannot be read (``text``)."""

    code = "P-114"


class WeakPin(CheckoutError):
    """A new PIN would be guessed early (``reason``, which tells nothing of it); ``digits`` it must have at least."""

    code = "P-115"


class NeedsManager(CheckoutError):
    """Nobody who may do it (``act``) has said yes."""

    code = "P-116"


class SamePerson(CheckoutError):
    """Nobody approves what they do themselves."""

    code = "P-117"


class WrongUnlockCode(CheckoutError):
    """It is not the manager's unlock code."""

    code = "P-118"


class WrongPhoneCode(CheckoutError):
    """The digits told over the telephone are not the answer; ``tries_left`` before a pause."""

    code = "P-120"


class PhoneCodeGone(CheckoutError):
    """What the till showed for the telephone was used, is older than a minute, or was for something else."""

    code = "P-121"


class NoPhoneKey(CheckoutError):
    """Whoever should say yes (``number``) has no key for the telephone at this till."""

    code = "P-122"


class UnknownBadge(CheckoutError):
    """The badge is nobody's at this till."""

    code = "P-123"


class ReasonMissing(CheckoutError):
    """What is done (``act``) must be given a reason."""

    code = "P-124"


class PriceMissing(CheckoutError):
    """Goods with an open price have none yet (``count`` lines, the first is of ``name``)."""

    code = "P-131"


class WeightMissing(CheckoutError):
    """Goods that are sold by weight have not been weighed (``count`` lines, the first is of ``name``)."""

    code = "P-135"


class DiscountOutOfRange(CheckoutError):
    """A discount is more than there is (``limit``)."""

    code = "P-132"


class DiscountOfNothing(CheckoutError):
    """A discount takes nothing off."""

    code = "P-136"


class NotOnThisLine(CheckoutError):
    """A line cannot be changed like that: it is not known, or not weighed."""

    code = "P-133"


class NothingToUndo(CheckoutError):
    """The cart is as it began."""

    code = "P-134"


class LabelUnusable(CheckoutError):
    """A scale label of ``name`` says nothing that could be sold (``reason``: "price" or "empty")."""

    code = "P-151"


class TooFewLabels(CheckoutError):
    """A rule is proposed from ``needed`` different labels; there are ``count``."""

    code = "P-152"


class NotAScaleLabel(CheckoutError):
    """What was scanned (``text``) is not 13 or 18 digits that begin as a store's own do."""

    code = "P-153"


class LabelsDiffer(CheckoutError):
    """Two labels (``text``, ``other``) cannot be of one kind: their lengths or beginnings differ."""

    code = "P-154"


class NoRuleFits(CheckoutError):
    """No layout makes weighed goods of this store out of all ``count`` labels."""

    code = "P-155"


class GoodsExpired(CheckoutError):
    """``name`` may not be sold any more: it was good until ``expires_on``."""

    code = "P-156"


class GoodsRecalled(CheckoutError):
    """``name`` is called back (``words``)."""

    code = "P-157"


class TareTooHeavy(CheckoutError):
    """A tare of ``tare_g`` leaves nothing of ``gross_g``."""

    code = "P-158"


class TooHeavyByHand(CheckoutError):
    """A weight typed by hand is more than scales at a counter weigh (``limit_kg``)."""

    code = "P-159"


class NumberTooLong(CheckoutError):
    """What was typed has more digits than any number here (``text``): it is sooner a barcode."""

    code = "P-160"


class GramsOrKilograms(CheckoutError):
    """A whole ``number`` typed for a weight may be grams as well as kilograms; ``kilos`` is what it is as grams."""

    code = "P-161"


class NothingToSuspend(CheckoutError):
    """There is nothing in the cart that could be laid aside."""

    code = "P-171"


class TooManySuspended(CheckoutError):
    """``limit`` carts are laid aside at this till already."""

    code = "P-172"


class CounterNotEmpty(CheckoutError):
    """Another cart is on the counter: pay for it or lay it aside first."""

    code = "P-173"


class CartTaken(CheckoutError):
    """The suspended cart was handed to ``till``."""

    code = "P-174"


class CartGone(CheckoutError):
    """Nobody knows this suspended cart any more: it was gone on with, or thrown away."""

    code = "P-175"


class CartUnreadable(CheckoutError):
    """The suspended cart was written by a newer program, at ``till``."""

    code = "P-176"


class CartSold(CheckoutError):
    """The cart is sold (``receipt_no``)."""

    code = "P-177"
