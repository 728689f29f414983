"""An assortment of any size, the same each time, whose names are a chain's: brand, kind, thing and size."""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from pos.domain.code import check_digit
from pos.hub.catalogue import pinyin_initials

_BRANDS = """
青禾=Qinghe 山泉坊=Shanquanfang 福满堂=Fumantang 云岭=Yunling 海之家=Haizhijia 金穗=Jinsui 小石榴=Littlepom
百味林=Baiweilin 老渡口=Laodukou 春晓=Chunxiao 绿野=Luye 麦香居=Maixiangju 雪峰=Xuefeng 湖畔=Hupan 南岸=Nanan
北坡=Beipo 竹里=Zhuli 一品鲜=Yipinxian 喜来多=Xilaiduo 好邻居=Goodneighbor 天然派=Naturepie 味千里=Weiqianli
红灯笼=Redlantern 大草原=Prairie 岭南记=Lingnanji 江南春=Jiangnanchun 西关=Xiguan 东篱=Dongli 月半湾=Yuebanwan
安心园=Anxinyuan 家乐选=Jialexuan 优谷=Yougu 百联优选=Bailianchoice 晨露=Chenlu 乐活=Lohas 妙手=Miaoshou
巧媳妇=Qiaoxifu 食尚=Shishang 古井坊=Gujingfang 秋水=Qiushui
"""
_KINDS = """
原味=Original 香辣=Spicy 蜂蜜=Honey 柠檬=Lemon 草莓=Strawberry 海盐=Seasalt 黑芝麻=Sesame 抹茶=Matcha
低糖=Lowsugar 无糖=Sugarfree 红枣=Jujube 桂花=Osmanthus 葡萄=Grape 香草=Vanilla 有机=Organic 精选=Select
儿童=Kids 家庭=Family 经典=Classic 椒盐=Pepper 番茄=Tomato 牛奶=Milk 核桃=Walnut 茉莉=Jasmine 玫瑰=Rose
"""
_SHELVES = """
饮料 矿泉水=Water 乌龙茶=Oolong 气泡水=Sparkling 果汁=Juice 凉茶=Herbal
乳品 酸奶=Yogurt 鲜牛奶=Freshmilk 奶酪=Cheese 豆奶=Soymilk
零食 薯片=Chips 夹心饼干=Sandwich 瓜子=Seeds 牛肉干=Jerky 巧克力=Chocolate 软糖=Gummies
面包糕点 吐司=Toast 蛋糕=Cake 麻薯=Mochi
方便速食 方便面=Noodles 自热米饭=Rice 火腿肠=Sausage 粉丝=Vermicelli
粮油 大米=Rice 花生油=Peanutoil 面粉=Flour 小米=Millet
调味 酱油=Soysauce 香醋=Vinegar 豆瓣酱=Beanpaste 蚝油=Oyster
酒类 啤酒=Beer 黄酒=Yellowwine
茶咖冲饮 速溶咖啡=Coffee 麦片=Oatmeal 奶茶粉=Milktea
个护 洗发水=Shampoo 牙膏=Toothpaste 沐浴露=Bodywash 护手霜=Handcream
家清纸品 抽纸=Tissue 洗衣液=Detergent 垃圾袋=Bags 卷纸=Roll
百货文具 笔记本=Notebook 保温杯=Thermos 雨伞=Umbrella 电池=Battery
"""
_SIZES = """
50g 100g 180g 250ml 330ml 500ml 500g 750ml 1L 1kg 2kg 2.5kg 5kg 3包 6罐装 8片 10枚 12瓶装 20支 24入 30条 48抽
大号 小号 组合装
""".split()

_STRIDE = 700_001
"""A prime that divides no count of combinations here."""

_Word = tuple[str, str, str]


def assortment(count: int, first: int = 0) -> Iterator[dict[str, Any]]:
    """Yield so many products as the hub's feed writes them; each tenth has a case of 24 with a price of its own."""
    brands, kinds, things = _words(_BRANDS.split()), _words(_KINDS.split()), _things()
    for number in range(first, first + count):
        turn, at = divmod(number, len(brands) * len(kinds) * len(things) * len(_SIZES))
        at = at * _STRIDE % (len(brands) * len(kinds) * len(things) * len(_SIZES))  # neighbours differ in everything
        at, size = divmod(at, len(_SIZES))
        at, kind = divmod(at, len(kinds))
        thing, brand = divmod(at, len(brands))
        shelf, word = things[thing]
        yield _product(number, (brands[brand], kinds[kind], word), shelf, _size(size, turn))


def barcode_of(number: int) -> str:
    """Return the EAN-13 of a product by its number."""
    return _checked(f"690{number:09d}")


def case_of(number: int) -> str:
    """Return the GTIN-14 of a product's case."""
    return _checked(f"1690{number:09d}")


def _product(number: int, words: tuple[_Word, ...], shelf: str, size: tuple[str, str]) -> dict[str, Any]:
    price_fen = 190 + number * 37 % 9_800
    case = {"barcode": case_of(number), "quantity": 24, "price_fen": price_fen * 22, "words": "箱", "words_en": "case",
            "shared": 0}  # fmt: skip
    return {
        "sku": f"{number:08d}", "name": "".join(each[0] for each in words) + size[0],
        "name_en": " ".join(each[1] for each in words) + f" {size[0]}", "price_fen": price_fen, "unit": "piece",
        "tax_code": "13", "tax_permille": 130, "pinyin": "".join(each[2] for each in words) + size[1],
        "category": shelf, "barcodes": [barcode_of(number)], "packs": [case] if number % 10 == 0 else [],
    }  # fmt: skip


@cache
def _size(size: int, turn: int) -> tuple[str, str]:
    text = _SIZES[size] + (f" 第{turn + 1}代" if turn else "")
    return text, pinyin_initials(text)


@cache
def _things() -> list[tuple[str, _Word]]:
    shelves = [line.split() for line in _SHELVES.strip().splitlines()]
    return [(shelf, word) for shelf, *things in shelves for word in _words(things)]


def _words(pairs: Sequence[str]) -> list[_Word]:
    split = [each.split("=") for each in pairs]
    return [(chinese, english, pinyin_initials(chinese)) for chinese, english in split]


def _checked(digits: str) -> str:
    return digits + check_digit(digits)
