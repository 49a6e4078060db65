"""Ranking without a model: stylists' looks, best sellers of all sources, then the rest of the stock."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId, StyleId
from kiosk.store.advice.assortment.index import AssortmentIndex
from kiosk.store.advice.fallback_ranking import FallbackRanking, FallbackRoom, no_published_sales
from kiosk.store.advice.port import RankedItem, RoomQuestion
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.db.database import Database
from kiosk.store.db.tables import COLOURWAY, PURCHASE
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents
from tests.kiosk.store.sample_shop import START_US

STOCK = [ItemId(i) for i in ("A1-RED", "C1-CAM", "C1-NVY", "F1-BLK", "S1-WHI", "T1-GRY")]


class Ranked:
    """The fallback ranking of a database."""

    def __init__(
        self, database: Database, published: Callable[[], Sequence[tuple[str, int]]] = no_published_sales
    ) -> None:
        self.index, self._looks = AssortmentIndex(database), StylistLooks(database)
        self.index.build()
        self.ranking = FallbackRanking(database, self.index, published)

    def __call__(
        self, *room: str, without: tuple[str, ...] = (), stock: Sequence[ItemId] = STOCK
    ) -> list[RankedItem]:
        assortment, items = self.index.present(), [ItemId(item) for item in room]
        eligible = np.zeros(len(assortment), np.bool_)
        eligible[assortment.rows(stock)] = True
        joined = self._looks.joined(assortment, assortment.rows(items))
        question = RoomQuestion(assortment, items, [ItemId(i) for i in without], (), eligible, 6, joined)
        found = FallbackRoom(self.ranking.order, question)
        return [found.explain(row) for rows in found.batches(eligible) for row in rows.tolist()]


def test_a_stylists_look_comes_first_and_the_rest_of_the_stock_last(sample_database: Database) -> None:
    found = Ranked(sample_database)("C1-NVY")
    assert [(f.item, f.reason) for f in found[:2]] == [
        ("A1-RED", LookReason.STYLIST),
        ("F1-BLK", LookReason.STYLIST),
    ]
    assert {f.item for f in found[2:]} == {"S1-WHI", "T1-GRY"}, "no coat beside a coat"
    assert [f.score for f in found] == sorted((f.score for f in found), reverse=True)


def test_sales_of_members_of_events_and_of_the_last_model_are_added(sample_database: Database) -> None:
    with sample_database.writing() as connection:
        connection.execute(PURCHASE.insert(), [{"shopper_id": "s1", "item": "S1-WHI"}])
    ItemEvents(sample_database).add(ItemEventKind.BOUGHT, [("S1-WHI", "M")], START_US)
    first = Ranked(sample_database, lambda: [("S1-WHI", 3), ("T1-GRY", 2)])()[0]
    assert (first.item, first.reason, first.count) == ("S1-WHI", LookReason.POPULAR, 5)


def test_one_sale_is_not_popular(sample_database: Database) -> None:
    first = Ranked(sample_database, lambda: [("S1-WHI", 1)])()[0]
    assert first.reason is LookReason.GOES_WITH


def test_sales_are_counted_again_by_recount(sample_database: Database) -> None:
    rank = Ranked(sample_database)
    rank()
    ItemEvents(sample_database).add(ItemEventKind.BOUGHT, [("F1-BLK", "38")] * 4, START_US)
    assert rank()[0].item != "F1-BLK"
    rank.ranking.recount()
    assert rank()[0].item == "F1-BLK"


def test_a_new_item_is_ranked_as_soon_as_the_assortment_has_it(sample_database: Database) -> None:
    rank = Ranked(sample_database)
    rank()
    with sample_database.writing() as connection:
        row = {"style_id": "A1", "code": "GRN", "ordinal": 9, "name": "{}", "item": "A1-GRN"}
        connection.execute(COLOURWAY.insert(), [row])
    fresh = ItemId("A1-GRN")
    assert rank(stock=[fresh]) == []
    rank.index.changed([StyleId("A1")])
    assert [found.item for found in rank(stock=[fresh])] == [fresh]


def test_excluded_styles_are_left_out_in_every_colour(sample_database: Database) -> None:
    found = Ranked(sample_database)("S1-WHI", without=("C1-CAM",))
    assert not {"C1-CAM", "C1-NVY", "S1-WHI"} & {f.item for f in found}
