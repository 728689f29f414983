"""A journal entry is one text and one hash, whoever writes it down."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta, timezone
from types import MappingProxyType

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.domain.entry import GENESIS, MAX_BODY_BYTES, MAX_DEPTH, JournalEntry, Json, canonical, parse_utc, utc_text

SHORT = {"\b": "\\b", "\t": "\\t", "\n": "\\n", "\f": "\\f", "\r": "\\r", '"': '\\"', "\\": "\\\\"}
NUMBER = 2**53 - 1
AT = datetime(2026, 11, 23, 4, 5, 6, 789_000, tzinfo=UTC)

whole_numbers = st.integers(-NUMBER, NUMBER)
keys = st.text(st.characters(max_codepoint=127), max_size=8)
leaves = whole_numbers | st.text(max_size=20)
values = st.recursive(
    leaves, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=20
)


def rfc_8785(value: Json) -> str:
    """Canonical JSON again, by sections 3.2.2.2 (strings), 3.2.2.3 (numbers) and 3.2.3 (order) of the RFC."""
    if isinstance(value, str):
        return '"' + "".join(SHORT.get(c, f"\\u{ord(c):04x}" if c < " " else c) for c in value) + '"'
    if isinstance(value, int):
        return str(value)
    if isinstance(value, Mapping):
        ordered = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return "{" + ",".join(f"{rfc_8785(key)}:{rfc_8785(item)}" for key, item in ordered) + "}"
    return "[" + ",".join(rfc_8785(item) for item in value) + "]"


def depth(value: Json) -> int:
    if isinstance(value, Mapping):
        return 1 + max((depth(item) for item in value.values()), default=-1)
    if isinstance(value, list):
        return 1 + max((depth(item) for item in value), default=-1)
    return 0


def nested(levels: int) -> Json:
    value: Json = 1
    for _ in range(levels):
        value = [value]
    return value


def entry(body: Mapping[str, Json] | None = None, *, seq: int = 1, prev: str = GENESIS) -> JournalEntry:
    return JournalEntry.make(
        till="0017-03",
        epoch=1,
        seq=seq,
        id="017f22e2-79b0-7cc3-98c4-dc0c0c07398f",
        at=AT,
        kind="sale.completed",
        version=1,
        body=body or {"total_fen": 1250, "lines": [{"name": "饮用水"}]},
        prev=prev,
    )


@given(values)
@example("\x00\x1f\x7f\u2028\U0001f36c\"\\/'")
@example({"b": 1, "a": 2, "": 3, "A": 4, "a0": 5, "\x7f": 6})
def test_canonical_json_is_that_of_the_rfc(value: Json) -> None:
    if depth(value) > MAX_DEPTH:
        return
    assert canonical(value) == rfc_8785(value).encode()


def test_canonical_json_of_a_known_value() -> None:
    value: Json = {"name": "农夫\n\u0007", "a": [1, -2, []], "Z": {}, "n": NUMBER}
    assert canonical(value) == '{"Z":{},"a":[1,-2,[]],"n":9007199254740991,"name":"农夫\\n\\u0007"}'.encode()


@given(values)
def test_canonical_json_reads_back_as_the_same_value(value: Json) -> None:
    if depth(value) <= MAX_DEPTH:
        assert json.loads(canonical(value)) == value


@given(st.dictionaries(keys, leaves, max_size=8))
def test_the_order_of_keys_does_not_matter(value: dict[str, Json]) -> None:
    backwards = dict(reversed(value.items()))
    assert canonical(backwards) == canonical(value) == canonical(MappingProxyType(value))


@pytest.mark.parametrize("bad", [1.0, float("nan"), True, False, None, b"x", {1}, object(), 1j], ids=repr)
def test_what_the_journal_does_not_keep_is_refused_at_any_depth(bad: object) -> None:
    for value in (bad, [bad], {"a": bad}, {"a": [{"b": bad}]}):
        with pytest.raises(TypeError):
            canonical(value)  # type: ignore[arg-type]


@pytest.mark.parametrize("key", ["é", "金额", "\ud800", "\x80", 1, None, True, ("a",)], ids=ascii)
def test_keys_are_ascii_text(key: object) -> None:
    with pytest.raises(TypeError):
        canonical({key: 1})  # type: ignore[dict-item]


@pytest.mark.parametrize("number", [NUMBER + 1, -NUMBER - 1, 10**5000], ids=["above", "below", "far above"])
def test_numbers_other_languages_would_round_are_refused(number: int) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (a number of 5,000 digits has no words for it)
        canonical([number])
    assert canonical([NUMBER, -NUMBER]) == b"[9007199254740991,-9007199254740991]"


@pytest.mark.parametrize("text", ["\ud800", "a\udfff", "\udc00\ud800"], ids=ascii)
def test_half_a_character_is_refused(text: str) -> None:
    with pytest.raises(UnicodeEncodeError):
        canonical({"text": text})


def test_eight_levels_are_kept_and_nine_refused() -> None:
    assert canonical(nested(8)) == b"[[[[[[[[1]]]]]]]]"
    assert canonical({"a": nested(7)}) == b'{"a":[[[[[[[1]]]]]]]}'
    for value in (nested(9), nested(100_000), {"a": nested(8)}, [{"a": [{"b": nested(5)}]}]):
        with pytest.raises(ValueError, match="nested deeper than 8"):
            canonical(value)


def test_a_value_that_holds_itself_is_refused() -> None:
    loop: list[Json] = []
    loop.append(loop)
    with pytest.raises(ValueError, match="nested deeper than 8"):
        canonical(loop)


def test_a_body_is_refused_when_it_is_too_long() -> None:
    frame = len(b'{"text":""}')
    assert len(entry({"text": "x" * (MAX_BODY_BYTES - frame)}).body) == 256 * 1024
    with pytest.raises(ValueError, match="262145 bytes"):
        entry({"text": "x" * (MAX_BODY_BYTES - frame + 1)})


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (AT, "2026-11-23T04:05:06.789Z"),
        (datetime(2026, 1, 1, tzinfo=UTC), "2026-01-01T00:00:00.000Z"),
        (datetime(2026, 1, 1, 7, 59, tzinfo=timezone(timedelta(hours=8))), "2025-12-31T23:59:00.000Z"),
        (datetime(2026, 1, 1, microsecond=999_999, tzinfo=UTC), "2026-01-01T00:00:00.999Z"),
    ],
)
def test_a_moment_is_written_in_utc_to_the_millisecond(at: datetime, text: str) -> None:
    assert utc_text(at) == text


@given(st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001
def test_a_moment_reads_back_to_the_millisecond(at: datetime) -> None:
    assert parse_utc(utc_text(at)) == at.replace(microsecond=at.microsecond // 1000 * 1000)


@pytest.mark.parametrize(
    "text",
    [
        *["", "Z", "2026-11-23T04:05:06.789", "2026-11-23T04:05:06.789+00:00", "2026-11-23T04:05:06Z", "x" * 5000],
        *[
            "2026-11-23T04:05:06.7890Z",
            "2026-13-23T04:05:06.789Z",
            "2026-11-23T24:05:06.789Z",
            "not a time at all, noZ",
        ],
        *["2026-11-23 04:05:06.789Z", "2026-11-23T04:05:06,789Z", "2026-W48-1T04:05:06.789Z"],
        *[
            "20261123T040506.7890000Z",
            "2026-11-23T04:05:06.78９Z",
            "2026-11-23t04:05:06.789Z",
            "2026-11-23T04:05:06.789z",
        ],
    ],
)
def test_a_text_the_journal_never_writes_is_no_moment(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  (Python's own words, or ours)
        parse_utc(text)


def test_a_moment_of_no_zone_is_a_bug() -> None:
    with pytest.raises(AssertionError):
        utc_text(datetime(2026, 11, 23, 4, 5))  # noqa: DTZ001


def test_the_hash_is_sha_256_over_every_other_field() -> None:
    made = entry()
    body = hashlib.sha256('{"lines":[{"name":"饮用水"}],"total_fen":1250}'.encode()).hexdigest()
    head = (
        f'{{"at":"2026-11-23T04:05:06.789Z","body_sha256":"{body}","epoch":1,'
        '"id":"017f22e2-79b0-7cc3-98c4-dc0c0c07398f","kind":"sale.completed",'
        f'"prev":"{"0" * 64}","seq":1,"till":"0017-03","version":1}}'
    )
    assert made.hash == hashlib.sha256(head.encode()).hexdigest()


def test_the_hash_of_a_known_entry_never_changes() -> None:
    assert entry().hash == "35100e6a6e356626bf234c81ac2d80b6a6e3d85443e2ffedd42e07120fd80d3f"


def test_an_entry_keeps_what_it_was_made_of() -> None:
    made = entry({"b": 1, "a": "二"})
    assert made.body == '{"a":"二","b":1}'.encode()
    assert made.facts == {"a": "二", "b": 1}
    assert (made.till, made.epoch, made.seq, made.kind, made.version) == ("0017-03", 1, 1, "sale.completed", 1)
    assert (made.at, made.prev) == ("2026-11-23T04:05:06.789Z", "0" * 64)


CHANGES: dict[str, object] = {
    "till": "0017-04",
    "epoch": 2,
    "seq": 2,
    "id": "017f22e2-79b0-7cc3-98c4-dc0c0c073990",
    "at": "2026-11-23T04:05:06.790Z",
    "kind": "sale.Completed",
    "version": 2,
    "body": b'{"lines":[{"name":"\xe9\xa5\xae"}],"total_fen":1251}',
    "prev": "1" + GENESIS[1:],
}


def test_every_field_but_the_hash_and_its_signature_is_tried() -> None:
    assert {*CHANGES, "hash", "signature"} == {each.name for each in fields(JournalEntry)}


@pytest.mark.parametrize("name", CHANGES)
def test_a_changed_field_changes_the_hash(name: str) -> None:
    made = entry()
    changed = replace(made, **{name: CHANGES[name]})  # type: ignore[arg-type]
    assert changed.content_hash() != made.hash
    assert not changed.follows(made.prev)
    assert changed.sealed().hash == changed.content_hash()


@given(st.integers(0, 63), st.integers(1, 15))
def test_a_changed_hash_is_noticed(place: int, shift: int) -> None:
    made = entry()
    digit = f"{(int(made.hash[place], 16) + shift) % 16:x}"
    assert not replace(made, hash=made.hash[:place] + digit + made.hash[place + 1 :]).follows(made.prev)


@given(st.lists(st.dictionaries(keys, leaves, max_size=3), min_size=2, max_size=6), st.data())
def test_a_chain_holds_until_an_entry_is_changed_dropped_or_swapped(
    bodies: list[dict[str, Json]], data: st.DataObject
) -> None:
    chain: list[JournalEntry] = []
    for seq, body in enumerate(bodies, 1):
        chain.append(entry({**body, "seq": seq}, seq=seq, prev=chain[-1].hash if chain else GENESIS))
    assert holds(chain)
    place = data.draw(st.integers(0, len(chain) - 2))
    assert not holds(chain[:place] + chain[place + 1 :])
    assert not holds([*chain[:place], chain[place + 1], chain[place], *chain[place + 2 :]])
    forged = replace(chain[place], body=b"{}").sealed()
    assert not holds([*chain[:place], forged, *chain[place + 1 :]])


def holds(chain: list[JournalEntry]) -> bool:
    before = [GENESIS, *(each.hash for each in chain)]
    return all(each.follows(prev) for each, prev in zip(chain, before, strict=False))
