"""The sample store: products and staff for the demo and the tests.

The products are in ``assets/sample/products.tsv``, one line each, the goods that sell most first on
every shelf. Brands and barcodes are made up. Its rules are beside them.
"""

import csv
import json
from pathlib import Path
from typing import Any, TypedDict

from pos.domain.code import check_digit
from pos.domain.money import Money

SAMPLE = Path(__file__).parents[2] / "assets" / "sample"
PRODUCTS = SAMPLE / "products.tsv"
MEMBER_CARD = "8800012345"
"""A gold member's."""

SHELVES = {
    "饮料": "Drinks",
    "乳品": "Dairy",
    "零食": "Snacks",
    "面包糕点": "Bakery",
    "方便速食": "Instant food",
    "粮油": "Rice & oil",
    "调味": "Spices",
    "水果": "Fruit",
    "蔬菜": "Greens",
    "肉禽蛋": "Meat & eggs",
    "水产冷冻": "Seafood & frozen",
    "酒类": "Beer & wine",
    "茶咖冲饮": "Tea & coffee",
    "个护": "Personal care",
    "家清纸品": "Home",
    "百货文具": "Sundries",
}
"""The shelves in their order, with their English names."""

TAX_PERMILLE = {"13": 130, "9": 90, "exempt": 0}
"""Rates of value-added tax by code. 13 % is the rule; 9 % farm products, edible oil, salt, print;
fresh vegetables, meat and eggs are exempt at retail (财税 [2011] 137, [2012] 75)."""


class StaffMember(TypedDict):
    """A person of the sample store; the PIN is no secret."""

    number: str
    name: str
    role: str
    pin: str


def sample_products() -> list[dict[str, Any]]:
    """Return the products as the hub's catalogue feed writes them, popular ones first on each shelf."""
    with PRODUCTS.open(encoding="utf-8", newline="") as table:
        return [_product(row) for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE)]


def _product(row: dict[str, str]) -> dict[str, Any]:
    return {
        "sku": row["sku"],
        "name": row["name"],
        "name_en": row["name_en"],
        "price_fen": Money.parse(row["yuan"]).fen,
        "unit": row["unit"],
        "tax_code": row["tax"],
        "tax_permille": TAX_PERMILLE[row["tax"]],
        "pinyin": row["pinyin"],
        "category": row["category"],
        "barcodes": row["barcodes"].split(),
    }


def sample_rules() -> dict[str, Any]:
    """Return the store's rule document: its promotions, and what its own numbers, labels, tiles and shelves are."""
    rules: dict[str, Any] = {"shelves": [{"name": name, "name_en": name_en} for name, name_en in SHELVES.items()]}
    for name in ("promotions.json", "store.json"):
        rules |= json.loads((SAMPLE / name).read_bytes())
    return rules


def weight_label(sku: str, grams: int) -> str:
    """Return what the sample store's scale prints for so many grams of a product."""
    body = f"21{sku[1:]}{grams:05}"
    return body + check_digit(body)


def sample_staff() -> list[StaffMember]:
    """Return the people who may sign in, with PINs for the demo's sign-in screen."""
    return [
        {"number": "1001", "name": "王敏", "role": "cashier", "pin": "270864"},
        {"number": "1002", "name": "李强", "role": "cashier", "pin": "640392"},
        {"number": "1003", "name": "赵雪", "role": "cashier", "pin": "518736"},
        {"number": "9001", "name": "陈静", "role": "manager", "pin": "905147"},
    ]
