"""Any till of the group believes a receipt of the group, and no other paper."""

import hashlib
import hmac
import re
from base64 import b32encode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.code import CodeKind, read_code
from pos.domain.errors import BadStoreRule, ReceiptForged
from pos.domain.money import LIMIT_FEN, Money
from pos.domain.receipt_code import ReceiptCode, ReceiptKey, read_receipt_code, read_receipt_keys, write_receipt_code

KEY = ReceiptKey("1", bytes(range(32)))
OLD = ReceiptKey("0", bytes(32))
NUMBER = "0017-03-20261123-0001"
names = st.text("0123456789ABCXYZabcxyz", min_size=1, max_size=16)


def test_a_code_is_signed_by_hmac_sha256_over_what_it_says() -> None:
    mac = hmac.new(bytes(range(32)), b"guitai receipt 1\n1\n0017-03-20261123-0001\n2020", hashlib.sha256).digest()
    expected = f"GTR1:{NUMBER}:2020:1:{b32encode(mac[:10]).decode()}"
    assert write_receipt_code(NUMBER, Money(2020), [KEY, OLD]) == expected
    assert len(expected) == 50


def test_any_key_of_the_group_is_believed() -> None:
    old = write_receipt_code(NUMBER, Money(2020), [OLD])
    assert read_receipt_code(old, [KEY, OLD]) == ReceiptCode(NUMBER, Money(2020))
    with pytest.raises(ReceiptForged):
        read_receipt_code(old, [KEY])


def test_a_number_alone_proves_nothing() -> None:
    assert write_receipt_code(NUMBER, Money(2020), []) == NUMBER
    assert read_receipt_code(NUMBER, [KEY]) == ReceiptCode(NUMBER)


@given(names, names, st.integers(0, LIMIT_FEN), st.data())
def test_a_code_is_read_as_it_was_written_and_not_when_one_sign_is_another(
    store: str, till: str, fen: int, random: st.DataObject
) -> None:
    number = f"{store}-{till}-20261123-0001"
    text = write_receipt_code(number, Money(fen), [KEY])
    assert read_receipt_code(text, [KEY]) == ReceiptCode(number, Money(fen))
    assert read_code(text).kind is CodeKind.RECEIPT
    assert re.fullmatch("[0-9A-Z$:-]+", text)
    place = random.draw(st.integers(5, len(text) - 1))
    other = random.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$:-"))
    changed = text[:place] + other + text[place + 1 :]
    if changed != text:
        with pytest.raises(ReceiptForged):
            read_receipt_code(changed, [KEY])


def test_the_keys_of_the_group_stand_in_the_stores_rules() -> None:
    document = {"receipts": {"keys": [{"id": "2", "secret": "ab" * 32}, {"id": "1", "secret": "00" * 16}]}}
    assert [each.id for each in read_receipt_keys(document)] == ["2", "1"]
    assert read_receipt_keys({}) == ()
    assert "abab" not in repr(read_receipt_keys(document))


@pytest.mark.parametrize(
    "part",
    [[], {"keys": {}}, {"keys": ["x"]}, {"keys": [{"id": "1"}]}, {"keys": [{"id": "a", "secret": "00" * 16}]},
     {"keys": [{"id": "1", "secret": "00" * 8}]}, {"keys": [{"id": "1", "secret": "00" * 16}] * 2}],
)  # fmt: skip
def test_keys_that_cannot_be_used_are_refused(part: object) -> None:
    with pytest.raises(BadStoreRule):
        read_receipt_keys({"receipts": part})
