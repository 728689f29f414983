"""Status: how sync stands, as the screen is told."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SyncStatus:
    """How sync stands; times are journal UTC text, empty when there is none.

    Attributes:
        is_online: the hub answered the last time it was asked.
        unsent: entries not acknowledged, as of the last step.
        waiting_elsewhere: carts that other tills of the store have laid aside, when the hub was last asked.
        problem: code of the PosError that stands in the way, empty when none; ``P-000`` is a bug.
    """

    is_online: bool = False
    unsent: int = 0
    oldest_unsent_at: str = ""
    last_ack_at: str = ""
    problem: str = ""
    waiting_elsewhere: int = 0
