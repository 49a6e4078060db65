"""What managers see about suggestions and sizes on the associates' page, in its language."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from kiosk.clock import US, now_us
from kiosk.store.settings import StoreSettings
from recommender.artefacts.last_run import LastRun, RunOutcome, write_last_run
from recommender.looks.pipeline.publish import publish
from recommender.looks.serving import artefact
from tests.bench.random_looks_model import random_model
from tests.flows.browser import SIX_S, Errors, chromium, show_rooms, sign_in
from tests.kiosk.store.sample_shop import MANAGER_PIN, PIN, sample_store, served, settings_in
from tests.optional_values import present

LEARNED = {"golden": [], "items": 300, "events": 900, "baskets": 400, "matched": 0.974, "choice": {}}
MESSAGE = "refused, the served model stays: <b>till.parquet</b>: cannot be read"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def with_manager(tmp_path: Path) -> StoreSettings:
    """A shop with a published model, whose last night was refused, and a manager."""
    artefact.write(random_model(300, 8), tmp_path / "model", LEARNED)
    root = tmp_path / "looks"
    publish(tmp_path / "model", root, None)
    at = now_us() // US
    write_last_run(root, LastRun(at, at, RunOutcome.REFUSED, MESSAGE))
    settings = settings_in(tmp_path, looks_model=root)
    manager = {
        "associate_id": "a-mathis", "name": "Mathis", "languages": ["en"], "pin": MANAGER_PIN, "role": "manager",
    }  # fmt: skip
    with (present(settings.feeds) / "associates.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(manager) + "\n")
    return settings


@pytest.mark.parametrize(
    ("locale", "learned", "matched", "refused"),
    [
        (
            "en-GB",
            "from 900 events in 400 baskets, 300 items",
            "97 % of the events name an item",
            "was refused",
        ),
        pytest.param(
            "de-DE",
            "aus 900 Ereignissen in 400 Warenkörben",
            "97 % der Ereignisse",
            "wurde abgelehnt",
            marks=pytest.mark.full,
        ),
        pytest.param(
            "ja-JP", "400件の買い物かごの900件の記録", "97 %", "拒否されました", marks=pytest.mark.full
        ),
    ],
)
def test_a_manager_sees_what_was_learned_and_an_associate_does_not(
    browser: Browser, tmp_path: Path, locale: str, learned: str, matched: str, refused: str
) -> None:
    with (
        sample_store(with_manager(tmp_path), now_us) as store,
        served(store) as url,
        browser.new_context(viewport={"width": 412, "height": 1400}, locale=locale) as context,
    ):
        page = context.new_page()
        errors = Errors(page)
        sign_in(page, url, "Mathis", MANAGER_PIN)
        show_rooms(page)
        lines = page.locator("#models li")
        expect(lines).to_have_count(4, timeout=SIX_S)
        for at, words in enumerate((learned, matched, refused, MESSAGE)):
            expect(lines.nth(at)).to_contain_text(words)
        assert page.evaluate("document.documentElement.scrollWidth") <= 412, (
            "nothing is wider than the screen"
        )
        page.locator("#sign-out").click()
        sign_in(page, url, "Inès", PIN)
        show_rooms(page)
        expect(page.locator("#models")).to_be_hidden()
        assert errors.found == []
        page.goto("about:blank")
