"""Prices are found as people look for them, and a damaged catalogue is no reason to stop."""

from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

from pos.domain.errors import SchemaTooNew
from pos.domain.money import Money
from pos.domain.product import Pack
from pos.domain.quantity import Unit
from pos.storage import catalogue, catalogue_steps
from pos.storage.database import open_database, transaction
from pos.storage.search import search
from tests.fakes import NOODLES, SHELF, TEA, WATER, goods


@pytest.fixture
def prices(tmp_path: Path) -> Iterator[Database]:
    prices = catalogue.open_catalogue(tmp_path / "catalogue.db")
    catalogue.apply_feed(prices, SHELF, [], "1")
    yield prices
    prices.conn.close()


def found(prices: Database, text: str) -> list[str]:
    return [product.sku for product in search(prices, text)]


# Search


@pytest.mark.parametrize(
    ("text", "skus"),
    [
        ("牛肉", ["600102"]),
        ("红", ["600102", "600103"]),
        ("hfs", ["600103"]),
        ("NFSQ", ["600101"]),
        ("fs", ["600101", "600103"]),
        ("longjing", ["600104"]),
        ("Apples", ["600103"]),
        ("550ML", ["600101"]),
        ("600103", ["600103"]),
        ("6001", ["600101", "600102", "600103", "600104"]),
        (WATER, ["600101"]),
        (WATER[-4:], ["600101"]),
        (WATER[-3:], []),
        ("４５６７８９２", ["600101"]),
        ("spring wat", ["600101"]),
        ("tea long", ["600104"]),
        ("ring", []),
        ("Ｎｆｓｑ", ["600101"]),
        (TEA, ["600104"]),
        (" 龙井 ", ["600104"]),
        ("没有这个", []),
        ("", []),
        ("   ", []),
    ],
)
def test_goods_are_found_by_name_initials_number_or_barcode(prices: Database, text: str, skus: list[str]) -> None:
    assert found(prices, text) == skus


def test_the_number_comes_first_then_initials_then_names_that_begin_so(prices: Database) -> None:
    catalogue.apply_feed(
        prices,
        [
            goods("1", "holds hsn inside", 1),
            goods("2", "hsn begins the name", 1),
            goods("3", "by initials", 1, pinyin="hsn"),
            goods("hsn", "by number", 1),
        ],
        [],
        "2",
    )
    assert found(prices, "hsn") == ["hsn", "600102", "3", "2", "1"]


@pytest.mark.parametrize(("text", "skus"), [("%", ["p"]), ("_", ["u"]), ("\\", ["b"]), ("0%", ["p"]), ("' OR 1", [])])
def test_signs_that_mean_something_to_sql_stand_for_themselves(prices: Database, text: str, skus: list[str]) -> None:
    odd = [goods("p", "100% 果汁", 1), goods("u", "a_b", 1), goods("b", "a\\b", 1)]
    catalogue.apply_feed(prices, odd, [], "2")
    assert found(prices, text) == skus


@pytest.mark.parametrize("name", ["CAFÉ 黑咖啡", "ＶＣ 饮料", "Straße", "ÄÖÜ"])
def test_a_name_is_found_by_the_very_letters_it_has(prices: Database, name: str) -> None:
    catalogue.apply_feed(prices, [goods("odd", name, 1)], [], "2")
    assert found(prices, name) == ["odd"]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(min_size=1, max_size=12).map(str.strip).filter(bool))
def test_any_name_is_found_by_itself_and_nothing_typed_breaks_the_search(prices: Database, text: str) -> None:
    name = text.encode(errors="replace").decode().replace("\0", "0")
    catalogue.apply_feed(prices, [goods("any", name, 1)], [], "2")
    assert "any" in found(prices, name)


@pytest.mark.parametrize("text", ["\ud83d", "%" * 60_000, "\\" * 60_000, "长" * 60_000])
def test_what_nobody_can_type_finds_nothing_and_breaks_nothing(prices: Database, text: str) -> None:
    assert found(prices, text) == []


