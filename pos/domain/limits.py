"""Limits: what a store's rules say of how far its people go alone; pure, and read whole or not at all."""

from collections.abc import Mapping
from typing import Any

from pos.domain.errors import BadStoreRule
from pos.domain.money import LIMIT_FEN, Money
from pos.domain.staff import USUAL_LIMITS, Act, Limit, Limits, Role

PART = "limits"
NEVER = "never"
"""In place of a limit: not at all."""
_CHANGEABLE = {Role.CASHIER.value: Role.CASHIER, Role.SENIOR.value: Role.SENIOR}
_ACTS = {act.value: act for act in Act}
_RANGES = {"amount_fen": range(LIMIT_FEN + 1), "percent": range(101)}


def read_limits(document: Mapping[str, Any]) -> Limits:
    """Read the part ``limits`` of a store's rule document: ``{"cashier": {"discount": {"percent": 10}}}``.

    An act it does not name is as usual. A manager is limited by nobody, so that somebody can always say yes.

    Raises:
        BadStoreRule: it cannot be used; none of it is taken then.
    """
    told = document.get(PART, {})
    if not isinstance(told, dict):
        raise BadStoreRule(part=PART, rule="", field="", reason="object")
    limits = dict(USUAL_LIMITS)
    for name, acts in told.items():
        if name not in _CHANGEABLE or not isinstance(acts, dict):
            raise BadStoreRule(part=PART, rule=str(name), field="", reason="role")
        limits[_CHANGEABLE[name]] = _of_role(name, limits[_CHANGEABLE[name]], acts)
    return limits


def _of_role(role: str, usual: Mapping[Act, Limit], acts: Mapping[str, Any]) -> dict[Act, Limit]:
    changed = dict(usual)
    for name, raw in acts.items():
        if name not in _ACTS:
            raise BadStoreRule(part=PART, rule=role, field=name, reason="act")
        if raw == NEVER:
            changed.pop(_ACTS[name], None)
        else:
            changed[_ACTS[name]] = _limit(role, name, raw)
    return changed


def _limit(role: str, name: str, raw: object) -> Limit:
    if not isinstance(raw, dict):
        raise BadStoreRule(part=PART, rule=role, field=name, reason=raw)
    for key, value in raw.items():
        if key not in _RANGES or type(value) is not int or value not in _RANGES[key]:
            raise BadStoreRule(part=PART, rule=role, field=f"{name}.{key}", reason=value)
    fen = raw.get("amount_fen")
    return Limit(None if fen is None else Money(fen), raw.get("percent"))
