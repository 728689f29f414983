"""From pixels to codes: real video files, and a minute of goods."""

import random
import threading
from pathlib import Path

from pos.domain.code import check_digit
from pos.sandbox.scene import Act, Scene, empty, frames, show_phone, show_product, write_video
from pos.scan.camera import VideoSource
from pos.scan.report import Stage, State
from pos.scan.scanner import Scanner
from pos.scan.seen import Reading
from tests.flow.looks import looked_at

PAYMENT, SECOND_PAYMENT = "287612345678901234", "2888776655443322"


def goods(count: int, seed: int = 1) -> list[str]:
    """So many EAN-13 with right check digits; the same seed gives the same."""
    chance = random.Random(seed)
    bodies = ["69" + "".join(chance.choices("0123456789", k=10)) for _ in range(count)]
    return [body + check_digit(body) for body in bodies]


def scanned(path: Path) -> list[str]:
    """What a scanner hands over while a film plays at its own speed."""
    codes: list[str] = []
    ended = threading.Event()

    def on_state(state: State) -> None:
        if state.stage is Stage.ENDED:
            ended.set()

    def on_code(reading: Reading) -> None:
        codes.append(reading.text)

    scanner = Scanner(VideoSource(path), on_code=on_code, on_state=on_state)
    scanner.start()
    try:
        assert ended.wait(60)
    finally:
        scanner.stop()
    return codes


def test_a_sale_on_video_is_scanned_in_order_each_thing_once(tmp_path: Path) -> None:
    tea, milk, rice = goods(3)
    acts = [
        *(show_product(tea, 1.5), empty(0.3), show_product(milk, 1.5), show_product(rice, 1.5), empty(0.3)),
        *(show_phone(PAYMENT, 1.5), empty(1.0), show_phone(PAYMENT, 1.5)),
    ]
    write_video(tmp_path / "sale.avi", frames(Scene(acts), seed=4))
    assert scanned(tmp_path / "sale.avi") == [tea, milk, rice, PAYMENT]


def test_the_same_goods_bought_twice_count_twice(tmp_path: Path) -> None:
    (tea,) = goods(1)
    acts = [show_product(tea, 1.5), empty(1.5), show_product(tea, 1.5)]
    write_video(tmp_path / "twice.avi", frames(Scene(acts), seed=5))
    assert scanned(tmp_path / "twice.avi") == [tea, tea]


def test_the_same_goods_follow_each_other_as_quickly_as_a_hand_takes_them() -> None:
    (tea,) = goods(1)
    acts = [each for _ in range(4) for each in (show_product(tea, 1.0), empty(0.4))]
    assert list(looked_at(frames(Scene(acts), seed=5), 1 / 30)) == [tea] * 4


def test_films_follow_each_other_on_one_scanner(tmp_path: Path) -> None:
    """As the demo does it: a film for the goods, then one for the phone."""
    (tea,) = goods(1)
    films = {"goods": [show_product(tea, 1.5)], "phone": [show_phone(PAYMENT, 1.5)]}
    for name, acts in films.items():
        write_video(tmp_path / f"{name}.avi", frames(Scene(acts)))
    codes: list[str] = []
    states: list[State] = []
    ended = threading.Semaphore(0)

    def on_state(state: State) -> None:
        states.append(state)
        if state.stage is Stage.ENDED:
            ended.release()

    scanner = Scanner(None, on_code=lambda reading: codes.append(reading.text), on_state=on_state)
    for name in (*films, *films):
        scanner.open(VideoSource(tmp_path / f"{name}.avi"))
        assert ended.acquire(timeout=30)
    scanner.stop()
    # The goods lie there anew in each film; the payment code is spent.
    assert codes == [tea, PAYMENT, tea]
    assert states[-1].stage is Stage.OFF


def test_many_goods_one_after_the_other_give_no_wrong_code() -> None:
    wanted = goods(10, seed=9)
    acts: list[Act] = [show_product(code, 1.0) for code in wanted]
    acts[5:5] = [show_phone(SECOND_PAYMENT, 1.0)]
    shots = (shot for number, shot in enumerate(frames(Scene(acts), seed=9)) if number % 2 == 0)
    assert list(looked_at(shots, 1 / 15)) == [*wanted[:5], SECOND_PAYMENT, *wanted[5:]]
