"""Scan box: says what every scanned text is, and hands it to whoever takes it; nothing scanned is a quantity or cash.

Goods go to the basket, cards to its cart, a payment code waits for one key or pays, a receipt opens the returns. What
needs a decision first is held here until somebody has decided, so that no scan is lost.
"""

import logging
from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from pos.domain.code import Code, CodeKind, read_code
from pos.domain.errors import PosError
from pos.domain.member import Member
from pos.domain.money import Money
from pos.domain.product import Pack, Product, the_only
from pos.domain.store_codes import Mode
from pos.scan.gs1 import read_label
from pos.scan.seen import Reading
from pos.till import goods
from pos.till.goods import OnSale, Printed
from ui.basket import Basket
from ui.hands import Hands
from ui.sounds import Tone
from ui.stage import Said, Stage, Word
from ui.timers import timer
from ui.told import coupon_word, member_word

_log = logging.getLogger(__name__)

SELLING = {Stage.SELL, Stage.PAY, Stage.PAID}
"""Stages in which goods that are scanned go into a cart."""
_NUMBER_PAGES = {Stage.REVIEW, Stage.RETURN, Stage.REFUND, Stage.LABELS}


class Which(NamedTuple):
    """Goods that may be several, and how many of them were asked for before they came."""

    found: OnSale
    times: int


