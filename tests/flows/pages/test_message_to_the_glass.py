"""From the touch on the associates' page to the picture on the glass: real Chromium, store, mirror and window.

The times are printed (limit of the product: 1 s) and not judged: they depend on the machine.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from time import perf_counter

import pytest
from playwright.sync_api import expect

from kiosk.clock import now_us
from kiosk.core.domain.floor.staff_message import MessageStage
from kiosk.core.domain.ids import RoomId
from kiosk.core.visit.events import Event
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import ScreenWoken
from kiosk.mirror.effect_runner import EffectRunner
from kiosk.mirror.event_stream import StoreEventStream
from kiosk.mirror.shell import Shell
from kiosk.mirror.store_client import StoreClient
from kiosk.store.lifecycle import Store
from tests.flows.browser import SIX_S, chromium, sign_in
from tests.kiosk.screen.conftest import open_screen
from tests.kiosk.screen.screen_harness import ScreenHarness, until
from tests.kiosk.store.http_clients import mirror_token
from tests.kiosk.store.sample_shop import PIN, sample_store, served, settings_in

__all__ = ["open_screen"]
TIMES = 5


@contextmanager
def running_mirror(client: StoreClient, screen: ScreenHarness) -> Iterator[Shell]:
    """The mirror of room 1 behind a window."""

    def post(event: Event) -> None:
        shell.post(event)

    effects = EffectRunner(client, post, now_us)
    shell = Shell(
        Visit(RoomId("1"), "boot"),
        now_us=now_us,
        show=screen.window.show,
        wipe=screen.window.wipe,
        run=effects.run,
    )
    screen.on_presented = post
    stream = StoreEventStream(client, shell.post_message, shell.present)
    shell.start()
    stream.start()
    try:
        yield shell
    finally:
        stream.close()
        shell.close()
        effects.close()
        client.close()


@pytest.mark.full
def test_a_line_is_on_the_glass_after_the_touch(
    tmp_path: Path, open_screen: Callable[..., ScreenHarness], capsys: pytest.CaptureFixture[str]
) -> None:
    screen, took = open_screen(), list[float]()
    with (
        sample_store(settings_in(tmp_path), now_us) as store,
        served(store) as url,
        chromium() as browser,
        running_mirror(StoreClient(url, "1", mirror_token(store.settings.state, "1")), screen) as shell,
    ):
        page = browser.new_page()
        sign_in(page, url, "Inès", PIN)
        shell.post(ScreenWoken(now_us()))
        write = page.locator('#room-list [data-room="1"] .write')
        expect(write).to_have_count(1, timeout=SIX_S)
        for number in range(TIMES):
            text = f"Line {number} for you"
            write.click()
            page.locator("#sheet textarea").fill(text)
            began = perf_counter()
            page.locator("#sheet .strong").click()
            until(lambda text=text: text in screen.all_text())  # type: ignore[misc]
            screen.wait_until_idle()  # what is shown is drawn
            took.append(perf_counter() - began)
            expect(page.locator("#sheet")).to_be_hidden(timeout=SIX_S)
        assert "From Inès" in screen.all_text()
        assert screen.qt_messages == []
    say(capsys, "a line", took)


@pytest.mark.full
def test_a_look_is_on_the_glass_after_the_touch_and_the_page_says_so(
    tmp_path: Path, open_screen: Callable[..., ScreenHarness], capsys: pytest.CaptureFixture[str]
) -> None:
    """Also measured: until the page says that the window has presented it."""
    screen, took, said = open_screen(), list[float](), list[float]()
    with (
        sample_store(settings_in(tmp_path), now_us) as store,
        served(store) as url,
        chromium() as browser,
        running_mirror(StoreClient(url, "1", mirror_token(store.settings.state, "1")), screen) as shell,
    ):
        page = browser.new_page()
        sign_in(page, url, "Inès", PIN)
        shell.post(ScreenWoken(now_us()))
        room = page.locator('#room-list [data-room="1"]')
        expect(room.locator(".combine")).to_have_count(1, timeout=SIX_S)
        for number in range(TIMES):
            room.locator(".combine").click()
            lists = page.locator("#sheet .look-pieces")
            for at in range(3):
                lists.last.locator("button").first.click(timeout=SIX_S)
                expect(lists.first.locator(".piece-row")).to_have_count(at + 1, timeout=SIX_S)
            text = f"Look {number} for you"
            page.locator("#sheet textarea").fill(text)
            began = perf_counter()
            page.locator("#sheet .strong").click()
            until(lambda text=text: text in screen.all_text())  # type: ignore[misc]
            screen.wait_until_idle()
            took.append(perf_counter() - began)
            until(lambda number=number: len(screen.presented) > number)  # type: ignore[misc]
            until(lambda: shown_id(store) == screen.presented[-1])
            expect(room.locator(".message-was")).to_have_attribute("data-stage", "shown", timeout=SIX_S)
            said.append(perf_counter() - began)
        assert len(screen.window.scene_view_model.property("message").property("look").rows()) == 3
        assert screen.qt_messages == []
    say(capsys, "a look", took)
    say(capsys, "a look, said to be shown", said)


def shown_id(store: Store) -> str:
    """The message of room 1 of which the store knows that it was presented."""
    visit = store.service.floor.room(RoomId("1")).visit
    note = visit.message_note if visit is not None else None
    return note.message_id if note is not None and note.stage is MessageStage.SHOWN else ""


def say(capsys: pytest.CaptureFixture[str], what: str, took: list[float]) -> None:
    """Prints the times."""
    with capsys.disabled():
        times = f"median {median(took) * 1000:.0f} ms, longest {max(took) * 1000:.0f} ms of {TIMES}"
        print(f"\n{what}, touch to glass: {times}")
