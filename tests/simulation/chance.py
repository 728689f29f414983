"""Chance: what a seed decides, drawn in one order, so that a seed is a story."""

import random
from dataclasses import dataclass, fields
from typing import Self


@dataclass(frozen=True, slots=True)
class Options:
    """How a world is: each fault is absent from about half of all worlds, so that none hides another.

    Attributes:
        tills: 1 or 2 tills on one hub.
        steps: how many things happen before everything is mended.
        lost_request, lost_reply, late, twin, busy, misstated: how often a call to Alipay suffers it.
        dies_asking: how often a till's process is killed while it waits for Alipay.
        commit_dies: how often it is killed while the disk takes a commit, with part of what was not synced.
        commit_errs: how often a commit raises, with or without the disk having it.
        disk_full: how often there is no room for a commit.
        clock_jumps: how often a till's wall clock is set, up to ten years either way.
        hub_down, hub_dies: how often the hub does not answer, or dies before or after its commit.
        hub_restored: how often the hub is put back to an older copy.
        meanwhile: how often something else happens while a till waits for an answer.
    """

    tills: int
    steps: int
    lost_request: float
    lost_reply: float
    late: float
    twin: float
    busy: float
    misstated: float
    dies_asking: float
    commit_dies: float
    commit_errs: float
    disk_full: float
    clock_jumps: float
    hub_down: float
    hub_dies: float
    hub_restored: float
    meanwhile: float

    @classmethod
    def draw(cls, chance: random.Random) -> Self:
        """Return the options of a world."""
        rates = {each.name: chance.choice((0.0, 1.0)) * chance.random() for each in fields(cls)[2:]}
        scaled = {name: rate * _MOST[name] for name, rate in rates.items()}
        return cls(tills=chance.choice((1, 1, 2)), steps=chance.randrange(30, 70), **scaled)


_MOST = {
    "lost_request": 0.3, "lost_reply": 0.3, "late": 0.25, "twin": 0.2, "busy": 0.2, "misstated": 0.05,
    "dies_asking": 0.08, "commit_dies": 0.04, "commit_errs": 0.05, "disk_full": 0.05, "clock_jumps": 0.06,
    "hub_down": 0.5, "hub_dies": 0.3, "hub_restored": 0.05, "meanwhile": 0.4,
}  # fmt: skip
"""The highest rate of each fault."""
