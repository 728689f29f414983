"""A few seconds of the rebuild proof; its full size is run by hand or by ``./till prove``."""

import random

from tests.faults.rebuild_proof import prove


def test_whatever_is_damaged_a_rebuild_loses_nothing_that_a_copy_held() -> None:
    figures = prove(6, random.SystemRandom().randrange(10**6))
    assert int(figures["rebuilds"]) >= 3
    assert figures["sales after a rebuild"] == 2 * int(figures["rebuilds"])
