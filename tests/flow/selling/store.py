"""What the store of the selling flows has on its shelves, and the rules it sells by."""

from typing import Any

from pos.domain.code import check_digit
from pos.domain.entry import Json
from tests.fakes import NOODLES, TEA, WATER, goods


def checked(body: str) -> str:
    """Return a number with its check digit."""
    return body + check_digit(body)


APPLES, CAKE, BAG, SNACK = "600103", "600105", "600201", "600107"
CASE, SHARED = checked("1690123456789"), checked("699999900001")
MILK, SNACK_CODE = checked("690000000106"), checked("690000000107")
UNKNOWN = checked("699123456789")
MEMBER, COUPON, WECHAT = "8800012345", "9910000010", "134567890123456789"
DUCK = "600108"

_CASE: Json = {"barcode": CASE, "quantity": 24, "price_fen": 4_200, "words": "箱", "words_en": "case", "shared": 0}
_SHARED: Json = {"barcode": SHARED, "quantity": 1, "price_fen": 0, "words": "", "words_en": "", "shared": 1}

SHELF: list[dict[str, Any]] = [
    goods(
        "600101", "农夫山泉 550ml", 200, WATER, name_en="Spring water", pinyin="nfsq", category="饮料", packs=[_CASE]
    ),
    goods("600102", "红烧牛肉面", 450, NOODLES, name_en="Beef noodles", pinyin="hsnrm", packs=[_SHARED]),
    goods(APPLES, "红富士苹果", 1198, name_en="Fuji apples", unit="gram", pinyin="hfspg", category="水果"),
    goods("600104", "龙井茶", 19_999, TEA, name_en="Longjing tea", pinyin="ljc", category="饮料"),
    goods(CAKE, "现做蛋糕", 0, name_en="Fresh cake", pinyin="xzdg"),
    goods("600106", "鲜牛奶", 1680, MILK, name_en="Fresh milk", pinyin="xnn", category="乳品"),
    goods(SNACK, "香辣牛肉面", 500, SNACK_CODE, name_en="Spicy noodles", pinyin="xlnrm", packs=[_SHARED]),
    goods(DUCK, "烤鸭", 3000, name_en="Roast duck", unit="gram", pinyin="ky", category="熟食"),
    goods(BAG, "购物袋", 30, name_en="Bag", pinyin="gwd", category="百货"),
]
"""Water ¥2.00 (a case of 24 ¥42.00), noodles ¥4.50, apples ¥11.98/kg, tea ¥199.99, cake at an open price, milk ¥16.80
(members ¥14.80), spicy noodles ¥5.00 on the barcode of the other noodles, too, duck ¥30.00/kg, a bag ¥0.30."""

RULES: dict[str, Any] = {
    "codes": {
        "members": [{"prefixes": ["88"], "lengths": [10], "level": "gold"}],
        "coupons": [{"prefixes": ["991"], "lengths": [10]}],
    },
    "scale_labels": [
        {"id": "weight", "layout": "PPWWWWWGGGGGC", "prefixes": ["21"], "item_prefix": "6"},
        {"id": "amount", "layout": "PPWWWWWAAAAAC", "prefixes": ["22"], "item_prefix": "6"},
        {"id": "both", "layout": "PPWWWWWAAAAAGGGGGC", "prefixes": ["24"], "item_prefix": "6"},
        {"id": "deli", "layout": "PPWWWWWAAAAAGGGGGC", "prefixes": ["28"], "item_prefix": "6"},
    ],
    "promotions": [
        {"id": "milk", "kind": "member", "name": "鲜牛奶会员价", "name_en": "Milk: members",
         "scope": {"skus": ["600106"]}, "members": ["gold"], "price_fen": 1480},
        {"id": "spend", "kind": "spend", "name": "满100减10", "name_en": "¥10 off ¥100", "scope": {"all": 1},
         "steps": [{"at_fen": 10_000, "off_fen": 1_000}]},
        {"id": "coupon", "kind": "coupon", "name": "满10减3券", "name_en": "¥3 off ¥10", "scope": {"all": 1},
         "coupon": COUPON, "at_fen": 1_000, "off_fen": 300},
    ],
    "markdowns": [{"id": "dairy", "name": "乳品临期7折", "name_en": "Dairy: 30% off", "days": 3, "percent": 30,
                   "categories": ["乳品"]}],
    "recalls": [{"id": "r", "sku": "600106", "lots": ["BAD1"], "words": "密封不好", "words_en": "bad seals"}],
    "tiles": [{"name": "购物袋", "name_en": "Bags", "pinned": 1, "tiles": [BAG]}],
}  # fmt: skip
"""Its own numbers, the labels of its scales (one of them with the shape of a payment code), and its promotions."""


def label(prefix: str, item: str, *numbers: str) -> str:
    """Return what a scale prints: a prefix, the item's number, amount or weight or both, a check digit."""
    return checked(prefix + item + "".join(numbers))