def test_all_the_pieces_are_not_yet_the_whole(prices: Database) -> None:
    odd = goods("odd", "甲乙丙乙丁", 1, WATER[:-5] + "14567", pinyin="abxbc", name_en="Red apple")
    catalogue.apply_feed(prices, [odd], [], "2")
    assert [found(prices, text) for text in ("甲乙丁", "abc", "red apes", "94567")] == [[], [], [], []]
    assert [found(prices, text) for text in ("乙丙乙", "xbc", "red ap", "14567")] == [["odd"]] * 4


def test_a_search_gives_a_page_at_most(prices: Database) -> None:
    catalogue.apply_feed(prices, [goods(f"s{n:03d}", f"糖果 {n}", 1) for n in range(100)], [], "2")
    assert len(search(prices, "糖果")) == 60
    assert len(search(prices, "糖果", limit=5)) == 5


# Look-up


def test_a_product_comes_back_as_the_feed_wrote_it(prices: Database) -> None:
    apples = catalogue.find_by_sku(prices, "600103")
    assert apples
    assert (apples.name, apples.name_en, apples.price, apples.unit) == (
        "红富士苹果",
        "Fuji apples",
        Money(1198),
        Unit.GRAM,
    )
    assert (apples.tax.code, apples.tax.rate_permille, apples.pinyin, apples.category) == ("9", 90, "hfspg", "水果")
    assert catalogue.find_by_sku(prices, "nothing") is None


def skus(packs: Sequence[Pack]) -> list[str]:
    return [each.product.sku for each in packs]


def test_the_first_key_that_fits_wins(prices: Database) -> None:
    assert skus(catalogue.find_by_barcode(prices, ["0000000000000", TEA, WATER])) == ["600104"]
    assert catalogue.find_by_barcode(prices, ["0000000000000"]) == []
    assert catalogue.find_by_barcode(prices, []) == []


@pytest.mark.parametrize("text", [WATER[:-1], WATER[1:], WATER + "0", "600101", "", "%", WATER[:12] + "_"])
def test_a_barcode_is_found_to_the_digit_or_not_at_all(prices: Database, text: str) -> None:
    assert catalogue.find_by_barcode(prices, [text]) == []


def case_of(barcode: str, quantity: int, price_fen: int, *, shared: int = 0) -> dict[str, object]:
    return {"barcode": barcode, "quantity": quantity, "price_fen": price_fen, "words": "箱", "words_en": "case",
            "shared": shared}  # fmt: skip


CASE, BUNDLE = "16901234567899", "26901234567896"  # GTIN-14 of the same water, by the indicator digits 1 and 2


def test_each_barcode_sells_its_own_pieces_at_its_own_price(prices: Database) -> None:
    packs = [case_of(CASE, 24, 4_500), case_of(BUNDLE, 6, 0)]
    catalogue.apply_feed(prices, [goods("600101", "农夫山泉 550ml", 200, WATER) | {"packs": packs}], [], "2")
    told = {}
    for each in (WATER, CASE, BUNDLE):
        [pack] = catalogue.find_by_barcode(prices, [each])
        told[each] = (pack.product.sku, pack.quantity, pack.price, pack.is_plain, pack.words)
    assert told == {
        WATER: ("600101", 1, Money(200), True, ""),
        CASE: ("600101", 24, Money(4_500), False, "箱"),
        BUNDLE: ("600101", 6, Money(1_200), False, "箱"),
    }


def test_a_barcode_of_several_products_gives_them_all_in_shelf_order(prices: Database) -> None:
    old, new = goods("a", "旧包装", 300), goods("b", "新包装", 350)
    shared = {"packs": [case_of("6900000000007", 1, 0, shared=1)]}
    catalogue.apply_feed(prices, [old | shared, new | shared], [], "2")
    assert skus(catalogue.find_by_barcode(prices, ["6900000000007"])) == ["a", "b"]
    catalogue.apply_feed(prices, [old], [], "3")
    assert skus(catalogue.find_by_barcode(prices, ["6900000000007"])) == ["b"]


