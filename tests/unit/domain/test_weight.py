"""A weight is sold by only when it stands still and is more than nothing; the wrapping is not goods."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import ScaleBelowZero, ScaleUnstable, TareTooHeavy
from pos.domain.weight import Weight, net, settled


def test_a_steady_weight_can_be_sold_by() -> None:
    assert settled(Weight(750, is_stable=True)) == 750


def test_a_moving_weight_is_waited_for() -> None:
    with pytest.raises(ScaleUnstable):
        settled(Weight(750, is_stable=False))


@pytest.mark.parametrize("grams", [0, -1, -250])
def test_nothing_and_less_cannot_be_sold(grams: int) -> None:
    with pytest.raises(ScaleBelowZero):
        settled(Weight(grams, is_stable=True))


@given(st.integers(1, 99_999), st.integers(0, 99_999))
def test_the_net_weight_is_gross_without_tare_and_never_nothing(gross: int, tare: int) -> None:
    if tare >= gross:
        with pytest.raises(TareTooHeavy):
            net(gross, tare)
    else:
        assert net(gross, tare) + tare == gross
        assert net(gross, tare) > 0
