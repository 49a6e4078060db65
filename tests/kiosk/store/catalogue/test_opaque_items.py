"""Style ids and colour codes may contain any separator: an item's style is looked up, and never read from its id."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete

from kiosk.core.domain.ids import ItemId, item_id
from kiosk.store.advice.assortment.assortment import Assortment, StyleFacts
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.fallback_ranking import FallbackRoom, SalesOrder
from kiosk.store.advice.port import RoomQuestion
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.json_columns import compact_json
from kiosk.store.db.tables import COLOURWAY, LOOK, SKU, STOCK, STYLE
from tests.kiosk.store.catalogue.shop_rows import add_article, add_colour, add_stock, add_style
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


def by_splitting(assortment: Assortment) -> Assortment:
    """The planted fault: takes ids apart at their last hyphen."""
    styles = [assortment.item(row).rpartition("-")[0] for row in range(len(assortment))]
    codes = [assortment.codes.styles.code(style) for style in styles]
    facts = {
        code: StyleFacts(tuple(row for row, other in enumerate(codes) if other == code), "EUR", None)
        for code in codes
    }
    return replace(assortment, styles=np.array(codes, np.int32), of_style=facts)


def beside(assortment: Assortment, database: Database, room: ItemId) -> list[str]:
    """The styles of everything that is suggested beside an item, in the order of the ranking."""
    rows = assortment.rows([room])
    joined = StylistLooks(database).joined(assortment, rows)
    question = RoomQuestion(assortment, [room], (), (), assortment.stocked, 6, joined)
    found = FallbackRoom(SalesOrder.of(assortment, Counter()), question).batches(assortment.stocked)
    names = [assortment.garment(row).style_id for batch in found for row in batch.tolist()]
    return [str(name) for name in names]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=25)
@given(shops)
def test_whatever_the_ids_are(database: Database, shop: dict[str, set[str]]) -> None:
    items = fill(database, shop)
    catalogue = Catalogue(database)
    for item, (style, colour) in items.items():
        garment = present(catalogue.garment_of_item(item))
        assert (garment.item, garment.style_id, garment.colour) == (item, style, colour)
        others = beside(AssortmentIndex(database).build(), database, item)
        assert sorted(others) == sorted(set(shop) - {style}), (
            "each other style once, and no other colour of this one"
        )
    assert catalogue.garment_of_item(ItemId("none")) is None


def test_the_planted_fault_is_caught(database: Database) -> None:
    items = fill(database, {"W-12": {"light-blue", "navy"}, "C": {"red"}})
    assortment, room = AssortmentIndex(database).build(), ItemId("W-12-light-blue")
    assert beside(assortment, database, room) == ["C"]
    styles = by_splitting(assortment).styles[assortment.rows(items)]
    assert len(set(styles.tolist())) == 3, "W-12-light, W-12 and C"
    assert len(beside(by_splitting(assortment), database, room)) == 2


def test_a_look_goes_with_every_colour_of_its_styles(database: Database) -> None:
    fill(database, {"W-12": {"light-blue", "navy"}, "C": {"red-brown"}})
    with database.writing() as connection:
        look = {"look_id": "l", "items": compact_json(["W-12-navy", "C-red-brown", "gone"]), "stylist": "Mei"}
        connection.execute(LOOK.insert(), [look])
    looks, assortment = StylistLooks(database), AssortmentIndex(database).build()
    found = looks.joined(assortment, assortment.rows([ItemId("W-12-light-blue")]))
    assert [assortment.item(row) for row in found.rows] == ["C-red-brown"]
    assert list(found.stylists.values()) == ["Mei"]
    assert looks.joined(assortment, assortment.rows([ItemId("other")])).rows == ()
