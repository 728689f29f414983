"""Tiles: the pages of products to touch, as a manager or the head office arranged them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pos.domain.entry import Json
from pos.domain.errors import BadTiles

PAGES_MAX = 24
TILES_MAX = 120
"""Products of one page; more are found quicker by typing."""
NAME_MAX = 24
"""Characters of a page's name; what is longer does not fit on its button."""

_FIELDS = {"name", "name_en", "pinned", "tiles"}


@dataclass(frozen=True, slots=True)
class TilePage:
    """A page of products to touch.

    Attributes:
        skus: the products in their order; what is not on sale now is passed over when it is shown.
        is_pinned: its first products are keys that are always on the screen, such as bags.
    """

    name: str
    skus: tuple[str, ...] = ()
    name_en: str = ""
    is_pinned: bool = False


Arrangement = tuple[TilePage, ...]


def read_arrangement(pages: Any) -> Arrangement:  # noqa: ANN401  (JSON of a head office or a disk)
    """Read what ``arrangement_facts`` wrote, or the ``tiles`` of a rule document.

    Raises:
        BadTiles: it is of another shape, or over a limit.
    """
    if not isinstance(pages, list) or len(pages) > PAGES_MAX:
        raise BadTiles(page=0, field="tiles")
    read = tuple(_page(number, page) for number, page in enumerate(pages, 1))
    check_arrangement(read)
    return read


def check_arrangement(pages: Sequence[TilePage]) -> None:
    """Refuse what does not fit on the screen.

    Raises:
        BadTiles: the first thing that does not.
    """
    if len(pages) > PAGES_MAX:
        raise BadTiles(page=0, field="tiles")
    names = [page.name for page in pages]
    for number, page in enumerate(pages, 1):
        if not 0 < len(page.name.strip()) <= NAME_MAX or names.index(page.name) != number - 1:
            raise BadTiles(page=number, field="name")
        if len(page.name_en) > NAME_MAX:
            raise BadTiles(page=number, field="name_en")
        if len(page.skus) > TILES_MAX or len(set(page.skus)) != len(page.skus):
            raise BadTiles(page=number, field="tiles")


def arrangement_facts(pages: Sequence[TilePage]) -> list[Json]:
    """Return canonical-JSON material of an arrangement."""
    return [
        {"name": page.name, "name_en": page.name_en, "pinned": int(page.is_pinned), "tiles": list(page.skus)}
        for page in pages
    ]


def _page(number: int, page: Any) -> TilePage:  # noqa: ANN401
    if not isinstance(page, dict):
        raise BadTiles(page=number, field="tiles")
    strange = sorted(page.keys() - _FIELDS)
    if strange:
        raise BadTiles(page=number, field=strange[0])
    name, name_en, pinned, skus = (page.get("name"), page.get("name_en", ""), page.get("pinned", 0), page.get("tiles"))
    is_flag = isinstance(pinned, int) and pinned in {0, 1}
    right = {
        "name": isinstance(name, str), "name_en": isinstance(name_en, str), "pinned": is_flag,
        "tiles": isinstance(skus, list) and all(isinstance(each, str) for each in skus),
    }  # fmt: skip
    for field, is_right in right.items():
        if not is_right:
            raise BadTiles(page=number, field=field)
    return TilePage(str(name), tuple(skus or ()), str(name_en), bool(pinned))
