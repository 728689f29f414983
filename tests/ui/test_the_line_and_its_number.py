"""What is marked, what is spoken of and what changes are one line; what is refused or asked about is said in words."""

import pytest

from pos.domain.money import Money
from tests.fakes import NOODLES, TEA, WATER
from tests.ui.conftest import CAKE, Desk
from tests.ui.hands import APPLES, CONTROL, Key, press, tap, total, type_in
from ui.stage import Said, Stage, Word

pytestmark = pytest.mark.usefixtures("our_keys")


def marked(desk: Desk) -> int | None:
    """The number of the line that is marked."""
    return desk.window.counter._cart.chosen_line_no


def three_lines(desk: Desk) -> None:
    """Have water, noodles and tea in the cart."""
    desk.counter.code_seen(NOODLES)
    desk.counter.code_seen(TEA)


@pytest.mark.parametrize(
    ("opens", "typed", "then"),
    [("", "2*", 400), ("line_quantity", "2", 400), ("line_price", "1.8", 180), ("line_discount", "10", 180)],
)
def test_the_line_that_is_marked_while_a_number_is_typed_is_the_one_that_changes(
    sold: Desk, opens: str, typed: str, then: int
) -> None:
    three_lines(sold)
    if opens:
        sold.press(opens)
    type_in(sold, typed)
    press(sold, Key.Key_Up)
    press(sold, Key.Key_Up)
    assert marked(sold) == 1
    assert "农夫山泉" in sold.read("pad_about")
    assert "农夫山泉" in sold.read("notice_words")
    others = total(sold) - 200
    press(sold, Key.Key_Return)
    assert (sold.counter.cart.amount_of(1).fen, total(sold)) == (then, others + then)


def test_a_pad_that_finds_its_line_itself_marks_it(sold: Desk) -> None:
    sold.counter.code_seen(CAKE)
    three_lines(sold)
    press(sold, Key.Key_F5)
    assert "现做蛋糕" in sold.read("pad_about")
    assert marked(sold) == 2
    assert "现做蛋糕" in sold.read("notice_words")
    press(sold, Key.Key_Up)
    assert "农夫山泉" in sold.read("pad_about")


def test_what_more_explains_is_the_marked_line(sold: Desk) -> None:
    three_lines(sold)
    press(sold, Key.Key_M, CONTROL)
    press(sold, Key.Key_Up)
    assert sold.read("more_title") == "红烧牛肉面"


def test_an_unknown_line_that_is_chosen_for_the_cashier_is_the_one_spoken_of(sold: Desk) -> None:
    sold.counter.code_seen("6999999999994")
    three_lines(sold)
    press(sold, Key.Key_F12)
    assert marked(sold) == 2
    sold.counter.noticed.emit(None)
    assert sold.read("notice_words").startswith("不认识 6999999999994")


def test_a_digit_after_a_number_that_was_refused_begins_another(sold: Desk) -> None:
    press(sold, Key.Key_Delete)
    type_in(sold, "3*")
    press(sold, Key.Key_Return)
    type_in(sold, "4")
    assert sold.on_screen("pad_box").property("text") == "4"


def test_a_key_of_the_keypad_after_a_number_that_was_refused_begins_another(sold: Desk) -> None:
    press(sold, Key.Key_F6)
    type_in(sold, "150")
    press(sold, Key.Key_Return)
    sold.press("key_5")
    assert sold.on_screen("pad_box").property("text") == "5"


@pytest.mark.parametrize("by_keys", [True, False])
def test_a_digit_after_cash_that_was_asked_about_begins_another_amount(sold: Desk, by_keys: bool) -> None:  # noqa: FBT001
    press(sold, Key.Key_F12)
    type_in(sold, "1")
    press(sold, Key.Key_Return)
    assert sold.counter.stage is Stage.PAY
    for digit in "50":
        type_in(sold, digit) if by_keys else sold.press(f"key_{digit}")
    assert sold.on_screen("cash_amount").property("text") == "50"


