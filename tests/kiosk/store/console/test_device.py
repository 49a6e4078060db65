"""What the device itself does for an associate on the floor: screen on, sound, vibration, number at the icon."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.flows.browser import SIX_S, chromium, sign_in
from tests.kiosk.store.push.pushed_shop import PushedShop, pushed_shop
from tests.kiosk.store.sample_shop import PIN, served

NOTED = """
window.noted = [];
for (const [of, name] of [[WakeLock, "request"], [WakeLockSentinel, "release"], [Navigator, "vibrate"],
    [Navigator, "setAppBadge"], [Navigator, "clearAppBadge"], [OscillatorNode, "start"]]) {
  const real = (of === OscillatorNode ? AudioScheduledSourceNode : of).prototype[name];
  (of === OscillatorNode ? AudioScheduledSourceNode : of).prototype[name] = function (...given) {
    window.noted.push(`${name} ${JSON.stringify(given)}`);
    return real.apply(this, given);
  };
}
"""
"""Notes the calls of the browser's own functions, which are done all the same."""


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[PushedShop]:
    with pushed_shop(tmp_path) as opened:
        yield opened


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def noted(page: Page) -> list[str]:
    """The calls so far, each once."""
    calls: list[str] = page.evaluate("window.noted")
    return [each.partition(".")[0] for each in dict.fromkeys(calls)]


def test_the_screen_stays_on_and_a_request_is_heard_felt_and_counted(
    browser: Browser, shop: PushedShop
) -> None:
    with served(shop.store) as url:
        page = browser.new_context(locale="en-GB").new_page()
        page.add_init_script(NOTED)
        sign_in(page, url, "Inès", PIN)
        assert 'request ["screen"]' in noted(page)
        assert "vibrate [[120,80,120]]" not in noted(page)
        shop.ask()
        expect(page.locator("#tab-requests")).to_contain_text("(1)", timeout=SIX_S)
        assert {"vibrate [[120,80,120]]", "setAppBadge [1]", "start [0"} <= set(noted(page))
        assert "release []" not in noted(page)
        page.locator("#sign-out").click()
        expect(page.get_by_role("radio", name="Inès")).to_be_visible(timeout=SIX_S)
        assert {"release []", "clearAppBadge []"} <= set(noted(page))
        page.context.close()
