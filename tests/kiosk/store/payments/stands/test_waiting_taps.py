"""A tap that has to wait for the one before buys only as long as its shopper can be expected to stand there."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from hardware.errors import HardwareError
from hardware.ports import CardFact, CardKind, CardSession, CardTap, ReaderUp
from kiosk.core.domain.sales.stand import StandAnswer, StandSign
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.mirror.device_states import DeviceWatch
from kiosk.mirror.stand_client import StandClient
from kiosk.mirror.stand_reader import MAX_TAP_AGE_S, StandReader
from kiosk.mirror.store_client import StoreClient
from kiosk.store.lifecycle import Store
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.payments.payment_steps import CLARA
from tests.kiosk.store.payments.transactions.payment_waits import until
from tests.kiosk.store.sample_shop import SHOPPERS, InProcessTerminal, ManualClock
from tests.kiosk.store.shop_cards import link

HENRIK = "04A1B2C3D4E502"


class LinkReader:
    """A card reader whose cards are gone at once, so that their links are used."""

    name = "reader"

    def __init__(self) -> None:
        self._post: Callable[[CardFact], None] = lambda _: None

    def start(self, post: Callable[[CardFact], None]) -> None:
        self._post = post
        post(ReaderUp(self.name, 0))

    def close(self) -> None:
        """Nothing is open."""

    def session(self) -> CardSession:
        raise HardwareError("the card is gone")

    def tap(self, uid: str) -> None:
        self._post(CardTap(self.name, CardKind.NTAG424, uid, link(uid, 1), 1))


class _Client(StandClient):
    """Counts the taps that are sent."""

    sent = 0

    def tap(self, question: IdentifyShopper) -> StandAnswer:
        self.sent += 1
        return super().tap(question)


@pytest.fixture
def settings(settings: StoreSettings) -> StoreSettings:
    """Henrik has agreed as well."""
    agreed = {"consents": ["tap"], "stored_means": "card ending in 43"}
    rows = [{**SHOPPERS[0], **agreed}, {**SHOPPERS[1], **agreed}]
    assert settings.feeds is not None
    (settings.feeds / "shoppers.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    return settings


@pytest.mark.parametrize(("waited_s", "sent"), [(MAX_TAP_AGE_S + 1, 1), (MAX_TAP_AGE_S - 1, 2)])
def test_a_tap_of_somebody_else_during_a_purchase(
    url: str, settings: StoreSettings, store: Store, terminal: InProcessTerminal, clock: ManualClock,
    waited_s: float, sent: int,
) -> None:  # fmt: skip
    reader, now_s = LinkReader(), [0.0]
    signs: list[tuple[StandSign, int]] = []
    client = StoreClient(url, "coat", mirror_token(settings.state, "coat"))
    asked = _Client(client, "coat")
    stand = StandReader(
        reader, lambda _: reader.session(), asked,
        lambda sign: signs.append((sign, stand.rounds)), DeviceWatch(configured=True), lambda: now_s[0],
    )  # fmt: skip

    def ended_at() -> int:
        return next((rounds for sign, rounds in signs if sign in (StandSign.PAID, StandSign.REFUSED)), 0)

    terminal.silent = True
    stand.start()
    try:
        reader.tap(CLARA)
        until(store, lambda: bool(signs))
        reader.tap(HENRIK)
        now_s[0] += waited_s
        terminal.silent = False
        until(store, lambda: clock.pass_s(1) > 0 and ended_at() > 0)
        # one round ends with this purchase, the next one takes up the tap that waits
        until(store, lambda: stand.rounds >= ended_at() + 2)
    finally:
        stand.close()
        client.close()
    assert asked.sent == sent
