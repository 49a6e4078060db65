"""A copied card is shown in a room: the associates' page shows an alarm in its language."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kiosk.core.domain.ids import Ticket
from kiosk.core.visit.effects import IdentifyShopper
from kiosk.core.visit.events import CardTapped
from tests.flows.browser import Errors, chromium
from tests.kiosk.store.http_clients import mirror
from tests.kiosk.store.sample_shop import PIN, sample_store, served, settings_in
from tests.kiosk.store.shop_cards import key_file, link

CLARA = "04A1B2C3D4E501"
SIX_S = 6000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@pytest.mark.parametrize(
    ("locale", "said"),
    [
        ("en-GB", "Room 1: a copy of a card was shown there."),
        ("de-DE", "Room 1: Dort wurde die Kopie einer Karte"),
        ("ar", "عُرضت هناك نسخة من بطاقة"),
    ],
)
def test_a_copied_card_shows_an_alarm_with_its_room_only(
    browser: Browser, tmp_path: Path, locale: str, said: str
) -> None:
    settings = settings_in(tmp_path, keys=key_file(tmp_path))
    with (
        sample_store(settings) as store,
        served(store) as url,
        mirror(url, settings.state, "1") as room,
        browser.new_context(viewport={"width": 412, "height": 880}, locale=locale) as context,
    ):
        page = context.new_page()
        errors = Errors(page)
        page.goto(f"{url}/associate")
        page.get_by_role("radio", name="Inès").click()
        page.locator("#pin").fill(PIN)
        page.locator("#pin-go").click()
        expect(page.locator("#room-list")).to_contain_text("Room 1", timeout=SIX_S, use_inner_text=False)
        expect(page.locator(".alarm")).to_have_count(0)
        for _ in range(2):
            tap = CardTapped(1, "ntag424", CLARA, link(CLARA, 5))
            room.of_room("POST", "/identify", IdentifyShopper(Ticket("t1"), tap))
        expect(page.locator(".alarm")).to_contain_text(said, timeout=SIX_S)
        assert CLARA not in page.content()
        assert "Clara" not in page.content()
        assert errors.found == []
        page.goto("about:blank")
