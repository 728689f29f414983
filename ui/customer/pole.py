"""Pole sign: the amount that a customer reads off the display on the pole."""

from typing import Protocol

from PySide6.QtCore import QObject

from pos.device.pole import Lamp
from pos.domain.money import Money
from pos.domain.sale import TenderKind
from ui.counter import Counter
from ui.stage import Stage

_AWAY = {Stage.SIGN_IN, Stage.OPEN_SHIFT, Stage.SHIFT_CLOSED}
"""Stages in which nobody stands at the counter, whatever its draft holds."""


class Display(Protocol):
    """Eight digits with a lamp for what they are."""

    def show(self, lamp: Lamp, amount: Money) -> None:
        """Show an amount."""

    def clear(self) -> None:
        """Show nothing."""


class PoleSign(QObject):
    """While goods are scanned what is due, after the sale the change, and nothing of any other customer's."""

    def __init__(self, counter: Counter, display: Display) -> None:
        super().__init__(counter)
        self._counter, self._display = counter, display
        counter.stage_changed.connect(lambda _stage: self.show_amount())
        counter.basket.cart_changed.connect(self.show_amount)
        counter.parts.changed.connect(self.show_amount)

    def show_amount(self) -> None:
        """Show what the customer wants to know now."""
        counter, sale = self._counter, self._counter.sale
        if counter.stage is Stage.PAID and sale:
            in_cash = any(each.kind is TenderKind.CASH for each in sale.tenders)
            self._display.show(*((Lamp.CHANGE, sale.change) if in_cash else (Lamp.RECEIVED, sale.total)))
        elif counter.cart.lines and counter.stage not in _AWAY:
            self._display.show(Lamp.TOTAL, counter.due)
        else:
            self._display.clear()
