"""What the categories are called in English is data: read whole or not at all."""

from typing import Any

import pytest

from pos.domain.errors import BadStoreRule
from pos.domain.shelves import read_shelf_names


def test_a_store_names_its_shelves() -> None:
    assert read_shelf_names({}) == {}
    assert read_shelf_names({"shelves": [{"name": "饮料", "name_en": "Drinks"}]}) == {"饮料": "Drinks"}


@pytest.mark.parametrize(
    "told",
    [{}, ["饮料"], [{"name": "饮料"}], [{"name": "饮料", "name_en": 1}], [{"name": "饮料", "name_en": "D" * 25}],
     [{"name": "", "name_en": "Drinks"}], [{"name": "饮料", "name_en": "Drinks", "name_fr": "Boissons"}]],
    ids=str,
)  # fmt: skip
def test_what_cannot_be_understood_is_taken_by_nobody(told: Any) -> None:  # noqa: ANN401  (what a document may hold)
    with pytest.raises(BadStoreRule):
        read_shelf_names({"shelves": told})
