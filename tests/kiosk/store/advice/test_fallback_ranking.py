"""Ranking without a model: stylists' looks, best sellers of all sources, then the rest of the stock."""

from __future__ import annotations

from kiosk.core.domain.advice import LookReason
from kiosk.core.domain.ids import ItemId
from kiosk.store.advice.fallback_ranking import FallbackRanking
from kiosk.store.advice.port import RankedItem
from kiosk.store.advice.stylist_looks import StylistLooks
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.tables import PURCHASE
from kiosk.store.insights.item_events import ItemEventKind, ItemEvents
from tests.kiosk.store.sample_shop import START_US

STOCK = [ItemId(i) for i in ("A1-RED", "C1-CAM", "C1-NVY", "F1-BLK", "S1-WHI", "T1-GRY")]


def looks_of(database: Database) -> StylistLooks:
    return StylistLooks(database, Catalogue(database).style_of_item)


def rank(ranking: FallbackRanking, *room: str, without: tuple[str, ...] = ()) -> list[RankedItem]:
    items = [ItemId(item) for item in room]
    return list(ranking.suggest(items, [ItemId(item) for item in without], STOCK, ()))


def test_a_stylists_look_comes_first_and_the_rest_of_the_stock_last(sample_database: Database) -> None:
    ranking = FallbackRanking(sample_database, looks_of(sample_database))
    found = rank(ranking, "C1-NVY")
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
    published = FallbackRanking(
        sample_database,
        looks_of(sample_database),
        lambda: [("S1-WHI", 3), ("T1-GRY", 2)],
    )
    first = rank(published)[0]
    assert (first.item, first.reason, first.count) == ("S1-WHI", LookReason.POPULAR, 5)


def test_one_sale_is_not_popular(sample_database: Database) -> None:
    ranking = FallbackRanking(
        sample_database,
        looks_of(sample_database),
        lambda: [("S1-WHI", 1)],
    )
    first = rank(ranking)[0]
    assert first.reason is LookReason.GOES_WITH


def test_sales_are_counted_again_after_an_invalidation(sample_database: Database) -> None:
    ranking = FallbackRanking(sample_database, looks_of(sample_database))
    rank(ranking)
    ItemEvents(sample_database).add(ItemEventKind.BOUGHT, [("F1-BLK", "38")] * 4, START_US)
    assert rank(ranking)[0].item != "F1-BLK"
    ranking.invalidate()
    assert rank(ranking)[0].item == "F1-BLK"


def test_excluded_styles_are_left_out_in_every_colour(sample_database: Database) -> None:
    ranking = FallbackRanking(sample_database, looks_of(sample_database))
    found = rank(ranking, "S1-WHI", without=("C1-CAM",))
    assert not {"C1-CAM", "C1-NVY", "S1-WHI"} & {f.item for f in found}
