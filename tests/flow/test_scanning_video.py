"""From pixels to codes: real video files, a minute of goods, and real photographs."""

import csv
import random
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np

from pos.domain.code import check_digit, read_code
from pos.sandbox.scene import Act, Scene, empty, frames, show_phone, show_product, write_video
from pos.scan.camera import VideoSource, read_picture
from pos.scan.decode import Decoder
from pos.scan.opencv import load
from pos.scan.report import Stage, State
from pos.scan.scanner import Scanner
from pos.scan.seen import Frame, Reading
from pos.scan.steady import Steady

PHOTOS = Path(__file__).parents[2].parent / "shared" / "scan"
PAYMENT, SECOND_PAYMENT = "287612345678901234", "2888776655443322"
# Misprinted on their screens: zbar and zxing agree on another number (the set's README). No rule of votes helps.
MISPRINTED = {"9074932437075"}
# These photographs of zxing's ean13-2 show two books (the set's README).
IN_THE_PICTURE_TOO = {"9784872348880", "1920081045006"}


def goods(count: int, seed: int = 1) -> list[str]:
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


def looked_at(shots: Iterable[Frame], every_s: float) -> Iterator[str]:
    """What counts when each frame is a look, on a clock of our own."""
    decoder, steady = Decoder(), Steady()
    for number, shot in enumerate(shots):
        gray = load().cvtColor(shot, load().COLOR_BGR2GRAY)
        yield from (reading.text for reading in steady.note(decoder.read(gray), number * every_s))


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
    acts = [show_product(tea, 1.5), empty(0.6), show_product(tea, 1.5)]
    write_video(tmp_path / "twice.avi", frames(Scene(acts), seed=5))
    assert scanned(tmp_path / "twice.avi") == [tea, tea]


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


def test_real_photographs_give_no_wrong_number() -> None:
    """Sixty photographs, each looked at eight times by an unsteady hand."""
    rows = _photographs()
    assert len(rows) >= 60
    shown: Counter[str] = Counter()
    right: Counter[str] = Counter()
    wrong = []
    for row in rows:
        picture = read_picture(PHOTOS / row["file"])
        assert picture is not None, row["file"]
        texts = {_canonical(text) for text in looked_at(_by_hand(picture), 1 / 30)}
        shown[row["symbology"]] += 1
        right[row["symbology"]] += _canonical(row["expected"]) in texts
        numbers = {text for text in texts if text.isdigit()} - {_canonical(row["expected"])}
        wrong += [(row["file"], text) for text in numbers - MISPRINTED - IN_THE_PICTURE_TOO]
    print({kind: f"{right[kind]} of {count}" for kind, count in shown.items()})  # noqa: T201  (the rate is the news)
    assert wrong == []
    # One below what was measured when this was written; a later reader may only do better.
    least = {"EAN13": 12, "UPCA": 6, "UPCE": 5, "EAN8": 5, "CODE128": 9}
    assert {kind: right[kind] for kind, count in least.items() if right[kind] < count} == {}


def _photographs() -> list[dict[str, str]]:
    with (PHOTOS / "manifest.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    wanted = {"EAN13": 17, "UPCA": 17, "UPCE": 6, "EAN8": 6, "CODE128": 12, "NEG": 6}
    chosen = []
    for kind, count in wanted.items():
        of_kind = [row for row in rows if row["symbology"] == kind and "1x1" not in row["file"]]
        chosen += of_kind[:: max(len(of_kind) // count, 1)][:count]
    return chosen


def _canonical(text: str) -> str:
    keys = read_code(text).keys
    return keys[-1] if keys else text


def _by_hand(picture: Frame, looks: int = 8) -> Iterator[Frame]:
    """A little nearer, a little turned, with a sensor's noise."""
    cv2, chance, noise = load(), random.Random(11), np.random.default_rng(11)
    height, width = picture.shape[:2]
    for _ in range(looks):
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.uniform(-2, 2), chance.uniform(0.9, 1.0))
        moved = cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
        yield np.clip(moved + noise.normal(0, 3, (height, width, 1)), 0, 255).astype(np.uint8)
