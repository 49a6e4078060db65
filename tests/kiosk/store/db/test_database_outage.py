"""The database fails during the day and returns: the store runs on and loses nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import requests

from hardware.rooms.changes import TagArrived
from kiosk.core.domain.ids import OrderId, RoomId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder
from tests.kiosk.store import postgres
from tests.kiosk.store.http_clients import associate, mirror, read_stream
from tests.kiosk.store.sample_shop import (
    PIN,
    START_US,
    InProcessTerminal,
    ManualClock,
    gtin_of,
    piece_of,
    sample_store,
    served,
    settings_in,
)

SHIRT, COAT = piece_of("S1", "WHI", "M"), piece_of("C1", "NVY", "38")
TICKET, ORDER = Ticket("t1"), OrderId("o1")


@pytest.mark.skipif(postgres.binaries() is None, reason="Debian's postgresql is not installed")
def test_the_store_survives_an_outage_of_its_database(
    tmp_path: Path, clock: ManualClock, terminal: InProcessTerminal, caplog: pytest.LogCaptureFixture
) -> None:
    plain = settings_in(tmp_path)
    with postgres.server() as database:
        url = postgres.fresh_database(database.url)
        settings = replace(plain, database=url, timeouts=replace(plain.timeouts, first_query_us=1000))
        with (
            sample_store(settings, clock, terminal) as store,
            served(store) as address,
            mirror(address, settings.state, "1") as room,
            associate(address, "a-ines", PIN) as ines,
            read_stream(room, "/api/v1/rooms/1/stream") as stream,
        ):
            store.service.price_order(
                RoomId("1"), PriceOrder(TICKET, ORDER, ((SHIRT, gtin_of("S1", "WHI", "M")),), None)
            )
            room.of_room("PUT", "/orders/o1/payment", CollectPayment(TICKET, ORDER, PaymentMeans.TERMINAL, 1))
            stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "sent")
            store.resources.catalogue.invalidate()
            database.stop()

            store.service.floor.rooms_changed([TagArrived("1", COAT, True, 1.0, START_US)])
            store.service.floor.rooms_changed(
                [TagArrived("1", piece_of("A1", "RED", "one"), True, 1.0, START_US)]
            )
            status, problem = ines.ask("GET", "/api/v1/floor")
            assert (status, problem["title"]) == (503, "The store cannot reach its database")
            assert requests.get(f"{address}/api/v1/health", timeout=10).status_code == 503
            terminal.tap()
            paid = stream.wait(lambda n, b: n == "PaymentMoved" and b["state"] == "paid")
            assert paid["receipt"]["number"] == "000001", "payments are in the ledger"

            database.start()
            store.tick(clock())
            pieces = [COAT, piece_of("A1", "RED", "one")]
            stream.wait(lambda n, b: n == "GarmentArrived" and b["piece"] == pieces[1])
            assert [b["piece"] for n, b in stream.messages if n == "GarmentArrived"] == pieces
            assert store.resources.catalogue.sold([SHIRT]) == {SHIRT}, (
                "marked as sold when the database returned"
            )
            assert ines.ask("GET", "/api/v1/floor")[0] == 200
    assert "room changes are kept until the database answers" in caplog.text
    assert "is paid, but not marked as sold yet" in caplog.text
