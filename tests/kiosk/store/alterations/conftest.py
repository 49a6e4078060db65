"""A shop that is closed on Sundays, whose room 1 has asked for an alteration."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest

from kiosk.core.domain.hours.opening_hours import OpeningHours, Span
from kiosk.core.domain.ids import RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.core.visit.effects import ReportVisit
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient, associate, mirror
from tests.kiosk.store.sample_shop import MANAGER_PIN, START_US, settings_in

ROOT: Final = "/api/v1/alterations"
HOURS: Final = OpeningHours(ZoneInfo("Europe/Vienna"), ((Span(600, 1140),),) * 6 + ((),))
"""Monday to Saturday; the clock of the tests begins on Monday, 2026-09-21."""


def with_hours(folder: Path, currency: str = "EUR") -> StoreSettings:
    """The sample shop with opening hours."""
    plain = settings_in(folder)
    return replace(plain, shop=replace(plain.shop, hours=HOURS, currency=currency))


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return with_hours(tmp_path)


@pytest.fixture
def glass(url: str, settings: StoreSettings) -> Iterator[HttpClient]:
    """The mirror of room 1, with a visit under way."""
    with mirror(url, settings.state, "1") as client:
        client.of_room("PUT", "/visit", ReportVisit(Ticket("t1"), began=True, at_us=1))
        yield client


@pytest.fixture
def mei(url: str) -> Iterator[HttpClient]:
    with associate(url, "m-mei", MANAGER_PIN) as client:
        yield client


def ask_for(
    glass: HttpClient, name: str = "t1.r1", kind: RequestKind = RequestKind.ALTERATION
) -> ServiceRequest:
    """A request of room 1."""
    request = ServiceRequest(RequestId(name), RoomId("1"), Ticket("t1"), kind, START_US)
    status, answer = glass.of_room("PUT", f"/requests/{name}", request)
    assert status == 200, answer
    return request


def move(client: HttpClient, verb: str, name: str = "t1.r1") -> int:
    return client.ask("POST", f"/api/v1/requests/{name}/{verb}")[0]


def note(
    ready: str = "2026-09-24", what: str = "Hem 2 cm shorter", price: int = 1800, revision: int = 0
) -> Any:
    """The body of a note."""
    return {"what": what, "price_minor": price, "ready": ready, "revision": revision}


def write(client: HttpClient, body: Any, name: str = "t1.r1") -> tuple[int, Any]:
    status, answer = client.ask("PUT", f"{ROOT}/{name}", body)
    return status, answer


def listed(client: HttpClient) -> Any:
    status, answer = client.ask("GET", ROOT)
    assert status == 200, answer
    return answer
