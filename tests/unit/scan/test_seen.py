"""Texts seen in one frame."""

from pos.scan.seen import Reading, Seen, Symbology

PAYMENT = "287612345678901234"


def label(left: int, top: int, width: int = 95, height: int = 69) -> tuple[tuple[int, int], ...]:
    """Four corners of a label, in modules."""
    return (left, top), (left + width, top), (left + width, top + height), (left, top + height)


def test_a_payment_code_is_never_shown_whole() -> None:
    seen = Seen(PAYMENT, Symbology.QR, label(0, 0), "zxing")
    reading = Reading(PAYMENT, Symbology.QR, label(0, 0))
    assert PAYMENT not in f"{seen!r} {reading!r} {[seen]} {(reading,)}"


def test_two_labels_side_by_side_are_apart() -> None:
    # EAN-13: 95 modules of bars and at least 7 and 11 modules of white between two of them.
    one = Seen("6901234567892", Symbology.EAN13, label(0, 0), "zxing")
    other = Seen("4006381333931", Symbology.EAN13, label(95 + 18, 0), "zxing")
    assert one.is_apart_from(other)


def test_two_labels_one_above_the_other_are_apart() -> None:
    one = Seen("6901234567892", Symbology.EAN13, label(0, 0), "zxing")
    other = Seen("4006381333931", Symbology.EAN13, label(0, 76), "zxing")
    assert one.is_apart_from(other)


def test_the_upper_and_the_lower_end_of_one_label_are_not_apart() -> None:
    """A library may read a few rows near each end; a UPC-A was counted twice so."""
    upper = Seen("092255000096", Symbology.UPCA, label(0, 5, height=2), "zxing")
    lower = Seen("092255000096", Symbology.UPCA, label(0, 66, height=2), "zxing")
    assert not upper.is_apart_from(lower)


def test_the_ends_of_a_label_that_lies_askew_are_not_apart_either() -> None:
    """The same, turned by a quarter."""
    upper = Seen("092255000096", Symbology.UPCA, ((66, 0), (66, 95), (64, 95), (64, 0)), "zxing")
    lower = Seen("092255000096", Symbology.UPCA, ((5, 0), (5, 95), (3, 95), (3, 0)), "zxing")
    assert not upper.is_apart_from(lower)


def test_the_right_half_of_a_label_is_not_apart_from_it() -> None:
    # The right half of an EAN-13 taken for a UPC-E: 51 modules at its right end.
    whole = Seen("6901234567892", Symbology.EAN13, label(0, 0), "zxing")
    half = Seen("012345000065", Symbology.UPCE, label(44, 0, width=51), "zxing")
    assert not whole.is_apart_from(half)


def test_a_phantom_over_two_labels_is_apart_from_neither() -> None:
    left = Seen("6901234567892", Symbology.EAN13, label(0, 0), "zxing")
    right = Seen("4006381333931", Symbology.EAN13, label(113, 0), "zxing")
    phantom = Seen("6901236333939", Symbology.EAN13, label(0, 0, width=208), "zxing")
    assert not phantom.is_apart_from(left)
    assert not phantom.is_apart_from(right)


def test_short_retail_codes_are_weak() -> None:
    assert Reading("96385074", Symbology.EAN8, label(0, 0)).is_weak
    assert not Reading("6901234567892", Symbology.EAN13, label(0, 0)).is_weak


def test_what_is_seen_of_a_half_covered_label_lies_within_it_but_not_once_it_is_moved_or_turned() -> None:
    whole = Seen("6901234567892", Symbology.EAN13, label(0, 0), "zxing")
    places = [
        label(0, 0),
        label(0, 0, height=30),
        label(1, 39, height=30),
        label(4, 0),
        label(0, 0, width=98, height=75),
    ]
    seen = [Seen(whole.text, whole.symbology, place, "zbar") for place in places]
    assert [each.lies_within(whole) for each in seen] == [True, True, True, False, False]
