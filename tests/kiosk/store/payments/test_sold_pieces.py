"""Sold pieces are found at the desk although the digits of their bar code can mean several articles."""

from __future__ import annotations

import sqlalchemy as sa

from hardware.epc.gtin import Gtin
from kiosk.core.domain.ids import ArticleId, PieceId, piece_id
from kiosk.store.db.tables import SKU
from kiosk.store.lifecycle import Store
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.payment_steps import buy, find
from tests.kiosk.store.sample_shop import InProcessTerminal

DIGITS = "01408911"
"""A UPC-E, and an EAN-8."""
UPC_E, EAN_8 = ArticleId("00014100000891"), ArticleId(Gtin(DIGITS))


def sell_here(store: Store, article: ArticleId) -> PieceId:
    """Takes an article into the catalogue."""
    with store.resources.database.writing() as connection:
        row = {"article": article, "style_id": "S1", "colour": "WHI", "size": "S"}
        connection.execute(sa.insert(SKU), row)
    store.resources.catalogue.invalidate()
    return piece_id(article, "1")


def test_the_catalogue_decides_at_the_desk(
    store: Store, room: HttpClient, ines: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    piece = sell_here(store, EAN_8)
    buy(room, stream, terminal, pieces=[(piece, EAN_8)])
    status, said = find(ines, DIGITS)
    assert (status, [sale["piece"] for sale in said["sales"]]) == (200, [piece])
    sell_here(store, UPC_E)
    status, problem = find(ines, DIGITS)
    assert (status, "several articles" in problem["detail"]) == (409, True)
    assert [sale["piece"] for sale in find(ines, EAN_8)[1]["sales"]] == [piece]
