"""Debian's Chromium, driven for the pages' tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Page, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium; the machine's own, nothing is fetched."""
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


class Errors:
    """What the page complains of; empty at the end of a good test."""

    def __init__(self, page: Page) -> None:
        self.found: list[str] = []
        page.on("pageerror", lambda error: self.found.append(str(error)))
        page.on("console", lambda message: self._console(message.type, message.text))

    def _console(self, kind: str, text: str) -> None:
        # Refused sign-ins and lost races are part of the stories; the browser itself notes their status.
        if kind == "error" and "status of 4" not in text:
            self.found.append(text)
