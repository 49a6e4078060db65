"""The backstage page in a real Chromium: a newcomer plays the shop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Any, TypeVar

import pytest
from playwright.sync_api import Browser, Page, expect

from hardware.drivers.label_reader import open_label_reader
from hardware.ports import LabelScanned, ReaderUp
from kiosk.core.domain.ids import OrderId, Ticket
from kiosk.core.domain.payment import PaymentMeans
from kiosk.core.visit.effects import CollectPayment, PriceOrder, ReportVisit
from kiosk.core.visit.events import GarmentArrived, GarmentLeft
from kiosk.demo.backstage.server import BackstageServer
from kiosk.demo.environment import DemoEnvironment
from kiosk.demo.script import ScriptPiece
from kiosk.mirror.event_stream import RoomSnapshot, StoreEventStream
from tests.flows.browser import Errors, chromium
from tests.flows.conftest import mirror_client
from tests.hardware.fact_log import FactLog

TEN_S = 10_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.fixture
def page(browser: Browser, environment: DemoEnvironment) -> Iterator[Page]:
    stage = BackstageServer(environment, port=0)
    stage.start()
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened = context.new_page()
    errors = Errors(opened)
    opened.goto(stage.url)
    yield opened
    context.close()
    stage.close()
    assert errors.found == []


Event = TypeVar("Event")


class News:
    """What the store tells room 1."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self.heard: list[Any] = []

    def __call__(self, news: Any) -> None:
        with self._changed:
            self.heard.append(news)
            self._changed.notify_all()

    def wait(self, kind: type[Event]) -> Event:
        with self._changed:
            assert self._changed.wait_for(lambda: any(isinstance(n, kind) for n in self.heard), 20), (
                self.heard
            )
            return next(n for n in self.heard if isinstance(n, kind))


def test_a_newcomer_plays_the_shop(page: Page, environment: DemoEnvironment) -> None:
    news, ticket = News(), Ticket("1.stage.1")
    with mirror_client(environment) as client:
        stream = StoreEventStream(client, news)
        stream.start()
        news.wait(RoomSnapshot)
        client.ask(ReportVisit(ticket, began=True, at_us=1))

        page.get_by_role("radio", name="shirts").click()
        page.locator("[data-style='S301']").click()
        page.get_by_role("radio", name="White").click()
        page.get_by_role("radio", name="M", exact=True).click()
        page.locator("#pick-rooms [data-room='1']").click()
        arrived: GarmentArrived = news.wait(GarmentArrived)
        assert arrived.garment is not None
        assert arrived.garment.name.in_language("en") == "Poplin shirt"

        order_id = OrderId(f"{ticket}.o1")
        client.ask(PriceOrder(ticket, order_id, ((arrived.piece, arrived.garment.article),), None))
        client.ask(CollectPayment(ticket, order_id, PaymentMeans.TERMINAL, 1))
        expect(page.locator("#terminal")).to_contain_text("Waits for a card: €160.00", timeout=TEN_S)
        page.locator("#pay-ok").click()
        expect(page.locator("#terminal")).to_contain_text("collected 1 times", timeout=TEN_S)

        page.locator("[data-room='1'] [data-epc]").get_by_role("button", name="Carry out").click()
        expect(page.locator(".room[data-room='1']")).to_contain_text("Empty", timeout=TEN_S)
        assert news.wait(GarmentLeft).piece == arrived.piece
        stream.close()


def test_a_label_is_held_before_the_mirrors_scanner(page: Page, environment: DemoEnvironment) -> None:
    facts = FactLog()
    scanner = open_label_reader(environment.mirror_settings()["scanner"], "scanner")
    scanner.start(facts)
    facts.wait_count(ReaderUp)
    page.get_by_role("radio", name="shirts").click()
    page.locator("[data-style='S301']").click()
    page.locator("#pick-scan").click()
    (scanned,) = (fact for fact in facts.wait_count(LabelScanned) if isinstance(fact, LabelScanned))
    scanner.close()
    style = ScriptPiece("S301", "WHI", "M")
    assert scanned.gtin[:8] == environment.gtin(style)[:8], "a label of this house"


def test_the_cable_is_pulled_and_plugged(page: Page, environment: DemoEnvironment) -> None:
    page.locator("#cable").click()
    expect(page.locator("#reader")).to_contain_text("pulled", timeout=TEN_S)
    page.locator("#cable").click()
    expect(page.locator("#reader")).to_contain_text("reading", timeout=TEN_S)


def test_a_card_is_refused_if_no_payment_waits(page: Page) -> None:
    expect(page.locator("#pay-ok")).to_be_disabled(timeout=TEN_S)
