"""Living: what the demo's camera sees when there is no camera: a drawn counter that the visitor puts things on."""

import queue
from collections.abc import Iterator
from random import Random

from pos.sandbox import scene
from pos.sandbox.store import sample_products, weight_label
from pos.scan.frame import Frame

SHOW_S = 2.0
REST_S = 0.2


class DrawnCounter:
    """An empty counter, until something is put on it."""

    def __init__(self) -> None:
        self._acts: queue.SimpleQueue[scene.Act] = queue.SimpleQueue()
        self._random = Random()  # noqa: S311  (a play, not a secret)
        products = sample_products()
        barcodes = [each["barcodes"][0] for each in products if each["barcodes"]]
        self._goods = [code for code in barcodes if len(code) == 13]
        self._by_weight = [each["sku"] for each in products if each["unit"] == "gram"]

    def put_goods(self) -> None:
        """Put any product of the sample store on it."""
        self._acts.put(scene.show_product(self._random.choice(self._goods), SHOW_S))

    def put_weighed(self) -> None:
        """Put a bag on it that the store's scale has weighed and labelled."""
        label = weight_label(self._random.choice(self._by_weight), self._random.randrange(200, 1500))
        self._acts.put(scene.show_product(label, SHOW_S))

    def hold_phone(self, code: str) -> None:
        """Hold a phone with this payment code, or this member's card, over it."""
        self._acts.put(scene.show_phone(code, SHOW_S))

    def frames(self) -> Iterator[Frame]:
        """Give frames for ever."""
        while True:
            yield from scene.frames(scene.Scene([self._next()]), fps=30, seed=self._random.randrange(2**31))

    def _next(self) -> scene.Act:
        try:
            return self._acts.get_nowait()
        except queue.Empty:
            return scene.empty(REST_S)
