"""Fields are held to the lengths and signs Alipay's documents allow."""

from datetime import UTC, datetime

import pytest

from pos.sandbox.gateway_fields import check_number, check_payment, check_precreate, wants
from tests.unit.sandbox.gateway_kit import NOON, order, payment

CODE = "287634438256643941"
WRONG = "INVALID_PARAMETER"


def checked(**other: object) -> str:
    return check_payment({**payment("GT1", CODE), **other}, NOON)


def test_a_plain_payment_is_right() -> None:
    assert checked() == ""


@pytest.mark.parametrize("name", ["out_trade_no", "total_amount", "subject", "auth_code"])
def test_what_a_payment_needs_must_be_there(name: str) -> None:
    content = {key: value for key, value in payment("GT1", CODE).items() if key != name}
    assert check_payment(content, NOON) == WRONG


LENGTHS = {
    "out_trade_no": 64, "subject": 256, "body": 128, "seller_id": 28, "operator_id": 28, "store_id": 32,
    "terminal_id": 32, "alipay_store_id": 32, "passback_params": 512,
}  # fmt: skip


@pytest.mark.parametrize(("name", "length"), LENGTHS.items())
def test_a_field_may_be_as_long_as_documented_and_no_longer(name: str, length: int) -> None:
    assert checked(**{name: "a" * length}) == ""
    assert checked(**{name: "a" * (length + 1)}) == WRONG


@pytest.mark.parametrize("name", LENGTHS)
@pytest.mark.parametrize("value", [7, 1.5, True, ["a"], {"a": "b"}])
def test_a_text_field_must_be_a_text(name: str, value: object) -> None:
    assert checked(**{name: value}) == WRONG


@pytest.mark.parametrize("number", ["", "GT-1", "GT 1", "单号1", "GT1\n", "１２３"])
def test_a_number_is_letters_digits_and_underscores(number: str) -> None:
    assert checked(out_trade_no=number) == WRONG


def test_a_number_may_have_underscores() -> None:
    assert checked(out_trade_no="a_B_9") == ""


@pytest.mark.parametrize(
    ("amount", "refusal"),
    [("0.01", ""), ("1", ""), ("1.5", ""), ("99999999.99", ""), ("100000000", ""), ("0", WRONG), ("0.00", WRONG),
     ("0.001", WRONG), ("-1", WRONG), ("1,000", WRONG), ("1e3", WRONG), ("", WRONG), (" 1", WRONG), ("１", WRONG),
     (1, WRONG), (1.5, WRONG), ("100000000.01", "TOTAL_FEE_EXCEED"), ("999999999", "TOTAL_FEE_EXCEED")],
)  # fmt: skip
def test_an_amount_is_yuan_from_one_fen_to_a_hundred_million(amount: object, refusal: str) -> None:
    assert checked(total_amount=amount) == refusal


@pytest.mark.parametrize("subject", ["", "a/b", "a=b", "a&b"])
def test_a_subject_has_no_signs_of_an_address(subject: str) -> None:
    assert checked(subject=subject) == WRONG


@pytest.mark.parametrize(
    "code",
    ["240000000000000000", "310000000000000000", "28123", "2" * 15, "28" + "0" * 23, "28abc0000000000000", "",
     "6901234567892", "fp123", 287634438256643941],
)  # fmt: skip
def test_what_cannot_be_a_payment_code_is_refused_as_one(code: object) -> None:
    assert checked(auth_code=code) == "PAYMENT_AUTH_CODE_INVALID"


@pytest.mark.parametrize("code", ["25" + "0" * 14, "30" + "0" * 22, "28" + "0" * 16])
def test_codes_have_16_to_24_digits_and_begin_with_25_to_30(code: str) -> None:
    assert checked(auth_code=code) == ""


@pytest.mark.parametrize(
    ("code", "scene", "refusal"),
    [(CODE, "bar_code", ""), (CODE, None, ""), (CODE, "security_code", "UN_SUPPORT_TRADE_SCENE"),
     (CODE, "wave_code", "UN_SUPPORT_TRADE_SCENE"), ("fp" + "a" * 33, "security_code", ""),
     ("fp" + "a" * 33, "bar_code", "UN_SUPPORT_TRADE_SCENE")],
)  # fmt: skip
def test_a_scene_fits_its_code(code: str, scene: str | None, refusal: str) -> None:
    assert check_payment(payment("GT1", code, scene=scene), NOON) == refusal


@pytest.mark.parametrize("life", ["1m", "15d", "360h", "21600m", "1c"])
def test_a_life_lasts_from_a_minute_to_fifteen_days(life: str) -> None:
    assert checked(timeout_express=life) == ""


@pytest.mark.parametrize("life", ["0m", "16d", "361h", "1.5h", "90", "m", "2c", "90s", 90])
def test_any_other_life_is_wrong(life: object) -> None:
    assert checked(timeout_express=life) == WRONG


@pytest.mark.parametrize("moment", ["2026-11-23 12:00:00", "2026-11-23 11:59:59", "2026-02-30 12:00:00"])
def test_a_trade_cannot_end_before_it_began(moment: str) -> None:
    assert checked(time_expire=moment) == "NOW_TIME_AFTER_EXPIRE_TIME_ERROR"


