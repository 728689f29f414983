"""What several looks at one picture must say together before a text is believed."""

import pytest

from pos.scan.ballot import Ballot
from pos.scan.seen import Corners, Seen, Symbology

TEA, PHANTOM = "6901234567892", "5901234123457"
HERE: Corners = ((100, 100), (290, 100), (290, 220), (100, 220))
THERE: Corners = ((500, 100), (690, 100), (690, 220), (500, 220))


def seen(text: str, library: str, symbology: Symbology = Symbology.EAN13, corners: Corners = HERE) -> Seen:
    return Seen(text, symbology, corners, library)


def believed(*looks: Seen) -> list[str]:
    ballot = Ballot()
    for look in looks:
        ballot.cast([look])
    return [one.text for one in ballot.believed()]


def test_one_look_of_one_library_is_not_believed() -> None:
    assert believed(seen(TEA, "zxing")) == []
    assert believed(seen("hello", "zxing", Symbology.QR)) == []


def test_two_libraries_that_agree_are_believed() -> None:
    assert believed(seen(TEA, "zxing"), seen(TEA, "zbar")) == [TEA]


def test_one_library_must_say_it_three_times() -> None:
    assert believed(*[seen(TEA, "zxing")] * 2) == []
    assert believed(*[seen(TEA, "zxing")] * 3) == [TEA]


def test_opencv_alone_is_never_believed() -> None:
    assert believed(*[seen(TEA, "opencv")] * 9) == []


def test_what_opencv_alone_sees_takes_nothing_from_a_likely_number() -> None:
    assert believed(seen(TEA, "likely"), *[seen(PHANTOM, "opencv")] * 9) == [TEA]
    assert believed(seen(TEA, "likely"), *[seen(PHANTOM, "zbar")] * 2) == []


def test_a_likely_number_is_believed_for_it_compared_bands_of_the_label() -> None:
    assert believed(seen(TEA, "likely")) == [TEA]


def test_a_likely_upc_e_is_a_second_word_only() -> None:
    upc_e = [seen("049000006582", library, Symbology.UPCE) for library in ("likely", "zbar")]
    assert believed(upc_e[0]) == []
    assert believed(upc_e[1]) == []
    assert believed(*upc_e) == ["049000006582"]


def test_a_rival_on_the_same_label_takes_a_third_of_the_votes_at_most() -> None:
    tea, phantom = seen(TEA, "zxing"), seen(PHANTOM, "zbar")
    assert believed(tea, tea, seen(TEA, "zbar"), phantom) == [TEA]
    assert believed(tea, tea, seen(TEA, "zbar"), phantom, phantom) == []


def test_another_label_is_no_rival() -> None:
    other = [seen(PHANTOM, library, corners=THERE) for library in ("zxing", "zbar")]
    assert believed(seen(TEA, "zxing"), seen(TEA, "zbar"), *other) == [TEA, PHANTOM]


@pytest.mark.parametrize("symbology", [Symbology.EAN8, Symbology.UPCE, Symbology.ITF, Symbology.CODE39])
def test_what_is_often_read_off_parts_of_other_codes_needs_more(symbology: Symbology) -> None:
    both = [seen("96385074", library, symbology) for library in ("zxing", "zbar")]
    assert believed(*both, both[0]) == []
    assert believed(*both, *both) == ["96385074"]


def test_code_128_with_letters_zbar_does_not_know_is_what_zxing_says() -> None:
    # zbar leaves out FNC4, which makes an s of what stands for ó (ISO/IEC 15417, annex on extended ASCII).
    assert believed(seen("ssss1234", "zbar", Symbology.CODE128), seen("óóóó1234", "zxing", Symbology.CODE128)) == [
        "óóóó1234"
    ]


def test_code_39_in_full_ascii_is_what_zxing_says() -> None:
    # ISO/IEC 16388, annex A: a small letter is + and the capital, ! is /A.
    pairs = [seen("A+A/A", "zbar", Symbology.CODE39), seen("Aa!", "zxing", Symbology.CODE39)] * 2
    assert believed(*pairs) == ["Aa!"]


def test_what_is_doubted_lies_on_no_label_that_is_believed() -> None:
    ballot = Ballot()
    ballot.cast([seen(TEA, "zxing"), seen(TEA, "zbar"), seen(PHANTOM, "zbar", corners=THERE)])
    assert [one.text for one in ballot.doubted()] == [PHANTOM]
