"""A shop that is open on some days, whose room 1 has a visit with a coat."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from hardware.rooms.changes import TagArrived
from kiosk.config.offers.put_aside import PutAside as PutAsideSection
from kiosk.core.domain.floor.plan import FloorPlan, Rail, Zone
from kiosk.core.domain.hours.opening_hours import OpeningHours, Span
from kiosk.core.domain.ids import ArticleId, PieceId, RoomId, Ticket
from kiosk.core.visit.effects import PutAside, ReportVisit
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient, mirror
from tests.kiosk.store.sample_shop import START_US, gtin_of, piece_of, settings_in

ROOT: Final = "/api/v1/asides"
COAT: Final = gtin_of("C1", "NVY", "38")
SCARF: Final = gtin_of("A1", "RED", "one")
PIECE: Final = piece_of("C1", "NVY", "38")
PLAN: Final = FloorPlan((Zone("hall", (RoomId("1"),), rails=(Rail("coats rail", frozenset({"coats"})),)),))
TEN_TO_SEVEN: Final = (Span(600, 1140),)
HOURS: Final = OpeningHours(ZoneInfo("Europe/Vienna"), (TEN_TO_SEVEN,) * 6 + ((),))
"""Monday to Saturday."""


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    plain = settings_in(tmp_path, floor_plan=PLAN, put_aside=PutAsideSection(offer="nobody"))
    return replace(plain, shop=replace(plain.shop, hours=HOURS))


@pytest.fixture
def glass(url: str, store: Store, settings: StoreSettings) -> Iterator[HttpClient]:
    """The mirror of room 1, with a visit under way and the coat in the room."""
    with mirror(url, settings.state, "1") as client:
        client.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        store.service.floor.rooms_changed([TagArrived("1", PIECE, True, 0.99, START_US)])
        yield client


def put(
    glass: HttpClient, name: str = "t1.a1", piece: PieceId | None = PIECE, article: ArticleId = COAT
) -> Any:
    """The answer to a mirror that asks to put a piece aside: a body, or the status of a refusal."""
    asked = PutAside(Ticket("t1"), name, article, piece)
    status, answer = glass.of_room("PUT", f"/asides/{name}", asked)
    return answer if status == 200 else status


def listed(client: HttpClient) -> list[Any]:
    """What the associates' page gets."""
    status, found = client.ask("GET", ROOT)
    assert status == 200, found
    return list(found)
