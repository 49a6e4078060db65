"""Notes of readers on the associates' page: in its language, on the rooms of the antenna, until they are over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from hardware.ports import NoteKind, ReaderDown, ReaderNote, ReaderUp
from kiosk.clock import now_us
from kiosk.store.settings import ReaderSettings
from tests.flows.browser import SIX_S, Errors, chromium, show_rooms, sign_in
from tests.kiosk.store.sample_shop import MANAGER_PIN, PIN, sample_store, served, settings_in
from tests.optional_values import present

READER = "ceiling"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as running:
        yield running


def note(kind: NoteKind, antenna: int | None = None, *, over: bool = False) -> ReaderNote:
    return ReaderNote(READER, kind, "for a technician <b>only</b>", now_us(), antenna, over)


@pytest.mark.parametrize(
    ("locale", "width", "disconnected"),
    [
        ("en-GB", 412, "Antenna 2 of reader ceiling is disconnected"),
        ("de-DE", 412, "Antenne 2 des Lesegeräts ceiling ist nicht angeschlossen"),
        ("ja-JP", 820, "リーダー ceiling のアンテナ 2 が外れています"),
        ("ar", 412, "الهوائي \u20682\u2069 للقارئ \u2068ceiling\u2069 مفصول"),
    ],
)
def test_notes_come_and_go(
    browser: Browser, tmp_path: Path, locale: str, width: int, disconnected: str
) -> None:
    settings = settings_in(tmp_path, readers=(ReaderSettings(READER, "llrp://127.0.0.1:1"),))
    with (
        sample_store(settings, now_us) as store,
        served(store) as url,
        browser.new_context(viewport={"width": width, "height": 880}, locale=locale) as context,
    ):
        page = context.new_page()
        errors = Errors(page)
        store.radio.post(ReaderUp(READER, now_us()))
        sign_in(page, url, "Inès", PIN)
        show_rooms(page)
        room_1, room_2 = (page.locator(f"[data-room='{room}']") for room in "12")
        expect(page.locator(".notes")).to_have_count(0)
        store.radio.post(note(NoteKind.ANTENNA, 2))
        expect(room_2.locator(".notes li")).to_have_text([disconnected], timeout=SIX_S)
        expect(room_2.locator(".radio-lost")).to_be_visible()
        expect(room_1.locator(".notes")).to_have_count(0)
        store.radio.post(note(NoteKind.FAULT))
        store.radio.post(note(NoteKind.SETTING))
        expect(room_1.locator(".notes li")).to_have_count(1, timeout=SIX_S)
        expect(room_2.locator(".notes li")).to_have_count(2)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, (
            "nothing is wider than the screen"
        )
        page.screenshot(path=tmp_path / "notes.png")
        assert "for a technician" not in page.content()
        store.radio.post(note(NoteKind.ANTENNA, 2, over=True))
        expect(room_2.locator(".notes li")).to_have_count(1, timeout=SIX_S)
        expect(room_2.locator(".radio-lost")).to_have_count(0)
        store.radio.post(ReaderDown(READER, "cable", now_us()))
        store.radio.post(ReaderUp(READER, now_us()))
        expect(page.locator(".notes")).to_have_count(0, timeout=SIX_S)
        assert errors.found == []
        page.goto("about:blank")


def test_a_manager_sees_notes_about_settings_as_well(browser: Browser, tmp_path: Path) -> None:
    settings = settings_in(tmp_path, readers=(ReaderSettings(READER, "llrp://127.0.0.1:1"),))
    manager = {
        "associate_id": "a-mathis",
        "name": "Mathis",
        "languages": ["en"],
        "pin": MANAGER_PIN,
        "role": "manager",
    }
    with (present(settings.feeds) / "associates.jsonl").open("a", encoding="utf-8") as lines:
        lines.write(json.dumps(manager) + "\n")
    with (
        sample_store(settings, now_us) as store,
        served(store) as url,
        browser.new_context(viewport={"width": 412, "height": 1400}, locale="en-GB") as context,
    ):
        page = context.new_page()
        store.radio.post(ReaderUp(READER, now_us()))
        for kind in NoteKind:
            store.radio.post(note(kind))
        sign_in(page, url, "Mathis", MANAGER_PIN)
        show_rooms(page)
        expect(page.locator("[data-room='1'] .notes li")).to_have_count(len(NoteKind), timeout=SIX_S)
        for line in page.locator("[data-room='1'] .notes li").all_inner_texts():
            assert READER in line
            assert "note-" not in line
        page.goto("about:blank")
