"""Which keys do what: maps without collisions, kept and read back, and what a shop may not do to itself."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ui.keys.keymap import FIXED, OURS, PRESETS, KeyMap, Place, Press, is_usable, keys_words, places_of, read_keys

PLAIN = [f"F{number}" for number in range(2, 13)] + [f"Ctrl+F{number}" for number in range(1, 13)] + ["*", "/", "Del"]


@pytest.mark.parametrize("preset", PRESETS)
def test_no_key_of_a_preset_does_two_things_in_one_place(preset: str) -> None:
    assert PRESETS[preset].collisions() == []


@pytest.mark.parametrize("preset", PRESETS)
def test_every_press_of_a_preset_has_a_key(preset: str) -> None:
    assert [press for press in Press if not PRESETS[preset].keys_of(press)] == []


@pytest.mark.parametrize(
    ("preset", "press", "key"),
    [
        # 管家婆云零售: help.wsgjp.com, "支持全键盘操作"
        ("guanjiapo", Press.QUANTITY, "*"),
        ("guanjiapo", Press.PRICE, "."),
        ("guanjiapo", Press.LINE_DISCOUNT, "/"),
        ("guanjiapo", Press.MEMBER, "F2"),
        ("guanjiapo", Press.RESUME, "F8"),
        ("guanjiapo", Press.ORDER_DISCOUNT, "F10"),
        ("guanjiapo", Press.PRICE_CHECK, "F12"),
        # 中顶: its page names F5 结账, F6 折扣, F7 单价, F8 数量
        ("zhongding", Press.PAY, "F5"),
        ("zhongding", Press.LINE_DISCOUNT, "F6"),
        ("zhongding", Press.PRICE, "F7"),
        ("zhongding", Press.QUANTITY, "F8"),
        # supermarket training text: F9 付款, F6 挂单, Shift+F6 取单, Ctrl+Del 取消
        ("f9", Press.PAY, "F9"),
        ("f9", Press.SUSPEND, "F6"),
        ("f9", Press.RESUME, "Shift+F6"),
        ("f9", Press.CLEAR, "Ctrl+Del"),
    ],
)
def test_a_preset_has_the_keys_its_cashiers_know(preset: str, press: Press, key: str) -> None:
    assert PRESETS[preset].keys_of(press)[0] == key


def test_one_key_may_do_one_thing_among_the_goods_and_another_while_paying() -> None:
    assert OURS.press_for("F9", Place.GOODS) is Press.REFUND
    assert OURS.press_for("F9", Place.PAY) is Press.EXACT
    assert OURS.press_for("F9", Place.SIGN_IN) is None


def test_a_key_that_would_do_two_things_is_named() -> None:
    made = OURS.with_keys(Press.QUANTITY, "F8")
    assert [(each.key, each.one, each.other) for each in made.collisions()] == [("F8", Press.QUANTITY, Press.MEMBER)]
    assert OURS.rivals(Press.QUANTITY, "F8") == [Press.MEMBER]


@pytest.mark.parametrize("key", ["1", "a", "A", "Space", "Backspace", "Return", "Esc", "F1", "Tab"])
def test_what_is_typed_or_always_means_the_same_cannot_be_given_away(key: str) -> None:
    assert not is_usable(key)


@pytest.mark.parametrize("key", ["F4", "*", ".", "Ctrl+K", "Del"])
def test_function_keys_and_signs_can(key: str) -> None:
    assert is_usable(key)


def test_a_map_that_was_kept_is_read_back() -> None:
    made = PRESETS["zhongding"].with_keys(Press.MEMBER, "Ctrl+F1").with_keys(Press.DRAWER)
    assert read_keys(made.as_json()) == made


@pytest.mark.parametrize(
    "kept", [None, 5, "F4", {}, {"preset": "nobody"}, {"keys": 3}, {"keys": {"pay": "F4", "x": []}}]
)
def test_what_cannot_be_read_is_our_own_map(kept: object) -> None:
    assert read_keys(kept).keys_of(Press.PAY) == ("F12", "+")  # type: ignore[arg-type]


def test_a_map_with_a_collision_is_not_obeyed() -> None:
    assert read_keys(OURS.with_keys(Press.QUANTITY, "F8").with_keys(Press.MEMBER, "F8").as_json()) == OURS


def test_a_press_of_a_later_version_keeps_out_of_the_way_of_the_shops_keys() -> None:
    kept = OURS.with_keys(Press.QUANTITY, "F6").with_keys(Press.LINE_DISCOUNT, "F4").as_json()
    assert isinstance(kept, dict)
    assert isinstance(kept["keys"], dict)
    kept["keys"] = {name: keys for name, keys in kept["keys"].items() if name not in {"suspend", "line_discount"}}
    read = read_keys(kept)
    assert read.keys_of(Press.SUSPEND) == ("F2",)
    assert read.keys_of(Press.LINE_DISCOUNT) == ()
    assert read.collisions() == []


def test_the_two_enters_are_printed_as_one() -> None:
    assert keys_words(("Return", "Enter")) == "Enter"
    assert keys_words(()) == "—"


@given(st.dictionaries(st.sampled_from([each for each in Press if each not in FIXED]),
                       st.lists(st.sampled_from(PLAIN), max_size=2, unique=True).map(tuple)))  # fmt: skip
def test_whatever_was_kept_no_key_does_two_things_in_one_place(changed: dict[Press, tuple[str, ...]]) -> None:
    read = read_keys(KeyMap("guitai", dict(OURS.keys) | changed).as_json())
    seen = {(key, place) for press in Press for key in read.keys_of(press) for place in places_of(press)}
    assert len(seen) == sum(len(read.keys_of(press)) * len(places_of(press)) for press in Press)
