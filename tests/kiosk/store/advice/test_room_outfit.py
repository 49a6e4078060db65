"""What completes a room's outfit, from the catalogue's words, the configuration and the model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest

from kiosk.config import read_store
from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.assortment.assortment import Assortment
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.port import RankedItem
from kiosk.store.advice.room_outfit import RoomOutfit, outfit_reader
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import COLOURWAY, STYLE
from kiosk.store.settings import OutfitCategorySettings, settings_of
from recommender.arrays import Bools, Ints
from recommender.looks.serving.outfits.kinds import OutfitKind
from recommender.looks.serving.outfits.words import Season, Slot
from tests.optional_values import present

SHOP = {
    "slip": ("Dresses", "Slip dress", "", "women"),
    "pencil": ("Skirts", "Pencil skirt", "", "women"),
    "linen": ("Trousers", "Linen shorts", "", ""),
    "flannel": ("Trousers", "Flannel trousers", "", "men"),
    "gloves": ("Accessories", "Leather gloves", "", ""),
    "belt": ("Accessories", "Leather belt", "", ""),
    "pumps": ("Shoes", "Pumps", "", "women"),
    "oxford": ("Shirts", "Oxford shirt", "", "men"),
    "coat": ("Coats", "Wrap coat", "AW26", ""),
    "tights": ("Tights", "Silk tights", "", "women"),
    "bikini": ("Bikini tops", "Triangle top", "", ""),
    "trunks": ("Bikini bottoms", "Tie bottom", "", ""),
    "thing": ("Atelier", "No. 5", "", ""),
}


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path / 'shop.db'}")
    with found.writing() as connection:
        for style, (category, name, season, line) in SHOP.items():
            row = {
                "style_id": style, "category": category, "name": compact_json({"de": "?", "en": name}),
                "price_minor": 100, "currency": "EUR", "season": season, "line": line,
            }  # fmt: skip
            connection.execute(STYLE.insert(), [row])
            shade = {"style_id": style, "code": "c", "ordinal": 0, "name": "{}", "item": style}
            connection.execute(COLOURWAY.insert(), [shade])
    yield found
    found.close()


@dataclass
class Learned:
    """A ranking that has learned what is bought together, and what hardly ever is."""

    assortment: Assortment
    together: Sequence[str] = field(default=())
    apart: Sequence[str] = field(default=())

    def _rows(self, items: Sequence[str]) -> Ints:
        return np.array(self.assortment.rows(map(ItemId, items)), np.int32)

    def bought_together(self) -> Ints:
        return self._rows(self.together)

    def hardly_together(self) -> Ints:
        return self._rows(self.apart)

    def batches(self, eligible: Bools) -> Iterator[Ints]:
        yield eligible.nonzero()[0].astype(np.int32)

    def is_arrival(self, row: int) -> bool:
        return row < 0

    def explain(self, rows: Sequence[int]) -> list[RankedItem]:
        return [RankedItem(self.assortment.item(row), LookReason.GOES_WITH) for row in rows]


def excluded(
    assortment: Assortment, room: Sequence[str], together: Sequence[str] = (), apart: Sequence[str] = ()
) -> set[str]:
    rows = assortment.rows(map(ItemId, room))
    mask = RoomOutfit(assortment, rows).excluded(Learned(assortment, together, apart))
    return {str(assortment.item(row)) for row in np.flatnonzero(mask).tolist()} - set(room)


def test_what_completes_nothing(database: Database) -> None:
    shop = AssortmentIndex(database).present()
    assert excluded(shop, ["slip"]) == {"pencil", "linen", "flannel", "oxford"}
    assert excluded(shop, ["flannel"]) == {"slip", "pencil", "linen", "pumps", "tights", "bikini", "trunks"}
    assert excluded(shop, ["gloves"]) == {"linen", "bikini", "trunks"}
    assert excluded(shop, ["linen"]) == {"slip", "pencil", "flannel", "gloves", "coat"}
    assert excluded(shop, ["pumps"]) == {"flannel", "oxford"}
    assert excluded(shop, ["bikini"]) == {"flannel", "oxford", "gloves", "coat", "tights"}
    assert excluded(shop, ["belt", "thing"]) == set()
    assert excluded(shop, []) == set()


def test_what_the_model_has_learned_is_added(database: Database) -> None:
    shop = AssortmentIndex(database).present()
    assert excluded(shop, ["pumps"], together=["oxford"]) == {"flannel"}
    assert "tights" in excluded(shop, ["flannel"])
    assert "pencil" in excluded(shop, ["slip"], together=["pencil"]), "never two in one slot"
    assert excluded(shop, ["belt"], apart=["coat"]) == {"coat"}


@pytest.mark.parametrize(
    ("room", "private"),
    [
        (["slip"], {"tights", "bikini", "trunks"}),
        (["thing", "pumps"], {"tights", "bikini", "trunks"}),
        (["bikini"], {"tights"}),
        (["tights", "slip"], {"bikini", "trunks"}),
        ([], {"tights", "bikini", "trunks"}),
    ],
)
def test_underwear_and_swimwear_are_beside_their_like(
    database: Database, room: Sequence[str], private: set[str]
) -> None:
    shop = AssortmentIndex(database).present()
    marked = RoomOutfit(shop, shop.rows(map(ItemId, room))).private()
    assert {str(shop.item(row)) for row in np.flatnonzero(marked).tolist()} - set(room) == private


def test_what_is_for_others_is_told_apart_from_what_is_worn_instead(database: Database) -> None:
    shop = AssortmentIndex(database).present()
    outfit = RoomOutfit(shop, shop.rows([ItemId("slip")]))

    def items(mask: Bools) -> set[str]:
        return {str(shop.item(row)) for row in np.flatnonzero(mask).tolist()}

    assert items(outfit.for_others(Learned(shop))) == {"flannel", "oxford"}
    assert items(outfit.for_others(Learned(shop, together=["oxford"]))) == {"flannel"}
    assert items(outfit.worn_instead()) == {"slip", "pencil", "linen", "flannel"}


def test_the_configuration_says_what_a_category_is(database: Database) -> None:
    reader = outfit_reader(
        [OutfitCategorySettings("atelier", "dress"), OutfitCategorySettings("Skirts", "none")]
    )
    shop = AssortmentIndex(database, reader).present()
    assert excluded(shop, ["thing"]) == {"slip", "linen", "flannel"}
    assert "pencil" not in excluded(shop, ["flannel"]) - {"pencil"}


def test_the_configuration_is_read(tmp_path: Path) -> None:
    file = tmp_path / "store.yaml"
    file.write_text(
        "rooms: [{name: 1, title: Room 1}]\n"
        "recommender:\n"
        "  outfit:\n"
        "    - {category: Culottes, slot: bottom}\n"
        "    - {category: Gilets, slot: outer, season: winter}\n"
    )
    settings = settings_of(present(read_store(file).config), tmp_path)
    reader = outfit_reader(settings.outfit_categories)
    from recommender.looks.serving.outfits.kinds import GarmentWords

    assert reader.kind(GarmentWords("culottes")) == OutfitKind(Slot.BOTTOM)
    assert reader.kind(GarmentWords("GILETS")) == OutfitKind(Slot.OUTER, Season.COLD)


@pytest.mark.parametrize("wrong", ["slot: hat", "slot: bottom, season: spring", "season: winter"])
def test_a_wrong_slot_or_season_is_a_mistake(tmp_path: Path, wrong: str) -> None:
    file = tmp_path / "store.yaml"
    file.write_text(f"rooms: [{{name: 1, title: R}}]\nrecommender: {{outfit: [{{category: C, {wrong}}}]}}\n")
    assert read_store(file).mistakes


def test_every_slot_and_season_can_be_configured() -> None:
    from typing import get_args

    from kiosk.config.store import OutfitCategory

    fields = OutfitCategory.model_fields
    assert set(get_args(fields["slot"].annotation)) == {*(slot.value for slot in Slot), "none"}
    seasons = {value for part in get_args(fields["season"].annotation) for value in get_args(part)}
    assert seasons == {season.value for season in Season}


@pytest.mark.parametrize("reason", [LookReason.COMPLETES, LookReason.GOES_WITH])
def test_a_reason_names_only_what_it_can_be_worn_with(database: Database, reason: LookReason) -> None:
    shop = AssortmentIndex(database).present()
    room = shop.rows(map(ItemId, ["slip", "belt"]))
    outfit = RoomOutfit(shop, room)
    (skirt,) = shop.rows([ItemId("pencil")])
    said = RankedItem(ItemId("pencil"), reason, ItemId("slip"), 12)
    assert outfit.checked(said, skirt) == RankedItem(
        ItemId("pencil"), LookReason.GOES_WITH, ItemId("belt"), 0
    )
    alone = RoomOutfit(shop, room[:1])
    assert alone.checked(said, skirt) == RankedItem(ItemId("pencil"), LookReason.GOES_WITH, None, 0)
    (pumps,) = shop.rows([ItemId("pumps")])
    fits = RankedItem(ItemId("pumps"), reason, ItemId("slip"), 12)
    assert alone.checked(fits, pumps) == fits


def test_facts_about_baskets_and_materials_stay(database: Database) -> None:
    shop = AssortmentIndex(database).present()
    outfit = RoomOutfit(shop, shop.rows([ItemId("slip")]))
    (skirt,) = shop.rows([ItemId("pencil")])
    for reason in (LookReason.BOUGHT_TOGETHER, LookReason.SAME_MATERIAL, LookReason.POPULAR):
        said = RankedItem(ItemId("pencil"), reason, ItemId("slip"), 12)
        assert outfit.checked(said, skirt) == said


def test_a_changed_line_is_seen_after_an_import(database: Database) -> None:
    index = AssortmentIndex(database)
    assert "oxford" in excluded(index.present(), ["pumps"])
    with database.writing() as connection:
        connection.execute(STYLE.update().where(STYLE.c.style_id == "oxford").values(line="unisex"))
    index.changed([index.present().garment(index.present().rows([ItemId("oxford")])[0]).style_id])
    assert "oxford" not in excluded(index.present(), ["pumps"])
