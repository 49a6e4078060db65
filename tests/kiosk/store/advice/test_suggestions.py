"""Which suggestions come first: those that complete the outfit, of the room's own line, day wear for day wear."""

from dataclasses import replace
from pathlib import Path

import pytest

from kiosk.core.domain.advice import LookReason, Suggestion
from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.suggestions import completing_first
from tests.kiosk.core.garments import garment
from tests.kiosk.store.advice.trained_shop import TrainedShop, suggestions_for
from tests.kiosk.store.sample_shop import sample_store

WORDS = {
    0: "women's trousers", 1: "women's tops", 2: "women's shoes", 3: "men's tops", 4: "men's shoes", 5: "bras",
    6: "swimsuits", 7: "women's belts", 8: "women's blazers",
}  # fmt: skip
NEVER_FIRST = {"men's tops", "men's shoes", "bras", "swimsuits"}


def suggested(style: str, category: str) -> Suggestion:
    return Suggestion(replace(garment(style), category=category), LookReason.BOUGHT_TOGETHER)


def test_categories_in_the_room_come_after_the_others() -> None:
    found = [
        suggested(s, c) for s, c in (("T2", "trousers"), ("B1", "bags"), ("B2", "bags"), ("F1", "shoes"))
    ]
    room = [replace(garment("T1"), category="trousers")]
    assert [s.garment.style_id for s in completing_first(found, room)] == ["B1", "F1", "B2", "T2"]


def test_in_an_empty_room_categories_alternate_in_rank_order() -> None:
    found = [suggested(s, c) for s, c in (("T1", "trousers"), ("T2", "trousers"), ("B1", "bags"))]
    assert [s.garment.style_id for s in completing_first(found, [])] == ["T1", "B1", "T2"]


def shop_of(*numbers: int) -> TrainedShop:
    """A shop whose styles have these categories in turn; the ids of the last ones come first in a tie."""
    shop = TrainedShop()
    for at, item in enumerate(reversed(shop.category)):
        shop.category[item] = WORDS[numbers[at // 3 % len(numbers)]]
        shop.price[item] = 50.0
        shop.stock[item] = set(shop.run(item))
    return shop


def shown(shop: TrainedShop, folder: Path, category: str) -> list[str]:
    room = next(item for item, of in shop.category.items() if of == category)
    with sample_store(shop.settings(folder)) as store:
        found = suggestions_for(store, shop, [room])
        return [shop.category[ItemId(one.garment.item)] for one in found]


@pytest.mark.parametrize("order", [(0, 1, 2, 3, 4, 5, 6, 7, 8), (8, 7, 6, 5, 4, 3, 2, 1, 0)])
def test_trousers_are_completed_by_what_is_worn_with_them(tmp_path: Path, order: tuple[int, ...]) -> None:
    found = shown(shop_of(*order), tmp_path, "women's trousers")
    assert len(found) == 6
    assert not NEVER_FIRST & set(found)


def test_the_shops_other_line_comes_last(tmp_path: Path) -> None:
    found = shown(shop_of(0, 3, 4, 7), tmp_path, "women's trousers")
    ranks = ["women's belts", "women's belts"]
    assert found[:2] == ranks
    last = [category.startswith("men's") for category in found]
    assert last == sorted(last), "men's garments after all others"
    assert len(found) == 6, "the list is still full"


def test_a_shop_of_underwear_suggests_underwear(tmp_path: Path) -> None:
    assert set(shown(shop_of(5, 0), tmp_path, "women's trousers")) >= {"bras"}
