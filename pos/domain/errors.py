"""The error tree: everything the world may do to a till, each with a stable code.

PosError                 expected; the screen turns the code into words (ui/messages.py)
├── CheckoutError        the cashier can mend it now
├── PaymentError         about money asked for through a gateway
├── DeviceError          selling goes on
├── SyncError            selling goes on; retried
├── StorageError         selling stops, in words, and nothing is half done
├── SetupError           the till does not start; somebody must mend its set-up
└── RulesError           what a store's rules say is not taken; selling goes on with the rules before

Anything that is not a PosError is a bug.
"""

from typing import ClassVar


class PosError(Exception):
    """Something expected went wrong.

    Attributes:
        code: stable, short, shown in grey on the screen ("P-101").
        facts: what the words need, such as ``text`` or ``limit``; never a secret.
    """

    code: ClassVar[str] = "P-000"

    def __init__(self, **facts: object) -> None:
        super().__init__(facts)
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{key}={value}" for key, value in self.facts.items())
        return f"{self.code} {type(self).__name__}({told})"


class CheckoutError(PosError):
    """The cashier can mend it at the counter."""

    code = "P-100"


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


class PriceMissing(CheckoutError):
    """Goods with an open price have none yet (``count`` lines, the first is of ``name``)."""

    code = "P-131"


class DiscountOutOfRange(CheckoutError):
    """A discount is nothing, or more than there is (``limit``)."""

    code = "P-132"


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


class PaymentError(PosError):
    """About money asked for through a gateway."""

    code = "P-200"


class NotAPaymentCode(PaymentError):
    """The text scanned is no payment code this till can charge."""

    code = "P-203"


class IllegalMove(PaymentError):
    """A payment attempt cannot go from ``state`` to ``to``."""

    code = "P-205"


class DeviceError(PosError):
    """A device is missing or broken; selling goes on."""

    code = "P-300"


class CameraLost(DeviceError):
    """The camera ``source`` cannot be opened or stopped giving frames."""

    code = "P-301"


class DecoderMissing(DeviceError):
    """A reading library (``library``) is not there; the others go on."""

    code = "P-302"


class SecondCopyBehind(DeviceError):
    """The second copy in ``path`` lacks entries (``reason``); it is caught up by itself when it can be written."""

    code = "P-304"


class ManifestUnreadable(DeviceError):
    """The list of pictures in ``path`` cannot be read (``reason``)."""

    code = "P-309"


class VideoNotWritten(DeviceError):
    """A video cannot be written to ``path``."""

    code = "P-303"


class ScaleLost(DeviceError):
    """The scale at ``port`` cannot be opened or was pulled out; it is looked for again by itself."""

    code = "P-320"


class ScaleSilent(DeviceError):
    """The scale at ``port`` is there, but has sent no weight that can be read for ``seconds``."""

    code = "P-321"


class ScaleUnstable(DeviceError):
    """What lies on the scale still moves."""

    code = "P-322"


class ScaleBelowZero(DeviceError):
    """The scale shows less than nothing, or nothing."""

    code = "P-323"


class ScaleOverloaded(DeviceError):
    """More lies on the scale than it can weigh."""

    code = "P-324"


class SyncError(PosError):
    """Upstream cannot be had; selling goes on."""

    code = "P-400"


class HubUnreachable(SyncError):
    """The hub did not answer (``reason``); retried."""

    code = "P-401"


class JournalFork(SyncError):
    """The hub holds another entry under our number ``seq``: two tills share one identity."""

    code = "P-402"


class HubRefused(SyncError):
    """The hub answered ``status`` to what we sent; retried, and shown."""

    code = "P-403"


class NotEnrolled(SyncError):
    """The hub does not know this till yet, so nothing is sent and no price is taken; selling goes on."""

    code = "P-404"


class HubNotOurs(SyncError):
    """What answers at the hub's address does not hold the key pinned at enrolment (``reason``)."""

    code = "P-405"


class DeviceRefused(SyncError):
    """The hub does not take this till's key any more, or never did (``reason``)."""

    code = "P-406"


class ClocksApart(SyncError):
    """The clocks of till and hub are ``minutes`` apart; the till goes by the hub's when it signs."""

    code = "P-407"


class CodeRefused(SyncError):
    """The enrolment code is wrong, used or too old, or the hub does not know it."""

    code = "P-408"


class RulesRefused(SyncError):
    """The rule document ``version`` from the hub cannot be used (``reason``); the one before stays in force."""

    code = "P-409"


class StorageError(PosError):
    """The till cannot keep what it is told, so it stops selling."""

    code = "P-500"


