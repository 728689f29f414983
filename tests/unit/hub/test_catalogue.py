"""The feed gives each change once, in order, and knows its own cursors."""

import json
import threading
from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs
from pysqlite3 import dbapi2 as sqlite
from sqlalchemy import Engine, delete

from pos.hub import schema
from pos.hub.barcodes import BarcodeTaken
from pos.hub.catalogue import CursorLost, feed_page, import_products, pinyin_initials
from pos.hub.database import open_engine, writing
from pos.hub.wire import FeedItem, Import, Imported, Pack, Product
from tests.unit.hub.kit import NOW


def product(sku: str, price_fen: int = 350, *barcodes: str, name: str = "可口可乐 330ml") -> Product:
    return Product(sku, name, price_fen, "piece", "13", 130, barcodes=list(barcodes))


def bring(engine: Engine, *products: Product, removed: tuple[str, ...] = ()) -> Imported:
    return import_products(engine, Import(list(products), list(removed)), NOW)


def read_all(engine: Engine, after: str = "", limit: int = 2) -> tuple[list[FeedItem], str]:
    items: list[FeedItem] = []
    page = feed_page(engine, after, limit)
    items += page.items
    while page.more:
        page = feed_page(engine, page.next, limit)
        items += page.items
    return items, page.next


def told(items: list[FeedItem]) -> list[object]:
    return [
        (each.product.sku, each.product.price_fen) if isinstance(each.product, Product) else each.removed
        for each in items
    ]


def test_what_a_thing_costs_the_store_is_told_only_where_somebody_told_it(sqlite_engine: Engine) -> None:
    bring(
        sqlite_engine,
        product("1"),
        structs.replace(product("2"), cost_fen=0),
        structs.replace(product("3"), cost_fen=280),
    )
    raw = json.loads(msgspec.json.encode(feed_page(sqlite_engine, "", 10)))
    assert [each["product"].get("cost_fen", "unknown") for each in raw["items"]] == ["unknown", 0, 280]
    assert bring(sqlite_engine, structs.replace(product("3"), cost_fen=280)).changed == 0
    assert bring(sqlite_engine, product("3")).changed == 1


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("可口可乐 330ml", "kkkl330ml"),
        ("康师傅红烧牛肉面", "ksfhsnrm"),
        ("农夫山泉", "nfsq"),
        ("银行", "yh"),
        ("重庆小面", "cqxm"),
        ("A4纸（80g）", "a4z80g"),
        ("Oreo 奥利奥", "oreoala"),
    ],
)
def test_initials_are_what_one_types(name: str, initials: str) -> None:
    assert pinyin_initials(name) == initials


def test_an_empty_catalogue_has_an_empty_feed(engine: Engine) -> None:
    page = feed_page(engine, "", 100)
    assert (page.items, page.next, page.more) == ([], "", 0)


def test_what_is_imported_comes_out_whole(engine: Engine) -> None:
    wanted = Product(
        "200001", "红富士苹果", 1200, "gram", "9", 90, name_en="Fuji apples", pinyin="hfspg", category="水果",
        barcodes=["2100001", "6900000000001"],
    )  # fmt: skip
    imported = bring(engine, wanted)
    page = feed_page(engine, "", 100)
    assert page.items == [FeedItem(imported.cursor, product=wanted)]
    assert (page.next, page.more) == (imported.cursor, 0)


def test_missing_pinyin_is_made(engine: Engine) -> None:
    bring(engine, product("1"))
    item = feed_page(engine, "", 1).items[0]
    assert isinstance(item.product, Product)
    assert item.product.pinyin == "kkkl330ml"


def test_pages_follow_each_other_without_loss(engine: Engine) -> None:
    bring(engine, *(product(str(number), number) for number in range(7)))
    items, cursor = read_all(engine, limit=3)
    assert told(items) == [(str(number), number) for number in range(7)]
    assert read_all(engine, cursor) == ([], cursor)


def test_a_changed_product_comes_again_and_the_others_do_not(engine: Engine) -> None:
    bring(engine, product("1"), product("2"), product("3"))
    _, cursor = read_all(engine)
    assert bring(engine, product("1"), product("2", 360), product("3")).changed == 1
    items, _ = read_all(engine, cursor)
    assert told(items) == [("2", 360)]
    assert told(read_all(engine)[0]) == [("1", 350), ("3", 350), ("2", 360)]


def test_the_same_import_again_moves_no_cursor(engine: Engine) -> None:
    first = bring(engine, product("1", 350, "69"), product("2"))
    assert bring(engine, product("1", 350, "69"), product("2")) == Imported(0, first.cursor)


def test_a_removed_product_is_told_once_and_may_come_back(engine: Engine) -> None:
    bring(engine, product("1"), product("2"))
    _, cursor = read_all(engine)
    assert bring(engine, removed=("1", "1", "unheard-of")).changed == 1
    items, later = read_all(engine, cursor)
    assert told(items) == ["1"]
    assert bring(engine, removed=("1",)).changed == 0
    assert bring(engine, product("1")).changed == 1
    assert told(read_all(engine, later)[0]) == [("1", 350)]
    assert told(read_all(engine)[0]) == [("2", 350), ("1", 350)]


def test_the_last_of_two_with_one_number_counts(engine: Engine) -> None:
    bring(engine, product("1", 100), product("1", 200))
    assert told(read_all(engine)[0]) == [("1", 200)]


def test_a_barcode_names_one_product_only(engine: Engine) -> None:
    bring(engine, product("1", 350, "6901"))
    with pytest.raises(BarcodeTaken, match="6901"):
        bring(engine, product("2", 350, "6902", "6901"))
    with pytest.raises(BarcodeTaken, match="6903"):
        bring(engine, product("3", 350, "6903"), product("4", 350, "6903"))
    assert told(read_all(engine)[0]) == [("1", 350)]


