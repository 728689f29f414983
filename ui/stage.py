"""Stage: what the counter is doing, and what it says about it."""

from dataclasses import dataclass
from enum import StrEnum

from pos.domain.money import Money
from pos.domain.payment import CODE_HELD, CONFIRM_WITHIN, POLL_EVERY, QR_SHOWN


class Stage(StrEnum):
    """What the counter is doing; each has its own page or panel."""

    SIGN_IN = "sign_in"
    OPEN_SHIFT = "open_shift"
    SELL = "sell"
    PAY = "pay"
    ASKING = "asking"
    WAITING = "waiting"
    UNKNOWN = "unknown"
    QR = "qr"
    STOPPING = "stopping"
    MONEY_HERE = "money_here"
    PAID = "paid"
    CLOSE_SHIFT = "close_shift"
    SHIFT_CLOSED = "shift_closed"
    TODAY = "today"
    REVIEW = "review"
    RETURN = "return"
    REFUND = "refund"
    BILL = "bill"
    KEYS = "keys"
    SUSPENDED = "suspended"
    STORE = "store"
    LABELS = "labels"
    TILES = "tiles"
    PAPER = "paper"
    CAMERA = "camera"
    PRINTING = "printing"
    DRAWER = "drawer"
    CASH_MOVE = "cash_move"
    TENDERS = "tenders"
    FIGURES = "figures"
    ANSWER = "answer"

    @property
    def is_paying(self) -> bool:
        """Whether money is on its way, so that nothing else may be started."""
        return self in {Stage.ASKING, Stage.WAITING, Stage.UNKNOWN, Stage.QR, Stage.STOPPING,
                        Stage.MONEY_HERE}  # fmt: skip


class Word(StrEnum):
    """What the counter has to say that is no error; ``ui.messages`` has the sentences."""

    UNKNOWN_BARCODE = "unknown_barcode"
    EMPTY_CART = "empty_cart"
    CASH_FIRST = "cash_first"
    MUCH_CASH = "much_cash"
    MUCH_DEARER = "much_dearer"
    PICK_ONE = "pick_one"
    NOT_FOUND = "not_found"
    NO_SUCH_ROW = "no_such_row"
    NUMBER_ALONE = "number_alone"
    CODE_BEFORE_GOODS = "code_before_goods"
    BUSY_PAYING = "busy_paying"
    IN_HAND = "in_hand"
    LABEL_MISMATCH = "label_mismatch"
    LABEL_REDUCED = "label_reduced"
    LOOK_FOR_LOT = "look_for_lot"
    MEMBER_HERE = "member_here"
    MEMBER_LATER = "member_later"
    MEMBER_STRANGE = "member_strange"
    COUPON_USED = "coupon_used"
    COUPON_WAITS = "coupon_waits"
    COUPON_SPEND = "coupon_spend"
    COUPON_FREE = "coupon_free"
    COUPON_GOODS = "coupon_goods"
    COUPON_STRANGE = "coupon_strange"
    REMOVED = "removed"
    CLEARED = "cleared"
    CHOOSE_LINE = "choose_line"
    LEFT_OUT = "left_out"
    WECHAT = "wechat"
    RECEIPT_LATER = "receipt_later"
    BADGE = "badge"
    NOW_SELLS = "now_sells"
    CASH_MOVED = "cash_moved"
    TENDER_CORRECTED = "tender_corrected"
    DECLINED = "declined"
    NOT_YET = "not_yet"
    STOPPED = "stopped"
    STOPPED_UNCERTAIN = "stopped_uncertain"
    MONEY_RETURNED = "money_returned"
    PART_FIRST = "part_first"
    PART_TAKEN = "part_taken"
    PARTS_STAND = "parts_stand"
    GIVE_BACK_FIRST = "give_back_first"
    HANDED_BACK_FIRST = "handed_back_first"
    CLEAR_RETURNS = "clear_returns"
    CASH_BACK = "cash_back"
    CASH_UNCLAIMED = "cash_unclaimed"
    UNCLAIMED = "unclaimed"
    CART_RESTORED = "cart_restored"
    OTHERS_SHIFT = "others_shift"
    OTHERS_CART = "others_cart"
    LAID_ASIDE = "laid_aside"
    LANGUAGE_LATER = "language_later"
    MANAGERS_ROOM = "managers_room"
    WEAK_PIN = "weak_pin"


@dataclass(frozen=True, slots=True)
class Said:
    """A word and what it is about.

    Attributes:
        reason: a gateway's sub_code, the barcode nobody knows, or what is due.
        reason_en: the same in English, where it is the name of something that has one.
    """

    word: Word
    amount: Money | None = None
    reason: str = ""
    reason_en: str = ""


@dataclass(frozen=True, slots=True)
class Pace:
    """How often and how long; shorter in tests."""

    poll_ms: int = int(POLL_EVERY.total_seconds() * 1000)
    confirm_s: int = int(CONFIRM_WITHIN.total_seconds())
    qr_s: int = int(QR_SHOWN.total_seconds())
    resolve_ms: int = 15_000
    code_held_ms: int = int(CODE_HELD.total_seconds() * 1000)
