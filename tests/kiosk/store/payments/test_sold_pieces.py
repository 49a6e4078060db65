"""Sold pieces are found at the desk although the digits of their bar code can mean several articles."""

from __future__ import annotations

import os

import sqlalchemy as sa

from hardware.epc.gtin import Gtin
from kiosk.clock import US
from kiosk.core.domain.ids import ArticleId, AssociateId, OrderId, PieceId, piece_id
from kiosk.core.domain.money import Money
from kiosk.core.domain.refund import Refund, RefundState
from kiosk.store.db.tables import SKU
from kiosk.store.lifecycle import Store
from kiosk.store.payments.sold_pieces import MAX_SALES
from kiosk.store.payments.till import MAX_ORDER_LINES
from kiosk.store.staff.associates import Associate, Role
from tests.kiosk.store.http_clients import EventStreamReader, HttpClient
from tests.kiosk.store.payments.ledger_steps import pay
from tests.kiosk.store.payments.payment_steps import buy, find
from tests.kiosk.store.sample_shop import START_US, InProcessTerminal, ManualClock, gtin_of, piece_of
from tests.optional_values import present

INES = Associate(AssociateId("a-ines"), "Inès", ("fr",), Role.ASSOCIATE)

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


def test_a_receipt_lists_all_lines_of_the_largest_order(
    store: Store, room: HttpClient, ines: HttpClient, stream: EventStreamReader, terminal: InProcessTerminal
) -> None:
    article = gtin_of("S1", "WHI", "M")
    pieces = [(piece_id(article, str(number + 1)), article) for number in range(MAX_ORDER_LINES)]
    buy(room, stream, terminal, pieces=pieces)
    link = present(store.payments.book.receipt(OrderId("o1"))).link
    status, said = find(ines, link)
    assert status == 200, (link, said)
    assert sorted(sale["piece"] for sale in said["sales"]) == sorted(piece for piece, _ in pieces)
    assert len(find(ines, article)[1]["sales"]) == MAX_SALES, "an article shows the newest sales only"


def test_a_stock_file_that_is_read_again_revives_nothing(store: Store, clock: ManualClock) -> None:
    """After a sale, an exchange and a return: the counts are those of the pieces that hang in the shop."""
    small, large, feed = ("S1", "WHI", "S"), ("S1", "WHI", "L"), present(store.settings.feeds)
    os.utime(feed / "stock.jsonl", ns=(1000 * (START_US - US), 1000 * (START_US - US)))
    store.resources.import_feed(feed, clock.pass_s(1))
    pay(store, "o1", small)
    pay(store, "o2", ("C1", "NVY", "38"))
    store.tick(clock.pass_s(1))
    desk = store.service.desk
    desk.exchanges.exchange(OrderId("o1"), piece_of(*small), piece_of(*large), INES)
    store.tick(clock.pass_s(1))
    refund = Refund("R1", OrderId("o2"), piece_of("C1", "NVY", "38"), gtin_of("C1", "NVY", "38"), Money(98_000, "EUR"),
                    INES.associate_id, changed_us=clock(), state=RefundState.DONE)  # fmt: skip
    store.payments.refunds._refunds.put(refund)
    store.payments.restocking.restock(refund)
    expected = {small: 4, large: 3, ("C1", "NVY", "38"): 4}

    def here() -> dict[tuple[str, str, str], int]:
        garments = {k: present(store.resources.catalogue.garment(gtin_of(*k))) for k in expected}
        return {k: present(g.stock_of(gtin_of(*k)))[1].here for k, g in garments.items()}

    assert here() == expected
    for _ in range(3):
        touched = 1000 * clock.pass_s(60)
        os.utime(feed / "stock.jsonl", ns=(touched, touched))
        store.resources.import_feed(feed, clock())
        store.resources.catalogue.invalidate()
        assert here() == expected
