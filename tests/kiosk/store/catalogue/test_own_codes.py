"""Garments without GTIN: found by the shop's own code on their label, at the mirror and at the desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from kiosk.core.domain.ids import (
    ArticleId,
    PieceId,
    RoomId,
    ScannedId,
    article_of,
    article_of_sku,
    is_anonymous,
)
from kiosk.store.catalogue.catalogue import Catalogue
from kiosk.store.db.database import Database
from kiosk.store.db.tables import SKU
from kiosk.store.errors import RefusedError
from kiosk.store.lifecycle import Store
from kiosk.store.piece_ids import parse_scanned
from tests.kiosk.store.catalogue.shop_rows import add_article, add_colour, add_style, article
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import buy, find
from tests.kiosk.store.sample_shop import InProcessTerminal, gtin_of

CODE = "SHIRT 7/M"
OWN = article_of_sku(CODE)
SHIRT = gtin_of("S1", "WHI", "M")


@pytest.fixture
def catalogue(database_url: str) -> Iterator[Catalogue]:
    database = Database(database_url)
    add_style(database, "S")
    add_colour(database, "S", "W", "S-W")
    add_article(database, 1, "S", "W", article=OWN)
    add_article(database, 2, "S", "W", sku="4711")
    add_article(database, 3, "S", "W", sku="twice")
    add_article(database, 4, "S", "W", sku="twice")
    add_article(database, 5, "S", "W", article=article_of_sku("both"))
    add_article(database, 6, "S", "W", sku="both")
    yield Catalogue(database)
    database.close()


CODES: dict[str, ArticleId | None] = {
    CODE: OWN,
    "4711": article(2),
    **dict.fromkeys(["twice", "both", "unknown", "", " 4711", "A\x00", "x" * 500, "' OR 1=1 --"]),
}
"""What a code means. Two articles have `twice`; one is `both`, and another has it beside its GTIN."""


def test_a_code_is_looked_up(catalogue: Catalogue) -> None:
    assert {code: catalogue.article_of_code(code) for code in CODES} == CODES


def test_a_label_by_gs1_comes_first_and_an_unknown_text_is_refused(catalogue: Catalogue) -> None:
    def read(text: str) -> ScannedId:
        return parse_scanned(text, catalogue.sold_here, catalogue.article_of_code)

    assert read(f"]C0{CODE}") == read(CODE) == OWN
    assert read(article(2)) == article(2)
    assert read("4711") == article(2)
    with pytest.raises(RefusedError, match="not a label"):
        read("unknown")
    with pytest.raises(RefusedError, match="not a label"):
        parse_scanned(CODE, catalogue.sold_here)


def own_shirt(store: Store) -> None:
    """The white shirt in M has no GTIN but a SKU."""
    with store.resources.database.writing() as connection:
        connection.execute(sa.update(SKU).where(SKU.c.article == SHIRT).values(article=OWN))
    store.resources.catalogue.invalidate()


def pieces_in_room(store: Store) -> list[PieceId]:
    return list(store.service.floor.room(RoomId("1")).pieces)


def test_a_scan_at_the_mirror_brings_the_garment_and_a_second_takes_it_out(
    store: Store, room: HttpClient, stream: EventStreamReader
) -> None:
    own_shirt(store)
    body = {"ticket": "t1", "piece": CODE}
    assert room.ask("POST", "/api/v1/rooms/1/pieces", body) == (200, {"ours": True})
    told = stream.named("GarmentArrived")
    assert (told["garment"]["article"], told["garment"]["size"]) == (OWN, "M")
    (piece,) = pieces_in_room(store)
    assert article_of(piece) == OWN
    assert is_anonymous(piece)
    assert room.ask("POST", "/api/v1/rooms/1/pieces", {**body, "piece": "unknown"}) == (200, {"ours": False})


def test_the_desk_finds_a_sale_by_the_code(
    store: Store, room: HttpClient, ines: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    own_shirt(store)
    piece = PieceId(f"{OWN}.1")
    buy(room, stream, terminal, pieces=[(piece, OWN)])
    status, said = find(ines, CODE)
    assert (status, [sale["piece"] for sale in said["sales"]]) == (200, [piece])