def test_shelves_come_in_the_order_of_their_first_product(prices: Database) -> None:
    assert catalogue.list_categories(prices) == ["饮料", "食品", "水果"]
    assert [each.sku for each in catalogue.list_shelf(prices, "饮料")] == ["600101", "600104"]
    assert [each.sku for each in catalogue.list_shelf(prices, "饮料", limit=1)] == ["600101"]


# The feed


def test_a_changed_product_keeps_its_place_and_loses_its_old_barcodes(prices: Database) -> None:
    catalogue.apply_feed(prices, [goods("600101", "农夫山泉 1L", 300, "6900000000007", category="饮料")], [], "2")
    assert [each.sku for each in catalogue.list_shelf(prices, "饮料")] == ["600101", "600104"]
    assert catalogue.find_by_barcode(prices, [WATER]) == []
    assert found(prices, WATER[-4:]) == []
    [new] = catalogue.find_by_barcode(prices, ["6900000000007"])
    assert (new.price, new.barcode, new.product.barcode) == (Money(300), "6900000000007", "6900000000007")


def test_a_barcode_belongs_to_the_product_that_named_it_last(prices: Database) -> None:
    catalogue.apply_feed(prices, [goods("new", "新水", 250, WATER)], [], "2")
    assert skus(catalogue.find_by_barcode(prices, [WATER])) == ["new"]
    assert found(prices, WATER[-4:]) == ["new"]


def test_what_is_no_longer_sold_is_gone_with_its_barcodes(prices: Database) -> None:
    catalogue.apply_feed(prices, [], ["600102", "never there"], "2")
    assert catalogue.find_by_sku(prices, "600102") is None
    assert catalogue.find_by_barcode(prices, [NOODLES]) == []
    assert found(prices, "牛肉") == []


def test_the_cursor_moves_with_its_page(prices: Database) -> None:
    assert catalogue.feed_cursor(prices) == "1"
    broken = [goods("x", "好", 1), goods("y", "坏", 1) | {"price_fen": 1.5}]
    with pytest.raises(sqlite.IntegrityError):
        catalogue.apply_feed(prices, broken, ["600101"], "2")
    assert catalogue.feed_cursor(prices) == "1"
    assert catalogue.find_by_sku(prices, "x") is None
    assert catalogue.find_by_sku(prices, "600101")


def test_a_new_catalogue_has_read_nothing(tmp_path: Path) -> None:
    with closing(catalogue.open_catalogue(tmp_path / "new.db").conn) as connection:
        assert catalogue.feed_cursor(Database(connection)) == ""


# Damage


