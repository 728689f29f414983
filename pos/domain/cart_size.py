"""Cart size: how long the entry of a sale will be, so that a cart is full before its sale would not fit the journal."""

from collections.abc import Sequence
from functools import lru_cache

from pos.domain.cart_line import CartLine
from pos.domain.entry import MAX_BODY_BYTES, canonical
from pos.domain.priced import Reduction

MAX_GOODS_BYTES = MAX_BODY_BYTES - 48 * 1024
"""What lines may take of an entry; the rest is for a hundred tenders, coupons and taxes."""
LINE_BYTES, REDUCTION_BYTES = 280, 56
"""A line and a reduction with every number as long as it can be, without their texts."""
SURELY_FITS = 60
"""So many lines and reductions need no count, whatever their texts: 512 signs were scanned, a name has 200."""


def fits_the_journal(lines: Sequence[CartLine], reductions: Sequence[Reduction]) -> bool:
    """Whether the sale of these lines will be an entry that every hub takes."""
    if len(lines) + len(reductions) <= SURELY_FITS:
        return True
    size = LINE_BYTES * len(lines) + REDUCTION_BYTES * len(reductions)
    for line in lines:
        size += _written(line.text) + _written(line.lot)
        if line.product:
            size += _written(line.product.name) + _written(line.product.sku) + _written(line.product.tax.code)
    size += sum([_written(each.rule) + _written(each.name) + len(each.kind) for each in reductions])
    return size <= MAX_GOODS_BYTES


@lru_cache(4096)
def _written(text: str) -> int:
    return len(canonical(text)) - 2
