"""What the fuzzer of each target watches to find new ways; this module imports nothing that is watched."""

from collections.abc import Mapping

WATCHED: Mapping[str, list[str]] = {
    "code": ["pos.domain.code"],
    "settings": ["pos.settings", "tomllib._parser"],
    "entry": ["pos.domain.entry"],
    "replies": ["pos.alipay.replies", "pos.alipay.signing", "pos.alipay.advice"],
    "bill": ["pos.alipay.bill", "pos.domain.money", "zipfile"],
}
"""Modules by target."""