@pytest.mark.parametrize("damage", ["text", "cut off", "flipped"])
def test_a_damaged_catalogue_is_put_aside_and_begun_anew(tmp_path: Path, prices: Database, damage: str) -> None:
    prices.conn.close()
    path = tmp_path / "catalogue.db"
    whole = path.read_bytes()
    broken = {
        "text": b"not a catalogue",
        "cut off": whole[: len(whole) // 2],
        "flipped": whole[:4096] + bytes(255 - each for each in whole[4096:8192]) + whole[8192:],
    }[damage]
    path.write_bytes(broken)
    anew = catalogue.open_catalogue(path)
    assert catalogue.feed_cursor(anew) == ""  # so the hub gives all of it again
    assert (tmp_path / "catalogue.db.damaged").read_bytes() == broken
    catalogue.apply_feed(anew, SHELF, [], "1")
    assert found(anew, "牛肉") == ["600102"]
    anew.conn.close()
    again = catalogue.open_catalogue(path)
    assert catalogue.feed_cursor(again) == "1"
    again.conn.close()


def test_the_log_of_a_damaged_catalogue_goes_aside_with_it(tmp_path: Path, prices: Database) -> None:
    log = (tmp_path / "catalogue.db-wal").read_bytes()
    assert log
    prices.conn.close()
    (tmp_path / "catalogue.db").write_bytes(b"not a catalogue")
    (tmp_path / "catalogue.db-wal").write_bytes(log)
    anew = catalogue.open_catalogue(tmp_path / "catalogue.db")
    assert catalogue.feed_cursor(anew) == ""
    assert (tmp_path / "catalogue.db.damaged-wal").read_bytes() == log
    anew.conn.close()


def test_a_second_damage_replaces_the_first(tmp_path: Path) -> None:
    for words in (b"once", b"twice"):
        (tmp_path / "catalogue.db").write_bytes(words)
        catalogue.open_catalogue(tmp_path / "catalogue.db").conn.close()
        assert (tmp_path / "catalogue.db.damaged").read_bytes() == words


def test_a_newer_catalogue_is_refused_not_thrown_away(tmp_path: Path, prices: Database) -> None:
    prices.conn.close()
    path = tmp_path / "catalogue.db"
    whole = path.read_bytes()
    path.write_bytes(whole[:60] + (9).to_bytes(4, "big") + whole[64:])
    with pytest.raises(SchemaTooNew):
        catalogue.open_catalogue(path)
    assert not (tmp_path / "catalogue.db.damaged").exists()


# An older file


def first_catalogue(path: Path) -> None:
    """Write the file as the first version did: one barcode, one product, no words to search by."""
    first = Migrations("catalogue")
    first(name="products_and_barcodes")(catalogue_steps.products_and_barcodes)
    db = open_database(path, first, application_id=catalogue_steps.CATALOGUE_FILE)
    rows = [("600102", "红烧牛肉面", "Beef noodles", "hsnrm", "食品", NOODLES, 2),
            ("600101", "农夫山泉 550ml", "Spring water", "nfsq", "饮料", WATER, 1)]  # fmt: skip
    with transaction(db):
        for sku, name, name_en, pinyin, category, barcode, place in rows:
            db.execute("INSERT INTO products VALUES (?,?,?,450,'piece','13',130,?,?,?,?)",
                       [sku, name, name_en, pinyin, category, barcode, place])  # fmt: skip
            db.execute("INSERT INTO barcodes VALUES (?,?)", [barcode, sku])
        db.execute("INSERT INTO feed VALUES (1, '41-5f0c9a1e')")
    db.conn.close()


def test_a_catalogue_of_the_first_version_sells_on_without_a_hub(tmp_path: Path) -> None:
    first_catalogue(tmp_path / "old.db")
    prices = catalogue.open_catalogue(tmp_path / "old.db")
    assert catalogue.feed_cursor(prices) == "41-5f0c9a1e"
    assert catalogue.list_categories(prices) == ["饮料", "食品"]
    assert skus(catalogue.find_by_barcode(prices, [NOODLES])) == ["600102"]
    assert [found(prices, text) for text in ("牛肉", "fsq", "noodles", WATER[-4:])] == [
        ["600102"], ["600101"], ["600102"], ["600101"]
    ]  # fmt: skip
    catalogue.apply_feed(prices, SHELF, [], "42-5f0c9a1e")
    assert found(prices, "茶") == ["600104"]
    prices.conn.close()


# Rules


def test_rules_are_kept_with_their_version_and_replaced_whole(prices: Database) -> None:
    assert (catalogue.find_rules(prices), catalogue.rules_version(prices)) == (("", {}), "")
    catalogue.keep_rules(prices, "7-5f0c9a1e", {"promotions": [{"id": "a", "name": "第二件半价"}], "recalls": []})
    assert catalogue.find_rules(prices) == (
        "7-5f0c9a1e",
        {"promotions": [{"id": "a", "name": "第二件半价"}], "recalls": []},
    )
    catalogue.keep_rules(prices, "8-00000000", {"codes": {}})
    assert catalogue.find_rules(prices) == ("8-00000000", {"codes": {}})
    assert catalogue.rules_version(prices) == "8-00000000"


def test_a_document_that_is_not_canonical_changes_nothing(prices: Database) -> None:
    catalogue.keep_rules(prices, "7-5f0c9a1e", {"codes": {}})
    with pytest.raises(TypeError):
        catalogue.keep_rules(prices, "8-00000000", {"codes": 0.5})  # type: ignore[dict-item]
    assert catalogue.rules_version(prices) == "7-5f0c9a1e"
