"""Fits: ways the 95 modules of an EAN-13 may lie in an averaged row, the likely ones first."""

from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np

from pos.scan.pattern import MODULES, PER_MODULE, Floats, guard_costs
from pos.scan.row import Row

_EACH, _MOST = 4, 60
"""Fits kept beside each place, and altogether."""
_SOME = 400
"""Fits asked at a time."""
_LEAST = 0.55
"""Of what changes at a place, the share an EAN-13 takes at least: the rest is an add-on, or print."""
_BENDS = np.array([-0.05, 0.0, 0.05])
_STEPS = np.array([-0.9, -0.45, 0, 0.45, 0.9])
"""Modules by which an end of the pattern may lie beside where it was first thought to."""


@dataclass(frozen=True, slots=True)
class Fits:
    """Ways the pattern may lie: where it begins and ends, in samples of a profile, and how much it bends."""

    begins: Floats
    ends: Floats
    bends: Floats

    def at(self, where: Any) -> "Fits":  # noqa: ANN401  (whatever picks from an array)
        """Return some of them."""
        return Fits(self.begins[where], self.ends[where], self.bends[where])

    @property
    def modules(self) -> Floats:
        """The width of a module in each."""
        return (self.ends - self.begins) / MODULES

    def places(self, powers: Floats) -> Floats:
        """Return where shares of the pattern's length lie in each; see ``powers_of``."""
        lengths = self.ends - self.begins
        places: Floats = np.stack([self.begins, lengths, lengths * self.bends], 1).astype(np.float32) @ powers
        return places


def powers_of(shares: Floats) -> Floats:
    """Return what a fit's beginning, length and bend give to the places of shares of its length."""
    return np.stack([np.ones_like(shares), shares, shares * (1 - shares)]).astype(np.float32)


def first_fits(flat: Row, bars: float) -> Fits | None:
    """Return ways the pattern may lie, by edges that could be its first and last and by how its guards then look."""
    begins, ends = edges(flat.values.ravel())
    if len(begins) < 2 or len(ends) < 2:
        return None
    first, last = (each.ravel() for each in np.meshgrid(begins + 0.5, ends + 0.5, indexing="ij"))
    module = (last - first) / MODULES
    can_be = (module > max(1.2, bars * _LEAST / MODULES)) & (module < bars * 1.10 / MODULES)
    first, last = first[can_be], last[can_be]
    if not len(first):
        return None
    fits = Fits(np.repeat(first, len(_BENDS)), np.repeat(last, len(_BENDS)), np.tile(_BENDS, len(first)))
    chosen = fits.at(_spread(fits, _guards_cost(flat, fits)))
    near = around(chosen, _STEPS, np.array([-0.025, 0, 0.025]))
    costs = _guards_cost(flat, near).reshape(len(chosen.begins), -1)
    each = np.argsort(costs, 1)[:, :_EACH] + np.arange(len(costs))[:, None] * costs.shape[1]
    kept = each.ravel()
    return near.at(kept[np.argsort(costs.ravel()[kept])[:_MOST]])


def edges(flat: Floats) -> tuple[Floats, Floats]:
    """Return places where white turns black, from the left, and black white, from the right."""
    begins: list[int] = []
    ends: list[int] = []
    for level in (0.3, 0.55):
        above = flat >= level
        begins += np.flatnonzero(~above[:-1] & above[1:])[:12].tolist()
        ends += np.flatnonzero(above[:-1] & ~above[1:])[-12:].tolist()
    return np.unique(begins), np.unique(ends)


def _spread(fits: Fits, costs: Floats, most: int = 16) -> list[int]:
    """Return the best fits that do not nearly coincide."""
    chosen: list[int] = []
    left = np.argsort(costs)
    while left.size and len(chosen) < most:
        best = int(left[0])
        chosen.append(best)
        away = np.abs(fits.begins[left] - fits.begins[best]) + np.abs(fits.ends[left] - fits.ends[best])
        left = left[away > 0.8 * fits.modules[left]]
    return chosen


def around(fits: Fits, steps: Floats, bends: Floats) -> Fits:
    """Return fits a little beside each, steps in modules, those round one after those round another."""
    moves = np.array(list(product(steps, steps, bends)))
    owner = np.repeat(np.arange(len(fits.begins)), len(moves))
    moved = np.tile(moves, (len(fits.begins), 1))
    module = fits.modules[owner]
    return Fits(
        fits.begins[owner] + moved[:, 0] * module, fits.ends[owner] + moved[:, 1] * module,
        fits.bends[owner] + moved[:, 2],
    )  # fmt: skip


def _guards_cost(flat: Row, fits: Fits) -> Floats:
    """Return what the guards cost in each fit; some at a time, so that it stays in the processor's nearest memory."""
    parts = [fits.at(slice(first, first + _SOME)) for first in range(0, len(fits.begins), _SOME)]
    return np.concatenate([guard_costs(flat.at(part.places(_GUARDS))) for part in parts])


_FIVE = (np.arange(5 * PER_MODULE) + 0.5) / PER_MODULE
_GUARDS = powers_of(np.concatenate([_FIVE - 2, 45 + _FIVE, 92 + _FIVE]) / MODULES)
