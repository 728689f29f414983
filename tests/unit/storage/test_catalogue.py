"""Prices are found as people look for them, and a damaged catalogue is no reason to stop."""

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlite_utils import Database

from pos.domain.errors import SchemaTooNew
from pos.domain.money import Money
from pos.domain.quantity import Unit
from pos.storage import catalogue
from tests.fakes import NOODLES, SHELF, TEA, WATER, goods


@pytest.fixture
def prices(tmp_path: Path) -> Iterator[Database]:
    prices = catalogue.open_catalogue(tmp_path / "catalogue.db")
    catalogue.apply_feed(prices, SHELF, [], "1")
    yield prices
    prices.conn.close()


def found(prices: Database, text: str) -> list[str]:
    return [product.sku for product in catalogue.search(prices, text)]


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
        (WATER[-5:], ["600101"]),
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


def test_a_search_gives_a_page_at_most(prices: Database) -> None:
    catalogue.apply_feed(prices, [goods(f"s{n:03d}", f"糖果 {n}", 1) for n in range(100)], [], "2")
    assert len(catalogue.search(prices, "糖果")) == 60
    assert len(catalogue.search(prices, "糖果", limit=5)) == 5


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


def test_the_first_key_that_fits_wins(prices: Database) -> None:
    one = catalogue.find_by_barcode(prices, ["0000000000000", TEA, WATER])
    assert one
    assert one.sku == "600104"
    assert catalogue.find_by_barcode(prices, ["0000000000000"]) is None
    assert catalogue.find_by_barcode(prices, []) is None


def test_shelves_come_in_the_order_of_their_first_product(prices: Database) -> None:
    assert catalogue.list_categories(prices) == ["饮料", "食品", "水果"]
    assert [each.sku for each in catalogue.list_shelf(prices, "饮料")] == ["600101", "600104"]
    assert [each.sku for each in catalogue.list_shelf(prices, "饮料", limit=1)] == ["600101"]


# The feed


def test_a_changed_product_keeps_its_place_and_loses_its_old_barcodes(prices: Database) -> None:
    catalogue.apply_feed(prices, [goods("600101", "农夫山泉 1L", 300, "6900000000007", category="饮料")], [], "2")
    assert [each.sku for each in catalogue.list_shelf(prices, "饮料")] == ["600101", "600104"]
    assert catalogue.find_by_barcode(prices, [WATER]) is None
    new = catalogue.find_by_barcode(prices, ["6900000000007"])
    assert new
    assert (new.price, new.barcode) == (Money(300), "6900000000007")


def test_a_barcode_belongs_to_the_product_that_named_it_last(prices: Database) -> None:
    catalogue.apply_feed(prices, [goods("new", "新水", 250, WATER)], [], "2")
    one = catalogue.find_by_barcode(prices, [WATER])
    assert one
    assert one.sku == "new"


def test_what_is_no_longer_sold_is_gone_with_its_barcodes(prices: Database) -> None:
    catalogue.apply_feed(prices, [], ["600102", "never there"], "2")
    assert catalogue.find_by_sku(prices, "600102") is None
    assert catalogue.find_by_barcode(prices, [NOODLES]) is None


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
