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
from kiosk.core.domain.ids import RoomId
from kiosk.core.visit.events import Event
from kiosk.core.visit.state import Visit
from kiosk.core.visit.touches import ScreenWoken
from kiosk.mirror.effect_runner import EffectRunner
from kiosk.mirror.event_stream import StoreEventStream
from kiosk.mirror.shell import Shell
from kiosk.mirror.store_client import StoreClient
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
    with capsys.disabled():
        print(
            f"\ntouch to glass: median {median(took) * 1000:.0f} ms, longest {max(took) * 1000:.0f} ms of {TIMES}"
        )
