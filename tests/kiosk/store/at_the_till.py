"""A room before a terminal: fixtures and words that the stories of payment share."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.payment import Means
from kiosk.core.visit.effects import Collect, Identify, PriceOrder
from kiosk.core.visit.events import Tapped
from tests.kiosk.store.house_cards import key_file, link
from tests.kiosk.store.small_shop import gtin_of, settings_in, tag

TICKET, CLARA = Ticket("visit-1"), "04A1B2C3D4E501"
SHIRT = (tag("S1", "WHI", "M"), gtin_of("S1", "WHI", "M"))
COAT = (tag("C1", "NVY", "38"), gtin_of("C1", "NVY", "38"))


@pytest.fixture
def settings(tmp_path):
    plain = settings_in(tmp_path, keys=key_file(tmp_path))
    return replace(plain, timeouts=replace(plain.timeouts, ask_us=1000))


@pytest.fixture
def prove(room):
    """Clara lays her ring, which proves itself."""

    def laid():
        tap = Tapped(1, "ntag424", CLARA, link(CLARA, 5))
        status, said = room.of_room("POST", "/identify", Identify(TICKET, tap))
        assert (status, said["shopper"]["tier"]) == (200, 2)

    return laid


def price(room, order="o1", pieces=(SHIRT,), ticket=TICKET):
    return room.of_room("PUT", f"/orders/{order}", PriceOrder(ticket, OrderId(order), pieces, None))


def collect(room, order="o1", attempt=1, means=Means.TERMINAL):
    return room.of_room("PUT", f"/orders/{order}/payment", Collect(TICKET, OrderId(order), means, attempt))


def ends(stream, state):
    return stream.wait(lambda name, body: name == "PaymentMoved" and body["state"] == state)
