"""The short day that the unattended demo plays: who buys what, pays how, and what goes wrong."""

from dataclasses import dataclass
from enum import StrEnum
from random import Random
from typing import Any


class Way(StrEnum):
    """How a customer of the demo pays, and what happens on the way."""

    CASH = "cash"
    ALIPAY = "alipay"
    OFFERED = "alipay shown before Pay"
    PASSWORD = "alipay with a password to type"  # noqa: S105  (not a secret)
    DECLINED = "alipay declined, then cash"
    UNKNOWN = "alipay answer lost, then found"
    QR = "alipay by a code of ours"


@dataclass(frozen=True, slots=True)
class Customer:
    """One customer: the barcodes on the counter, and the way they pay."""

    barcodes: tuple[str, ...]
    way: Way


HUB_DIES_BEFORE, HUB_BACK_BEFORE = 7, 13
"""Customers, counted from 0, between whom the hub is dead."""

_WAYS = [
    Way.CASH, Way.ALIPAY, Way.CASH, Way.OFFERED, Way.ALIPAY, Way.DECLINED, Way.CASH,
    Way.ALIPAY, Way.CASH, Way.UNKNOWN, Way.CASH, Way.ALIPAY, Way.CASH,
    Way.PASSWORD, Way.CASH, Way.QR, Way.CASH, Way.OFFERED, Way.CASH, Way.ALIPAY, Way.CASH, Way.ALIPAY,
]  # fmt: skip


CUSTOMERS = len(_WAYS)
"""How many come."""


def plan_day(products: list[dict[str, Any]], seed: int = 1) -> list[Customer]:
    """Return the customers of the day: the same for the same seed."""
    random = Random(seed)  # noqa: S311  (a play, not a secret)
    barcodes = [each["barcodes"][0] for each in products if each["barcodes"] and len(each["barcodes"][0]) == 13]
    return [Customer(tuple(random.sample(barcodes, random.choice([1, 2, 2, 3]))), way) for way in _WAYS]