def test_cash_that_was_asked_about_is_taken_by_the_same_press_again(sold: Desk) -> None:
    press(sold, Key.Key_F12)
    type_in(sold, "1")
    press(sold, Key.Key_Return)
    press(sold, Key.Key_Return)
    sold.qtbot.waitUntil(lambda: sold.counter.due == Money(100), timeout=5000)


def test_the_keypad_types_no_amount_that_has_no_room(sold: Desk) -> None:
    press(sold, Key.Key_F12)
    for key in (".", *"1234567", ".", *"891"):
        sold.press(f"key_{key}")
    assert sold.on_screen("cash_amount").property("text") == "123456.89"


def test_a_price_far_above_its_own_is_set_only_when_it_is_said_twice(sold: Desk) -> None:
    press(sold, Key.Key_F5)
    type_in(sold, "99")
    press(sold, Key.Key_Return)
    assert sold.said[-1] == Said(Word.MUCH_DEARER, Money(9900), "¥2.00")
    assert total(sold) == 200
    type_in(sold, "98")
    press(sold, Key.Key_Return)
    assert total(sold) == 200, "another price is another question"
    press(sold, Key.Key_Return)
    assert total(sold) == 9800


def test_twice_its_own_price_and_any_open_price_are_set_at_once(sold: Desk) -> None:
    press(sold, Key.Key_F5)
    type_in(sold, "4")
    press(sold, Key.Key_Return)
    assert total(sold) == 400
    sold.counter.code_seen(CAKE)
    type_in(sold, "880")
    press(sold, Key.Key_Return)
    assert total(sold) == 400 + 88_000


@pytest.mark.parametrize("code", [NOODLES, "600102"])
def test_a_code_that_is_typed_after_a_number_sells_so_many_of_it(sold: Desk, code: str) -> None:
    type_in(sold, "3*")
    tap(sold, code)
    assert sold.read("pad_advice") == f"“确定”：卖 3 件 {code}"
    sold.press("pay")
    assert total(sold) == 200 + 3 * 450
    sold.counter.code_seen(NOODLES)
    assert total(sold) == 200 + 4 * 450, "it counts once"


def test_a_code_that_is_typed_after_a_number_begins_a_cart_too(sold: Desk) -> None:
    press(sold, Key.Key_Delete)
    type_in(sold, "3*")
    tap(sold, NOODLES)
    press(sold, Key.Key_Return)
    assert total(sold) == 3 * 450


def test_digits_after_a_number_that_are_no_code_are_refused_and_sell_nothing(sold: Desk) -> None:
    type_in(sold, "3*")
    tap(sold, "777777")
    assert sold.read("pad_advice").startswith("✕ 3777777 像条码")
    press(sold, Key.Key_Return)
    assert total(sold) == 200


def test_how_many_were_meant_of_a_payment_code_is_not_kept_for_the_next_goods(sold: Desk) -> None:
    type_in(sold, "3*")
    tap(sold, sold.world.alipay.show_code())
    press(sold, Key.Key_Return)
    sold.counter.box.drop_offer()
    sold.counter.code_seen(WATER)
    assert total(sold) == 400


def test_after_an_unknown_line_is_removed_what_asks_for_a_line_takes_the_last_and_marks_it(sold: Desk) -> None:
    three_lines(sold)
    sold.counter.code_seen("6999999999994")
    for opens, name in ((Key.Key_F4, "pad_about"), (Key.Key_F5, "pad_about"), (Key.Key_F6, "pad_about")):
        press(sold, Key.Key_Up)
        press(sold, Key.Key_Down)
        press(sold, Key.Key_Delete)
        assert marked(sold) is None
        press(sold, opens)
        assert sold.read(name).startswith("龙井茶")
        assert marked(sold) == 3
        press(sold, Key.Key_Escape)
        press(sold, Key.Key_Z, CONTROL)


def test_more_explains_a_line_although_none_was_chosen(sold: Desk) -> None:
    sold.counter.code_seen("6999999999994")
    press(sold, Key.Key_Delete)
    press(sold, Key.Key_M, CONTROL)
    assert sold.read("more_title") == "农夫山泉 550ml"


