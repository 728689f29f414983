"""When a text counts."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.scan.seen import CERTAIN_VOTES, Corners, Seen, Symbology
from pos.scan.steady import MAX_PAYMENTS, MAX_TEXTS, Steady

TEA, COLA, PHANTOM = "6901234567892", "4006381333931", "5901234123457"
PAYMENT = "287612345678901234"
FRAME_S = 1 / 30


def box(left: int = 100, top: int = 100, width: int = 190, height: int = 120) -> Corners:
    """Four corners of a label."""
    return (left, top), (left + width, top), (left + width, top + height), (left, top + height)


def bars(text: str, library: str = "zxing", corners: Corners | None = None) -> Seen:
    """What one library saw of an EAN-13."""
    return Seen(text, Symbology.EAN13, corners or box(), library)


def both(text: str, corners: Corners | None = None) -> list[Seen]:
    """What both libraries saw of it."""
    return [bars(text, "zxing", corners), bars(text, "zbar", corners)]


def qr(text: str) -> Seen:
    """What one library saw of a QR code."""
    return Seen(text, Symbology.QR, box(), "zxing")


class Film:
    """Looks thirty times a second."""

    def __init__(self) -> None:
        self.steady = Steady()
        self.at = 1000.0

    def look(self, *seen: Seen, times: int = 1) -> list[str]:
        """Look so many times and return what counts."""
        counted = []
        for _ in range(times):
            counted += [reading.text for reading in self.steady.note(seen, self.at)]
            self.at += FRAME_S
        return counted


@pytest.fixture
def film() -> Film:
    """A film nobody has looked at."""
    return Film()


def test_one_look_never_counts_even_if_both_libraries_agree(film: Film) -> None:
    assert film.look(*both(TEA)) == []
    assert film.look(times=40) == []


def test_two_looks_count_when_both_libraries_agree(film: Film) -> None:
    film.look(*both(TEA))
    assert film.look(*both(TEA)) == [TEA]


def test_a_number_only_one_library_sees_never_counts(film: Film) -> None:
    """So was a grille of bars an UPC-A to zxing, in every fourth frame for as long as it lay there."""
    assert film.look(bars(TEA), times=300) == []
    assert film.look(*both(TEA), times=2) == [TEA]


def test_a_likely_number_needs_no_other_library_but_two_looks(film: Film) -> None:
    likely = replace(bars(TEA, "likely"), votes=2)
    assert film.look(likely) == []
    assert film.look(likely) == [TEA]


def test_a_likely_number_that_nothing_else_can_be_needs_one_look(film: Film) -> None:
    assert film.look(replace(bars(TEA, "likely"), votes=CERTAIN_VOTES)) == [TEA]


def test_one_library_alone_needs_four_looks_at_a_code_128(film: Film) -> None:
    case = Seen("CASE-0042", Symbology.CODE128, box(), "zxing")
    assert film.look(case, times=3) == []
    assert film.look(case) == ["CASE-0042"]


def test_looks_more_than_half_a_second_apart_do_not_add_up(film: Film) -> None:
    for _ in range(10):
        assert film.look(*both(TEA)) == []
        assert film.look(times=16) == []


def test_what_lies_still_counts_once(film: Film) -> None:
    assert film.look(*both(TEA), times=30 * 60) == [TEA]


def test_it_counts_again_after_it_has_left_for_three_quarters_of_a_second(film: Film) -> None:
    assert film.look(*both(TEA), times=5) == [TEA]
    film.look(times=24)
    assert film.look(*both(TEA), times=5) == [TEA]


def test_a_short_flicker_is_no_leaving(film: Film) -> None:
    assert film.look(*both(TEA), times=5) == [TEA]
    for _ in range(20):
        film.look(times=20)
        assert film.look(*both(TEA), times=2) == []


def test_a_camera_that_was_away_saw_nothing_leave(film: Film) -> None:
    assert film.look(*both(TEA), times=5) == [TEA]
    film.at += 60
    assert film.look(*both(TEA), times=5) == []


def test_a_new_picture_makes_everything_count_again(film: Film) -> None:
    assert film.look(*both(TEA), times=5) == [TEA]
    film.steady.new_picture()
    assert film.look(*both(TEA), times=5) == [TEA]


def test_two_readings_of_one_label_count_only_when_one_has_twice_the_votes(film: Film) -> None:
    for _ in range(30):
        assert film.look(bars(TEA, "zxing"), bars(PHANTOM, "zbar")) == []
    assert film.look(*both(TEA), times=30) == [TEA]


def test_a_rare_phantom_does_not_hold_up_the_true_text(film: Film) -> None:
    film.look(bars(PHANTOM))
    assert film.look(*both(TEA), times=2) == [TEA]


def test_two_products_side_by_side_both_count_in_reading_order(film: Film) -> None:
    left, right = box(100), box(600)
    film.look(*both(COLA, right), *both(TEA, left))
    assert film.look(*both(COLA, right), *both(TEA, left)) == [TEA, COLA]


def test_a_product_that_follows_another_at_once_counts_within_half_a_second(film: Film) -> None:
    film.look(*both(TEA), times=30)
    assert film.look(*both(COLA), times=15) == [COLA]


def test_a_product_beside_a_qr_is_not_held_up_by_it(film: Film) -> None:
    link = "https://example.com/leaflet"
    assert film.look(*both(TEA), qr(link), times=4) == [TEA, link]


def test_short_codes_need_more(film: Film) -> None:
    short = [Seen("96385074", Symbology.EAN8, box(), library) for library in ("zxing", "zbar")]
    assert film.look(*short, times=3) == []
    assert film.look(*short) == ["96385074"]


def test_a_upc_e_read_off_an_ean_13_does_not_count(film: Film) -> None:
    half = Seen("012345000065", Symbology.UPCE, box(195, width=100), "zxing")
    assert film.look(half, *both(TEA), times=60) == [TEA]


def test_a_qr_counts_at_the_second_look(film: Film) -> None:
    assert film.look(qr("member 17")) == []
    assert film.look(qr("member 17")) == ["member 17"]


def test_a_payment_code_is_handed_over_once_however_long_it_lies_there(film: Film) -> None:
    assert film.look(qr(PAYMENT), times=30 * 300) == [PAYMENT]


def test_a_payment_code_shown_again_within_two_minutes_is_not_handed_over_again(film: Film) -> None:
    assert film.look(qr(PAYMENT), times=5) == [PAYMENT]
    film.look(times=30 * 100)
    assert film.look(qr(PAYMENT), times=5) == []
    film.steady.new_picture()
    assert film.look(qr(PAYMENT), times=5) == []


def test_a_payment_code_is_forgotten_two_minutes_after_it_was_last_seen(film: Film) -> None:
    assert film.look(qr(PAYMENT), times=5) == [PAYMENT]
    film.look(times=30 * 121)
    assert film.look(qr(PAYMENT), times=5) == [PAYMENT]


def test_a_label_that_looks_like_a_payment_code_counts_again_like_goods_once_the_till_says_so(film: Film) -> None:
    label = [qr(PAYMENT)]
    assert film.look(*label, times=3) == [PAYMENT]
    film.steady.was_goods(PAYMENT)
    assert film.look(*label, times=60) == []
    film.look(times=40)
    assert film.look(*label, times=3) == [PAYMENT]
    film.look(times=40)
    assert film.look(*label, times=3) == [PAYMENT]


def test_what_the_till_calls_goods_makes_no_goods_of_another_payment_code(film: Film) -> None:
    film.steady.was_goods("269999999999999999")
    assert film.look(qr(PAYMENT), times=3) == [PAYMENT]
    film.look(times=40)
    assert film.look(qr(PAYMENT), times=9) == []


def test_bars_and_square_of_one_payment_code_are_one(film: Film) -> None:
    shown = [qr(PAYMENT), Seen(PAYMENT, Symbology.CODE128, box(100, 400), "zxing")]
    assert film.look(*shown, times=10) == [PAYMENT]


def test_no_payment_code_stays_in_memory_once_it_is_handed_over(film: Film) -> None:
    film.look(qr(PAYMENT), times=10)
    assert PAYMENT not in _everything(film.steady)


def test_a_payment_code_seen_is_told_as_counted(film: Film) -> None:
    film.look(qr(PAYMENT))
    assert not film.steady.has_counted(qr(PAYMENT))
    film.look(qr(PAYMENT))
    assert film.steady.has_counted(qr(PAYMENT))


def test_something_new_is_undecided_for_half_a_second_at_most(film: Film) -> None:
    assert not film.steady.is_undecided(film.at)
    film.look(bars(TEA, "zxing"), bars(PHANTOM, "zbar"))
    assert film.steady.is_undecided(film.at)
    film.look(bars(TEA, "zxing"), bars(PHANTOM, "zbar"), times=16)
    assert not film.steady.is_undecided(film.at)


def test_memory_is_bounded_whatever_comes(film: Film) -> None:
    for number in range(3000):
        film.look(qr(f"text {number}"), qr(f"28{number:016}"), times=2)
    assert len(film.steady._watched) <= MAX_TEXTS
    assert len(film.steady._payments) <= MAX_PAYMENTS


@given(st.lists(st.sets(st.tuples(st.sampled_from([TEA, COLA, PHANTOM]), st.sampled_from(["zxing", "zbar"])))))
def test_nothing_counts_on_fewer_than_four_votes_from_two_looks(looks: list[set[tuple[str, str]]]) -> None:
    film = Film()
    votes: dict[str, list[int]] = {}
    for number, look in enumerate(looks):
        counted = film.look(*(bars(text, library) for text, library in sorted(look)))
        for text, _ in look:
            votes.setdefault(text, []).append(number)
        for text in counted:
            assert len(votes[text]) >= 4
            assert len(set(votes[text])) >= 2


def _everything(thing: object) -> str:
    """All texts reachable from an object."""
    if isinstance(thing, dict):
        return " ".join(_everything(part) for part in [*thing.keys(), *thing.values()])
    if isinstance(thing, str | bytes | int | float | None):
        return str(thing)
    if hasattr(thing, "__iter__"):
        return " ".join(_everything(part) for part in thing)
    slots = getattr(thing, "__slots__", None) or vars(thing)
    return " ".join(_everything(getattr(thing, name)) for name in slots)


def test_what_is_handed_over_is_no_longer_than_the_till_takes() -> None:
    steady = Steady()
    looks = [steady.note([qr("A" * 1500)], at) for at in (0.0, 0.1)]
    assert [len(reading.text) for look in looks for reading in look] == [512]


RIGHT = box(left=400)


def test_two_equal_items_side_by_side_count_twice(film: Film) -> None:
    assert film.look(*both(TEA), *both(TEA, RIGHT), times=5) == [TEA, TEA]


def test_an_equal_item_put_beside_the_first_counts_too(film: Film) -> None:
    film.look(*both(TEA), times=30)
    assert film.look(*both(TEA), *both(TEA, RIGHT), times=5) == [TEA]


def test_one_label_seen_at_two_places_by_two_libraries_counts_once(film: Film) -> None:
    assert film.look(bars(TEA), bars(TEA, "zbar", RIGHT), times=10) == [TEA]


def test_a_label_that_moves_quickly_counts_once(film: Film) -> None:
    counted = [text for step in range(10) for text in film.look(*both(TEA, box(left=100 + 250 * step)))]
    assert counted == [TEA]


def test_of_two_equal_items_one_that_goes_and_comes_does_not_count_again(film: Film) -> None:
    film.look(*both(TEA), *both(TEA, RIGHT), times=5)
    film.look(*both(TEA), times=60)
    assert film.look(*both(TEA), *both(TEA, RIGHT), times=10) == []


def test_a_payment_code_shown_twice_in_one_picture_is_handed_over_once(film: Film) -> None:
    assert film.look(*both(PAYMENT), *both(PAYMENT, RIGHT), times=10) == [PAYMENT]


def test_a_short_code_needs_both_libraries(film: Film) -> None:
    upc_e = Seen("012345000065", Symbology.UPCE, box(), "zxing")
    assert film.look(upc_e, times=60) == []


def test_bars_and_digital_link_of_one_item_count_once(film: Film) -> None:
    link = Seen(f"https://example.com/01/0{TEA}/10/A7", Symbology.QR, RIGHT, "zxing")
    assert len(film.look(*both(TEA), link, times=20)) == 1
    assert film.look(link, times=60) == []
    assert film.look(*both(TEA), times=60) == []


def test_two_items_with_digital_links_count_twice(film: Film) -> None:
    link = f"https://example.com/01/0{TEA}/21/"
    links = [Seen(f"{link}{place[0][0]}", Symbology.QR, place, "zxing") for place in (box(), RIGHT)]
    assert len(film.look(*links, times=10)) == 2
