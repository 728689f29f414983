"""A store whose codes mean many things, and the hands of somebody who types at its till."""

from PySide6.QtTest import QTest

from pos.domain.entry import Json
from pos.storage import catalogue
from pos.till.till import Till
from tests.fakes import WATER, goods
from tests.ui.conftest import Desk
from ui.stage import Said, Word

CASE, TWICE = "16901234567899", "6900000000007"
GOLD, COUPON, WECHAT = "8800001234", "9910000010", "134567890123456789"
RULES: dict[str, Json] = {
    "promotions": [
        {"id": "gold", "kind": "member", "name": "金卡面价", "name_en": "Gold noodles",
         "scope": {"skus": ["600102"]}, "members": ["gold"], "price_fen": 400},
        {"id": "ten", "kind": "coupon", "name": "满5减1券", "name_en": "Coupon", "scope": {"all": 1},
         "coupon": COUPON, "at_fen": 500, "off_fen": 100},
    ],
    "codes": {"members": [{"prefixes": ["88"], "lengths": [10], "level": "gold"}],
              "coupons": [{"prefixes": ["991"], "lengths": [10]}]},
    "scale_labels": [
        {"id": "weight", "layout": "PPWWWWWGGGGGC", "prefixes": ["21"], "item_prefix": "6"},
        {"id": "both", "layout": "PPWWWWWAAAAAGGGGGC", "prefixes": ["25"], "item_prefix": "6"},
    ],
    "recalls": [{"id": "r1", "sku": "600104", "words": "瓶盖"},
                {"id": "r2", "sku": "600102", "lots": ["A7"], "words": "包装漏气"}],
    "markdowns": [{"id": "m", "name": "临期", "days": 3, "percent": 30}],
}  # fmt: skip


def open_store(desk: Desk) -> Desk:
    """A store with rules of its own, two products of one barcode, and a case of water; Lin has sold nothing yet."""

    def stock(till: Till) -> None:
        water = goods("600101", "农夫山泉 550ml", 200, WATER)
        case = {"barcode": CASE, "quantity": 24, "price_fen": 4_500, "words": "箱", "words_en": "case", "shared": 0}
        both = [goods(sku, sku, 300) | {"packs": [case | {"barcode": TWICE, "quantity": 1, "price_fen": 0, "words": "",
                                                          "words_en": "", "shared": 1}]}
                for sku in ("old", "new")]  # fmt: skip
        catalogue.apply_feed(till.prices, [water | {"packs": [case]}, *both], [], "2")
        catalogue.keep_rules(till.prices, "1-aaaa", RULES)

    till = desk.world.open()
    stock(till)
    till.close()
    desk.sign_in()
    desk.counter.code_seen(WATER)
    return desk


def stock_soda(desk: Desk, many: int, kind: dict[str, Json]) -> None:
    """Have kinds of soda in the catalogue that one word finds."""
    till = desk.world.open()
    sodas = [goods(f"70{at:03}", f"橘子汽水{at}号", 300 + at) | kind for at in range(many)]
    catalogue.apply_feed(till.prices, sodas, [], "3")
    till.close()


def enter(desk: Desk, text: str) -> None:
    """Type, then press Enter."""
    type_by_hand(desk, text) if text.isascii() else desk.window.counter.typed_target().setText(text)
    desk.window.counter.press_enter()


def type_by_hand(desk: Desk, text: str) -> None:
    """Type, each key to whatever has the focus by then."""
    for sign in text:
        QTest.keyClicks(desk.window.focusWidget(), sign)


def last_word(desk: Desk) -> Word | None:
    """The last word that was said."""
    words = [each.word for each in desk.said if isinstance(each, Said)]
    return words[-1] if words else None


def sold(desk: Desk) -> list[str]:
    """What lies in the cart."""
    return [line.product.name if line.product else "?" for line in desk.counter.cart.lines]
