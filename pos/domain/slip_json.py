"""A slip as it is kept: one JSON object a part."""

import base64
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from pos.domain.entry import Json
from pos.domain.slip import Code, Gap, Logo, Look, Pair, Part, Rule, Side, Slip, Text


def slip_json(slip: Iterable[Part]) -> list[Json]:
    """Return the parts as canonical-JSON material."""
    return [_part(each) for each in slip]


def slip_from(kept: Iterable[Mapping[str, Any]]) -> Slip:
    """Read what ``slip_json`` wrote."""
    return tuple(_READ[each["part"]](each) for each in kept)


def _part(part: Part) -> Json:
    if isinstance(part, Text):
        return {"part": "text", "words": part.words, "look": part.look.value, "side": part.side.value}
    if isinstance(part, Pair):
        return {"part": "pair", "left": part.left, "right": part.right, "look": part.look.value}
    if isinstance(part, Rule):
        return {"part": "rule", "sign": part.sign}
    if isinstance(part, Code):
        return {"part": "code", "text": part.text}
    if isinstance(part, Logo):
        bits = base64.b64encode(part.bits).decode()
        return {"part": "logo", "width": part.width, "height": part.height, "bits": bits}
    return {"part": "gap"}


_READ: Mapping[str, Callable[[Mapping[str, Any]], Part]] = {
    "text": lambda kept: Text(kept["words"], Look(kept["look"]), Side(kept["side"])),
    "pair": lambda kept: Pair(kept["left"], kept["right"], Look(kept["look"])),
    "rule": lambda kept: Rule(kept["sign"]),
    "code": lambda kept: Code(kept["text"]),
    "logo": lambda kept: Logo(kept["width"], kept["height"], base64.b64decode(kept["bits"])),
    "gap": lambda _kept: Gap(),
}
