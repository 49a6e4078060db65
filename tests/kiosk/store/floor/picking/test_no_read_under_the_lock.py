"""The pick list over HTTP reads no catalogue while it holds the writer's lock, for which mirrors wait."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from kiosk.core.domain.floor.plan import FloorPlan, Rail, Way, Zone
from kiosk.core.domain.ids import ArticleId, AssociateId, RequestId, RoomId, StyleId, Ticket
from kiosk.core.domain.service_request import RequestKind, ServiceRequest
from kiosk.store.floor.offers.categories import Categories
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient
from tests.kiosk.store.sample_shop import START_US, gtin_of, settings_in

PLAN = FloorPlan(
    (
        Zone("rooms", (RoomId("1"), RoomId("2")), 3.0),
        Zone("hall", rails=(Rail("coats rail", frozenset({"coats"})),)),
        Zone("cellar", stockroom=True),
    ),
    (Way("rooms", "hall", 20.0), Way("hall", "cellar", 10.0)),
)
COAT = gtin_of("C1", "NVY", "38")


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    return settings_in(tmp_path, floor_plan=PLAN)


@pytest.fixture
def store(store: Store) -> Store:
    """With two requests for a coat that hangs on its rail."""
    for room in ("1", "2"):
        request = ServiceRequest(
            RequestId(f"r{room}"), RoomId(room), Ticket(f"t{room}"), RequestKind.SIZE, START_US, article=COAT,
            lies="floor",
        )  # fmt: skip
        store.service.submit_request(RoomId(room), request)
    return store


@contextmanager
def reads_under_the_lock(store: Store) -> Iterator[list[str]]:
    """Statements that a thread executes while it holds the lock of the rooms' state."""
    found: list[str] = []

    def noted(*args: Any) -> None:
        if store.resources.database._in_state:
            found.append(args[2])

    event.listen(store.resources.database.engine, "before_cursor_execute", noted)
    yield found
    event.remove(store.resources.database.engine, "before_cursor_execute", noted)


def as_it_is(store: Store) -> None:
    del store


def stock_changed(store: Store) -> None:
    store.resources.catalogue.changed(articles=[COAT])


def style_changed(store: Store) -> None:
    store.resources.catalogue.changed(styles=[StyleId("C1")])


@pytest.mark.parametrize("change", [as_it_is, stock_changed, style_changed])
def test_the_pick_list_reads_before_it_takes_the_lock(
    store: Store, ines: HttpClient, change: Callable[[Store], None]
) -> None:
    ines.move("r1", "claim")
    change(store)
    with reads_under_the_lock(store) as found:
        status, answer = ines.ask("GET", "/api/v1/pick-list")
    assert (status, [stop["zone"] for stop in answer["stops"]]) == (200, ["hall", "rooms"])
    assert answer["take_along"] == ["r2"]
    assert found == []


def test_planted_fault_without_the_reads_before_it_reads_under_the_lock(
    store: Store, ines: HttpClient
) -> None:
    ines.move("r1", "claim")
    style_changed(store)
    with reads_under_the_lock(store) as found, store.service.writer:
        store.service.requests.first_asked.view_of(AssociateId("a-ines"))
    assert found != []


def test_a_category_is_read_once_until_styles_change(store: Store) -> None:
    asked: list[ArticleId] = []

    def garment_of(article: ArticleId) -> Any:
        asked.append(article)
        return store.resources.catalogue.garment(article)

    known = Categories(garment_of, most=2)
    articles = [COAT, gtin_of("S1", "WHI", "M")]
    known.learn(articles)
    assert ([known(one) for one in articles], len(asked)) == (["coats", "shirts"], 2)
    known.changed((), articles)
    known.learn(articles)
    assert len(asked) == 2, "stock changes no category"
    known.changed([StyleId("C1")], ())
    assert (known(COAT), len(asked)) == ("coats", 3)
    known(ArticleId("95212340999999"))
    known(gtin_of("S1", "WHI", "M"))
    assert (known(COAT), len(asked)) == ("coats", 6), "at most two are kept"
