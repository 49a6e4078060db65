"""Debian's Chromium, controlled by Playwright, for the tests of pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, expect, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


SIX_S = 6000
"""Six seconds in milliseconds."""


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium: the installed one, nothing is downloaded."""
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "no chromium: ./packaging/check installs it"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, args=[*FLAGS, "--disable-component-update"]
        )
        try:
            yield browser
        finally:
            browser.close()


def sign_in(page: Page, url: str, name: str, pin: str) -> None:
    """Opens the associates' page of a store and signs in."""
    page.goto(f"{url}/associate")
    page.get_by_role("radio", name=name).click()
    page.locator("#pin").fill(pin)
    page.locator("#pin-go").click()
    expect(page.locator("#tab-requests")).to_be_visible(timeout=SIX_S)


def show_rooms(page: Page) -> None:
    """Shows the rooms: a tab of its own on a narrow screen, beside the requests on a wide one."""
    expect(page.locator("#room-list")).to_contain_text("Room 1", timeout=SIX_S, use_inner_text=False)
    if page.locator("#tab-rooms").is_visible():
        page.locator("#tab-rooms").click()


class Errors:
    """Errors of a page's scripts and console; empty at the end of a passed test."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        page.on("pageerror", lambda error: self.found.append(str(error)))
        page.on("console", lambda message: self._console(message.type, message.text))

    def _console(self, kind: str, text: str) -> None:
        # Refused sign-ins and lost races are expected; the browser logs their status.
        if kind == "error" and "status of 4" not in text:
            self.found.append(text)
