"""A stand that names its piece: sold once, and not offered in the rooms after that."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.config.stands import Stand
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.floor.test_sold_in_the_room import arrives, shown
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.payments.stands.conftest import COAT, Tap
from tests.kiosk.store.payments.stands.test_stand_taps import paid, seen
from tests.kiosk.store.sample_shop import InProcessTerminal, ManualClock, piece_of

SERIAL = "7"
PIECE, OTHER = piece_of("C1", "NVY", "38", 7), piece_of("C1", "NVY", "38", 8)


@pytest.fixture(params=[SERIAL, None], ids=["its piece", "its article"])
def serial(request: pytest.FixtureRequest) -> str | None:
    found: str | None = request.param
    return found


@pytest.fixture
def settings(settings: StoreSettings, serial: str | None) -> StoreSettings:
    return replace(settings, stands={"coat": Stand(article=COAT, serial=serial)})


def test_a_room_offers_the_piece_of_a_stand_only_if_the_stand_does_not_name_it(
    stand: HttpClient, tap: Tap, store: Store, serial: str | None
) -> None:
    paid(stand, tap())
    store.payments.finish_pending()
    arrives(store, PIECE)
    arrives(store, OTHER)
    assert shown(store) == ({OTHER: False} if serial else {PIECE: False, OTHER: False})


def test_the_piece_of_a_stand_is_sold_once(
    stand: HttpClient, tap: Tap, terminal: InProcessTerminal, clock: ManualClock, serial: str | None
) -> None:
    first = paid(stand, tap())
    assert seen(stand, first) == 204
    clock.pass_s(60)
    again = tap()
    assert (again["why"] == "sold-out") == (serial is not None), "without a serial, a further piece is sold"
    if serial is None:
        paid(stand, again)
    assert terminal.collected() == ([1] if serial else [1, 1])
