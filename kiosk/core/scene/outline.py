"""What stands in for a picture that cannot be shown: an outline of the garment's category."""

from __future__ import annotations

from enum import Enum, unique
from typing import Final


@unique
class Outline(Enum):
    """The outlines that the screen can draw. HANGER: a garment of a category that is not known."""

    HANGER = "hanger"
    TOP = "top"
    COAT = "coat"
    TROUSERS = "trousers"
    SKIRT = "skirt"
    DRESS = "dress"
    SHOES = "shoes"
    BAG = "bag"
    TAG = "tag"
    """Accessories."""


# Parts of the words for categories in the languages of the mirror.
_WORDS: Final = {
    Outline.TOP: "shirt blous knit top tee sweater pullover cardigan hemd strick jumper chemis maille camis jersey "
    "camic magli シャツ ニット セーター ブラウス 衫 毛衣 قميص كنزة بلوزة",
    Outline.COAT: "coat jacket blazer parka mantel jacke sakko manteau veste blouson abrigo chaqueta cappott giacc "
    "コート ジャケット 大衣 外套 夹克 西装 معطف سترة",
    Outline.TROUSERS: "trouser pant jean short legging hose pantal vaquero ズボン パンツ 裤 بنطال",
    Outline.SKIRT: "skirt rock jupe falda gonn スカート 半身裙 تنورة",
    Outline.DRESS: "dress kleid robe vestid abit ドレス ワンピース 连衣裙 فستان",
    Outline.SHOES: "shoe boot sneaker sandal footwear schuh stiefel chauss botte zapat calzad scarp stival 靴 シューズ "
    "ブーツ 鞋 أحذية حذاء",
    Outline.BAG: "bag backpack tasche rucksack sacs cabas bols mochil bors zain バッグ 鞄 包 حقيب حقائب",
    Outline.TAG: "accessor scarf scarv belt hat cap glove jewel zubehör schal gürtel mütze schmuck écharpe ceinture "
    "bijou accesor cintur joya sciarp gioiell アクセサリー ベルト スカーフ 帽 配饰 围巾 腰带 إكسسوار حزام وشاح",
}


def outline_of(category: str) -> Outline:
    """The outline for a category of the catalogue, which is the shop's own word ("Dress shirts" are shirts).

    The word that begins last decides, the longer one of two.
    """
    plain = category.casefold()
    found = (
        (plain.rfind(word), len(word), outline)
        for outline, words in _WORDS.items()
        for word in words.split()
        if word in plain
    )
    best = max(found, key=lambda one: one[:2], default=None)
    return best[2] if best else Outline.HANGER
