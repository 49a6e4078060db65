"""The installed page is of one version, whatever happens in the middle of an upgrade of the store."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any, cast

import pytest
from fastapi import FastAPI
from playwright.sync_api import Browser, Page, expect
from starlette.types import ASGIApp, Receive, Scope, Send

from kiosk.store.api.public_routes import page_files
from kiosk.store.api.server import HttpServer
from kiosk.store.compose_http import http_of
from kiosk.store.pages.page_files import CONSOLE, PageFiles
from tests.flows.browser import chromium
from tests.flows.pages.test_connection_page import LONG
from tests.kept_validators import validators_kept
from tests.kiosk.store.sample_shop import sample_store, settings_in

PLANTED = """\
const VERSION = "";
const FILES = [];
async function newest(request) {
  const cache = await caches.open("page-planted"), kept = await cache.match(request);
  try {
    const answer = await fetch(request, { signal: AbortSignal.timeout(700) });
    await cache.put(request, answer.clone());
    return answer;
  } catch { return kept; }
}
self.addEventListener("install", (event) => {
  self.skipWaiting();
  event.waitUntil(caches.open("page-planted").then((cache) => cache.addAll(FILES)));
});
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));
self.addEventListener("fetch", (event) => {
  if (event.request.url.includes("/associate")) event.respondWith(newest(event.request));
});
"""
"""A worker that takes each file from the store, or else the one that it has."""
BUILT = """async () => {
  while (!window.build) await new Promise((done) => setTimeout(done, 20));
  return [document.querySelector("meta[name=build]").content, window.build].join();
}"""
KEPT = """async (count) => {
  await navigator.serviceWorker.ready;
  for (;;) {
    const names = await caches.keys();
    const files = await Promise.all(names.map(async (name) => (await (await caches.open(name)).keys()).length));
    if (files.length === 1 && files[0] === count && navigator.serviceWorker.controller) return names[0];
    await new Promise((done) => setTimeout(done, 50));
  }
}"""
"""The name of the only cache, once it has so many files."""


class Upgraded:
    """The store's application, which is replaced while it runs. After `left` more files of the page it is away: it
    takes connections and answers nothing, until `back` is set."""

    def __init__(self, app: ASGIApp) -> None:
        self.app, self.left, self.back, self.away = app, 1_000_000, Event(), Event()
        self.back.set()

    def upgrade(self, app: ASGIApp, left: int) -> None:
        self.app, self.left = app, left
        self.back.clear()
        self.away.clear()

    def end_absence(self) -> None:
        self.left = 1_000_000
        self.back.set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and (scope["path"].startswith("/associate") or not self.left):
            if not self.left:
                self.away.set()
                await asyncio.to_thread(self.back.wait, 60)
            self.left -= 1
        await self.app(scope, receive, send)


def build(folder: Path, name: str, worker: str = "") -> Path:
    """The page, which tells its build in two of its files."""
    made = folder / name
    shutil.copytree(CONSOLE, made)
    index, main = made / "index.html", made / "main.js"
    marked = index.read_text("utf-8").replace("<title>", f'<meta name="build" content="{name}"><title>')
    index.write_text(marked, "utf-8")
    main.write_text(main.read_text("utf-8") + f'\n/** @type {{any}} */ (window).build = "{name}";\n', "utf-8")
    if worker:
        (made / "worker.js").write_text(worker, "utf-8")
    return made


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


@contextmanager
def two_builds(
    folder: Path, worker: str = ""
) -> Iterator[tuple[str, Upgraded, list[ASGIApp], list[PageFiles]]]:
    """A store that serves the first of two builds: its address, its application, both applications and builds."""
    with sample_store(settings_in(folder)) as store, validators_kept():
        files = [page_files(store.settings.shop, build(folder, name, worker)) for name in ("A", "B")]
        apps: list[ASGIApp] = [http_of(store, each) for each in files]
        upgraded = Upgraded(apps[0])
        door = HttpServer(cast("FastAPI", upgraded), "127.0.0.1", 0, store.settings.limits)
        door.open()
        try:
            assert door.wait_until_open()
            yield door.url, upgraded, apps, files
        finally:
            upgraded.end_absence()
            store.hub.close()
            door.close(5)


def opened(browser: Browser, url: str) -> Page:
    page = browser.new_context(locale="en-GB").new_page()
    page.goto(f"{url}/associate")
    expect(page.get_by_role("radio", name="Inès")).to_be_visible(timeout=LONG)
    return page


def loaded(page: Page) -> Any:
    """The builds of two files, after a reload while the store is away."""
    page.reload(timeout=LONG, wait_until="domcontentloaded")
    return page.evaluate(BUILT)


@pytest.mark.parametrize("left", [pytest.param(1, marks=pytest.mark.full), 9])
def test_a_store_that_goes_away_in_the_middle_of_an_upgrade(
    browser: Browser, tmp_path: Path, left: int
) -> None:
    with two_builds(tmp_path) as (url, store, apps, files):
        page = opened(browser, url)
        assert page.evaluate(KEPT, len(files[0].paths)) == f"page-{files[0].version}"
        assert page.evaluate(BUILT) == "A,A"
        store.upgrade(apps[1], left)
        assert loaded(page) == "A,A", "while the new version is not whole"
        assert store.away.wait(30), "it was being taken"
        assert loaded(page) == "A,A"
        store.end_absence()
        page.reload(timeout=LONG)
        expect(page.locator("meta[name=build]")).to_have_attribute("content", "B", timeout=LONG)
        assert page.evaluate(BUILT) == "B,B"
        assert page.evaluate(KEPT, len(files[1].paths)) == f"page-{files[1].version}"
        page.context.close()


@pytest.mark.full
def test_planted_a_worker_that_takes_each_file_by_itself_mixes_both(browser: Browser, tmp_path: Path) -> None:
    with two_builds(tmp_path, PLANTED) as (url, store, apps, files):
        page = opened(browser, url)
        page.evaluate(KEPT, len(files[0].paths))
        assert loaded(page) == "A,A"
        store.upgrade(apps[1], 1)
        assert loaded(page) == "B,A"
        page.context.close()


def test_the_version_is_of_all_files_and_of_nothing_else(tmp_path: Path) -> None:
    first, again = build(tmp_path, "A"), build(tmp_path / "again", "A")
    assert PageFiles(first).version == PageFiles(again).version
    names = [file.relative_to(first) for file in first.rglob("*") if file.is_file()]
    versions = set()
    for name in names:
        before = (first / name).read_bytes()
        (first / name).write_bytes(before + b" ")
        versions.add(PageFiles(first).version)
        (first / name).write_bytes(before)
    assert len(versions | {PageFiles(first).version}) == len(names) + 1
    assert PageFiles(first, {"texts.json": b"1"}).version != PageFiles(first, {"texts.json": b"2"}).version
