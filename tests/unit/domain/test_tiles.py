"""An arrangement of tiles comes back as it was written, and what does not fit is refused by its page and field."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadTiles
from pos.domain.tiles import NAME_MAX, PAGES_MAX, TILES_MAX, TilePage, arrangement_facts, read_arrangement

BAGS = TilePage("购物袋", ("700001", "700002"), "Bags", is_pinned=True)
FRUIT = TilePage("水果", ("600103",))


def test_pages_come_back_as_they_were_written() -> None:
    assert read_arrangement(arrangement_facts([BAGS, FRUIT])) == (BAGS, FRUIT)


def test_a_rule_document_may_leave_out_what_is_plain() -> None:
    assert read_arrangement([{"name": "水果", "tiles": ["600103"]}]) == (FRUIT,)
    assert read_arrangement([]) == ()


@pytest.mark.parametrize(
    ("pages", "page", "field"),
    [
        ({}, 0, "tiles"),
        ("水果", 0, "tiles"),
        ([{"name": str(number), "tiles": []} for number in range(PAGES_MAX + 1)], 0, "tiles"),
        (["水果"], 1, "tiles"),
        ([{"tiles": []}], 1, "name"),
        ([{"name": "", "tiles": []}], 1, "name"),
        ([{"name": "  ", "tiles": []}], 1, "name"),
        ([{"name": "长" * (NAME_MAX + 1), "tiles": []}], 1, "name"),
        ([{"name": "水果", "tiles": []}, {"name": "水果", "tiles": []}], 2, "name"),
        ([{"name": "水果", "name_en": 1, "tiles": []}], 1, "name_en"),
        ([{"name": "水果", "pinned": 2, "tiles": []}], 1, "pinned"),
        ([{"name": "水果"}], 1, "tiles"),
        ([{"name": "水果", "tiles": [1]}], 1, "tiles"),
        ([{"name": "水果", "tiles": ["1", "1"]}], 1, "tiles"),
        ([{"name": "水果", "tiles": [str(number) for number in range(TILES_MAX + 1)]}], 1, "tiles"),
        ([{"name": "水果", "tiles": [], "colour": "red"}], 1, "colour"),
    ],
)
def test_what_does_not_fit_is_refused_by_page_and_field(pages: Any, page: int, field: str) -> None:  # noqa: ANN401
    with pytest.raises(BadTiles) as refused:
        read_arrangement(pages)
    assert refused.value.facts == {"page": page, "field": field}


JSON = st.recursive(
    st.integers() | st.text(max_size=3),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["name", "tiles", "pinned", "x"]), inner, max_size=4)
    ),
    max_leaves=8,
)


@given(pages=JSON)
def test_no_document_is_read_as_anything_but_pages(pages: Any) -> None:  # noqa: ANN401
    try:
        read = read_arrangement(pages)
    except BadTiles:
        return
    assert read_arrangement(arrangement_facts(read)) == read
