import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.spread import spread


@pytest.mark.parametrize(
    ("amount", "weights", "parts"),
    [
        (100, [300, 600], [33, 67]),
        (1, [1, 1, 1], [1, 0, 0]),  # like remainders: the earlier first
        (5, [1, 1, 1], [2, 2, 1]),
        (150, [500, 300], [94, 56]),  # 93.75 and 56.25
        (7, [0, 7], [0, 7]),
        (0, [0, 0], [0, 0]),
    ],
)
def test_the_largest_remainders_get_the_last_fen(amount: int, weights: list[int], parts: list[int]) -> None:
    assert spread(amount, weights) == parts


@given(st.lists(st.integers(0, 10**10), min_size=1, max_size=20), st.data())
def test_all_of_it_is_spread_and_no_part_is_over_its_weight(weights: list[int], data: st.DataObject) -> None:
    amount = data.draw(st.integers(0, sum(weights)))
    parts = spread(amount, weights)
    assert sum(parts) == amount
    assert all(0 <= part <= weight for part, weight in zip(parts, weights, strict=True))
