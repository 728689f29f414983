"""What a scan may be besides plain goods; each state's docstring is its caption."""

from PySide6.QtWidgets import QWidget

from pos.domain.code import check_digit
from pos.domain.entry import Json
from pos.sandbox.store import MEMBER_CARD, sample_products, sample_rules, weight_label
from pos.storage import catalogue
from tests.screens.scene import Scene

TEA, COLA, FRESH_MILK, WATER = "100005", "100002", "110002", "100001"
CASE, SHARED, COUPON, WECHAT = "16961824500408", "6999999000010", "9910000010", "134567890123456789"
RECALL: Json = [{"id": "r", "sku": WATER, "words": "瓶盖有裂纹", "words_en": "cracked caps"}]


def scan_promotions(scene: Scene) -> QWidget:
    """What the store's rules take off, and why, below each line."""
    _sell(scene, TEA, TEA, COLA, COLA, COLA)
    return scene.window


def scan_weighed(scene: Scene) -> QWidget:
    """A scale's label sells its weight; for a member, at the member's price."""
    _sell(scene, weight_label("170001", 750), FRESH_MILK, MEMBER_CARD)
    return scene.window


def scan_label_of_another_price(scene: Scene) -> QWidget:
    """The label's amount is not price times weight: taken as printed, and told."""
    body = "24700010099900750"
    _sell(scene, body + check_digit(body))
    return scene.window


def scan_case(scene: Scene) -> QWidget:
    """Two cases, counted in cases at their own price."""
    _sell(scene, CASE)
    scene.counter.basket.set_quantity(1, 2)
    return scene.window


def scan_pick(scene: Scene) -> QWidget:
    """One barcode, two things: which one is it."""
    _sell(scene, COLA, SHARED)
    return scene.window


def scan_pick_digit(scene: Scene) -> QWidget:
    """A digit is typed: its row is marked, and says what takes it."""
    _sell(scene, COLA, SHARED)
    scene.window.counter.typed_target().setText("2")
    return scene.window


def scan_coupon_waits(scene: Scene) -> QWidget:
    """A coupon that does not apply yet."""
    _sell(scene, COLA, COUPON)
    return scene.window


def scan_on_the_pay_page(scene: Scene) -> QWidget:
    """Scanned on the pay page: one key adds it, another leaves it out; no money before that."""
    _sell(scene, COLA)
    scene.counter.begin_pay()
    scene.counter.code_seen(TEA)
    return scene.window


def scan_recalled(scene: Scene) -> QWidget:
    """Goods that are called back are refused in words."""
    _sell(scene, COLA, WATER, rules=sample_rules() | {"recalls": RECALL})
    return scene.window


def scan_wechat(scene: Scene) -> QWidget:
    """A WeChat Pay code is not taken here."""
    _sell(scene, COLA, WECHAT)
    return scene.window


SCANNED = (scan_promotions, scan_weighed, scan_label_of_another_price, scan_case, scan_pick, scan_pick_digit,
           scan_coupon_waits, scan_on_the_pay_page, scan_recalled, scan_wechat)  # fmt: skip


def _sell(scene: Scene, *texts: str, rules: dict[str, Json] | None = None) -> None:
    """Sign in at the sample store with its rules, a case of water and a barcode of two things; scan."""
    till = scene.world.open()
    by_sku = {each["sku"]: each for each in sample_products()}
    case = {"barcode": CASE, "quantity": 24, "price_fen": 4_200, "words": "箱", "words_en": "case", "shared": 0}
    both = {"barcode": SHARED, "quantity": 1, "price_fen": 0, "words": "", "words_en": "", "shared": 1}
    packs = {WATER: case, COLA: both, "100004": both}
    catalogue.apply_feed(till.prices, [by_sku[sku] | {"packs": [pack]} for sku, pack in packs.items()], [], "2")
    catalogue.keep_rules(till.prices, "1-sample", rules or sample_rules())
    till.close()
    scene.sign_in()
    for text in texts:
        scene.counter.code_seen(text)
