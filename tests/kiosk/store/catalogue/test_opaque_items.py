"""Style ids and colour codes may contain any separator: an item's style is looked up, and never read from its id."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from kiosk.core.domain.ids import ItemId, StyleId, item_id
from kiosk.store.advice.fallback_ranking import FallbackRanking
from kiosk.store.advice.stylist_looks import StyleOf, StylistLooks
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import COLOURWAY, LOOK, SKU, STOCK, STYLE
from kiosk.store.insights.insights import Insights
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents
from tests.kiosk.store.catalogue.shop_rows import add_article, add_colour, add_stock, add_style
from tests.kiosk.store.sample_shop import START_US
from tests.optional_values import present

ids = st.text(alphabet="W1-._:/ |~é", min_size=1, max_size=8).filter(lambda text: text == text.strip())
shops = st.dictionaries(ids, st.sets(ids, min_size=1, max_size=3), min_size=2, max_size=4)
"""Styles with their colour codes."""


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    found = Database(f"sqlite:///{tmp_path_factory.mktemp('ids') / 's.db'}")
    yield found
    found.close()


def fill(database: Database, shop: dict[str, set[str]]) -> dict[ItemId, tuple[str, str]]:
    """Writes the shop with one piece of each item; style and colour of each item.

    An item whose joined id is taken already gets another one, as the feed must give it.
    """
    with database.writing() as connection:
        for table in (STOCK, LOOK, SKU, COLOURWAY, STYLE):
            connection.execute(delete(table))
    items: dict[ItemId, tuple[str, str]] = {}
    for style in shop:
        style_id = add_style(database, style)
        for colour in sorted(shop[style]):
            item = item_id(style_id, colour)
            item = item if item not in items else ItemId(f"item {len(items)}")
            add_stock(database, add_article(database, len(items), style, colour), "floor", 1)
            add_colour(database, style, colour, item)
            items[item] = (style, colour)
    return items


def by_splitting(item: ItemId) -> StyleId | None:
    """The planted fault: takes an id apart at its last hyphen."""
    return StyleId(item.rpartition("-")[0])


def styles_beside(
    database: Database, style_of: StyleOf, items: Mapping[ItemId, tuple[str, str]], room: ItemId
) -> list[str]:
    """The styles of everything that is suggested beside an item."""
    found = FallbackRanking(database, StylistLooks(database, style_of)).suggest([room], (), items, ())
    return [items[ranked.item][0] for ranked in found]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=40)
@given(shops)
def test_whatever_the_ids_are(database: Database, shop: dict[str, set[str]]) -> None:
    items = fill(database, shop)
    catalogue = Catalogue(database)
    assert set(catalogue.in_stock()) == set(items)
    for item, (style, colour) in items.items():
        assert catalogue.style_of_item(item) == style
        garment = present(catalogue.garment_of_item(item))
        assert (garment.item, garment.style_id, garment.colour) == (item, style, colour)
        others = styles_beside(database, catalogue.style_of_item, items, item)
        assert sorted(others) == sorted(set(shop) - {style}), (
            "each other style once, and no other colour of this one"
        )
    assert catalogue.style_of_item(ItemId("none")) is None
    assert catalogue.garment_of_item(ItemId("none")) is None


def test_the_planted_fault_is_caught(database: Database) -> None:
    items = fill(database, {"W-12": {"light-blue", "navy"}, "C": {"red"}})
    room = ItemId("W-12-light-blue")
    assert styles_beside(database, Catalogue(database).style_of_item, items, room) == ["C"]
    assert "W-12" in styles_beside(database, by_splitting, items, room)


def test_a_look_goes_with_every_colour_of_its_styles(database: Database) -> None:
    fill(database, {"W-12": {"light-blue", "navy"}, "C": {"red-brown"}})
    with database.writing() as connection:
        look = {"look_id": "l", "items": compact_json(["W-12-navy", "C-red-brown", "gone"]), "stylist": "Mei"}
        connection.execute(LOOK.insert(), [look])
    looks = StylistLooks(database, Catalogue(database).style_of_item)
    room = [ItemId("W-12-light-blue")]
    assert list(looks.items_beside(room)) == ["C-red-brown", "gone"]
    assert looks.stylist_of(ItemId("C-red-brown"), room) == "Mei"
    assert looks.stylist_of(ItemId("C-red-brown"), [ItemId("other")]) == "", "an unknown item has no style"


def test_statistics_name_every_item(database: Database) -> None:
    items = fill(database, {"W-12": {"light-blue"}, "-": {"-", "--"}})
    ItemEvents(database).add(ItemEventKind.TRIED, [(item, "M") for item in items], START_US)
    found = Insights(database).items()
    assert {one.item: one.name for one in found} == dict.fromkeys(items, "Shirt")
