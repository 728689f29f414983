"""``python -m tests.faults.counter_app FOLDER SEED SALES``: the app itself, offscreen, and a cashier who never rests.

Everything is real: the window, its lanes, its files, the hub and the gateway it asks. What it says on standard output
is what a customer holds in hand. After SALES sales it waits until nothing is open or unsent, says so, and ends.
"""

import json
import os
import pickle
import sys
from pathlib import Path
from random import Random

os.environ["QT_QPA_PLATFORM"] = "offscreen"

import httpx
from PySide6.QtCore import QCoreApplication, QTimer

from pos.domain.money import Money
from pos.domain.payment import AttemptState
from pos.sandbox.store import sample_products, sample_staff
from pos.settings import Settings
from pos.till import review
from ui.app import App
from ui.application import SMALL_SCREEN, make_application
from ui.stage import Pace, Stage

CANCELLING = AttemptState.CANCELLING
STEP_MS = 15
PATIENCE = 200
"""Steps a cashier waits on the pay page for an answer before taking cash."""
BARCODES = [each["barcodes"][0] for each in sample_products() if each["barcodes"] and len(each["barcodes"][0]) == 13]


class Cashier:
    """Does the next thing whenever the counter rests."""

    def __init__(self, app: App, gateway: str, chance: Random, sales: int) -> None:
        self._app, self._counter, self._gateway = app, app.counter, gateway
        self._chance, self._left = chance, sales
        self._stage: Stage | None = None
        self._steps = 0
        self._is_stocked = False
        self._counter.basket.draft_kept.connect(lambda sale_id, lines: tell(draft=sale_id, lines=lines))

    def step(self) -> None:
        """Look where the counter stands, and do one thing."""
        stage = self._counter.stage
        is_new = stage is not self._stage
        self._stage, self._steps = stage, 0 if is_new else self._steps + 1
        act = {
            Stage.SIGN_IN: self._sign_in, Stage.OPEN_SHIFT: self._open, Stage.SELL: self._sell, Stage.PAY: self._pay,
            Stage.PAID: self._thank, Stage.MONEY_HERE: self._finish, Stage.WAITING: self._wait,
        }.get(stage)  # fmt: skip
        if act:
            act()

    def _is_first(self) -> bool:
        return self._steps == 0

    def _sign_in(self) -> None:
        if self._steps % PATIENCE == 0:
            person = sample_staff()[0]
            self._counter.sign_in(person["number"], person["pin"])

    def _open(self) -> None:
        if self._is_first():
            self._counter.open_shift(Money(10_000))

    def _sell(self) -> None:
        cart = self._counter.cart
        if self._is_first() and cart.lines:
            tell(restored=cart.sale_id, lines=len(cart.lines))
        if self._left <= 0 and not cart.lines:
            self._settle()
        elif self._knows_goods() and len(cart.lines) < 1 + self._chance.randrange(3):
            self._counter.code_seen(self._chance.choice(BARCODES))
        elif cart.lines:
            self._counter.begin_pay()

    def _knows_goods(self) -> bool:
        """Whether the whole catalogue has come down; a text nobody knows yet would stop the sale."""
        self._is_stocked = self._is_stocked or all(self._counter.basket.look_up(barcode) for barcode in BARCODES)
        return self._is_stocked

    def _pay(self) -> None:
        draw = self._chance.random()
        if self._steps > PATIENCE or (self._is_first() and draw < 0.4):
            self._counter.pay_cash(self._counter.cart.total)
        elif self._is_first():
            kind = self._chance.choice(("normal", "normal", "normal", "never"))
            answer = httpx.post(f"{self._gateway}/sandbox/codes", json={"buyer": "c", "kind": kind}, trust_env=False)
            self._counter.code_seen(str(answer.json()["code"]))

    def _wait(self) -> None:
        if self._steps == PATIENCE // 4:
            self._counter.stop_waiting()

    def _finish(self) -> None:
        if self._steps % PATIENCE == 0:
            self._counter.finish_paid()

    def _thank(self) -> None:
        if self._is_first():
            sale = self._counter.sale
            assert sale is not None
            tell(acknowledged=sale.receipt_no, fen=sale.total.fen)
            self._left -= 1
            self._counter.next_sale()

    def _settle(self) -> None:
        """End when the hub has everything and no payment waits; what was cancelled may take minutes to be sure of."""
        entries, acked = self._app.journal_marks()
        waiting = [each for each in review.open_payments(self._app._reading).attempts if each.state is not CANCELLING]
        if entries == acked and not waiting:
            tell(entries=entries, acked=acked)
            QCoreApplication.exit(0)


def tell(**said: str | int) -> None:
    """Say something on standard output, at once."""
    sys.stdout.write(json.dumps(said) + "\n")
    sys.stdout.flush()


def main() -> int:
    """Play until killed, or until all is settled."""
    folder, seed, sales = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    settings, gateway = pickle.loads((folder / "settings.pickle").read_bytes())
    assert isinstance(settings, Settings)
    qt = make_application(settings, SMALL_SCREEN)
    app = App(settings, None, pace=Pace(poll_ms=200, confirm_s=5, resolve_ms=300))
    app.window.resize(SMALL_SCREEN)
    app.window.show()
    app.start()
    tell(up=1)
    timer, cashier = QTimer(), Cashier(app, gateway, Random(seed), sales)
    timer.timeout.connect(cashier.step)
    timer.start(STEP_MS)
    try:
        return qt.exec()
    finally:
        app.close()


if __name__ == "__main__":
    sys.exit(main())
