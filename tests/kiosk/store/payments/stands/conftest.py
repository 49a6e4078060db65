"""A shop with a stand: a coat in size 38, bought by a tap of a member's ring."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kiosk.config.stands import Stand
from kiosk.core.domain.ids import Ticket
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.visit.events import CardTapped
from kiosk.store.settings import StoreSettings
from tests.kiosk.store.http_clients import HttpClient, mirror
from tests.kiosk.store.payments.payment_steps import CLARA
from tests.kiosk.store.sample_shop import SHOPPERS, gtin_of, settings_in
from tests.kiosk.store.shop_cards import key_file, link

COAT = gtin_of("C1", "NVY", "38")
Tap = Callable[..., dict[str, Any]]
MAX_BUSY = 100


@pytest.fixture
def settings(tmp_path: Path) -> StoreSettings:
    """Clara has agreed to buying by tap; Henrik has not."""
    plain = settings_in(
        tmp_path, keys=key_file(tmp_path), stands={"coat": Stand(article=COAT, title="Coats")}
    )
    shoppers = [{**SHOPPERS[0], "consents": ["sizes", "history", "tap"]}, *SHOPPERS[1:]]
    lines = "".join(json.dumps(row) + "\n" for row in shoppers)
    (tmp_path / "feed" / "shoppers.jsonl").write_text(lines, encoding="utf-8")
    return replace(plain, timeouts=replace(plain.timeouts, first_query_us=1000))


@pytest.fixture
def stand(url: str, settings: StoreSettings) -> Iterator[HttpClient]:
    """The reader of the stand, paired."""
    with mirror(url, settings.state, "coat") as client:
        yield client


@pytest.fixture
def tap(stand: HttpClient) -> Tap:
    """Taps a card at the stand by its signed link; every call is a new tap of the card."""
    return tap_at(stand)


def sent(stand: HttpClient, body: IdentifyShopper) -> tuple[int, dict[str, Any]]:
    """Sends a tap, again while the database of a busy machine is being written, as a stand does."""
    for _ in range(MAX_BUSY):
        status, answer = stand.ask("POST", f"/api/v1/stands/{stand.room}/taps", body)
        if status != 503:
            break
    return status, answer


def tap_at(stand: HttpClient, first: int = 1) -> Tap:
    """Taps at a stand; `first`: the counter of the first tap's link."""
    count = [first - 1]

    def one(uid: str = CLARA, tap_id: str = "") -> dict[str, Any]:
        count[0] += 1
        tapped = CardTapped(count[0], "ntag424", uid, link(uid, count[0]))
        body = IdentifyShopper(Ticket(tap_id or f"tap-{count[0]:08}"), tapped)
        status, answer = sent(stand, body)
        assert status == 200, answer
        purchase: dict[str, Any] = answer["purchase"]
        return purchase

    return one
