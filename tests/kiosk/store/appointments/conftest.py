"""A shop with the keys of its cards, whose member Clara has agreed to be known by associates."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest

from kiosk.core.domain.floor.plan import FloorPlan, Rail, Zone
from kiosk.core.domain.ids import RoomId, Ticket
from kiosk.core.visit.effects import IdentifyShopper, ReportVisit
from kiosk.core.visit.events import CardTapped
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.clues.conftest import set_consents
from tests.kiosk.store.http_clients import HttpClient, mirror
from tests.kiosk.store.sample_shop import gtin_of, settings_in
from tests.kiosk.store.shop_cards import key_file, link

ROOT: Final = "/api/v1/appointments"
CARD: Final = "04A1B2C3D4E501"
COAT, SCARF = gtin_of("C1", "NVY", "38"), gtin_of("A1", "RED", "one")
PLAN: Final = FloorPlan((Zone("hall", (RoomId("1"),), rails=(Rail("coats rail", frozenset({"coats"})),)),))


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path, keys=key_file(tmp_path), floor_plan=PLAN)


@pytest.fixture
def store(store: Store) -> Store:
    set_consents(store, "clues")
    return store


@pytest.fixture
def glass(url: str, settings: StoreSettings) -> Iterator[HttpClient]:
    """The mirror of room 1, with a visit under way."""
    with mirror(url, settings.state, "1") as client:
        client.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        yield client


def tap(glass: HttpClient, counter: int = 1, text: str | None = None) -> dict[str, Any]:
    """What the mirror gets for a tap of Clara's card; `text`: the card's link, by default a genuine one."""
    laid = CardTapped(1, "ntag424", CARD, link(CARD, counter) if text is None else text or None)
    status, answer = glass.of_room("POST", "/identify", IdentifyShopper(Ticket("t1"), laid))
    assert status == 200, answer
    return dict(answer["shopper"] or {})


def keep(
    client: HttpClient, store: Store, name: str = "p1", *articles: str, hours: int = 1, **more: Any
) -> None:
    """Keeps an appointment with Clara, some hours from now, with these articles."""
    body = {"at_us": store.clock() + hours * 3_600_000_000, "holder": "a-ines", **(more or {"member": "s1"})}
    assert client.ask("PUT", f"{ROOT}/{name}", body)[0] == 204
    for article in articles or (COAT, SCARF):
        assert client.ask("PUT", f"{ROOT}/{name}/pieces", {"article": article})[0] == 204