class DiskFull(StorageError):
    """There is no room left beside ``path``; nothing was half written."""

    code = "P-501"


class BallastFreed(DiskFull):
    """The disk was full, and what was kept free for this has been given up: done again, it will be written."""

    code = "P-512"


class DatabaseDamaged(StorageError):
    """The database at ``path`` cannot be read (``reason``)."""

    code = "P-502"


class SchemaTooNew(StorageError):
    """The database at ``path`` was written by a newer version of the till."""

    code = "P-503"


class SqliteTooOld(StorageError):
    """SQLite ``found`` has a defect that can lose a commit; ``needed`` or later must be there."""

    code = "P-504"


class DatabaseInUse(StorageError):
    """Another till program is working on ``path``."""

    code = "P-505"


class CommitUnknown(StorageError):
    """A commit raised, so it may or may not be on disk; look up ``sale_id`` after reopening."""

    code = "P-506"


class JournalBroken(StorageError):
    """The journal's chain does not hold at ``seq`` of ``epoch`` (``reason``)."""

    code = "P-507"


class JournalRolledBack(StorageError):
    """A copy of the journal, in ``path``, goes beyond this one, or has another entry ``seq`` of ``epoch``."""

    code = "P-508"


class BackupInPlace(StorageError):
    """The file at ``path`` is a backup: to sell on it would give its numbers out twice."""

    code = "P-509"


class RebuildImpossible(StorageError):
    """The till's database at ``path`` cannot be made again (``reason``)."""

    code = "P-510"


class StillUnsent(StorageError):
    """The till still has what nobody else has (``reason``), so its data must stay."""

    code = "P-511"


class SetupError(PosError):
    """The till cannot start as it is set up."""

    code = "P-600"


class SettingsUnreadable(SetupError):
    """The settings at ``path`` cannot be read (``reason``)."""

    code = "P-601"


class UnknownSetting(SetupError):
    """The settings at ``path`` hold a key (``key``) this version does not know."""

    code = "P-602"


class PortTaken(SetupError):
    """Another program listens at ``address`` already."""

    code = "P-603"


class KeyUnreadable(SetupError):
    """A key file at ``path`` is missing, unreadable, too open, or no key (``reason``)."""

    code = "P-604"


class CertificateExpired(KeyUnreadable):
    """A certificate at ``path`` is valid no more, or not yet (``reason``)."""

    code = "P-612"


class BrokenPair(SetupError):
    """PySide6 ``pyside`` aborts under Python ``python`` after some thousand calls."""

    code = "P-605"


class LibraryMissing(SetupError):
    """A system library (``library``) is missing; ``remedy`` installs it."""

    code = "P-606"


class WrongTill(SetupError):
    """The files at ``path`` belong to till ``found``, not to the one in the settings."""

    code = "P-607"


class PepperLost(SetupError):
    """PINs were made with a key that is not in the file at ``path`` any more, so none of them can be checked."""

    code = "P-613"


class BadTiles(SetupError):
    """An arrangement of tiles cannot be used: ``field`` of page ``page`` (from 1; 0 for the whole)."""

    code = "P-619"


class PaymentUnavailable(PaymentError):
    """No payment account is set up at this till; nothing was asked for."""

    code = "P-206"


class ChildFailed(SetupError):
    """A helper program (``command``) ended before it was ready; its words are in ``log``."""

    code = "P-608"


class HubDatabaseUnusable(SetupError):
    """The hub's database at ``url`` cannot be opened (``reason``)."""

    code = "P-609"


class GatewayNotSafe(SetupError):
    """The gateway's ``address`` is neither https nor on this machine, so others could read along."""

    code = "P-610"


class SandboxUnreachable(SetupError):
    """The gateway simulator at ``address`` does not answer (``reason``)."""

    code = "P-611"


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


class RulesError(PosError):
    """Something is wrong with a store's rules; the whole document is kept out."""

    code = "P-700"


class BadRule(RulesError):
    """The promotion ``rule`` has a ``field`` that cannot be understood (``reason``)."""

    code = "P-701"


class BadStoreRule(RulesError):
    """The ``rule`` in the ``part`` of a store's rules has a ``field`` that cannot be used (``reason``)."""

    code = "P-702"


class MoreThanIsDue(PaymentError):
    """A part of a sale must be more than nothing and no more than is ``due`` (``amount``)."""

    code = "P-213"


class PaidMoreThanTotal(PaymentError):
    """The goods would be worth less (``total``) than what is paid for them already (``paid``)."""

    code = "P-214"


class CashOfNoSale(PaymentError):
    """Cash (``amount``) is in the drawer of a sale that is not done, or is still to be handed back."""

    code = "P-215"
