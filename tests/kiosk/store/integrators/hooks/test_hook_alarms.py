"""A web hook for events that does not deliver is in the health report, on the page *Status* and an alarm."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kiosk.clock import US
from kiosk.config.alarms import Alarms, WebHook
from kiosk.config.events import EventHook, Events
from kiosk.core.domain.hours.opening_hours import OpeningHours, Span
from kiosk.store.integrators.hooks.hook_health import LATE_US, HookHealth
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.connectors.web_hooks.receiver import Receiver, receiver
from tests.kiosk.store.http_clients import associate
from tests.kiosk.store.integrators.event_readers import sell
from tests.kiosk.store.integrators.hooks.test_web_hooks_of_a_store import hook_of, soon
from tests.kiosk.store.sample_shop import MANAGER_PIN, ManualClock, sample_store, served
from tests.optional_values import present

NOW_US = 10**15
OLD_US, FRESH_US = NOW_US - LATE_US, NOW_US - LATE_US + 1


@pytest.mark.parametrize(
    ("health", "failing"),
    [
        (HookHealth("erp"), False), (HookHealth("erp", oldest_us=OLD_US), False),
        (HookHealth("erp", tries=3, oldest_us=FRESH_US), False), (HookHealth("erp", tries=3), False),
        (HookHealth("erp", tries=1, oldest_us=OLD_US), True), (HookHealth("erp", dead=1), True),
        (HookHealth("erp", gone=True), True), (HookHealth("erp", usable=False), True),
    ],
    ids=["well", "slow", "begins", "counted", "late", "dead", "gone", "unusable"],
)  # fmt: skip
def test_what_somebody_must_act_on(health: HookHealth, failing: bool) -> None:
    assert health.failing(NOW_US) is failing


@dataclass(frozen=True)
class Place:
    """A store at noon, its receiver of alarms, and that of its web hook `erp`. Its web hook `bi` has no key."""

    store: Store
    clock: ManualClock
    alarms: Receiver
    erp: Receiver

    def passes(self, seconds: int) -> None:
        """Looks every 30 s."""
        for _ in range(seconds // 30):
            self.clock.pass_s(30)
            present(self.store.alarms).look()

    def is_gone(self) -> None:
        """Sells a piece, of which the receiver of `erp` answers 410."""
        self.erp.script.append(410)
        sell(self.store, 1)
        soon(lambda: any(hook.gone for hook in self.store.health().web_hooks))

    def told(self) -> list[tuple[str, list[tuple[str, str]]]]:
        """The messages: begin or end, and each fault with its place."""
        bodies = [json.loads(body) for _, body in self.alarms.calls]
        return [(body["event"], [(f["problem"], f["room"]) for f in body["faults"]]) for body in bodies]


@pytest.fixture
def place(settings: StoreSettings, tmp_path: Path, clock: ManualClock) -> Iterator[Place]:
    """The shop is open from 10:00 to 19:00."""
    for name in ("alarms", "erp"):
        (tmp_path / name).mkdir()
    with receiver(tmp_path / "alarms") as alarms, receiver(tmp_path / "erp") as erp:
        hooks = {
            "erp": hook_of(erp),
            "bi": EventHook(url=erp.url, key_file=tmp_path / "none.key", network="this-computer"),
        }
        to = WebHook(
            url=alarms.url, key_file=alarms.key_file, network="this-computer", ca_file=alarms.ca_file
        )
        shop = replace(settings.shop, language="de", hours=OpeningHours(week=((Span(600, 1140),),) * 7))
        placed = replace(settings, shop=shop, alarms=Alarms(web_hook=to), events=Events(web_hooks=hooks))
        with sample_store(placed, clock) as store:
            clock.now_us += (86_400 - clock.now_us // US % 86_400 + 12 * 3600) * US
            store.events.hooks.start()
            soon(lambda: len(store.events.hooks.all()) == 1)
            yield Place(store, clock, alarms, erp)


def test_a_receiver_that_has_gone_is_told_with_its_key_of_the_configuration(place: Place) -> None:
    place.is_gone()
    place.passes(600)
    faults = [("events-undelivered", f"events.web_hooks.{name}") for name in ("bi", "erp")]
    assert place.told() == [("begin", faults)]
    assert "events.web_hooks.erp: Ereignisse erreichen" in json.loads(place.alarms.calls[0][1])["text"]


def test_health_and_page_name_it_until_it_delivers_again(place: Place) -> None:
    place.is_gone()
    with served(place.store) as url, associate(url, "m-mei", MANAGER_PIN) as mei:
        health = {h["name"]: h for h in mei.ask("GET", "/api/v1/health")[1]["web_hooks"]}
        assert (health["erp"]["gone"], health["erp"]["oldest_us"] is None) == (True, False)
        assert (health["bi"]["usable"], health["bi"]["failing"]) == (False, True)
        page = mei.ask("GET", "/api/v1/fleet")[1]["store"]
        assert page["web_hooks_failing"] == ["erp", "bi"]
        assert "events-undelivered" in page["problems"]
        place.store.events.hooks.send_again("erp")
        soon(lambda: place.store.health().web_hooks[0].oldest_us is None)
        assert mei.ask("GET", "/api/v1/fleet")[1]["store"]["web_hooks_failing"] == ["bi"]


def test_a_web_hook_that_fails_later_is_told_too(place: Place) -> None:
    place.passes(600)
    assert place.told() == [("begin", [("events-undelivered", "events.web_hooks.bi")])]
    place.is_gone()
    place.passes(1200)
    later = [("begin", [("events-undelivered", "events.web_hooks.erp")])]
    assert place.told()[1:] == later, "planted: one fault for all web hooks would be told already"
