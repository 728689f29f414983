"""Living: what the demo's camera sees when there is no camera: goods that come and go."""

from collections.abc import Iterator
from random import Random

from pos.sandbox import scene
from pos.sandbox.store import sample_products
from pos.scan.seen import Frame

SHOW_S, REST_S = 2.0, 6.0


def frames() -> Iterator[Frame]:
    """Give frames for ever: a product for two seconds, then an empty counter for six."""
    random = Random()  # noqa: S311  (a play, not a secret)
    barcodes = [each["barcodes"][0] for each in sample_products() if each["barcodes"]]
    goods = [code for code in barcodes if len(code) == 13]
    while True:
        acts = [scene.show_product(random.choice(goods), SHOW_S), scene.empty(REST_S)]
        yield from scene.frames(scene.Scene(acts), fps=30, seed=random.randrange(2**31))
