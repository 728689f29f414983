"""One scan box: what a text means is told by shape, by the store's own rules, and by where it was scanned."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.code import CodeKind, read_code
from pos.domain.errors import BadStoreRule
from pos.domain.store_codes import Mode, StoreCodes, for_mode, read_codes, read_store_codes

DOCUMENT = {
    "codes": {
        "members": [{"prefixes": ["88", "V"], "lengths": [8, 12]}],
        "coupons": [{"prefixes": ["CP"], "lengths": [10]}],
    },
    "scale_labels": [
        {"id": "both", "layout": "PPWWWWWAAAAAGGGGGC", "prefixes": ["26"]},
        {"id": "amount", "layout": "PPWWWWWAAAAAC", "prefixes": ["21"]},
    ],
    "promotions": [],
}
OURS = read_store_codes(DOCUMENT)
BOTH_WAYS = "260030101936023107"
"""It begins with 26, as codes of Alipay do; weights 3, 1, 3, … from the right of the seventeen give 63, so 7."""


def kinds(text: str, mode: Mode, codes: StoreCodes = OURS) -> list[CodeKind]:
    return [code.kind for code in for_mode(read_codes(text, codes), mode)]


def test_where_a_label_has_the_shape_of_a_payment_code_the_mode_decides() -> None:
    assert kinds(BOTH_WAYS, Mode.GOODS) == [CodeKind.SCALE_LABEL, CodeKind.PAYMENT]
    assert kinds(BOTH_WAYS, Mode.MONEY) == [CodeKind.PAYMENT]
    assert kinds(BOTH_WAYS, Mode.GOODS, StoreCodes()) == [CodeKind.PAYMENT]


def test_a_label_of_thirteen_digits_may_still_be_bought_goods() -> None:
    assert kinds("2100301019362", Mode.GOODS) == [CodeKind.SCALE_LABEL, CodeKind.PRODUCT]
    assert kinds("6901234567892", Mode.GOODS) == [CodeKind.PRODUCT]


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("6901234567892", CodeKind.PRODUCT), ("280123456789012345", CodeKind.PAYMENT),
        ("130123456789012345", CodeKind.WECHAT_PAY), ("V1234567", CodeKind.MEMBER), ("CP12345678", CodeKind.COUPON),
        ("0017-03-20261123-0001", CodeKind.RECEIPT), ("GTB1:ABCDEFGHIJKLMNOP", CodeKind.BADGE),
        ("hello", CodeKind.UNKNOWN), ("", CodeKind.UNKNOWN),
    ],
)  # fmt: skip
def test_what_has_one_meaning_has_it_on_every_screen(text: str, kind: CodeKind, mode: Mode) -> None:
    assert kinds(text, mode) == [kind]


def test_the_stores_own_numbers_go_before_what_they_look_like() -> None:
    member = "88012345678"
    [twelve] = [member + last for last in "0123456789" if read_code(member + last).kind is CodeKind.PRODUCT]
    assert kinds(twelve, Mode.GOODS) == [CodeKind.MEMBER, CodeKind.PRODUCT]
    assert kinds("V1234567", Mode.GOODS, StoreCodes()) == [CodeKind.UNKNOWN]


def test_an_input_method_changes_no_member() -> None:
    assert kinds("Ｖ１２３４５６７\u200b", Mode.GOODS) == [CodeKind.MEMBER]
    assert read_codes("Ｖ１２３４５６７", OURS)[0].text == "V1234567"


@given(st.text(), st.sampled_from(Mode))
def test_any_text_means_something_and_unknown_stands_alone(text: str, mode: Mode) -> None:
    codes = for_mode(read_codes(text, OURS), mode)
    assert {code.text for code in codes} == {read_code(text).text}
    assert len(codes) == 1 or CodeKind.UNKNOWN not in {code.kind for code in codes}


@given(st.from_regex(r"2[5-9][0-9]{16}", fullmatch=True))
def test_a_payment_code_pays_whatever_the_stores_rules_say(text: str) -> None:
    assert kinds(text, Mode.MONEY) == [CodeKind.PAYMENT]


@pytest.mark.parametrize(
    "document",
    [
        {"codes": []}, {"codes": {"colour": []}}, {"codes": {"members": {}}}, {"codes": {"members": [1]}},
        {"codes": {"members": [{"prefixes": ["88"]}]}}, {"codes": {"members": [{"prefixes": [], "lengths": [8]}]}},
        {"codes": {"members": [{"prefixes": ["8-"], "lengths": [8]}]}},
        {"codes": {"coupons": [{"prefixes": ["88"], "lengths": [3]}]}},
        {"codes": {"coupons": [{"prefixes": ["88"], "lengths": [True]}]}}, {"scale_labels": {}},
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_used_is_refused(document: dict[str, object]) -> None:
    with pytest.raises(BadStoreRule):
        read_store_codes(document)


def test_a_store_without_rules_has_none() -> None:
    assert read_store_codes({}) == StoreCodes()
