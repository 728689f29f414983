"""A code is typed by people, and neither it nor its secret part ever travels."""

import pytest

from pos.domain.device import EnrolmentCode, hub_proof, is_office, is_same_proof, till_proof

CODE = EnrolmentCode.make(bytes(range(1, 9)))


def test_a_code_is_twelve_signs_that_cannot_be_read_wrong() -> None:
    assert len(CODE.text) == 12
    assert not set(CODE.text) & set("ILOU")
    assert str(CODE) == "-".join([CODE.text[:4], CODE.text[4:8], CODE.text[8:]])
    assert len({EnrolmentCode.make(bytes([byte] * 8)).text for byte in range(256)}) == 256


@pytest.mark.parametrize("typed", ["7KQ2-M9XD-01TA", "7kq2 m9xd oita", "7KQ2M9XDOLTA"])
def test_a_code_is_read_as_people_type_it(typed: str) -> None:
    assert EnrolmentCode.read(typed).text == "7KQ2M9XD01TA"


@pytest.mark.parametrize("typed", ["", "7KQ2-M9XD", "7KQ2-M9XD-01TA-1", "7KQ2-M9XD-01T！", "7KQU-M9XD-01TA"])
def test_what_is_no_code_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="not an enrolment code"):
        EnrolmentCode.read(typed)


def test_a_code_stretches_otherwise_for_another_device_and_another_secret() -> None:
    other = EnrolmentCode(CODE.text[:4] + CODE.text[4:][::-1])
    assert len({CODE.stretched("0017-03"), CODE.stretched("0017-04"), other.stretched("0017-03")}) == 3


def test_a_code_does_not_show_its_secret_when_it_is_printed_by_accident() -> None:
    assert CODE.text[4:] not in repr(CODE)


def test_a_proof_holds_for_what_was_said_and_nothing_else() -> None:
    key = b"k" * 32
    proofs = {
        till_proof(key, "0017-03", "P", "n"),
        till_proof(key, "0017-04", "P", "n"),
        till_proof(key, "0017-03", "Q", "n"),
        till_proof(key, "0017-03", "P", "m"),
        till_proof(b"l" * 32, "0017-03", "P", "n"),
        hub_proof(key, "n", "H", ["P"]),
        hub_proof(key, "n", "H", ["P", "Q"]),
        hub_proof(key, "n", "G", ["P"]),
        hub_proof(key, "m", "H", ["P"]),
    }
    assert len(proofs) == 9
    assert is_same_proof(till_proof(key, "0017-03", "P", "n"), till_proof(key, "0017-03", "P", "n"))
    assert not is_same_proof("a", "b")


@pytest.mark.parametrize(("name", "is_one"), [("office", True), ("office.lin", True), ("office-1", False),
                                              ("0017-03", False), ("officer", False), ("office.", False)])  # fmt: skip
def test_an_office_is_named_as_no_till_can_be(name: str, is_one: bool) -> None:  # noqa: FBT001
    assert is_office(name) is is_one
