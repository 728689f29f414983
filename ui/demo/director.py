"""Director: plays the short day on the real window, with real video in front of the real camera."""

import json
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from PySide6.QtWidgets import QAbstractButton, QWidget

from pos.domain.code import read_code
from pos.domain.staff import Role
from pos.sandbox import scene
from pos.sandbox.store import sample_products, sample_staff
from pos.scan.camera import VideoSource
from pos.scan.report import Stage as CameraStage
from pos.scan.scanner import Scanner
from ui.counter import Counter
from ui.demo.plan import HUB_BACK_BEFORE, HUB_DIES_BEFORE, Customer, Way, plan_day
from ui.demo.script import DemoStuck, Play, Until
from ui.demo.store import DemoStore
from ui.stage import Said, Stage, Word

SHOW_SECONDS = 1.2
"""How long a product lies under the camera."""
TRIES = 3
"""How often something is shown that was not seen, as a cashier would."""


@dataclass(slots=True)
class Tally:
    """What the director saw happen."""

    scanned_by_camera: int = 0
    shown_again: int = 0
    declined: int = 0
    resolved_unknown: int = 0
    by_qr: int = 0
    saw_unknown: bool = False
    receipts: list[str] = field(default_factory=list)


class Director:
    """Plays customers from a plan, those that are not in the till's books yet.

    Args:
        scanner: the camera's place, where video files are put.
    """

    def __init__(self, window: QWidget, counter: Counter, store: DemoStore, out: Path,
                 scanner: Scanner) -> None:  # fmt: skip
        self._window, self._counter, self._store, self._out, self._scanner = window, counter, store, out, scanner
        self._gateway = store.gateway.address
        self._workers = ThreadPoolExecutor(1)
        self._goods: Future[Path] | None = None
        self._asked = 0
        self.tally = Tally()
        counter.noticed.connect(self._on_noticed)
        counter.stage_changed.connect(self._on_stage)
        counter.basket.draft_kept.connect(lambda sale_id, lines: _tell(draft=sale_id, lines=lines))

    def day(self, is_synced: Callable[[], bool]) -> Play:
        """The whole day, from signing in to the figures."""
        yield from self._sign_in()
        yield Until("prices to arrive from the hub", lambda: bool(self._counter.basket.shelves()))
        done = self._counter.today().sales
        customers = plan_day(sample_products())
        for number, customer in enumerate(customers):
            if number == HUB_DIES_BEFORE:
                self._store.hub.kill()
            if number == HUB_BACK_BEFORE:
                self._store.hub.start()
                self._store.hub.wait()
            if number >= done:
                goods = self._goods or self._shoot_film(_goods_acts(customer.barcodes), "goods")
                following = customers[number + 1 : number + 2]
                self._goods = self._shoot_film(_goods_acts(following[0].barcodes), "goods") if following else None
                yield from self._serve(customer, number, goods)
        yield Until("every entry to reach the hub", is_synced, 60)
        yield from self._let_manager_look()
        yield from self._pause(0.3)
        self.shoot("today")

    def shoot(self, name: str) -> None:
        """Save the window as a picture, once a name."""
        path = self._out / f"{name}.png"
        if not path.exists():
            self._window.grab().save(str(path))

    def _sign_in(self) -> Play:
        yield from self._pause(0.3)
        self.shoot("sign-in")
        person = sample_staff()[0]
        self._counter.sign_in(person["number"], person["pin"])
        yield Until("to be signed in", lambda: self._counter.stage is not Stage.SIGN_IN)
        if self._counter.stage is Stage.OPEN_SHIFT:
            self._press("open_shift")
            yield Until("the shift to open", lambda: self._counter.stage is not Stage.OPEN_SHIFT)
        yield from self._end_what_was_left()

    def _let_manager_look(self) -> Play:
        """The figures are a manager's."""
        manager = next(each for each in sample_staff() if each["role"] == Role.MANAGER.value)
        self._counter.sign_out()
        self._counter.sign_in(manager["number"], manager["pin"])
        yield Until("the manager to be signed in", lambda: self._counter.stage is not Stage.SIGN_IN)
        self._counter.show(Stage.TODAY)
        yield Until("the day's figures", lambda: self._counter.stage is Stage.TODAY)

    def _end_what_was_left(self) -> Play:
        """After a crash the till may wait for a payment, or hold money whose sale is not finished."""
        counter = self._counter
        _tell(restored=counter.cart.sale_id, lines=len(counter.cart.lines))
        yield Until("an open payment to end", lambda: not counter.stage.is_paying
                    or counter.stage is Stage.MONEY_HERE, 90)  # fmt: skip
        if counter.stage is Stage.MONEY_HERE:
            self._press("finish_paid")
            yield Until("the paid sale to finish", lambda: counter.stage is Stage.PAID)
        if counter.stage is Stage.PAID:
            yield from self._thank()
        if counter.stage is Stage.PAY or counter.cart.lines:
            counter.clear()

    def _serve(self, customer: Customer, number: int, goods: Future[Path]) -> Play:
        yield from self._scan_goods(customer, goods)
        if number == 0:
            self.shoot("checkout")
        play = {
            Way.CASH: self._pay_cash, Way.ALIPAY: self._pay_alipay, Way.OFFERED: self._pay_offered,
            Way.PASSWORD: self._pay_password, Way.DECLINED: self._pay_declined, Way.UNKNOWN: self._pay_unknown,
            Way.QR: self._pay_qr,
        }[customer.way]  # fmt: skip
        yield from play()
        yield Until("the sale to be paid", lambda: self._counter.stage is Stage.PAID, 90)
        yield from self._thank()

    def _thank(self) -> Play:
        sale = self._counter.sale
        assert sale is not None
        self.tally.receipts.append(sale.receipt_no)
        _tell(acknowledged=sale.receipt_no, fen=sale.total.fen)
        yield from self._pause(0.1)
        self.shoot("paid")
        self._press("pay")
        yield Until("the next sale", lambda: self._counter.stage is Stage.SELL)

    def _scan_goods(self, customer: Customer, goods: Future[Path]) -> Play:
        wanted = {read_code(code).keys[0] for code in customer.barcodes}
        yield from self._project(goods, lambda: self._seen() == wanted)
        for _again in range(TRIES):
            missing = sorted(wanted - self._seen())
            if missing:
                self.tally.shown_again += 1
                film = self._shoot_film(_goods_acts(missing), "again")
                yield from self._project(film, lambda: self._seen() == wanted)
        yield Until(f"{len(wanted)} products in the cart", lambda: self._seen() == wanted, 1)
        self.tally.scanned_by_camera += len(wanted)

    def _seen(self) -> set[str]:
        return {line.product.barcode for line in self._counter.cart.lines if line.product}

    def _pay_cash(self) -> Play:
        self._press("pay")
        yield Until("the pay page", lambda: self._counter.stage is Stage.PAY)
        self._press("cash_exact")

    def _pay_alipay(self, kind: str = "normal") -> Play:
        self._press("pay")
        yield Until("the pay page", lambda: self._counter.stage is Stage.PAY)
        self.shoot("paying")
        yield from self._show_phone(kind)

    def _pay_offered(self) -> Play:
        yield from self._show_phone("normal")
        yield Until("the offer", lambda: self._counter.offer is not None, 30)
        self.shoot("offer")
        self._press("take_offer")

    def _pay_password(self) -> Play:
        yield from self._pay_alipay("password")
        yield Until("the customer to be waited for", lambda: self._counter.stage in {Stage.WAITING, Stage.PAID}, 30)
        self.shoot("waiting")

    def _pay_declined(self) -> Play:
        yield from self._pay_alipay("decline_balance")
        yield Until("the refusal", lambda: self._counter.stage is Stage.PAY, 30)
        yield from self._pause(0.1)
        self.shoot("declined")
        self._press("cash_exact")

    def _pay_unknown(self) -> Play:
        self._ask("/sandbox/faults", {"next": "drop_after", "method": "alipay.trade.pay"})
        self._ask("/sandbox/faults", {"next": "drop_after", "method": "alipay.trade.query", "count": 2})
        yield from self._pay_alipay()
        yield Until("the unknown answer", lambda: self._counter.stage in {Stage.UNKNOWN, Stage.PAID}, 40)
        self.shoot("unknown")
        yield Until("the unknown to resolve", lambda: self._counter.stage is Stage.PAID, 70)
        self.tally.resolved_unknown += self.tally.saw_unknown

    def _pay_qr(self) -> Play:
        self._press("pay")
        yield Until("the pay page", lambda: self._counter.stage is Stage.PAY)
        self._press("show_qr")
        yield Until("our code", lambda: self._counter.stage is Stage.QR)
        yield from self._pause(0.1)
        self.shoot("qr")
        self._ask("/sandbox/scan", {"qr_code": self._counter.qr, "buyer": "customer", "kind": "normal"})
        self.tally.by_qr += 1

    def _show_phone(self, kind: str) -> Play:
        """Hold a phone before the camera, with another code if the first was not seen."""
        asked = self._asked

        def is_seen() -> bool:
            return self._asked > asked or self._counter.offer is not None

        for again in range(TRIES):
            self.tally.shown_again += bool(again)
            code = self._ask("/sandbox/codes", {"buyer": "customer", "kind": kind})["code"]
            film = self._shoot_film([scene.show_phone(code, 2.0), scene.empty(0.4)], "phone")
            yield from self._project(film, is_seen)
            if is_seen():
                return
        yield Until("the phone to be seen", is_seen, 1)

    def _shoot_film(self, acts: list[scene.Act], name: str) -> Future[Path]:
        """Have a film made while the day goes on."""
        path = self._out / "video" / f"{name}-{time.monotonic_ns()}.avi"
        return self._workers.submit(_write_film, path, acts)

    def _project(self, film: Future[Path], is_seen: Callable[[], bool]) -> Play:
        """Put a film before the camera once it is made, and wait until it was seen or is over."""
        yield Until("the film to be made", film.done)
        self._scanner.open(VideoSource(film.result()))
        yield Until("the film to be over", lambda: is_seen() or self._scanner.state.stage is CameraStage.ENDED)
        yield from self._pause(0.1)

    def _ask(self, path: str, body: dict[str, object]) -> dict[str, str]:
        reply = httpx.post(self._gateway + path, json=body, timeout=10)
        reply.raise_for_status()
        answer: dict[str, str] = reply.json()
        return answer

    def _press(self, name: str) -> None:
        for button in self._window.findChildren(QAbstractButton, name):
            if button.isVisible() and button.isEnabled():
                button.click()
                return
        raise DemoStuck(what=f"a button {name} to press on {self._counter.stage}")

    def _pause(self, seconds: float) -> Play:
        until = time.monotonic() + seconds
        yield Until("a moment", lambda: time.monotonic() >= until, seconds + 5)

    def _on_noticed(self, what: object) -> None:
        if isinstance(what, Said) and what.word is Word.DECLINED:
            self.tally.declined += 1

    def _on_stage(self, stage: Stage) -> None:
        self._asked += stage is Stage.ASKING
        if stage is Stage.UNKNOWN:
            self.tally.saw_unknown = True


def _tell(**what: object) -> None:
    """Say on standard output what is on disk by now, one JSON object a line."""
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _goods_acts(barcodes: Sequence[str]) -> list[scene.Act]:
    return [act for code in barcodes for act in (scene.show_product(code, SHOW_SECONDS), scene.empty(0.4))]


def _write_film(path: Path, acts: list[scene.Act]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    scene.write_video(path, scene.frames(scene.Scene(acts)), fps=30)
    return path