def test_shown_times_are_beijings() -> None:
    early = datetime(2026, 11, 23, 3, 59, 59, tzinfo=UTC)
    assert check_payment(payment("GT1", CODE, time_expire="2026-11-23 12:00:00"), early) == ""


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [({"discountable_amount": "80.00", "undiscountable_amount": "8.88"}, ""), ({"discountable_amount": "80.00"}, ""),
     ({"discountable_amount": "80.00", "undiscountable_amount": "8.87"}, WRONG),
     ({"discountable_amount": "999999999"}, WRONG),
     ({"discountable_amount": "100000000", "undiscountable_amount": "100000000"}, WRONG)],
)  # fmt: skip
def test_parts_of_an_amount_add_up(parts: dict[str, str], refusal: str) -> None:
    assert checked(**parts) == refusal


@pytest.mark.parametrize(("count", "refusal"), [(0, ""), (150, ""), (151, "SUB_GOODS_SIZE_MAX_COUNT")])
def test_goods_are_150_at_most(count: int, refusal: str) -> None:
    goods = [{"goods_id": "1", "goods_name": "牛奶", "quantity": 1, "price": "1.00"}] * count
    assert checked(goods_detail=goods) == refusal


def test_goods_are_a_list_of_objects() -> None:
    assert checked(goods_detail="牛奶") == WRONG
    assert checked(goods_detail=["牛奶"]) == WRONG


MILK: dict[str, object] = {"goods_id": "6901234567892", "goods_name": "牛奶", "quantity": 1, "price": "12.50"}
GOODS_LENGTHS = {
    "goods_id": 64, "goods_name": 256, "goods_category": 24, "categories_tree": 128, "body": 1000, "show_url": 400,
}  # fmt: skip


@pytest.mark.parametrize("name", ["goods_id", "goods_name", "quantity", "price"])
def test_what_goods_need_must_be_there(name: str) -> None:
    assert checked(goods_detail=[MILK]) == ""
    assert checked(goods_detail=[{key: value for key, value in MILK.items() if key != name}]) == WRONG


@pytest.mark.parametrize(("name", "length"), GOODS_LENGTHS.items())
def test_a_field_of_goods_may_be_as_long_as_documented_and_no_longer(name: str, length: int) -> None:
    assert checked(goods_detail=[{**MILK, name: "a" * length}]) == ""
    assert checked(goods_detail=[MILK, {**MILK, name: "a" * (length + 1)}]) == WRONG


@pytest.mark.parametrize(
    ("other", "refusal"),
    [({"quantity": "3"}, ""), ({"quantity": 9_999_999_999}, ""), ({"quantity": 0}, WRONG), ({"quantity": 1.5}, WRONG),
     ({"quantity": True}, WRONG), ({"quantity": 10_000_000_000}, WRONG), ({"quantity": -1}, WRONG), ({"price": 12}, ""),
     ({"price": 12.5}, WRONG), ({"price": "12.505"}, WRONG), ({"price": "-1"}, WRONG), ({"goods_name": 7}, WRONG)],
)  # fmt: skip
def test_numbers_of_goods_are_whole_and_prices_exact(other: dict[str, object], refusal: str) -> None:
    assert checked(goods_detail=[{**MILK, **other}]) == refusal


@pytest.mark.parametrize(
    ("options", "refusal"),
    [([], ""), (["fund_bill_list"], ""), (["never_heard_of"], ""), ("fund_bill_list", WRONG), ([7], WRONG),
     ([""], WRONG), (["a" * 65], WRONG), ({"fund_bill_list": 1}, WRONG), (["a"] * 1025, WRONG), ([["a"]], WRONG)],
)  # fmt: skip
def test_options_are_a_list_of_names(options: object, refusal: str) -> None:
    assert checked(query_options=options) == refusal
    assert check_number({"out_trade_no": "GT1", "query_options": options}) == refusal
    assert check_precreate(order("GT1", query_options=options), NOON) == refusal


def test_an_option_is_wanted_when_it_is_named() -> None:
    assert wants({"query_options": ["a", "b"]}, "b")
    assert not wants({"query_options": ["ab"]}, "b")
    assert not wants({}, "b")


@pytest.mark.parametrize(
    ("name", "length"),
    [("out_trade_no", 64), ("subject", 256), ("body", 128), ("operator_id", 28), ("store_id", 32), ("terminal_id", 32),
     ("enable_pay_channels", 128), ("disable_pay_channels", 128), ("code_type", 32)],
)  # fmt: skip
def test_a_field_of_a_code_may_be_as_long_as_documented_and_no_longer(name: str, length: int) -> None:
    assert check_precreate(order("GT1", **{name: "a" * length}), NOON) == ""
    assert check_precreate(order("GT1", **{name: "a" * (length + 1)}), NOON) == WRONG


OPTIONAL = [
    "scene", "product_code", "body", "seller_id", "operator_id", "store_id", "terminal_id", "discountable_amount",
    "undiscountable_amount", "timeout_express", "time_expire", "passback_params", "goods_detail",
]  # fmt: skip


@pytest.mark.parametrize("name", OPTIONAL)
def test_a_field_that_is_null_is_not_there(name: str) -> None:
    assert checked(**{name: None}) == ""
    assert checked(**dict.fromkeys(OPTIONAL)) == ""


def test_either_number_names_a_trade() -> None:
    assert check_number({"out_trade_no": "GT1"}) == ""
    assert check_number({"trade_no": "2026112322001400001234567890"}) == ""
    assert check_number({"operator_id": "1001"}) == WRONG
