"""The sample store is whole: every figure on its shelves is one a real till could meet."""

import re
import unicodedata
from collections import Counter
from itertools import pairwise

import pypinyin
import pytest

from pos.domain.scale_label import read_scale_label
from pos.domain.store_codes import level_of, read_store_codes
from pos.sandbox.store import MEMBER_CARD, SHELVES, sample_products, sample_rules, sample_staff, weight_label
from pos.till import rules

KEYS = {
    "sku", "name", "name_en", "price_fen", "unit", "tax_code", "tax_permille", "pinyin", "category", "barcodes",
}  # fmt: skip
PRODUCTS = sample_products()

# Words the dictionary reads wrongly, with their readings from 现代汉语词典.
pypinyin.load_phrases_dict(
    {
        "长粒": [["cháng"], ["lì"]],
        "长崎": [["cháng"], ["qí"]],
        "肉脯": [["ròu"], ["fǔ"]],
        "花蛤": [["huā"], ["gé"]],
    }
)


def columns(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(each) in "WF" else 1 for each in text)


def weigh(barcode: str) -> int:
    """The GS1 sum, from the right, check digit first: 1, 3, 1, 3, …; a true code gives a multiple of ten."""
    return sum(int(digit) * (1, 3)[place % 2] for place, digit in enumerate(barcode[::-1]))


def barcodes() -> list[str]:
    return [code for product in PRODUCTS for code in product["barcodes"]]


def test_there_are_more_than_five_hundred_products_of_one_shape() -> None:
    assert len(PRODUCTS) >= 520
    assert all(set(product) == KEYS for product in PRODUCTS)


@pytest.mark.parametrize("key", ["sku", "name", "name_en"])
def test_no_two_products_share_a_number_or_a_name(key: str) -> None:
    assert [value for value, times in Counter(product[key] for product in PRODUCTS).items() if times > 1] == []


def test_every_number_has_six_digits() -> None:
    assert [product["sku"] for product in PRODUCTS if not re.fullmatch("[0-9]{6}", product["sku"])] == []


def test_every_name_fits_a_receipt() -> None:
    assert [product["name"] for product in PRODUCTS if not 1 <= columns(product["name"]) <= 40] == []


def test_every_price_is_one_a_supermarket_would_ask() -> None:
    assert [product["name"] for product in PRODUCTS if not 0 < product["price_fen"] <= 50_000] == []


def test_every_shelf_has_an_english_name_and_enough_goods_for_its_tiles() -> None:
    shelves = Counter(product["category"] for product in PRODUCTS)
    assert list(shelves) == list(SHELVES)
    assert min(shelves.values()) >= 24


def test_tax_rates_are_the_ones_of_the_law() -> None:
    rates = {(product["tax_code"], product["tax_permille"]) for product in PRODUCTS}
    assert rates == {("13", 130), ("9", 90), ("exempt", 0)}


@pytest.mark.parametrize(
    ("name", "permille"),
    [("极光可乐500ml", 130), ("禾田东北大米5kg", 90), ("洁海加碘精制盐400g", 90), ("金谷堂大豆油5L", 90),
     ("大白菜", 0), ("晨禾纯牛奶250ml", 90), ("小酪草莓味酸奶180g", 130),
     ("猪五花肉", 0),
     ("谷场土鸡蛋10枚", 0), ("红富士苹果", 90), ("鲜活草鱼", 90)],
)  # fmt: skip
def test_goods_bear_the_tax_of_their_kind(name: str, permille: int) -> None:
    assert [product["tax_permille"] for product in PRODUCTS if product["name"] == name] == [permille]


def test_barcodes_are_unique_and_carry_their_check_digit() -> None:
    codes = barcodes()
    assert len(codes) == len(set(codes)) >= 450
    assert [code for code in codes if weigh(code) % 10] == []


def test_barcodes_are_chinese_numbers_short_numbers_and_two_from_abroad() -> None:
    codes = barcodes()
    assert all(re.fullmatch("69[0-9]{11}|69[0-9]{6}|0[0-9]{12}", code) for code in codes)
    assert sum(len(code) == 8 for code in codes) >= 5
    assert sum(code.startswith("0") for code in codes) == 2


def test_some_goods_carry_two_barcodes() -> None:
    assert sum(len(product["barcodes"]) == 2 for product in PRODUCTS) >= 5


def test_weighed_goods_have_no_barcode() -> None:
    weighed = [product for product in PRODUCTS if product["unit"] == "gram"]
    assert len(weighed) >= 25
    assert all(product["barcodes"] == [] for product in weighed)
    assert all(product["unit"] == "piece" for product in PRODUCTS if product not in weighed)


def test_bread_from_the_oven_has_no_barcode() -> None:
    fresh = [product for product in PRODUCTS if product["name"].startswith("现")]
    assert fresh
    assert all(product["barcodes"] == [] for product in fresh)


def test_initials_are_those_of_the_name() -> None:
    for product in PRODUCTS:
        letters = pypinyin.lazy_pinyin(product["name"], style=pypinyin.Style.FIRST_LETTER)
        assert product["pinyin"] == re.sub("[^a-z0-9]", "", "".join(letters).lower()), product["name"]


@pytest.mark.parametrize(
    ("name", "initials"),
    [("渝味巷重庆小面盒装", "ywxcqxmhz"), ("禾田长粒香米5kg", "htclxm5kg"), ("肉铺街猪肉脯80g", "rpjzrf80g"),
     ("极光可乐500ml", "jgkl500ml"), ("金谷堂食用植物调和油5L", "jgtsyzwthy5l"), ("番茄", "fq"), ("花蛤", "hg")],
)  # fmt: skip
def test_words_with_two_readings_are_read_as_people_say_them(name: str, initials: str) -> None:
    assert [product["pinyin"] for product in PRODUCTS if product["name"] == name] == [initials]


def test_staff_are_two_cashiers_at_least_and_a_manager() -> None:
    staff = sample_staff()
    assert [each["role"] for each in staff].count("cashier") >= 2
    assert [each["role"] for each in staff].count("manager") == 1
    assert len({each["number"] for each in staff}) == len({each["pin"] for each in staff}) == len(staff)


def test_pins_are_six_digits_and_no_sequence() -> None:
    for each in sample_staff():
        pin = each["pin"]
        assert re.fullmatch("[0-9]{6}", pin)
        assert len({int(after) - int(before) for before, after in pairwise(pin)}) > 2, pin


def test_the_rules_of_the_sample_store_can_be_used_and_speak_of_its_goods() -> None:
    document = sample_rules()
    rules.check("1", document)
    skus = {each["sku"] for each in PRODUCTS}
    assert {sku for page in document["tiles"] for sku in page["tiles"]} <= skus
    own = read_store_codes(document)
    assert level_of(MEMBER_CARD, own) == "gold"


def test_the_scale_of_the_sample_store_prints_what_its_rules_read() -> None:
    label = read_scale_label(weight_label("170001", 750), read_store_codes(sample_rules()).scale_rules)
    assert label
    assert (label.item_keys[0], label.weight_g) == ("170001", 750)
