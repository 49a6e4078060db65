"""The lowest price of the last 30 days comes with the feed, holds for articles as prices do, and is stated on the glass
where a price is reduced."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.core.domain.garment import Garment
from kiosk.core.domain.ids import ArticleId, PieceId
from kiosk.core.domain.money import Money
from kiosk.core.domain.promotions.discount import Discount
from kiosk.core.domain.sales.order import OrderLine
from kiosk.core.domain.texts import LocalizedText
from kiosk.core.visit.prices.basket_event import BasketPriced
from kiosk.core.visit.touches import BasketToggled, GarmentOpened
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.core.visit.visit_driver import A, VisitDriver, visit_with
from tests.kiosk.store.sample_shop import START_US, gtin_of, settings_in
from tests.optional_values import present

SHIRT, OWN = gtin_of("S1", "WHI", "M"), gtin_of("S1", "WHI", "L")


def change(file: Path, key: str, value: str, **more: Any) -> None:
    lines = [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    changed = [{**line, **(more if line[key] == value else {})} for line in lines]
    file.write_text("".join(json.dumps(line) + "\n" for line in changed), encoding="utf-8")


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path)
    feed = present(plain.feeds)
    change(feed / "styles.jsonl", "style_id", "S1", price_before="159.00", lowest_price="119.00")
    change(feed / "items.jsonl", "gtin", OWN, price="99.00", price_before="139.00", lowest_price_minor=10_900)
    return plain


def lowest(store: Store, article: ArticleId) -> int | None:
    found = present(store.resources.catalogue.garment(article)).lowest_price
    return None if found is None else found.minor


def test_it_holds_for_articles_as_prices_do(store: Store, settings: StoreSettings) -> None:
    assert (lowest(store, SHIRT), lowest(store, OWN)) == (11_900, 10_900)
    assert lowest(store, gtin_of("C1", "NVY", "38")) is None
    change(present(settings.feeds) / "styles.jsonl", "style_id", "S1", lowest_price="109.50")
    change(present(settings.feeds) / "items.jsonl", "gtin", OWN, lowest_price_minor="", price_before="")
    present(store.resources.import_feed(present(settings.feeds), START_US + 1))
    assert (lowest(store, SHIRT), lowest(store, OWN)) == (10_950, None), (
        "what changes alone is taken over too"
    )


def with_shirt(store: Store) -> tuple[VisitDriver, Garment]:
    garment = present(store.resources.catalogue.garment(SHIRT))
    return visit_with((A, garment)), garment


def test_the_garments_page_states_it_with_a_sale(store: Store) -> None:
    room, garment = with_shirt(store)
    card = present(room.send(GarmentOpened(0, A)).garment)
    assert (card.price_before, card.lowest_price) == ("€159", "€119")
    plain = replace(garment, price_before=None, colours=tuple(replace(c, sizes=()) for c in garment.colours))
    bare = visit_with((PieceId("30B"), plain))
    assert present(bare.send(GarmentOpened(0, PieceId("30B"))).garment).lowest_price == "", (
        "nothing is reduced"
    )


def test_the_basket_states_it_where_a_promotion_lowers_the_price(store: Store) -> None:
    room, garment = with_shirt(store)
    scene = room.send(BasketToggled(0, A))
    assert scene.basket.lines[0].lowest_price == ""
    off = Discount("p", LocalizedText.of("10 %"), Money(1_290, "EUR"))
    line = OrderLine(
        A,
        SHIRT,
        garment.name,
        garment.name,
        "M",
        Money(11_610, "EUR"),
        before=garment.price,
        discounts=(off,),
    )
    scene = room.send(BasketPriced(0, room.visit.ticket, (line,)))
    assert (scene.basket.lines[0].price, scene.basket.lines[0].lowest_price) == ("€116.10", "€119")
