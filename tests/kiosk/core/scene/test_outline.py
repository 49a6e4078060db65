"""The drawing that stands in for a picture: of the garment's category, whatever the shop calls it."""

from __future__ import annotations

import pytest

from kiosk.core.scene.outline import Outline, outline_of
from tests.kiosk.core.visit.visit_driver import SHIRT, A, visit_with

WORDS = {
    Outline.BAG: "bags Bags handbags Taschen Umhängetasche sacs bolsos borse バッグ 包 حقائب",
    Outline.SHOES: "shoes boots Chelsea-boots Schuhe Stiefel chaussures zapatos scarpe 靴 鞋 أحذية",
    Outline.TROUSERS: "trousers jeans pants Hosen pantalons vaqueros pantaloni ズボン 裤子 بنطال",
    Outline.SKIRT: "skirts Röcke-Rock jupes faldas gonne スカート تنورة",
    Outline.DRESS: "dresses Kleider robes vestidos ワンピース 连衣裙 فستان shirt-dresses",
    Outline.COAT: "coats jackets blazers Mäntel-Mantel manteaux-manteau abrigos cappotti コート 大衣 معطف",
    Outline.TOP: "shirts blouses knitwear T-shirts Hemden chemises camisas camicie シャツ 衬衫 قميص dress-shirts",
    Outline.TAG: "accessories belts scarves Gürtel ceintures cinturones アクセサリー 配饰 حزام",
    Outline.HANGER: "C17 misc 4711 new",
}


@pytest.mark.parametrize(
    ("outline", "word"), [(o, word) for o, words in WORDS.items() for word in words.split()]
)
def test_a_category_has_its_outline(outline: Outline, word: str) -> None:
    assert outline_of(word) is outline


def test_every_card_with_a_picture_has_the_outline() -> None:
    assert visit_with((A, SHIRT)).scene.pieces[0].outline is Outline.TOP
