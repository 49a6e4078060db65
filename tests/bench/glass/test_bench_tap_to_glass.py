"""From a ring on the mirror's reader to the frame that says so, and to the receipt: a real store, a real window.

The first figure is what the shopper sees at once. The second contains the proof of the ring, the order's key on the
disk and the terminal's own time (none here: it approves at once).
"""

from __future__ import annotations

import json
import statistics
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from hardware.rooms.changes import TagArrived
from kiosk.config import parse_mirror
from kiosk.core.domain.ids import piece_id
from kiosk.core.scene.scene import Scene
from kiosk.core.visit.events import CardTapped
from kiosk.core.visit.navigation import Page
from kiosk.core.visit.payment_progress import PayStage
from kiosk.core.visit.touches import AllPiecesChosen, Destination, PageOpened, PaymentRequested
from kiosk.mirror_app import build_mirror, window_factory
from tests.kiosk.store.http_clients import mirror_token_file
from tests.kiosk.store.payments.payment_steps import CLARA
from tests.kiosk.store.sample_shop import InProcessTerminal, gtin_of, sample_store, served, settings_in
from tests.kiosk.store.shop_cards import key_file, link

TRIALS = 20
BAR_MS = 300.0
SHIRT = gtin_of("S1", "WHI", "M")


class Watch:
    """Waits for scenes that were presented in a frame."""

    def __init__(self) -> None:
        self._scene: Scene | None = None
        self._frame: tuple[Scene, float] | None = None
        self._changed = threading.Condition()

    def showing(self, scene: Scene) -> None:
        with self._changed:
            self._scene = scene
            self._changed.notify_all()

    def wait(self, holds: Callable[[Scene], bool], within_s: float = 20) -> None:
        """Waits for a scene, also for one that changes nothing on the open page."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._scene and holds(self._scene), within_s), self._scene

    def frame(self) -> None:
        now = time.perf_counter()
        with self._changed:
            if self._scene is not None:
                self._frame = (self._scene, now)
            self._changed.notify_all()

    def until(self, holds: Callable[[Scene], bool], within_s: float = 20) -> float:
        """When the first frame was presented whose scene holds that."""
        with self._changed:
            assert self._changed.wait_for(lambda: self._frame and holds(self._frame[0]), within_s), (
                self._scene
            )
            assert self._frame is not None
            return self._frame[1]


def accepted(scene: Scene) -> bool:
    """The pay page says that the ring was read, or is a step further."""
    return scene.page is Page.RECEIPT or (scene.pay is not None and scene.pay.working)


@pytest.mark.full
@pytest.mark.timeout(300)
def test_a_tap_is_seen_at_once_and_paid_soon(tmp_path: Path) -> None:
    watch, seen, paid = Watch(), list[float](), list[float]()
    settings = settings_in(tmp_path, keys=key_file(tmp_path))
    terminal = InProcessTerminal()
    with sample_store(settings, lambda: time.time_ns() // 1000, terminal) as store, served(store) as url:
        token = mirror_token_file(settings.state, "1")
        config = parse_mirror(json.dumps({"store": url, "room": "1", "token_file": str(token)}), "mirror")
        make = window_factory(config, windowed=True, no_motion=True)

        def make_watched(send: Any, fetch: Any) -> Any:
            glass: Any = make(send, fetch)
            apply = glass.show

            def show(scene: Scene) -> None:
                apply(scene)
                watch.showing(scene)

            glass.show = show
            glass.view.frameSwapped.connect(watch.frame)
            return glass

        mirror = build_mirror(config, make_watched)
        tell = mirror.shell.post

        def tap(number: int) -> CardTapped:
            return CardTapped(time.time_ns() // 1000, "ntag424", CLARA, link(CLARA, number))

        def trial(number: int) -> None:
            piece = piece_id(SHIRT, f"b{number}")
            store.service.floor.rooms_changed([TagArrived("1", piece, True, 0.99, time.time_ns() // 1000)])
            watch.wait(lambda s: any(p.piece == piece for p in s.pieces))
            now = time.time_ns() // 1000
            tell(tap(10 + 2 * number))
            watch.wait(lambda s: s.known)
            for touch in (PageOpened(now, Destination.WARDROBE), AllPiecesChosen(now), PaymentRequested(now)):
                tell(touch)
            # on the glass: till then the receipt of the trial before is still there
            watch.until(lambda s: s.page is Page.PAY and s.pay is not None and s.pay.stage is PayStage.READY)
            began = time.perf_counter()
            tell(tap(11 + 2 * number))
            seen.append(1000 * (watch.until(accepted) - began))
            paid.append(1000 * (watch.until(lambda s: s.page is Page.RECEIPT) - began))

        def play() -> None:
            try:
                for number in range(TRIALS):
                    trial(number)
            finally:
                mirror.screen.quit()

        mirror.start()
        playing = threading.Thread(target=play)
        playing.start()
        mirror.screen.run()
        playing.join()
        mirror.close()
    assert len(paid) == TRIALS
    assert len(terminal.collected()) == TRIALS, "one charge for each"
    worst = max(seen)
    print(
        f"\ntap to glass: seen p50 {statistics.median(seen):.0f} ms, worst {worst:.0f} ms"
        f" = {worst / BAR_MS:.2f} x the bar of {BAR_MS:.0f} ms;"
        f" receipt p50 {statistics.median(paid):.0f} ms, worst {max(paid):.0f} ms"
    )
    # Generous: the bar itself is printed; a machine that is busy with other work must not turn it red.
    assert statistics.median(seen) < BAR_MS * 4