@pytest.mark.parametrize("opens", ["line_quantity", "line_price", "line_discount"])
def test_a_line_that_nobody_knows_refuses_a_number_at_once_and_says_why(sold: Desk, opens: str) -> None:
    sold.counter.code_seen("6999999999994")
    sold.press(opens)
    assert sold.window.counter.operations.panel is None
    assert sold.read("notice_words") == "⚠ 没有这个条码 6999999999994"


def test_a_number_typed_before_it_is_for_what_comes_next(sold: Desk) -> None:
    sold.counter.code_seen("6999999999994")
    press(sold, Key.Key_Up)
    press(sold, Key.Key_Down)
    type_in(sold, "3*")
    press(sold, Key.Key_Return)
    assert sold.read("notice_words") == "⚠ 没有这个条码 6999999999994"
    sold.counter.code_seen(NOODLES)
    assert total(sold) == 200 + 3 * 450


def test_a_pad_that_comes_to_a_line_that_nobody_knows_changes_nothing(sold: Desk) -> None:
    sold.counter.code_seen("6999999999994")
    sold.counter.code_seen(NOODLES)
    type_in(sold, "3*")
    press(sold, Key.Key_Up)
    press(sold, Key.Key_Return)
    assert sold.read("notice_words") == "⚠ 没有这个条码 6999999999994"
    assert [line.quantity.amount for line in sold.counter.cart.lines] == [1, 1, 1]


def test_a_discount_of_nothing_is_told_as_what_it_is(sold: Desk) -> None:
    press(sold, Key.Key_F6)
    type_in(sold, "0")
    assert sold.read("pad_advice") == "✕ 折扣是 0，什么也没有减　输入要减多少；不打折就按 Del"


def test_a_tare_that_weighs_more_than_the_goods_is_told_as_what_it_is(sold: Desk) -> None:
    sold.counter.code_seen(APPLES)
    type_in(sold, "500")
    press(sold, Key.Key_Return)
    press(sold, Key.Key_P, CONTROL)
    type_in(sold, "600")
    assert sold.read("pad_advice").startswith("✕ 皮重 600 克不比毛重 500 克轻")


@pytest.mark.parametrize("word", [Word.CASH_MOVED, Word.TENDER_CORRECTED])
def test_what_is_done_has_one_tick(sold: Desk, word: Word) -> None:
    sold.counter.noticed.emit(Said(word, Money(500), "放入现金"))
    assert sold.read("notice_words").count("✓") == 1


def test_an_emptied_cart_says_so_and_what_brings_it_back(sold: Desk) -> None:
    three_lines(sold)
    press(sold, Key.Key_Delete, CONTROL)
    assert sold.read("notice_words") == "✓ 已清空 3 行"
    assert sold.read("notice_action") == "清错了按 Ctrl+Z 拿回来"
    press(sold, Key.Key_Z, CONTROL)
    assert len(sold.counter.cart.lines) == 3


def test_a_code_that_is_offered_says_what_to_do_first_while_its_key_answers_something_else(sold: Desk) -> None:
    sold.counter.code_seen(sold.world.alipay.show_code())
    offer = sold.on_screen("take_offer")
    assert offer.property("text") == "看到付款码 · 收支付宝 ¥2.00"
    press(sold, Key.Key_F5)
    assert offer.property("text") == "看到付款码 · 先办完下面的，再收 ¥2.00"
    assert not offer.isEnabled()
    press(sold, Key.Key_Escape)
    assert offer.property("text") == "看到付款码 · 收支付宝 ¥2.00"
    assert offer.isEnabled()


def test_a_code_that_comes_while_something_is_open_says_so_too(sold: Desk) -> None:
    press(sold, Key.Key_F5)
    sold.counter.code_seen(sold.world.alipay.show_code())
    assert sold.on_screen("take_offer").property("text") == "看到付款码 · 先办完下面的，再收 ¥2.00"
    press(sold, Key.Key_Escape)
    sold.counter.code_seen(WATER)
    assert sold.on_screen("take_offer").property("text") == "看到付款码 · 收支付宝 ¥4.00"