class ScanBox(QObject):
    """What is done with a scan, by what it is and where the sale stands.

    Signals: ``noticed`` carries a Said or a PosError; ``offer_changed`` says that a payment code is held or let go;
    ``charge_wanted`` carries a payment code; ``number_seen`` a text for a page that asks for one; ``receipt_seen`` a
    receipt's, ``badge_seen`` a badge's; ``label_seen`` goods that look like a payment code; ``pick_changed`` and
    ``join_changed`` say that ``to_pick`` or ``to_join`` is another.

    Args:
        stage: where the sale stands.

    Attributes:
        held_code: a payment code seen among the goods; one key charges it.
        to_pick: what means several things: what was typed, then what was scanned, the oldest first; somebody picks.
        to_join: goods scanned on the pay page, the oldest first; one key puts them in.
    """

    noticed = Signal(object)
    offer_changed = Signal()
    charge_wanted = Signal(str)
    number_seen = Signal(str)
    receipt_seen = Signal(str)
    label_seen = Signal(str)
    badge_seen = Signal(str)
    pick_changed = Signal()
    join_changed = Signal()

    def __init__(self, hands: Hands, basket: Basket, stage: Callable[[], Stage], code_held_ms: int) -> None:
        super().__init__()
        self._till, self._sounds, self._basket, self._stage = hands.till, hands.sounds, basket, stage
        self.held_code = ""
        self.to_pick: list[Which] = []
        self.to_join: list[OnSale] = []
        self._code_forgotten = timer(self, code_held_ms, self.drop_offer, once=True)

    def see_reading(self, reading: Reading) -> None:
        """Take what the camera read; what is often misread must be something the till knows, or it is nothing."""
        if reading.is_weak and self._stage() in SELLING and self._is_unknown(reading.text):
            _log.debug("let pass: %r", reading)
            return
        self.see(reading.text, is_gs1=reading.is_gs1)

    def see(self, text: str, *, is_gs1: bool = False) -> None:
        """Take a text from the camera, a scanner or the keys.

        Args:
            is_gs1: the code said of itself that it holds GS1 element strings.
        """
        stage, code = self._stage(), read_code(text)
        if stage is Stage.CAMERA:
            self.number_seen.emit(text)
        elif code.kind is CodeKind.BADGE and (stage is Stage.MONEY_HERE or not (stage.is_paying or stage is Stage.PAY)):
            self.badge_seen.emit(code.text)
        elif stage.is_paying:
            self._complain(Said(Word.BUSY_PAYING))
        elif stage in _NUMBER_PAGES:
            self.number_seen.emit(text)
        elif stage in SELLING:
            mode = Mode.MONEY if stage is Stage.PAY else Mode.GOODS
            try:
                self._take(self._look(text, mode, is_gs1=is_gs1))
            except PosError as error:
                self._complain(error)

    def _look(self, text: str, mode: Mode, *, is_gs1: bool = False) -> OnSale | Member | Code:
        label = read_label(text, is_gs1=is_gs1)
        if label is None:
            return goods.look(self._till, text, mode)
        amount = None if label.price_fen is None else Money(label.price_fen)
        printed = Printed(label.lot, label.expires_on, label.weight_g, amount)
        return goods.look(self._till, label.key, mode, printed=printed)

    def _is_unknown(self, text: str) -> bool:
        try:
            found = self._look(text, Mode.GOODS)
        except PosError:
            return False
        return isinstance(found, Code) and found.kind in goods.GOODS

    def _take(self, found: OnSale | Member | Code) -> None:
        if isinstance(found, OnSale):
            self._take_goods(found)
        elif isinstance(found, Member):
            if self._basket.set_member(found):
                self.noticed.emit(member_word(self._basket.cart))
        elif found.kind in goods.GOODS and self._basket.is_asking_price:
            self._basket.price_told.emit([])
        elif found.kind in goods.GOODS:
            self._basket.add_unknown(found.text)
        else:
            self._take_code(found)

    def _take_goods(self, found: OnSale) -> None:
        pack = the_only(found.packs)
        if read_code(found.text).kind is CodeKind.PAYMENT:
            self.label_seen.emit(found.text)
        if self._basket.is_asking_price:
            self._basket.price_told.emit(list(found.packs))
        elif self._stage() is Stage.PAY:
            self.to_join.append(found)
            self._sounds.play(Tone.GOOD)
            self.join_changed.emit()
        elif pack is not None:
            self._basket.put(found, pack)
        elif self._basket.make_room():
            self.to_pick.append(Which(found, self._basket.take_times()))
            self._sounds.play(Tone.GOOD)
            self.pick_changed.emit()

    def _take_code(self, code: Code) -> None:
        if code.kind is CodeKind.PAYMENT:
            self._take_payment(code)
        elif code.kind is CodeKind.COUPON:
            self._take_coupon(code)
        elif code.kind is CodeKind.RECEIPT and self._stage() is not Stage.PAY:
            self.receipt_seen.emit(code.text)
        else:
            words = {CodeKind.WECHAT_PAY: Word.WECHAT, CodeKind.RECEIPT: Word.RECEIPT_LATER}
            self._complain(Said(words.get(code.kind, Word.BADGE)))

    def _take_coupon(self, code: Code) -> None:
        if self._basket.add_coupon(code.text):
            self.noticed.emit(coupon_word(self._basket.cart, code.text))

    # A payment code among the goods

    def _take_payment(self, code: Code) -> None:
        if self._stage() is Stage.PAY and not self.must_decide():
            self.charge_wanted.emit(code.text)
        elif self._stage() in {Stage.SELL, Stage.PAY} and self._basket.cart.is_payable:
            self.held_code = code.text
            self._code_forgotten.start()
            self._sounds.play(Tone.GOOD)
            self.offer_changed.emit()
        elif self._stage() is Stage.SELL:
            self._complain(Said(Word.CODE_BEFORE_GOODS))

    def take_offer(self) -> None:
        """Charge the payment code that is held."""
        if self.must_decide():
            return
        code = self.held_code
        self.drop_offer()
        if code and self._stage() in {Stage.SELL, Stage.PAY}:
            self.charge_wanted.emit(code)

    def drop_offer(self) -> None:
        """Forget the payment code that is held."""
        self.held_code = ""
        self._code_forgotten.stop()
        self.offer_changed.emit()

    # What somebody has to decide

    def must_decide(self) -> bool:
        """Whether something scanned still waits for a word; then it is asked again, before any money is taken."""
        if self.to_join or self.to_pick:
            self._sounds.play(Tone.BAD)
            (self.join_changed if self.to_join else self.pick_changed).emit()
        return bool(self.to_join or self.to_pick)

    def join(self) -> None:
        """Put in what was scanned on the pay page."""
        found, self.to_join = self.to_join, []
        self.join_changed.emit()
        for each in found:
            pack = the_only(each.packs)
            if pack:
                self._basket.put(each, pack)
            else:
                self.to_pick.append(Which(each, 1))
        if self.to_pick:
            self._basket.make_room()
            self.pick_changed.emit()

    def leave_out(self) -> None:
        """Leave out what was scanned on the pay page."""
        if self.to_join:
            self.to_join = []
            self.noticed.emit(Said(Word.LEFT_OUT))
            self.join_changed.emit()

    def ask_which(self, products: Sequence[Product]) -> None:
        """Ask at once which of several products is meant by what was typed; what was scanned waits."""
        if self._basket.make_room():
            self.noticed.emit(None)
            found = OnSale("", tuple(Pack(each, "") for each in products))
            self.to_pick.insert(0, Which(found, self._basket.take_times()))
            self.pick_changed.emit()

    def pick(self, pack: Pack) -> None:
        """Put in the one of several that somebody picked."""
        found, times = self.to_pick.pop(0)
        self.pick_changed.emit()
        self._basket.times = times
        if found.text:
            self._basket.put(found, pack)
        else:
            self._basket.add(pack.product)

    def pick_none(self) -> None:
        """It is none of them."""
        if self.to_pick:
            self.to_pick.pop(0)
            self.pick_changed.emit()

    def type_on(self) -> None:
        """Another word was typed: what was asked about the word before it is asked no more; how many still counts."""
        if self.to_pick and not self.to_pick[0].found.text:
            times = self.to_pick[0].times
            self.pick_none()
            self._basket.times = times

    def forget(self) -> None:
        """Forget everything that waits: the customer is another."""
        self.to_pick, self.to_join = [], []
        self.drop_offer()
        self.pick_changed.emit()
        self.join_changed.emit()

    def _complain(self, what: Said | PosError) -> None:
        self._sounds.play(Tone.BAD)
        self.noticed.emit(what)
