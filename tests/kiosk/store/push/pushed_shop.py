"""A sample shop with notifications: a real database, a real push service over TLS, a clock that tests move."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from kiosk.config.alarms import Push
from kiosk.core.domain.ids import AssociateId, RequestId, RoomId, Ticket
from kiosk.core.domain.service_request import RequestAction, RequestKind, ServiceRequest
from kiosk.store.lifecycle import Store
from kiosk.store.push.subscriptions import Subscription
from kiosk.store.settings import StoreSettings
from kiosk.store.staff.token_hash import token_hash
from tests.kiosk.connectors.web_push.push_service import Browser, PushService, push_service
from tests.kiosk.store.sample_shop import MANAGER_PIN, PIN, ManualClock, sample_store, settings_in

INES, JONAS, MEI = AssociateId("a-ines"), AssociateId("a-jonas"), AssociateId("m-mei")
PINS = {INES: PIN, JONAS: "1234", MEI: MANAGER_PIN}
HELLO = {"en": "Notifications are on", "de": "Benachrichtigungen sind an"}


def with_push(settings: StoreSettings, service: PushService) -> StoreSettings:
    push = Push(contact="it@shop.example", network="this-computer", ca_file=service.ca_file)
    return replace(settings, push=push)


@dataclass
class PushedShop:
    """The threads of the store are not started: `round` does what they would do."""

    store: Store
    service: PushService
    clock: ManualClock

    def sign_in(self, who: AssociateId) -> str:
        """A session; its name (hash of its token)."""
        token, associate = self.store.resources.associates.sign_in(
            who, PINS[who], self.clock(), f"device of {who}"
        )
        self.store.service.floor.staff.active(associate, token_hash(token))
        return token_hash(token)

    def browser(
        self, who: AssociateId, language: str = "en", browser: Browser | None = None
    ) -> tuple[Browser, str]:
        """A browser on which somebody has signed in and switched notifications on; its session."""
        found, session = browser or self.service.browser(), self.sign_in(who)
        self.subscribe(found, who, session, language)
        return found, session

    def subscribe(self, browser: Browser, who: AssociateId, session: str, language: str = "en") -> None:
        self.store.notifications.subscribe(Subscription(browser.address(), who, session, "", language))
        self.round()

    def round(self) -> None:
        while (wait_s := self.store.notifications.round()) is not None and wait_s <= 0.06:
            self.clock.pass_s(0.05)

    def ask(self, name: str = "r1", room: str = "2") -> None:
        """A shopper asks for help."""
        with self.store.service.writer:
            request = ServiceRequest(
                RequestId(name), RoomId(room), Ticket("t1"), RequestKind.HELP, self.clock()
            )
            self.store.service.requests.receive(request, self.clock())
        self.round()

    def claim(self, who: AssociateId, name: str = "r1") -> None:
        with self.store.service.writer:
            self.store.service.requests.apply(RequestId(name), RequestAction.CLAIM, self.clock(), who, "")
        self.round()

    def pass_s(self, seconds: float) -> None:
        for _ in range(int(seconds)):
            self.clock.pass_s(1)
            self.round()

    def titles(self, browser: Browser) -> list[str]:
        """What a browser was shown, without the first one that says that notifications are on."""
        shown: list[Any] = self.service.of(browser)
        assert shown, "the first one"
        assert shown[0]["title"] in HELLO.values(), json.dumps(shown)
        return [each["title"] for each in shown[1:]]


@contextmanager
def pushed_shop(folder: Path, settings: StoreSettings | None = None) -> Iterator[PushedShop]:
    """Closed at the end."""
    clock = ManualClock()
    with (
        push_service(folder / "service") as service,
        sample_store(with_push(settings or settings_in(folder), service), clock) as store,
    ):
        yield PushedShop(store, service, clock)
