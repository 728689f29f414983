"""Shop time: a moment as the clock on the shop's wall shows it."""

from datetime import datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8), "Asia/Shanghai")
"""China has had no summer time since 1991, so a fixed offset is the zone."""


def shop_time(at: datetime) -> str:
    """Return a moment as people in the shop read it."""
    return at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