def test_a_barcode_may_move_in_one_import(engine: Engine) -> None:
    bring(engine, product("1", 350, "6901"), product("2", 350))
    bring(engine, product("1", 350), product("2", 350, "6901"))
    by_sku = {
        item.product.sku: item.product.barcodes for item in read_all(engine)[0] if isinstance(item.product, Product)
    }
    assert by_sku == {"1": [], "2": ["6901"]}


def test_barcodes_keep_their_order(engine: Engine) -> None:
    bring(engine, product("1", 350, "9", "1", "5"))
    item = feed_page(engine, "", 1).items[0]
    assert isinstance(item.product, Product)
    assert item.product.barcodes == ["9", "1", "5"]


@pytest.mark.parametrize("cursor", ["x", "1", "0-00000000", "9-12345678", "1-ffffffff", "٣-12345678", "1-12345678 "])
def test_a_cursor_that_is_not_ours_is_lost(engine: Engine, cursor: str) -> None:
    bring(engine, product("1"))
    with pytest.raises(CursorLost):
        feed_page(engine, cursor, 10)


def test_a_cursor_from_before_a_restore_is_lost_even_when_the_numbers_have_caught_up(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'hub.db'}")
    bring(engine, product("1"))
    early = feed_page(engine, "", 10).next
    copy = sqlite.connect(tmp_path / "copy.db")
    with sqlite.connect(tmp_path / "hub.db") as live:
        live.backup(copy)
    live.close()
    copy.close()
    bring(engine, product("2"))
    late = feed_page(engine, "", 10).next
    engine.dispose()
    restored = open_engine(f"sqlite:///{tmp_path / 'copy.db'}")
    bring(restored, product("3"))
    assert told(feed_page(restored, early, 10).items) == [("3", 350)]
    with pytest.raises(CursorLost):
        feed_page(restored, late, 10)
    restored.dispose()


def test_imports_at_the_same_moment_give_dense_cursors(engine: Engine) -> None:
    start = threading.Barrier(3)

    def work(name: str) -> None:
        start.wait()
        for number in range(5):
            bring(engine, product(f"{name}{number}"))

    threads = [threading.Thread(target=work, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    items, cursor = read_all(engine)
    assert len(items) == 15
    assert cursor.startswith("15-")


def packed(sku: str, *packs: Pack) -> Product:
    return Product(sku, "可口可乐 330ml", 350, "piece", "13", 130, packs=list(packs))


def test_packs_come_out_as_they_went_in(engine: Engine) -> None:
    packs = [Pack("16901", 24, 7_800, "箱", "case"), Pack("26901", 6)]
    bring(engine, packed("1", *packs))
    item = feed_page(engine, "", 1).items[0]
    assert isinstance(item.product, Product)
    assert (item.product.packs, item.product.barcodes) == (packs, [])
    assert bring(engine, packed("1", *packs)).changed == 0
    assert bring(engine, packed("1", packs[0])).changed == 1


def test_only_what_says_so_shares_a_barcode(engine: Engine) -> None:
    bring(engine, packed("1", Pack("6901", shared=1)), packed("2", Pack("6901", shared=1)))
    with pytest.raises(BarcodeTaken, match="6901"):
        bring(engine, packed("3", Pack("6901")))
    with pytest.raises(BarcodeTaken, match="6901"):
        bring(engine, product("3", 350, "6901"))
    bring(engine, product("4", 350, "6904"))
    with pytest.raises(BarcodeTaken, match="6904"):
        bring(engine, packed("5", Pack("6904", shared=1)))
    assert told(read_all(engine)[0]) == [("1", 350), ("2", 350), ("4", 350)]


@pytest.mark.parametrize("named", [("6901", "6901"), ("6901", "")])
def test_no_product_names_a_barcode_twice(engine: Engine, named: tuple[str, str]) -> None:
    plain = [each for each in named if each]
    packs = [Pack("6901", 6, shared=1)] if len(plain) == 1 else []
    twice = Product("1", "可乐", 350, "piece", "13", 130, barcodes=plain, packs=packs)
    with pytest.raises(BarcodeTaken, match="6901"):
        bring(engine, twice)


def test_a_pack_leaves_with_its_product(engine: Engine) -> None:
    bring(engine, packed("1", Pack("16901", 24)))
    bring(engine, removed=("1",))
    assert bring(engine, packed("2", Pack("16901", 12))).changed == 1


Step = tuple[str, int]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.lists(st.tuples(st.sampled_from("abcd"), st.integers(-1, 2)), min_size=1, max_size=3), max_size=6
    ),
    limit=st.integers(1, 3),
)
def test_a_till_that_follows_the_feed_has_what_the_hub_has(
    sqlite_engine: Engine, steps: list[list[Step]], limit: int
) -> None:
    with writing(sqlite_engine) as connection:
        for table in (schema.products, schema.barcodes, schema.imports):
            connection.execute(delete(table))
    truth: dict[str, int] = {}
    shelf: dict[str, int] = {}
    cursor = ""
    for step in steps:
        wanted = dict(step)
        bring(
            sqlite_engine,
            *(product(sku, price) for sku, price in wanted.items() if price >= 0),
            removed=tuple(sku for sku, price in wanted.items() if price < 0),
        )
        truth = {sku: price for sku, price in (truth | wanted).items() if price >= 0}
        items, cursor = read_all(sqlite_engine, cursor, limit)
        for item in items:
            if isinstance(item.removed, str):
                shelf.pop(item.removed, None)
            elif isinstance(item.product, Product):
                shelf[item.product.sku] = item.product.price_fen
        assert shelf == truth
