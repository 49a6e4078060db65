"""A trial through the whole store: what the glass shows is switched, what is bought is counted, the effect is found.

The shoppers know nothing of the trial: they buy by what they were shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from kiosk.clock import US
from kiosk.core.domain.ids import ItemId, OrderId, RoomId, Ticket
from kiosk.core.domain.money import Money
from kiosk.core.domain.payment import Order, OrderLine
from kiosk.core.domain.texts import NO_TEXT, LocalizedText
from kiosk.core.visit.effects import FindLooks, ReportVisit
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient, associate, mirror
from tests.kiosk.store.payments.payment_steps import SHIRT
from tests.kiosk.store.sample_shop import MANAGER_PIN, ManualClock

ZONE = ZoneInfo("Europe/Vienna")
HOURS = range(10, 16)
"""Three blocks of two hours. With two rooms one of them is on in each hour, so that both sides are alike exactly."""
LOOKS = (ItemId("C1-NVY"),)
PRICE = Money(12_900, "EUR")
Buys = Callable[[bool, int], bool]
"""Whether a shopper buys: whether she was shown suggestions, and her number."""


@dataclass
class Shop:
    """Two rooms with their mirrors, and a manager."""

    store: Store
    clock: ManualClock
    mirrors: dict[str, HttpClient]
    manager: HttpClient
    seen: dict[bool, int] = field(default_factory=lambda: {True: 0, False: 0})

    def visit(self, room: str, number: int, buys: Buys) -> None:
        """A visit that asks for suggestions and perhaps buys."""
        ticket, glass = Ticket(f"v{number}"), self.mirrors[room]
        glass.of_room("PUT", "/visit", ReportVisit(ticket, began=True, at_us=self.clock.now_us))
        said = glass.of_room("POST", "/looks", FindLooks(ticket, 1, LOOKS, (), None))[1]
        shown = bool(said["suggestions"])
        self.seen[shown] += 1
        if buys(shown, number):
            line = OrderLine(SHIRT[0], SHIRT[1], LocalizedText.of("Shirt"), NO_TEXT, "M", PRICE)
            order = Order(OrderId(f"o{number}"), RoomId(room), ticket, (line,), PRICE, Money(2_150, "EUR"))
            self.store.insights.sold(order)
        self.clock.pass_s(300)
        glass.of_room("PUT", "/visit", ReportVisit(ticket, began=False, at_us=self.clock.now_us))

    def run_trial(self, buys: Buys, days: int) -> dict[str, object]:
        """A week's trial, of which some days have visits; its answer after the end."""
        body = {"feature": "looks", "measure": "money", "weeks": 1}
        status, made = self.manager.ask("POST", "/api/v1/insights/trials", body)
        assert status == 201
        first, number = date.fromisoformat(made["first_day"]), 0
        for day in range(days):
            for hour in HOURS:
                self.at(first + timedelta(days=day), hour)
                for room in self.mirrors:
                    self.visit(room, number, buys)
                    number += 1
        self.store.insights.close()
        assert self.trial()["effect"] is None, "nothing is told before its end"
        self.at(first + timedelta(days=8), 12)
        self.store.insights.keep(self.clock.now_us)
        return self.trial()

    def trial(self) -> dict[str, object]:
        # the manager's session has ended over the days
        with associate(self.manager.url, "m-mei", MANAGER_PIN) as mei:
            (found,) = mei.ask("GET", "/api/v1/insights/trials")[1]["trials"]
        answer: dict[str, object] = found
        return answer

    def at(self, day: date, hour: int) -> None:
        self.clock.now_us = int(datetime.combine(day, time(hour), ZONE).timestamp()) * US


@pytest.fixture
def shop(store: Store, url: str, settings: StoreSettings, clock: ManualClock) -> Iterator[Shop]:
    with (
        mirror(url, settings.state, "1") as one,
        mirror(url, settings.state, "2") as two,
        associate(url, "m-mei", MANAGER_PIN) as mei,
    ):
        yield Shop(store, clock, {"1": one, "2": two}, mei)


def test_a_planted_effect_is_found_with_its_size(shop: Shop) -> None:
    """Who is shown suggestions buys always, the others in every second visit: twice as much."""
    found = shop.run_trial(lambda shown, number: shown or number % 4 < 2, days=5)
    assert abs(shop.seen[True] - shop.seen[False]) <= 2, "on and off are balanced"
    effect = found["effect"]
    assert isinstance(effect, dict)
    assert effect["shown"] is True
    assert effect["low"] > 0
    assert 0.5 < effect["estimate"] < 2
    assert (found["on"], found["off"]) != (None, None)


def test_without_an_effect_the_interval_has_none(shop: Shop) -> None:
    """Planted: who buys does not look at the suggestions. Everybody buys, so that chance decides nothing."""
    effect = shop.run_trial(lambda _shown, _number: True, days=2)["effect"]
    assert isinstance(effect, dict)
    assert (effect["estimate"], effect["shown"]) == (0.0, False)
    assert effect["low"] is None or effect["low"] <= 0
    assert effect["high"] is None or effect["high"] >= 0
